"""What is asked of storage for surveys of what people wish to learn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.surveys import Answer, Survey, Wish


class Surveys(Protocol):
    """Surveys of places, and the answers."""

    async def add(self, locality: str, first: date, last: date, *, by: str, now: datetime) -> int | None:
        """Begin one; None where another of the place has one of these days already."""

    async def get(self, survey_id: int) -> Survey | None:
        """One survey."""

    async def list(self, localities: Sequence[str]) -> Sequence[tuple[Survey, int]]:
        """Those of these places with how many answered, the latest first."""

    async def open_in(self, locality: str, on: date) -> Survey | None:
        """The one that people of a place can answer on a day."""

    async def end(self, one: Survey, last: date) -> bool:
        """Its last day is another; False where it is not as it was seen."""

    async def keep(self, survey_id: int, contact_id: int, wish: Wish, hamlet: str, now: datetime) -> None:
        """Somebody's answer, in place of an earlier one."""

    async def answered(self, survey_id: int, contact_id: int) -> bool:
        """Whether somebody answered."""

    async def answers(self, survey_id: int) -> Sequence[Answer]:
        """All answers, without whose they are."""

    async def people(self, locality: str) -> int:
        """How many people of a place there are, for holding the answers against."""
