"""Two databases behind one URL."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import SettingsError

BUSY_SECONDS = 10.0  # how long a writer waits for another one on SQLite before it gives up


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def is_sqlite(url: str) -> bool:
    """Whether one process owns this database."""
    return url.startswith("sqlite")


def normal_url(url: str) -> str:
    """The URL with the driver this program uses: "postgresql://" and "sqlite://" are enough to write.

    Raises SettingsError on anything else, without repeating a password.
    """
    for plain, driver in (("postgresql://", "postgresql+asyncpg://"), ("postgres://", "postgresql+asyncpg://")):
        url = driver + url.removeprefix(plain) if url.startswith(plain) else url
    url = "sqlite+aiosqlite://" + url.removeprefix("sqlite://") if url.startswith("sqlite://") else url
    try:
        kind = make_url(url).drivername
    except ArgumentError:
        kind = "?"
    if kind not in ("postgresql+asyncpg", "sqlite+aiosqlite"):
        raise SettingsError(
            "not a database address that can be used",
            where="CHUNGTAY_DATABASE_URL",
            mend="write sqlite:///path/to/file.db or postgresql://user:password@host/name",
        )
    return url


def make_engine(url: str) -> AsyncEngine:
    """An engine for SQLite (write-ahead log) or PostgreSQL. Connects on first use only."""
    url = normal_url(url)
    if not is_sqlite(url):
        return create_async_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)
    engine = create_async_engine(url, pool_size=4, max_overflow=4, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


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
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def sqlite_version() -> str:
    """The version of the SQLite library in this Python."""
    return sqlite3.sqlite_version
