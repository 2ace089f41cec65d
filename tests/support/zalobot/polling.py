"""Handing out updates to a bot that asks: one in an answer, and then never again."""

import asyncio
from math import inf
from typing import TYPE_CHECKING, Any

from tests.support.zalobot.calls import ApiError

if TYPE_CHECKING:
    from tests.support.zalobot.state import State

_DEFAULT = 30.0  # seconds


class Polling:
    """The updates that wait for the next question; nobody who asks late hears what was said before."""

    def __init__(self) -> None:
        self.waiting: list[dict[str, Any]] = []
        self.handed_out: list[dict[str, Any]] = []
        self._held = 0
        self._answered = -inf

    @property
    def held(self) -> bool:
        """Does a question wait just now?"""
        return self._held > 0

    def add(self, state: "State", update: dict[str, Any]) -> None:
        """A message arrived."""
        since = asyncio.get_running_loop().time() - self._answered
        if self.held or since < state.switches.lapse or state.switches.unheard == "queued":
            self.waiting.append(update)
        else:
            state.lost.append(update)

    async def get_updates(self, state: "State", parameters: dict[str, Any]) -> dict[str, Any]:
        """The oldest, at once or as soon as there is one. Raises ApiError: 408 where nothing came."""
        if state.webhook.url and state.switches.polled_with_webhook == "conflict":
            raise ApiError(409, "Conflict")
        loop = asyncio.get_running_loop()
        until = loop.time() + _seconds(parameters.get("timeout")) / state.hurry
        self._held += 1
        state.changes.tell()
        try:
            while (state.webhook.url or not self.waiting) and (left := until - loop.time()) > 0:
                await asyncio.wait({state.changes.next()}, timeout=left)
        finally:
            self._held -= 1
            self._answered = loop.time()
        if state.webhook.url or not self.waiting:
            raise ApiError(408, "Request timeout")
        update = self.waiting.pop(0)
        self.handed_out.append(update)
        return update


def _seconds(given: Any) -> float:
    """Documented as a text, given as a number in the samples. Raises ApiError on anything else."""
    if given is None:
        return _DEFAULT
    try:
        return max(0.0, float(given))
    except (TypeError, ValueError):
        raise ApiError(400, "Bad Request: timeout") from None
