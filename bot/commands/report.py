"""`chungtay report`: a place and a period in figures, printed or as the files that an office hands on."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import demand_new
from bot.commands.options import AS
from core.errors import ChungTayError
from core.periods import Period, PeriodKind, period_of, read_period

if TYPE_CHECKING:
    from datetime import datetime

    from content.catalogue import Catalogue
    from content.monitoring.page import Grid, ReportPage
    from core.monitoring import Found, Rows

KINDS = (".docx", ".pdf", ".xlsx")
BESIDE = 2  # blanks between columns


class PeriodType(click.ParamType[Period]):
    """A month, a quarter or a year."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The period as it was written."""
        if isinstance(value, Period):
            return value
        try:
            return read_period(str(value).upper())
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--locality", help="Of this locality, such as dak-cam; else of all.")
@click.option("--period", type=PeriodType(), help="2026-11, 2026-Q4 or 2026; else the month that is running.")
@click.option(
    "--file",
    "target",
    type=click.Path(path_type=Path),
    help="Into a new file that only its owner can read: .docx and .pdf as an official paper, .xlsx with its rows.",
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@AS
def report(locality: str | None, period: Period | None, target: Path | None, lang: str, officer: str) -> None:
    """Report on a place: who is reached, notices one by one, questions and how soon they are answered, self-checks.

    The same figures as on the console's page. Of self-checks, and by hamlet, no number below 5 is told, nor one from
    which it could be worked out. An official paper is in Vietnamese; its number, date and addressees are left to fill
    in. With --file nothing is printed, and the log remembers it.
    """
    if target is not None:
        demand_new(target)
        if target.suffix.lower() not in KINDS:
            raise ChungTayError(
                "is no kind of file that is made", where=str(target), mend=f"name it {', '.join(KINDS)}"
            )
    asyncio.run(_report(locality, period, target, lang, officer))


async def _report(locality: str | None, period: Period | None, target: Path | None, lang: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from core.monitoring import Wanted
    from handlers import monitoring

    settings, now = load_settings(), SystemClock().now()
    content = load_catalogue(*settings.pack_folders)
    places = (content.locality(locality).id,) if locality else tuple(content.localities)
    wanted = Wanted(places=places, period=_begun(period, now))
    async with opened(settings) as (storage, _):
        if target is None:
            found = await monitoring.found(storage, content, wanted, officer=officer, now=now)
            _print(found, content, lang)
            return
        kind = target.suffix.lower().removeprefix(".")
        found, rows = await monitoring.filed(storage, content, wanted, kind=kind, officer=officer, now=now)
    _write(target, found, rows, content, lang)


def _begun(period: Period | None, now: "datetime") -> Period:
    if period is None:
        return period_of(now, PeriodKind.MONTH)
    if period.begins > now:
        raise ChungTayError("has not begun", where=f"--period {period.key}", mend="name one that has")
    return period


def _print(found: "Found", content: "Catalogue", lang: str) -> None:
    from content.monitoring.page import names_of
    from content.monitoring.sections import report_page
    from content.wording import wording

    words = wording(lang)
    for line in _lines(report_page(found, words, names_of(content, lang))):
        click.echo(line)


def _lines(page: "ReportPage") -> "Iterator[str]":
    yield f"{page.place}, {page.period}"
    yield from (*page.notes, page.advice)
    for section in page.sections:
        yield ""
        yield section.title
        label = max((len(one.label) + 2 * one.part for one in section.lines), default=0)
        for one in section.lines:
            yield f"  {('  ' if one.part else '') + one.label:{label}}  {one.told}"
        for grid in section.grids:
            yield from ("", f"  {grid.title}", *_table(grid))
        yield from (f"  {note}" for note in section.notes)


def _table(grid: "Grid") -> "Iterator[str]":
    rows = (grid.head, *grid.rows)
    first, *rest = (max(map(len, column)) for column in zip(*rows, strict=True))
    for name, *cells in rows:
        told = "".join(f"{cell:>{width + BESIDE}}" for cell, width in zip(cells, rest, strict=True))
        yield f"  {name:{first}}{told}"


def _write(target: Path, found: "Found", rows: "Rows | None", content: "Catalogue", lang: str) -> None:
    from bot.reporting import book_file, paper_of
    from content.monitoring.official import official_report
    from content.monitoring.page import names_of
    from content.monitoring.sections import report_page
    from content.monitoring.sheets import sheets_of
    from content.wording import wording
    from core.papers import FileKind
    from core.wholefile import OWN, write_whole

    book = target.suffix.lower() == ".xlsx"
    words = wording(lang if book else "vi")
    names = names_of(content, words.lang)
    page = report_page(found, words, names)
    if book:
        made = book_file(sheets_of(page, found, rows, names), target.stem)
    else:
        places = found.wanted.places
        place = content.localities[places[0]] if len(places) == 1 else None
        agency = words.text("office.committee", place=place.place.vi) if place else ""
        paper = official_report(page, agency=agency, seat=place.short.vi if place else "")
        made = paper_of(paper, target.stem, FileKind(target.suffix.lower().removeprefix(".")))
    write_whole(target, made.content, mode=OWN)
