"""How a table lies on the paper: its cells filled up, its columns measured out."""

from dataclasses import dataclass, field
from itertools import zip_longest

from core.papers import PaperTable

LETTER = 2.6  # mm, a bold one of 12 pt; digits and slender letters take less
BESIDE = 4.4  # mm, the room left and right of a cell's text
KEPT_WHOLE = 10  # letters: a day (01/01/1980) is not broken, a longer word may be
SHORT = 3  # letters: a column of numbers and "Nam", "Nữ" stands in its middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: how wide, and whether its texts stand in the middle."""

    width: float  # mm
    centred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with as many cells in each row as there are columns. The spare rows are among the others."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    columns: tuple[Column, ...]


def grid(table: PaperTable, width: float) -> Grid:
    """The table, laid out on so many millimetres.

    >>> laid = grid(PaperTable(title="", head=("A", "B"), rows=(("1",),), shares=(1, 3), spare=1), 80)
    >>> laid.rows, [column.width for column in laid.columns]
    ((('1', ''), ('', '')), [20.0, 60.0])
    """
    count = max(map(len, (table.head, *table.rows)))
    head, *rows = (_filled(row, count) for row in (table.head, *table.rows, *((),) * table.spare))
    columns = tuple(zip(head, *rows, strict=True))
    shares = [share or 1 for share, _ in zip_longest(table.shares[:count], columns)]
    return Grid(
        title=table.title,
        head=head,
        rows=tuple(rows),
        columns=tuple(
            Column(width=each, centred=all(len(text) <= SHORT for text in texts[1:]))
            for each, texts in zip(_widths(shares, [_need(texts) for texts in columns], width), columns, strict=True)
        ),
    )


def _filled(row: tuple[str, ...], count: int) -> tuple[str, ...]:
    return row + ("",) * (count - len(row))


def _need(texts: tuple[str, ...]) -> float:
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    return BESIDE + LETTER * min(longest, KEPT_WHOLE)


def _widths(shares: list[int], needs: list[float], width: float) -> list[float]:
    """By shares, but none narrower than it needs, as long as the others can give."""
    if sum(needs) >= width:
        return [width * need / sum(needs) for need in needs]
    fixed: set[int] = set()
    while True:
        left = width - sum(needs[at] for at in fixed)
        parts = sum(share for at, share in enumerate(shares) if at not in fixed)
        widths = [needs[at] if at in fixed else left * share / parts for at, share in enumerate(shares)]
        tight = {at for at, each in enumerate(widths) if each < needs[at]}
        if not tight:
            return widths
        fixed |= tight
