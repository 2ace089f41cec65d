"""Two databases behind one URL."""

import asyncio
import sqlite3
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import aiosqlite
from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import SettingsError
from db import plain_json

BUSY_SECONDS = 10.0  # how long a writer waits for another one on SQLite before it gives up
COMMAND_SECONDS = 300.0  # for one statement on PostgreSQL: after it the network is taken to be broken
# Of a client that was cut off the server finds out within seconds, and takes back what it held.
_SERVER = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "60000",  # milliseconds
}
SETTLE_SECONDS = 0.5  # how long writers may have to wait for `settle`, which itself waits for readers


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def is_sqlite(url: str) -> bool:
    """Whether one process owns this database."""
    return url.startswith("sqlite")


def normal_url(url: str) -> str:
    """The URL with the driver this program uses: "postgresql://" and "sqlite://" are enough to write.

    Raises SettingsError on anything else, without repeating any of it: it may hold a password, oddly written.
    """
    for plain, driver in (("postgresql://", "postgresql+asyncpg://"), ("postgres://", "postgresql+asyncpg://")):
        url = driver + url.removeprefix(plain) if url.startswith(plain) else url
    url = "sqlite+aiosqlite://" + url.removeprefix("sqlite://") if url.startswith("sqlite://") else url
    if not _usable(url):
        raise SettingsError(
            "not a database address that can be used",
            where="CHUNGTAY_DATABASE_URL",
            mend="write sqlite:///path/to/file.db or postgresql://user:password@host/name",
        )
    return url


def _usable(url: str) -> bool:
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        return False
    if read.drivername == "sqlite+aiosqlite":
        # Without a file it would be a database in memory, gone with the connection.
        return read.database not in (None, "", ":memory:") and not read.host
    # Signs of a password that should have been escaped end up in what follows it.
    follows = f"{read.host or ''}{read.database or ''}"
    port_fits = read.port is None or 0 < read.port < 65536
    return read.drivername == "postgresql+asyncpg" and port_fits and not any(sign in follows for sign in "@/?#")


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(make_url(url).database or "") if is_sqlite(url) else None


def make_engine(url: str) -> AsyncEngine:
    """An engine for SQLite (write-ahead log) or PostgreSQL. Connects on first use only."""
    url = normal_url(url)
    if not is_sqlite(url):
        return create_async_engine(
            url,
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            json_deserializer=plain_json.read,
            connect_args={"server_settings": _SERVER, "command_timeout": COMMAND_SECONDS},
        )
    threads: WeakSet[Thread] = WeakSet()
    engine = create_async_engine(
        url,
        pool_size=4,
        max_overflow=4,
        connect_args={"timeout": BUSY_SECONDS, "async_creator_fn": partial(_connection, threads)},
        json_deserializer=plain_json.read,
    )
    _THREADS[engine.sync_engine] = threads
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def writers_of(engine: AsyncEngine) -> asyncio.Lock | None:
    """Who writes to a SQLite file of this process does so in turn; None for PostgreSQL, where they write at once.

    SQLite lets one write at a time, and the others look again and again, sleeping up to a tenth of a second in between:
    a reply would wait behind that, and not behind the writer.
    """
    return _WRITERS.setdefault(engine.sync_engine, asyncio.Lock()) if engine.dialect.name == "sqlite" else None


_WRITERS: WeakKeyDictionary[Engine, asyncio.Lock] = WeakKeyDictionary()
_THREADS: WeakKeyDictionary[Engine, WeakSet[Thread]] = WeakKeyDictionary()


class _Connection(aiosqlite.Connection):
    """One that may be stopped twice, kindly and then at once: nobody waits for the answer of a thread that is gone."""

    def stop(self) -> asyncio.Future[Any] | None:
        """Ask the thread to end, once."""
        return super().stop() if self._running else None


def _connection(threads: WeakSet[Thread], *arguments: Any, **options: Any) -> aiosqlite.Connection:
    connection = _Connection(partial(sqlite3.connect, *arguments, **options), iter_chunk_size=64)
    thread = connection._thread
    thread.daemon = True
    threads.add(thread)
    return connection


async def close_engine(engine: AsyncEngine) -> None:
    """Close all connections, and wait until none has anything more to say.

    Where a statement was cancelled, SQLite's thread is still busy with it, and would tell a loop that is gone.
    """
    await engine.dispose()
    for thread in [one for one in _THREADS.get(engine.sync_engine, ()) if one.is_alive()]:
        await asyncio.to_thread(thread.join, BUSY_SECONDS)


@cache
def empty_file(tables: MetaData) -> bytes:
    """The file of a SQLite database with these tables and nothing in them: made once, for all that are copied."""
    with TemporaryDirectory(prefix="chungtay-") as folder:
        path = Path(folder) / "empty.db"
        engine = create_engine(f"sqlite:///{path}")
        tables.create_all(engine)
        engine.dispose()
        return path.read_bytes()


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # Python's own guess at when a transaction starts is switched off; `_begin_sqlite` says it.
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL: a power cut loses nothing that was acknowledged. NORMAL would be faster and lose the last moments.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-8000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A writer takes its lock at once: one that first reads and then writes could be refused half-way.
    options = connection.get_execution_options()
    if options.get("outside_transaction", False):
        return
    reading = options.get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def sqlite_version() -> str:
    """The version of the SQLite library in this Python."""
    return sqlite3.sqlite_version


async def settle(engine: AsyncEngine) -> bool:
    """Carry the write-ahead log of SQLite into its file and empty it; False when readers were in the way.

    Deleted words would otherwise stay readable in the log until it happens to be overwritten. PostgreSQL looks after
    its own.
    """
    if engine.dialect.name != "sqlite":
        return True
    async with engine.connect() as opened:
        connection = await opened.execution_options(outside_transaction=True)  # within one it is refused
        # It holds writers up while it waits for readers, such as a long backup: they must not give up meanwhile.
        await connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(SETTLE_SECONDS * 1000)}")
        busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return not busy
