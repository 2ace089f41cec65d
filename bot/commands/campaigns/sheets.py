"""A table for people and for spreadsheets: lines with tabs, CSV, or an XLSX file; written row by row as it comes."""

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from bot.papers.book import Row, book
from core.caps import LOCAL
from core.cells import safe
from core.errors import StorageError
from core.wholefile import OWN, whole_file

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


def demand_new(target: Path) -> None:
    """That nothing stands there yet. Raises StorageError."""
    if target.is_symlink() or target.exists():
        raise StorageError("is there already", where=str(target), mend="name a file that is not there yet")


@contextmanager
def new_book(target: Path) -> Iterator[Callable[[str, Sequence[str]], Row]]:
    """Give a function that begins a sheet by its title and header, and gives one that takes its rows.

    Raises StorageError.
    """
    demand_new(target)
    with whole_file(target, mode=OWN) as out, book(out) as begin:
        yield begin
