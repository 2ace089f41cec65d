"""A message to one person about a day of theirs: asked for by them, or by the ward's list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReminderState(StrEnum):
    """Where a reminder stands."""

    PLANNED = "planned"
    SENT = "sent"
    CANCELLED = "cancelled"


class Gone(StrEnum):
    """Why somebody is not reminded after all."""

    ASKED = "asked"  # they want it no more
    STOPPED = "stopped"  # they want no messages
    CHANGED = "changed"  # the day is another one now
    OVER = "over"  # what it is about holds for them no more
    LATE = "late"  # the machine was off until it was too late
    CALLED_OFF = "called off"  # the notice that they answered was stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message that somebody is to get at a moment."""

    id: int
    contact_id: int
    rule: str  # id of a rule of the packs
    about: datetime  # the day or moment of which they are reminded
    due_at: datetime
    campaign_id: int | None = None  # the notice that they answered
    state: ReminderState = ReminderState.PLANNED
    why: Gone | None = None
