"""Who signed up for a job fair: a list to print and to tick, and the same as a spreadsheet."""

from dataclasses import dataclass

from starlette.responses import Response

from content.event_words import title_text, when_text, where_text
from core.caps import LOCAL
from core.errors import StaleError
from core.events import Seat
from core.officers import Right
from handlers import job_events
from web.bubbles import time_text
from web.console.events.lines import EVENT, access_event, acting
from web.console.figures.target import Trouble
from web.console.lines import place_name
from web.console.visit import Visit
from web.workbook import download, workbook

LIST = f"{EVENT}/list"
FIELD = "came"  # and the number


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """Somebody on the list."""

    number: int
    name: str
    hamlet: str
    at: str
    came: bool
    by: str


async def show_list(visit: Visit) -> Response:
    """GET /console/work/events/{id}/list."""
    return await _page(visit)


async def post_came(visit: Visit) -> Response:
    """POST /console/work/events/{id}/list/came: those who are ticked came, nobody else did."""
    one = await access_event(visit, Right.CONTROL_CAMPAIGNS)
    who = {int(name.removeprefix(FIELD)) for name in visit.form.fields if name[len(FIELD) :].isdecimal()}
    try:
        await job_events.check_in(visit.site.storage, one, who, acting(visit))
    except StaleError:
        return await _page(visit, Trouble(text=visit.words.text("console.events.not-yet"), status=409))
    return visit.go(LIST.format(id=one.id), done="event-came")


async def show_sheet(visit: Visit) -> Response:
    """GET /console/work/events/{id}/sheet."""
    one = await access_event(visit, Right.READ_LEDGER)
    words = visit.words
    seats = await job_events.attendance(visit.site.storage, one, officer=visit.officer.name, now=visit.now)
    header = [words.text(f"console.events.list.{name}") for name in ("number", "name", "hamlet", "at", "came", "by")]
    came = words.text("console.events.list.yes")
    rows = [
        (
            each.number,
            each.name,
            each.hamlet,
            each.at.astimezone(LOCAL).date(),
            came if each.came_at else "",
            each.checked_by or "",
        )
        for each in seats
    ]
    return download(f"ngay-hoi-{one.id}", workbook(words.text("console.events.list"), header, rows))


async def _page(visit: Visit, trouble: Trouble | None = None) -> Response:
    one = await access_event(visit, Right.READ_LEDGER)
    words = visit.words
    seats = await job_events.attendance(visit.site.storage, one, officer=visit.officer.name, now=visit.now)
    ticks = job_events.may_check_in(one, visit.now)
    return visit.page(
        "event-list.html",
        status=trouble.status if trouble else 200,
        href=LIST.format(id=one.id),
        back=EVENT.format(id=one.id),
        sheet=f"{EVENT.format(id=one.id)}/sheet",
        title=title_text(one.event, words),
        place=place_name(visit, one.locality),
        when=when_text(one.event, words),
        where=where_text(one.event),
        lines=[_line(visit, each) for each in seats],
        came=sum(each.came_at is not None for each in seats),
        ticks=ticks and visit.officer.may(Right.CONTROL_CAMPAIGNS, localities=[one.locality]),
        trouble=trouble,
    )


def _line(visit: Visit, each: Seat) -> SeatLine:
    return SeatLine(
        number=each.number,
        name=each.name,
        hamlet=each.hamlet,
        at=time_text(each.at, now=visit.now, words=visit.words),
        came=each.came_at is not None,
        by=each.checked_by or "",
    )
