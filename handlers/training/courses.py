"""What officers do with a course: who is on its list, who came, how it went, another day, and making it known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.caps import LOCAL
from core.errors import NotFoundError, StaleError
from core.officers import Right
from core.ports import Chance
from core.questions import CODE_ALPHABET
from core.records import AuditEntry
from core.storage import Storage
from core.training import LONGEST_NAME, Call, Changes, Enrolment, Household, Learner, Learning, knows
from core.work import LONGEST, OfferKind, OfferState, Posted
from handlers.permission import demand
from handlers.reported import Acting, WrongFigureError, read_count, read_day
from handlers.training.joining import CODE_LENGTH, phone_in

READ = Right.READ_CAMPAIGNS  # courses, and how many are on their lists
NAMES = Right.READ_LEDGER  # who is
ACT = Right.CONTROL_CAMPAIGNS
MOST_SEATS = 2_000
MOST_TEXT = 300  # characters of what is noted of somebody


async def find(storage: Storage, number: int) -> Posted:
    """A course that was verified, by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.work.get(number)
    if one is None or one.offer.kind is not OfferKind.COURSE or one.verified_at is None:
        raise NotFoundError("no such course", where=str(number))
    return one


async def find_learner(storage: Storage, course: Posted, number: int) -> Enrolment:
    """Somebody on the list of this course. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.training.get(number)
    if one is None or one.offer_id != course.id:
        raise NotFoundError("nobody of this number is on the list", where=str(number))
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Somebody as an officer writes them down."""

    name: str
    phone: str = ""
    hamlet: str = ""
    household: str = Household.UNSAID

    def faults(self) -> Mapping[str, str]:
        """What is wrong, by field; empty: nothing."""
        found = {
            "name": "" if 0 < len(self.name.strip()) <= LONGEST_NAME else "long" if self.name.strip() else "empty",
            "phone": "" if not self.phone.strip() or phone_in(self.phone) else "phone",
            "hamlet": "" if len(self.hamlet.strip()) <= LONGEST_NAME else "long",
            "household": "" if self.household in set(Household) else "empty",
        }
        return {name: fault for name, fault in found.items() if fault}


async def enrol(storage: Storage, course: Posted, said: Written, chance: Chance, acting: Acting) -> Enrolment | None:
    """Write down somebody who came in person; None where the form was sent before.

    Raises NotAllowedError, WrongFigureError, and StaleError where the course takes nobody any more.
    """
    await _demand(storage, course, acting)
    if faults := said.faults():
        raise WrongFigureError(faults)
    learner = Learner(
        name=said.name.strip(),
        phone=phone_in(said.phone) or "",
        hamlet=said.hamlet.strip(),
        household=Household(said.household),
    )
    on = acting.now.astimezone(LOCAL).date()
    code = chance.pick(CODE_ALPHABET, CODE_LENGTH)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return None
        one = await uow.training.join(
            course.id, learner, code=code, by=acting.officer, now=acting.now, on=on, contact_id=None
        )
        if one is None:
            raise StaleError("takes nobody any more", where=_subject(course), mend="change its last day first")
        await uow.audit.append([_entry(f"training.{one.state}", course, acting, {"enrolment": one.id})])
        await uow.commit()
    return one


