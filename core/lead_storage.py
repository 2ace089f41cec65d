"""What is asked of storage for leads."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.leads import Lead, LeadLine, LeadShow, LeadState, LeadStep, NewLead, Sought, Why
from core.seekers import NewSeeker, SeekerFacts, SeekerLine


class Leads(Protocol):
    """Who is interested in which vacancy, and what became of it."""

    async def begin(self, new: NewLead, now: datetime) -> tuple[Lead, bool]:
        """A lead of this person about this vacancy, and whether it begins now: a new one, or one that was given up."""

    async def get(self, lead_id: int) -> Lead | None:
        """One lead."""

    async def of(self, contact_id: int, offer_id: int) -> Lead | None:
        """Somebody's lead about a vacancy."""

    async def line(self, lead_id: int) -> LeadLine | None:
        """One lead with its person and vacancy."""

    async def page(
        self, places: Sequence[str], show: LeadShow, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[LeadLine], int]:
        """Those of these places, who waits longest first; and how many there are in all."""

    async def of_offer(self, offer_id: int) -> Sequence[LeadLine]:
        """Those about one vacancy whose person is still known, the oldest first."""

    async def of_person(self, contact_id: int) -> Sequence[Lead]:
        """Everything somebody is led to, the newest first."""

    async def counts(self, places: Sequence[str]) -> Mapping[LeadState, int]:
        """How many stand where."""

    async def step(self, lead: Lead, to: LeadState, step: LeadStep, why: Why | None = None) -> bool:
        """It stands elsewhere from now on; False where it is not as it was seen."""

    async def reason(self, lead: Lead, why: Why, step: LeadStep) -> None:
        """Why somebody gave up, said after they did."""

    async def note(self, lead_id: int, step: LeadStep) -> None:
        """Something happened that changes no state."""

    async def allow(
        self, lead_id: int, *, officer: bool | None = None, employer: bool | None = None, phone: str | None = None
    ) -> None:
        """Keep who may get the way of contact; what is None stays as it is."""

    async def silence(self, lead_id: int) -> None:
        """Ask nothing more about it."""

    async def history(self, lead_id: int) -> Sequence[LeadStep]:
        """What happened to it, the oldest first."""

    async def sought(self, locality: str, now: datetime) -> Sequence[Sought]:
        """Everybody of a place who told what they look for, or was led to a vacancy: one row for each person."""

    async def call_off(self, lead_id: int) -> None:
        """Ask none of the questions about it that are still to come."""


class Seekers(Protocol):
    """Who looks for work: those alone whose yes holds."""

    async def list(self, locality: str, now: datetime) -> Sequence[SeekerLine]:
        """Everybody of a place, by the order in which they became known."""

    async def get(self, contact_id: int, now: datetime) -> SeekerLine | None:
        """One of them."""

    async def enter(self, new: NewSeeker, by: str, now: datetime) -> int:
        """Somebody who said yes in person, written down by an officer; gives their number."""

    async def change(self, seen: SeekerLine, facts: SeekerFacts, now: datetime) -> bool:
        """Other facts of somebody whom an officer wrote down; False where that is not so, or it was changed meanwhile.

        How long they are kept stays as they agreed to it.
        """
