"""Whose turn it is, by an advisory lock that PostgreSQL takes back when the connection dies."""

import asyncio
import hashlib

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.engine import is_sqlite
from db.unit_of_work import connected, translated

ANSWER_WITHIN = 5.0  # seconds: a connection that is silent for longer counts as lost


class SqlTurn:
    """Implements core.ports.Turn. On SQLite one process owns the file: it is always its turn."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine
        self._number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        self._connection: AsyncConnection | None = None

    async def mine(self) -> bool:
        """Take the turn, or look whether it is still ours. Raises StorageError when the database is away."""
        if is_sqlite(str(self._engine.url)):
            return True
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await (self._still() if self._connection is not None else self._take())
        except (DBAPIError, OSError, TimeoutError) as error:
            await self._let_go()
            raise translated(error, self._engine) from error

    async def give_back(self) -> None:
        """Somebody else may take it."""
        await self._let_go()

    async def _still(self) -> bool:
        assert self._connection is not None  # noqa: S101 - asked only then
        await self._connection.execute(text("SELECT 1"))
        return True

    async def _take(self) -> bool:
        self._connection = await (await connected(self._engine)).execution_options(isolation_level="AUTOCOMMIT")
        taken = await self._connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": self._number})
        if taken.scalar_one():
            return True
        await self._let_go()
        return False

    async def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # Closed for good and not handed back to the pool, where it would keep the lock.
            await connection.invalidate()
            await connection.close()
