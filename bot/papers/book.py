"""Books of sheets as XLSX, written row by row; what somebody wrote is never a formula."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import IO, Any

from core.cells import FORMULA
from core.official import Sheet

Cell = str | int
Row = Callable[[Sequence[Cell]], None]

WIDTH = 18  # of a column, in letters
ROWS_OF_A_SHEET = 1_048_576  # more no spreadsheet reads; the rest goes on to the next sheet
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def book_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one file."""
    out = BytesIO()
    with book(out) as begin:
        for one in sheets:
            row = begin(one.title, one.head, one.widths)
            for cells in one.rows:
                row(cells)
    return out.getvalue()


@contextmanager
def book(out: IO[bytes]) -> Iterator[Callable[..., Row]]:
    """Give a function that begins a sheet by its title, its header and the widths of its columns, if any are said.

    It gives one that takes the sheet's rows. They go through a file of openpyxl's own to the disk: memory does not grow
    with them.
    """
    from openpyxl import Workbook

    made = Workbook(write_only=True)
    try:
        yield lambda title, header, widths=(): _Sheets(made, title, header, widths).add
        made.save(out)
    except BaseException:
        # The library's writers would complain when they are collected half-way, at any later moment.
        for one in made.worksheets:
            with suppress(Exception):
                one.close()
        raise


class _Sheets:
    """As many sheets as it takes, each with the header."""

    def __init__(self, book: Any, title: str, header: Sequence[str], widths: Sequence[int]) -> None:
        self._book, self._title, self._header, self._widths = book, title, header, widths
        self._number = 0
        self._begin()

    def add(self, cells: Sequence[Cell]) -> None:
        if self._rows == ROWS_OF_A_SHEET:
            self._begin()
        self._sheet.append([self._text(cell) if isinstance(cell, str) else cell for cell in cells])
        self._rows += 1

    def _begin(self) -> None:
        from openpyxl.utils import get_column_letter

        self._number += 1
        self._sheet = self._book.create_sheet(self._title if self._number == 1 else f"{self._title} {self._number}")
        self._sheet.freeze_panes = "A2"
        for at in range(1, len(self._header) + 1):
            width = self._widths[at - 1] if at <= len(self._widths) else WIDTH
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        self._sheet.append([self._text(cell) for cell in self._header])
        self._rows = 1

    def _text(self, value: str) -> Any:
        """A cell of text, whatever it begins with."""
        value = _NOT_IN_XML.sub("\ufffd", value)
        if not (FORMULA.match(value) or value.startswith("#")):
            return value
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = "s"  # not what the library guessed: a formula, or an error
        cell.quotePrefix = True  # so that it stays text when somebody edits it
        return cell
