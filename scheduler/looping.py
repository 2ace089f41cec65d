"""A loop over the campaigns: what each of them needs, and how trouble is lived through."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from content.catalogue import Catalogue
from core.ports import Clock, Wake
from core.storage import Storage
from core.tariff import Terms


class CampaignLoop(ABC):
    """Steps again and again, at once while there is more to do."""

    name: str  # under which its faults are told

    def __init__(
        self,
        *,
        storage: Storage,
        content: Catalogue,
        accounts: Sequence[str],
        clock: Clock,
        relay: Wake,
        on_fault: Callable[[str, BaseException], None],
        terms: Terms | None = None,
    ) -> None:
        self._storage, self._content, self._accounts = storage, content, accounts
        self._clock, self._relay, self._on_fault = clock, relay, on_fault
        self._terms = terms or Terms()

    @property
    @abstractmethod
    def every(self) -> float:
        """Seconds between looks at what is due."""

    async def run(self) -> None:
        """Until cancelled. Trouble with the database is told and waited out."""
        while True:
            try:
                more = await self.step()
            except Exception as error:
                self._on_fault(self.name, error)
                more = False
            if not more:
                await asyncio.sleep(self.every)

    @abstractmethod
    async def step(self) -> bool:
        """Do the next part of what is due; whether there is more."""
