"""What officers do with vacancies and courses: put in by one, verified by another, closed by either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from content.catalogue import Catalogue
from content.work.offers import Home
from content.work.places import names_of
from core.caps import LOCAL
from core.console_storage import Once
from core.errors import ChungTayError, NotFoundError, StaleError
from core.job_news import Reached
from core.officers import Officer, Right
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from core.text import fold
from core.work import Added, Offer, OfferState, Posted
from handlers.permission import demand, demand_another, demand_somewhere


def home_of(content: Catalogue, locality: str) -> Home:
    """The names by which a list tells that work is here. Raises NotFoundError."""
    place = content.locality(locality)
    return Home(names=tuple(names_of(content, locality)), province=fold(place.province.vi))


MOST_SEATS = 10_000  # of one offer


class SameOfferError(ChungTayError):
    """The place has this very offer already; `number` is its."""

    def __init__(self, number: int) -> None:
        super().__init__("the place has this offer already", where=f"offer {number}", mend="change that one")
        self.number = number


async def demand_import(storage: Storage, locality: str, *, officer: str, now: datetime) -> None:
    """Raises NotAllowedError where this officer may not put offers in there."""
    await demand(storage, officer, Right.WRITE_CAMPAIGNS, localities=[locality], subject="work", now=now)


async def put_in(
    storage: Storage,
    locality: str,
    offers: Sequence[Offer],
    *,
    file: str,
    officer: str,
    now: datetime,
    once: Once | None = None,
) -> Added:
    """Keep offers as drafts, all in one transaction; those the place has already stay as they are.

    Of a form that was sent before nothing is put in. Raises NotAllowedError.
    """
    await demand_import(storage, locality, officer=officer, now=now)
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return Added(new=(), known=len(offers))
        added = await uow.work.add(locality, offers, by=officer, now=now)
        detail: dict[str, str | int | None] = {"new": len(added.new), "known": added.known, "file": file[:80]}
        entry = AuditEntry(
            at=now, actor=f"officer:{officer}", action="work.imported", subject=f"locality:{locality}", detail=detail
        )
        await uow.audit.append([entry])
        await uow.commit()
    return added


async def write(
    storage: Storage, locality: str, offer: Offer, *, officer: str, now: datetime, once: Once | None = None
) -> int:
    """Keep one offer as a draft; gives its number, 0 for a form that was sent before.

    Raises NotAllowedError, and SameOfferError where the place has it already.
    """
    await demand_import(storage, locality, officer=officer, now=now)
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return 0
        await _demand_new(uow, locality, offer)
        (number,) = (await uow.work.add(locality, [offer], by=officer, now=now)).new
        await uow.audit.append([_entry("work.written", f"work:{number}", officer, now)])
        await uow.commit()
    return number


async def edit(
    storage: Storage, one: Posted, offer: Offer, *, seen: int, officer: str, now: datetime, once: Once | None = None
) -> None:
    """Write an offer anew. It is a draft then, whatever it was, and its new words are verified by another person.

    A form that was sent before changes nothing. Raises NotAllowedError, SameOfferError, and StaleError where it was
    changed or closed since the version that was seen.
    """
    await _demand(storage, one, Right.WRITE_CAMPAIGNS, officer, now)
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return
        await _demand_new(uow, one.locality, offer, but=one.id)
        if not await uow.offers.edit(one, offer, seen=seen, by=officer, now=now):
            raise _elsewhere(one)
        await uow.audit.append([_entry("work.changed", _subject(one), officer, now)])
        await uow.commit()


async def _demand_new(uow: UnitOfWork, locality: str, offer: Offer, *, but: int = 0) -> None:
    twin = await uow.offers.twin(locality, offer.key)
    if twin not in (None, but):
        raise SameOfferError(twin or 0)


async def find(storage: Storage, number: int) -> Posted:
    """An offer by its number. Raises NotFoundError."""
    return await _find(storage, str(number))


async def listed(storage: Storage, content: Catalogue, *, officer: str, now: datetime) -> Sequence[Posted]:
    """The offers of the places where somebody may look at notices, the newest first. Raises NotAllowedError."""
    known = await demand_somewhere(storage, officer, Right.READ_CAMPAIGNS, subject="work", now=now)
    places = [one for one in content.localities if _sees(known, one)]
    async with storage.read() as uow:
        return await uow.work.list(places)


def _sees(officer: Officer | None, locality: str) -> bool:
    return officer is None or officer.may(Right.READ_CAMPAIGNS, localities=[locality])


async def look(storage: Storage, key: str, *, officer: str, now: datetime) -> tuple[Posted, int]:
    """An offer, and how many people said that it suits them. Raises NotFoundError, NotAllowedError."""
    one = await _find(storage, key)
    await _demand(storage, one, Right.READ_CAMPAIGNS, officer, now)
    async with storage.read() as uow:
        interest = await uow.work.interest([one.id])
    return one, interest.get(one.id, 0)


async def reached(storage: Storage, key: str, *, officer: str, now: datetime) -> Reached:
    """How many people were told of an offer, saw it in their own list, and are interested.

    Counted are those who are still known here. Raises NotFoundError, NotAllowedError.
    """
    one = await _find(storage, key)
    await _demand(storage, one, Right.READ_CAMPAIGNS, officer, now)
    async with storage.read() as uow:
        found = await uow.job_news.reached([one.id])
    return found[one.id]


async def verify(
    storage: Storage, key: str, *, officer: str, now: datetime, seen: int | None = None, once: Once | None = None
) -> Posted:
    """Say that an offer is true; never of what one has put in or changed oneself.

    Raises NotFoundError, NotAllowedError, StaleError where it stands elsewhere meanwhile or is not the version that
    was seen, and ChungTayError where its last day has passed.
    """
    one = await _find(storage, key)
    known = await _demand(storage, one, Right.APPROVE_CAMPAIGNS, officer, now)
    await demand_another(storage, one.authors, officer, registered=known is not None, subject=_subject(one), now=now)
    if one.offer.deadline < now.astimezone(LOCAL).date():
        raise ChungTayError("its last day has passed", where=f"offer {one.id}", mend="close it, or put it in anew")
    after = {"verified_by": officer, "verified_at": now}
    step = _Step(OfferState.VERIFIED, "verified", officer, now, seen, once)
    return await _step(storage, one, step, **after)


async def close(
    storage: Storage,
    key: str,
    *,
    why: str,
    officer: str,
    now: datetime,
    seen: int | None = None,
    once: Once | None = None,
) -> Posted:
    """Show an offer to nobody any more, and why. Raises NotFoundError, NotAllowedError, StaleError."""
    one = await _find(storage, key)
    await _demand(storage, one, Right.CONTROL_CAMPAIGNS, officer, now)
    step = _Step(OfferState.CLOSED, "closed", officer, now, seen, once)
    return await _step(storage, one, step, closed_by=officer, why=why)


async def fill(
    storage: Storage,
    key: str,
    seats: int,
    *,
    officer: str,
    now: datetime,
    seen: int | None = None,
    once: Once | None = None,
) -> Posted:
    """So many seats are taken by now; a full offer is shown to nobody.

    Raises NotFoundError, NotAllowedError, StaleError, and ChungTayError for more seats than it has.
    """
    one = await _find(storage, key)
    await _demand(storage, one, Right.CONTROL_CAMPAIGNS, officer, now)
    if seats > most_seats(one):
        raise ChungTayError(f"has {most_seats(one)} seats", where=f"offer {one.id}", mend="give that number at most")
    async with storage.write() as uow:
        if once is not None and not await uow.forms.claim(once, now):
            return one
        if not await uow.work.take_seats(one.id, seats, seen=seen, by=officer, now=now):
            raise _elsewhere(one)
        await uow.audit.append([_entry("work.filled", _subject(one), officer, now, seats=seats)])
        await uow.commit()
    return await _find(storage, key)


def most_seats(one: Posted) -> int:
    """How many seats of an offer can be taken."""
    return MOST_SEATS if one.offer.seats is None else one.offer.seats


async def _find(storage: Storage, key: str) -> Posted:
    number = int(key) if key.isascii() and key.isdecimal() and len(key) <= 18 else 0
    async with storage.read() as uow:
        found = await uow.work.get(number)
    if found is None:
        raise NotFoundError("no such offer", where=key, mend="see: chungtay work list")
    return found


async def _demand(storage: Storage, one: Posted, right: Right, officer: str, now: datetime) -> Officer | None:
    return await demand(storage, officer, right, localities=[one.locality], subject=_subject(one), now=now)


@dataclass(frozen=True, slots=True)
class _Step:
    after: OfferState
    act: str
    officer: str
    now: datetime
    seen: int | None
    once: Once | None


async def _step(storage: Storage, one: Posted, step: _Step, **values: object) -> Posted:
    async with storage.write() as uow:
        if step.once is not None and not await uow.forms.claim(step.once, step.now):
            return one
        if one.state is OfferState.CLOSED or one.state is step.after:
            raise _elsewhere(one)
        if not await uow.work.step(one.id, one.state, step.after, seen=step.seen, **values):
            raise _elsewhere(one)
        await uow.audit.append([_entry(f"work.{step.act}", _subject(one), step.officer, step.now)])
        await uow.commit()
    return await _find(storage, str(one.id))


def _entry(action: str, subject: str, officer: str, now: datetime, **detail: str | int | None) -> AuditEntry:
    return AuditEntry(at=now, actor=f"officer:{officer}", action=action, subject=subject, detail=detail)


def _elsewhere(one: Posted) -> StaleError:
    return StaleError(f"is {one.state.value}, or became something else meanwhile", where=f"offer {one.id}")


def _subject(one: Posted) -> str:
    return f"work:{one.id}"
