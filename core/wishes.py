"""What somebody wants of notices, beyond yes and no. The database says the same of everybody: db/audience.py."""

from dataclasses import dataclass
from datetime import datetime

from core.campaigns import Notice
from core.contacts import ContactStatus
from core.records import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Of one person."""

    status: ContactStatus = ContactStatus.ACTIVE
    muted_until: datetime | None = None
    wanted: frozenset[str] = frozenset()  # topics; with any, no others
    stopped: frozenset[str] = frozenset()  # topics


def turned_down(notice: Notice, wishes: Wishes, now: datetime) -> LeftOut | None:
    """Why somebody does not want this notice; None where nothing is said against it.

    What is urgent goes to everybody who has not stopped all. What is about no topic is for a place and not a theme:
    whoever takes notices at all gets it.
    """
    if wishes.status is ContactStatus.STOPPED or (wishes.status is ContactStatus.ALERTS and not notice.urgent):
        return LeftOut.STOPPED
    if notice.urgent:
        return None
    if wishes.muted_until is not None and wishes.muted_until > now:
        return LeftOut.MUTED
    topics = set(notice.topics)
    if topics and (topics <= wishes.stopped or (wishes.wanted and topics.isdisjoint(wishes.wanted))):
        return LeftOut.THEME
    return None
