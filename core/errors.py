"""What can go wrong, in words an operator can act on."""

from dataclasses import dataclass
from enum import StrEnum

from core.contacts import Refusal


class ChungTayError(Exception):
    """A fault that is told to an operator in one line: what, where, and how to mend it."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(": ".join(part for part in (where, what) if part) + (f" -- {mend}" if mend else ""))


class SettingsError(ChungTayError):
    """A setting is missing or wrong; the start stops."""


class ContentError(ChungTayError):
    """A content pack breaks its schema or a rule; nothing of it is told."""


class StorageError(ChungTayError):
    """The database or the data folder cannot be used as it is."""


class NotFoundError(ChungTayError):
    """The thing that was named does not exist here."""


class NotAllowedError(ChungTayError):
    """Who acts may not do this, or not here. The log has it."""


class StaleError(ChungTayError):
    """It was changed since the one who acts looked at it: nothing was done."""


class ConflictError(Exception):
    """Another worker changed the same conversation first; the batch is tried again from fresh rows."""


class SendErrorKind(StrEnum):
    """Why a channel did not take a message: each kind is a decision about what to do next."""

    THROTTLED = "throttled"  # too fast: the account waits `retry_after`, then the same message goes again
    UNREACHABLE = "unreachable"  # network or server trouble before the request left, or not now (`retry_after`): later
    REJECTED = "rejected"  # this message will never be taken: give up on it
    CONTACT_STOPPED = "contact_stopped"  # `refusal` says why: stop writing to this address
    MOVED = "moved"  # the same address is called `moved_to` now: once more, there
    MISCONFIGURED = "misconfigured"  # token or rights: the account pauses and an operator is told
    IN_DOUBT = "in_doubt"  # the request left and no answer came: it may have arrived


@dataclass(frozen=True, slots=True)
class SendError(Exception):
    """A channel's refusal, translated once at the edge.

    `retry_after` is in seconds. `detail` is for operators and never holds a person's text or address.
    """

    kind: SendErrorKind
    retry_after: float | None = None
    code: str = ""
    detail: str = ""
    refusal: Refusal | None = None  # with CONTACT_STOPPED
    moved_to: str = ""  # with MOVED: the new path

    def __str__(self) -> str:
        return f"{self.kind}{f' {self.code}' if self.code else ''}{f': {self.detail}' if self.detail else ''}"
