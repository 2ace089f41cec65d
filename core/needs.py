"""What people state that they need, so that a ward can help and count: a kind, a state, and what became of it.

Plans promise help to those "who state a need". So what is counted is who stated one and who was helped; a need that was
taken back is in neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

MOST_WORDS = 200  # characters of what somebody says of a need, of how it was met, of why it could not be


class NeedKind(StrEnum):
    """What is needed, in the order in which it is offered."""

    JOB = "job"
    COURSE = "course"
    LOAN = "loan"
    TELECOM = "telecom"  # a telephone or internet
    LATRINE = "latrine"
    WATER = "water"
    HOUSE = "house"
    LEGAL = "legal"
    INSURANCE = "insurance"


# The topic of the packs that tells of such help, and that the plans' targets name.
TOPICS: Mapping[NeedKind, str] = {
    NeedKind.JOB: "job-connection",
    NeedKind.COURSE: "vocational-training",
    NeedKind.LOAN: "production-loan",
    NeedKind.TELECOM: "telecom",
    NeedKind.LATRINE: "sanitation",
    NeedKind.WATER: "clean-water",
    NeedKind.HOUSE: "housing",
    NeedKind.LEGAL: "legal-aid",
    NeedKind.INSURANCE: "health-insurance",
}


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    MET = "met"
    IMPOSSIBLE = "impossible"  # it could not be met, with a reason that the person was told
    WITHDRAWN = "withdrawn"  # by the person, or with their data: it counts nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNeed:
    """A need as it is stated."""

    code: str  # as of a question: core.questions.CODE_ALPHABET
    locality: str
    hamlet: str  # as it is counted; empty: not known
    kind: NeedKind
    words: str = field(default="", repr=False)  # the person's own, or how an officer knows them again
    contact_id: int | None = None  # None: who came in person, or had their data erased
    entered_by: str = ""  # the officer who wrote it down; empty: the person themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(NewNeed):
    """A need that was stated, and what became of it."""

    id: int
    state: NeedState
    stated_at: datetime
    told: str = field(default="", repr=False)  # how it was met, or why it cannot be
    met_on: date | None = None
    document: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    version: int = 0  # moves with whatever an officer should have seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a need, as an officer says it."""

    to: NeedState
    by: str
    told: str = field(default="", repr=False)
    met_on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCount:
    """How many of a kind were stated in a hamlet, and how many of these were met."""

    kind: NeedKind
    hamlet: str
    stated: int
    met: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFilter:
    """Which needs of a list; None is any. Those taken back are in no list unless they are asked for."""

    kind: NeedKind | None = None
    hamlets: Sequence[str] = ()  # the names under which one hamlet was typed; none: any hamlet
    state: NeedState | None = None


class StatedNeeds(Protocol):
    """Needs that people stated. A bounded number of statements."""

    async def add(self, new: NewNeed, now: datetime) -> int:
        """Write one down; gives its number. Raises ConflictError where the code is taken."""

    async def get(self, number: int) -> Need | None:
        """One of them."""

    async def of(self, contact_id: int) -> Sequence[Need]:
        """Those of a person that were not taken back, the newest first."""

    async def step(self, need: Need, after: Settled, now: datetime) -> bool:
        """It stands elsewhere now; False where it is not as it was seen."""

    async def page(self, locality: str, show: NeedFilter, *, limit: int, offset: int = 0) -> tuple[Sequence[Need], int]:
        """Those of a place, the oldest that wait first; and how many there are in all."""

    async def counts(self, locality: str) -> Sequence[NeedCount]:
        """By kind and hamlet, without those taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStated:
    """The person states a need, with their consent; one of this kind that waits already takes the reply's place."""

    code: str
    kind: NeedKind
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsAsked:
    """The needs that the person stated take the reply's place; where there are none it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWithdrawn:
    """The person takes the need of this code back; where it is none of theirs, or over, the reply says so."""

    code: str


NeedEvent = NeedStated | NeedsAsked | NeedWithdrawn
