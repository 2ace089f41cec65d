"""The inbox: updates are stored before anybody is told they arrived, then handled in the background."""

from collections.abc import Callable, Sequence

from core.ports import Wake
from core.records import NewUpdate
from core.storage import Storage
from handlers.service import Service
from scheduler.wake import Wakeable

POLL = 1.0  # seconds until updates that another process stored are seen


class Intake:
    """Stores what comes in and works it off, oldest first."""

    def __init__(
        self, *, storage: Storage, service: Service, relay: Wake, on_fault: Callable[[str, BaseException], None]
    ) -> None:
        self._storage, self._service, self._relay, self._on_fault = storage, service, relay, on_fault
        self.work = Wakeable()
        self.fetcher: Wake | None = None  # where some channel's files must be fetched

    async def receive(self, updates: Sequence[NewUpdate]) -> int:
        """Store updates in one transaction; gives how many were new. Raises StorageError; then nothing was stored."""
        async with self._storage.write() as uow:
            new = await uow.inbox.add(updates)
            await uow.commit()
        self.work.wake()
        if self.fetcher is not None and any(one.fetch for one in updates):
            self.fetcher.wake()
        return new

    async def drain(self) -> int:
        """Handle everything that waits; gives how many updates."""
        total = 0
        while handled := await self._service.handle_waiting():
            total += handled
            self._relay.wake()
        return total

    async def run(self) -> None:
        """Until cancelled. Trouble with the database is told and waited out; nothing that was stored is lost."""
        while True:
            try:
                await self.drain()
            except Exception as error:
                self._on_fault("inbox", error)
            await self.work.sleep(POLL)
