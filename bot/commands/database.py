"""`chungtay db`: the database's version."""

import asyncio

import click


@click.group(name="db")
def database() -> None:
    """The database."""


@database.command()
def upgrade() -> None:
    """Bring the database up to this program's version."""
    asyncio.run(_upgrade())


async def _upgrade() -> None:
    from bot import installation
    from bot.settings import load_settings
    from db import schema
    from db.engine import close_engine, make_engine
    from db.unit_of_work import SqlStorage

    settings = load_settings()
    installation.prepare(settings, create=True)
    engine = make_engine(settings.database)
    try:
        before = await schema.current(engine)
        await schema.upgrade(engine)
        await installation.key_of(settings, SqlStorage(engine), create=True)
    finally:
        await close_engine(engine)
    click.echo(f"database: {before or 'empty'} -> {schema.HEAD}")
    click.echo(settings.place, err=True)
