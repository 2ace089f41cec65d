"""A calendar file: RFC 5545, times in UTC, lines folded at 75 octets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Chung Tay//Chung Tay//VI"
WIDEST = 75  # octets of a line without its end (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment. `sequence` grows with each change, `uid` stays."""

    uid: str
    sequence: int
    stamp: datetime  # when it became as it is
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""
    description: str = ""
    url: str = ""
    position: tuple[float, float] | None = None  # degrees
    cancelled: bool = False


def calendar_file(entries: Iterable[Entry]) -> bytes:
    """The file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for one in entries:
        lines += _lines(one)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _lines(one: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTAMP:{_moment(one.stamp)}"
    yield f"LAST-MODIFIED:{_moment(one.stamp)}"
    yield f"DTSTART:{_moment(one.starts_at)}"
    yield f"DTEND:{_moment(one.ends_at)}"
    yield f"SUMMARY:{escaped(one.summary)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    if one.position is not None:
        yield f"GEO:{one.position[0]:.5f};{one.position[1]:.5f}"
    if one.description:
        yield f"DESCRIPTION:{escaped(one.description)}"
    if one.url:
        yield f"URL:{one.url}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    r"""A text as the value of a property; what no text may hold is left out.

    >>> escaped("Mang: căn cước, bút; sổ\nĐến sớm \\ đúng giờ")
    'Mang: căn cước\\, bút\\; sổ\\nĐến sớm \\\\ đúng giờ'
    """
    said = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    said = said.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(sign for sign in said if sign == "\t" or (sign >= " " and sign != "\x7f"))


def folded(line: str) -> bytes:
    """A line with its end, broken where it is wide and never within a letter.

    >>> folded("SUMMARY:Việc")
    b'SUMMARY:Vi\\xe1\\xbb\\x87c\\r\\n'
    """
    parts, room = [b""], WIDEST
    for sign in line:
        octets = sign.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = WIDEST - 1  # the blank with which a broken line goes on
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
