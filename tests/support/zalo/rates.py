"""How many calls a minute the server answers: as many as come, until a test asks for a limit."""

from collections import deque

from core.ports import Clock
from tests.support.zalo.errors import OA_LIMIT, OaError

MINUTE = 60  # seconds
PER_APP = 4000  # calls a minute; told in the headers even where it is not enforced


class Rates:
    """Minutes are those of the clock. Each of two limits has its own text."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: deque[float] = deque()
        self.app: int | None = None
        self.oa: int | None = None
        self.refused = 0

    def enforce(self, *, app: int | None = None, oa: int | None = None) -> None:
        """At most so many calls a minute from now on; None is no limit."""
        self.app, self.oa = app, oa
        self._calls.clear()

    def take(self) -> None:
        """One call. Raises OaError when it is one too many."""
        now = self._clock.now().timestamp()
        while self._calls and self._calls[0] <= now - MINUTE:
            self._calls.popleft()
        for limit, text in ((self.app, ""), (self.oa, OA_LIMIT)):
            if limit is not None and len(self._calls) >= limit:
                self.refused += 1
                raise OaError(-32, text)
        self._calls.append(now)

    def headers(self) -> dict[str, str]:
        """What every answer tells: Remain, not Remaining, and nothing about how long to wait."""
        limit = min(limit for limit in (self.app, self.oa, PER_APP) if limit is not None)
        return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(max(0, limit - len(self._calls)))}
