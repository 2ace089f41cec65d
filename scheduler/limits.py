"""How fast an account may send: so many messages within any second, by the server's count and not by ours.

Between the moment a request leaves and the moment it is answered the server counts it, nobody here knows when. So a
message takes its place from before it leaves until a second after its answer, less what an answer takes at the very
least. Notices are taken from the database a handful ahead and wait here for their turns: a place is one message's from
the moment it leaves, not from the lease. They are spread evenly over the second, and while people write they leave as
many places as replies took lately: a reply waits for no notice.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic

# Messages a second, by kind of channel; a kind that is not named has no limit of its own.
# Zalo's Bot Platform names no rate, and its 429 no time to wait: five let a reply of two bubbles go to two people at
# once, which 50 people hardly need. Its month of 3,000 messages is over long before that matters.
PER_SECOND: Mapping[str, int] = {"telegram": 30, "zalobot": 5}
WITHIN = 1.0  # seconds
AHEAD = 0.1  # seconds: the notices of so long are a handful, and wait for their turns
LEAST_AHEAD = 2
LEAST_WAIT = 0.002  # seconds between two looks for a turn
LONGEST_WAIT = 0.05  # seconds; a reply or an officer may have changed what was reckoned
TURN_WITHIN = 2.0  # seconds; what has no turn by then goes back, for whoever may send
LATELY = 30.0  # seconds for which it is remembered how many replies there were within one
SURELY = 0.9  # of the quickest answer so far: so long every message takes on its way, there and back
KNOWN_AFTER = 100  # answers, before the quickest of them is believed: the first ones open connections besides
SURELY_MOST = 0.2  # seconds


class Rate:
    """The places of one account; `most` of them within a second."""

    def __init__(self, most: int, now: Callable[[], float]) -> None:
        self.now = now
        self.most, self.until = most, math.inf
        self._count = {False: 0, True: 0}  # what counts: replies, and notices
        self._answered: deque[tuple[float, bool]] = deque()  # of those, when each was answered, and whether a notice
        self._most_replies, self._noted = 0, now()  # that counted at once lately, and when there were so many
        self._quickest, self._seen = math.inf, 0  # seconds; of so many answers
        self._saved, self._at = 0.0, now()  # places saved up for notices, and until when that was reckoned
        self._turns, self._waiting = asyncio.Lock(), 0  # notices that wait for their turns, one after the other

    def give(self, most: int, until: float) -> None:
        """From now on this many, but none after that moment."""
        self.most, self.until = most, until

    def counting(self) -> int:
        """How many messages the server may count within one second that holds this moment."""
        now = self.now()
        while self._answered and self._answered[0][0] <= now - self._counts_for():
            self._count[self._answered.popleft()[1]] -= 1
        return self._count[False] + self._count[True]

    def room(self) -> int:
        """How many messages may leave now."""
        return max(0, self.most - self.counting()) if self.now() < self.until else 0

    def room_for_notices(self) -> int:
        """How many of them may be notices."""
        now = self.now()
        self._saved = min(2 * self._handful(), self._saved + max(0.0, now - self._at) * self.most)
        self._at = now
        return max(0, min(self.room() - self._kept_free(), int(self._saved)))

    def ahead(self) -> int:
        """How many notices may be taken now to wait for their turns: none while half a handful waits."""
        most = self._handful() if self.most and self.now() < self.until else 0
        return most - self._waiting if 2 * self._waiting <= most else 0

    def _kept_free(self) -> int:
        """How many places notices leave alone, for replies that may come."""
        if self.now() > self._noted + LATELY:
            self._most_replies, self._noted = self._count[False], self.now()
        return max(0, min(self._most_replies + 1, self.most * 2 // 3) - self._count[False]) if self._most_replies else 0

    def free_in(self) -> float:
        """Seconds until a reply has room that has none now; infinite where it has, or none is in sight."""
        return self._next_free() if self.now() < self.until and self.room() == 0 else math.inf

    async def turn(self) -> "Place | None":
        """Wait for room for a notice, after those that wait already, and take it; None where it takes too long."""
        too_late = self.now() + TURN_WITHIN
        self._waiting += 1
        try:
            async with self._turns:
                while not self.room_for_notices():
                    if self.now() >= too_late:
                        return None
                    await asyncio.sleep(min(max(LEAST_WAIT, self._turn_in()), LONGEST_WAIT))
                return self.take(notice=True)
        finally:
            self._waiting -= 1

    def _turn_in(self) -> float:
        """Seconds until there may be room for a notice. What is kept for replies frees none."""
        saving = self.room() > self._kept_free()
        return (1 - self._saved) / max(1, self.most) if saving else self._next_free()

    def _next_free(self) -> float:
        """Seconds until the oldest message counts no longer."""
        return self._answered[0][0] + self._counts_for() - self.now() if self._answered else math.inf

    def take(self, *, notice: bool = False) -> "Place":
        """One leaves now."""
        self._count[notice] += 1
        # A reply takes its part of the second from the notices, or each second would begin with both and end with none.
        self._saved = max(-self.most / 2, self._saved - 1)
        if not notice and self._count[False] >= self._most_replies:
            self._most_replies, self._noted = self._count[False], self.now()
        return Place(self, notice=notice)

    def left(self, began: float | None, *, notice: bool) -> None:
        """What left at that moment was answered, or nobody waits for the answer any more; None: it never left."""
        if began is None:
            self._count[notice] -= 1
            return
        now = self.now()
        self._answered.append((now, notice))
        self._quickest, self._seen = min(self._quickest, now - began), self._seen + 1

    def _handful(self) -> int:
        return max(LEAST_AHEAD, int(self.most * AHEAD))

    def _counts_for(self) -> float:
        return WITHIN - (min(SURELY_MOST, self._quickest * SURELY) if self._seen >= KNOWN_AFTER else 0.0)


class Place:
    """Room for one message, from before it leaves; a context while its request is on its way."""

    def __init__(self, rate: Rate, *, notice: bool) -> None:
        self._rate: Rate | None = rate
        self._notice = notice
        self._began = 0.0

    def __enter__(self) -> None:
        if self._rate is not None:
            self._began = self._rate.now()

    def __exit__(self, *_: object) -> None:
        """The place counts for a second more, and is nobody's."""
        rate, self._rate = self._rate, None
        if rate is not None:
            rate.left(self._began, notice=self._notice)

    def give_back(self) -> None:
        """It never left, unless it did."""
        if self._rate is not None:
            self._rate.left(None, notice=self._notice)
        self._rate = None


