"""Local texts that wait for a second person, and texts that end soon."""

from datetime import date

from content.formatting import date_text
from content.outlook import ending
from core.local_content import Change
from core.officers import Right
from web.console.content.access import may, readable
from web.console.content.words import ChangeLine, today_of
from web.console.content.words import line_of as change_line
from web.console.home.panel import BACK, SHOWN, Entry, Panel
from web.console.visit import Visit


async def changes(visit: Visit) -> Panel | None:
    """Local texts that wait for a second person, of those that this officer may approve."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.local.waiting([one for one, _ in readable(visit)])
    mine = [one for one in found if may(visit, Right.APPROVE_CONTENT, one.about, one.after.get("office", ""))]
    lines = [(one, change_line(visit, one)) for one in mine[:SHOWN]]
    entries = [
        Entry(sign="◇", kind="plain", href=line.href, text=words.text("console.home.changes.line", **_of(line, one)))
        for one, line in lines
    ]
    return Panel(
        id="changes",
        title=words.text("console.home.changes"),
        empty=words.text("console.home.changes.empty"),
        entries=tuple(entries),
    )


async def returned(visit: Visit) -> Panel | None:
    """Local texts that were sent back, with the reason, for those who may write them; no panel where none were."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.local.returned([one for one, _ in readable(visit)], visit.now - BACK)
    mine = [one for one in found if may(visit, Right.WRITE_CONTENT, one.about, one.after.get("office", ""))]
    entries = []
    for one in mine[:SHOWN]:
        line = change_line(visit, one)
        told = {"what": line.what, "place": line.place, "officer": one.settled_by or "", "why": one.why}
        text = words.text("console.home.changes.returned.line", **told)
        entries.append(Entry(sign="◐", kind="warning", href=line.href, text=text))
    title = words.text("console.home.changes.returned")
    return Panel(id="changes-returned", title=title, entries=tuple(entries)) if entries else None


def _of(line: ChangeLine, one: Change) -> dict[str, str]:
    return {"what": line.what, "place": line.place, "officer": one.proposed_by}


async def expiring(visit: Visit) -> Panel | None:
    """Texts that end soon, by day and place, and those that are not told since the packs have changed."""
    content, words, today = visit.console.content, visit.words, today_of(visit)
    counts: dict[tuple[date, str], int] = {}
    for place, _ in readable(visit):
        for one in ending(content, locality=place, on=today, lang=words.lang):
            # What has ended long ago stands on the place's own page.
            if one.last >= today:
                counts[one.last, place] = counts.get((one.last, place), 0) + 1
    here = dict(readable(visit))
    again = [one for one in content.overlay.again if one.about.locality in here]
    entries = [
        Entry(
            sign="▲",
            kind="warning",
            href=change_line(visit, one).href,
            text=words.text(
                "console.home.content.again", what=change_line(visit, one).what, place=here[one.about.locality]
            ),
        )
        for one in again
    ]
    for (last, place), count in sorted(counts.items()):
        told = {"date": date_text(last, words.lang), "place": here[place], "count": count}
        text, href = words.text("console.home.content.line", **told), f"/console/content?at={place}"
        entries.append(Entry(sign="▲", kind="warning", text=text, href=href))
    return Panel(
        id="content",
        title=words.text("console.home.content"),
        empty=words.text("console.home.content.empty"),
        entries=tuple(entries[:SHOWN]),
        more=("/console/content", words.text("console.home.content.all")) if len(entries) > SHOWN else None,
    )
