"""How a message looks on Zalo: plain text in parts, at most five buttons below one of them, files by themselves.

There is no bold and no italic, nothing can be changed or taken back, and each part is a message that may be charged.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.channels.plain import GAP, choices
from bot.channels.zalo.updates import PRESSED
from core.messages import Attachment, OutboundMessage
from core.splitting import split, utf16_length

TEXT = 2000  # characters of one message (doubt: code points or UTF-16 units; the longer count is kept to)
BUTTONS = 5
BUTTON = 20  # characters (doubt: 100 are said to be taken; 20 are read whole on a phone)
SOURCE = "— "  # begins the line of the source, which cannot be set apart otherwise
MORE = "…"  # above buttons that did not fit below the text
SHORTENED = "…"
PICTURES = ("image/jpeg", "image/png")
PICTURE_BYTES = 1024 * 1024
PAPERS = {  # what upload/file takes
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/csv",
}
PAPER_BYTES = 5 * 1024 * 1024


def pieces(message: OutboundMessage) -> Sequence[OutboundMessage]:
    """What can each be sent in one call: parts of the text, the files before its last part, further buttons.

    Buttons stand below a text only, so it comes last. A template is all there is of its message.
    """
    if message.template is not None:
        return [message]
    words = OutboundMessage(text=unicodedata.normalize("NFC", as_text(message)))
    files = [OutboundMessage(text="", attachments=(one,)) for one in message.attachments]
    if len(files) == 1 and is_picture(message.attachments[0]) and not message.quick_replies and _fits(words):
        return [replace(words, attachments=message.attachments)]  # its caption
    groups = [message.quick_replies[at : at + BUTTONS] for at in range(0, len(message.quick_replies), BUTTONS)]
    parts = [OutboundMessage(text=one) for one in split(_with_choices(words.text, message), TEXT)]
    if groups and not parts:
        parts = [OutboundMessage(text=MORE)]
    last = [replace(one, quick_replies=groups[0] if groups else (), numbered=message.numbered) for one in parts[-1:]]
    further = [OutboundMessage(text=MORE, quick_replies=one) for one in groups[1:]]
    return [*parts[:-1], *files, *last, *further]


def as_text(message: OutboundMessage) -> str:
    """Text and source line."""
    source = f"{SOURCE}{message.source}" if message.source else ""
    return GAP.join(part for part in (message.text.strip(), source) if part)


def _fits(message: OutboundMessage) -> bool:
    return utf16_length(message.text) <= TEXT


def _with_choices(text: str, message: OutboundMessage) -> str:
    """The text; with all choices in full below it where a button cannot hold its label."""
    if all(len(one.label) <= BUTTON for one in message.quick_replies):
        return text
    return GAP.join(part for part in (text, choices(message.quick_replies, message.numbered)) if part)


def body(user_id: str, message: OutboundMessage) -> dict[str, Any]:
    """A text, perhaps with buttons."""
    said: dict[str, Any] = {"text": message.text}
    if message.quick_replies:
        buttons = [
            {"title": _title(one.label), "type": "oa.query.hide", "payload": f"{PRESSED}{one.payload}"}
            for one in message.quick_replies
        ]
        said["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
    return _to(user_id, said)


def without_buttons(user_id: str, message: OutboundMessage) -> dict[str, Any]:
    """The same with the choices as lines, where buttons are not taken; too long for one text, they are left out."""
    whole = GAP.join((message.text, choices(message.quick_replies, message.numbered)))
    return _to(user_id, {"text": whole if utf16_length(whole) <= TEXT else message.text})


def picture(user_id: str, attachment_id: str, caption: str) -> dict[str, Any]:
    """A picture that was uploaded."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    payload = {"template_type": "media", "elements": [element]}
    words = {"text": caption} if caption else {}
    return _to(user_id, {**words, "attachment": {"type": "template", "payload": payload}})


def paper(user_id: str, token: str) -> dict[str, Any]:
    """A file that was uploaded."""
    return _to(user_id, {"attachment": {"type": "file", "payload": {"token": token}}})


def template(user_id: str, template_id: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """A form of words that Zalo approved, with what is filled in."""
    return {"user_id": user_id, "template_id": template_id, "template_data": dict(fields)}


def template_by_phone(phone: str, template_id: str, fields: Mapping[str, str], mark: str) -> dict[str, Any]:
    """The same to a telephone number; `mark` comes back with its receipt, at most 48 signs."""
    return {
        "phone": phone,
        "template_id": template_id,
        "template_data": dict(fields),
        "tracking_id": mark,
        "sending_mode": "1",
    }


def link(user_id: str, item: Attachment, address: str, caption: str) -> dict[str, Any]:
    """A file that Zalo does not take: where it lies for a day."""
    return _to(user_id, {"text": GAP.join(one for one in (caption, f"{item.name}\n{address}") if one)})


def is_picture(item: Attachment) -> bool:
    """Whether it is shown in the chat."""
    return item.media_type in PICTURES and item.size <= PICTURE_BYTES


def is_paper(item: Attachment) -> bool:
    """Whether it can be opened from the chat."""
    return item.media_type in PAPERS and item.size <= PAPER_BYTES


def _title(label: str) -> str:
    return label if len(label) <= BUTTON else f"{label[: BUTTON - 1].rstrip()}{SHORTENED}"


def _to(user_id: str, message: Mapping[str, Any]) -> dict[str, Any]:
    return {"recipient": {"user_id": user_id}, "message": dict(message)}
