"""Who signed up for a job fair: a list to print and to tick, and the same as a spreadsheet."""

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from content.event_words import hour_text, title_text, when_text, where_text
from content.formatting import date_text
from core.caps import LOCAL
from core.errors import StaleError
from core.events import Announced, Seat
from core.officers import Right
from handlers import job_events
from handlers.reported import WrongFigureError
from web.bubbles import time_text
from web.console.events.lines import EVENT, access_event, acting
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept
from web.console.lines import place_name
from web.console.visit import Visit
from web.workbook import download, workbook

LIST = f"{EVENT}/list"
FIELD = "came"  # and the number
TYPED = ("walk_ins",)


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
    return await _page(visit, typed=await kept(visit, LIST.format(id=visit.request.path_params["id"])))


async def post_came(visit: Visit) -> Response:
    """POST /console/work/events/{id}/list/came: those who are ticked came, nobody else did."""
    one = await access_event(visit, Right.CONTROL_CAMPAIGNS)
    who = {int(name.removeprefix(FIELD)) for name in visit.form.fields if name[len(FIELD) :].isdecimal()}
    try:
        await job_events.check_in(visit.site.storage, one, who, acting(visit))
    except StaleError:
        return await _page(visit, Trouble(text=_not_yet(visit, one), status=409))
    return visit.go(LIST.format(id=one.id), done="event-came")


async def post_walk_ins(visit: Visit) -> Response:
    """POST /console/work/events/{id}/list/walk-ins: how many came without having signed up."""
    one = await access_event(visit, Right.CONTROL_CAMPAIGNS)
    words, typed = visit.words, visit.form.get("walk_ins")
    try:
        await job_events.walked_in(visit.site.storage, one, typed, acting(visit), seen=visit.form.get("seen"))
    except StaleError:
        early = not job_events.may_check_in(one, visit.now)
        text = _not_yet(visit, one) if early else words.text("console.events.walk-ins.stale", number=one.walk_ins)
        return await _page(visit, Trouble(text=text, status=409), typed=Typed(fields={"walk_ins": typed}))
    except WrongFigureError:
        fault = words.text("console.events.fault.count", most=job_events.MOST_SEATS)
        trouble = Trouble(text=words.text("console.figure.wrong"), faults={"walk_ins": fault})
        return await _page(visit, trouble, typed=Typed(fields={"walk_ins": typed}))
    await forget(visit, LIST.format(id=one.id))
    return visit.go(LIST.format(id=one.id), done="event-walk-ins")


def came_text(visit: Visit, one: Announced) -> str:
    """How many were there, and how many of them had not signed up; empty where nobody noted anybody."""
    if not one.came and not one.walk_ins:
        return ""
    name = "console.events.there.both" if one.walk_ins else "console.events.there"
    return visit.words.text(name, number=one.came + one.walk_ins, walk_ins=one.walk_ins)


def _not_yet(visit: Visit, one: Announced) -> str:
    """From when on who came can be ticked."""
    first = (one.event.starts_at - job_events.EARLY).astimezone(LOCAL)
    day = date_text(first.date(), visit.words.lang)
    return visit.words.text("console.events.not-yet", hour=hour_text(first, visit.words.lang), day=day)


async def show_sheet(visit: Visit) -> Response:
    """GET /console/work/events/{id}/sheet."""
    one = await access_event(visit, Right.READ_LEDGER)
    words = visit.words
    seats = await job_events.attendance(visit.site.storage, one, officer=visit.officer.name, now=visit.now)
    header = [words.text(f"console.events.list.{name}") for name in ("number", "name", "hamlet", "at", "came", "by")]
    came = words.text("console.events.list.yes")
    rows: list[tuple[str | int | date | None, ...]] = [
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
    if one.walk_ins:
        rows.append(("", words.text("console.events.walk-ins"), "", "", one.walk_ins, ""))
    return download(f"ngay-hoi-{one.id}", workbook(words.text("console.events.list"), header, rows))


async def _page(visit: Visit, trouble: Trouble | None = None, *, typed: Typed | None = None) -> Response:
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
        there=came_text(visit, one),
        early="" if ticks else _not_yet(visit, one),
        seen=one.walk_ins,
        typed=typed if typed and typed.fields else Typed(fields={"walk_ins": str(one.walk_ins or "")}),
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
