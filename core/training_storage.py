"""What is asked of storage for training."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.training import Call, Candidate, Changes, Counts, Enrolment, Learner, Learning, Reaching
from core.work import Posted


class Training(Protocol):
    """Who learns in which course. Whoever takes or frees a seat holds the course until the end of the transaction."""

    async def courses(self, localities: Sequence[str], *, taking: date | None = None) -> Sequence[Posted]:
        """Courses of these places that were verified, the first to open first; `taking`: people on that day."""

    async def counts(self, offer_ids: Sequence[int]) -> dict[int, Counts]:
        """How many stand where in these courses."""

    async def join(
        self, offer_id: int, learner: Learner, *, code: str, by: str, now: datetime, on: date, contact_id: int | None
    ) -> Enrolment | None:
        """Enrol somebody while seats are left and nobody waits, else let them wait.

        Whoever is there already stays as they are. None where the course takes nobody.
        """

    async def leave(self, enrolment_id: int, why: str) -> Enrolment | None:
        """They learn or wait no longer; as they were before. None where they do not stand there any more."""

    async def seat(self, enrolment_id: int) -> bool:
        """Somebody who waits gets a seat out of turn; False where none is free, or they wait no longer."""

    async def move_up(self, offer_id: int, on: date) -> int:
        """Whoever waits longest gets what is free; gives how many did."""

    async def get(self, enrolment_id: int) -> Enrolment | None:
        """One of a list."""

    async def of(self, contact_id: int) -> Sequence[tuple[Enrolment, Posted]]:
        """Where somebody is enrolled or waits."""

    async def people(self, offer_id: int) -> Sequence[Enrolment]:
        """Everybody on the list of a course, who came first first."""

    async def number(self, one: Enrolment) -> int:
        """Which number somebody is on the waiting list, from 1 on; 0 where they do not wait."""

    async def keep(self, one: Enrolment, learner: Learner, state: Learning | None = None) -> bool:
        """What an officer notes of somebody; False where they are not as they were seen."""

    async def change(self, offer_id: int, changes: Changes, seen: str) -> Posted | None:
        """Other days, place or seats; as it was before. None where it is not as it was seen (`Offer.mark`)."""

    async def with_free_seats(self, on: date) -> Sequence[int]:
        """Courses in which somebody waits although a seat is free."""

    async def followed(self, since: date) -> Sequence[Posted]:
        """Courses whose last day is not before a day, in which somebody with a chat is enrolled or waits."""

    async def behind(self, posted: Posted) -> Sequence[Enrolment]:
        """Who knows something of a course that is another by now."""

    async def unreminded(self, offer_id: int, opens: date) -> Sequence[Enrolment]:
        """Who is enrolled and was not reminded of this opening day."""

    async def told(self, one: Enrolment, told: str, reminded: date | None) -> bool:
        """Note what they know now; False where somebody else told them."""


class CourseCalls(Protocol):
    """Which courses are made known, each once."""

    async def add(self, call: Call) -> bool:
        """A course is to be made known; False where it was before."""

    async def of(self, offer_ids: Sequence[int]) -> Sequence[Call]:
        """What was or is made known of these."""

    async def open(self) -> Sequence[Call]:
        """What is being made known."""

    async def reach(self, call: Call, locality: str, ways: Reaching, limit: int) -> Sequence[Candidate]:
        """The next people of a place who want notices about training, are reached, and are not on the list yet."""

    async def notices(self, contact_ids: Sequence[int], now: datetime) -> dict[int, Sequence[datetime]]:
        """When these got notices within a week, or will, courses made known among them; the newest first."""

    async def move(self, call: Call, *, cursor: int, sent: int, done_at: datetime | None) -> bool:
        """How far it came; False where somebody else moved it."""
