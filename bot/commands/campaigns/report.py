"""`chungtay campaign report`: what became of a notice, as a page, as sheets, and as a picture."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import XLSX, demand_new, new_book
from bot.commands.options import ANY_ID, AS
from bot.papers.book import Cell
from core.errors import ChungTayError

if TYPE_CHECKING:
    from datetime import datetime

    from content.reporting import ReportPage
    from core.report import Figure, Told

PICTURES = (".svg", ".png")


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@XLSX
@click.option(
    "--picture", type=click.Path(path_type=Path), help="Into a new picture for telephones and print: .svg or .png."
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@AS
def report(key: str, xlsx: Path | None, picture: Path | None, lang: str, officer: str) -> None:
    """Report on a campaign: whom it reached, who got nothing and why, and what people did then; also by hamlet.

    Rows of the ledger are counted; what people did, for seven days, unless another notice came to them first. Of people
    picked by what they lack no number below 5 is told, nor one from which it could be worked out; by hamlet only how
    many rows there are. With --xlsx or --picture nothing is printed.
    """
    for target in (xlsx, picture):
        if target is not None:
            demand_new(target)
    if picture is not None and picture.suffix.lower() not in PICTURES:
        raise ChungTayError("is no kind of picture that is made", where=str(picture), mend="name it .svg or .png")
    page = asyncio.run(_page(key, lang, officer))
    if xlsx is not None:
        _write_sheets(page, xlsx)
    if picture is not None:
        _write_picture(page, picture)
    if xlsx is None and picture is None:
        from bot.commands.campaigns.reportpage import lines

        for line in lines(page):
            click.echo(line)


async def _page(key: str, lang: str, officer: str) -> "ReportPage":
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    settings, now = load_settings(), SystemClock().now()
    async with opened(settings) as (storage, _):
        told = await campaigning.report(storage, key, officer=officer, now=now)
    return _in_words(told, lang, settings.pack_folders, now)


def _in_words(told: "Told", lang: str, packs: "tuple[Path, ...]", now: "datetime") -> "ReportPage":
    from content.loader import load_catalogue
    from content.reporting import page_of
    from content.wording import wording

    # The names of the places are wanted where there are several.
    several = len({one.home.locality for one in told.homes if one.home.locality}) > 1
    places = load_catalogue(*packs).localities if several else {}

    def place(code: str) -> str:
        return places[code].place.get(lang) if code in places else code

    return page_of(told, wording(lang), place=place, now=now)


def _write_sheets(page: "ReportPage", target: Path) -> None:
    """The summary, the hamlets, the reasons."""

    def cell(figure: "Figure") -> Cell:
        return figure if isinstance(figure, int) else page.figure(figure)

    text = page.words.text
    with new_book(target) as sheet:
        row = sheet(text("report.summary"), (text("report.code"), page.code))
        for pair in page.heading[1:]:
            row(pair)
        for line in (*page.fates, page.gone, *page.after):
            row((line.label, cell(line.figure)))
        for note in page.notes:
            row((note,))
        row = sheet(text("report.homes"), (*page.homes.full, *page.homes.why_heads))
        for (name, figures), whys in zip(page.homes.rows, page.homes.whys, strict=True):
            row((name, *map(cell, (*figures, *whys))))
        row = sheet(text("report.why"), (text("report.fate"), text("report.why"), text("report.number")))
        for one in page.whys:
            row((one.fate, one.why, cell(one.line.figure)))


def _write_picture(page: "ReportPage", target: Path) -> None:
    from bot.commands.campaigns.reportpage import chart
    from bot.papers.chart import chart_svg
    from bot.papers.cleaning import cleaned
    from bot.papers.typeset import chart_png
    from core.wholefile import OWN, write_whole

    drawn = cleaned(chart(page))
    make = chart_svg if target.suffix.lower() == ".svg" else chart_png
    write_whole(target, make(drawn), mode=OWN)
