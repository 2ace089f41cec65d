"""What repositories take and give: rows in the words of the nouns, and questions about many of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core.campaigns import Notice
from core.contacts import URN
from core.delivery import DeliveryStatus
from core.messages import Attachment, OutboundMessage
from core.misreadings import Why
from core.questions import Entry, QuestionKind
from core.rhythm import Rhythm
from core.windows import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpdate:
    """A raw update, as it is stored before the channel is told that it was received."""

    account: str
    external_id: str
    path: str = field(repr=False)
    raw: Mapping[str, Any] = field(repr=False)
    received_at: datetime
    fetch: bool = False  # files lie with the channel and must be fetched before it is handled


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingUpdate:
    """A stored update that nobody has handled yet."""

    id: int
    urn: URN
    external_id: str
    raw: Mapping[str, Any] = field(repr=False)
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Updates that wait to be handled."""

    count: int
    oldest: datetime | None  # when the oldest of them came
    oldest_ready: datetime | None = None  # the same, of those whose files need not be fetched first


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTokens:
    """What an account is let in with, sealed."""

    sealed: bytes = field(repr=False)
    access_until: datetime
    refreshed_at: datetime  # when the provider gave the pair


class Direction(StrEnum):
    """Who said it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """One inbound bubble for the history; outbound ones are written by the outbox."""

    urn: URN
    contact_id: int
    at: datetime
    external_id: str  # the channel's own id of the update it came in
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryMessage:
    """One bubble of a conversation as its page shows it."""

    id: int
    direction: Direction
    at: datetime
    message: OutboundMessage
    external_id: str | None = None  # of an inbound one: the channel's own id of the update it came in


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question to be opened; its first entry is the citizen's words."""

    code: str
    contact_id: int
    locality: str | None
    office: str | None
    topic: str | None
    urgent: bool
    created_at: datetime
    due_at: datetime
    entry: Entry
    kind: QuestionKind = QuestionKind.QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMisreading:
    """What was not understood, to be kept."""

    contact_id: int
    locality: str | None
    at: datetime
    day: date  # where people live
    why: Why
    text: str = field(repr=False)
    folded: str = field(repr=False)  # the key under which words are the same
    read_as: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the append-only log. Holds internal ids only, never a name, an address or a text."""

    at: datetime
    actor: str  # "contact:12", "officer:lan", "system"
    action: str  # "question.answered"
    subject: str  # "question:7"
    detail: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """An entry as it stands in the log, with its number."""

    id: int
    entry: AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditVerdict:
    """What checking the chain of the log found."""

    entries: int
    broken_at: int | None = None  # the first entry whose chain does not fit
    reason: str = ""
    # Of the last entry looked at. Written down elsewhere with the number, it shows a chain that was forged as a whole.
    last_hash: str = field(default="", compare=False)  # it follows from the entries, which are what is judged


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """How many self-checks ended in a month in a place; with a dimension, in how many of them it was lacking."""

    month: str  # "2026-11", where people live
    locality: str  # "" where it was not told; the hamlet likewise
    hamlet: str
    dimension: str  # "": the checks themselves
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A person of a ward's list."""

    urn: URN
    name: str = field(repr=False)
    phone: str = field(repr=False)
    locality: str
    hamlet: str | None
    status: str | None  # how the commune has recognised the household
    language: str
    household: str | None  # as the ward numbers it; None where the list has no such column
    topics: tuple[str, ...]
    status_since: date | None = None  # since when it has recognised it so


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What came of putting a list in."""

    new: int
    updated: int


class LeftOut(StrEnum):
    """Why somebody who is meant gets no notice: the first of these that holds."""

    STOPPED = "stopped"  # asked not to be written to
    MUTED = "muted"  # wants none for a while
    THEME = "theme"  # wants none about this, or chose other topics
    NO_CONSENT = "no consent"  # on no list of the ward, and never asked for news
    NO_ADDRESS = "no address"  # none that takes something from us
    HOUSEHOLD = "household"  # somebody else of the household gets it
    WINDOW = "window"  # silent for so long that their channel lets nobody write: as of now, for it is judged when sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people an audience means, and how many of them can be written to."""

    meant: int
    reached: int
    left_out: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody whom a campaign means."""

    contact_id: int
    language: str
    locality: str | None
    household_id: int | None
    left_out: LeftOut | None
    urn: URN | None
    first: bool  # no notice ever went to them before
    rhythm: Rhythm = Rhythm.AT_ONCE
    others: bool = False  # there is another address of theirs, or somebody else of the household who is meant
    way: Way = Way.OPEN  # on what terms they can be written to as of now


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A message of a campaign that did not arrive in time, or never will."""

    delivery_id: int
    contact_id: int | None  # None where they were erased meanwhile
    status: DeliveryStatus
    dedup_key: str
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What became of one campaign for one person."""

    contact_id: int | None  # None: erased since
    name: str = field(repr=False)
    hamlet: str
    account: str
    state: str
    reason: str
    attempts: int
    doubts: int
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """What somebody wrote after a notice."""

    contact_id: int
    name: str = field(repr=False)
    hamlet: str
    at: datetime
    text: str = field(repr=False)
    word: str  # the declared one that it is, or ""


class Effect(StrEnum):
    """What somebody did within some days after a notice, before any other came."""

    STOPPED = "stopped"  # wants no notices any more
    THEME = "theme stopped"  # wants none of its kind any more
    MUTED = "muted"  # wants none for a while
    QUESTION = "question"  # asked an officer something


TAKEN_BACK = 2_000  # messages of a stopped campaign in one transaction: others want to write too


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A message of a campaign of which nobody knows whether it arrived."""

    id: int
    contact_id: int | None
    name: str = field(repr=False)
    hamlet: str
    account: str
    doubts: int  # how often it was sent without an answer
    since: datetime | None
    reason: str
    barred: str  # why it cannot be sent once more; "" where it can


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A notice that was sent, as people may ask about it."""

    id: int
    notice: Notice
    at: datetime  # when its sending began; of one person's, when it came
    approved_by: str
