"""A spreadsheet as rows of texts: XLSX with merged cells and several sheets, or CSV in the encodings of offices."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from core.errors import ChungTayError
from core.text import clean

LARGEST = 20 * 2**20  # bytes, unpacked: a list of thousands of rows has a tenth of it
MOST_ROWS, MOST_COLUMNS = 20_000, 100
_PACKED = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class UnreadableListError(ChungTayError):
    """A file that no list can be read from. `fault` names why: "old", "broken", "long", "heads" or "font"."""

    def __init__(self, fault: str, what: str, *, where: str, mend: str = "") -> None:
        super().__init__(what, where=where, mend=mend)
        self.fault = fault


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
    """One page of a workbook; a CSV file is one without a name."""

    name: str
    rows: Sequence[Row]


def read_sheets(raw: bytes, where: str) -> list[Sheet]:
    """The sheets that people see, without hidden rows and columns. Raises UnreadableListError."""
    if raw.startswith(_OLD_EXCEL):
        what = "is a workbook of Excel 97-2003"
        raise UnreadableListError("old", what, where=where, mend='save it as "Excel Workbook (.xlsx)"')
    if raw.startswith(_PACKED):
        return _workbook(raw, where)
    return [Sheet("", _text_rows(decoded(raw), where))]


def decoded(raw: bytes) -> str:
    """The text of a CSV file: UTF-8 or UTF-16 as programs of today write it, else Windows-1258."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1258", errors="replace")
    return unicodedata.normalize("NFC", text)


def _text_rows(text: str, where: str) -> list[Row]:
    # The first line may be a title without any: what stands most often in the first ten says what separates.
    begin = "\n".join(text.split("\n")[:10])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=begin.count))
    rows, before = list[Row](), 0
    try:
        for cells in reader:
            rows.append(Row(before + 1, tuple(_told(one) for one in cells[:MOST_COLUMNS])))
            before = reader.line_num
    except csv.Error as error:
        at = f"{where}, line {reader.line_num}"
        raise UnreadableListError("broken", f"cannot be read: {error}", where=at) from None
    if len(rows) > MOST_ROWS:
        raise _too_long(where)
    return rows


def _workbook(raw: bytes, where: str) -> list[Sheet]:
    from openpyxl import load_workbook

    what, mend = "is no workbook that can be read", 'save it as "Excel Workbook (.xlsx)"'
    broken = UnreadableListError("broken", what, where=where, mend=mend)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST:
                raise _too_long(where)
        book = load_workbook(io.BytesIO(raw), data_only=True)
    except ChungTayError:
        raise
    except Exception:  # whatever the library stumbles over: the file is somebody's, and broken in any way
        raise broken from None
    return [Sheet(one.title, list(_rows(one, where))) for one in book.worksheets if one.sheet_state == "visible"]


def _rows(sheet: Any, where: str) -> Iterator[Row]:
    if sheet.max_row > MOST_ROWS:
        raise _too_long(f'{where}, sheet "{sheet.title}"')
    merged = _merged(sheet)
    hidden = {name for name, one in sheet.column_dimensions.items() if one.hidden}
    for cells in sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)):
        line = cells[0].row
        if sheet.row_dimensions[line].hidden:
            continue
        shown = [one for one in cells if one.column_letter not in hidden] if hidden else cells
        values = (merged.get((one.row, one.column), one.value) for one in shown)
        yield Row(line, tuple(_told(value) for value in values))


def _merged(sheet: Any) -> dict[tuple[int, int], Any]:
    """What each cell of a merged one says: what the first one does."""
    said: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        rows = range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
        columns = range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
        said.update({(row, column): value for row in rows for column in columns})
    return said


def _told(value: Any) -> str:
    """A cell as people read it."""
    match value:
        case None | bool():
            return ""
        case datetime() | date():
            return value.strftime("%d/%m/%Y")
        case time():
            return value.strftime("%H:%M")
        case float() if value.is_integer():
            return str(int(value))
    return " ".join(clean(unicodedata.normalize("NFC", str(value))).split())


def _too_long(where: str) -> ChungTayError:
    mend = f"put no more than {MOST_ROWS} rows into one file, and no pictures"
    return UnreadableListError("long", "is too long", where=where, mend=mend)
