"""Starts the parts of delivery in order and stops them in reverse, within a stated time."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from scheduler.completion import Completion
from scheduler.expansion import Expansion
from scheduler.relay import Relay
from scheduler.rescue import Rescue
from scheduler.stopping import ended

STOP_WITHIN = 25.0  # seconds: a send may take 20


class Worker:
    """Delivery as one thing to start and to stop."""

    def __init__(self, *, relay: Relay, completion: Completion, rescue: Rescue, expansion: Expansion) -> None:
        self._relay, self._completion, self._rescue, self._expansion = relay, completion, rescue, expansion
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, *, alone: bool) -> None:
        """Rescue first: what a dead process left goes out before anything newer."""
        await self._rescue.sweep(alone=alone)
        for part in (self._completion.run(), self._relay.run(), self._rescue.run(), self._expansion.run()):
            self._tasks.append(_task(part))

    async def stop(self) -> None:
        """No new leases; what is in flight is finished and recorded."""
        completion, relay, rescue, expansion = self._tasks
        await ended(expansion, rescue, relay)
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await self._relay.drain()
        except TimeoutError:
            pass  # what is still leased is found by the rescue of the next start
        await ended(completion)
        self._tasks.clear()


def _task(part: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(part)
