"""How the channel is doing, from what its calls end with."""

from collections import deque
from datetime import datetime, timedelta
from statistics import median

from core.errors import SendError, SendErrorKind
from core.ports import ChannelState, Clock, Condition

LAST = 20  # calls that are looked at
SLOW = 3.0  # seconds, on the middle of them
FORGOTTEN_AFTER = timedelta(minutes=15)  # what nobody has tried since tells nothing of now
DOWN_AFTER = 3  # calls in a row without an answer: one may be chance
WORST_FIRST = (ChannelState.REFUSED, ChannelState.DOWN, ChannelState.LIMITED, ChannelState.SLOW, ChannelState.UP)


def worse(*conditions: Condition) -> Condition:
    """The worst of several."""
    return min(conditions, key=lambda one: WORST_FIRST.index(one.state))


class Watch:
    """Told of every call that was answered, or not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seconds: deque[float] = deque(maxlen=LAST)
        self._failed = 0  # calls in a row without an answer
        self._last: datetime | None = None  # when anything was heard, or waited for in vain
        self._refused = ""  # the provider's code, until a call is accepted again
        self._limited_until: datetime | None = None
        self._limit = ""  # the provider's code of that

    def answered(self, seconds: float | None = None) -> None:
        """A call was accepted; `seconds` where it is known how long an answer takes."""
        self._failed, self._refused, self._last = 0, "", self._clock.now()
        if seconds is not None:
            self._seconds.append(seconds)

    def failed(self, error: SendError) -> None:
        """A call was not."""
        self._last = self._clock.now()
        match error.kind:
            case SendErrorKind.THROTTLED:
                self._failed = 0
                self._limited_until = self._clock.now() + timedelta(seconds=error.retry_after or 0)
                self._limit = error.code or "429"
            case SendErrorKind.MISCONFIGURED:
                self._refused = error.code
            case SendErrorKind.UNREACHABLE | SendErrorKind.IN_DOUBT if error.retry_after is None:
                self._failed += 1
            case _:
                self.answered()  # a person was not reached, the provider was

    def refused(self, code: str) -> None:
        """What we need most is not accepted."""
        self._refused = code

    def unreached(self) -> None:
        """The provider says that it cannot reach us."""
        self._failed, self._last = DOWN_AFTER, self._clock.now()

    def condition(self) -> Condition:
        """Worst first."""
        if self._refused:
            return Condition(state=ChannelState.REFUSED, code=self._refused)
        fresh = self._last is not None and self._clock.now() - self._last < FORGOTTEN_AFTER
        if self._failed >= DOWN_AFTER and fresh:
            return Condition(state=ChannelState.DOWN)
        if self._limited_until is not None and self._limited_until > self._clock.now():
            return Condition(state=ChannelState.LIMITED, code=self._limit)
        if fresh and len(self._seconds) == LAST and median(self._seconds) > SLOW:
            return Condition(state=ChannelState.SLOW, code=f"{median(self._seconds):.0f} s")
        return Condition()
