"""Bubbles as a page shows them: a history message with its sentences, links and local time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from content.formatting import date_text, number_text
from content.wording import Wording
from core.messages import Attachment, OutboundMessage, QuickReply, Table
from core.records import Direction, HistoryMessage
from web.nonces import nonce_of

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
MEGABYTE = 1_000_000
DRAWN = ("image/png", "image/svg+xml")  # kinds of pictures that we make
SHOWN_BYTES = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file of a bubble."""

    label: str = field(repr=False)
    href: str = field(repr=False)
    shown: bool = False  # a picture of ours, to be looked at where it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One element of the log."""

    id: int | None  # position in the history; None: shown and not stored
    mine: bool  # said by the visitor
    text: str = field(repr=False)
    source: str | None = None
    buttons: tuple[QuickReply, ...] = ()
    files: tuple[FileLink, ...] = ()
    table: Table | None = None
    moment: str = ""  # for machines
    time: str = ""  # for people, in Viet Nam's time
    nonce: str | None = None  # of a visitor's own: that of the form it was posted with


def bubble_of(message: HistoryMessage, *, words: Wording, link: Callable[[Attachment], str], now: datetime) -> Bubble:
    """A stored message as a bubble."""
    said = message.message
    return Bubble(
        id=message.id,
        mine=message.direction is Direction.IN,
        text=said.text,
        source=said.source,
        buttons=said.quick_replies,
        files=tuple(
            FileLink(label=file_label(item, words), href=link(item), shown=_is_shown(item, message.direction))
            for item in said.attachments
        ),
        table=said.table,
        moment=message.at.isoformat(timespec="seconds"),
        time=time_text(message.at, now=now, words=words),
        nonce=nonce_of(message.external_id),
    )


def _is_shown(item: Attachment, direction: Direction) -> bool:
    """What we drew for those who look rather than read; what others send costs data and stays a link."""
    return direction is Direction.OUT and item.media_type in DRAWN and item.size <= SHOWN_BYTES


def greeting_bubble(message: OutboundMessage) -> Bubble:
    """What stands at the top of the page and in no history."""
    return Bubble(id=None, mine=False, text=message.text, source=message.source, buttons=message.quick_replies)


def time_text(at: datetime, *, now: datetime, words: Wording) -> str:
    """The hour in Viet Nam, with the day unless it is today (voice A9)."""
    if at.astimezone(VIET_NAM).date() == now.astimezone(VIET_NAM).date():
        return _hour_text(at, words)
    return moment_text(at, words)


def moment_text(at: datetime, words: Wording) -> str:
    """The hour in Viet Nam and always the day: for what is kept, and read or printed on another day."""
    day = date_text(at.astimezone(VIET_NAM).date(), words.lang)
    return words.text("web.time.day", time=_hour_text(at, words), date=day)


def _hour_text(at: datetime, words: Wording) -> str:
    local = at.astimezone(VIET_NAM)
    half = "am" if local.hour < 12 else "pm"
    return words.text(
        "web.time", hour=local.hour, minute=f"{local.minute:02}", hour12=(local.hour - 1) % 12 + 1, half=half
    )


def file_label(item: Attachment, words: Wording) -> str:
    """What a file's link says: its kind, name and size, because data costs money."""
    return words.text(f"web.file.{item.kind.value}", name=item.name, size=size_text(item.size, words.lang))


def size_text(size: int, lang: str) -> str:
    """A number of bytes as people read it.

    >>> size_text(1_234_567, "vi"), size_text(20_480, "en"), size_text(12, "vi")
    ('1,2 MB', '20 kB', '1 kB')
    """
    if size >= MEGABYTE:
        return f"{number_text(round(Decimal(size) / MEGABYTE, 1), lang)} MB"
    return f"{max(round(size / 1000), 1)} kB"
