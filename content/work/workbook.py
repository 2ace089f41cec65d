"""A workbook (XLSX) as sheets of texts, read part by part as a stream: only what people see, and only so much of it.

Nothing is made for a cell that holds nothing, whatever it is formatted like or merged with: so a file of a few
thousand bytes costs little, whatever it says of its size.
"""

import math
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.parsers import expat

from content.work.packed import BrokenPartError, Package, TooMuchError, relation
from content.work.rows import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    Row,
    Sheet,
    UnreadableListError,
    told,
    too_long,
)

LAST_ROW = 1_048_576  # that any spreadsheet has
KEPT_EMPTY = 20  # first rows that are kept though they are empty: the heads are looked for by how far down they stand
_LONGEST = 32_767  # characters of a cell
_LONGEST_FORMAT = 255  # characters that say how a number is shown
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YES = ("1", "true")


def read_workbook(raw: bytes, where: str) -> list[Sheet]:
    """The visible sheets of a file, without hidden rows and columns. Raises UnreadableListError."""
    try:
        return _Workbook(Package(raw)).sheets()
    except TooMuchError as error:
        if error.args[0] == "merged":
            mend = f"take merged cells apart: no more than {MOST_MERGED} in one file"
            raise UnreadableListError("merged", "merges too many cells", where=where, mend=mend) from None
        raise too_long(where) from None
    except (
        *(zipfile.BadZipFile, zlib.error, expat.ExpatError, BrokenPartError, ValueError, LookupError, OverflowError),
        *(EOFError, NotImplementedError, RuntimeError, OSError, ArithmeticError),  # of parts that are spoilt or locked
    ):
        what, mend = "is no workbook that can be read", 'save it as "Excel Workbook (.xlsx)"'
        raise UnreadableListError("broken", what, where=where, mend=mend) from None


class _Budget:
    """What may still be read of a file."""

    def __init__(self) -> None:
        self.left = {"cells": MOST_CELLS, "characters": MOST_CHARACTERS, "merged": MOST_MERGED, "rows": MOST_ROWS}

    def take(self, what: str, number: int = 1) -> None:
        """Raises TooMuchError."""
        self.left[what] -= number
        if self.left[what] < 0:
            raise TooMuchError("merged" if what == "merged" else "long")


class _Workbook:
    """One file: what its sheets share, then its sheets."""

    def __init__(self, package: Package) -> None:
        self._package, self._budget = package, _Budget()

    def sheets(self) -> list[Sheet]:
        tied = self._package.relations("")
        main = next((target for kind, target in tied.values() if kind == "officeDocument"), "xl/workbook.xml")
        parts, named = self._package.relations(main), list[tuple[str, str]]()
        self.epoch_1904 = False

        def start(tag: str, said: Mapping[str, str]) -> None:
            if tag == "workbookPr":
                self.epoch_1904 = said.get("date1904") in _YES
            elif tag == "sheet" and said.get("state", "visible") == "visible":
                named.append((said["name"], relation(said)))

        self._package.parse(main, start)
        of_kind = {kind: target for kind, target in parts.values() if target in self._package}
        self.texts = _texts(self._package, of_kind["sharedStrings"]) if "sharedStrings" in of_kind else []
        self.shapes = _shapes(self._package, of_kind["styles"]) if "styles" in of_kind else []
        found = [(name, *parts.get(key, ("", ""))) for name, key in named]
        return [self._sheet(name, target) for name, kind, target in found if kind == "worksheet"]

    def _sheet(self, name: str, target: str) -> Sheet:
        sheet = _Page(self, self._budget)
        self._package.parse(target, sheet.start, end=sheet.end, text=sheet.said.append)
        return sheet.made(name)

    def number(self, said: str, style: int) -> Any:
        """A number of a cell: a day or an hour where it is shown as one."""
        value = float(said)
        if not math.isfinite(value):
            return said
        shape = self.shapes[style] if style < len(self.shapes) else ""
        if not shape:
            return int(said) if re.fullmatch(r"-?\d{1,30}", said) else value
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        epoch = MAC_EPOCH if self.epoch_1904 else WINDOWS_EPOCH
        try:
            return from_excel(value, epoch, timedelta=shape == "hours")
        except (OverflowError, ValueError):
            return said


def _texts(package: Package, part: str) -> list[str]:
    """The texts that cells share, as people read them; signs that say how they sound are left out."""
    found: list[str] = []
    reader = _Text()

    def end(tag: str) -> None:
        reader.end(tag)
        if tag == "si":
            found.append(told(reader.taken()))

    package.parse(part, reader.start, end=end, text=reader.said.append)
    return found


