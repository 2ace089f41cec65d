"""Once an hour: what has outlived its time goes, and so do files nobody refers to any more."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from core.errors import ChungTayError
from core.held import HELD_FOR
from core.ports import Clock
from core.storage import Storage
from handlers.context import Keeping

EVERY = 3600.0  # seconds
FIRST_AFTER = 60.0
YOUNG_HOURS = 24


class UnfetchedError(ChungTayError):
    """Posts that were kept for another house, and that nobody came for."""


class Shelf(Protocol):
    """Where files lie, as far as tidying needs it."""

    def older_than(self, hours: float) -> list[str]:
        """Hashes of files that were written longer ago than this."""

    def remove(self, sha256: str) -> None:
        """Delete one file."""


class Housekeeping:
    """Retention, enforced."""

    def __init__(
        self,
        *,
        storage: Storage,
        shelf: Shelf,
        clock: Clock,
        keeping: Keeping,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self._storage, self._shelf, self._clock, self._keeping = storage, shelf, clock, keeping
        self._on_fault = on_fault

    async def tidy(self) -> None:
        """Delete what is too old, then files without a row; and let what was erased leave the disk."""
        now = self._clock.now()
        async with self._storage.write() as uow:
            await uow.upkeep.drop_old(
                messages_before=now - timedelta(days=self._keeping.messages),
                questions_before=now - timedelta(days=self._keeping.questions),
                ledger_before=now - timedelta(days=self._keeping.ledger),
                now=now,
            )
            unfetched = await uow.held.drop(now - HELD_FOR)
            await uow.commit()
        for account, posts in unfetched.items():
            told = f"{posts} posts that nobody fetched within {HELD_FOR.days} days are gone"
            mend = "ask the house whose account it is why it does not fetch them"
            self._on_fault("inbox", UnfetchedError(told, where=account, mend=mend))
        await self._tidy_files(now)
        await self._storage.settle()  # where readers are in the way, the next hour will do

    async def _tidy_files(self, now: datetime) -> None:
        async with self._storage.read() as uow:
            oldest = (await uow.inbox.backlog()).oldest
        if oldest is not None and oldest < now - timedelta(hours=YOUNG_HOURS - 1):
            return  # an update that waited through a long standstill may carry a file that no row names yet
        # A file is written before its row: a young one may still be waiting for it.
        candidates = self._shelf.older_than(hours=YOUNG_HOURS)
        for start in range(0, len(candidates), 500):
            group = candidates[start : start + 500]
            async with self._storage.read() as uow:
                known = await uow.upkeep.known_files(group)
            for sha256 in group:
                if sha256 not in known:
                    self._shelf.remove(sha256)

    async def run(self) -> None:
        """Until cancelled. The first time comes a little after the start, when people have been answered."""
        await asyncio.sleep(FIRST_AFTER)
        while True:
            try:
                await self.tidy()
            except Exception as error:
                self._on_fault("housekeeping", error)
            await asyncio.sleep(EVERY)
