"""What is asked of storage to tell people of new offers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.job_news import How, Reached, Told
from core.suiting import Position, Seeker
from core.windows import Window


class JobNews(Protocol):
    """Whose list is due, what they know already, and who comes first where seats are few."""

    async def due(self, now: datetime, *, after: int, limit: int) -> Sequence[int]:
        """The next people whose list is to be looked at, behind a number."""

    async def claim(self, contact_id: int, now: datetime) -> datetime | None:
        """Hold somebody's look until the end of the transaction; gives for when it was planned, None: it is not due."""

    async def look_again(self, contact_id: int, at: datetime) -> None:
        """Somebody's list is looked at again then."""

    async def known(self, contact_id: int) -> frozenset[int]:
        """The offers of which somebody was told, or which they saw."""

    async def told(self, offer_id: int) -> Mapping[int, Told]:
        """Who knows of an offer, since when and how."""

    async def tell(self, contact_id: int, offer_ids: Sequence[int], how: How, now: datetime) -> None:
        """Somebody knows of these from now on; what they knew before stays as it was."""

    async def seekers(
        self,
        locality: str,
        accounts: Sequence[str],
        *,
        now: datetime,
        windows: Mapping[str, Window] | None = None,
        where: Callable[[str], Position | None],
    ) -> Sequence[Seeker]:
        """Everybody of a place who looks for work, wants news of it and can be reached; with what they said.

        `where` says where a hamlet is; it is asked once for each, however many people live there.
        """

    async def free_at(self, contact_id: int, now: datetime) -> datetime | None:
        """From when on somebody may get another message of the kind that is capped; None: now."""

    async def take_back(self, contact_id: int, now: datetime) -> int:
        """Take back what waits to be told to somebody who wants no such news any more; gives how many messages."""

    async def reached(self, offer_ids: Sequence[int]) -> Mapping[int, Reached]:
        """How many know of these offers, and how many of them they interest; of those who are still known here."""
