"""Somebody on the list of a course: a seat, a reason, a result; somebody who came in person; who came on a day."""

from starlette.responses import Response

from content.formatting import date_text
from core.errors import StaleError
from core.training import ACTIVE, Enrolment, Household, Learning
from core.work import Posted
from handlers.reported import WrongFigureError
from handlers.training import courses
from handlers.training.courses import Written
from web.bubbles import time_text
from web.console.figures.target import Trouble
from web.console.figures.targets import today
from web.console.kept import Typed, forget, kept
from web.console.training.access import COURSE, access_course, access_learner, acting, faulty
from web.console.training.course import came_text, masked, standing_mark, untold
from web.console.visit import Visit

ENROL, ATTEND = f"{COURSE}/enrol", f"{COURSE}/attendance"
PERSON = f"{COURSE}/people/{{post}}"
ENROLS = ("name", "phone", "hamlet", "household")
TYPED = ("why", "job")
ACTS = ("seat", "leave", "finish", "job", "told")


async def show_person(visit: Visit) -> Response:
    """GET …/people/{post}?number=show: the telephone number is shown where it is asked for, which the log notes."""
    course, one = await access_learner(visit)
    shown = visit.request.query_params.get("number") == "show"
    if shown:
        await courses.record_look(visit.site.storage, course, acting(visit, once=False), "number-shown")
    page = PERSON.format(id=course.id, post=one.id)
    return await person_page(visit, course, one, typed=await kept(visit, page), shown=shown)


