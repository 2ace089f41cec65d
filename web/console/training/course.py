"""One course: its list, the sheet for a spreadsheet, and the one to sign on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import date_text
from core.training import ACTIVE, Counts, Enrolment, Learning, knows
from core.work import OfferState, Posted
from handlers.training import courses
from web.bubbles import time_text
from web.console.lines import place_name
from web.console.states import Mark
from web.console.training.access import COURSE, PAGE, access_course, acting
from web.console.training.listing import mark_of, seats_text
from web.console.visit import Visit
from web.workbook import download, workbook

MARKS = {
    Learning.ENROLLED: ("●", "good"),
    Learning.WAITING: ("◐", "warning"),
    Learning.LEFT: ("‖", "plain"),
    Learning.FINISHED: ("✓", "good"),
}
SESSIONS = 6  # columns to sign in on a sheet of paper


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerLine:
    """Somebody on the list."""

    href: str
    number: int
    name: str = field(repr=False)
    code: str
    hamlet: str
    household: str
    came: str  # how often, of how many days
    mark: Mark
    untold: bool  # something is new that they do not know


def masked(phone: str) -> str:
    """A telephone number of which nobody can be called.

    >>> masked("0912345678"), masked("")
    ('09x xxx xx78', '')
    """
    return f"{phone[:2]}x xxx xx{phone[-2:]}" if phone else ""


def standing_mark(visit: Visit, one: Enrolment, number: int = 0) -> Mark:
    """Where they stand, with their number where they wait."""
    sign, kind = MARKS[one.state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.course.state.{one.state}", number=number))


def untold(one: Enrolment, course: Posted) -> bool:
    """Whether they do not know what is true by now."""
    return one.state in ACTIVE and one.told != knows(one.state, course)


def lines_of(visit: Visit, course: Posted, people: Sequence[Enrolment]) -> list[LearnerLine]:
    """The list: who learns, then who waits by their number, then the others."""
    order = (Learning.ENROLLED, Learning.FINISHED, Learning.WAITING, Learning.LEFT)
    waiting = {one.id: at for at, one in enumerate((one for one in people if one.state is Learning.WAITING), 1)}
    return [
        LearnerLine(
            href=f"{PAGE}/{course.id}/people/{one.id}",
            number=at,
            name=one.learner.name,
            code=one.code,
            hamlet=one.learner.hamlet,
            household=visit.words.text(f"console.course.household.{one.learner.household}"),
            came=came_text(visit, one),
            mark=standing_mark(visit, one, waiting.get(one.id, 0)),
            untold=untold(one, course),
        )
        for at, one in enumerate(sorted(people, key=lambda one: (order.index(one.state), one.id)), 1)
    ]


def came_text(visit: Visit, one: Enrolment) -> str:
    """On how many of the days on which it was noted they came."""
    days = one.learner.attended
    return visit.words.text("console.course.came", number=sum(days.values()), all=len(days)) if days else ""


async def show_course(visit: Visit) -> Response:
    """GET /console/work/training/{id}."""
    course = await access_course(visit)
    named, may = (visit.officer.may(one, localities=[course.locality]) for one in (courses.NAMES, courses.ACT))
    async with visit.site.storage.read() as uow:
        counts = (await uow.training.counts([course.id])).get(course.id, Counts())
        people = await uow.training.people(course.id) if named else []
        calls = await uow.calls.of([course.id])
    offer, words = course.offer, visit.words
    told = ""
    if calls:
        name = "console.course.called" if calls[0].done_at else "console.course.calling"
        at = time_text(calls[0].at, now=visit.now, words=words)
        told = words.text(name, sent=calls[0].sent, officer=calls[0].by, time=at)
    return visit.page(
        "course.html",
        href=COURSE.format(id=course.id),
        back=f"{PAGE}?at={course.locality}",
        course=course,
        offer=offer,
        place=place_name(visit, course.locality),
        opens=date_text(offer.opens, words.lang) if offer.opens else words.text("console.course.no-day"),
        deadline=date_text(offer.deadline, words.lang),
        seats=seats_text(visit, course, counts),
        counts=counts,
        mark=mark_of(visit, course),
        lines=lines_of(visit, course, people),
        named=named,
        may=may,
        open=course.state is OfferState.VERIFIED,
        called=told,
    )


async def show_sheet(visit: Visit) -> Response:
    """GET /console/work/training/{id}/sheet: the list as XLSX; that somebody took it is in the log."""
    course, words = await access_course(visit, courses.NAMES), visit.words
    await courses.record_look(visit.site.storage, course, acting(visit, once=False), "exported")
    async with visit.site.storage.read() as uow:
        people = {one.id: one for one in await uow.training.people(course.id)}
    heads = ("number", "name", "code", "hamlet", "household", "state", "phone", "came", "why", "job", "at")
    rows = []
    for line in lines_of(visit, course, list(people.values())):
        one = people[int(line.href.rpartition("/")[2])]
        told = (line.number, line.name, line.code, line.hamlet, line.household, line.mark.word, one.learner.phone)
        rows.append((*told, line.came, one.learner.why, one.learner.job, date_text(one.at.date(), words.lang)))
    header = [words.text(f"console.course.head.{one}") for one in heads]
    return download(f"lop-{course.id}", workbook(words.text("console.course.list"), header, rows))


async def show_print(visit: Visit) -> Response:
    """GET /console/work/training/{id}/print: to be printed and signed on; that somebody took it is in the log."""
    course = await access_course(visit, courses.NAMES)
    await courses.record_look(visit.site.storage, course, acting(visit, once=False), "printed")
    async with visit.site.storage.read() as uow:
        people = [one for one in await uow.training.people(course.id) if courses.learns(one)]
    offer, words = course.offer, visit.words
    return visit.page(
        "course-print.html",
        href=COURSE.format(id=course.id),
        offer=offer,
        opens=date_text(offer.opens, words.lang) if offer.opens else words.text("console.course.no-day"),
        place=place_name(visit, course.locality),
        people=[(at, one.learner.name, one.learner.hamlet) for at, one in enumerate(people, 1)],
        sessions=range(1, SESSIONS + 1),
    )
