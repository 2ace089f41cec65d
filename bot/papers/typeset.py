"""Papers and posters as PDF, pictures as PNG and SVG. Texts reach the templates as data: none is ever markup."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import typst

from bot.papers.chart import chart_svg
from bot.papers.columns import grid
from bot.papers.layout import TEXT_WIDTH
from bot.papers.squares import square_svg
from bot.papers.tones import TONES
from core.official import OfficialReport
from core.papers import Chart, Paper, Picture, Poster

_HERE = Path(__file__).parent
PNG_BYTES = 120_000  # what a slow network still brings
_PPI = (144, 120, 96, 72)  # a picture is 360 pt wide: 720 pixels, and fewer only where many words make it heavy


def paper_pdf(paper: Paper) -> bytes:
    """The paper as PDF, without author, and without the time at which it was made."""
    laid = grid(paper.table, TEXT_WIDTH) if paper.table else None
    return _compiled("paper.typ", asdict(paper) | {"table": asdict(laid) if laid else None}, "pdf")


def report_pdf(report: OfficialReport) -> bytes:
    """The official report as PDF, without author, and without the time at which it was made."""
    parts = [
        asdict(part) | {"tables": [asdict(grid(table, TEXT_WIDTH)) for table in part.tables]} for part in report.parts
    ]
    return _compiled("report.typ", asdict(report) | {"parts": parts}, "pdf")


def poster_pdf(poster: Poster) -> bytes:
    """The poster on one sheet of A4; what is too long for it is set smaller."""
    codes = [asdict(code) | {"svg": square_svg(code.link)} for code in poster.codes]
    return _compiled("poster.typ", asdict(poster) | {"codes": codes}, "pdf")


def picture_png(picture: Picture) -> bytes:
    """The picture for a chat: 720 pixels wide, unless that is more than PNG_BYTES."""
    return _small_png("picture.typ", _picture_data(picture))


def chart_png(chart: Chart) -> bytes:
    """The chart as it is drawn for a page, in our own letters: 720 pixels wide, or fewer where it has many words."""
    return _small_png("chart.typ", {"svg": chart_svg(chart).decode()})


def picture_svg(picture: Picture) -> bytes:
    """The picture for a page, with its words for those who listen."""
    drawn = _compiled("picture.typ", _picture_data(picture), "svg").decode()
    opening, rest = drawn.split(">", 1)
    return f'{opening} role="img"><title>{escape(picture.alt)}</title>{rest}'.encode()


def _picture_data(picture: Picture) -> dict[str, object]:
    return asdict(picture) | {"tones": {mark: asdict(tone) for mark, tone in TONES.items()}}


def _small_png(template: str, data: dict[str, object]) -> bytes:
    drawn = b""
    for ppi in _PPI:
        drawn = _compiled(template, data, "png", ppi)
        if len(drawn) <= PNG_BYTES:
            break
    return drawn


def _compiled(template: str, data: dict[str, object], form: Literal["pdf", "png", "svg"], ppi: int = 72) -> bytes:
    return typst.compile(
        _HERE / template,
        root=_HERE,
        format=form,
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )


@cache
def _fonts() -> typst.Fonts:
    # The package's own only: every machine gives the same paper.
    return typst.Fonts(include_system_fonts=False)
