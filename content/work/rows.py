"""What a list is made of: sheets and rows of texts, how much one file may hold, and why a file cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from core.errors import ChungTayError
from core.text import clean

MOST_ROWS = 20_000  # rows of a file that hold something
MOST_COLUMNS = 100  # of a sheet; what stands further right is not read
MOST_CELLS = 400_000  # cells of a file, empty ones too: 20,000 rows of 20 columns
MOST_MERGED = 100_000  # cells of a file that are part of a merged one, within the columns that are read
MOST_CHARACTERS = 8 * 2**20  # that the cells of a file say in all: 20,000 rows of 400 characters


class UnreadableListError(ChungTayError):
    """A file that no list can be read from.

    `fault` names why: "old", "broken", "long", "merged", "heads", "font", or for a list of households "home-heads" or
    "identity". `said` is what stands there, such as the head of the column that must not be.
    """

    def __init__(self, fault: str, what: str, *, where: str, mend: str = "", said: str = "") -> None:
        super().__init__(what, where=where, mend=mend)
        self.fault, self.said = fault, said


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet, as its number stands beside it in the program."""

    line: int
    cells: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a workbook; a CSV file is one without a name.

    Of rows that hold nothing, only the first ones are among `rows`. `hidden` are the numbers of rows that hold
    something and that nobody sees: they are not among `rows`.
    """

    name: str
    rows: Sequence[Row]
    hidden: tuple[int, ...] = ()


def told(value: Any) -> str:
    """What a cell holds, as people read it.

    >>> told(date(2026, 11, 30)), told(7.0), told(True), told(None), told("  Công  nhân ")
    ('30/11/2026', '7', '', '', 'Công nhân')
    """
    match value:
        case None | bool():
            return ""
        case datetime() | date():
            return value.strftime("%d/%m/%Y")
        case time():
            return value.strftime("%H:%M")
        case float() if value.is_integer():
            return str(int(value))
    return " ".join(clean(str(value)).split())


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows of a sheet that were left aside because nobody sees them; the sheet of a CSV file has no name."""

    sheet: str
    lines: tuple[int, ...]


def hidden_below(sheet: Sheet, head: int) -> tuple[Hidden, ...]:
    """The hidden rows of a sheet that stand below the line of its heads, as one or as nothing.

    >>> hidden_below(Sheet("Tin", (), (1, 5, 7)), 2)
    (Hidden(sheet='Tin', lines=(5, 7)),)
    """
    lines = tuple(line for line in sheet.hidden if line > head)
    return (Hidden(sheet.name, lines),) if lines else ()


def too_long(where: str) -> UnreadableListError:
    """Of a file that holds more than is read."""
    mend = f"put no more than {MOST_ROWS} rows into one file"
    return UnreadableListError("long", "is too long", where=where, mend=mend)


def old_font(where: str) -> UnreadableListError:
    """Of a file in a code table before Unicode."""
    what, mend = "viết bằng bảng mã cũ (TCVN3 hay VNI)", "chuyển sang Unicode (như bằng UniKey), rồi lưu lại"
    return UnreadableListError("font", what, where=where, mend=mend)
