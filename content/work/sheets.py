"""A spreadsheet as rows of texts: XLSX with merged cells and several sheets, or CSV in the encodings of offices."""

import csv
import io
import unicodedata

from content.work.oldfonts import in_old_font
from content.work.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    Hidden,
    Row,
    Sheet,
    UnreadableListError,
    hidden_below,
    old_font,
    told,
    too_long,
)
from content.work.workbook import KEPT_EMPTY, read_workbook
from core.text.characters import RUN_OF_MARKS, fewer_marks

__all__ = ["Hidden", "Row", "Sheet", "UnreadableListError", "decoded", "hidden_below", "old_font", "read_sheets"]

_LOOKED_AT = 20_000  # bytes of a file of text, for which table it is in
_OLD_WORDS = 5
_PACKED = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_sheets(raw: bytes, where: str) -> list[Sheet]:
    """The sheets that people see, without hidden rows and columns. Raises UnreadableListError."""
    if raw.startswith(_OLD_EXCEL):
        what = "is a workbook of Excel 97-2003"
        raise UnreadableListError("old", what, where=where, mend='save it as "Excel Workbook (.xlsx)"')
    if raw.startswith(_PACKED):
        return read_workbook(raw, where)
    if _in_old_font(raw):
        raise old_font(where)
    return [Sheet("", _text_rows(decoded(raw), where))]


def _in_old_font(raw: bytes) -> bool:
    """Whether a file that is no UTF-8 makes sense in an old table rather than in Windows-1258, by how it begins."""
    begin = raw[:_LOOKED_AT]
    try:
        begin[: begin.rfind(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError:
        return not begin.startswith((b"\xff\xfe", b"\xfe\xff")) and in_old_font(begin.decode("latin-1"), _OLD_WORDS)
    return False


def decoded(raw: bytes) -> str:
    """The text of a CSV file: UTF-8 or UTF-16 as programs of today write it, else Windows-1258."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1258", errors="replace")
    return unicodedata.normalize("NFC", RUN_OF_MARKS.sub(fewer_marks, text))


def _text_rows(text: str, where: str) -> list[Row]:
    # The first line may be a title without any: what stands most often in the first ten says what separates.
    begin = "\n".join(text.split("\n")[:10])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=begin.count))
    rows, before, holding = list[Row](), 0, 0
    try:
        for cells in reader:
            row = Row(before + 1, tuple(told(one) for one in cells[:MOST_COLUMNS]))
            before = reader.line_num
            holding += not row.empty
            if holding > MOST_ROWS:
                raise too_long(where)
            if not row.empty or row.line <= KEPT_EMPTY:
                rows.append(row)
    except csv.Error as error:
        at = f"{where}, line {reader.line_num}"
        raise UnreadableListError("broken", f"cannot be read: {error}", where=at) from None
    return rows
