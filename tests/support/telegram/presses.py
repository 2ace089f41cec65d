"""Buttons that were pressed and want an answer."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from core.ports import Clock
from tests.support.telegram.errors import bad_request

# How long the server takes an answer is not documented; it never hands out a press later than this either.
LIFETIME = 150


@dataclass
class Press:
    """One press; the person's app shows a progress bar until it is answered."""

    query_id: str
    user_id: int
    data: str
    at: datetime
    answered_at: datetime | None = None
    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass
class Presses:
    """All presses there ever were, by the id the bot answers to."""

    clock: Clock
    chance: random.Random
    by_id: dict[str, Press] = field(default_factory=dict)

    def add(self, user_id: int, data: str) -> Press:
        """Somebody pressed."""
        query_id = str(self.chance.randrange(10**17, 10**18))
        press = self.by_id[query_id] = Press(query_id, user_id, data, self.clock.now())
        return press

    def answer(self, query_id: str, *, text: str, alert: bool, url: str) -> None:
        """The bot answers. Raises ApiError when it is nobody's press, or too late."""
        press = self.by_id.get(query_id)
        if press is None or (self.clock.now() - press.at).total_seconds() > LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if press.answered_at is None:
            press.answered_at, press.text, press.alert, press.url = self.clock.now(), text, alert, url

    def of(self, user_id: int) -> list[Press]:
        """One person's presses, in order."""
        return [press for press in self.by_id.values() if press.user_id == user_id]
