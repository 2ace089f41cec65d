"""The courses of an officer's places, with how many learn, wait and have seats."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from content.formatting import date_text
from core.officers import Right
from core.training import Counts
from core.work import Posted, Standing
from handlers.training import courses
from web.console.figures.targets import places, today
from web.console.lines import place_name
from web.console.offers.writing import NEW
from web.console.states import Mark
from web.console.training.access import PAGE
from web.console.visit import Visit

MARKS = {
    Standing.OPEN: ("○", "plain"),
    Standing.FULL: ("●", "good"),
    Standing.EXPIRED: ("‖", "plain"),
    Standing.CLOSED: ("‖", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """What a list shows of a course."""

    href: str
    title: str
    school: str
    place: str
    opens: str
    seats: str
    waiting: int
    mark: Mark


def mark_of(visit: Visit, posted: Posted) -> Mark:
    """How it stands today."""
    standing = posted.standing(today(visit))
    sign, kind = MARKS[standing]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.course.standing.{standing}"))


def seats_text(visit: Visit, posted: Posted, counts: Counts) -> str:
    """How many learn, of how many seats; and how many seats are taken by people who are not on the list."""
    learn = counts.enrolled + counts.finished
    if posted.offer.seats is None:
        return visit.words.text("console.course.learn", number=learn)
    others = max(0, posted.taken - learn)
    name = "console.course.seats.others" if others else "console.course.seats"
    return visit.words.text(name, number=learn, seats=posted.offer.seats, others=others)


async def show_courses(visit: Visit) -> Response:
    """GET /console/work/training?at=: those that were verified, the next to open first."""
    mine = places(visit, courses.READ)
    at = next((one for one, _ in mine if one == visit.request.query_params.get("at")), "")
    async with visit.site.storage.read() as uow:
        found = await uow.training.courses([at] if at else [one for one, _ in mine])
        counts = await uow.training.counts([one.id for one in found])
    open_first = sorted(found, key=lambda one: one.standing(today(visit)) in (Standing.EXPIRED, Standing.CLOSED))
    return visit.page(
        "training.html",
        lines=[line_of(visit, one, counts.get(one.id, Counts())) for one in open_first],
        places=mine,
        totals=visit.officer.may_somewhere(Right.READ_TOTALS),
        at=at,
        writing=[(f"{NEW.format(place=one)}?kind=course", name) for one, name in _written(visit, mine, at)],
        here=PAGE,
    )


def _written(visit: Visit, mine: Sequence[tuple[str, str]], at: str) -> Sequence[tuple[str, str]]:
    """Where this officer may write a course."""
    may = (one for one in mine if visit.officer.may(Right.WRITE_CAMPAIGNS, localities=[one[0]]))
    return [one for one in may if at in ("", one[0])]


def line_of(visit: Visit, posted: Posted, counts: Counts) -> CourseLine:
    """The line of a course."""
    offer = posted.offer
    return CourseLine(
        href=f"{PAGE}/{posted.id}",
        title=offer.title,
        school=offer.employer,
        place=place_name(visit, posted.locality),
        opens=date_text(offer.opens, visit.words.lang) if offer.opens else visit.words.text("console.course.no-day"),
        seats=seats_text(visit, posted, counts),
        waiting=counts.waiting,
        mark=mark_of(visit, posted),
    )
