"""What Zalo says arrived, beside what was recorded as sent: the one may come before the other."""

import asyncio
from collections.abc import Callable

from core.contacts import URN
from core.errors import StorageError
from core.storage import Storage

MOST_EARLY = 2000  # receipts that wait for the record of their message


class Receipts:
    """Marks deliveries of one account. What is lost with a restart is only that a message arrived, not the message."""

    def __init__(self, account: str, *, storage: Storage, on_fault: Callable[[str, BaseException], None]) -> None:
        self._account, self._storage, self._on_fault = account, storage, on_fault
        self._early: dict[str, tuple[str, ...]] = {}  # by person
        self._running: set[asyncio.Task[None]] = set()

    async def arrived(self, person: str, messages: tuple[str, ...]) -> None:
        """These messages were shown to somebody. Raises StorageError."""
        if await self._mark(person, messages):
            return
        if len(self._early) >= MOST_EARLY:
            del self._early[next(iter(self._early))]
        self._early[person] = (*self._early.get(person, ()), *messages)[-20:]

    def recorded(self, person: str) -> None:
        """What became of a message to somebody is in the database now."""
        if person in self._early:
            task = asyncio.get_running_loop().create_task(self._again(person))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _again(self, person: str) -> None:
        messages = self._early.pop(person, ())
        try:
            if messages:
                await self._mark(person, messages)
        except StorageError as error:
            self._on_fault("zalo", error)  # it stays "sent", which is true as well

    async def _mark(self, person: str, messages: tuple[str, ...]) -> int:
        urn = URN(account=self._account, path=person)
        async with self._storage.write() as uow:
            moved = await uow.outbox.arrived(urn, messages)
            await uow.commit()
        return moved

    async def close(self) -> None:
        """Let what was begun end."""
        await asyncio.gather(*self._running, return_exceptions=True)
