"""Figures that wait for an approval, and tasks that are due."""

from core.officers import Right
from web.console.figures.targets import entry_name
from web.console.home.panel import BACK, SHOWN, Entry, Panel
from web.console.lines import office_name, place_name
from web.console.tasks.listing import due_text, mark_of, soon_of
from web.console.visit import Visit


async def unchecked(visit: Visit) -> Panel | None:
    """Figures that wait for an approval by this officer; no panel where none do."""
    words, places = visit.words, visit.console.content.localities
    mine = {locality for locality, _ in visit.officer.reach(Right.APPROVE_FIGURES)}
    async with visit.site.storage.read() as uow:
        found = await uow.progress.waiting(mine, SHOWN)
    entries = [
        Entry(
            sign="◇",
            kind="plain",
            href=f"/console/figures/{one.id}",
            text=words.text(
                "console.home.figure",
                name=entry_name(visit, places[one.locality], one),
                place=place_name(visit, one.locality),
                officer=one.entered_by,
            ),
        )
        for one in found
        if one.locality in places
    ]
    return Panel(id="figures", title=words.text("console.targets.waiting"), entries=tuple(entries)) if entries else None


async def returned(visit: Visit) -> Panel | None:
    """Figures that were sent back, with the reason, for those who may enter them; no panel where none were."""
    words, places = visit.words, visit.console.content.localities
    mine = {locality for locality, _ in visit.officer.reach(Right.WRITE_FIGURES)}
    async with visit.site.storage.read() as uow:
        found = await uow.progress.returned(mine, visit.now - BACK, SHOWN)
    entries = [
        Entry(
            sign="◐",
            kind="warning",
            href=f"/console/figures/{one.id}",
            text=words.text(
                "console.home.figures.returned.line",
                name=entry_name(visit, places[one.locality], one),
                place=place_name(visit, one.locality),
                officer=one.checked_by,
                why=one.why,
            ),
        )
        for one in found
        if one.locality in places
    ]
    title = words.text("console.home.figures.returned")
    return Panel(id="figures-returned", title=title, entries=tuple(entries)) if entries else None


async def tasks(visit: Visit) -> Panel | None:
    """Tasks of this officer's offices that are late or due within a week, and those for which help was asked.

    No panel where there are none.
    """
    words, until = visit.words, soon_of(visit)
    reach = visit.officer.reach(Right.WORK_TASKS)
    async with visit.site.storage.read() as uow:
        found = await uow.tasks.due(reach, until, SHOWN + 1)
    entries = []
    for one in found[:SHOWN]:
        mark, name = mark_of(visit, one), office_name(visit, one.locality, one.office)
        values = {"state": mark.word, "text": one.text, "office": name, "due": due_text(visit, one)}
        text = words.text("console.home.task", **values)
        entries.append(Entry(sign=mark.sign, kind=mark.kind, href=f"/console/tasks/{one.id}", text=text))
    more = ("/console/tasks", words.text("console.home.all-tasks")) if len(found) > SHOWN else None
    title = words.text("console.home.tasks")
    return Panel(id="tasks", title=title, entries=tuple(entries), more=more) if entries else None
