"""Who learns in which course: enrolled or waiting, what they were told of it, and how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from core.contacts import URN, Contact
from core.windows import Window
from core.work import Offer, OfferState, Posted, Profile

LONGEST_NAME = 80  # characters


class Household(StrEnum):
    """What somebody says of their household; "other" is none of the three, "unsaid" was not told."""

    POOR = "poor"
    NEAR_POOR = "near-poor"
    NEWLY_ESCAPED = "newly-escaped"
    OTHER = "other"
    UNSAID = "unsaid"


class Learning(StrEnum):
    """Where somebody stands in a course."""

    WAITING = "waiting"
    ENROLLED = "enrolled"
    LEFT = "left"  # before it was over, by their own word or an officer's
    FINISHED = "finished"


ACTIVE = (Learning.ENROLLED, Learning.WAITING)  # they are told what changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """What stands on the list of a course; kept by their consent, or written down by an officer in their presence."""

    name: str = field(repr=False)
    phone: str = field(default="", repr=False)  # empty: the chat is enough
    hamlet: str = ""
    household: Household = Household.UNSAID
    why: str = ""  # they left
    job: str = ""  # what they do since
    attended: Mapping[str, bool] = field(default_factory=dict)  # by day, as 2026-12-15

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: what was not said is left out."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: dict(value) if name == "attended" else value for name, value in values.items() if value}


def read_learner(plain: Mapping[str, Any]) -> Learner:
    """A learner as `Learner.plain` wrote it."""
    return Learner(**{**plain, "household": Household(plain.get("household", Household.UNSAID))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Somebody in a course, or on its waiting list: who came first has the lower number."""

    id: int
    offer_id: int
    contact_id: int | None  # None: an officer wrote them down, no chat is known
    state: Learning
    code: str
    learner: Learner
    told: str  # what they know of the course, as `knows` writes it
    reminded: date | None = None  # of which opening day
    by: str = ""  # the officer who wrote them down
    at: datetime
    version: int = 0


def knows(state: Learning, posted: Posted) -> str:
    """All that somebody must know of a course, in a few signs: as soon as it is another, they are told.

    Who waits is told of a seat and of the end of it, and of no day and place that are not theirs yet.
    """
    over = "over" if posted.state is OfferState.CLOSED else ""
    if state is not Learning.ENROLLED:
        return f"{state}|||{over}"
    offer = posted.offer
    opens = offer.opens.isoformat() if offer.opens else ""
    return f"{state}|{opens}|{sha256(offer.place.encode()).hexdigest()[:12]}|{over}"


def last_day(offer: Offer) -> date:
    """Until when a seat that is free goes to whoever waits: the last day for coming, or the first of the course."""
    return max(offer.deadline, offer.opens or offer.deadline)


class News(StrEnum):
    """What there is to tell somebody of their course."""

    SEAT = "seat"
    CHANGED = "changed"
    OVER = "over"
    TOMORROW = "tomorrow"


def news(before: str, after: str) -> News:
    """What is new between two of `knows`.

    >>> news("waiting|||", "enrolled|2026-12-15|ab|"), news("enrolled|2026-12-15|ab|", "enrolled|2026-12-16|ab|")
    (<News.SEAT: 'seat'>, <News.CHANGED: 'changed'>)
    """
    if after.endswith("|over"):
        return News.OVER
    return News.SEAT if before.partition("|")[0] != after.partition("|")[0] else News.CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many stand where in a course."""

    enrolled: int = 0
    waiting: int = 0
    left: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What of a verified course may become another: the seats, the days and the place."""

    opens: date | None
    deadline: date
    place: str
    seats: int | None

    def on(self, offer: Offer) -> Offer:
        """The course as it is then."""
        return replace(offer, opens=self.opens, deadline=self.deadline, place=self.place, seats=self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A course is made known, once, to those whom it suits."""

    offer_id: int
    households: tuple[str, ...]  # of which; none: of all
    by: str
    at: datetime
    cursor: int = 0  # the last contact that was looked at
    sent: int = 0
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """By which ways people are reached at a moment."""

    accounts: Sequence[str]
    windows: Mapping[str, Window]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be told of a course, with what is known of them."""

    contact: Contact
    urn: URN
    household_id: int | None
    profile: Profile | None
    wants: bool  # news of training, by their own word

    def meant(self, households: Sequence[str], suits: bool) -> bool:
        """Whether a course is for them, which `suits` what they look for where they told it.

        Who told nothing is told of a course for their kind of household, or where they asked for news of courses.
        """
        kind = self.contact.household_status
        if households and kind is not None and kind not in households:
            return False
        if self.profile is not None:
            return suits
        return self.wants or (kind is not None and kind in households)


# --- events of a conversation ---


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursesAsked:
    """The courses that take people, from a place in the list on, take the reply's place."""

    start: int = 0
    trade: str = ""  # that they named: its courses come alone where there are any
    named: str = ""  # by this name
    members: tuple[str, ...] = ()  # the trades of a group, or the trade itself


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseAsked:
    """Somebody wants to learn in a course: what is asked of them, or why they cannot, takes the reply's place."""

    offer_id: int
    keep: int  # days: for so long what they tell would be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseJoined:
    """They told what is needed: a seat or a number on the waiting list takes the reply's place."""

    offer_id: int
    learner: Learner = field(repr=False)
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCoursesAsked:
    """Where they are enrolled or waiting takes the reply's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLeft:
    """They learn in a course no longer, or wait for it no longer."""

    enrolment_id: int


TrainingEvent = CoursesAsked | CourseAsked | CourseJoined | MyCoursesAsked | CourseLeft
