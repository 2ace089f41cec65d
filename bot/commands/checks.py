"""`chungtay checks`: what the finished self-checks say of a place, without saying it of anybody."""

import asyncio
import csv
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from bot.commands.options import AS
from core.cells import safe
from core.tally import EVERYWHERE, Line, may_be_told

if TYPE_CHECKING:
    from core.records import TallyRow

HEAD = ("month", "locality", "hamlet", "dimension", "checks")


class Month(click.ParamType[str]):
    """A month such as 2026-11."""

    name = "month"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The month as it was written."""
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", str(value)):
            self.fail("write it like 2026-11", param, ctx)
        return str(value)


@click.group()
def checks() -> None:
    """What the finished self-checks say of a place."""


@checks.command()
@click.option("--locality", help="Only of this locality, such as dak-cam.")
@click.option("--since", type=Month(), default="0000-01", help="The first month, such as 2026-01.")
@click.option("--until", type=Month(), default="9999-12", help="The last month, such as 2026-12.")
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@AS
def totals(locality: str | None, since: str, until: str, form: str, officer: str) -> None:
    """Count finished self-checks, by month, place and dimension.

    The first line of a place is its total, the lines behind it are its hamlets. "(checks)" counts the checks
    themselves, a dimension those in which it was lacking. "<5": fewer than 5. "*": 5 or more, but told it would give
    a smaller number beside it away. Where even that would not do, and where the total is under 5, hamlets are not told
    apart.
    """
    found = asyncio.run(_totals(locality, since, until, officer))
    lines = [HEAD, *(_cells(line) for line in may_be_told(found))]
    if form == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([[safe(cell) for cell in line] for line in lines])
    else:
        for line in _aligned(lines):
            click.echo(line)
    if len(lines) == 1:
        click.echo("no self-check was finished", err=True)


async def _totals(locality: str | None, since: str, until: str, officer: str) -> "Iterable[TallyRow]":
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from handlers import looking

    settings, now = load_settings(), SystemClock().now()
    async with opened(settings) as (storage, _):
        found = await looking.totals(storage, locality=locality, since=since, until=until, officer=officer, now=now)
    if locality is not None and not found:
        load_catalogue(*settings.pack_folders).locality(locality)
    return found


def _cells(line: Line) -> tuple[str, ...]:
    hamlet = "(all)" if line.hamlet is EVERYWHERE else line.hamlet or "(not told)"
    return line.month, line.locality or "(not told)", hamlet, line.dimension or "(checks)", line.told


def _aligned(lines: list[tuple[str, ...]]) -> Iterable[str]:
    *left, _ = (max(map(len, column)) for column in zip(*lines, strict=True))
    for *cells, last in lines:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(cells, left, strict=True)), last])
