"""A series as one place will send it: each post with its moment and its words, approved as a whole."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.campaigns import Notice


class ScheduleState(StrEnum):
    """Where a schedule stands: draft -> submitted -> approved; each may be stopped. An edit leads back to draft."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    STOPPED = "stopped"


class ScheduleStep(StrEnum):
    """What somebody does to a schedule."""

    SUBMIT = "submit"
    APPROVE = "approve"
    STOP = "stop"


_S = ScheduleState
SCHEDULE_STEPS: Mapping[ScheduleStep, Mapping[ScheduleState, ScheduleState]] = {
    ScheduleStep.SUBMIT: {_S.DRAFT: _S.SUBMITTED},
    ScheduleStep.APPROVE: {_S.SUBMITTED: _S.APPROVED},
    ScheduleStep.STOP: dict.fromkeys((_S.DRAFT, _S.SUBMITTED, _S.APPROVED), _S.STOPPED),
}


class OccurrenceState(StrEnum):
    """What became of a post on its day."""

    PLANNED = "planned"
    FIRED = "fired"  # it is a campaign, with a ledger of its own
    SKIPPED = "skipped"  # and why is told


class Skipped(StrEnum):
    """Why a post was not sent."""

    LATE = "late"  # the machine was off for longer than the post allows
    CHANGED = "changed"  # what it would say by now is not what was approved
    ENDED = "ended"  # nothing it rests on holds any more
    TWICE = "twice"  # another schedule sent the post of this moment
    OFFICER = "officer"  # somebody took it out


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOccurrence:
    """A post, its moment and its words."""

    post: str  # its id in the series
    due_at: datetime
    late_hours: int  # later than this after its moment it is not sent
    notice: Notice
    edited: bool = False  # somebody wrote other words than the series'


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence(NewOccurrence):
    """One that is kept."""

    id: int
    schedule_id: int
    state: OccurrenceState = OccurrenceState.PLANNED
    why: Skipped | None = None
    campaign_id: int | None = None
    edited_by: str | None = None

    def too_late(self, now: datetime) -> bool:
        """Whether its moment has passed by more than it allows."""
        return now - self.due_at > timedelta(hours=self.late_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePost:
    """A post in a calendar: of which series, where, and whether its schedule is approved."""

    occurrence: Occurrence
    series: str
    locality: str
    schedule: ScheduleState


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A series at one place, from somebody's proposal to the last of its posts."""

    id: int
    series: str
    locality: str
    state: ScheduleState
    created_by: str
    created_at: datetime
    submitted_by: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    approved_hash: str | None = None
    occurrences: tuple[Occurrence, ...] = ()  # by moment

    def hash(self) -> str:
        """What an approval is bound to: every post, its moment and all that its notice says."""
        posts = [[one.post, one.due_at.isoformat(), one.late_hours, one.notice.plain()] for one in self.occurrences]
        said = [self.series, self.locality, posts]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def approved(self) -> bool:
        """Whether what stands there now is what was approved."""
        return self.approved_hash is not None and self.approved_hash == self.hash()
