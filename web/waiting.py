"""Waiting for what comes: in-process wakes, and looking into storage because they are not the whole truth."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

from core.contacts import URN
from core.records import HistoryMessage
from web.site import Site
from web.talk import Talk

# A bubble can be read once its sending is recorded, which is moments after its arrival was told. Who begins to wait
# within these moments has missed the telling.
SOON_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
GRACE_SECONDS = 0.3  # the second and third bubble of one answer follow the first within this time


async def looks(
    site: Site, urn: URN, stopping: asyncio.Event, *, after: int, pause: float
) -> AsyncGenerator[list[HistoryMessage], None]:
    """The bubbles after a position, again and again: at once, after SOON_SECONDS, and then every `pause` seconds.

    An arrival begins this anew. Waiting begins before looking: nothing that arrives in between is slept through.
    """
    stopped = asyncio.create_task(stopping.wait())
    soon: Iterator[float] = iter(SOON_SECONDS)
    try:
        while not stopping.is_set():
            arrival = asyncio.create_task(site.arrivals.wait(urn.path, min(next(soon, pause), pause)))
            try:
                await asyncio.sleep(0)  # lets the waiting begin
                async with site.storage.read() as work:
                    bubbles = await work.messages.history(urn, after=after)
                yield bubbles
                await asyncio.wait({arrival, stopped}, return_when=asyncio.FIRST_COMPLETED)
                soon = iter(SOON_SECONDS) if arrival.done() and arrival.result() else soon
            finally:
                arrival.cancel()
    finally:
        stopped.cancel()


async def wait_for_answer(site: Site, urn: URN, stopping: asyncio.Event, *, after: int) -> bool:
    """Whether an answer to what was said after a position came within the site's patience."""
    answered = asyncio.create_task(_answered(site, urn, stopping, after=after))
    try:
        await asyncio.wait({answered}, timeout=site.answer_seconds)
        return answered.done() and answered.result()
    finally:
        answered.cancel()
        await asyncio.wait({answered})


async def _answered(site: Site, urn: URN, stopping: asyncio.Event, *, after: int) -> bool:
    """True when the answer is there, with what follows it at once; False when the site stops."""
    pause = min(site.poll_seconds, site.answer_seconds)
    async with aclosing(looks(site, urn, stopping, after=after, pause=pause)) as all_looks:
        async for bubbles in all_looks:
            if Talk(history=tuple(bubbles)).answered_after(after):
                while await site.arrivals.wait(urn.path, GRACE_SECONDS):
                    pass
                return True
    return False
