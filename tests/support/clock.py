"""Time in a test's own hands."""

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 11, 20, 2, tzinfo=UTC)  # nine o'clock in Viet Nam


class FixedClock:
    """A time that stands still until a test moves it."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was left at."""
        return self._moment

    def advance(self, *, seconds: float = 0, days: float = 0) -> datetime:
        """Move on (or back, with a negative span); gives the new moment."""
        self._moment += timedelta(seconds=seconds, days=days)
        return self._moment


class TickingClock(FixedClock):
    """A time that moves by itself, one step each time it is looked at: no two moments are the same."""

    def __init__(self, moment: datetime = MORNING, *, step: timedelta = timedelta(milliseconds=1)) -> None:
        super().__init__(moment)
        self._step = step

    def now(self) -> datetime:
        """The next moment."""
        self._moment += self._step
        return self._moment
