"""`chungtay audit`: the log of who did what."""

import asyncio
import sys

import click


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
