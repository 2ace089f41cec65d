"""Which courses an officer may see and change: those of their places, and nothing is told of others."""

from collections.abc import Mapping

from core.officers import Right
from core.training import Enrolment
from core.work import Posted
from handlers.reported import Acting
from handlers.training import courses
from web.console.access import access_in
from web.console.days import with_days
from web.console.figures.target import Trouble
from web.console.visit import Visit

PAGE = "/console/work/training"
COURSE = f"{PAGE}/{{id}}"


async def access_course(visit: Visit, right: Right = courses.READ) -> Posted:
    """A course. Raises as access_in does."""
    one = await courses.find(visit.site.storage, visit.request.path_params["id"])
    await access_in(visit, one.locality, f"work:{one.id}", courses.READ, right)
    return one


async def access_learner(visit: Visit, right: Right = courses.NAMES) -> tuple[Posted, Enrolment]:
    """Somebody on the list of a course. Raises as `access_course` does."""
    course = await access_course(visit, right)
    return course, await courses.find_learner(visit.site.storage, course, visit.request.path_params["post"])


def acting(visit: Visit, *, once: bool = True) -> Acting:
    """By whom; `once`: by a form."""
    return Acting(officer=visit.officer.name, now=visit.now, once=visit.once if once else None)


def faulty(visit: Visit, faults: Mapping[str, str], **named: str) -> Trouble:
    """What is wrong in which field, in words."""
    words = visit.words
    said = {name: words.text(f"console.course.fault.{fault}", **named) for name, fault in faults.items()}
    return Trouble(text=words.text("console.figure.wrong"), faults=with_days(visit, said, visit.form.fields))
