"""Who got which notice, and who did not and why: read row by row, and kept for longer than the words themselves."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.records import LedgerRow
from core.report import LEFT_OUT
from db.campaign_tables import campaigns, left_out
from db.leasing import on_its_way
from db.models import contacts, deliveries, messages

AHEAD = 500  # rows fetched at once
DROPPED_AT_ONCE = 20_000  # rows in one transaction; the next hour does the next ones


async def ledger(db: AsyncConnection, campaign_id: int) -> AsyncIterator[LedgerRow]:
    """Everybody who was meant, with what became of it; memory does not grow with them."""
    async for row in _sent(db, campaign_id):
        yield row
    async for row in _left_out(db, campaign_id):
        yield row


async def _sent(db: AsyncConnection, campaign_id: int) -> AsyncIterator[LedgerRow]:
    last = 0
    while rows := await sent_page(db, campaign_id, after=last, limit=AHEAD):
        for _, row in rows:
            yield row
        last = rows[-1][0]


async def sent_page(
    db: AsyncConnection, campaign_id: int, *, after: int, limit: int
) -> Sequence[tuple[int, LedgerRow]]:
    """The next messages of a campaign behind a number, each with its own."""
    d = deliveries.c
    sent = (
        select(d.id, d.contact_id, d.account, d.status, d.attempt, d.doubts, d.last_error, d.settled_at)
        .add_columns(contacts.c.name, contacts.c.hamlet)
        .join_from(deliveries, contacts, contacts.c.id == d.contact_id, isouter=True)
        .where(d.campaign_id == campaign_id, d.id > after)
        .order_by(d.id)
        .limit(limit)
    )
    return [
        (
            row.id,
            LedgerRow(
                contact_id=row.contact_id,
                name=row.name or "",
                hamlet=row.hamlet or "",
                account=row.account,
                state=row.status,
                reason=row.last_error or "",
                attempts=row.attempt,
                doubts=row.doubts,
                at=row.settled_at,
            ),
        )
        for row in await db.execute(sent)
    ]


async def _left_out(db: AsyncConnection, campaign_id: int) -> AsyncIterator[LedgerRow]:
    last = 0
    while rows := await left_out_page(db, campaign_id, after=last, limit=AHEAD):
        for _, row in rows:
            yield row
        last = rows[-1][0]


async def left_out_page(
    db: AsyncConnection, campaign_id: int, *, after: int, limit: int
) -> Sequence[tuple[int, LedgerRow]]:
    """The next people behind a number who got no message of it, each with their number."""
    of = left_out.c.contact_id
    out = (
        select(of, left_out.c.reason, contacts.c.name, contacts.c.hamlet)
        .join_from(left_out, contacts, contacts.c.id == of)
        .where(left_out.c.campaign_id == campaign_id, of > after)
        .order_by(of)
        .limit(limit)
    )
    return [
        (
            row.contact_id,
            LedgerRow(
                contact_id=row.contact_id,
                name=row.name or "",
                hamlet=row.hamlet or "",
                account="",
                state=LEFT_OUT,
                reason=row.reason,
                attempts=0,
                doubts=0,
                at=None,
            ),
        )
        for row in await db.execute(out)
    ]


async def part(db: AsyncConnection, old: ColumnElement[bool]) -> None:
    """What became of the notices among these old messages stays without them: no word of them, and no address."""
    d = deliveries.c
    bubbles = select(messages.c.id).where(old)
    settled = (d.campaign_id.is_not(None), d.message_id.in_(bubbles), ~on_its_way(d))
    await db.execute(update(deliveries).where(*settled).values(message_id=None, path="", external_id=None))


async def drop(db: AsyncConnection, before: datetime) -> int:
    """Forget who got what of campaigns that were over by then; their counts stay. Gives how many rows."""
    c, d, o = campaigns.c, deliveries.c, left_out.c
    # One that nobody ever ended is as old as its draft.
    over = select(c.id).where(func.coalesce(c.finished_at, c.created_at) < before)
    sent = select(d.id).where(d.campaign_id.in_(over), d.message_id.is_(None)).limit(DROPPED_AT_ONCE)
    gone = await db.execute(delete(deliveries).where(d.id.in_(sent)))
    out = select(o.campaign_id, o.contact_id).where(o.campaign_id.in_(over)).limit(DROPPED_AT_ONCE)
    dropped = await db.execute(delete(left_out).where(tuple_(o.campaign_id, o.contact_id).in_(out)))
    return gone.rowcount + dropped.rowcount
