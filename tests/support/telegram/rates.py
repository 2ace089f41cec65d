"""How much the bot may send: off until a test asks for it."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from telegram.constants import FloodLimit

from core.ports import Clock
from tests.support.telegram.errors import too_many

_MINUTE = 60


@dataclass
class _Bucket:
    """Fills steadily up to its size; a message takes one."""

    per_second: float
    size: float
    left: float = field(init=False)
    at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.left = self.size

    def wait(self, now: float) -> float:
        """Seconds until one can be taken."""
        self.left = min(self.size, self.left + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1 - self.left) / self.per_second)


class Rates:
    """About one a second to a person after a short burst, twenty a minute to a group, thirty a second to all."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._on = False
        self.refused = 0

    def enforce(
        self,
        *,
        per_chat: float = FloodLimit.MESSAGES_PER_SECOND_PER_CHAT,
        burst: int = 3,
        per_group_minute: int = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP,
        overall: float = FloodLimit.MESSAGES_PER_SECOND,
    ) -> None:
        """Count from now on."""
        self._on, self.refused = True, 0
        self._chats: dict[int, _Bucket] = defaultdict(lambda: _Bucket(per_chat, burst))
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._per_group_minute = per_group_minute
        self._overall = _Bucket(overall, overall)

    def release(self) -> None:
        """Count no longer."""
        self._on = False

    def take(self, chat_id: int) -> None:
        """One message to this chat. Raises ApiError when it is one too many."""
        if not self._on:
            return
        now = self._clock.now().timestamp()
        one = self._chats[chat_id]
        wait = max(self._overall.wait(now), one.wait(now), self._group_wait(chat_id, now))
        if wait > 1e-6:
            self.refused += 1
            raise too_many(math.ceil(wait - 1e-6))
        self._overall.left -= 1
        one.left -= 1
        if chat_id < 0:
            self._groups[chat_id].append(now)

    def _group_wait(self, chat_id: int, now: float) -> float:
        sent = self._groups[chat_id]
        while sent and sent[0] <= now - _MINUTE:
            sent.popleft()
        return sent[0] + _MINUTE - now if len(sent) >= self._per_group_minute else 0.0
