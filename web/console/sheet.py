"""A table as an XLSX file in memory, in which no cell is taken for a formula."""

import io
import re
from collections.abc import Sequence
from typing import Any

Cell = str | int

WIDTH = 18  # of a column, in letters
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def book_of(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet with a header that stays in sight. Texts stay texts, whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.freeze_panes = "A2"
    for down, cells in enumerate([header, *rows], 1):
        for across, value in enumerate(cells, 1):
            _fill(sheet.cell(row=down, column=across), value)
    for at in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(cell: Any, value: Cell) -> None:
    cell.value = _NOT_IN_XML.sub("\ufffd", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # not what the library guesses: a formula, or an error
        cell.quotePrefix = True  # so that it stays text when somebody edits it
