"""What accounts are let in with whose provider changes it all the time; sealed by whoever keeps it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.records import SealedTokens
from db.channel_tables import channel_tokens as t


class SqlTokens:
    """See core.storage.Tokens."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, account: str) -> SealedTokens | None:
        """What was kept last."""
        rows = await self._db.execute(
            select(t.c.sealed, t.c.access_until, t.c.refreshed_at).where(t.c.account == account)
        )
        row = rows.first()
        if row is None:
            return None
        return SealedTokens(sealed=row.sealed, access_until=row.access_until, refreshed_at=row.refreshed_at)

    async def keep(self, account: str, sealed: bytes, *, access_until: datetime, refreshed_at: datetime) -> None:
        """Keep a new pair in place of the one before; nobody claims the right to ask for the next one."""
        insert: Any = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        values = {
            "sealed": sealed,
            "access_until": access_until,
            "refreshed_at": refreshed_at,
            "claimed_by": None,
            "claimed_until": None,
        }
        kept = insert(t).values(account=account, **values)
        await self._db.execute(kept.on_conflict_do_update(index_elements=[t.c.account], set_=values))

    async def claim(self, account: str, owner: str, *, seen: bytes, now: datetime, until: datetime) -> bool:
        """Take the right to ask for the pair after this one.

        False while another installation has it, and where another pair is kept by now. A claim that lasts longer than
        anybody claims is one of a clock that was set back since.
        """
        free = or_(
            t.c.claimed_by.is_(None),
            t.c.claimed_by == owner,
            t.c.claimed_until <= now,
            t.c.claimed_until > until + timedelta(minutes=1),
        )
        taken = await self._db.execute(
            update(t)
            .where(t.c.account == account, t.c.sealed == seen, free)
            .values(claimed_by=owner, claimed_until=until)
            .returning(t.c.account)
        )
        return taken.first() is not None

    async def release(self, account: str, owner: str) -> None:
        """Give it back: no pair came."""
        await self._db.execute(
            update(t).where(t.c.account == account, t.c.claimed_by == owner).values(claimed_by=None, claimed_until=None)
        )
