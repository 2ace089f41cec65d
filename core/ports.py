"""What the inside asks of the outside: time, chance, channels. Storage is in core/storage.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from core.contacts import URN
from core.messages import Attachment, InboundMessage, OutboundMessage
from core.papers import FileKind, Made, Paper, Picture


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class Chance(Protocol):
    """Randomness, as an argument."""

    def pick(self, alphabet: str, length: int) -> str:
        """`length` characters of `alphabet`, each equally likely; not guessable."""

    def fraction(self) -> float:
        """A number from 0 (included) to 1 (excluded), for spreading retries."""


class Passwords(Protocol):
    """Passwords, kept so that nobody can read them; each costs a noticeable part of a second on purpose."""

    async def hashed(self, password: str) -> str:
        """What is kept of it."""

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the one. Without one to compare with it takes as long, and is not."""


class OfficerSealing(Protocol):
    """Closes what is an officer's own, so that it opens for nobody else."""

    def close(self, data: Mapping[str, Any], *, officer: int) -> bytes:
        """Plain data as bytes that say nothing. Officer 0 is nobody yet."""

    def open(self, sealed: bytes, *, officer: int) -> Mapping[str, Any] | None:
        """The data; None where it is another officer's, or damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """How channels differ. A conversation never asks for a channel's name, a renderer asks for these."""

    text_length: int  # characters in one message
    buttons: int  # how many buttons a message may carry; 0: they become numbered lines
    button_length: int  # characters on one button
    confirms_delivery: bool = False  # the device says that a message was shown
    attachments: bool = False  # files can be sent; otherwise a link goes
    # So long after somebody last wrote they can be written to; None: for ever. Within `free` of it nothing is charged.
    window: timedelta | None = None
    free: timedelta | None = None
    templates: bool = False  # beyond the window a message goes as a template, which the provider approved and charges


class ChannelState(StrEnum):
    """How a channel is doing."""

    UP = "up"
    SLOW = "slow"  # answers, but late
    LIMITED = "limited"  # asked us to wait
    DOWN = "down"  # does not answer
    REFUSED = "refused"  # does not accept us: somebody must look


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a channel is doing, and why. `code` is the provider's own, for an operator."""

    state: ChannelState = ChannelState.UP
    code: str = ""


class Channel(Protocol):
    """One account at one provider."""

    account: str
    capabilities: Capabilities

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """Read a stored raw update. Never raises on odd content: what is not understood becomes an empty message."""

    def sequence(self, external_id: str) -> int:
        """Where an update stands in the provider's own count; 0 where it does not count."""

    def pieces(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        """The message in parts that can each be handed over at once: itself, where it fits."""

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:
        """Hand one piece to the provider; gives its id there, or raises SendError."""

    def recorded(self, urn: URN) -> None:
        """What became of a message to this address is in the database now: a page may look."""

    def condition(self) -> Condition:
        """How it is doing."""


class Fetching(Protocol):
    """A channel whose files lie with the provider until they are fetched."""

    async def fetch(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The update with its files kept, or with the reason why not.

        Raises SendError when another try is worth it, StorageError when a file cannot be kept.
        """


class QuotaLook(Protocol):
    """Asks a provider what is left of an account's package."""

    async def quota(self) -> tuple[int, int] | None:
        """Charged messages that remain, and how many there were; None where it does not say. Raises SendError."""


class FileStore(Protocol):
    """Files by the hash of their content."""

    async def put(self, name: str, media_type: str, content: bytes) -> Attachment:
        """Keep a file; the same content is kept once. Raises StorageError when the disk is full."""

    async def get(self, sha256: str) -> bytes | None:
        """The content, or None when it is gone."""

    def link(self, item: Attachment) -> str:
        """A web address at which the file can be fetched for a limited time."""

    def drop(self, sha256: str, before: datetime) -> None:
        """Delete a file, unless it was put again since."""


class Wake(Protocol):
    """Tells a sleeping loop that there is work, after the transaction that made it."""

    def wake(self) -> None:
        """Safe to call often."""


class Turn(Protocol):
    """What one process does at a time."""

    async def mine(self) -> bool:
        """Take the turn where it is free, or look whether it is still ours. Raises StorageError."""

    async def give_back(self) -> None:
        """Somebody else may take it."""


class Arrivals(Protocol):
    """Lets a page wait until something new was sent to its visitor."""

    async def wait(self, path: str, seconds: float) -> bool:
        """True as soon as something arrived for this address, False when the time is over."""


class Papers(Protocol):
    """Turns papers and pictures into files."""

    async def paper(self, paper: Paper, name: str, kinds: Sequence[FileKind]) -> Sequence[Made]:
        """The paper as PDF or DOCX, one file a kind, named `name` with the kind's ending."""

    async def picture(self, picture: Picture, name: str, kinds: Sequence[FileKind]) -> Sequence[Made]:
        """The picture as PNG or SVG, one file a kind."""
