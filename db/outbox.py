"""The outbox: everything said to a person waits here, and each row tells what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.dml import ReturningUpdate

from core.campaigns import CampaignState, OnDoubt
from core.caps import CAPS, free_at
from core.contacts import URN
from core.delivery import PENDING, Delivery, DeliveryStatus, NewDelivery, Outcome, Priority
from core.errors import SendErrorKind
from core.messages import OutboundMessage
from core.storage import Direction
from db.audience import withdrawn
from db.counting import PENDING_NOW, count
from db.messages import insert_messages
from db.models import UNFINISHED, WAITING, campaigns, channel_accounts, messages
from db.models import deliveries as t

RESENDS = 1  # how often a message in doubt is sent again: more would be more duplicates than doubts


class SqlOutbox:
    """See core.storage.Outbox."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, deliveries: Sequence[NewDelivery]) -> set[str]:
        """Queue messages; one whose dedup key exists already is left as it is. Gives the keys that did."""
        keys = [one.dedup_key for one in deliveries]
        known = set((await self._db.execute(select(t.c.dedup_key).where(t.c.dedup_key.in_(keys)))).scalars())
        new = [one for one in deliveries if one.dedup_key not in known]
        if not new:
            return known
        ids = await insert_messages(
            self._db,
            [
                {
                    "account": one.urn.account,
                    "path": one.urn.path,
                    "contact_id": one.contact_id,
                    "direction": Direction.OUT,
                    "at": one.available_at,
                    "body": one.message.to_json(),
                    "forget_at": one.forget_at,
                }
                for one in new
            ],
            [one.message.attachments for one in new],
        )
        await self._db.execute(
            insert(t),
            [
                {
                    "dedup_key": one.dedup_key,
                    "message_id": message_id,
                    "account": one.urn.account,
                    "path": one.urn.path,
                    "contact_id": one.contact_id,
                    "priority": one.priority,
                    "status": DeliveryStatus.QUEUED,
                    "available_at": one.available_at,
                    "expires_at": one.message.expires_at,
                    "forget": one.forget,
                    "created_at": one.available_at,
                    "campaign_id": one.campaign_id,
                }
                for one, message_id in zip(new, ids, strict=True)
            ],
        )
        return known

    async def lease(
        self, accounts: Sequence[str], *, worker: str, now: datetime, until: datetime, limit: int, quiet: bool = False
    ) -> list[Delivery]:
        """Take the most urgent due rows for this worker; of one address only the first unfinished one.

        Of a campaign only while it is being sent; in quiet hours only what is urgent.
        """
        asked = {
            "accounts": list(accounts),
            "worker": worker,
            "now": now,
            "until": until,
            "most": limit,
            "least": Priority.URGENT if quiet else Priority.NOTICE,  # in quiet hours the walk ends before the notices
        }
        taken = sorted(await self._db.execute(_LEASE, asked), key=lambda row: (row.priority, row.id))
        doubted = [row.campaign_id for row in taken if row.campaign_id is not None and row.settled_at is not None]
        moved = [(one, DeliveryStatus.IN_DOUBT.value, -1) for one in doubted]
        await count(self._db, [*moved, *((one, PENDING_NOW, 1) for one in doubted)])
        return [
            Delivery(
                id=row.id,
                message_id=row.message_id,
                urn=URN(account=row.account, path=row.path),
                message=OutboundMessage.from_json(row.body, expires_at=row.expires_at),
                priority=Priority(row.priority),
                attempt=row.attempt,
                doubts=row.doubts,
                progress=row.progress,
                forget=row.forget,
                campaign_id=row.campaign_id,
                contact_id=row.contact_id,
            )
            for row in taken
        ]

    async def record(self, outcomes: Sequence[Outcome], *, worker: str, now: datetime) -> None:
        """Write what became of leased rows. A row that another worker has meanwhile is left alone."""
        await self._count(outcomes, worker)
        kept = [one for one in outcomes if not one.forget]
        gone = [one.delivery_id for one in outcomes if one.forget]
        if kept:
            await self._db.execute(
                _RECORD,
                [
                    {
                        "key": one.delivery_id,
                        "worker": worker,
                        "became": one.status.value,
                        "provider_id": one.external_id,
                        "again_at": one.available_at,
                        "error": one.error,
                        "doubt": int(one.status is DeliveryStatus.IN_DOUBT),
                        "given_back": int(one.status is DeliveryStatus.QUEUED),
                        "over_at": None if one.status in PENDING else now,
                    }
                    for one in kept
                ],
            )
        if gone:
            ours = and_(t.c.leased_by == worker, t.c.status == DeliveryStatus.LEASED)
            await self._forget(and_(t.c.id.in_(gone), ours))

    async def _count(self, outcomes: Sequence[Outcome], worker: str) -> None:
        """Move what is recorded of campaigns from what is pending to what it became."""
        became = {one.delivery_id: one.status for one in outcomes if one.status not in PENDING}
        if not became:
            return
        ours = await self._db.execute(
            select(t.c.id, t.c.campaign_id)
            .where(t.c.id.in_(became), t.c.campaign_id.is_not(None), t.c.leased_by == worker)
            .where(t.c.status == DeliveryStatus.LEASED)
            .order_by(t.c.id)
            .with_for_update()  # nobody else takes them from here to the record
        )
        rows = ours.all()
        moved = [(row.campaign_id, PENDING_NOW, -1) for row in rows]
        await count(self._db, [*moved, *((row.campaign_id, became[row.id].value, 1) for row in rows)])

    async def capped(self, leased: Sequence[Delivery], *, now: datetime) -> dict[int, datetime]:
        """Who got as many notices lately as a person may, and from when on there is room for another.

        What is being sent to them at this moment counts, but for those asked about.
        """
        asked = {one.id: one.contact_id for one in leased if one.contact_id is not None}
        if not asked:
            return {}
        taken = t.c.status.in_([DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT])
        lately = and_(taken, t.c.settled_at > now - max(within for _, within in CAPS))
        sending = and_(t.c.status == DeliveryStatus.LEASED, t.c.id.not_in(asked))
        rows = await self._db.execute(
            select(t.c.contact_id, t.c.settled_at, t.c.status).where(
                t.c.contact_id.in_(asked.values()), t.c.campaign_id.is_not(None), or_(lately, sending)
            )
        )
        got: dict[int, list[datetime]] = {}
        for row in rows:
            moment = now if row.status == DeliveryStatus.LEASED else row.settled_at
            got.setdefault(row.contact_id, []).append(moment)
        for moments in got.values():
            moments.sort(reverse=True)
        free = {contact: free_at(moments, now) for contact, moments in got.items()}
        return {contact: moment for contact, moment in free.items() if moment is not None}

    async def progress(self, delivery_id: int, pieces: int, *, worker: str, until: datetime) -> bool:
        """So many pieces of a leased row were sent; its lease lasts until then. False where the lease is lost.

        An earlier doubt was about one of these pieces: it is over, and the next piece begins with none.
        """
        held = await self._db.execute(
            update(t)
            .where(t.c.id == delivery_id, t.c.leased_by == worker, t.c.status == DeliveryStatus.LEASED)
            .values(progress=pieces, doubts=0, leased_until=until)
            .returning(t.c.id)
        )
        return held.first() is not None

    async def pause(self, account: str, until: datetime) -> None:
        """Lease nothing of this account before this moment, in any process."""
        longer = or_(channel_accounts.c.paused_until.is_(None), channel_accounts.c.paused_until < until)
        await self._db.execute(
            update(channel_accounts).where(channel_accounts.c.id == account, longer).values(paused_until=until)
        )

    async def try_again(self, urn: URN, *, since: datetime, now: datetime) -> int:
        """Queue replies that failed since then because the address was refused; gives how many."""
        again = await self._db.execute(
            update(t)
            .where(t.c.account == urn.account, t.c.path == urn.path, t.c.settled_at >= since)
            .where(_is(t.c, DeliveryStatus.FAILED), t.c.priority == Priority.REPLY)
            .where(t.c.last_error.startswith(SendErrorKind.CONTACT_STOPPED.value))
            .values(status=DeliveryStatus.QUEUED, available_at=now, settled_at=None)
            .returning(t.c.id)
        )
        return len(again.all())

    async def confirm(self, urn: URN, *, up_to: int, now: datetime) -> None:
        """The person's device has shown every message up to this one."""
        theirs = and_(t.c.account == urn.account, t.c.path == urn.path, t.c.message_id <= up_to)
        confirmed = await self._db.execute(
            update(t)
            .where(theirs, _is(t.c, DeliveryStatus.SENT))
            .values(status=DeliveryStatus.DELIVERED, settled_at=now)
            .returning(t.c.id, t.c.forget, t.c.campaign_id)
        )
        rows = confirmed.all()
        arrived = [row.campaign_id for row in rows if row.campaign_id is not None]
        moved = [(one, DeliveryStatus.SENT.value, -1) for one in arrived]
        await count(self._db, [*moved, *((one, DeliveryStatus.DELIVERED.value, 1) for one in arrived)])
        if gone := [row.id for row in rows if row.forget]:
            await self._forget(t.c.id.in_(gone))

    async def _forget(self, which: ColumnElement[bool]) -> None:
        doomed = select(t.c.message_id).where(t.c.forget, which)
        # The delivery goes with its message (ON DELETE CASCADE).
        await self._db.execute(delete(messages).where(messages.c.id.in_(doomed)))

    async def rescue(self, *, now: datetime, dead_worker_only: str | None = None) -> int:
        """Put rows whose lease has run out in doubt; gives how many.

        With `dead_worker_only`, every lease not held by that worker is taken as a dead one's: true where one
        process owns the database, at its start.
        """
        over = t.c.leased_until < now if dead_worker_only is None else t.c.leased_by != dead_worker_only
        found = await self._db.execute(
            update(t)
            .where(_is(t.c, DeliveryStatus.LEASED), over)
            .values(
                status=DeliveryStatus.IN_DOUBT,
                doubts=case((withdrawn(t), RESENDS + 1), else_=t.c.doubts + 1),
                leased_by=None,
                leased_until=None,
                settled_at=now,
                last_error="the process that was sending it died",
            )
            .returning(t.c.id, t.c.campaign_id)
        )
        rows = found.all()
        lost = [row.campaign_id for row in rows if row.campaign_id is not None]
        moved = [(one, PENDING_NOW, -1) for one in lost]
        await count(self._db, [*moved, *((one, DeliveryStatus.IN_DOUBT.value, 1) for one in lost)])
        return len(rows)

    async def counts(self) -> dict[DeliveryStatus, int]:
        """How many rows are in each state that still needs somebody: pending, in doubt, failed."""
        watched = (*PENDING, DeliveryStatus.IN_DOUBT, DeliveryStatus.FAILED)
        rows = await self._db.execute(
            select(t.c.status, func.count()).where(t.c.status.in_(watched)).group_by(t.c.status)
        )
        found = {DeliveryStatus(status): int(number) for status, number in rows}
        return {status: found.get(status, 0) for status in watched}

    async def next_due(self) -> datetime | None:
        """When the next waiting row becomes due."""
        found = await self._db.execute(select(func.min(t.c.available_at)).where(to_be_sent(t.c)))
        moment: datetime | None = found.scalar_one()
        return moment

    async def drop_farewells(self, *, now: datetime) -> None:
        """Farewells of an erasure that nobody came back to read are gone after an hour."""
        # A private reply to somebody we know waits for as long as it must.
        await self._forget(and_(t.c.contact_id.is_(None), t.c.created_at < now - timedelta(hours=1)))


