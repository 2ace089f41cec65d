"""What only one process does at a time, whoever it is: the others stand by."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from core.ports import Turn
from scheduler.stopping import ended
from scheduler.worker import Loop

LOOK_EVERY = 1.0  # seconds: so long a turn that was lost goes unnoticed, and one that is free untaken


class Leading:
    """Runs loops while it is this process's turn.

    Two may overlap for a moment, where one was cut off from the database and does not know it yet. None of what the
    loops write rests on the turn: it keeps several from doing the same work, the database keeps them from doing it
    twice.
    """

    def __init__(
        self, *, turn: Turn, loops: Sequence[Loop], on_fault: Callable[[str, BaseException], None], name: str
    ) -> None:
        self._turn, self._loops, self._on_fault, self._name = turn, loops, on_fault, name
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Until cancelled; then the turn is somebody else's."""
        try:
            while True:
                await self._look()
                await asyncio.sleep(LOOK_EVERY)
        finally:
            await self._rest()
            with suppress(Exception):  # the connection is gone, and the turn with it
                await self._turn.give_back()

    async def _look(self) -> None:
        try:
            mine = await self._turn.mine()
        except Exception as error:
            self._on_fault(self._name, error)
            mine = False
        if mine and not self._tasks:
            self._tasks = [asyncio.create_task(loop()) for loop in self._loops]
        if not mine:
            await self._rest()

    async def _rest(self) -> None:
        tasks, self._tasks = self._tasks, []
        await ended(*tasks)
