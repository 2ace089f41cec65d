"""A message as plain text, for channels that carry nothing else: source, links to files and choices stand below it."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from core.messages import Attachment, OutboundMessage, QuickReply
from core.splitting import split, utf16_length

GAP = "\n\n"  # between a text, its source, its files and its choices

Link = Callable[[Attachment], str]  # the whole address at which a file can be fetched for a while; empty: none


def as_text(message: OutboundMessage, link: Link) -> str:
    """All of it, with composed letters. What is empty leaves no gap."""
    files = "\n".join(f"{one.name}:\n{address}" if (address := link(one)) else one.name for one in message.attachments)
    parts = (message.text.strip(), message.source or "", files, choices(message.quick_replies, message.numbered))
    return unicodedata.normalize("NFC", GAP.join(part for part in parts if part))


def choices(buttons: Sequence[QuickReply], numbered: bool) -> str:
    """What could be pressed, a line each: with its number, unless a number means something else there.

    >>> menu = [QuickReply(label="Về đầu", payload="menu")]
    >>> choices(menu, True), choices(menu, False)
    ('1. Về đầu', '– Về đầu')
    """
    return "\n".join(
        f"{number}. {one.label}" if numbered else f"– {one.label}" for number, one in enumerate(buttons, 1)
    )


def pieces(message: OutboundMessage, limit: int, link: Link) -> list[OutboundMessage]:
    """Parts of at most `limit` UTF-16 units each, as text; what stands below a text stays with its end if it fits.

    Phones count so, and a limit in characters is kept by it as well. How many there are depends on the message alone.
    """
    whole = as_text(message, link)
    if not whole:
        return []
    if utf16_length(whole) <= limit:
        return [message]
    texts = [_only(message, text=one) for one in split(unicodedata.normalize("NFC", message.text), limit)]
    below = replace(message, text="")
    if texts and utf16_length(as_text(last := replace(below, text=texts[-1].text), link)) <= limit:
        return [*texts[:-1], last]
    sources = [_only(message, text=one) for one in split(unicodedata.normalize("NFC", message.source or ""), limit)]
    files = [replace(_only(message, text=""), attachments=(one,)) for one in message.attachments]
    parts = [*texts, *sources, *files]
    if not message.quick_replies:
        return parts
    with_choices = replace(parts[-1], quick_replies=message.quick_replies, numbered=message.numbered)
    if utf16_length(as_text(with_choices, link)) <= limit:
        return [*parts[:-1], with_choices]
    return [*parts, replace(below, source=None, attachments=())]


def _only(message: OutboundMessage, *, text: str) -> OutboundMessage:
    return replace(message, text=text, source=None, quick_replies=(), attachments=(), numbered=False)
