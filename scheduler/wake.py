"""Lets a loop sleep until there is work, or until a time at the latest."""

import asyncio


class Wakeable:
    """One sleeper, many wakers. A wake that comes while nobody sleeps is not lost."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def wake(self) -> None:
        """There is work."""
        self._event.set()

    async def sleep(self, seconds: float) -> bool:
        """Sleep until woken (True) or until the time is over (False)."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        finally:
            self._event.clear()
        return True
