"""How a report lies on a page of text, and in a picture."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from content.reporting import Line, ReportPage
from core.papers import Bar, Bars, Chart

WIDTH = 100  # columns
BESIDE = 4  # columns between two blocks
MOST_NAME = 28  # letters of a hamlet's name
MOST_HOMES = 20  # in the text; the file has all of them
MOST_DRAWN = 40  # in the picture, with names that are not longer than this
MOST_DRAWN_NAME = 60
MOST_AFTER = 24  # lines about what people did, in the picture
PART = "  "  # before what is a part of the line above


def lines(page: ReportPage) -> Iterator[str]:
    """The page, each line at most WIDTH columns wide."""
    label = max(len(name) for name, _ in page.heading) + 2
    for name, value in page.heading:
        yield from wrap(f"{name + ':':{label}}{value}", WIDTH, subsequent_indent=" " * label)
    left = _block(page.words.text("report.fates"), (*page.fates, page.gone))
    right = _block(page.words.text("report.after"), page.after)
    width = max(map(len, left))
    yield ""
    if width + BESIDE + max(map(len, right)) <= WIDTH:
        yield from (f"{a:{width + BESIDE}}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue=""))
    else:
        yield from (*left, "", *right)
    if page.whys:
        yield ""
        yield from _block(page.words.text("report.whys"), [one.line for one in page.whys])
    if page.homes.rows:
        yield ""
        yield from _homes(page)
    for note in page.notes:
        yield ""
        yield from wrap(note, WIDTH)


def _block(title: str, rows: Sequence[Line]) -> list[str]:
    """A title, and below it names with their figures."""
    names = [(PART if one.part else "") + one.label for one in rows]
    most = WIDTH - max(len(one.told) for one in rows) - 4
    names = [_short(one, most) for one in names]
    label, figure = max(map(len, names)), max(len(one.told) for one in rows)
    return [title, *(f"  {name:{label}}  {one.told:>{figure}}" for name, one in zip(names, rows, strict=True))]


def _homes(page: ReportPage) -> Iterator[str]:
    """The hamlets as a table."""
    shown = page.homes.rows[:MOST_HOMES]
    cells = [(_short(name, MOST_NAME), *(page.figure(one) for one in figures)) for name, figures in shown]
    table = [page.homes.short, *cells]
    first, *rest = (max(map(len, column)) for column in zip(*table, strict=True))
    # Long figures at most make it wider: then names give way.
    first = max(8, min(first, WIDTH - 2 - sum(width + 2 for width in rest)))
    yield page.words.text("report.homes")
    for name, *figures in table:
        columns = "".join(f"  {figure:>{width}}" for figure, width in zip(figures, rest, strict=True))
        yield f"  {_short(name, first):{first}}{columns}"
    if len(page.homes.rows) > MOST_HOMES:
        more = page.words.text("report.more_homes", number=len(page.homes.rows) - MOST_HOMES)
        yield f"  {more}. {page.words.text('report.more_elsewhere')}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def chart(page: ReportPage) -> Chart:
    """The picture: a bar for everything that became of the notice, and what people did then."""
    text, figures = page.words.text, [one.figure for one in page.fates if isinstance(one.figure, int)]
    longest = max(figures, default=0)  # of the whole: a bar's length is the part of it
    reached, total = page.fates[0], page.fates[-1]
    found = isinstance(reached.figure, int) and isinstance(total.figure, int)
    title = text("report.finding", year=page.year, reached=reached.told, total=total.told) if found else ""
    # The longest bar first; what is not told has none, for its length would tell it.
    fates = sorted(page.fates[:-1], key=lambda one: -one.figure if isinstance(one.figure, int) else 0)
    heading = page.heading[1:]
    cut = len(page.homes.rows) > MOST_DRAWN or len(page.after) > MOST_AFTER
    more = (text("report.more_elsewhere"),) if cut else ()
    groups = [
        Bars(title=text("report.fates"), bars=(*(_bar(one, longest) for one in fates), _line(total), _line(page.gone))),
        Bars(title=text("report.whys"), bars=tuple(_line(one.line) for one in page.whys)),
        Bars(title=text("report.after"), bars=tuple(_line(one) for one in page.after[:MOST_AFTER])),
    ]
    return Chart(
        title=title or text("report.no_finding", year=page.year, code=page.code),
        lines=tuple(f"{name}: {value}" for name, value in heading),
        groups=tuple(group for group in groups if group.bars),
        table=_table(page),
        footer=(*more, *page.notes, text("report.ledger", code=page.code, moment=page.as_of)),
        alt=_alt(page),
    )


def _bar(one: Line, longest: int) -> Bar:
    share = one.figure / max(1, longest) if isinstance(one.figure, int) else None
    return Bar(label=one.label, told=one.told, share=share)


def _line(one: Line) -> Bar:
    return Bar(label=one.label, told=one.told, part=one.part)


def _table(page: ReportPage) -> tuple[tuple[str, ...], ...]:
    """The hamlets: how many rows, and how many of them were sent, where that is told."""
    homes = page.homes
    at = [len(homes.full) - 1] if len(homes.full) == 2 else [homes.full.index(page.fates[-1].label), 1]
    rows = [
        (_short(name, MOST_DRAWN_NAME), *(page.figure(figures[column - 1]) for column in at))
        for name, figures in homes.rows[:MOST_DRAWN]
    ]
    if not rows:
        return ()
    if len(homes.rows) > MOST_DRAWN:
        more = page.words.text("report.more_homes", number=len(homes.rows) - MOST_DRAWN)
        rows.append((more, *("" for _ in at)))
    return ((homes.short[0], *(homes.short[column] for column in at)), *rows)


def _alt(page: ReportPage) -> str:
    """Everything in the picture in words, one after the other."""
    named = [f"{name}: {value}" for name, value in page.heading]
    told = [*page.fates, page.gone, *(one.line for one in page.whys), *page.after[:MOST_AFTER]]
    heads, *rows = _table(page) or ((),)
    homes = [
        f"{name}: " + ", ".join(f"{head} {cell}" for head, cell in zip(heads[1:], cells, strict=True) if cell)
        for name, *cells in rows
    ]
    return ". ".join((*named, *(f"{one.label}: {one.told}" for one in told), *homes, *page.notes))
