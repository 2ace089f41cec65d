"""What comes in and what goes out, the same on every channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.contacts import URN


class AttachmentKind(StrEnum):
    """How a file is presented; decides what the bot says about it."""

    IMAGE = "image"
    AUDIO = "audio"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came in or goes out. Its bytes lie in the data folder under their SHA-256."""

    kind: AttachmentKind
    name: str = field(repr=False)  # as the sender named it, cleaned of paths
    media_type: str
    size: int  # bytes
    sha256: str  # hexadecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickReply:
    """A button: what it says, and what pressing it means."""

    label: str
    payload: str  # "topic:housing"; at most 64 bytes, the smallest limit of any channel


class Unread(StrEnum):
    """What came along that a conversation cannot read. It says so; words and files are elsewhere."""

    CONTACT = "contact"  # a telephone number, written out in `text`
    LOCATION = "location"  # a place on the map, written out in `text`
    VIDEO = "video"
    FILE_KIND = "file_kind"  # a file that is neither picture, sound, PDF nor DOCX
    FILE_LARGE = "file_large"  # over the limit of what is kept
    FILE_LOST = "file_lost"  # the channel would not hand it over
    UNSEEN = "unseen"  # the channel does not say what it was: a file, a card, a link


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side. The text of its message says the same in words: a channel without tables leaves it out."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # each as long as the head


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message, press or file from a person, as its channel parsed it."""

    urn: URN
    external_id: str  # unique within the account: the channel's own id of the update
    received_at: datetime
    text: str = field(default="", repr=False)
    payload: str | None = None  # set when a button or a deep link was used
    attachments: tuple[Attachment, ...] = ()
    unread: Unread | None = None
    album: str | None = None  # what several files that were sent together have in common
    sent_at: datetime | None = None  # when the person wrote it, where the channel tells: long before, if we were away
    locality: str | None = None  # whose channel it is, where it is one place's: who writes there is not asked for it
    reply_to: str | None = None  # the id that the channel gave to the message which this one answers
    interaction: bool = True  # the person did something, as channels with a window count it; a receipt is nothing


@dataclass(frozen=True, slots=True)
class Template:
    """A form of words that a provider approved, for whoever may not be written to in our own."""

    id: str  # the provider's
    fields: Mapping[str, str] = field(repr=False)  # what is filled in

    def plain(self) -> dict[str, Any]:
        """As data."""
        return {"id": self.id, "fields": dict(self.fields)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One bubble. A conversation says what; the channel decides how it looks."""

    text: str = field(repr=False)
    source: str | None = None  # the line "Theo ..., tính đến ngày ...", set apart where a channel can
    quick_replies: tuple[QuickReply, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    table: Table | None = None
    expires_at: datetime | None = None  # after this moment it is not sent any more
    template: Template | None = None  # how it goes where its own words may not; the channel then sends this alone
    private: bool = False  # it holds what the person told in private: it is deleted a day after it was queued
    numbered: bool = False  # a number typed below it presses that button: a channel without buttons may number them

    def to_json(self) -> dict[str, Any]:
        """The form in which it waits in the database; `expires_at` and `private` are columns of their own there."""
        return {
            "text": self.text,
            "source": self.source,
            "quick_replies": [[reply.label, reply.payload] for reply in self.quick_replies],
            "attachments": [attachment_to_json(item) for item in self.attachments],
            **({"table": [self.table.head, *self.table.rows]} if self.table else {}),
            **({"template": self.template.plain()} if self.template else {}),
            **({"numbered": True} if self.numbered else {}),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], *, expires_at: datetime | None = None) -> "OutboundMessage":
        """Read what `to_json` wrote. Raises KeyError or TypeError on anything else."""
        return cls(
            text=data["text"],
            source=data["source"],
            quick_replies=tuple(QuickReply(label=label, payload=payload) for label, payload in data["quick_replies"]),
            attachments=tuple(attachment_from_json(item) for item in data["attachments"]),
            table=_table(data["table"]) if "table" in data else None,
            template=Template(**data["template"]) if "template" in data else None,
            numbered=data.get("numbered", False),
            expires_at=expires_at,
        )


def _table(rows: list[list[str]]) -> Table:
    head, *rest = (tuple(row) for row in rows)
    return Table(head=head, rows=tuple(rest))


def attachment_to_json(item: Attachment) -> dict[str, Any]:
    """The stored form of an attachment's description."""
    return {
        "kind": item.kind.value,
        "name": item.name,
        "media_type": item.media_type,
        "size": item.size,
        "sha256": item.sha256,
    }


def attachment_from_json(data: dict[str, Any]) -> Attachment:
    """Read what `attachment_to_json` wrote."""
    return Attachment(**{**data, "kind": AttachmentKind(data["kind"])})