async def seat(storage: Storage, course: Posted, one: Enrolment, acting: Acting) -> None:
    """Give somebody who waits a free seat, out of turn.

    Raises NotAllowedError, StaleError where none is free or they wait no longer.
    """
    await _demand(storage, course, acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if not await uow.training.seat(one.id):
            raise StaleError("no seat is free, or they wait no longer", where=_subject(course))
        await uow.audit.append([_entry("training.seated", course, acting, {"enrolment": one.id})])
        await uow.commit()


async def leave(storage: Storage, course: Posted, one: Enrolment, why: str, acting: Acting) -> None:
    """Somebody learns or waits no longer, and why; their seat is free.

    Raises NotAllowedError, WrongFigureError, StaleError where they do so no longer already.
    """
    await _demand(storage, course, acting)
    if not 0 < len(why.strip()) <= MOST_TEXT:
        raise WrongFigureError({"why": "long" if why.strip() else "empty"})
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if await uow.training.leave(one.id, why.strip()) is None:
            raise StaleError("is not on the list any more", where=_subject(course))
        await uow.audit.append([_entry("training.left", course, acting, {"enrolment": one.id})])
        await uow.commit()


async def note(storage: Storage, course: Posted, one: Enrolment, acting: Acting, *, job: str, finished: bool) -> None:
    """Somebody finished the course, or what they do since.

    Raises NotAllowedError, WrongFigureError, StaleError where they are not as they were seen.
    """
    await _demand(storage, course, acting)
    if len(job.strip()) > MOST_TEXT:
        raise WrongFigureError({"job": "long"})
    ends = finished and one.state is Learning.ENROLLED
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        learner, state = replace(one.learner, job=job.strip()), Learning.FINISHED if ends else one.state
        if not await uow.training.keep(one, learner, state):
            raise StaleError("was changed meanwhile", where=_subject(course), mend="look at it again")
        action = "training.finished" if ends else "training.noted"
        await uow.audit.append([_entry(action, course, acting, {"enrolment": one.id})])
        await uow.commit()


async def attend(
    storage: Storage,
    course: Posted,
    day: str,
    acting: Acting,
    *,
    there: Collection[int],
    seen: Mapping[int, int],
) -> int:
    """Who came on a day, of those who learn; `seen` holds the version of each that was looked at. Gives how many came.

    Raises NotAllowedError, WrongFigureError for a day that is none, has not come or is before the course opens, and
    StaleError where the list is another by now: then nothing is noted.
    """
    await _demand(storage, course, acting)
    session, today = read_day(day), acting.now.astimezone(LOCAL).date()
    if session is None or session > today:
        raise WrongFigureError({"day": "day" if session is None else "future"})
    if course.offer.opens is not None and session < course.offer.opens:
        raise WrongFigureError({"day": "closed"})
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return 0
        people = [one for one in await uow.training.people(course.id) if learns(one)]
        if {one.id: one.version for one in people} != dict(seen):
            raise StaleError("the list is another by now", where=_subject(course), mend="look at it again")
        for one in people:
            attended = {**one.learner.attended, session.isoformat(): one.id in there}
            await uow.training.keep(one, replace(one.learner, attended=dict(sorted(attended.items()))))
        count = sum(one.id in there for one in people)
        await uow.audit.append(
            [_entry("training.attended", course, acting, {"day": session.isoformat(), "came": count})]
        )
        await uow.commit()
    return count


def learns(one: Enrolment) -> bool:
    """Whether somebody stands on the attendance sheet."""
    return one.state in (Learning.ENROLLED, Learning.FINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A change of a course as it was typed."""

    opens: str
    deadline: str
    place: str
    seats: str

    def read(self) -> Changes:
        """What it means. Raises WrongFigureError."""
        opens, deadline, seats = read_day(self.opens), read_day(self.deadline), self.seats.strip()
        counted = read_count(seats)
        found = {
            "opens": "" if not self.opens.strip() or opens is not None else "day",
            "deadline": "" if deadline is not None else "day",
            "place": "" if 0 < len(self.place.strip()) <= LONGEST else "long" if self.place.strip() else "empty",
            "seats": "" if not seats or (counted is not None and 0 < counted <= MOST_SEATS) else "seats",
        }
        if faults := {name: fault for name, fault in found.items() if fault}:
            raise WrongFigureError(faults)
        return Changes(opens=opens, deadline=deadline or date.max, place=self.place.strip(), seats=counted)


async def change(storage: Storage, course: Posted, asked: Asked, seen: str, acting: Acting) -> None:
    """Other days, another place or more seats; one officer does it alone, for people would stand before a closed door.

    Raises NotAllowedError, WrongFigureError, StaleError where the course is not as it was seen.
    """
    await _demand(storage, course, acting)
    changes = asked.read()
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        before = await uow.training.change(course.id, changes, seen)
        if before is None:
            raise StaleError("is not as it was seen", where=_subject(course), mend="look at it again")
        day = {"opens": changes.opens.isoformat() if changes.opens else None, "deadline": changes.deadline.isoformat()}
        detail = {**day, "seats": changes.seats, "moved": int(before.offer.place != changes.place)}
        await uow.audit.append([_entry("training.changed", course, acting, detail)])
        await uow.commit()


async def make_known(storage: Storage, course: Posted, households: Collection[str], acting: Acting) -> None:
    """Tell those whom the course suits, of these kinds of household; once.

    Raises NotAllowedError, StaleError where that was done before, or the course takes nobody.
    """
    await _demand(storage, course, acting)
    chosen = tuple(one.value for one in Household if one in households)
    on = acting.now.astimezone(LOCAL).date()
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        call = Call(offer_id=course.id, households=chosen, by=acting.officer, at=acting.now)
        over = course.state is not OfferState.VERIFIED or course.offer.deadline < on
        if over or not await uow.calls.add(call):
            raise StaleError("takes nobody, or was made known before", where=_subject(course))
        await uow.audit.append([_entry("training.called", course, acting, {"households": ",".join(chosen) or None})])
        await uow.commit()


async def called_up(storage: Storage, course: Posted, one: Enrolment, acting: Acting) -> None:
    """An officer told somebody, who was not reached by chat, what they must know.

    Raises NotAllowedError, StaleError where they were told meanwhile.
    """
    await _demand(storage, course, acting)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        if not await uow.training.told(one, knows(one.state, course), course.offer.opens):
            raise StaleError("was told meanwhile", where=_subject(course), mend="look at it again")
        await uow.audit.append([_entry("training.told-by-officer", course, acting, {"enrolment": one.id})])
        await uow.commit()


async def record_look(storage: Storage, course: Posted, acting: Acting, what: str) -> None:
    """Note that somebody took the names along. Raises NotAllowedError."""
    await _demand(storage, course, acting, NAMES)
    async with storage.write() as uow:
        await uow.audit.append([_entry(f"training.{what}", course, acting, {})])
        await uow.commit()


async def _demand(storage: Storage, course: Posted, acting: Acting, right: Right = ACT) -> None:
    places, subject = [course.locality], _subject(course)
    await demand(storage, acting.officer, right, localities=places, subject=subject, now=acting.now)


def _subject(course: Posted) -> str:
    return f"work:{course.id}"


def _entry(action: str, course: Posted, acting: Acting, detail: Mapping[str, str | int | None]) -> AuditEntry:
    return AuditEntry(
        at=acting.now, actor=f"officer:{acting.officer}", action=action, subject=_subject(course), detail=dict(detail)
    )
