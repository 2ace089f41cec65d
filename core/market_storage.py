"""What is asked of storage for the market."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.market import Goods, NewPost, Posted, PostState, Side


class MarketPosts(Protocol):
    """What households sell and buyers look for."""

    async def add(self, new: NewPost, now: datetime, on: date) -> int | None:
        """Keep a post until an officer looks at it; None where the same came on that day already."""

    async def waiting(self, locality: str, on: date) -> int:
        """How many came by the public page of a place, are not over on a day, and wait for an officer."""

    async def get(self, post_id: int) -> Posted | None:
        """One post."""

    async def of(self, contact_id: int, on: date) -> Sequence[Posted]:
        """Somebody's own posts that wait or are open, the newest first."""

    async def open_in(
        self, localities: Sequence[str], on: date, *, side: Side | None = None, offset: int = 0, limit: int = 30
    ) -> Sequence[Posted]:
        """What everybody may see in these places on a day, the newest first."""

    async def page(
        self, localities: Sequence[str], state: PostState, *, offset: int = 0, limit: int = 30
    ) -> tuple[Sequence[Posted], int]:
        """Posts of these places in a state, those that wait longest first, else the newest; with how many in all."""

    async def step(
        self, one: Posted, state: PostState, *, by: str, now: datetime, why: str = "", last_day: date | None = None
    ) -> bool:
        """Decide; False where it is not as it was seen."""

    async def regroup(self, one: Posted, goods: Goods) -> bool:
        """Put it in another group of goods; False where it is not as it was seen."""

    async def fitting(self, one: Posted, localities: Sequence[str], on: date, limit: int) -> Sequence[Posted]:
        """Open posts of the other side in these places, of the same group of goods; the newest first."""