async def person_page(
    visit: Visit,
    course: Posted,
    one: Enrolment,
    *,
    typed: Typed,
    trouble: Trouble | None = None,
    shown: bool = False,
) -> Response:
    """What stands of somebody, and what can be done."""
    words, may = visit.words, visit.officer.may(courses.ACT, localities=[course.locality])
    async with visit.site.storage.read() as uow:
        number = await uow.training.number(one)
    phone = one.learner.phone
    return visit.page(
        "course-person.html",
        status=trouble.status if trouble else 200,
        href=PERSON.format(id=course.id, post=one.id),
        back=COURSE.format(id=course.id),
        course=course,
        one=one,
        learner=one.learner,
        phone=phone if shown else masked(phone),
        masked=bool(phone) and not shown,
        household=words.text(f"console.course.household.{one.learner.household}"),
        mark=standing_mark(visit, one, number),
        came=came_text(visit, one),
        since=time_text(one.at, now=visit.now, words=words),
        untold=untold(one, course),
        acts={
            "seat": may and one.state is Learning.WAITING,
            "leave": may and one.state in ACTIVE,
            "finish": may and one.state is Learning.ENROLLED,
            "job": may and one.state is Learning.FINISHED,  # before that it is kept with the result
            "told": may and untold(one, course),
        },
        typed=typed if typed.at or trouble else Typed(fields={"job": one.learner.job}),
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_person(visit: Visit) -> Response:
    """POST …/people/{post}/seat, …/leave, …/finish, …/job and …/told."""
    name = visit.request.url.path.rpartition("/")[2]
    course, one = await access_learner(visit, courses.ACT)
    page, storage, by = PERSON.format(id=course.id, post=one.id), visit.site.storage, acting(visit)
    typed = Typed(fields={field: visit.form.get(field) for field in TYPED})
    try:
        seen = visit.form.get("seen")
        if name in ("finish", "job") and seen != str(one.version):
            raise StaleError("was changed meanwhile", where=page)
        match name:
            case "seat":
                await courses.seat(storage, course, one, by)
            case "leave":
                await courses.leave(storage, course, one, typed.get("why"), by)
            case "told":
                await courses.called_up(storage, course, one, by)
            case _:
                await courses.note(storage, course, one, by, job=typed.get("job"), finished=name == "finish")
    except StaleError:
        said = "console.course.no-seat" if name == "seat" else "console.course.stale"
        trouble = Trouble(text=visit.words.text(said), status=409)
        course, one = await access_learner(visit, courses.ACT)
        return await person_page(visit, course, one, typed=typed, trouble=trouble)
    except WrongFigureError as error:
        return await person_page(visit, course, one, typed=typed, trouble=faulty(visit, error.faults))
    await forget(visit, page)
    return visit.go(page, done=f"course-{name}")


async def show_enrol(visit: Visit) -> Response:
    """GET …/enrol."""
    course = await access_course(visit, courses.ACT)
    return enrol_page(visit, course, typed=await kept(visit, ENROL.format(id=course.id)))


def enrol_page(visit: Visit, course: Posted, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form for somebody who came in person."""
    words = visit.words
    return visit.page(
        "course-enrol.html",
        status=trouble.status if trouble else 200,
        href=ENROL.format(id=course.id),
        back=COURSE.format(id=course.id),
        offer=course.offer,
        households=[(one.value, words.text(f"console.course.household.{one}")) for one in Household],
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_enrol(visit: Visit) -> Response:
    """POST …/enrol."""
    course = await access_course(visit, courses.ACT)
    fields = {name: visit.form.get(name) for name in ENROLS}
    page = COURSE.format(id=course.id)
    try:
        one = await courses.enrol(
            visit.site.storage, course, Written(**fields), visit.console.gate.chance, acting(visit)
        )
    except WrongFigureError as error:
        return enrol_page(visit, course, typed=Typed(fields=fields), trouble=faulty(visit, error.faults))
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.course.takes-nobody"), status=409)
        return enrol_page(visit, course, typed=Typed(fields=fields), trouble=trouble)
    await forget(visit, ENROL.format(id=course.id))
    state = Learning.ENROLLED if one is None else one.state
    return visit.go(page, done=f"course-{state}")


async def show_attend(visit: Visit) -> Response:
    """GET …/attendance."""
    course = await access_course(visit, courses.ACT)
    soon = course.offer.opens is not None and today(visit) < course.offer.opens
    return await attend_page(visit, course, day="" if soon else f"{today(visit):%d/%m/%Y}")  # mostly it is today


def _opens(visit: Visit, course: Posted) -> str:
    """The first day of a course; empty where it is not known."""
    return date_text(course.offer.opens, visit.words.lang) if course.offer.opens else ""


async def attend_page(visit: Visit, course: Posted, *, day: str, trouble: Trouble | None = None) -> Response:
    """Who learns, each with a box; what was pressed before a fault stays pressed."""
    async with visit.site.storage.read() as uow:
        people = [one for one in await uow.training.people(course.id) if courses.learns(one)]
    return visit.page(
        "course-attend.html",
        status=trouble.status if trouble else 200,
        href=ATTEND.format(id=course.id),
        back=COURSE.format(id=course.id),
        offer=course.offer,
        typed=Typed(fields={"day": day}),
        opens=_opens(visit, course) if course.offer.opens and today(visit) < course.offer.opens else "",
        lines=[
            (one.id, one.version, one.learner.name, one.learner.hamlet, bool(visit.form.get(f"here_{one.id}")))
            for one in people
        ],
        trouble=trouble,
    )


async def post_attend(visit: Visit) -> Response:
    """POST …/attendance: one day of the course."""
    course, form = await access_course(visit, courses.ACT), visit.form
    async with visit.site.storage.read() as uow:
        people = [one.id for one in await uow.training.people(course.id) if courses.learns(one)]
    typed = {one: form.get(f"seen_{one}") for one in people}
    seen = {one: int(said) for one, said in typed.items() if said.isascii() and said.isdecimal() and len(said) < 10}
    there = {one for one in people if form.get(f"here_{one}")}
    day = form.get("day")
    try:
        await courses.attend(visit.site.storage, course, day, acting(visit), there=there, seen=seen)
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.course.stale"), status=409)
        return await attend_page(visit, course, day=day, trouble=trouble)
    except WrongFigureError as error:
        return await attend_page(
            visit, course, day=day, trouble=faulty(visit, error.faults, opens=_opens(visit, course))
        )
    return visit.go(COURSE.format(id=course.id), done="course-attended")
