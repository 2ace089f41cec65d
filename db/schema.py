"""Which version the database is of, and how it gets to ours.

Alembic is imported only when there is something to do: it costs memory and start-up time.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import StorageError
from db.engine import is_sqlite
from db.unit_of_work import connected, translated

if TYPE_CHECKING:
    from alembic.config import Config

# The newest revision in migrations/versions; a test compares the two.
HEAD = "0039"
LOCK = 7_201_735  # the advisory lock under which PostgreSQL is upgraded


async def current(engine: AsyncEngine) -> str | None:
    """The revision of the database, None for an empty one. Raises StorageError when it cannot be reached."""
    connection = await connected(engine)
    try:
        return await connection.run_sync(_revision)
    except DBAPIError as error:
        raise translated(error) from error
    finally:
        await connection.close()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


async def prepare(engine: AsyncEngine) -> None:
    """Bring a SQLite file up to date by itself; of PostgreSQL demand that an operator did it.

    Raises StorageError when the database is of a newer version of this program, or (PostgreSQL) of an older one.
    """
    revision = await current(engine)
    if revision == HEAD:
        return
    if is_sqlite(str(engine.url)):
        await upgrade(engine)
        return
    known = revision is None or revision in revisions()
    raise _outdated(revision) if known else _too_new(revision)


async def upgrade(engine: AsyncEngine, target: str = "head") -> None:
    """Walk the migrations up. Raises StorageError when the database is of a newer version of this program."""
    revision = await current(engine)
    if revision is not None and revision not in revisions():
        raise _too_new(revision)
    from alembic import command

    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Two operators at once: one after the other. On SQLite a writing transaction is alone anyway.
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), target))


async def downgrade(engine: AsyncEngine, target: str = "base") -> None:
    """Walk the migrations down; for tests of the way back."""
    from alembic import command

    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), target))


def revisions() -> tuple[str, ...]:
    """All revisions this program knows, newest first."""
    from alembic.script import ScriptDirectory

    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _too_new(revision: str | None) -> StorageError:
    return StorageError(
        f"the database is of a newer version ({revision}) than this program ({HEAD})",
        where="database",
        mend="start the newer program, or restore the backup made before it was upgraded",
    )


def _outdated(revision: str | None) -> StorageError:
    return StorageError(
        f"the database is {'empty' if revision is None else f'of version {revision}'}, this program needs {HEAD}",
        where="database",
        mend="run: chungtay db upgrade",
    )
