"""A clock that is set back holds up nothing: what waits goes on waiting for as long as it was meant to."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from core.ports import Clock
from core.storage import Storage

EVERY = 1.0  # seconds
NOTICED = timedelta(seconds=2)  # less is what clocks are corrected by all the time
ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


class WatchedClock:
    """A clock of which is remembered how far it was ahead of the one that cannot be set.

    It may jump ahead and back between two looks at it: what was read in between stands somewhere as a moment to wait
    for.
    """

    def __init__(self, clock: Clock, steady: Callable[[], float] = monotonic) -> None:
        self._clock, self._steady = clock, steady
        self._furthest: timedelta | None = None

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        now, ahead = self._read()
        self._furthest = ahead if self._furthest is None else max(self._furthest, ahead)
        return now

    def set_back_by(self) -> timedelta:
        """How much less it shows now than whoever read it last may rely on; zero where it was not set back."""
        _, ahead = self._read()
        return timedelta(0) if self._furthest is None else max(self._furthest - ahead, timedelta(0))

    def settled(self) -> None:
        """What was read before has been put right."""
        _, self._furthest = self._read()

    def _read(self) -> tuple[datetime, timedelta]:
        now = self._clock.now()
        return now, now - ANY_DAY - timedelta(seconds=self._steady())


class Timekeeping:
    """Compares the clock with one that cannot be set."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: WatchedClock,
        set_back: Callable[[], None],
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        """`set_back` is called after what is stored was put right."""
        self._storage, self._clock, self._told, self._on_fault = storage, clock, set_back, on_fault
        self._looked = False

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
        by = self._clock.set_back_by()
        now = self._clock.now()
        if not self._looked:
            async with self._storage.read() as uow:
                by = await uow.upkeep.ahead(now)
        if by > NOTICED:
            async with self._storage.write() as uow:
                await uow.upkeep.clock_set_back(by, now)
                await uow.commit()
            self._told()
        self._looked = True  # only now: what failed is tried again
        self._clock.settled()
