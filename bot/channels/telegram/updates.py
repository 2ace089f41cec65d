"""What Telegram delivers, read as plain data.

No library's types stand in between: a field or a kind that one of them does not know yet must not cost a citizen's
message, nor those that came with it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels.telegram.commands import payload_of
from content.wording import wording
from core.cleaning import clean_text
from core.contacts import URN
from core.errors import ChungTayError
from core.messages import Attachment, InboundMessage, Unread, attachment_from_json
from core.records import NewUpdate

# What is asked for. Everything else is not sent, and passed over where it comes all the same.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
FILES = ("photo", "document", "voice", "audio")  # kinds of content that are fetched
FILMS = ("video", "video_note", "animation", "story")
# Telegram's own remarks about a chat: nobody says anything with them.
SERVICE = (
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_shared",
    "connected_website",
    "delete_chat_photo",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "group_chat_created",
    "left_chat_member",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "pinned_message",
    "supergroup_chat_created",
    "users_shared",
    "write_access_allowed",
)
WORDS = wording("vi")  # an officer reads them, as the citizen's own
GROUP = "group"  # what a message in a group means: nothing but that it came from one
REACH = "reach"
BLOCKED, OPEN = f"{REACH}:blocked", f"{REACH}:open"


class MalformedError(ChungTayError):
    """Something was delivered that is no update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Whom a group would call."""

    id: int = 0
    username: str = ""


def new_update(account: str, raw: Any, now: datetime, bot: Bot) -> NewUpdate | None:
    """An update to be stored; None where nobody is to be answered. Raises MalformedError where it has no id."""
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        raise MalformedError("an update without a number was delivered", where=account, mend="check the API address")
    chat = chat_of(raw)
    if chat is None or not isinstance(chat.get("id"), int) or not _for_us(raw, chat, bot):
        return None
    message = message_of(raw)
    return NewUpdate(
        account=account,
        external_id=str(raw["update_id"]),
        path=str(chat["id"]),
        raw=raw,
        received_at=now,
        fetch=chat.get("type") == "private" and message is not None and file_of(message) is not None,
    )


def chat_of(raw: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The chat an update belongs to; a press whose message is gone belongs to whoever pressed."""
    press = raw.get("callback_query")
    if isinstance(press, dict):
        chat = _dict(_dict(press.get("message")).get("chat"))
        return chat or {"id": _dict(press.get("from")).get("id"), "type": "private"}
    for kind in KINDS:
        if chat := _dict(_dict(raw.get(kind)).get("chat")):
            return chat
    return None


