"""Files that people sent and that still lie with their channel: fetched before anybody answers."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

from core.errors import SendError, StorageError
from core.messages import Unread
from core.ports import Clock, Fetching, Wake
from core.storage import Storage, WaitingUpdate
from scheduler.wake import Wakeable

AT_ONCE = 4  # files being fetched
LOOKED_AT = 50  # updates in one look
POLL = 5.0  # seconds until what another process stored is seen, or a failed file is tried again
GIVE_UP_AFTER = timedelta(hours=1)  # then the person hears that the file did not arrive


class Fetcher:
    """One loop. Several may run: a file fetched twice is kept once."""

    def __init__(
        self,
        *,
        storage: Storage,
        channels: Mapping[str, Fetching],
        clock: Clock,
        done: Wake,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self._storage, self._channels, self._clock = storage, channels, clock
        self._done, self._on_fault = done, on_fault
        self.work = Wakeable()

    async def step(self) -> int:
        """Fetch what waits, as far as it can be had now; gives how many updates are ready."""
        async with self._storage.read() as uow:
            waiting = await uow.inbox.unfetched(list(self._channels), LOOKED_AT)
        room = asyncio.Semaphore(AT_ONCE)
        ready = await asyncio.gather(*(self._fetch(one, room) for one in waiting))
        if any(ready):
            self._done.wake()
        return sum(ready)

    async def _fetch(self, update: WaitingUpdate, room: asyncio.Semaphore) -> bool:
        async with room:
            try:
                raw = await self._channels[update.urn.account].fetch(update.raw)
            except SendError as error:
                self._on_fault("fetching", error)
                if self._clock.now() - update.received_at < GIVE_UP_AFTER:
                    return False
                raw = {**update.raw, "unread": Unread.FILE_LOST}
            except StorageError as error:
                self._on_fault("fetching", error)
                return False
            async with self._storage.write() as uow:
                await uow.inbox.fetched(update.id, raw)
                await uow.commit()
        return True

    async def run(self) -> None:
        """Until cancelled. A full disk or a lost database is told and waited out."""
        while True:
            ready = 0
            try:
                ready = await self.step()
            except Exception as error:
                self._on_fault("fetching", error)
            if not ready:
                await self.work.sleep(POLL)
