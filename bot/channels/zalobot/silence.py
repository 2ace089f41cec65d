"""After "Quota exceeded" nothing is asked for a while: the platform names no time, so it is longer each time."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import SendError, SendErrorKind
from core.ports import Clock

# Doubt "429": whether it means a rate, the month's 3,000 messages or the fifty-first person is not told. A rate is over
# in seconds, a month's end is not; and with the fifty-first person all others are reached. So: never long.
FIRST = 5.0  # seconds
LONGEST = 300.0  # seconds


class Silence:
    """One account's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: datetime | None = None
        self._last = 0.0  # seconds that were kept last
        self.code = "429"

    def left(self) -> float:
        """Seconds until something may be asked again; 0 where it may."""
        if self._until is None:
            return 0.0
        left = (self._until - self._clock.now()).total_seconds()
        return max(0.0, left) if left <= self._last else 0.0  # more than was meant: the clock was set back

    def kept(self, refusal: SendError) -> SendError:
        """The refusal, with the time that is kept where it asks for patience."""
        if refusal.kind is not SendErrorKind.THROTTLED:
            return refusal
        if (left := self.left()) > 0:  # it was on its way when the silence began
            return replace(refusal, retry_after=left)
        self._last = min(LONGEST, 2 * self._last) if self._last else FIRST
        self._until, self.code = self._clock.now() + timedelta(seconds=self._last), refusal.code
        return replace(refusal, retry_after=self._last)

    def over(self) -> None:
        """Something was taken."""
        self._until, self._last = None, 0.0
