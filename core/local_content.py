"""What a place itself says besides the packs: proposed by one officer, put in force by another, laid over the packs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

Fields = Mapping[str, str]  # what a form says, field by field; nothing in it: it is taken away


class Kind(StrEnum):
    """What a change is about."""

    OFFICE = "office"  # how an office is called and found; the subject is its id
    HAMLET = "hamlet"  # where a hamlet's meeting house is; the subject is its folded name, joined by hyphens
    ANSWER = "answer"  # what the place answers about a topic; the subject is the topic's id


class ChangeState(StrEnum):
    """Where a change stands. proposed -> in_force -> replaced; proposed -> returned or withdrawn."""

    PROPOSED = "proposed"  # waits for a second person
    IN_FORCE = "in_force"  # citizens are told it
    REPLACED = "replaced"  # another change of the same thing came after it
    RETURNED = "returned"  # a second person gave it back, with a reason
    WITHDRAWN = "withdrawn"  # its author took it back


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One thing of one place that can be changed."""

    locality: str
    kind: Kind
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """What somebody proposes. Words never change afterwards: another wording is another change."""

    about: Place
    before: Fields = field(repr=False)  # as it was told when this was proposed
    after: Fields = field(repr=False)
    ground: str  # SHA-256 of what the packs said of it then
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change as it is kept."""

    id: int
    about: Place
    before: Fields = field(repr=False)
    after: Fields = field(repr=False)
    ground: str
    state: ChangeState
    proposed_by: str
    proposed_at: datetime
    settled_by: str | None = None
    settled_at: datetime | None = None
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a change ended."""

    state: ChangeState
    officer: str
    at: datetime
    why: str = field(default="", repr=False)


class LocalChanges(Protocol):
    """What places say besides the packs."""

    async def marks(self) -> tuple[int, ...]:
        """The numbers of those in force, in order: others mean that citizens are to be told something else."""

    async def in_force(self) -> Sequence[Change]:
        """All that citizens are told."""

    async def get(self, change_id: int) -> Change | None:
        """One of them."""

    async def standing(self, about: Place) -> Sequence[Change]:
        """What is in force of a thing, and what is proposed; at most one of each."""

    async def waiting(self, localities: Sequence[str] | None) -> Sequence[Change]:
        """What is proposed in these places, or (None) anywhere; the oldest first, at most a hundred."""

    async def returned(self, localities: Sequence[str], since: datetime) -> Sequence[Change]:
        """What was given back in these places since then and not proposed anew; the newest first, at most a hundred."""

    async def history(self, about: Place) -> Sequence[Change]:
        """The last twenty changes of a thing, the newest first."""

    async def propose(self, change: NewChange) -> int:
        """Keep it; gives its number. Raises ConflictError on commit where another one of the same thing waits."""

    async def settle(self, change_id: int, end: Settled) -> bool:
        """End the waiting of one; what was in force of the same thing makes room. False where it does not wait."""
