"""Proposing a series at a place: which, where, between which days, and the day that an officer names."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from starlette.responses import Response

from core.errors import ChungTayError, NotAllowedError, StaleError
from core.officers import Right
from handlers import scheduling
from handlers.scheduling import Asked
from web.bubbles import VIET_NAM
from web.console.kept import kept
from web.console.notices.calendar import PAGE as CALENDAR
from web.console.notices.calendar import SCHEDULES, page_of
from web.console.visit import Visit

NEW = f"{SCHEDULES}/new"
TYPED = ("locality", "series", "first", "last", "begins")
YEAR = timedelta(days=365)
AHEAD = timedelta(days=30)  # so long before the day that is named a series may begin


def _places(visit: Visit) -> list[tuple[str, str]]:
    own = {locality for locality, _ in visit.officer.reach(Right.WRITE_CAMPAIGNS)}
    return [(one, name) for one, name in visit.site.localities.items() if one in own or "" in own]


async def show_new(visit: Visit) -> Response:
    """GET /console/schedules/new."""
    return _page(visit, (await kept(visit, NEW)).fields)


def _page(visit: Visit, fields: Mapping[str, str], *, trouble: str = "", at: str = "", status: int = 200) -> Response:
    places, content = _places(visit), visit.console.content
    offered = {id_: one for place, _ in places for id_, one in content.series(locality=place).items()}
    today = visit.now.astimezone(VIET_NAM).date()
    shown = {"first": today.isoformat(), "locality": places[0][0] if len(places) == 1 else "", **fields}
    return visit.page(
        "propose.html",
        status=status,
        action=NEW,
        back=CALENDAR,
        fields=shown,
        places=places,
        series=[
            (id_, one.title.get(visit.words.lang), one.why.get(visit.words.lang), bool(one.begins.named))
            for id_, one in offered.items()
        ],
        trouble=trouble,
        at=at,
    )


async def post_new(visit: Visit) -> Response:
    """POST /console/schedules/new."""
    fields = {name: visit.form.get(name).strip() for name in TYPED}
    asked = _asked(visit, fields)
    if isinstance(asked, tuple):
        return _fault(visit, fields, *asked)
    storage, content = visit.site.storage, visit.console.content
    try:
        made, out = await scheduling.proposed(
            storage, content, asked, officer=visit.officer.name, now=visit.now, once=visit.once
        )
    except NotAllowedError:
        raise
    except StaleError:
        return visit.go(CALENDAR)
    except ChungTayError as error:
        return _fault(visit, fields, *(("none", "last") if "no post" in error.what else ("begins", "begins")))
    async with storage.write() as uow:
        await uow.forms.drop(visit.officer.id, NEW)
        await uow.commit()
    left = {why: number for why in ("tet", "ended") if (number := sum(one.why == why for one in out))}
    return visit.go(page_of(made.id), done="schedule-proposed", **{why: str(number) for why, number in left.items()})


def _asked(visit: Visit, fields: Mapping[str, str]) -> Asked | tuple[str, str]:
    """What is asked for; or what is wrong, and in which field."""
    days = {name: day_of(fields[name]) for name in ("first", "last", "begins")}
    if wrong := [name for name, day in days.items() if fields[name] and day is None]:
        return "day", wrong[0]
    if fields["locality"] not in dict(_places(visit)):
        return "place", "locality"
    if fields["series"] not in visit.console.content.series(locality=fields["locality"]):
        return "series", "series"
    today, begins = visit.now.astimezone(VIET_NAM).date(), days["begins"]
    first = days["first"] or (min(today, begins - AHEAD) if begins else today)
    last = days["last"] or first + YEAR
    if not first <= last <= first + YEAR:
        return "days", "last"
    return Asked(series=fields["series"], locality=fields["locality"], first=first, last=last, begins=begins)


def _fault(visit: Visit, fields: Mapping[str, str], which: str, at: str) -> Response:
    return _page(visit, fields, trouble=visit.words.text(f"console.propose.fault.{which}"), at=at, status=422)


def day_of(typed: str) -> date | None:
    """A day as a browser's own field sends it, or as people write it.

    >>> day_of("2026-12-01"), day_of("1/12/2026"), day_of("mai")
    (datetime.date(2026, 12, 1), datetime.date(2026, 12, 1), None)
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
