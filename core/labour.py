"""The labour force of poor and near-poor households: by a code of the office's own, never by an identity number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

MOST_PEOPLE = 30  # of a household; more is a slip of the keys


class HomeStatus(StrEnum):
    """What the commune recognised the household as."""

    POOR = "poor"
    NEAR_POOR = "near-poor"
    NEWLY_ESCAPED = "newly-escaped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who of a household is of working age and can work, who works, who seeks work."""

    adults: int
    stable: int  # with steady work
    unstable: int  # with work now and then
    seeking: int  # with or without work

    def faults(self) -> dict[str, str]:
        """What cannot be: "many", or "more" where a part is larger than the whole."""
        parts = {"stable": self.stable + self.unstable, "seeking": self.seeking}
        found = {name: "more" for name, count in parts.items() if count > self.adults}
        return {"adults": "many"} if self.adults > MOST_PEOPLE else found

    @property
    def working(self) -> int:
        """How many work at all."""
        return self.stable + self.unstable

    def plain(self) -> dict[str, int]:
        """As JSON holds it."""
        return {"adults": self.adults, "stable": self.stable, "unstable": self.unstable, "seeking": self.seeking}


def read_workers(plain: Mapping[str, Any] | None) -> Workers | None:
    """As `Workers.plain` wrote it."""
    return Workers(**plain) if plain else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """What is kept of a household."""

    code: str  # the office's own
    hamlet: str
    status: HomeStatus
    workers: Workers | None = None  # None: not known yet
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(HomeFacts):
    """A household of the survey."""

    id: int
    locality: str
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeEntry:
    """A change: when, by whom, and how the household stood afterwards."""

    at: datetime
    by: str  # an officer; empty: somebody of the household in the chat
    how: str  # "entered", "imported", "told"
    facts: HomeFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody told of their own household, which no code is known of yet."""

    id: int
    locality: str
    hamlet: str
    status: HomeStatus | None
    workers: Workers
    at: datetime


class HomeShow(StrEnum):
    """Which households of a list."""

    IDLE = "idle"  # nobody works
    UNSTEADY = "unsteady"  # somebody works, nobody steadily
    STEADY = "steady"
    UNKNOWN = "unknown"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourCounts:
    """How many households stand where."""

    homes: int = 0
    unknown: int = 0
    idle: int = 0  # nobody works, whether or not anybody could
    without: int = 0  # of these, nobody is of working age and can work
    unsteady: int = 0
    steady: int = 0
    adults: int = 0
    stable: int = 0
    unstable: int = 0
    seeking: int = 0

    @property
    def known(self) -> int:
        """How many households are known."""
        return self.homes - self.unknown

    @property
    def meant(self) -> int:
        """Those that the plans' target means: known, with somebody of working age who can work."""
        return self.known - self.without


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a list of households."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who changes something, and how it came."""

    name: str = ""  # of an officer
    contact_id: int | None = field(default=None, repr=False)
    how: str = "entered"


class Labour(Protocol):
    """The survey of places. A bounded number of statements, or of statements for each 500 households."""

    async def write(self, locality: str, homes: Sequence[HomeFacts], by: By, now: datetime) -> Written:
        """Keep these, each in place of what is known under its code; what is the same leaves no trace."""

    async def change(self, home: Home, facts: HomeFacts, by: By, now: datetime) -> bool:
        """Other facts of one, under the same code; False where it is not as it was seen."""

    async def get(self, number: int) -> Home | None:
        """One of them."""

    async def find(self, locality: str, code: str) -> Home | None:
        """The one of this code."""

    async def page(
        self, locality: str, show: HomeShow, *, hamlet: str | None = None, limit: int, offset: int = 0
    ) -> tuple[Sequence[Home], int]:
        """Those of a place as they were put in; and how many there are in all."""

    async def counts(self, locality: str) -> Mapping[str, LabourCounts]:
        """By hamlet."""

    async def history(self, number: int) -> Sequence[HomeEntry]:
        """What happened to one, the oldest first."""

    async def tell(self, contact_id: int, workers: Workers, now: datetime, *, locality: str, hamlet: str) -> bool:
        """What somebody tells of their own household; whether the ward's list knows which one it is."""

    async def told(self, locality: str, limit: int) -> Sequence[Told]:
        """What was told of households that no code is known of, the oldest first."""

    async def one_told(self, number: int) -> Told | None:
        """One of these."""

    async def adopt(self, told: Told, facts: HomeFacts, by: By, now: datetime) -> bool:
        """It is the household of this code: as told, from now on. False where somebody else did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourTold:
    """Who of the person's household works takes the place of what was kept before; the consent comes with it."""

    workers: Workers = field(repr=False)
