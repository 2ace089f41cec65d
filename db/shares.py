"""How much of an account's limit each process may use: together never more than all of it.

The clock is the database's own: those of several hosts differ.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from db.columns import EPOCH, MICROSECOND
from db.models import channel_accounts
from db.models import sending_shares as t

# In microseconds since 1970.
_NOW = {
    "postgresql": text("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"),
    "sqlite": text("SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"),
}


class SqlShares:
    """See core.storage.Shares."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def renew(self, account: str, worker: str, *, most: int, using: int, lasts: timedelta) -> int:
        """Give the part of `most` that this worker may use from now on; its claim lasts so long.

        What others claim is theirs until they claim less or their claim ends. `using` is what this worker may still be
        using: that stays claimed.
        """
        await self._db.execute(
            select(channel_accounts.c.id).where(channel_accounts.c.id == account).with_for_update()
        )  # one after the other
        now = await self._now()
        await self._db.execute(delete(t).where(t.c.account == account, t.c.expires_at <= now))
        rows = await self._db.execute(select(t.c.worker, t.c.share).where(t.c.account == account, t.c.worker != worker))
        others = {row.worker: int(row.share) for row in rows}
        place = sorted((*others, worker)).index(worker)
        fair = most // (len(others) + 1) + (place < most % (len(others) + 1))
        share = max(0, min(fair, most - sum(others.values())))
        await self._claim(account, worker, max(share, using), now + lasts)
        return share

    async def give_back(self, account: str, worker: str, *, after: timedelta) -> None:
        """This worker sends no more; what it sent last counts for so long yet."""
        now = await self._now()
        mine = (t.c.account == account, t.c.worker == worker)
        await self._db.execute(update(t).where(*mine).values(expires_at=now + after))

    async def _claim(self, account: str, worker: str, share: int, until: datetime) -> None:
        insert: Any = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        claim = insert(t).values(account=account, worker=worker, share=share, expires_at=until)
        keys = list(t.primary_key.columns)
        changes = {"share": claim.excluded.share, "expires_at": claim.excluded.expires_at}
        await self._db.execute(claim.on_conflict_do_update(index_elements=keys, set_=changes))

    async def _now(self) -> datetime:
        return EPOCH + int((await self._db.execute(_NOW[self._db.dialect.name])).scalar_one()) * MICROSECOND
