"""Where several processes live on one database: what an officer put in force in one of them is told by all."""

import asyncio
from collections.abc import Sequence

from bot.parts import Delivering
from content.catalogue import Catalogue
from handlers.local_content import follow
from scheduler.worker import Loop

LOOK_EVERY = 1.0  # seconds between looks, each a statement that reads one index


def following(parts: Delivering, content: Catalogue) -> Sequence[Loop]:
    """The loop that looks; none where no other process can have changed anything."""

    async def run() -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await follow(parts.storage, content)
            except Exception as error:
                parts.on_fault("local content", error)

    return (run,) if parts.shared else ()
