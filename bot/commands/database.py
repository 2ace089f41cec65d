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
    from bot.settings import load_settings
    from db import schema
    from db.engine import make_engine

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database)
    try:
        before = await schema.current(engine)
        await schema.upgrade(engine)
    finally:
        await engine.dispose()
    click.echo(f"database: {before or 'empty'} -> {schema.HEAD}")
