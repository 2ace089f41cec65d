"""Files that people sent and that still lie with their channel: fetched before anybody answers."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from core.errors import SendError, StorageError
from core.messages import Unread
from core.ports import Clock, Fetching, Wake
from core.records import WaitingUpdate
from core.storage import Storage
from scheduler.wake import Wakeable

AT_ONCE = 4  # files being fetched
LOOKED_AT = 50  # updates in one look
POLL = 5.0  # seconds until what another process stored is seen
AGAIN_AFTER = timedelta(seconds=5)  # before a file that could not be had is tried again
GIVE_UP_AFTER = timedelta(hours=1)  # then the person hears that the file did not arrive


class Fetcher:
    """One loop, several files at once. Several loops may run: a file fetched twice is kept once."""

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
        self._running: dict[int, asyncio.Task[None]] = {}  # by update
        self._not_before: dict[int, datetime] = {}  # the same
        self.work = Wakeable()

    async def step(self) -> int:
        """Begin to fetch what waits, as far as there is room; gives how many."""
        async with self._storage.read() as uow:
            waiting = await uow.inbox.unfetched(list(self._channels), LOOKED_AT)
        now = self._clock.now()
        self._not_before = {one.id: self._not_before[one.id] for one in waiting if one.id in self._not_before}
        begun = 0
        for update in waiting:
            due = self._not_before.get(update.id, now) <= now
            if due and update.id not in self._running and len(self._running) < AT_ONCE:
                self._begin(update)
                begun += 1
        return begun

    def _begin(self, update: WaitingUpdate) -> None:
        task = asyncio.get_running_loop().create_task(self._fetch(update))
        self._running[update.id] = task
        task.add_done_callback(lambda _: self._ended(update.id))

    def _ended(self, update_id: int) -> None:
        del self._running[update_id]
        self.work.wake()

    async def drain(self) -> None:
        """Wait for what is being fetched."""
        if self._running:
            await asyncio.wait(self._running.values())

    async def _fetch(self, update: WaitingUpdate) -> None:
        try:
            raw = await self._channels[update.urn.account].fetch(update.raw)
            await self._keep(update, raw)
        except Exception as error:
            # Trouble on the way, a full disk, a fault of ours: told, and tried again, but not for ever.
            self._on_fault("fetching", error)
            self._not_before[update.id] = self._clock.now() + _wait(error)
            too_late = self._clock.now() - update.received_at >= GIVE_UP_AFTER
            if too_late and not isinstance(error, StorageError):
                await self._give_up(update)

    async def _give_up(self, update: WaitingUpdate) -> None:
        try:
            await self._keep(update, {**update.raw, "unread": Unread.FILE_LOST})
        except StorageError as error:
            self._on_fault("fetching", error)  # at the next look

    async def _keep(self, update: WaitingUpdate, raw: Mapping[str, Any]) -> None:
        async with self._storage.write() as uow:
            await uow.inbox.fetched(update.id, raw)
            await uow.commit()
        self._done.wake()

    async def run(self) -> None:
        """Until cancelled. A lost database is told and waited out."""
        try:
            while True:
                try:
                    await self.step()
                except Exception as error:
                    self._on_fault("fetching", error)
                await self.work.sleep(POLL)
        finally:
            for task in self._running.values():
                task.cancel()


def _wait(error: Exception) -> timedelta:
    asked = error.retry_after if isinstance(error, SendError) else None
    return timedelta(seconds=asked) if asked else AGAIN_AFTER