def message_of(raw: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The message, new or edited."""
    return _dict(raw.get("message")) or _dict(raw.get("edited_message")) or None


def press_of(raw: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The press."""
    return _dict(raw.get("callback_query")) or None


def file_of(message: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """The kind and the description of the file a message carries; of a photo the largest size."""
    if "animation" in message:
        return None  # it is said a second time, as a document
    for kind in FILES:
        found = message.get(kind)
        if kind == "photo" and isinstance(found, list) and found:
            found = found[-1]
        if isinstance(found, dict) and isinstance(found.get("file_id"), str):
            return kind, found
    return None


def _for_us(raw: Mapping[str, Any], chat: Mapping[str, Any], bot: Bot) -> bool:
    if "my_chat_member" in raw:
        return _reach(raw["my_chat_member"], chat) is not None
    if "callback_query" in raw:
        return True
    message = message_of(raw) or {}
    if chat.get("type") == "private":
        silent = any(one in message for one in SERVICE)
        # A shared place that moves is edited every few seconds.
        wordless_edit = "edited_message" in raw and not _words(message) and file_of(message) is None
        return not silent and not wordless_edit
    return "message" in raw and chat.get("type") in ("group", "supergroup") and _calls(message, bot)


def _calls(message: Mapping[str, Any], bot: Bot) -> bool:
    """Whether somebody in a group speaks to us: a command, our name, or an answer to what we said."""
    words = _words(message).lower()
    command, _, whose = words.split(" ")[0].partition("@") if words.startswith("/") else ("", "", "")
    if command:
        return whose == bot.username.lower() or (not whose and command in ("/start", "/help"))
    named = bool(bot.username) and f"@{bot.username.lower()}" in words
    return named or (bot.id != 0 and _dict(_dict(message.get("reply_to_message")).get("from")).get("id") == bot.id)


def _reach(change: Any, chat: Mapping[str, Any]) -> str | None:
    """What a change of our own membership means."""
    status = _dict(_dict(change).get("new_chat_member")).get("status")
    before = _dict(_dict(change).get("old_chat_member")).get("status")
    if status in ("kicked", "left"):
        return BLOCKED
    if status not in ("member", "administrator", "restricted"):
        return None
    if chat.get("type") == "private":
        return OPEN
    return GROUP if before in ("left", "kicked", None) and chat.get("type") != "channel" else None


def parse(account: str, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
    """A stored update as a message. What is missing or odd becomes empty."""
    chat = chat_of(raw) or {}
    text, payload, unread = "", None, None
    if "my_chat_member" in raw:
        payload = _reach(raw["my_chat_member"], chat)
    elif chat.get("type") in ("group", "supergroup"):
        payload = GROUP  # what was said in front of others is neither kept nor answered
    elif press := press_of(raw):
        data = press.get("data")
        ours = isinstance(data, str) and data.partition(":")[0] not in (GROUP, REACH)  # these only Telegram itself says
        payload = data if ours and data else None
        text = _label(press, payload)
    elif message := message_of(raw):
        text, payload, unread = _said(message, raw)
    return InboundMessage(
        urn=URN(account=account, path=path),
        external_id=external_id,
        received_at=received_at,
        text=text,
        payload=payload,
        attachments=_files(raw.get("files")),
        unread=unread,
        album=_album(_dict(raw.get("message"))),
        sent_at=_sent_at(message_of(raw) or {}),
        reply_to=_replied(message_of(raw) or {}),
    )


def _said(message: Mapping[str, Any], raw: Mapping[str, Any]) -> tuple[str, str | None, Unread | None]:
    """Words, what a command means, and what else came that cannot be read."""
    words = clean_text(_words(message))
    if raw.get("unread") in list(Unread):  # written down by our own fetching
        return words, None, Unread(raw["unread"])
    if words.startswith("/"):
        payload = payload_of(words)
        return ("" if payload else words[1:].replace("_", " ")), payload, None
    if contact := _dict(message.get("contact")):
        return _number(contact, message), None, Unread.CONTACT
    if place := _dict(message.get("location")):
        return _place(place, message), None, Unread.LOCATION
    if any(message.get(one) for one in FILMS):
        return words, None, Unread.VIDEO
    return words or _sign(message), None, None


def _words(message: Mapping[str, Any]) -> str:
    words = message.get("text") or message.get("caption")
    return words if isinstance(words, str) else ""


def _sign(message: Mapping[str, Any]) -> str:
    """A sticker or a die is the emoji it stands for."""
    emoji = _dict(message.get("sticker")).get("emoji") or _dict(message.get("dice")).get("emoji")
    return emoji if isinstance(emoji, str) else ""


def _number(contact: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    """A shared telephone number, in words; whose it is goes by the sender, not by the name on the card."""
    number = clean_text(str(contact.get("phone_number", "")))[:30]
    own = contact.get("user_id") is not None and contact.get("user_id") == _dict(message.get("from")).get("id")
    name = clean_text(" ".join(str(contact.get(one) or "") for one in ("last_name", "first_name")))[:60]
    return WORDS.text("said.own_number", number=number) if own else WORDS.text("said.number", name=name, number=number)


def _place(place: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    """A place on the map as numbers that any map takes, and its name where it has one."""
    venue = _dict(message.get("venue"))
    name = clean_text(", ".join(str(venue[one]) for one in ("title", "address") if venue.get(one)))[:200]
    with suppress(KeyError, TypeError, ValueError, OverflowError):
        where = f"{float(place['latitude']):.5f}, {float(place['longitude']):.5f}"
        return WORDS.text("said.place", where=where, name=name).strip()
    return ""


def _label(press: Mapping[str, Any], payload: str | None) -> str:
    """What the pressed button said, as far as its message tells."""
    keyboard = _dict(_dict(press.get("message")).get("reply_markup")).get("inline_keyboard")
    for row in keyboard if isinstance(keyboard, list) else []:
        for button in row if isinstance(row, list) else []:
            if _dict(button).get("callback_data") == payload and isinstance(_dict(button).get("text"), str):
                return clean_text(button["text"])
    return ""


def _album(message: Mapping[str, Any]) -> str | None:
    album = message.get("media_group_id")
    return album if isinstance(album, str) and album else None


def _replied(message: Mapping[str, Any]) -> str | None:
    """The number of the message that this one answers."""
    number = _dict(message.get("reply_to_message")).get("message_id")
    return str(number) if isinstance(number, int) else None


def _sent_at(message: Mapping[str, Any]) -> datetime | None:
    moment = message.get("edit_date") or message.get("date")
    with suppress(OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) and moment > 0 else None
    return None


def _files(raw: Any) -> tuple[Attachment, ...]:
    found = []
    for item in raw if isinstance(raw, list) else []:
        with suppress(KeyError, TypeError, ValueError):
            found.append(attachment_from_json(item))
    return tuple(found)


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
