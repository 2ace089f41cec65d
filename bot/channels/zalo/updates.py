"""Stored events as messages: what was said, pressed or sent along. What is missing or odd becomes empty."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.channels.zalo.events import FOLLOW, GONE, OPENED, SUBMITTED, attachments, moment_of
from content.wording import wording
from core.cleaning import clean_text
from core.contacts import URN
from core.messages import Attachment, InboundMessage, Unread, attachment_from_json

WORDS = wording("vi")  # an officer reads them, as the citizen's own
PRESSED = "v1:"  # how our buttons' payloads begin; what is pressed comes back as a text
MOST_PAYLOAD = 64  # bytes of what a press means, as on every channel
OWN = ("group", "reach", "met")  # what only a channel itself says
MET, BLOCKED = "met", "reach:blocked"
FILMS = ("video", "gif")


def parse(urn: URN, external_id: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
    """A stored event as a message."""
    name = raw.get("event_name")
    text, payload, unread = "", None, None
    if name in (FOLLOW, OPENED):
        payload = MET
    elif name in GONE:
        payload = BLOCKED
    elif name == SUBMITTED:
        text, unread = _submitted(_dict(raw.get("info"))), Unread.CONTACT
    else:
        text, payload, unread = _said(raw)
    return InboundMessage(
        urn=urn,
        external_id=external_id,
        received_at=received_at,
        text=text,
        payload=payload,
        attachments=_files(raw.get("files")),
        unread=unread,
        # When somebody goes, the window does not open.
        sent_at=None if name in GONE else moment_of(raw),
        reply_to=_quoted(_dict(raw.get("message"))),
    )


def _quoted(message: Mapping[str, Any]) -> str | None:
    """The id of the message that was quoted; what is sent calls it by the longer name (doubt: the field's name)."""
    quoted = message.get("quote_msg_id") or message.get("quote_message_id")
    return quoted[:200] if isinstance(quoted, str) and quoted else None


def pressed(text: str) -> str | None:
    """What a text means that a button sent; None for any other. Anybody may type it: a press proves nothing.

    >>> pressed("v1:topic:housing"), pressed("v1:reach:blocked"), pressed("V1 là gì")
    ('topic:housing', None, None)
    """
    payload = text.removeprefix(PRESSED)
    if payload == text or not payload or len(payload.encode("utf-8", "replace")) > MOST_PAYLOAD:
        return None
    return None if payload.partition(":")[0] in OWN else payload


def _said(raw: Mapping[str, Any]) -> tuple[str, str | None, Unread | None]:
    """Words, what a press means, and what else came that cannot be read."""
    words = _words(_dict(raw.get("message")).get("text"))
    if raw.get("unread") in list(Unread):  # written down by our own fetching
        return words, None, Unread(raw["unread"])
    if (payload := pressed(words)) is not None:
        return "", payload, None
    for one in attachments(raw):
        kind, given = one.get("type"), _dict(one.get("payload"))
        if kind == "location":
            return _place(given, words), None, Unread.LOCATION
        if kind == "link":
            # A visiting card may come under either name, with a link's attachment (doubt: the event's name).
            card = _card(given)
            return (card, None, Unread.CONTACT) if card else (_link(given, words), None, None)
        if kind in FILMS:
            return words or _words(given.get("description")), None, Unread.VIDEO
    return words, None, None


def _words(value: Any) -> str:
    return clean_text(value) if isinstance(value, str) else ""


def _place(given: Mapping[str, Any], name: str) -> str:
    """A place on the map as numbers that any map takes, and its name where it has one."""
    where = _dict(given.get("coordinates"))
    with suppress(KeyError, TypeError, ValueError, OverflowError):
        told = f"{float(where['latitude']):.5f}, {float(where['longitude']):.5f}"
        return WORDS.text("said.place", where=told, name=name[:200]).strip()
    return name


def _link(given: Mapping[str, Any], words: str) -> str:
    """The page somebody shared: what it says of itself, and where it is."""
    return "\n".join(
        dict.fromkeys(one for one in (words, _words(given.get("description")), _words(given.get("url"))) if one)
    )


def _card(given: Mapping[str, Any]) -> str:
    """The number on a visiting card, in words; empty where it is none. Its description is JSON within the JSON."""
    with suppress(ValueError, RecursionError, TypeError):
        number = _dict(json.loads(given.get("description") or "")).get("phone")
        if number := _words(str(number or ""))[:30]:
            name = _words(given.get("title"))[:60] or "…"
            return WORDS.text("said.number", name=name, number=number)
    return ""


def _submitted(info: Mapping[str, Any]) -> str:
    """The number somebody agreed to share. Name, birthday and address come along in two forms: nobody needs them."""
    number = _words(str(info.get("phone") or ""))[:30]
    return WORDS.text("said.own_number", number=number) if number else ""


def _files(raw: Any) -> tuple[Attachment, ...]:
    found = []
    for item in raw if isinstance(raw, list) else []:
        with suppress(KeyError, TypeError, ValueError):
            found.append(attachment_from_json(item))
    return tuple(found)


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
