"""The outbox: everything said to a person waits here, and each row tells what became of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Row,
    String,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import CampaignState
from core.caps import CAPS, free_at
from core.contacts import URN
from core.delivery import PENDING, Delivery, DeliveryStatus, NewDelivery, Outcome, Priority
from core.digest import MOST_TOGETHER, fitting
from core.errors import SendErrorKind
from core.messages import OutboundMessage
from core.records import Direction
from db import leasing
from db.audience import withdrawn
from db.campaign_tables import campaigns
from db.capped import counts_for_caps
from db.counting import PENDING_NOW, count
from db.fallbacks import waits_no_longer
from db.leasing import RESENDS, has_status
from db.messages import insert_messages
from db.models import WAITING, addresses, channel_accounts, messages
from db.models import deliveries as t
from db.windows import since

SOON = timedelta(seconds=5)
WAITED = timedelta(minutes=10)  # since it was written: there may be others that wait for the same day


def _delivery(row: Row[Any], now: datetime) -> Delivery:
    return Delivery(
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
        bundle=row.bundle,
        waited=row.together and row.progress == 0 and row.created_at <= now - WAITED,
    )


class SqlOutbox:
    """See core.storage.Outbox."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, deliveries: Sequence[NewDelivery]) -> set[str]:
        """Queue messages; one whose dedup key exists already is left as it is. Gives the keys that did."""
        keys = [one.dedup_key for one in deliveries]
        known = await self._known(keys)
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
                    "available_at": one.not_before or one.available_at,
                    "together": one.together,
                    "expires_at": one.message.expires_at,
                    "forget": one.forget,
                    "created_at": one.available_at,
                    "campaign_id": one.campaign_id,
                    "fall_back_at": one.fall_back_at,
                }
                for one, message_id in zip(new, ids, strict=True)
            ],
        )
        return known

    async def _known(self, keys: Sequence[str]) -> set[str]:
        if self._db.dialect.name != "postgresql":
            return set((await self._db.execute(select(t.c.dedup_key).where(t.c.dedup_key.in_(keys)))).scalars())
        # For a list of values PostgreSQL keeps the plan that it made while the table was empty, and reads all of it.
        key = func.unnest(bindparam("keys", type_=ARRAY(String))).column_valued("key")
        there = select(t.c.id).where(t.c.dedup_key == key).limit(1).scalar_subquery().is_not(None)
        return set((await self._db.execute(select(key).where(there), {"keys": list(keys)})).scalars())

    async def lease(
        self,
        accounts: Sequence[str],
        *,
        worker: str,
        now: datetime,
        until: datetime,
        limit: int,
        replies: int | None = None,
        quiet: bool = False,
        notices: Mapping[str, int] | None = None,
    ) -> list[Delivery]:
        """Take the most urgent due rows for this worker; of one address only the first unfinished one.

        Of a campaign only while it is being sent; in quiet hours only what is urgent. Of what is of no campaign
        `accounts` take `replies`; `notices` says how many of a campaign each account takes. Unless they are given, each
        takes what is left of `limit`.
        """
        taking = leasing.taking(worker, now, until)
        taken: list[Row[Any]] = []
        if (most := limit if replies is None else min(limit, replies)) and accounts:
            taken = await leasing.replies(self._db, accounts, taking=taking, limit=most, quiet=quiet)
        if len(taken) < limit:
            room = dict.fromkeys(accounts, limit) if notices is None else notices
            taken += await leasing.notices(self._db, room, taking=taking, limit=limit - len(taken), quiet=quiet)
        taken.sort(key=lambda row: (row.priority, row.id))
        await self._count_leased(taken)
        return [_delivery(row, now) for row in taken]

    async def _count_leased(self, taken: Sequence[Row[Any]]) -> None:
        """What was in doubt is pending once more."""
        doubted = [row.campaign_id for row in taken if row.campaign_id is not None and row.settled_at is not None]
        moved = [(one, DeliveryStatus.IN_DOUBT.value, -1) for one in doubted]
        await count(self._db, [*moved, *((one, PENDING_NOW, 1) for one in doubted)])

    async def interacted(self, leased: Sequence[Delivery]) -> Mapping[URN, datetime | None]:
        """When the people at these addresses last did something; None where they cannot be written to since.

        An address that is gone, of somebody who was erased, is not among them.
        """
        wanted = sorted({(one.urn.account, one.urn.path) for one in leased})
        rows = await self._db.execute(
            select(addresses.c.account, addresses.c.path, since().label("since")).where(
                tuple_(addresses.c.account, addresses.c.path).in_(wanted)
            )
        )
        return {URN(account=row.account, path=row.path): row.since for row in rows}

    async def gather(self, leased: Delivery, *, worker: str, now: datetime, until: datetime) -> Sequence[Delivery]:
        """Take what else is due to the same person and may go along in one message, as much as fits."""
        body = select(messages.c.body).where(messages.c.id == t.c.message_id).scalar_subquery()
        sending = exists().where(campaigns.c.id == t.c.campaign_id, campaigns.c.state == CampaignState.SENDING.value)
        due = await self._db.execute(
            select(t, body.label("body"))
            .where(t.c.account == leased.urn.account, t.c.path == leased.urn.path, has_status(t.c, *WAITING))
            .where(t.c.together, t.c.contact_id == leased.contact_id, t.c.doubts == leased.doubts, sending)
            .where(t.c.progress == 0)  # what they have half of already goes on by itself
            .where(t.c.available_at <= now, or_(t.c.expires_at.is_(None), t.c.expires_at > now))
            .order_by(t.c.id)
            .limit(MOST_TOGETHER - 1)
            .with_for_update(skip_locked=True, of=t)
        )
        rows = due.all()
        found = [_delivery(row, now) for row in rows]
        along = found[: fitting([leased.message, *(one.message for one in found)]) - 1]
        if along:
            await self._count_leased(rows[: len(along)])
            ids = [one.id for one in along]
            held = {"status": DeliveryStatus.LEASED, "leased_by": worker, "leased_until": until}
            await self._db.execute(update(t).where(t.c.id.in_(ids)).values(**held, attempt=t.c.attempt + 1))
            await self._db.execute(update(t).where(t.c.id.in_([leased.id, *ids])).values(bundle=leased.id))
        return along

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
                        "no_other_way": waits_no_longer(one),
                        "at_once": now if one.status is DeliveryStatus.FAILED or one.another_way else None,
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

        What is being sent to them at this moment counts, but for those asked about; what went together counts once.
        """
        asked = {one.id: one.contact_id for one in leased if one.contact_id is not None}
        if not asked:
            return {}
        taken = t.c.status.in_([DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT])
        lately = and_(taken, t.c.settled_at > now - max(within for _, within in CAPS))
        sending = and_(t.c.status == DeliveryStatus.LEASED, t.c.id.not_in(asked))
        rows = await self._db.execute(
            select(t.c.contact_id, t.c.settled_at, t.c.status, func.coalesce(t.c.bundle, t.c.id).label("one")).where(
                t.c.contact_id.in_(asked.values()), counts_for_caps(t), or_(lately, sending)
            )
        )
        got: dict[int, dict[int, datetime]] = {}
        beside: dict[int, set[int]] = {}
        own = {one.bundle or one.id for one in leased}  # of a doubt about several the others are no other message
        for row in rows:
            if row.one in own:
                continue
            if row.status == DeliveryStatus.LEASED:
                beside.setdefault(row.contact_id, set()).add(row.one)
            else:
                got.setdefault(row.contact_id, {})[row.one] = row.settled_at
        capped = {}
        for contact in {*got, *beside}:
            moments = sorted(got.get(contact, {}).values(), reverse=True)
            until = free_at(moments, now)
            if until is None and free_at([now] * len(beside.get(contact, ())) + moments, now) is not None:
                until = now + SOON  # it is decided when what is being sent now has arrived or not
            if until is not None:
                capped[contact] = until
        return capped

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
            .where(has_status(t.c, DeliveryStatus.FAILED), t.c.priority == Priority.REPLY)
            .where(t.c.last_error.startswith(SendErrorKind.CONTACT_STOPPED.value))
            .values(status=DeliveryStatus.QUEUED, available_at=now, settled_at=None)
            .returning(t.c.id)
        )
        return len(again.all())

    async def confirm(self, urn: URN, *, up_to: int) -> None:
        """The person's device has shown every message up to this one."""
        await self._delivered(urn, t.c.message_id <= up_to)

    async def arrived(self, urn: URN, external_ids: Collection[str]) -> int:
        """The provider says that these messages were shown; gives how many of them it moved."""
        return await self._delivered(urn, t.c.external_id.in_(external_ids))

    async def _delivered(self, urn: URN, which: ColumnElement[bool]) -> int:
        # When it went stays: by that the next one is kept apart, however late somebody looks.
        confirmed = await self._db.execute(
            update(t)
            .where(t.c.account == urn.account, t.c.path == urn.path, which, has_status(t.c, DeliveryStatus.SENT))
            .values(status=DeliveryStatus.DELIVERED, fall_back_at=None)
            .returning(t.c.id, t.c.forget, t.c.campaign_id)
        )
        rows = confirmed.all()
        arrived = [row.campaign_id for row in rows if row.campaign_id is not None]
        moved = [(one, DeliveryStatus.SENT.value, -1) for one in arrived]
        await count(self._db, [*moved, *((one, DeliveryStatus.DELIVERED.value, 1) for one in arrived)])
        if gone := [row.id for row in rows if row.forget]:
            await self._forget(t.c.id.in_(gone))
        return len(rows)

    async def _forget(self, which: ColumnElement[bool]) -> None:
        doomed = select(t.c.message_id).where(t.c.forget, which)
        # The delivery goes with its message (ON DELETE CASCADE).
        await self._db.execute(delete(messages).where(messages.c.id.in_(doomed)))

    async def rescue(self, *, now: datetime, dead_worker_only: str | None = None, alive: Collection[int] = ()) -> int:
        """Put rows whose lease has run out in doubt, but for those known to be alive; gives how many.

        With `dead_worker_only`, every lease not held by that worker is taken as a dead one's: true where one
        process owns the database, at its start.
        """
        over = t.c.leased_until < now if dead_worker_only is None else t.c.leased_by != dead_worker_only
        if alive:
            # A clock that jumped, or a database that was away: the lease ran out, and the send goes on.
            over = and_(over, t.c.id.not_in(alive))
        found = await self._db.execute(
            update(t)
            .where(has_status(t.c, DeliveryStatus.LEASED), over)
            .values(
                status=DeliveryStatus.IN_DOUBT,
                doubts=case((withdrawn(t), RESENDS + 1), else_=t.c.doubts + 1),
                leased_by=None,
                leased_until=None,
                settled_at=now,
                fall_back_at=None,
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

    async def drop_farewells(self, *, now: datetime) -> None:
        """Farewells of an erasure that nobody came back to read are gone after an hour."""
        # A private reply to somebody we know waits for as long as it must.
        await self._forget(and_(t.c.contact_id.is_(None), t.c.created_at < now - timedelta(hours=1)))


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
            fall_back_at=case(
                (or_(bindparam("no_other_way", type_=Boolean), t.c.fall_back_at.is_(None)), None),
                else_=func.coalesce(bindparam("at_once", type_=t.c.fall_back_at.type), t.c.fall_back_at),
            ),
        )
    )


_RECORD = _recording()  # put together once, which takes longer than carrying it out
