"""Updates that came in: stored once, handled once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, null, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import URN
from core.records import Backlog, NewUpdate, WaitingUpdate
from db.models import inbound_updates as t

WAITS_FOR_FILE = timedelta(minutes=1)  # how long words are held back by an earlier file of the same person


class SqlInbox:
    """See core.storage.Inbox."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, updates: Sequence[NewUpdate]) -> int:
        """Store updates that are not yet known; gives how many were new."""
        if not updates:
            return 0
        insert = sqlite_insert if self._db.dialect.name == "sqlite" else postgresql_insert
        rows = [
            {
                "account": one.account,
                "external_id": one.external_id,
                "path": one.path,
                "raw": dict(one.raw),
                "received_at": one.received_at,
                "fetching": one.fetch,
            }
            for one in updates
        ]
        statement = insert(t).on_conflict_do_nothing(index_elements=["account", "external_id"])
        new = await self._db.execute(statement.returning(t.c.id), rows)
        return len(new.all())

    async def claim(self, accounts: Sequence[str], limit: int, *, now: datetime) -> list[WaitingUpdate]:
        """The oldest unhandled updates, locked for this transaction.

        Another worker may hold a person's earlier update: then that person's later ones are left to it as well,
        so that nobody is answered out of order.
        """
        # Later words must not overtake a file that is on its way, unless it takes long.
        busy = select(t.c.path).where(t.c.fetching, t.c.received_at > now - WAITS_FOR_FILE)
        # The account as an expression: its own index holds what was handled as well, the one of what waits does not.
        waiting = t.c.handled_at.is_(None) & t.c.account.concat("").in_(accounts)
        rows = (
            await self._db.execute(
                select(t.c.id, t.c.account, t.c.path, t.c.external_id, t.c.raw, t.c.received_at)
                .where(waiting, ~t.c.fetching, t.c.path.not_in(busy))
                .order_by(t.c.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        ).all()
        claimed = [_waiting(row) for row in rows]
        if not claimed or self._db.dialect.name == "sqlite":
            return claimed  # one writer at a time: nobody else can hold anything
        return await self._without_overtaken(claimed)

    async def unfetched(self, accounts: Sequence[str], limit: int) -> list[WaitingUpdate]:
        """The oldest updates whose files are still with their channel."""
        rows = await self._db.execute(
            select(t.c.id, t.c.account, t.c.path, t.c.external_id, t.c.raw, t.c.received_at)
            .where(t.c.fetching, t.c.account.in_(accounts))
            .order_by(t.c.id)
            .limit(limit)
        )
        return [_waiting(row) for row in rows]

    async def fetched(self, update_id: int, raw: Mapping[str, Any]) -> None:
        """The files of an update are here, or will never be: `raw` says which. Now it can be handled."""
        await self._db.execute(update(t).where(t.c.id == update_id, t.c.fetching).values(raw=dict(raw), fetching=False))

    async def _without_overtaken(self, claimed: list[WaitingUpdate]) -> list[WaitingUpdate]:
        paths = {one.urn.path for one in claimed}
        first = await self._db.execute(
            select(t.c.account, t.c.path, func.min(t.c.id))
            .where(t.c.handled_at.is_(None), ~t.c.fetching, t.c.path.in_(paths))
            .group_by(t.c.account, t.c.path)
        )
        earliest = {URN(account=account, path=path): id_ for account, path, id_ in first}
        ours = {one.id for one in claimed}
        return [one for one in claimed if earliest.get(one.urn) in ours]

    async def unhandled(self, ids: Sequence[int]) -> bool:
        """Whether nobody has handled these yet."""
        done = select(func.count()).where(t.c.id.in_(ids), t.c.handled_at.is_not(None))
        return not (await self._db.execute(done)).scalar_one()

    async def finish(self, ids: Sequence[int], now: datetime) -> None:
        """Mark as handled and drop the raw content and the address."""
        await self._db.execute(
            update(t)
            .where(t.c.id.in_(bindparam("ids", expanding=True)))
            .values(handled_at=now, raw=null(), path=null(), fetching=False),
            {"ids": list(ids)},
        )

    async def backlog(self) -> Backlog:
        """What nobody has handled yet."""
        ready = func.min(case((~t.c.fetching, t.c.received_at)))
        found = await self._db.execute(
            select(func.count(), func.min(t.c.received_at), ready).where(t.c.handled_at.is_(None))
        )
        count, oldest, oldest_ready = found.one()
        return Backlog(count=count, oldest=oldest, oldest_ready=oldest_ready)


def _waiting(row: Any) -> WaitingUpdate:
    return WaitingUpdate(
        id=row.id,
        urn=URN(account=row.account, path=row.path),
        external_id=row.external_id,
        raw=row.raw,
        received_at=row.received_at,
    )
