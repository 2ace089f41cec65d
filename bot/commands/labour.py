"""`chungtay labour`: the list of households and who of them works, in and out in one layout."""

import asyncio
import sys
from pathlib import Path

import click

from bot.commands.options import AS
from core.caps import LOCAL
from core.errors import StorageError

SHOWN = 50  # bad rows told one by one


@click.group()
def labour() -> None:
    """The labour force of poor and near-poor households, by a code of the office's own."""


@labour.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--locality", metavar="ID", required=True, help="Whose households they are.")
@click.option("--skip-bad", is_flag=True, help="Leave out the rows that cannot be taken, and put the others in.")
@AS
def import_(file: Path, locality: str, skip_bad: bool, officer: str) -> None:
    """Put households of an XLSX or CSV file in, or bring them up to date by their code.

    The columns are in docs/labour-list.md. Any row that cannot be taken is told with its sheet and line, and then
    nothing is put in, unless --skip-bad. A file with a column of identity numbers is not taken: a household is a code
    of the office's own. Nothing is asked of the national population database, and nothing is sent to it.
    """
    sys.exit(asyncio.run(_import(file, locality, skip_bad, officer)))


@labour.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--locality", metavar="ID", required=True, help="Whose households.")
@AS
def export(file: Path, locality: str, officer: str) -> None:
    """Write the households of a place out as CSV, in the layout in which they are put in."""
    asyncio.run(_export(file, locality, officer))


async def _import(file: Path, locality: str, skip_bad: bool, officer: str) -> int:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.labour_list import read_homes
    from content.loader import load_catalogue
    from handlers.labour import surveying
    from handlers.reported import Acting

    settings, now = load_settings(), SystemClock().now()
    load_catalogue(*settings.pack_folders).locality(locality)
    acting = Acting(officer=officer, now=now)
    async with opened(settings) as (storage, _):
        await surveying.demand_write(storage, locality, acting)
        found = read_homes(_read(file), str(file), now.astimezone(LOCAL).date())
        for aside in found.hidden:
            sheet = f', sheet "{aside.sheet}"' if aside.sheet else ""
            lines = ", ".join(map(str, aside.lines))
            click.echo(f"{file}{sheet}: {len(aside.lines)} hidden rows are left aside: {lines}", err=True)
        for one in found.bad[:SHOWN]:
            sheet = f', sheet "{one.sheet}"' if one.sheet else ""
            click.echo(f"{file}{sheet}, line {one.line}: {one.what}", err=True)
        if len(found.bad) > SHOWN:
            click.echo(f"and {len(found.bad) - SHOWN} more rows", err=True)
        if found.bad and not skip_bad:
            click.echo("nothing was put in: mend these rows, or leave them out with --skip-bad", err=True)
            return 1
        done = await surveying.put_in(storage, locality, found.homes, acting, file=file.name)
    click.echo(f"{done.new} new, {done.changed} changed, {done.same} as before, {len(found.bad)} left out")
    return 0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(file)) from error


async def _export(file: Path, locality: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.labour_list import csv_text
    from content.loader import load_catalogue
    from core.wholefile import write_whole
    from handlers.labour import surveying
    from handlers.reported import Acting

    settings = load_settings()
    load_catalogue(*settings.pack_folders).locality(locality)
    async with opened(settings) as (storage, _):
        acting = Acting(officer=officer, now=SystemClock().now())
        homes = await surveying.written_out(storage, locality, acting)
    write_whole(file, csv_text(homes).encode("utf-8-sig"))
    click.echo(f"{len(homes)} households written to {file}")
