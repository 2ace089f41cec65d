"""Ends background loops for certain."""

import asyncio
from typing import Any

AGAIN_AFTER = 0.5  # seconds


async def ended(*tasks: asyncio.Task[Any]) -> None:
    """Cancel loops until they end.

    Once is not always enough: a library that is interrupted may raise an error of its own in place of the
    cancellation, and a loop that lives through errors then goes on.
    """
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=AGAIN_AFTER)
    await asyncio.gather(*tasks, return_exceptions=True)  # what they ended with was told when it happened
