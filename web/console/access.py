"""What an officer may see: a few named functions, through which every room gets what it shows.

What is of another place is not there: nobody learns from an answer which numbers exist elsewhere.
"""

from collections.abc import Sequence

from content.locality import Locality
from core.campaigns import Campaign
from core.errors import NotAllowedError, NotFoundError
from core.officers import Officer, Right
from core.progress import Reported
from core.questions import Question
from core.schedules import Schedule
from handlers import campaigning, looking, reported, scheduling
from handlers.permission import demand, demand_somewhere
from web.console.visit import Visit


async def access_somewhere(visit: Visit, right: Right) -> None:
    """Raises NotAllowedError, and leaves an entry in the log, where this officer may do it nowhere."""
    if not visit.officer.may_somewhere(right):
        name, subject = visit.officer.name, visit.request.url.path[:80]
        await demand_somewhere(visit.site.storage, name, right, subject=subject, now=visit.now)


def reads(officer: Officer, place: str, right: Right) -> bool:
    """Whether this officer has the right in a place, for all of its offices or for one."""
    return any(locality in ("", place) for locality, _ in officer.reach(right))


async def access_place(visit: Visit, place: str, right: Right) -> Locality:
    """A place, for what is told of all of it.

    Raises NotFoundError where nothing of it is for this officer, NotAllowedError where they may read and no more. Both
    refusals are in the log.
    """
    found = visit.console.content.localities.get(place)
    if found is None:
        raise NotFoundError("no such place", where=place)
    for wanted in (Right.READ_TOTALS, right):
        reading = wanted is Right.READ_TOTALS
        if reads(visit.officer, place, wanted) if reading else visit.officer.may(wanted, localities=[place]):
            continue
        storage, name, subject = visit.site.storage, visit.officer.name, f"place:{place}"
        try:
            await demand(storage, name, wanted, localities=[place], subject=subject, now=visit.now)
        except NotAllowedError:
            if reading:
                raise NotFoundError("no such place", where=place) from None
            raise
        raise NotFoundError("no such place", where=place)
    return found


async def access_figure(visit: Visit, number: int, right: Right) -> Reported:
    """Figures that somebody entered. Raises NotFoundError and NotAllowedError as for their place."""
    one = await reported.find(visit.site.storage, number)
    await access_place(visit, one.locality, right)
    return one


async def access_question(visit: Visit, number: int, right: Right) -> Question:
    """A question with its thread.

    Raises NotFoundError where there is none that this officer may read, NotAllowedError where they may read it and no
    more. Both refusals of what exists are in the log.
    """
    storage, officer = visit.site.storage, visit.officer
    async with storage.read() as uow:
        found = await uow.questions.get(str(number))
    missing = NotFoundError("no such question", where=str(number))
    if found is None or found.id != number:
        raise missing
    for wanted in (Right.READ_QUESTIONS, right):
        places = [found.locality] if found.locality else []
        if not officer.may(wanted, localities=places, office=found.office or ""):
            try:
                await looking.question(storage, str(number), officer=officer.name, now=visit.now, right=wanted)
            except NotAllowedError:
                if wanted is Right.READ_QUESTIONS:
                    raise missing from None
                raise
            raise missing
    return found


async def access_schedule(visit: Visit, number: int, right: Right) -> Schedule:
    """A schedule with its posts. Raises as access_in does."""
    one = await scheduling.find(visit.site.storage, str(number))
    await access_in(visit, one.locality, f"schedule:{one.id}", Right.READ_CAMPAIGNS, right)
    return one


async def access_notice(visit: Visit, number: int, right: Right) -> Campaign:
    """A notice with its counts.

    Raises NotFoundError where there is none that this officer may read, NotAllowedError where they may read it and no
    more. Both refusals of what exists are in the log.
    """
    storage, name, now = visit.site.storage, visit.officer.name, visit.now
    one = await campaigning.find(storage, str(number))
    for wanted in (Right.READ_CAMPAIGNS, right):
        if visit.officer.may(wanted, localities=one.notice.localities):
            continue
        try:
            await campaigning.look(storage, str(number), wanted, officer=name, now=now)
        except NotAllowedError:
            if wanted is Right.READ_CAMPAIGNS:
                raise NotFoundError("no such campaign", where=str(number)) from None
            raise
        raise NotFoundError("no such campaign", where=str(number))
    return one


async def access_in(
    visit: Visit, locality: str, subject: str, reading: Right, right: Right, *, offices: Sequence[str] = ("",)
) -> None:
    """What is kept of one place, such as a need, an offer or a task; `offices`: the ones of which it is the matter.

    Raises NotFoundError where this officer may not read it, NotAllowedError where they may read it and no more. Both
    refusals are in the log.
    """
    storage, officer, now = visit.site.storage, visit.officer, visit.now
    for wanted in (reading, right):
        if any(officer.may(wanted, localities=[locality], office=one) for one in offices):
            continue
        missing = NotFoundError("no such number", where=subject)
        try:
            places, office = [locality], offices[0]
            await demand(storage, officer.name, wanted, localities=places, office=office, subject=subject, now=now)
        except NotAllowedError:
            if wanted is reading:
                raise missing from None
            raise
        raise missing
