"""What employers and schools send in by the public form: drafts that nobody sees before an officer verified them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.caps import LOCAL
from core.errors import ChungTayError
from core.ports import Chance
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from core.work import Offer, Posted
from handlers.codes import new_code
from handlers.offering import SameOfferError

MOST_WAITING = 40  # drafts of employers that one place can have unverified: more, no two officers look through
MOST_A_DAY = 5  # from one address, in whatever places
DAY = timedelta(days=1)


class TooManyError(ChungTayError):
    """No more is taken now. `place` tells whether the place has too many, or this address sent too many."""

    def __init__(self, *, place: bool) -> None:
        super().__init__("too many offers wait" if place else "too many came from this address today", mend="wait")
        self.place = place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """From where something is sent: a keyed hash of the address, which is kept for a day and never the address."""

    sender: bytes
    now: datetime


async def send_in(storage: Storage, chance: Chance, locality: str, offer: Offer, sending: Sending) -> Posted:
    """Keep what an employer sent as a draft with a code; the same sent twice is one draft with one code.

    Raises TooManyError, and SameOfferError where the place has this offer already in other words.
    """
    now = sending.now
    async with storage.write() as uow:
        await uow.in_turn("what employers send in")
        known = await _known(uow, locality, offer)
        if known is not None:
            return known
        today, since = now.astimezone(LOCAL).date(), now - DAY
        before = await uow.offers.received(locality, sending.sender, on=today, since=since)
        if before.lately >= MOST_A_DAY or before.waiting >= MOST_WAITING:
            raise TooManyError(place=before.lately < MOST_A_DAY)
        code = await _free_code(uow, chance)
        number = await uow.offers.receive(locality, offer, code=code, sender=sending.sender, now=now)
        if number is None:  # the same form, sent a second time in the same moment
            number = await uow.offers.twin(locality, offer.key)
            return await _of(uow, number or 0)
        entry = AuditEntry(
            at=now, actor="employer", action="work.sent-in", subject=f"work:{number}", detail={"locality": locality}
        )
        await uow.audit.append([entry])
        found = await _of(uow, number)
        await uow.commit()
    return found


async def _of(uow: UnitOfWork, number: int) -> Posted:
    found = await uow.work.get(number)
    assert found is not None, "it was just put in"  # noqa: S101
    return found


async def _known(uow: UnitOfWork, locality: str, offer: Offer) -> Posted | None:
    number = await uow.offers.twin(locality, offer.key)
    found = await uow.work.get(number) if number is not None else None
    # The very same words sent once more are the same form; other words of the same offer would be lost unseen.
    if found is None or (found.code is not None and found.offer == offer):
        return found
    raise SameOfferError(found.id)


async def _free_code(uow: UnitOfWork, chance: Chance) -> str:
    for _ in range(20):
        code = new_code(chance)
        if await uow.offers.by_code(code) is None:
            return code
    raise ChungTayError("no code is free", mend="send it once more")
