"""Handing out updates to a bot that asks for them."""

import asyncio
from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, Any

from telegram.constants import PollingLimit

from tests.support.telegram.errors import bad_request, conflict
from tests.support.telegram.parameters import Parameters
from tests.support.telegram.updates import Queued

if TYPE_CHECKING:
    from tests.support.telegram.state import State

_LONGEST = 50  # seconds a request is held at most
_IN_HASTE = 0.5  # who asks again with the same offset within this gets one update
_TOO_SOON = 3  # and who does so within this, without a wish to wait, waits this long
_AHEAD = 10  # an offset further beyond the newest update than this is no offset of this queue
_OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def read_allowed(state: "State", parameters: Parameters) -> None:
    """Remember which kinds of updates the bot wants; told nothing, the last word stands."""
    if "allowed_updates" not in parameters.values:
        return
    wanted = parameters.parsed("allowed_updates", "can't parse allowed_updates JSON object")
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise bad_request("allowed_updates must be an Array of String")
    state.updates.allowed = set(wanted)


class Polling:
    """One request is held at a time: a second one that wants to wait ends the first."""

    def __init__(self) -> None:
        self._held: asyncio.Future[str] | None = None
        self._left: Callable[[], bool] = lambda: True  # is whoever asked gone?
        self._asked_before: tuple[int, float] = (0, -inf)  # with which offset, and when

    @property
    def held(self) -> bool:
        """Does a request wait for updates just now?"""
        return self._held is not None and not self._held.done() and not self._left()

    def taken_over(self) -> None:
        """Another process asks with the same token."""
        self.end(_OTHER)

    def end(self, why: str) -> None:
        """Tell a held request to go; an empty reason lets it go in peace."""
        if self._held is not None and not self._held.done():
            self._held.set_result(why)

    async def get_updates(self, state: "State", parameters: Parameters) -> list[dict[str, Any]]:
        """The oldest updates, at once or as soon as there are some."""
        if state.webhook.url:
            raise conflict(_WEBHOOK)
        read_allowed(state, parameters)
        limit = parameters.integer("limit", PollingLimit.MAX_LIMIT)
        limit = limit if PollingLimit.MIN_LIMIT <= limit <= PollingLimit.MAX_LIMIT else PollingLimit.MAX_LIMIT
        timeout = min(max(parameters.integer("timeout"), 0), _LONGEST)
        offset = parameters.integer("offset")
        self._confirm(state, offset)
        now = asyncio.get_running_loop().time()
        again = (now - self._asked_before[1]) * state.hurry if offset == self._asked_before[0] else inf
        self._asked_before = (offset, now)
        limit = 1 if again < _IN_HASTE else limit
        timeout = max(timeout, _TOO_SOON) if again < _TOO_SOON else timeout
        found = state.updates.pending(limit)
        if not found and timeout:
            found = await self._hold(state, parameters, limit, now + timeout / state.hurry)
        if not parameters.caller_left():
            state.updates.handed_out.update(queued.update_id for queued in found)
        return [queued.body for queued in found]

    async def _hold(self, state: "State", parameters: Parameters, limit: int, until: float) -> list[Queued]:
        """Wait for updates. Raises ApiError when somebody else begins to wait."""
        self.taken_over()
        loop = asyncio.get_running_loop()
        self._held = held = loop.create_future()
        self._left = parameters.caller_left
        found: list[Queued] = []
        while not found and not held.done() and not parameters.caller_left() and (left := until - loop.time()) > 0:
            await asyncio.wait({held, state.updates.changes.next()}, timeout=left, return_when="FIRST_COMPLETED")
            found = state.updates.pending(limit)
        if not held.done():
            held.cancel()
        elif held.result():
            raise conflict(held.result())
        return found

    def _confirm(self, state: "State", offset: int) -> None:
        if 0 < offset <= state.updates.last + _AHEAD:
            state.updates.confirm_before(offset)
        elif offset < 0:
            waiting = state.updates.pending()
            for queued in waiting[: max(len(waiting) + offset, 0)]:
                state.updates.drop(queued.update_id)
        state.changes.tell()
