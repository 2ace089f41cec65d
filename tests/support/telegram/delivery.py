"""Sending updates to the bot's address, again and again until it takes them."""

import asyncio
import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import aiohttp
from multidict import CIMultiDictProxy

from tests.support.telegram.replies import read_reply
from tests.support.telegram.updates import Queued

if TYPE_CHECKING:
    from tests.support.telegram.state import State

_SECRET = "X-Telegram-Bot-Api-Secret-Token"
_LONGEST_PAUSE = 60  # seconds between two tries: this, or up to twice as much
_LONGEST_WISH = 3600  # a Retry-After is obeyed up to this
_GONE_FOR = 23 * 3600  # answered 410 for so long, the address is forgotten
_QUIET = 10  # seconds without success until only one connection is tried


@dataclass
class _Tries:
    """How often an update was refused, and when it may go again."""

    fails: int = 0
    pause: float = 1.0
    not_before: float = 0.0


class Delivery:
    """Lanes in parallel, within a lane one after another; a lane that fails holds up no other."""

    def __init__(self, state: "State") -> None:
        self._state = state
        self._tries: dict[int, _Tries] = {}
        self._flying: dict[int, asyncio.Task[None]] = {}
        self.longest_pause = 0.0  # seconds between two tries, before hurry
        self._open = 0  # connections that stand
        self._succeeded_at: float | None = None
        self._gone_since: datetime | None = None

    def start(self) -> None:
        """Send from now on."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Cut every connection; what was not acknowledged stays in the queue."""
        mine = asyncio.current_task()
        tasks = [task for task in (self._task, *self._flying.values()) if task is not mine]
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()
        for fault in (end for end in ends if isinstance(end, Exception)):
            raise fault  # our own: it must not look like a bot that takes nothing

    async def _run(self) -> None:
        changes = self._state.updates.changes
        while True:
            changed = changes.next()
            wait = self._send_what_may_go()
            await asyncio.wait({changed}, timeout=wait)

    def _send_what_may_go(self) -> float | None:
        """Start every try that is due; gives the seconds until the next one is."""
        now = asyncio.get_running_loop().time()
        lanes: set[Hashable] = set()
        waits: list[float] = []
        # The server looks only so far ahead; a long row in one chat can keep others waiting there, too.
        for queued in self._state.updates.pending(2 * self._state.webhook.connections):
            if queued.lane in lanes:
                continue
            lanes.add(queued.lane)
            tries = self._tries.setdefault(queued.update_id, _Tries())
            if queued.update_id in self._flying:
                continue
            if tries.not_before > now:
                waits.append(tries.not_before - now)
            elif self._take_connection(now):
                task = asyncio.get_running_loop().create_task(self._try(queued, tries))
                self._flying[queued.update_id] = task
        return min(waits, default=None)

    def _take_connection(self, now: float) -> bool:
        if len(self._flying) < self._open:
            return True
        lately = self._succeeded_at is not None and now - self._succeeded_at <= _QUIET / self._state.hurry
        if self._open >= (self._state.webhook.connections if lately else 1):
            return False
        self._open += 1
        return True

    async def _try(self, queued: Queued, tries: _Tries) -> None:
        state, webhook = self._state, self._state.webhook
        headers = {"Content-Type": "application/json"} | ({_SECRET: webhook.secret} if webhook.secret else {})
        within = aiohttp.ClientTimeout(total=state.answer_within)
        try:
            async with self._session.post(
                webhook.url, data=json.dumps(queued.body), headers=headers, timeout=within, allow_redirects=False
            ) as response:
                asked = await read_reply(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._open -= 1
            if not isinstance(error, aiohttp.ClientConnectorError):
                state.updates.handed_out[queued.update_id] += 1
            late = isinstance(error, TimeoutError)
            self._failed(queued, tries, "Read timeout expired" if late else "Webhook connection closed", 0)
        else:
            state.updates.handed_out[queued.update_id] += 1
            if 200 <= response.status < 300:
                self._succeeded(queued)
                if asked is not None:
                    state.reply(asked.pop("method"), asked)
            else:
                why = f"Wrong response from the webhook: {response.status} {response.reason}"
                self._failed(queued, tries, why, _wish(response.headers))
                await self._mind_gone(response.status)
        finally:
            self._flying.pop(queued.update_id, None)
            state.updates.changes.tell()
            state.changes.tell()

    def _succeeded(self, queued: Queued) -> None:
        self._succeeded_at = asyncio.get_running_loop().time()
        self._gone_since = None
        self._tries.pop(queued.update_id, None)
        self._state.updates.confirm(queued.update_id)

    def _failed(self, queued: Queued, tries: _Tries, why: str, wish: int) -> None:
        state = self._state
        state.webhook.failed(why, state.clock.now())
        pause = float(wish)
        if not wish and tries.fails:
            longest = state.chance.uniform(_LONGEST_PAUSE, 2 * _LONGEST_PAUSE)
            pause = tries.pause = min(longest, tries.pause * 2)
            self.longest_pause = max(self.longest_pause, pause)
        if state.clock.now().timestamp() + pause > queued.expires_at:
            self._tries.pop(queued.update_id, None)
            state.updates.drop(queued.update_id)
            return
        tries.fails += 1
        tries.not_before = asyncio.get_running_loop().time() + pause / state.hurry

    async def _mind_gone(self, status: int) -> None:
        """An address that says for nearly a day that it is gone is believed."""
        now = self._state.clock.now()
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif (now - self._gone_since).total_seconds() > _GONE_FOR:
            await self._state.webhook.forget()


def _wish(headers: CIMultiDictProxy[str]) -> int:
    given = headers.get("Retry-After", "")
    return min(int(given), _LONGEST_WISH) if given.isdigit() else 0