class _Text:
    """The pieces of one text: "t" within it, but none within "rPh"."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._kept: list[str] = []
        self._aside = 0

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        self._aside += tag == "rPh"
        self.said.clear()

    def end(self, tag: str) -> None:
        self._aside -= tag == "rPh"
        if tag == "t" and not self._aside:
            self._kept += self.said
        self.said.clear()

    def taken(self) -> str:
        """What was said since. Raises TooMuchError."""
        whole = "".join(self._kept)
        self._kept.clear()
        if len(whole) > _LONGEST:
            raise TooMuchError("long")
        return whole


def _shapes(package: Package, part: str) -> list[str]:
    """For each style, whether it shows a "day" or "hours"; "" is neither."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    styles: list[int] = []
    within: list[str] = []

    def start(tag: str, said: Mapping[str, str]) -> None:
        if tag == "numFmt":
            formats[int(said["numFmtId"])] = said["formatCode"][:_LONGEST_FORMAT]
        elif tag == "xf" and within and within[-1] == "cellXfs":
            styles.append(int(said.get("numFmtId", "0")))
        if tag != "xf":
            within.append(tag)

    def end(tag: str) -> None:
        if tag != "xf":
            within.pop()

    package.parse(part, start, end=end)
    shapes = {0: ""}
    for number in set(styles):
        form = formats.get(number, "General")
        shapes[number] = "hours" if is_timedelta_format(form) else "day" if is_date_format(form) else ""
    return [shapes[number] for number in styles]


class _Page:
    """One sheet as it is read."""

    def __init__(self, book: _Workbook, budget: _Budget) -> None:
        self._book, self._budget, self._inline = book, budget, _Text()
        self.said = self._inline.said
        self._rows: dict[int, dict[int, str]] = {}
        self._hidden: set[int] = set()
        self._unseen: set[int] = set()  # columns
        self._merged: list[tuple[int, int, int, int]] = []
        self._line = self._column = 0
        self._cell: Mapping[str, str] | None = None
        self._value = ""

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        if self._cell is not None:
            self._inline.start(tag, said)
        elif tag == "c":
            self._budget.take("cells")
            self._cell, self._value = said, ""
            self._column = _column_of(said["r"]) if "r" in said else self._column + 1
            self.said.clear()
        elif tag == "row":
            self._start_row(said)
        elif tag == "col" and said.get("hidden") in _YES:
            self._unseen.update(range(int(said["min"]), min(int(said["max"]), MOST_COLUMNS) + 1))
        elif tag == "mergeCell":
            self._merge(said["ref"])
        else:
            self.said.clear()

    def end(self, tag: str) -> None:
        if self._cell is None:
            self.said.clear()
        elif tag == "v":
            self._value = "".join(self.said)
            self.said.clear()
        elif tag == "c":
            self._end_cell(self._cell)
            self._cell = None
        else:
            self._inline.end(tag)

    def _start_row(self, said: Mapping[str, str]) -> None:
        self._budget.take("cells")
        self._line, self._column = int(float(said["r"])) if "r" in said else self._line + 1, 0
        if not 1 <= self._line <= LAST_ROW:
            raise BrokenPartError("a row that no sheet has")
        if said.get("hidden") in _YES:
            self._hidden.add(self._line)

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        inline = self._inline.taken()
        if len(self._value) > _LONGEST:
            raise TooMuchError("long")
        text = self._text(cell, inline) if self._value or inline else ""
        if text and 1 <= self._column <= MOST_COLUMNS:
            self._put(self._line, self._column, text)

    def _text(self, cell: Mapping[str, str], inline: str) -> str:
        kind, value = cell.get("t", "n"), self._value
        if kind == "inlineStr":
            return told(inline)
        if kind == "s":
            return self._book.texts[int(value)] if value else ""
        if kind == "n" and value:
            return told(self._book.number(value.strip(), int(cell.get("s", "0"))))
        if kind == "d" and (found := _DAY.match(value)):
            return told(date(int(found[1]), int(found[2]), int(found[3])))
        return "" if kind == "b" else told(value)

    def _put(self, line: int, column: int, text: str) -> None:
        self._budget.take("characters", len(text))
        cells = self._rows.get(line)
        if cells is None:
            self._budget.take("rows")
            cells = self._rows[line] = {}
        cells[column] = text

    def _merge(self, area: str) -> None:
        found = _AREA.fullmatch(area.upper())
        if found is None:
            raise BrokenPartError("a merged cell that no sheet has")
        left, top = _column_of(found[1]), int(found[2])
        right, bottom = _column_of(found[3] or found[1]), int(found[4] or found[2])
        if not (left <= right and top <= bottom <= LAST_ROW):
            raise BrokenPartError("a merged cell that no sheet has")
        right = min(right, MOST_COLUMNS)
        self._budget.take("merged", max(0, right - left + 1) * (bottom - top + 1))
        self._merged.append((left, top, right, bottom))

    def made(self, name: str) -> Sheet:
        """The sheet, each cell of a merged one saying what the first one does. Raises TooMuchError."""
        hidden = tuple(sorted(self._hidden & self._rows.keys()))
        first = [(self._rows.get(top, {}).get(left, ""), area) for area in self._merged for left, top in [area[:2]]]
        for text, (left, top, right, bottom) in first:
            if text:
                for line in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        self._put(line, column, text)
        shown = [at for at in range(1, 1 + max(map(max, self._rows.values()), default=0)) if at not in self._unseen]
        lines = sorted((self._rows.keys() | set(range(1, KEPT_EMPTY + 1))) - self._hidden)
        last = max(self._rows, default=0)
        rows = [Row(at, self._cells(at, shown)) for at in lines if at <= last]
        return Sheet(name, rows, hidden)

    def _cells(self, line: int, shown: list[int]) -> tuple[str, ...]:
        cells = self._rows.get(line, {})
        return tuple(cells.get(at, "") for at in shown)


def _column_of(place: str) -> int:
    """The number of a column, from 1: "AB12" is 28."""
    number = 0
    for letter in place.upper():
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number
