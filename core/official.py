"""An official report and a book of sheets as plain data. `bot/papers/` turns them into files."""

from dataclasses import dataclass, field

from core.papers import PaperTable


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPart:
    """A numbered heading with sentences, figures and tables under it."""

    title: str
    lines: tuple[str, ...] = field(default=(), repr=False)
    tables: tuple[PaperTable, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialReport:
    """A report in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I. What an office fills in itself is dots."""

    agency: str  # who reports, in capitals
    number: str  # "Số: ......./BC-UBND"
    national: tuple[str, str]  # the state's name and its motto
    dated: str
    title: str  # "BÁO CÁO"
    subject: str  # what about
    opening: tuple[str, ...]
    parts: tuple[OfficialPart, ...]
    closing: tuple[str, ...]
    recipients: tuple[str, ...]  # "Nơi nhận:" and whom it goes to
    signed: tuple[str, ...]  # in whose name, and as what


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a book: a head, and rows of texts and numbers."""

    title: str  # at most 31 characters, as spreadsheets take it
    head: tuple[str, ...]
    rows: tuple[tuple[int | str, ...], ...] = field(default=(), repr=False)
    widths: tuple[int, ...] = ()  # of its columns, in letters; none: all alike
