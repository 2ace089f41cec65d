"""Finds what a dead process was sending, and puts it in doubt: counted, shown, sent once more."""

import asyncio
from collections.abc import Callable, Collection

from core.ports import Clock, Wake
from core.storage import Storage

EVERY = 15.0  # seconds; a lease lasts 120


class Rescue:
    """Runs beside the relay; harmless to run in several processes."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        worker: str,
        relay: Wake,
        on_fault: Callable[[str, BaseException], None],
        sending: Callable[[], Collection[int]] = tuple,
    ) -> None:
        self._storage, self._clock, self._worker, self._relay = storage, clock, worker, relay
        self._on_fault = on_fault
        self._sending = sending  # what this process knows to be on its way, however long it takes

    async def sweep(self, *, alone: bool = False) -> int:
        """Put expired leases in doubt; gives how many.

        `alone` says that no other process can be alive on this database (SQLite): then every lease that is not
        this process's own is a dead one's, however long it had still to run.
        """
        async with self._storage.write() as uow:
            found = await uow.outbox.rescue(
                now=self._clock.now(), dead_worker_only=self._worker if alone else None, alive=self._sending()
            )
            await uow.commit()
        if found:
            self._relay.wake()
        return found

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.sweep()
            except Exception as error:
                self._on_fault("rescue", error)
