"""Papers and pictures as plain data: what stands where. `bot/papers/` turns them into files."""

from dataclasses import dataclass, field
from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of files that can be made."""

    PDF = "pdf"
    DOCX = "docx"
    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A line to be filled in: its label, and what is known already. Empty: dots to write on."""

    label: str
    value: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table with a head; rows may be shorter than the head and hold empty cells, to be filled in by hand."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    shares: tuple[int, ...] = ()  # how wide the columns are, one against the other; none: all alike
    spare: int = 0  # empty rows behind the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with lines under it."""

    title: str
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An A4 paper in the layout of an administrative one (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    title: str
    national: tuple[str, str] | None = None  # the state's name and its motto, above the title
    form: str = ""  # "Mẫu số 01 ...", small, at the top right
    subtitle: str = ""
    to: str = ""  # "Kính gửi: ..."
    blanks: tuple[Blank, ...] = ()
    table: PaperTable | None = None
    parts: tuple[Part, ...] = ()
    closing: tuple[Blank | str, ...] = ()  # what follows: sentences, and lines to fill in
    dated: str = ""  # "..., ngày ... tháng ... năm ..."
    signed: tuple[str, str, str] | None = None  # who signs, how, and their name
    footer: str = ""  # small, at the bottom of each page


class Mark(StrEnum):
    """How something stands in a picture."""

    LACKING = "lacking"
    FINE = "fine"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One dimension: its id decides the little drawing, its mark the sign and the tone."""

    id: str  # employment, health, education, housing, water-sanitation, information; others get no drawing
    name: str
    mark: Mark
    text: str  # "thiếu 1 trong 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The dimensions for those who look rather than read. Holds no name."""

    title: str
    tiles: tuple[Tile, ...]
    footer: str
    alt: str  # the same in words, for screen readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure with its name; the bar tells nothing that the two do not."""

    label: str
    told: str
    share: float | None = None  # 0 to 1 of the longest bar there could be; None: a line without a bar
    part: bool = False  # of the one above


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Figures under a heading, in the order in which they stand."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures for a phone and for print: bars and a table, every figure written beside its name."""

    title: str
    lines: tuple[str, ...] = ()  # under the title
    groups: tuple[Bars, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()  # the heads first; all rows as long as they
    footer: tuple[str, ...] = ()
    alt: str  # the same in words, for screen readers


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterCode:
    """A square code that opens the chat, with what stands above and below it."""

    name: str  # "Zalo"
    link: str  # what the code holds: an https:// or http:// address
    shown: str  # the same as one types it
    lines: tuple[str, ...] = ()  # what to do when it is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """One sheet of A4 for a wall: how people of a place get to the chat."""

    office: str  # in full, on top
    place: str = ""  # the hamlet, under it
    heading: tuple[str, ...]
    main: tuple[str, ...]
    lines: tuple[str, ...] = ()
    codes: tuple[PosterCode, ...]  # one to three
    after: tuple[str, ...] = ()  # under the codes: what to do when any of them is open
    hint: str  # for who cannot scan
    phone: tuple[str, str] | None = None  # "Gọi: ...", and whose number it is or nothing
    footer: tuple[str, ...] = ()  # small, at the bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file as it was made."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
