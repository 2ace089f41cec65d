"""What was not understood, or answered as something else than was meant: what the understanding can learn from."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

WORDS = 500  # characters kept of a message, as many as a row of the corpus may have


class Why(StrEnum):
    """What went wrong."""

    UNKNOWN = "unknown"  # nothing could be made of it
    DECLINED = "declined"  # taken for something that is no matter of ours
    NOT_MEANT = "not_meant"  # answered, and the person said that they had meant something else


class MisreadingState(StrEnum):
    """Where it stands with the officers. new -> proposed -> accepted; new or proposed -> dropped."""

    NEW = "new"
    PROPOSED = "proposed"  # somebody said what was meant; another one must check it
    ACCEPTED = "accepted"  # stands in the local corpus
    DROPPED = "dropped"  # nothing is to be learnt from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody says was meant, in words that may go into the corpus."""

    label: str
    text: str = field(repr=False)
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Misreading:
    """One message, as it is kept for the officers."""

    id: int
    at: datetime
    why: Why
    text: str = field(repr=False)
    read_as: str | None  # labels it was answered as; None where there were none
    locality: str | None
    state: MisreadingState
    times: int = 1  # how often these words came, from anybody
    proposal: Proposal | None = None
