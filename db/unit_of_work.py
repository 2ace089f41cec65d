"""One unit of work is one transaction."""

import asyncio
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import ConflictError, StorageError
from db.audit import SqlAudit
from db.inbox import SqlInbox
from db.messages import SqlMessages
from db.outbox import SqlOutbox
from db.people import SqlPeople
from db.questions import SqlQuestions
from db.upkeep import SqlUpkeep

# These speak of a mistake in a statement or its values, not of the state of the database: they stay as they are.
OUR_FAULTS = (DataError, ProgrammingError)
# The thread of a SQLite file that cannot be opened ends a moment later, and complains where the loop is gone by then.
THREAD_ENDS_WITHIN = 0.05  # seconds


class SqlUnitOfWork:
    """A transaction over a pooled connection; left without `commit`, nothing has happened."""

    inbox: SqlInbox
    people: SqlPeople
    messages: SqlMessages
    outbox: SqlOutbox
    questions: SqlQuestions
    audit: SqlAudit
    upkeep: SqlUpkeep

    def __init__(self, engine: AsyncEngine, *, reading: bool) -> None:
        self._engine = engine
        self._reading = reading

    async def __aenter__(self) -> Self:
        connection = await connected(self._engine)
        try:
            if self._reading:
                await connection.execution_options(reading=True)
            await connection.begin()
        except BaseException as error:
            await connection.close()
            if isinstance(error, DBAPIError | OSError):
                raise translated(error) from error
            raise
        self.connection = connection
        self._attach(connection)
        return self

    def _attach(self, connection: AsyncConnection) -> None:
        self.inbox = SqlInbox(connection)
        self.people = SqlPeople(connection, reading=self._reading)
        self.messages = SqlMessages(connection)
        self.outbox = SqlOutbox(connection)
        self.questions = SqlQuestions(connection)
        self.audit = SqlAudit(connection)
        self.upkeep = SqlUpkeep(connection)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.connection.close()  # rolls back what was not committed
        if isinstance(error, IntegrityError):
            raise ConflictError("something that must be unique was written by somebody else first") from error
        if isinstance(error, DBAPIError) and not isinstance(error, OUR_FAULTS):
            raise translated(error) from error

    async def commit(self) -> None:
        """Make it true. Raises StorageError when the disk is full or the database is gone."""
        try:
            await self.connection.commit()
        except DBAPIError as error:
            raise translated(error) from error


class SqlStorage:
    """Opens units of work on one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    def write(self) -> SqlUnitOfWork:
        """A transaction that may change things."""
        return SqlUnitOfWork(self.engine, reading=False)

    def read(self) -> SqlUnitOfWork:
        """A transaction that only looks."""
        return SqlUnitOfWork(self.engine, reading=True)


async def connected(engine: AsyncEngine) -> AsyncConnection:
    """A connection from the pool. Raises StorageError when none can be had."""
    try:
        return await engine.connect().start()
    except Exception as error:
        # Drivers refuse in words of many kinds here (no such server, no such database, wrong password, pool empty):
        # whatever it is, there is no connection.
        if engine.dialect.name == "sqlite":
            await asyncio.sleep(THREAD_ENDS_WITHIN)
        raise translated(error) from error


# What the two databases say when the disk is full, the file cannot be written, or the server is away.
_FULL = ("database or disk is full", "No space left", "could not extend file")
_READ_ONLY = ("readonly database", "read-only")
_LOCKED = "database is locked"


def translated(error: Exception) -> StorageError:
    """A database's refusal in words an operator can act on; never the statement or its values."""
    said = _said(error)
    if any(sign in said for sign in _FULL):
        return StorageError("the disk is full", where="database", mend="free some space; nothing that was said is lost")
    if any(sign in said for sign in _READ_ONLY):
        return StorageError("the database cannot be written", where="database", mend="check the rights of its folder")
    if _LOCKED in said:
        return StorageError(
            "another program holds the database", where="database", mend="let it finish, or stop it; nothing is lost"
        )
    return StorageError(f"the database does not answer ({said})", where="database", mend="check that it is running")


def _said(error: Exception) -> str:
    """The first line of what a driver says; the lines after it may repeat values."""
    words = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines() or [type(error).__name__]
    return words[0].rpartition("'>: ")[2]  # asyncpg's adapter puts the name of a class before it
