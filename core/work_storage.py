"""What is asked of storage for work and training."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from core.work import Added, Answered, Offer, OfferState, Posted, Profile


class Work(Protocol):
    """Offers of places, who looks for work, and what they said of offers."""

    async def add(self, locality: str, offers: Sequence[Offer], *, by: str, now: datetime) -> Added:
        """Keep offers as drafts; one that the place has already is left as it is."""

    async def get(self, offer_id: int) -> Posted | None:
        """One offer."""

    async def list(self, localities: Sequence[str], *states: OfferState) -> Sequence[Posted]:
        """Those of these places in these states, all if none is named; the newest first."""

    async def open_in(self, locality: str, on: date) -> Sequence[Posted]:
        """What is verified, not over and not full in a place on a day."""

    async def versions(self, locality: str, on: date) -> dict[int, int]:
        """The version of each offer that is open in a place on a day, by its number."""

    async def some(self, offer_ids: Sequence[int]) -> Sequence[Posted]:
        """These offers, as far as there are such; of 500 at a time, no more."""

    async def stamp(self, locality: str) -> tuple[int, int]:
        """Another one than before as soon as any offer of the place is another."""

    async def step(
        self, offer_id: int, before: OfferState, after: OfferState, *, seen: int | None = None, **values: Any
    ) -> bool:
        """From one state to another, with what comes along; False where it stands elsewhere meanwhile.

        With `seen`, only where its version is still that one.
        """

    async def take_seats(
        self, offer_id: int, seats: int, *, seen: int | None = None, by: str | None = None, now: datetime | None = None
    ) -> bool:
        """So many seats are taken by now, as somebody noted; False where there is no such verified offer, or no
        more of that version."""

    async def seat(self, offer_id: int) -> bool:
        """At least as many seats are taken as people are known to work there; True where that made it more."""

    async def interest(self, offer_ids: Sequence[int]) -> dict[int, int]:
        """How many people said that these suit them."""

    async def refused(self, offer_id: int) -> set[int]:
        """Who said that an offer does not suit them."""

    async def keep_profile(self, contact_id: int, profile: Profile, now: datetime) -> None:
        """Keep what somebody looks for, in place of what was kept before."""

    async def profile(self, contact_id: int) -> Profile | None:
        """What somebody looks for."""

    async def answer(self, contact_id: int, answered: Answered, now: datetime) -> None:
        """Keep what somebody says of an offer, in place of what they said of it before."""

    async def answers(self, contact_id: int) -> Sequence[tuple[Answered, Posted]]:
        """What somebody said of which offers, the oldest first."""
