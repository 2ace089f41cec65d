"""People and the addresses at which they are reached."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.rhythm import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class URN:
    """One address of a person: unique within a channel account, not within a channel."""

    account: str  # "webchat.main", "telegram.main"
    path: str = field(repr=False)  # personal data: kept out of logs by not being printed

    def __str__(self) -> str:
        return f"{self.account}:…{self.path[-2:]}"

    @property
    def channel(self) -> str:
        """The kind of channel, such as "webchat"."""
        return self.account.partition(".")[0]


TELEPHONE = "tel:"  # how the address of somebody begins whom a channel reaches by telephone number alone


def telephone(dialled: str) -> str:
    """The address of a number of Viet Nam, as providers write it.

    >>> telephone("0912345678")
    'tel:84912345678'
    """
    return f"{TELEPHONE}84{dialled.removeprefix('0')}"


class ContactStatus(StrEnum):
    """Whether a person wants notices."""

    ACTIVE = "active"  # wrote to us, or was entered with consent
    ALERTS = "alerts"  # wants nothing but what is urgent
    STOPPED = "stopped"  # asked for no more notices; questions are still answered


class Refusal(StrEnum):
    """Why an address takes nothing from us. It ends when somebody writes from there."""

    BLOCKED = "blocked"  # the person blocked us, or a group sent us away
    GONE = "gone"  # the account was deleted
    NEVER_STARTED = "never_started"  # the person has never written to us, and the channel demands it
    INVALID = "invalid"  # the channel knows no such address
    SILENT = "silent"  # has not written for so long that the channel lets nobody write


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person as far as they let us know them. Anonymous unless they gave a reason not to be."""

    id: int
    locality: str | None = None  # locality id of the content packs
    hamlet: str | None = None  # as chosen or typed
    language: str = "vi"  # "vi" or "en"
    address_word: str | None = None  # the word they use for themselves ("bác"), in this conversation only
    status: ContactStatus = ContactStatus.ACTIVE
    last_inbound_at: datetime | None = None
    # What the ward's list says, where it has them; shown to them, and never changed by what they say.
    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    household_status: str | None = None
    status_since: date | None = None  # when the commune recognised the household so
    # How they want notices.
    rhythm: Rhythm = Rhythm.AT_ONCE
    muted_until: datetime | None = None
    notice_channel: str | None = None  # the kind of channel that goes first, such as "zalo"


AGREED_FOR = timedelta(days=730)  # so long somebody may be written to who asked for it: as long as a list is good
LISTED = "ward list"  # how the wording of a consent begins that a ward's list brought: with its date and file


class Purpose(StrEnum):
    """What something is kept for; each is consented to by itself (Law 91/2025/QH15)."""

    QUESTION = "question"  # an officer answers a question
    NOTICES = "notices"  # the ward writes to them: by its own list, or because they asked for it
    REMINDERS = "reminders"  # they are told of a day of theirs, which is kept until then
    NEEDS = "needs"  # news about what the household lacks reaches it
    WORK = "work"  # work is looked for that suits them
    TRAINING = "training"  # they are on the list of a course
    SURVEY = "survey"  # what they would like to learn is counted
    EVENTS = "events"  # they are expected at a job fair, and told what becomes of it
    STATED = "stated"  # officers see what they say that they need
    LABOUR = "labour"  # the ward knows who of the household works
    MARKET = "market"  # what they sell or look for is shown to others


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's yes to keeping something for one purpose until a day."""

    purpose: Purpose
    granted_at: datetime
    expires_at: datetime
    wording: str  # message id of the text they agreed to
