"""How fast an account may send: so many messages within any second, counted by the clock that cannot be set."""

from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic

# Messages a second, by kind of channel; a kind that is not named has no limit of its own.
PER_SECOND: Mapping[str, int] = {"telegram": 30}
WITHIN = 1.0  # seconds


class Rates:
    """The last sends of each account, as far as they still count."""

    def __init__(self, per_second: Mapping[str, int] = PER_SECOND, now: Callable[[], float] = monotonic) -> None:
        self._per_second, self._now = per_second, now
        self._sent: dict[str, deque[float]] = {}

    def room(self, account: str) -> int | None:
        """How many more messages may leave now; None for any number."""
        most = self._per_second.get(account.partition(".")[0])
        if most is None:
            return None
        sent = self._sent.get(account, deque())
        while sent and sent[0] <= self._now() - WITHIN:
            sent.popleft()
        return max(0, most - len(sent))

    def sent(self, account: str) -> None:
        """One leaves now."""
        if account.partition(".")[0] in self._per_second:
            self._sent.setdefault(account, deque()).append(self._now())

    def free_in(self) -> float | None:
        """Seconds until a full account has room again; None where none is full."""
        waits = [
            sent[0] + WITHIN - self._now() for account, sent in self._sent.items() if sent and self.room(account) == 0
        ]
        return max(0.0, min(waits)) if waits else None
