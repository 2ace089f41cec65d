"""Codes that strangers type on public pages: who guesses is soon stopped, however many guesses come at once."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from core.signing import Limit
from core.storage import Storage, UnitOfWork

T = TypeVar("T")


async def opened(
    storage: Storage, limits: Sequence[Limit], find: Callable[[UnitOfWork], Awaitable[T | None]], *, now: datetime
) -> tuple[T | None, datetime | None]:
    """What `find` finds by a code; or until when nobody may try at this address. A wrong code is counted.

    The try is counted before the code is looked at, in the same transaction: whoever else tries at this address waits
    for its end. Where the code was right, the transaction is left without a commit, and nothing was counted.
    """
    async with storage.write() as uow:
        until = await uow.tries.note(limits, now)
        if until is not None:
            return None, until
        found = await find(uow)
        if found is None:
            await uow.commit()
    return found, None
