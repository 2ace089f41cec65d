"""A database's refusal, in words an operator can act on.

Never the statement or its values; and of PostgreSQL not even the words of the server, which repeat names from the
database's URL: where that was written wrongly, a part of the password may be among them.
"""

import os
import socket
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import StorageError
from db.engine import sqlite_file

WHERE = "database"
# What SQLite says of its file.
_FULL = ("database or disk is full", "No space left")
_READ_ONLY = ("readonly database", "read-only")
_LOCKED = "database is locked"
_DAMAGED = ("file is not a database", "malformed")
_CLOSED = "unable to open database file"

# What PostgreSQL refuses, by the class of its code and then by the code (Appendix A of its manual).
_CHECK_URL = "check CHUNGTAY_DATABASE_URL"
_REFUSALS = {
    "3D000": ("this database does not exist on the server", f"create it, or {_CHECK_URL}"),
    "28": ("the server refuses this user or password", _CHECK_URL),
    "42501": ("this user may not do that in the database", "give the user the rights of the database's owner"),
    "53100": ("the disk is full", "free some space; nothing that was said is lost"),
    "53300": ("the server has no connection left", "end other programs that use it, or raise max_connections"),
    "25006": ("the database cannot be written", "check that the server is no standby"),
    "57P03": ("the server is starting or stopping", "wait a moment"),
}


def translated(error: Exception, engine: AsyncEngine | None = None) -> StorageError:
    """The one line for it; `engine` lets it name the file."""
    causes = list(_causes(error))
    of_sqlite = next((str(one) for one in causes if isinstance(one, sqlite3.Error)), None)
    if of_sqlite is not None:
        return _of_sqlite(of_sqlite, sqlite_file(str(engine.url)) if engine is not None else None)
    what, mend = _of_postgresql(causes)
    return StorageError(what, where=WHERE, mend=mend)


def _of_sqlite(said: str, file: Path | None) -> StorageError:
    where = str(file or WHERE)
    if any(sign in said for sign in _FULL):
        return StorageError("the disk is full", where=WHERE, mend="free some space; nothing that was said is lost")
    if any(sign in said for sign in _READ_ONLY):
        return StorageError("the database cannot be written", where=where, mend="check the rights of its folder")
    if _LOCKED in said:
        return StorageError(
            "another program holds the database", where=where, mend="let it finish, or stop it; nothing is lost"
        )
    if any(sign in said for sign in _DAMAGED):
        return StorageError(f"is damaged or no database ({said})", where=where, mend="restore the backup")
    if _CLOSED in said:
        return StorageError(
            f"the database cannot be opened ({said})", where=where, mend="check its folder and the rights there"
        )
    return StorageError(f"the database does not answer ({said})", where=where, mend="check the disk it lies on")


def _of_postgresql(causes: Sequence[BaseException]) -> tuple[str, str]:
    code = next((str(found) for one in causes if (found := getattr(one, "sqlstate", None))), "")
    for known in (code, code[:2]):
        if known in _REFUSALS:
            return _REFUSALS[known]
    if any(isinstance(one, socket.gaierror) for one in causes):
        return "the server's name is not known in this network", _CHECK_URL
    if any(isinstance(one, TypeError | ValueError) for one in causes):
        return "its address cannot be used", f"{_CHECK_URL}: what follows the host"
    reason = code or next((os.strerror(one.errno) for one in causes if isinstance(one, OSError) and one.errno), "")
    return f"the database does not answer ({reason or type(causes[-1]).__name__})", "check that it is running"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error with what it wraps, down to the driver's own."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.orig if isinstance(seen, DBAPIError) else seen.__cause__
