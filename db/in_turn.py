"""One transaction after another, where what is counted must still be true when something is added."""

import hashlib

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


async def in_turn(connection: AsyncConnection, what: str) -> None:
    """Whoever else does the same waits here until this transaction is over. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