class Rates:
    """The limits of all accounts that have one."""

    def __init__(
        self,
        per_second: Mapping[str, int] | None = None,
        *,
        shared: bool = False,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """`shared`: other processes send too, and nothing leaves before a share was given (scheduler/shares.py)."""
        self._per_second, self._shared, self.now = PER_SECOND if per_second is None else per_second, shared, now
        self._rates: dict[str, Rate] = {}

    def most(self, account: str) -> int | None:
        """How many messages a second this account may send, by all processes together; None for any number."""
        return self._per_second.get(account.partition(".")[0])

    def of(self, account: str) -> Rate | None:
        """What this process may send of it; None where there is no limit."""
        most = self.most(account)
        if most is None:
            return None
        if account not in self._rates:
            self._rates[account] = Rate(0 if self._shared else most, self.now)
        return self._rates[account]

    def take(self, account: str, *, notice: bool = False) -> Place | None:
        """One leaves now; None where there is no limit."""
        rate = self.of(account)
        return rate.take(notice=notice) if rate is not None else None

    async def wait(self, account: str) -> Place | None:
        """Wait for room and take it: for a further piece of a message."""
        rate = self.of(account)
        if rate is None:
            return None
        while not rate.room():  # noqa: ASYNC110 - what ends the wait is time
            await asyncio.sleep(min(max(LEAST_WAIT, rate.free_in()), LONGEST_WAIT))
        return rate.take()
