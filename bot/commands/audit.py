"""`chungtay audit`: the log of who did what."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import CSV, XLSX, moment, table
from bot.commands.options import AS
from bot.papers.book import Cell
from core.officers import Right

if TYPE_CHECKING:
    from core.records import AuditLine

HEAD = ("number", "at", "who", "did", "what", "detail")
AT_ONCE = 500  # entries in memory


@click.group()
def audit() -> None:
    """The log of who did what."""


@audit.command()
def verify() -> None:
    """Check that the log is unbroken. Exit status 1 when an entry was changed, added or taken out.

    Write the number of entries and the last hash down elsewhere: whoever may write the database could forge the whole
    log, and these two show it.
    """
    sys.exit(asyncio.run(_verify()))


@audit.command(name="list")
@CSV
@XLSX
@AS
def list_(as_csv: bool, xlsx: Path | None, officer: str) -> None:
    """List the log, the oldest entry first: number, moment, who, did what, with which, details.

    It tells of all places: it takes a supervisor or an administrator of the whole installation.
    """
    asyncio.run(_list(as_csv, xlsx, officer))


async def _list(as_csv: bool, xlsx: Path | None, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers.permission import demand

    settings, last = load_settings(), 0
    async with opened(settings) as (storage, _):
        await demand(storage, officer, Right.READ_LOG, subject="log", now=SystemClock().now())
        with table("log", HEAD, as_csv=as_csv, xlsx=xlsx) as row:
            async with storage.read() as uow:
                while found := await uow.audit.lines(after=last, limit=AT_ONCE):
                    for each in found:
                        row(_cells(each))
                    last = found[-1].id


def _cells(line: "AuditLine") -> tuple[Cell, ...]:
    one = line.entry
    told = ", ".join(f"{name}={value}" for name, value in sorted(one.detail.items()) if value is not None)
    return (line.id, moment(one.at), one.actor, one.action, one.subject, told)


async def _verify() -> int:
    from bot.opening import opened
    from bot.settings import load_settings

    settings = load_settings()
    async with opened(settings) as (storage, _), storage.read() as uow:
        verdict = await uow.audit.verify()
    click.echo(f"looked at {settings.place}", err=True)
    if verdict.broken_at is None:
        click.echo(f"audit log: {verdict.entries} entries, unbroken")
        click.echo(f"last hash: {verdict.last_hash or '-'}")
        return 0
    click.echo(f"audit log: BROKEN at entry {verdict.broken_at}: {verdict.reason}", err=True)
    return 1
