"""The outbox: everything said to a person waits here, and each row tells what became of it.

queued -> leased -> sent -> delivered        leased -> queued     given back before the request left
            |-> retry (throttled, trouble)   queued, retry -> skipped, cancelled
            |-> failed (rejected, gone)
            `-> in_doubt (no answer came, or the process died) -> leased once more, or settled by an officer
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from core.contacts import URN, Refusal
from core.messages import OutboundMessage
from core.tariff import Spent


class DeliveryStatus(StrEnum):
    """What became of one message to one person."""

    QUEUED = "queued"  # waits for its turn
    LEASED = "leased"  # one relay is sending it until `leased_until`
    RETRY = "retry"  # goes again at `available_at`
    SENT = "sent"  # the channel took it
    DELIVERED = "delivered"  # the person's device confirmed it
    FAILED = "failed"  # it will never be taken
    IN_DOUBT = "in_doubt"  # it may have arrived: nobody can know
    SKIPPED = "skipped"  # too late, stopped or capped
    CANCELLED = "cancelled"  # taken back before it was sent


# What still stands before later messages to the same person: they must not overtake it.
PENDING = (DeliveryStatus.QUEUED, DeliveryStatus.LEASED, DeliveryStatus.RETRY)


COURSE_CALL = "course-call:"  # how the key of a message begins by which a course is made known: a notice for the caps


class Priority(IntEnum):
    """Lower goes first."""

    REPLY = 0
    URGENT = 5  # a notice that waits for no quiet hours and no other notice
    NOTICE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A row to be put into the outbox inside the transaction that decided it."""

    dedup_key: str  # unique: "reply:<update id>:<n>", later "<occurrence>:<contact>"
    urn: URN
    contact_id: int | None
    message: OutboundMessage
    priority: Priority = Priority.REPLY
    available_at: datetime  # now: it is due as soon as it is written, whatever becomes of the clock
    forget: bool = False  # the row and its message go as soon as it was delivered: a farewell, or what is private
    forget_at: datetime | None = None  # the same from this moment on, unless it is still on its way
    campaign_id: int | None = None
    fall_back_at: datetime | None = None  # when another way is tried, unless this one brought it
    not_before: datetime | None = None  # it waits for the person's rhythm until then
    together: bool = False  # it may go with others in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A leased row, ready to be sent."""

    id: int
    message_id: int  # position in the person's history; a web page confirms up to it
    urn: URN
    message: OutboundMessage
    priority: Priority
    attempt: int  # how often it was leased, this time included
    doubts: int  # how often its outcome was in doubt before
    progress: int = 0  # pieces of it that were sent already, where a channel needs several
    forget: bool = False  # delete the row once it is over
    campaign_id: int | None = None
    contact_id: int | None = None
    bundle: int | None = None  # the first of those with which it went before
    interacted_at: datetime | None = None  # their last sign of life; looked up where the channel has a window
    looked_at: datetime | None = None  # when that was looked up
    waited: bool = False  # it was not due when it was written, or could not go: others may wait for the same day


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the relay learnt about one delivery, to be recorded."""

    delivery_id: int
    status: DeliveryStatus
    external_id: str | None = None
    available_at: datetime | None = None  # with RETRY and QUEUED: not before this moment
    error: str | None = None
    refusal: Refusal | None = None  # the address takes nothing from us
    began: datetime | None = None  # when the attempt began that was refused so
    moved_to: str = ""  # the address has another path now
    paused: tuple[str, datetime] | None = None  # this account sends nothing before this moment
    forget: bool = False  # delete the row and its message instead of recording them
    spent: Spent | None = None  # with SENT, where the channel has a window: what is counted for the month
    another_way: bool = False  # with SKIPPED: another address, or another of the household, may take it
    shown_later: bool = False  # the device will say when it was shown; until then it may go another way