def on_its_way(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    """Whether a row still waits to be sent, or is being sent."""
    return and_(_is(columns, *UNFINISHED), _not_given_up(columns))


def to_be_sent(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    """Whether a row waits for a lease: for its first, for another after trouble, or for the one after a doubt."""
    return and_(_is(columns, *WAITING), _not_given_up(columns))


def _not_given_up(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    return or_(columns.status != DeliveryStatus.IN_DOUBT, columns.doubts <= RESENDS)


def _is(columns: ReadOnlyColumnCollection[str, Column[Any]], *states: DeliveryStatus) -> ColumnElement[bool]:
    # Written into the statement in the words of the partial indexes: with values that come later, neither database
    # would see that an index fits, and every lease would walk the history.
    return columns.status.in_([literal_column(f"'{state.value}'") for state in states])


def _nothing_before() -> ColumnElement[bool]:
    # What was said to a person earlier must not be overtaken, except a notice by a reply. Written as "the first of
    # those is nobody" and not as NOT EXISTS: PostgreSQL would make one great join of that, and without statistics a
    # join of every waiting row with every other one.
    earlier, of = t.alias("earlier"), campaigns.alias("of")
    # A campaign that is paused holds up no other one, nor does a doubt that is held.
    held = and_(of.c.on_doubt == OnDoubt.HOLD.value, earlier.c.status == DeliveryStatus.IN_DOUBT.value)
    sending = exists().where(of.c.id == earlier.c.campaign_id, of.c.state == CampaignState.SENDING.value, ~held)
    goes = or_(sending, earlier.c.status == DeliveryStatus.LEASED.value)
    first = (
        select(earlier.c.id)
        .where(earlier.c.account == t.c.account, earlier.c.path == t.c.path, earlier.c.id < t.c.id)
        .where(earlier.c.priority <= t.c.priority, on_its_way(earlier.c), or_(earlier.c.campaign_id.is_(None), goes))
        .order_by(earlier.c.id)
        .limit(1)
    )
    return first.scalar_subquery().is_(None)


def _let_go() -> ColumnElement[bool]:
    """A reply always; of a campaign while it is being sent, and after a doubt if it says so."""
    again = or_(campaigns.c.on_doubt == OnDoubt.RESEND.value, t.c.status != DeliveryStatus.IN_DOUBT.value)
    going = and_(campaigns.c.state == CampaignState.SENDING.value, again)
    one = select(campaigns.c.id).where(campaigns.c.id == t.c.campaign_id, going)
    return or_(t.c.campaign_id.is_(None), one.exists())


def _leasing() -> ReturningUpdate[Any]:
    # The account as an expression: by the index on it all that waits would be sorted for every lease, while the
    # index of what is due gives the first `most` rows in their order.
    account = t.c.account.concat("")
    now = bindparam("now", type_=t.c.available_at.type)
    silent = select(channel_accounts.c.id).where(channel_accounts.c.paused_until > now)
    due = (
        select(t.c.id)
        .where(account.in_(bindparam("accounts", expanding=True)), account.not_in(silent))
        .where(t.c.priority <= bindparam("least", type_=Integer))
        .where(t.c.available_at <= now, to_be_sent(t.c), _let_go(), _nothing_before())
        .order_by(t.c.priority, t.c.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    body = select(messages.c.body).where(messages.c.id == t.c.message_id).scalar_subquery()
    return (
        update(t)
        .where(t.c.id.in_(select(due.c.id)))
        .values(
            status=DeliveryStatus.LEASED,
            leased_by=bindparam("worker"),
            leased_until=bindparam("until", type_=t.c.leased_until.type),
            attempt=t.c.attempt + 1,
        )
        .returning(*t.c, body.label("body"))
    )


def _recording() -> Update:
    return (
        update(t)
        .where(
            t.c.id == bindparam("key"), t.c.leased_by == bindparam("worker"), t.c.status == DeliveryStatus.LEASED.value
        )
        .values(
            status=bindparam("became"),
            external_id=bindparam("provider_id"),
            available_at=func.coalesce(bindparam("again_at", type_=t.c.available_at.type), t.c.available_at),
            last_error=bindparam("error"),
            doubts=t.c.doubts + bindparam("doubt", type_=t.c.doubts.type),
            attempt=t.c.attempt - bindparam("given_back", type_=t.c.attempt.type),
            leased_by=None,
            leased_until=None,
            settled_at=bindparam("over_at", type_=t.c.settled_at.type),
        )
    )


# The two that every message needs: put together once, which takes longer than carrying them out.
_LEASE, _RECORD = _leasing(), _recording()
