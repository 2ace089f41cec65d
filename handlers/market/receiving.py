"""What buyers send by the public page: kept until an officer looks at it, bounded by address and by place."""

from collections.abc import Sequence
from datetime import datetime

from core.caps import LOCAL
from core.errors import ChungTayError
from core.market import NewPost
from core.records import AuditEntry
from core.signing import Limit
from core.storage import Storage

MOST_WAITING = 40  # requests of the public page that one place can have unseen: more, no two officers look through


class WaitError(ChungTayError):
    """Too many came from this address: it may send the next one at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many requests came from this address", mend="wait")
        self.until = until


class FullError(ChungTayError):
    """Too many requests wait in this place."""

    def __init__(self, locality: str) -> None:
        super().__init__("too many requests wait", where=locality, mend="wait until an officer has looked through them")


async def receive(storage: Storage, new: NewPost, limits: Sequence[Limit], now: datetime) -> bool:
    """Keep a post of the public page for an officer to look at; False where the same came today already.

    It is counted and kept in one transaction: of many at once no more are kept than of many in a row. Raises WaitError
    and FullError; neither these nor what came already is counted.
    """
    today = now.astimezone(LOCAL).date()
    async with storage.write() as uow:
        await uow.in_turn("what buyers send in")
        until = await uow.tries.note(limits, now)
        if until is not None:
            raise WaitError(until)
        number = await uow.market.add(new, now, today)
        if number is None:
            return False
        if await uow.market.waiting(new.locality, today) > MOST_WAITING:
            raise FullError(new.locality)
        entry = AuditEntry(at=now, actor="visitor", action="market.posted", subject=f"market:{number}", detail={})
        await uow.audit.append([entry])
        await uow.commit()
    return True
