"""Waiting for something to happen instead of for time to pass."""

import asyncio
from collections.abc import Callable


class Changes:
    """Whoever changes something tells; whoever waits looks again."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def tell(self) -> None:
        """Wake everyone who waits."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def next(self) -> asyncio.Future[None]:
        """Done at the next change."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        return future

    async def until(self, holds: Callable[[], bool], *, within: float, seen: Callable[[], str]) -> None:
        """Wait until it holds. Raises AssertionError with what was seen instead when the time is over."""
        try:
            async with asyncio.timeout(within):
                while not holds():
                    await self.next()
        except TimeoutError:
            raise AssertionError(f"did not happen within {within:g} s; seen:\n{seen()}") from None
