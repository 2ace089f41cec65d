"""What the Bot Platform delivers, read as plain data: both shapes of body, both names of a picture, whatever comes."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps
from typing import Any

from core.cleaning import clean_text
from core.contacts import URN
from core.errors import ChungTayError
from core.messages import Attachment, InboundMessage, Unread, attachment_from_json
from core.records import NewUpdate

LONGEST_ID = 200  # characters the database keeps; the platform's have 16 to 20
GROUP = "group"  # what a message in a group means: nothing but that it came from one
TEXT, IMAGE, VOICE, STICKER = (f"message.{one}.received" for one in ("text", "image", "voice", "sticker"))
# A file, a card, a link, or whatever somebody sends whose privacy is protected. Doubt: of a link's fields nobody knows.
UNSEEN = ("message.unsupported.received", "message.link.received")
# Where a picture and a sound lie. Doubt "photo": so in the documents, `photo_url` in what was captured in 2026-09.
ADDRESSES = {IMAGE: ("photo", "photo_url"), VOICE: ("voice_url",)}


class MalformedError(ChungTayError):
    """Something was delivered that is no update."""


def unwrapped(body: Any) -> Mapping[str, Any] | None:
    """The update in a body; None where there is none.

    Doubt "wrapped or flat": the documents show {ok, result}, live captures the update itself.
    """
    if not isinstance(body, dict):
        return None
    inner = body.get("result")
    update = inner if body.get("ok") is True and isinstance(inner, dict) else body
    return update if isinstance(update.get("event_name"), str) else None


def new_update(account: str, update: Mapping[str, Any], now: datetime) -> NewUpdate | None:
    """An update to be stored; None where nobody is to be answered. Raises MalformedError where ids are no ids."""
    event, message = update.get("event_name"), message_of(update)
    if event not in (TEXT, IMAGE, VOICE, STICKER, *UNSEEN) or not message or _dict(message.get("from")).get("is_bot"):
        return None  # a reaction, a kind that nobody knows yet, or something unseen of nobody knows whom
    path = _id(_dict(message.get("chat")).get("id")) or _id(_dict(message.get("from")).get("id"))
    if not path or len(path) > LONGEST_ID:
        raise MalformedError("an update without a chat was delivered", where=account, mend="check the API address")
    return NewUpdate(
        account=account,
        external_id=_external_id(message),
        path=path,
        raw={"event_name": event, "message": message},
        received_at=now,
        fetch=not in_group(message) and address_of(event, message) is not None,
    )


def message_of(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message; empty where there is none."""
    return _dict(update.get("message"))


def in_group(message: Mapping[str, Any]) -> bool:
    """Whether others read it too."""
    return _dict(message.get("chat")).get("chat_type") == "GROUP"


def address_of(event: Any, message: Mapping[str, Any]) -> str | None:
    """Where the file of a message lies."""
    found = (message.get(name) for name in ADDRESSES.get(event, ()))
    return next((one for one in found if isinstance(one, str) and one), None)


def parse(account: str, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
    """A stored update as a message. What is missing or odd becomes empty."""
    message = message_of(raw)
    group = in_group(message)  # what was said in front of others is neither kept nor answered
    words = message.get("text") if isinstance(message.get("text"), str) else message.get("caption")
    return InboundMessage(
        urn=URN(account=account, path=path),
        external_id=external_id,
        received_at=received_at,
        text=clean_text(words) if isinstance(words, str) and not group else "",
        payload=GROUP if group else None,
        attachments=() if group else _files(raw.get("files")),
        unread=None if group else _unread(raw),
        sent_at=_sent_at(message),
    )


def _unread(raw: Mapping[str, Any]) -> Unread | None:
    if raw.get("unread") in list(Unread):  # written down by our own fetching
        return Unread(raw["unread"])
    event = raw.get("event_name")
    lost = event in ADDRESSES and address_of(event, message_of(raw)) is None
    return Unread.UNSEEN if event in UNSEEN else Unread.FILE_LOST if lost else None


def _external_id(message: Mapping[str, Any]) -> str:
    """The message's id, by which a repetition is known; without one its content, which has a moment in it."""
    given = _id(message.get("message_id"))
    if given and len(given) <= LONGEST_ID:
        return given
    return f"sha256:{sha256(dumps(message, sort_keys=True).encode()).hexdigest()}"


def _id(value: Any) -> str:
    """Documented as text; a number would do."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if isinstance(value, str) else str(value) if whole else ""


def _sent_at(message: Mapping[str, Any]) -> datetime | None:
    moment = message.get("date")  # milliseconds
    with suppress(OverflowError, ValueError, OSError):
        if isinstance(moment, int) and not isinstance(moment, bool) and moment > 0:
            return datetime.fromtimestamp(moment / 1000, UTC)
    return None


def _files(raw: Any) -> tuple[Attachment, ...]:
    found = []
    for item in raw if isinstance(raw, list) else []:
        with suppress(KeyError, TypeError, ValueError):
            found.append(attachment_from_json(item))
    return tuple(found)


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
