"""What a place has reached: figures that an officer enters with day and document, and another one checks.

Two kinds share one way: the value of a target of the local plan, and the rates of poor and near-poor households of a
year. Nobody but officers reads a figure before it was approved. An entry is never changed: a better one follows it, so
that old figures stay with their day and their year.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

RATES = "rates:"  # a subject: the rates of a year, "rates:2025"
TARGET = "target:"  # a subject: a target of the plan and the number by which it is measured, "target:clean-water.share"


class Standing(StrEnum):
    """Where an entry stands."""

    WAITING = "waiting"  # for somebody who did not enter it
    APPROVED = "approved"
    RETURNED = "returned"  # with a reason; it stays in the history


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReported:
    """Figures of one place about one subject, as a document gives them."""

    locality: str
    subject: str
    numbers: Mapping[str, Decimal]  # by name; what was not given is not there
    as_of: date
    document: str  # in which the figures stand: its number and name
    document_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(NewReported):
    """The same, entered by somebody, and what became of it."""

    id: int
    nth: int  # which entry about its subject it is, from 1 on
    standing: Standing
    entered_by: str
    entered_at: datetime
    checked_by: str | None = None
    checked_at: datetime | None = None
    why: str = ""  # it was returned


class Progress(Protocol):
    """The figures of places. A bounded number of statements, however many there are."""

    async def add(self, new: NewReported, by: str, now: datetime, *, after: int) -> int | None:
        """Enter figures behind the `after` entries there are; gives their number, None where there are more by now."""

    async def get(self, number: int) -> Reported | None:
        """One entry."""

    async def step(self, number: int, to: Standing, by: str, now: datetime, *, why: str = "") -> bool:
        """Approve or return what waits; False where it does not wait any more."""

    async def newest(self, locality: str) -> Sequence[Reported]:
        """Of each subject the approved entry of the latest day, and every entry that waits."""

    async def published(self, locality: str) -> Sequence[Reported]:
        """Of each subject the approved entry of the latest day: what everybody may read."""

    async def history(self, locality: str, subject: str, limit: int) -> Sequence[Reported]:
        """The last entries about a subject, the one entered last on top."""

    async def rates(self, locality: str, limit: int) -> Sequence[Reported]:
        """The last entries about the rates of any year, the one entered last on top."""

    async def waiting(self, localities: Collection[str], limit: int) -> Sequence[Reported]:
        """What waits in these places ("" is all of them), the oldest first."""

    async def returned(self, localities: Collection[str], since: datetime, limit: int) -> Sequence[Reported]:
        """What was given back in these places since then, with nothing entered after it; the newest first."""
