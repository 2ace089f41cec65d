"""A table for people and for spreadsheets: lines with tabs, CSV, or an XLSX file; written row by row as it comes."""

import csv
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from core.caps import LOCAL
from core.errors import StorageError
from core.wholefile import OWN, whole_file

Cell = str | int
Row = Callable[[Sequence[Cell]], None]

WIDTH = 18  # of a column, in letters
ROWS_OF_A_SHEET = 1_048_576  # more no spreadsheet reads; the rest goes on to the next sheet
# What begins so is taken for a formula, behind blanks too, and in the wide signs of Asian keyboards.
_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠]|[\t\r\n]")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

CSV = click.option("--csv", "as_csv", is_flag=True, help="As CSV, safe to be opened in a spreadsheet.")
XLSX = click.option(
    "--xlsx", type=click.Path(path_type=Path), help="Into a new XLSX file, which only its owner can read."
)


@contextmanager
def table(title: str, header: Sequence[str], *, as_csv: bool, xlsx: Path | None) -> Iterator[Row]:
    """Give a function that takes rows. Raises UsageError, and StorageError where the file cannot be made."""
    if as_csv and xlsx is not None:
        raise click.UsageError("--csv and --xlsx are two ways to say the same: take one of them.")
    if xlsx is not None:
        with new_book(xlsx) as sheet:
            yield sheet(title, header)
    elif as_csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(header)
        yield lambda cells: rows.writerow([safe(cell) for cell in cells])
    else:
        yield lambda cells: click.echo("\t".join(" ".join(str(cell).split()) for cell in cells))


def moment(at: datetime | None) -> str:
    """A moment by the clocks of Viet Nam, with its zone; empty where there is none.

    >>> moment(datetime.fromisoformat("2026-11-21T17:02:03.4+00:00")), moment(None)
    ('2026-11-22T00:02:03+07:00', '')
    """
    return at.astimezone(LOCAL).isoformat(timespec="seconds") if at is not None else ""


def safe(cell: Cell) -> Cell:
    """A cell of CSV that no spreadsheet takes for a formula; numbers stay numbers.

    >>> safe("=1+1"), safe(" @SUM(A1)"), safe("-"), safe(-1), safe("Lan")
    ("'=1+1", "' @SUM(A1)", "'-", -1, 'Lan')
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def demand_new(target: Path) -> None:
    """That nothing stands there yet. Raises StorageError."""
    if target.is_symlink() or target.exists():
        raise StorageError("is there already", where=str(target), mend="name a file that is not there yet")


@contextmanager
def new_book(target: Path) -> Iterator[Callable[[str, Sequence[str]], Row]]:
    """Give a function that begins a sheet by its title and header, and gives one that takes its rows.

    Rows go through a file of openpyxl's own to the disk: memory does not grow with them. Raises StorageError.
    """
    from openpyxl import Workbook

    demand_new(target)
    with whole_file(target, mode=OWN) as out:
        book = Workbook(write_only=True)
        try:
            yield lambda title, header: _Sheets(book, title, header).add
            book.save(out)
        except BaseException:
            # The library's writers would complain when they are collected half-way, at any later moment.
            for one in book.worksheets:
                with suppress(Exception):
                    one.close()
            raise


class _Sheets:
    """As many sheets as it takes, each with the header."""

    def __init__(self, book: Any, title: str, header: Sequence[str]) -> None:
        self._book, self._title, self._header = book, title, header
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
            self._sheet.column_dimensions[get_column_letter(at)].width = WIDTH
        self._sheet.append([self._text(cell) for cell in self._header])
        self._rows = 1

    def _text(self, value: str) -> Any:
        """A cell of text, whatever it begins with."""
        value = _NOT_IN_XML.sub("\ufffd", value)
        if not (_FORMULA.match(value) or value.startswith("#")):
            return value
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = "s"  # not what the library guessed: a formula, or an error
        cell.quotePrefix = True  # so that it stays text when somebody edits it
        return cell
