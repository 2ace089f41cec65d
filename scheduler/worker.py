"""Starts the parts of delivery in order and stops them in reverse, within a stated time."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.completion import Completion
from scheduler.relay import Relay
from scheduler.rescue import Rescue
from scheduler.stopping import ended

STOP_WITHIN = 25.0  # seconds: a send may take 20

Loop = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What sends, what records it, and what both need as long as something is in flight."""

    relay: Relay
    completion: Completion
    beside: Sequence[Loop] = ()


class Worker:
    """What one process does of delivery, as one thing to start and to stop.

    `loops` run beside the sending; without `sending` they are all there is.
    """

    def __init__(self, *, rescue: Rescue, sending: Sending | None = None, loops: Sequence[Loop] = ()) -> None:
        self._rescue, self._sending, self._loops = rescue, sending, loops
        self._running: list[asyncio.Task[None]] = []
        self._recording: list[asyncio.Task[None]] = []

    async def start(self, *, alone: bool) -> None:
        """Rescue first: what a dead process left goes out before anything newer."""
        await self._rescue.sweep(alone=alone)
        if self._sending is not None:
            lasting = (self._sending.completion.run, *self._sending.beside)
            self._recording = [asyncio.create_task(loop()) for loop in lasting]
            self._running = [asyncio.create_task(self._sending.relay.run())]
        self._running += [asyncio.create_task(loop()) for loop in self._loops]

    async def stop(self) -> None:
        """No new leases; what is in flight is finished and recorded."""
        await ended(*self._running)
        if self._sending is not None:
            drained = asyncio.create_task(self._sending.relay.drain())
            await asyncio.wait({drained}, timeout=STOP_WITHIN)
            await ended(drained)  # what is still leased is found by the rescue of the next start
        await ended(*self._recording)
        self._running, self._recording = [], []
