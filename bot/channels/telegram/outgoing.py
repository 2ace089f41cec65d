"""How a message looks on Telegram: its pieces, its HTML, its buttons."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from core.messages import Attachment, OutboundMessage, QuickReply
from core.splitting import split, utf16_length

TEXT = 4096  # UTF-16 units of one message, after its HTML was read (core.telegram.org/bots/api#sendmessage)
SURELY_FITS = TEXT // 2 - 1  # characters, whatever they are; with the gap
CAPTION = 1024  # the same, below a file (core.telegram.org/bots/api#senddocument)
SHORT = 14  # characters up to which two buttons fit side by side on a small phone
Markup = dict[str, list[list[dict[str, str]]]]  # InlineKeyboardMarkup (core.telegram.org/bots/api)
GAP = "\n\n"  # between a text and its source


def pieces(message: OutboundMessage) -> Sequence[OutboundMessage]:
    """What can each be sent in one call: parts of the text, then the files; the buttons are below the last."""
    if not message.attachments and 0 < len(message.text.strip()) + len(message.source or "") <= SURELY_FITS:
        return [message]
    words = replace(message, attachments=(), quick_replies=())
    if len(message.attachments) == 1 and 0 < _length(words) <= CAPTION:
        parts = [replace(words, attachments=message.attachments)]
    else:
        files = [OutboundMessage(text="", attachments=(one,)) for one in message.attachments]
        parts = [*_parts(words), *files]
    return [*parts[:-1], replace(parts[-1], quick_replies=message.quick_replies)] if parts else []


def _length(message: OutboundMessage) -> int:
    text, source = message.text.strip(), message.source or ""
    return utf16_length(text) + utf16_length(source) + (len(GAP) if text and source else 0)


def _parts(message: OutboundMessage) -> list[OutboundMessage]:
    if 0 < _length(message) <= TEXT:
        return [message]
    texts = [replace(message, text=one, source=None) for one in split(message.text, TEXT)]
    sources = [OutboundMessage(text=one) for one in split(message.source or "", TEXT)]
    if len(sources) == 1 and texts and _length(together := replace(texts[-1], source=message.source)) <= TEXT:
        return [*texts[:-1], together]
    return [*texts, *sources]


def as_html(message: OutboundMessage) -> str:
    """Text and source line, whatever signs stand in them."""
    source = f"<i>{_plain(message.source)}</i>" if message.source else ""
    return GAP.join(part for part in (_plain(message.text.strip()), source) if part)


def as_text(message: OutboundMessage) -> str:
    """The same without any HTML."""
    return GAP.join(part for part in (message.text.strip(), message.source) if part)


def _plain(text: str) -> str:
    return escape(text, quote=False)


def keyboard(buttons: Sequence[QuickReply]) -> Markup | None:
    """Buttons below a message: two short ones side by side, a longer one by itself."""
    rows: list[list[dict[str, str]]] = []
    for one in buttons:
        button = {"text": one.label, "callback_data": one.payload}
        short = len(one.label) <= SHORT
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= SHORT:
            rows[-1].append(button)
        else:
            rows.append([button])
    return {"inline_keyboard": rows} if rows else None


def kind_of(item: Attachment) -> str:
    """Which way a file goes: "photo" and "voice" are played in the chat, everything else is saved."""
    if item.media_type in ("image/jpeg", "image/png"):
        return "photo"
    return {"audio/ogg": "voice", "audio/mpeg": "audio", "audio/mp4": "audio"}.get(item.media_type, "document")
