"""A clock that is set back holds up nothing: what waits goes on waiting for as long as it was meant to."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from core.ports import Clock
from core.storage import Storage

EVERY = 1.0  # seconds
NOTICED = timedelta(seconds=2)  # less is what clocks are corrected by all the time


class Timekeeping:
    """Compares the clock with one that cannot be set."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        set_back: Callable[[], None],
        on_fault: Callable[[str, BaseException], None],
        steady: Callable[[], float] = monotonic,
    ) -> None:
        """`set_back` is called after what is stored was put right."""
        self._storage, self._clock, self._told, self._on_fault = storage, clock, set_back, on_fault
        self._steady = steady
        self._last: tuple[datetime, float] | None = None

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.step()
            except Exception as error:
                self._on_fault("clock", error)
            await asyncio.sleep(EVERY)

    async def step(self) -> None:
        """Look at both clocks; the first time, at what is stored as from a later day."""
        now, steady = self._clock.now(), self._steady()
        if self._last is None:
            async with self._storage.read() as uow:
                by = await uow.upkeep.ahead(now)
        else:
            last, then = self._last
            by = timedelta(seconds=steady - then) - (now - last)
        if by > NOTICED:
            async with self._storage.write() as uow:
                await uow.upkeep.clock_set_back(by, now)
                await uow.commit()
            self._told()
        self._last = now, steady  # only now: what failed is tried again
