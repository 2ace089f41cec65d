"""Who looks for work, as officers see it: by the person's own yes, without more than they let be known."""

from dataclasses import dataclass, field
from datetime import datetime

from core.work import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekerFacts:
    """What an officer writes down of somebody."""

    hamlet: str
    status: str  # of the household; empty: not on the ward's list
    name: str = field(repr=False)
    phone: str = field(repr=False)  # may be empty
    profile: Profile
    may_pass: bool  # name and number may go to employers and the employment service centre


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeeker:
    """Somebody whom an officer writes down, who agreed to it in person."""

    locality: str
    facts: SeekerFacts
    until: datetime  # kept so long


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekerLine:
    """Somebody who looks for work."""

    contact_id: int
    locality: str
    hamlet: str
    status: str
    profile: Profile
    told_at: datetime
    entered_by: str = ""  # an officer, where the person said yes in person
    may_pass: bool = False
    name: str = field(default="", repr=False)  # empty where the officer may not have it
    phone: str = field(default="", repr=False)
