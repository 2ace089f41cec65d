"""Job fairs, exchange sessions and introductions: what an office announces, who signed up, and who came."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

REMINDED, CHANGED, OFF = "event", "event-changed", "event-off"  # rules of messages to those who signed up


class EventKind(StrEnum):
    """What is held."""

    FAIR = "fair"  # ngày hội việc làm
    EXCHANGE = "exchange"  # phiên giao dịch việc làm
    INTRODUCTION = "introduction"  # hội nghị giới thiệu việc làm


class EventState(StrEnum):
    """What officers decided. That one is over or full nobody decides: it follows from the hour and the seats."""

    DRAFT = "draft"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


class EventStanding(StrEnum):
    """How an event stands at a moment."""

    DRAFT = "draft"
    CHANGING = "changing"  # verified, and a change of it waits for a second person
    OPEN = "open"
    FULL = "full"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEvent:
    """What an office announces. Empty texts were not said."""

    kind: EventKind
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    organiser: str
    contact: str  # whom to ask, with a telephone number
    address: str = ""
    employers: str = ""  # who comes, one a line
    bring: str = ""
    seats: int | None = None  # None: as many as come
    latitude: float | None = None  # degrees, as an officer entered them; both or none
    longitude: float | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: what was not said is left out."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        said = {name: value for name, value in values.items() if value not in (None, "")}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}

    def moved(self, before: "JobEvent") -> bool:
        """Whether whoever read the earlier announcement would come to the wrong place or at the wrong time."""
        there = (before.place, before.address, before.starts_at, before.ends_at)
        return (self.place, self.address, self.starts_at, self.ends_at) != there

    @property
    def map_link(self) -> str:
        """The place on OpenStreetMap; empty where no officer entered where it is."""
        if self.latitude is None or self.longitude is None:
            return ""
        return map_link(self.latitude, self.longitude)


def map_link(latitude: float, longitude: float) -> str:
    """A place on OpenStreetMap, by its degrees."""
    north, east = f"{latitude:.5f}", f"{longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=17/{north}/{east}"


def read_event(plain: Mapping[str, Any]) -> JobEvent:
    """An event as `JobEvent.plain` wrote it."""
    moments = {name: datetime.fromisoformat(plain[name]) for name in ("starts_at", "ends_at")}
    return JobEvent(**{**plain, **moments, "kind": EventKind(plain["kind"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An event of a place, with what officers did to it."""

    id: int
    locality: str
    state: EventState
    event: JobEvent
    proposed: JobEvent | None = None  # a change that waits for a second person
    sequence: int = 0  # of its calendar entry: grows with each change that people see
    version: int = 0  # moves with whatever an officer should have seen
    taken: int = 0  # people who signed up
    created_by: str
    created_at: datetime
    written_by: str  # of what waits, else of what is in force
    verified_by: str | None = None
    changed_at: datetime  # when what people see last became so
    cancelled_by: str | None = None
    why: str = ""  # it was cancelled
    came: int = 0  # of those who signed up
    walk_ins: int = 0  # came without having signed up: a number, nobody by name

    @property
    def left(self) -> int | None:
        """Seats that are free; None where as many may come as want."""
        return None if self.event.seats is None else max(0, self.event.seats - self.taken)

    @property
    def uid(self) -> str:
        """What its calendar entry is known by for ever; two houses number their events alike, the moment tells."""
        return f"{uuid5(NAMESPACE_URL, f'chungtay:{self.locality}:{self.id}:{self.created_at.isoformat()}')}@chungtay"

    def standing(self, now: datetime) -> EventStanding:
        """How it stands; only what is open or full is proposed to anybody."""
        if self.state is EventState.CANCELLED:
            return EventStanding.CANCELLED
        if self.event.ends_at <= now:
            return EventStanding.OVER
        if self.state is EventState.DRAFT:
            return EventStanding.DRAFT
        if self.proposed is not None:
            return EventStanding.CHANGING
        return EventStanding.FULL if self.left == 0 else EventStanding.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who signed up, as the list of an event shows them."""

    number: int  # of this event; nobody else ever had it
    contact_id: int
    at: datetime
    name: str = field(default="", repr=False)  # as they told it, else as the ward's list has it
    hamlet: str = ""
    came_at: datetime | None = None
    checked_by: str | None = None


class JobEvents(Protocol):
    """Events of places, and who signed up. A bounded number of statements."""

    async def add(self, locality: str, event: JobEvent, *, by: str, now: datetime) -> int:
        """Keep an event as a draft; its number."""

    async def get(self, number: int) -> Announced | None:
        """One event."""

    async def list(
        self, localities: Collection[str], now: datetime, limit: int, offset: int = 0
    ) -> tuple[Sequence[Announced], int]:
        """Those of these places, the next first and then the last that was; and how many there are in all."""

    async def waiting(self, localities: Collection[str], now: datetime, limit: int) -> tuple[Sequence[Announced], int]:
        """What waits for a second person and is not over, the next first; and how many there are in all."""

    async def coming(self, locality: str, now: datetime, limit: int) -> Sequence[Announced]:
        """What is verified in a place and not over, the next first."""

    async def step(self, one: Announced, **values: Any) -> bool:
        """It is otherwise now; False where it is not as it was seen."""

    async def take(self, number: int, contact_id: int, now: datetime) -> Seat | None:
        """A seat for somebody, the same one if they have it already; None where none is free."""

    async def name(self, number: int, contact_id: int, name: str) -> bool:
        """What somebody wants to be called on the list; False where they did not sign up."""

    async def leave(self, number: int, contact_id: int) -> bool:
        """Somebody does not come; False where they had not signed up."""

    async def seat(self, number: int, contact_id: int) -> Seat | None:
        """The seat of somebody."""

    async def held(self, contact_id: int) -> Sequence[int]:
        """The events that somebody signed up for."""

    async def seats(self, number: int) -> Sequence[Seat]:
        """Everybody who signed up for an event, by their numbers."""

    async def came(self, number: int, who: Collection[int], *, by: str, now: datetime) -> tuple[int, int]:
        """Those of these numbers came, and nobody else; gives how many are newly ticked, and how many no more."""

    async def walked_in(self, number: int, count: int, *, seen: int) -> bool:
        """So many came without having signed up; False where it is not the number any more that was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsAsked:
    """The job fair at this place among the coming ones takes the reply's place; where there is none it stays."""

    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventJoined:
    """The person comes to a job fair: kept for so many days after it. What came of it takes the reply's place."""

    event_id: int
    keep_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNamed:
    """What the person wants to be called on its list."""

    event_id: int
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLeft:
    """The person does not come to it."""

    event_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLeaving:
    """The person may not come: whether their seat goes is asked in the reply's place; 0: of whatever they hold."""

    event_id: int = 0
    again: bool = False  # what they answered was neither a yes nor a no


@dataclass(frozen=True, slots=True, kw_only=True)
class FairAsked:
    """The person asks something of a job fair; what its announcement says takes the words of the reply."""

    event_id: int
    about: tuple[str, ...]


FairEvent = EventsAsked | EventJoined | EventNamed | EventLeft | EventLeaving | FairAsked
