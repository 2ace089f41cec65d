"""Another day, place or number of seats of a course; and making it known to those whom it suits."""

from starlette.responses import Response

from content.formatting import date_text
from core.errors import StaleError
from core.training import Household
from core.work import Posted
from handlers.reported import WrongFigureError
from handlers.training import courses
from handlers.training.courses import Asked
from web.bubbles import time_text
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept
from web.console.training.access import COURSE, access_course, acting, faulty
from web.console.visit import Visit

CHANGE, CALL = f"{COURSE}/change", f"{COURSE}/call"
CHANGES = ("opens", "deadline", "place", "seats")
FIRST = (Household.POOR, Household.NEAR_POOR, Household.NEWLY_ESCAPED)  # whom the plans name


def _as_it_is(course: Posted) -> Typed:
    offer = course.offer
    fields = {
        "opens": date_text(offer.opens, "vi") if offer.opens else "",
        "deadline": date_text(offer.deadline, "vi"),
        "place": offer.place,
        "seats": "" if offer.seats is None else str(offer.seats),
    }
    return Typed(fields=fields)


async def show_change(visit: Visit) -> Response:
    """GET …/change."""
    course = await access_course(visit, courses.ACT)
    typed = await kept(visit, CHANGE.format(id=course.id))
    return change_page(visit, course, typed=typed if typed.at else _as_it_is(course))


def change_page(visit: Visit, course: Posted, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form, and what follows from it."""
    return visit.page(
        "course-change.html",
        status=trouble.status if trouble else 200,
        href=CHANGE.format(id=course.id),
        back=COURSE.format(id=course.id),
        offer=course.offer,
        seen=course.offer.mark,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=visit.words) if typed.at else "",
        trouble=trouble,
    )


async def post_change(visit: Visit) -> Response:
    """POST …/change."""
    course = await access_course(visit, courses.ACT)
    fields = {name: visit.form.get(name) for name in CHANGES}
    typed, seen = Typed(fields=fields), visit.form.get("seen")
    try:
        await courses.change(visit.site.storage, course, Asked(**fields), seen, acting(visit))
    except WrongFigureError as error:
        return change_page(visit, course, typed=typed, trouble=faulty(visit, error.faults))
    except StaleError:
        course = await access_course(visit, courses.ACT)
        trouble = Trouble(text=visit.words.text("console.course.changed-meanwhile"), status=409)
        return change_page(visit, course, typed=typed, trouble=trouble)
    await forget(visit, CHANGE.format(id=course.id))
    return visit.go(COURSE.format(id=course.id), done="course-changed")


async def show_call(visit: Visit) -> Response:
    """GET …/call: whom it would reach, before it does."""
    return call_page(visit, await access_course(visit, courses.ACT))


def call_page(visit: Visit, course: Posted, *, trouble: Trouble | None = None) -> Response:
    """The form."""
    words = visit.words
    return visit.page(
        "course-call.html",
        status=trouble.status if trouble else 200,
        href=CALL.format(id=course.id),
        back=COURSE.format(id=course.id),
        offer=course.offer,
        households=[(one.value, words.text(f"console.course.household.{one}")) for one in FIRST],
        trouble=trouble,
    )


async def post_call(visit: Visit) -> Response:
    """POST …/call."""
    course = await access_course(visit, courses.ACT)
    chosen = [one.value for one in FIRST if visit.form.get(f"for_{one}")]
    try:
        await courses.make_known(visit.site.storage, course, chosen, acting(visit))
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.course.called-before"), status=409)
        return call_page(visit, course, trouble=trouble)
    return visit.go(COURSE.format(id=course.id), done="course-called")
