"""Work and training as a ward keeps them: vacancies and courses, who looks for what, and what they said of an offer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from core.text import fold

LONGEST = 300  # characters of any one text of an offer


class OfferKind(StrEnum):
    """What is offered."""

    VACANCY = "vacancy"
    COURSE = "course"


class OfferState(StrEnum):
    """What an officer decided. That one is over or full nobody decides: it follows from the day and the seats."""

    DRAFT = "draft"
    VERIFIED = "verified"
    CLOSED = "closed"


class Standing(StrEnum):
    """How an offer stands on a day."""

    DRAFT = "draft"
    OPEN = "open"
    FULL = "full"
    EXPIRED = "expired"
    CLOSED = "closed"


class Paid(StrEnum):
    """For what the wage is."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"
    AGREED = "agreed"  # to be agreed: no sum is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A vacancy or a course, as an employer or a school described it. Empty texts were not said."""

    kind: OfferKind
    title: str
    occupation: str  # id of the packs' occupations
    place: str
    employer: str  # or the school
    deadline: date  # the last day on which one can still come
    licence: str = ""  # of the employer or the school
    contact: str = ""  # whom to ask, with a telephone number
    wage_from: int | None = None  # đồng, by `paid`
    wage_to: int | None = None
    paid: Paid = Paid.AGREED
    hours: str = ""
    age_from: int | None = None  # years: 15 or 18
    health: str = ""
    basis: str = ""  # the document by which health is asked for
    papers: str = ""
    degree: str = ""  # a certificate that is asked for
    no_degree: bool = False  # it says that none is; where nothing is said, neither
    seats: int | None = None
    away: bool = False  # too far to come home every day
    latitude: float | None = None  # degrees, as an officer entered them
    longitude: float | None = None
    lodging: str = ""  # a place to sleep, or a bus
    level: str = ""  # of a course
    length: str = ""
    support: str = ""  # meals, travel, fees
    priority: str = ""  # who goes first
    opens: date | None = None
    note: str = ""
    reference: str = ""  # by which the list that brought it knows it

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: what was not said is left out."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        said = {name: value for name, value in values.items() if value not in (None, "", False)}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}

    @property
    def key(self) -> str:
        """Two of the same key are the same offer: a list that is put in twice brings it once."""
        told = (self.kind, self.title, self.employer, self.place, self.wage_from, self.wage_to, self.deadline)
        return sha256("|".join(fold(str(one)) for one in told).encode()).hexdigest()

    @property
    def mark(self) -> str:
        """Of all it says: another one as soon as any of it is another."""
        return sha256(repr(sorted(self.plain().items())).encode()).hexdigest()[:16]


def read_offer(plain: Mapping[str, Any]) -> Offer:
    """An offer as `Offer.plain` wrote it."""
    values = dict(plain)
    for name in ("deadline", "opens"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    values["kind"] = OfferKind(values["kind"])
    values["paid"] = Paid(values.get("paid", Paid.AGREED))
    return Offer(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """An offer of a place, with what officers did to it."""

    id: int
    locality: str
    state: OfferState
    offer: Offer
    taken: int = 0  # seats
    version: int = 0
    created_by: str
    created_at: datetime
    verified_by: str | None = None
    verified_at: datetime | None = None
    closed_by: str | None = None
    why: str = ""  # it was closed
    changed_by: str | None = None  # wrote it anew, last
    changed_at: datetime | None = None
    filled_by: str | None = None  # noted how many seats are taken, last
    filled_at: datetime | None = None
    code: str | None = None  # of what an employer sent in by the public form; nobody else has one

    @property
    def authors(self) -> tuple[str, ...]:
        """The officers whose words it holds: none of them verifies it."""
        return tuple(one for one in (self.created_by, self.changed_by) if one)

    def standing(self, on: date) -> Standing:
        """How it stands on a day; only what is open is shown to anybody."""
        if self.state is not OfferState.VERIFIED:
            return Standing(self.state.value)
        if self.offer.deadline < on:
            return Standing.EXPIRED
        full = self.offer.seats is not None and self.taken >= self.offer.seats
        return Standing.FULL if full else Standing.OPEN


class Reach(StrEnum):
    """How far somebody would go for work."""

    HERE = "here"  # within the ward
    DAILY = "daily"  # home every evening
    ANYWHERE = "anywhere"


class Times(StrEnum):
    """When somebody could work."""

    ANY = "any"
    DAYTIME = "daytime"
    PARTLY = "partly"  # some hours, or outside the harvest


class Hindrance(StrEnum):
    """What holds somebody back. No illness is named: what somebody can do is enough to look by."""

    CHILDREN = "children"  # small ones
    HEAVY = "heavy"  # cannot do heavy work
    VEHICLE = "vehicle"  # has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What somebody told of the work they look for; kept by their consent alone."""

    can: tuple[str, ...] = field(default=(), repr=False)  # ids of groups of occupations, or of occupations
    wants: tuple[str, ...] = field(default=(), repr=False)  # the same; none: anything
    reach: Reach = Reach.DAILY
    times: Times = Times.ANY
    held: tuple[Hindrance, ...] = field(default=(), repr=False)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "can": list(self.can),
            "wants": list(self.wants),
            "reach": self.reach.value,
            "times": self.times.value,
            "held": [one.value for one in self.held],
        }


def read_profile(plain: Mapping[str, Any]) -> Profile:
    """A profile as `Profile.plain` wrote it; what is missing is as if nothing had been said."""
    return Profile(
        can=tuple(plain.get("can", ())),
        wants=tuple(plain.get("wants", ())),
        reach=Reach(plain.get("reach", Reach.DAILY)),
        times=Times(plain.get("times", Times.ANY)),
        held=tuple(Hindrance(one) for one in plain.get("held", ())),
    )


class Answer(StrEnum):
    """What somebody said of an offer."""

    INTERESTED = "interested"
    NOT_FIT = "not_fit"


class Unfit(StrEnum):
    """Why an offer does not suit somebody."""

    FAR = "far"
    WAGE = "wage"
    TRADE = "trade"
    HOURS = "hours"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What somebody said of one offer."""

    offer_id: int
    answer: Answer
    why: Unfit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a list: the numbers of new offers, and how many were known."""

    new: tuple[int, ...]
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTold:
    """What the person looks for takes the place of what was kept before; the consent comes with it."""

    profile: Profile = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAsked:
    """The offer at this place of what suits the person takes the reply's place; where there is none it stays."""

    kind: OfferKind
    start: int = 0
    new: bool = False  # the first that they have not seen yet
    trade: str = ""  # only of this trade or group, whatever they look for


@dataclass(frozen=True, slots=True, kw_only=True)
class Counselled:
    """Vacancies and courses that suit what was told take the place of the turn's first reply; nothing is kept."""

    profile: Profile = field(repr=False)
    aim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered:
    """The person says whether an offer suits them."""

    answered: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAsked:
    """The person asks something of a vacancy; what its advert says takes the reply's place, above the same buttons."""

    offer_id: int | None  # None: of one of the list of all, or of one trade, at its `place`
    place: int = 0
    trade: str = ""
    about: tuple[str, ...] = ()


WorkEvent = WorkTold | WorkAsked | Counselled | OfferAnswered | OfferAsked
