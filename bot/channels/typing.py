"""Shows that an answer is being written, where it takes longer than a moment."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from core.errors import SendError

AFTER = 1.0  # seconds without an answer
AGAIN = 4.5  # Telegram shows it for five seconds; of Zalo nobody knows
TIMES = 4  # then it is silent: somebody waits for an officer, not for us
AT_ONCE = 50  # people; a crowd after a standstill is answered, not entertained


class Typing:
    """Expected people, each with a task that is cancelled by the answer."""

    def __init__(self, show: Callable[[str], Awaitable[object]], *, after: float = AFTER, again: float = AGAIN) -> None:
        self._show, self._after, self._again = show, after, again
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def expect(self, path: str) -> None:
        """An answer to this address is due."""
        if path in self._tasks or len(self._tasks) >= AT_ONCE:
            return
        task = asyncio.get_running_loop().create_task(self._run(path))
        self._tasks[path] = task
        task.add_done_callback(lambda done: self._forget(path, done))

    def stop(self, path: str) -> None:
        """The answer goes out."""
        if task := self._tasks.pop(path, None):
            task.cancel()

    def stop_all(self) -> None:
        """The channel ends."""
        for path in list(self._tasks):
            self.stop(path)

    async def _run(self, path: str) -> None:
        await asyncio.sleep(self._after)
        for _ in range(TIMES):
            with suppress(SendError):  # nobody is told that they were not told
                await self._show(path)
            await asyncio.sleep(self._again)

    def _forget(self, path: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(path) is task:
            del self._tasks[path]
