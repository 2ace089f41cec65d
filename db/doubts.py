"""Messages of campaigns in doubt: who they were for, and what an officer says became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Settlement
from core.delivery import DeliveryStatus, Priority
from core.records import Doubt
from db.audience import willing
from db.counting import count, counted_as
from db.leasing import RESENDS, in_doubt
from db.models import contacts, deliveries

BECAME: Mapping[Settlement, DeliveryStatus] = {
    Settlement.ARRIVED: DeliveryStatus.SENT,
    Settlement.NOT_ARRIVED: DeliveryStatus.FAILED,
    Settlement.AGAIN: DeliveryStatus.QUEUED,
}


class SqlDoubts:
    """See core.storage.Doubts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def list(
        self, campaign_id: int, *, contact_id: int | None = None, after: int = 0, limit: int = 500, now: datetime
    ) -> Sequence[Doubt]:
        """The next ones behind a number, of one person if one is named."""
        d = deliveries.c
        open_to_it = willing(now, urgent=d.priority == Priority.URGENT.value).label("willing")
        found = (
            select(deliveries, contacts.c.name, contacts.c.hamlet, open_to_it)
            .join_from(deliveries, contacts, contacts.c.id == d.contact_id, isouter=True)
            .where(d.campaign_id == campaign_id, in_doubt(d), d.id > after)
            .order_by(d.id)
            .limit(limit)
        )
        if contact_id is not None:
            found = found.where(d.contact_id == contact_id)
        return [_doubt(row, now) for row in await self._db.execute(found)]

    async def settle(self, doubts: Sequence[int], settlement: Settlement, now: datetime) -> Sequence[int]:
        """Settle these; gives those that were still in doubt. The counts move with them."""
        if not doubts:
            return []
        d = deliveries.c
        became = BECAME[settlement]
        done = await self._db.execute(
            update(deliveries)
            .where(d.id.in_(doubts), in_doubt(d))
            .values(status=became, **_along(settlement, now))
            .returning(d.id, d.campaign_id)
        )
        rows = done.all()
        moved = [(row.campaign_id, DeliveryStatus.IN_DOUBT.value, -1) for row in rows]
        await count(self._db, [*moved, *((row.campaign_id, counted_as(became), 1) for row in rows)])
        return [row.id for row in rows]


def _along(settlement: Settlement, now: datetime) -> dict[str, Any]:
    match settlement:
        case Settlement.ARRIVED:  # when it was sent stays: a person's caps count from then
            return {"last_error": "an officer says it arrived"}
        case Settlement.NOT_ARRIVED:
            return {"last_error": "an officer says it did not arrive", "settled_at": now}
        case Settlement.AGAIN:  # another doubt is the last one: it is sent once more and no oftener
            return {"doubts": RESENDS, "available_at": now, "settled_at": None, "last_error": None}


def _doubt(row: Row[Any], now: datetime) -> Doubt:
    return Doubt(
        id=row.id,
        contact_id=row.contact_id,
        name=row.name or "",
        hamlet=row.hamlet or "",
        account=row.account,
        doubts=min(row.doubts, row.attempt),  # one that is given up counts one more
        since=row.settled_at,
        reason=row.last_error or "",
        barred=_barred(row, now),
    )


def _barred(row: Row[Any], now: datetime) -> str:
    if row.message_id is None:
        return "its words are not kept any more"
    if not row.willing:
        return "wants no notices any more"
    return "it is too late for it" if row.expires_at is not None and row.expires_at <= now else ""
