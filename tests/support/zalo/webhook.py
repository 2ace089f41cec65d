"""Sending events to the app's address, and again after 30 seconds, 5, 15, 30 and 60 minutes where it takes them not."""

import asyncio
import json
import random
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp

from tests.support.telegram.changes import Changes
from tests.support.zalo.events import Body, compact, odd
from tests.support.zalo.signature import mac

PAUSES = (30, 300, 900, 1800, 3600)  # seconds before each try after the first
_BUSY = 10.0  # seconds a busy machine may need: no fault of the adapter
SIGNATURE, RETRY, TEMPLATES = "X-ZEvent-Signature", "num_retry", "X-ZEvent-Server"


@dataclass
class Attempt:
    """One try; `status` is 0 where there was no answer, or none in time."""

    number: int
    status: int
    why: str = ""
    seconds: float = 0.0  # real ones, until the answer


@dataclass
class Event:
    """Body and signature stay the same from the first try to the last.

    `state`: waiting, held, taken, retrying, given up; or why it was never sent: no address, unsubscribed, not granted.
    """

    name: str
    raw: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    lane: Hashable = None
    state: str = "waiting"
    attempts: list[Attempt] = field(default_factory=list)
    tried: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """What it says."""
        found: dict[str, Any] = json.loads(self.raw)
        return found


@dataclass
class Webhook:
    """The address in the console, and how it is served.

    What one person did comes one after the other, as long as the first try is concerned. `answer_within` are real
    seconds: two with Zalo, ten here, since machines that test are busy. `style` is "compact" or "odd"; `prefixed`:
    the signature begins with "mac=". `needs_grant`: events come only after the OA has let the app in.
    `app_id` and `secret_key` make the signature, whatever the events say: set the app's secret or the OA's id there to
    try the other readings of the reference (doubt: OA secret key or app secret in the signature). What happens while
    there is no address is lost.
    """

    app_id: str
    secret_key: str
    hurry: float
    chance: random.Random
    changes: Changes
    url: str = ""
    answer_within: float = _BUSY
    style: str = "compact"
    prefixed: bool = True
    needs_grant: bool = False
    granted: bool = False
    subscribed: bool = True
    held: bool = False
    echoes: bool = True  # oa_send_* for every message of the app itself
    receipts: bool = True  # user_received_message
    events: list[Event] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _own_faults: list[BaseException] = field(default_factory=list)
    _last: dict[Hashable, Event] = field(default_factory=dict)
    _now: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self) -> None:
        """Be ready to send."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        """Send nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        for fault in self._own_faults:
            raise fault  # it must not look like an adapter that takes nothing

    # Sending.

    def sign(self, body: Body, *, key: str | None = None, app_id: str | None = None) -> tuple[bytes, dict[str, str]]:
        """The bytes and the headers of an event; another key or app id makes a signature that is wrong."""
        raw = compact(body) if self.style == "compact" else odd(body, self.chance)
        timestamp = str(body.get("timestamp", ""))
        word = mac(self.app_id if app_id is None else app_id, raw, timestamp, self.secret_key if key is None else key)
        value = f"mac={word}" if self.prefixed else word
        return raw, {"Content-Type": "application/json", SIGNATURE: value}

    def push(self, body: Body, lane: Hashable, *, headers: dict[str, str] | None = None) -> Event:
        """Tell the app what happened."""
        raw, signed = self.sign(body)
        event = Event(str(body.get("event_name", "")), raw, signed | (headers or {}), lane)
        self.events.append(event)
        self._send(event)
        return event

    def again(self, event: Event, *, times: int = 1) -> list[Event]:
        """The same once more, all at once: same bytes, same signature."""
        copies = [
            replace(event, lane=(event.lane, "copy", number), state="waiting", attempts=[], tried=asyncio.Event())
            for number in range(times)
        ]
        self.events += copies
        for copy in copies:
            self._send(copy)
        return copies

    def hold(self) -> None:
        """Keep back what happens from now on."""
        self.held = True

    def release(self, *, backwards: bool = False, at_once: bool = False) -> None:
        """Send what was kept back: in order, the newest first, or all at the same time."""
        self.held = False
        waiting = [event for event in self.events if event.state == "held"]
        for event in reversed(waiting) if backwards else waiting:
            event.state = "waiting"
            event.lane = "one after the other" if backwards else event.lane
            self._send(event, alone=at_once)

    def retry_now(self) -> None:
        """Every pause that runs now is over."""
        self._now.set()
        self._now = asyncio.Event()

    def subscribe(self) -> None:
        """An admin switches events on again; what was given up stays so."""
        self.subscribed = True

    async def post(self, raw: bytes, headers: dict[str, str]) -> int:
        """Any bytes with any headers, once; gives the status. Raises aiohttp.ClientError where there is no answer."""
        async with self._session.post(self.url, data=raw, headers=headers, allow_redirects=False) as response:
            await response.read()
            return response.status

    @property
    def waiting(self) -> list[Event]:
        """What may still be sent."""
        return [event for event in self.events if event.state in ("waiting", "retrying")]

    def _send(self, event: Event, *, alone: bool = False) -> None:
        if self.held:
            event.state = "held"
        elif not self.url:
            event.state = "no address"
        elif self.needs_grant and not self.granted:
            event.state = "not granted"
        else:
            before = None if alone else self._last.get(event.lane)
            self._last[event.lane] = event
            task = asyncio.get_running_loop().create_task(self._deliver(event, before))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        self._own_faults += [fault] if fault else []

    async def _deliver(self, event: Event, before: Event | None) -> None:
        try:
            if before is not None:
                await before.tried.wait()
            for number, pause in enumerate((0, *PAUSES)):
                if pause:
                    await self._pause(pause)
                if not self.subscribed:
                    event.state = "unsubscribed"
                    return
                if await self._try(event, number):
                    event.state = "taken"
                    return
                event.state = "retrying"
                event.tried.set()
                self.changes.tell()
            event.state, self.subscribed = "given up", False
        finally:
            event.tried.set()
            self.changes.tell()

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._now.wait(), seconds / self.hurry)
        except TimeoutError:
            return

    async def _try(self, event: Event, number: int) -> bool:
        headers = event.headers | ({RETRY: str(number)} if number else {})
        within = aiohttp.ClientTimeout(total=self.answer_within)
        attempt, began = Attempt(number, 0), asyncio.get_running_loop().time()
        try:
            async with self._session.post(
                self.url, data=event.raw, headers=headers, timeout=within, allow_redirects=False
            ) as response:
                await response.read()
                attempt.status = response.status
        except TimeoutError:
            attempt.why = "answered too late"
        except (aiohttp.ClientError, OSError) as error:
            attempt.why = f"{type(error).__name__}: {error}"
        attempt.seconds = asyncio.get_running_loop().time() - began
        event.attempts.append(attempt)
        return attempt.status == 200  # doubt: retries on other answers as well as on no connection
