"""People and the addresses at which they are reached."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


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


class ContactStatus(StrEnum):
    """Whether we may write to a person."""

    ACTIVE = "active"  # wrote to us, or was entered with consent
    STOPPED = "stopped"  # asked for no more notices; questions are still answered
    BLOCKED = "blocked"  # the channel says that our messages are refused


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


class Purpose(StrEnum):
    """What something is kept for; each is consented to by itself (Law 91/2025/QH15)."""

    QUESTION = "question"  # an officer answers a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's yes to keeping something for one purpose until a day."""

    purpose: Purpose
    granted_at: datetime
    expires_at: datetime
    wording: str  # message id of the text they agreed to
