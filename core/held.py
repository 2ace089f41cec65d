"""Posts of a provider that one house keeps until another fetches them: the inbox of the province."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

# By one of these a provider shows that it is the one who posts: Zalo's Official Account, its Bot Platform, Telegram.
PROOFS = ("x-zevent-signature", "x-bot-api-secret-token", "x-telegram-bot-api-secret-token")
KEPT = (*PROOFS, "x-zevent-server", "num_retry", "content-type")  # of the headers only what a hook looks at
LONGEST_HEADER = 1_000  # characters; the longest of them, a secret, has 256
# Since when a post was held, in milliseconds since 1970. Only who fetches it sets this, nobody who posts can: by it a
# hook that refuses old posts knows that one was not old when it came.
HELD_SINCE = "x-held-since"
HELD_FOR = timedelta(days=7)  # what nobody has fetched by then is dropped: Zalo lets nobody answer it any more


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHeldPost:
    """A post as it came, to the byte."""

    account: str  # as the house that fetches it is known here: "zalo.dak-cam"
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    received_at: datetime

    @property
    def digest(self) -> bytes:
        """The same for a provider's second try. The proof counts: a forged post never stands in for a signed one."""
        proofs = "\n".join(f"{name}:{self.headers.get(name, '')}" for name in PROOFS)
        return hashlib.sha256(hashlib.sha256(self.body).digest() + proofs.encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A post that waits to be fetched."""

    id: int  # later posts of an account have higher ones
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    received_at: datetime

    @property
    def as_it_came(self) -> Mapping[str, str]:
        """Its headers, and since when it was held."""
        since = int(self.received_at.timestamp() * 1000)
        return {**{name: self.headers[name] for name in KEPT if name in self.headers}, HELD_SINCE: str(since)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much is held for one account at most."""

    posts: int = 20_000  # a ward in which everybody writes three times while its machine is off for a week
    size: int = 64 * 1024 * 1024  # bytes of all bodies


class Kept(StrEnum):
    """What became of a post that came."""

    STORED = "stored"
    KNOWN = "known"  # it waits already
    FULL = "full"  # there is no room: nothing was stored


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCount:
    """What waits for one account."""

    posts: int
    size: int  # bytes of all bodies
    oldest: datetime


class HeldPosts(Protocol):
    """Posts that are kept for others."""

    async def keep(self, post: NewHeldPost, room: Room) -> Kept:
        """Store a post. Of one account's posts, who is stored later has the higher id, in whatever process."""

    async def waiting(self, account: str, *, after: int, most: Room) -> list[HeldPost]:
        """The oldest posts with a higher id, no more than `most`, but one in any case."""

    async def taken(self, account: str, up_to: int) -> int:
        """Delete the posts up to this id: who fetches them has stored them. Gives how many."""

    async def drop(self, before: datetime) -> dict[str, int]:
        """Delete what came before that moment and was not fetched; gives how many posts of which account."""

    async def counts(self, accounts: Sequence[str]) -> dict[str, HeldCount]:
        """What waits, of these accounts; one for which nothing waits is left out."""


def arrived_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When a post came to us: now, or when it came to the house that held it for us.

    >>> arrived_at({HELD_SINCE: "1700000000000"}, datetime(2026, 11, 21, tzinfo=UTC)).isoformat()
    '2023-11-14T22:13:20+00:00'
    >>> arrived_at({}, datetime(2026, 11, 21, tzinfo=UTC)).isoformat()
    '2026-11-21T00:00:00+00:00'
    """
    since = headers.get(HELD_SINCE, "")
    if not (since.isascii() and since.isdigit() and len(since) <= 14):
        return now
    return min(now, datetime.fromtimestamp(int(since) / 1000, UTC))
