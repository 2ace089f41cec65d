"""Calendar files: RFC 5545, whatever an office writes into its texts."""

from datetime import UTC, datetime

from core.calendar_file import Entry, calendar_file, folded

BEGINS = datetime(2026, 11, 28, 0, 30, tzinfo=UTC)
FAIR = Entry(
    uid="one@chungtay",
    sequence=2,
    stamp=datetime(2026, 11, 20, 2, tzinfo=UTC),
    starts_at=BEGINS,
    ends_at=BEGINS.replace(hour=4),
    summary="Ngày hội việc làm",
    place="Nhà văn hóa, đường Trần Phú; tầng 2",
    description="Nơi tuyển: A; B\nMang theo: căn cước, bút \\ sổ",
    url="https://chungtay.example/dak-cam/ngay-hoi/1",
    position=(14.35, 108.0),
)


def unfolded(content: bytes) -> list[str]:
    """The lines as a calendar reads them."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_every_line_ends_as_it_must_and_is_at_most_75_octets_long() -> None:
    long = Entry(**{**{name: getattr(FAIR, name) for name in FAIR.__dataclass_fields__}, "summary": "Hội chợ ế " * 40})
    content = calendar_file([long])
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    assert f"SUMMARY:{'Hội chợ ế ' * 40}" in unfolded(content)


def test_a_line_of_just_so_many_octets_is_not_broken() -> None:
    assert folded("a" * 75) == b"a" * 75 + b"\r\n"
    assert folded("a" * 76) == b"a" * 75 + b"\r\n a\r\n"
    assert folded("a" * 150) == b"a" * 75 + b"\r\n " + b"a" * 74 + b"\r\n a\r\n"


def test_what_it_says() -> None:
    lines = unfolded(calendar_file([FAIR]))
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chung Tay//Chung Tay//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for line in (
        "UID:one@chungtay",
        "SEQUENCE:2",
        "DTSTAMP:20261120T020000Z",
        "DTSTART:20261128T003000Z",
        "DTEND:20261128T043000Z",
        "LOCATION:Nhà văn hóa\\, đường Trần Phú\\; tầng 2",
        "DESCRIPTION:Nơi tuyển: A\\; B\\nMang theo: căn cước\\, bút \\\\ sổ",
        "GEO:14.35000;108.00000",
        "URL:https://chungtay.example/dak-cam/ngay-hoi/1",
        "STATUS:CONFIRMED",
    ):
        assert line in lines


def test_no_text_becomes_a_line_of_its_own() -> None:
    values = {name: getattr(FAIR, name) for name in FAIR.__dataclass_fields__}
    bad = Entry(**{**values, "summary": "x\r\nATTENDEE:mailto:x\r\x00\x0b"})
    lines = unfolded(calendar_file([bad]))
    assert "SUMMARY:x\\nATTENDEE:mailto:x\\n" in lines and not any(one.startswith("ATTENDEE") for one in lines)


def test_one_that_is_called_off_says_so_and_stays_the_same_entry() -> None:
    values = {name: getattr(FAIR, name) for name in FAIR.__dataclass_fields__}
    off = unfolded(calendar_file([Entry(**{**values, "sequence": 3, "cancelled": True})]))
    assert "STATUS:CANCELLED" in off and "SEQUENCE:3" in off and "UID:one@chungtay" in off
