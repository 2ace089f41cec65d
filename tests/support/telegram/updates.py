"""The updates that wait for the bot: kept until acknowledged, or until their time is over."""

import random
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from math import inf
from typing import Any

from telegram import TelegramObject, Update

from core.ports import Clock
from tests.support.telegram.changes import Changes

DAY = timedelta(days=1)
PRESS = timedelta(seconds=150)
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}  # left out unless asked for by name
_NEVER_FALSE = ("delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created")


@dataclass(frozen=True, slots=True)
class Queued:
    """One update. Within a lane a webhook gets them strictly one after another."""

    update_id: int
    kind: str
    body: dict[str, Any]
    lane: Hashable
    expires_at: float  # Unix time


@dataclass
class UpdateQueue:
    """Numbered in the order they happened; repeated until acknowledged."""

    clock: Clock
    chance: random.Random
    changes: Changes = field(default_factory=Changes)  # told at each new update
    allowed: set[str] = field(default_factory=set)  # empty: all but ON_REQUEST
    confirmed: list[int] = field(default_factory=list)
    expired: list[int] = field(default_factory=list)
    handed_out: Counter[int] = field(default_factory=Counter)  # how often the bot was given each
    _waiting: dict[int, Queued] = field(default_factory=dict)
    _last: int = 0
    _soonest: float = inf  # no update expires before; saves looking at all of them each time

    def __post_init__(self) -> None:
        self._last = self.chance.randrange(10**8, 10**9)

    def push(self, kind: str, wire: dict[str, Any], lane: Hashable, lifetime: timedelta = DAY) -> int | None:
        """Queue what happened; None when the bot did not ask for this kind."""
        assert kind in Update.ALL_TYPES, f"Telegram has no {kind}"
        if kind not in self.allowed if self.allowed else kind in ON_REQUEST:
            return None
        return self._add(kind, {"update_id": self._last + 1, kind: wire}, lane, lifetime)

    def push_raw(self, body: dict[str, Any]) -> int:
        """Queue whatever it is, with a number where it brings none of its own."""
        return self._add("raw", {"update_id": self._last + 1, **body}, ("alone", self._last + 1), DAY)

    def _add(self, kind: str, body: dict[str, Any], lane: Hashable, lifetime: timedelta) -> int:
        self._last += 1
        until = (self.clock.now() + lifetime).timestamp()
        self._waiting[self._last] = Queued(self._last, kind, body, lane, until)
        self._soonest = min(self._soonest, until)
        self.changes.tell()
        return self._last

    def pending(self, most: int | None = None) -> list[Queued]:
        """The oldest that are still worth delivering."""
        now = self.clock.now().timestamp()
        if now > self._soonest:
            for queued in [queued for queued in self._waiting.values() if queued.expires_at < now]:
                self.drop(queued.update_id)
            self._soonest = min((queued.expires_at for queued in self._waiting.values()), default=inf)
        return list(islice(self._waiting.values(), most))

    def __len__(self) -> int:
        return len(self.pending())

    @property
    def last(self) -> int:
        """The number of the newest update there ever was."""
        return self._last

    def confirm(self, update_id: int) -> None:
        """The bot has it."""
        if self._waiting.pop(update_id, None):
            self.confirmed.append(update_id)

    def confirm_before(self, offset: int) -> None:
        """The bot has all with lower numbers."""
        for update_id in [update_id for update_id in self._waiting if update_id < offset]:
            self.confirm(update_id)

    def drop(self, update_id: int) -> None:
        """It came too late, or is not wanted: the bot never gets it."""
        if self._waiting.pop(update_id, None):
            self.expired.append(update_id)

    def clear(self) -> None:
        """Forget all that waits."""
        for update_id in list(self._waiting):
            self.drop(update_id)


def wire(content: TelegramObject) -> dict[str, Any]:
    """Something as it travels."""
    return _tidied(content.to_dict())


def _tidied(body: dict[str, Any]) -> dict[str, Any]:
    """Without the fields Telegram leaves out where they are not true; PTB writes them as false."""
    for name in _NEVER_FALSE:
        if body.get(name) is False:
            del body[name]
    for name in ("message", "reply_to_message"):  # messages within a press or a message
        if name in body:
            _tidied(body[name])
    return body
