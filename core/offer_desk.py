"""What is asked of storage for the officers' room of offers, and for what employers send in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.work import Offer, OfferKind, Posted, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersAsked:
    """Which offers a list shows, as of a day."""

    localities: Sequence[str]
    on: date
    kind: OfferKind | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """How much employers sent that still counts."""

    waiting: int  # drafts of a place that no officer has verified or closed, and that are not over
    lately: int  # from one address, in whatever place


class OfferDesk(Protocol):
    """Offers as officers look through and write them."""

    async def page(self, asked: OffersAsked, *, offset: int, limit: int) -> tuple[Sequence[Posted], int]:
        """Drafts first, the oldest of them first; then what is open by its last day, what is full, over, closed.

        Gives also how many there are in all.
        """

    async def counts(self, localities: Sequence[str], on: date) -> Mapping[Standing, int]:
        """How many stand how on a day."""

    async def ending(self, localities: Sequence[str], on: date, until: date, limit: int) -> Sequence[Posted]:
        """What is open on a day and ends until another one, the soonest first."""

    async def edit(self, one: Posted, offer: Offer, *, seen: int, by: str, now: datetime) -> bool:
        """Write it anew: it is a draft again. False where it was changed or closed since that version."""

    async def twin(self, locality: str, key: str) -> int | None:
        """The number of the offer of a place that has this key."""

    async def receive(self, locality: str, offer: Offer, *, code: str, sender: bytes, now: datetime) -> int | None:
        """Keep what an employer sent as a draft; its number, None where the place has it already."""

    async def by_code(self, code: str) -> Posted | None:
        """What was sent in under this code."""

    async def received(self, locality: str, sender: bytes, *, on: date, since: datetime) -> Received:
        """How much of a place still waits on a day, and came from an address since a moment."""
