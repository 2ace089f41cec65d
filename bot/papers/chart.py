"""A chart as SVG: as wide as a phone, read on paper too, nothing fetched from outside, every figure in letters.

The letters are the reader's own: how wide they are is guessed, rather too wide than too narrow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from core.papers import Bar, Bars, Chart

WIDTH, SIDE = 360, 12  # px: of a phone, and what stays free left and right
INSIDE = WIDTH - 2 * SIDE
TITLE, HEAD, BODY, NOTE = 20, 18, 16, 14  # px
LINE = 1.5  # of the size: marks stand one above the other
BAR, GAP = 12, 2
BETWEEN = 16  # px between groups
INSET = 16  # px before what is a part of the line above
BESIDE = 12  # px between a name and its figure
PAGE, TEXT, MUTED, PRIMARY, LINES, HAIR = "#FFFFFF", "#16202B", "#4A5663", "#1B4F8F", "#6B7785", "#C9D1DA"
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
_NARROW, _BROAD = set("iljftrI.,:;'|!()[]“”‘’- "), set("mwMWOQ%@—…")


def chart_svg(chart: Chart) -> bytes:
    """The chart. Its texts are told to those who listen by a title and a description."""
    drawing = _Drawing()
    drawing.words(chart.title, TITLE, bold=True)
    for line in chart.lines:
        drawing.words(line, NOTE, ink=MUTED)
    for group in chart.groups:
        _group(drawing, group)
    if chart.table:
        _table(drawing, chart.table)
    drawing.space(BETWEEN)
    for line in chart.footer:
        drawing.words(line, NOTE, ink=MUTED)
    height = round(drawing.at + SIDE)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc" font-family="{FONTS}" fill="{TEXT}">'
        f'<title id="title">{escape(chart.title)}</title><desc id="desc">{escape(chart.alt)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAGE}"/>'
    )
    return "\n".join([head, *drawing.parts, "</svg>\n"]).encode()


@dataclass
class _Drawing:
    """What was drawn so far, from above."""

    parts: list[str] = field(default_factory=list)
    at: float = SIDE  # px from above

    def space(self, height: float) -> None:
        self.at += height

    def words(
        self, words: str, size: int, *, bold: bool = False, ink: str = TEXT, told: str = "", inset: int = 0
    ) -> None:
        """A text in as many lines as it needs, and a figure at the right of the last."""
        free = INSIDE - inset - (_wide(told, size, bold=True) + BESIDE if told else 0)
        lines = list(_broken(words, size, free, bold=bold)) or [""]
        for line in lines:
            self.at += size * LINE
            self.text(SIDE + inset, line, size, bold=bold, ink=ink)
        if told:
            self.text(WIDTH - SIDE, told, size, bold=True, end=True)

    def text(self, x: float, words: str, size: int, *, bold: bool = False, ink: str = TEXT, end: bool = False) -> None:
        look = (' font-weight="700"' if bold else "") + (f' fill="{ink}"' if ink != TEXT else "")
        anchor = ' text-anchor="end"' if end else ""
        y = f"{self.at - size * (LINE - 1) * 0.7:g}"
        self.parts.append(f'<text x="{x:g}" y="{y}" font-size="{size}"{look}{anchor}>{escape(words)}</text>')

    def rect(self, width: float, height: float, ink: str, *, line: str = "") -> None:
        edge = f' stroke="{line}"' if line else ""
        self.parts.append(
            f'<rect x="{SIDE}" y="{self.at:g}" width="{width:g}" height="{height:g}" fill="{ink}"{edge}/>'
        )


def _group(drawing: _Drawing, group: Bars) -> None:
    drawing.space(BETWEEN)
    drawing.words(group.title, HEAD, bold=True)
    for one in group.bars:
        _bar(drawing, one)


def _bar(drawing: _Drawing, one: Bar) -> None:
    drawing.words(one.label, BODY, told=one.told, inset=INSET if one.part else 0)
    if one.share is None:
        return
    drawing.space(GAP)
    # What there is little of is seen as well; of nothing there is no bar, only its ground line.
    drawing.rect(INSIDE, BAR, PAGE, line=HAIR)
    if one.share > 0:
        drawing.rect(max(2.0, round(INSIDE * min(one.share, 1.0), 1)), BAR, PRIMARY)
    drawing.space(BAR + GAP)


def _table(drawing: _Drawing, table: tuple[tuple[str, ...], ...]) -> None:
    """Names at the left, figures under their heads at the right."""
    widths = [
        max(_wide(cell, NOTE, bold=True) for cell in column) + BESIDE for column in list(zip(*table, strict=True))[1:]
    ]
    drawing.space(BETWEEN)
    for number, (name, *figures) in enumerate(table):
        head = number == 0
        for line in list(_broken(name, NOTE, INSIDE - sum(widths), bold=head)) or [""]:
            drawing.space(NOTE * LINE)
            drawing.text(SIDE, line, NOTE, bold=head)
        right = float(WIDTH - SIDE)
        for width, figure in zip(reversed(widths), reversed(figures), strict=True):
            drawing.text(right, figure, NOTE, bold=head, end=True)
            right -= width
        drawing.space(GAP)
        drawing.rect(INSIDE, 1, LINES if head else HAIR)
        drawing.space(GAP)


def _wide(words: str, size: int, *, bold: bool = False) -> float:
    """About how many px a text needs, in a broad type."""
    letters = sum(0.36 if one in _NARROW else 0.9 if one in _BROAD else 0.72 if one.isupper() else 0.6 for one in words)
    return letters * size * (1.08 if bold else 1.0)


def _broken(words: str, size: int, width: float, *, bold: bool) -> Iterator[str]:
    """The lines of a text; a word that is longer than a line is parted."""
    line = ""
    for word in words.split():
        rest = word
        while rest:
            whole = f"{line} {rest}".strip()
            if _wide(whole, size, bold=bold) <= width:
                line, rest = whole, ""
            elif line:
                yield line
                line = ""
            else:
                fits = max(1, sum(_wide(rest[: at + 1], size, bold=bold) <= width for at in range(len(rest))))
                yield rest[:fits]
                rest = rest[fits:]
    if line:
        yield line
