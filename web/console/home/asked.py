"""Questions that wait, and what was being typed when a session ended."""

import re
from datetime import datetime

from starlette.responses import Response

from core.console_storage import Asked
from core.officers import Right
from core.questions import spoken_code
from web.bubbles import time_text
from web.console.home.panel import SHOWN, Entry, Panel
from web.console.kept import forget
from web.console.lines import line_of
from web.console.navigation import HOME, room_name
from web.console.visit import Visit

DROP = "/console/drafts/drop"
_QUESTION = re.compile(r"/console/questions/(\d{1,18})")
_NUMBER = re.compile(r"/(\d+)(?:/|$)")


async def unanswered(visit: Visit) -> Panel | None:
    """Questions that wait, by due time, urgent ones on top."""
    reach, words = visit.officer.reach(Right.READ_QUESTIONS), visit.words
    async with visit.site.storage.read() as uow:
        found, _ = await uow.desk.page(Asked(reach=reach), offset=0, limit=SHOWN)
        totals = await uow.desk.totals(reach, visit.now)
    counts = {"open": totals.open, "urgent": totals.urgent, "overdue": totals.overdue}
    return Panel(
        id="questions",
        title=words.text("console.home.questions"),
        empty=words.text("console.questions.empty"),
        summary=words.text("console.home.totals", **counts) if totals.open else "",
        questions=tuple(line_of(visit, one) for one in found),
        more=("/console/questions", words.text("console.home.all-questions")) if totals.open > SHOWN else None,
    )


async def typed(visit: Visit) -> Panel | None:
    """What was being typed when a session ended; no panel where nothing was."""
    async with visit.site.storage.read() as uow:
        drafts = await uow.forms.drafts(visit.officer.id, visit.now)
        shown = sorted(drafts.items(), key=lambda one: one[1], reverse=True)[:SHOWN]
        about = {page: int(found[1]) for page, _ in shown if (found := _QUESTION.fullmatch(page))}
        codes = await uow.desk.codes(list(about.values())) if about else {}
    entries = [
        Entry(
            sign="◐",
            kind="busy",
            href=page,
            drop=page,
            text=_typed_text(visit, page, at, codes.get(about.get(page, 0))),
        )
        for page, at in shown
    ]
    words = visit.words
    return Panel(id="drafts", title=words.text("console.home.drafts"), entries=tuple(entries)) if entries else None


def _typed_text(visit: Visit, page: str, at: datetime, code: str | None) -> str:
    """What it belongs to: a question by its code, anything else by its room and number."""
    words, time = visit.words, time_text(at, now=visit.now, words=visit.words)
    if code is not None:
        return words.text("console.home.draft.question", code=spoken_code(code), time=time)
    room, number = room_name(page, words), _NUMBER.search(page)
    if number is None:
        return words.text("console.home.draft", room=room, time=time)
    return words.text("console.home.draft.number", room=room, number=number[1], time=time)


async def post_drop(visit: Visit) -> Response:
    """POST /console/drafts/drop: what was typed on a page is thrown away; only ever one's own."""
    await forget(visit, visit.form.get("page"))
    return visit.go(HOME, done="draft-dropped")
