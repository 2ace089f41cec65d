"""Campaigns: their states, how far each has gone through the people, and what became of every message."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Campaign, CampaignState, Notice, OnDoubt, read_notice
from core.contacts import URN
from core.delivery import DeliveryStatus
from core.records import TAKEN_BACK, AnswerRow, Effect, LedgerRow, LeftOut, Recipient
from core.report import Reported
from core.rhythm import Rhythm
from core.windows import Way, Window
from core.wishes import Wishes, turned_down
from db.audience import address_of, another_way, meant, there_is, ways_of, why, withdrawn
from db.campaign_tables import campaign_counts, campaigns, left_out, notice_answers, notice_effects
from db.counting import LEFT_OUT, PENDING_NOW, count, left_out_as
from db.leasing import RESENDS, in_doubt, on_its_way, to_be_sent
from db.ledger import ledger
from db.models import addresses, contacts, deliveries
from db.report import one_moment, reported


class SqlCampaigns:
    """See core.storage.Campaigns."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, notice: Notice, *, by: str, now: datetime) -> int:
        """Make a draft; gives its number."""
        values = {**_values(notice), "state": CampaignState.DRAFT, "created_by": by, "created_at": now, "cursor": 0}
        made = await self._db.execute(insert(campaigns).values(values).returning(campaigns.c.id))
        return int(made.scalar_one())

    async def get(self, campaign_id: int) -> Campaign | None:
        """One campaign with its counts."""
        return next(iter(await self._load(campaigns.c.id == campaign_id)), None)

    async def list(self, *states: CampaignState) -> Sequence[Campaign]:
        """Those in these states, all if none is named; the newest first."""
        return await self._load(*([campaigns.c.state.in_(states)] if states else []))

    async def going(self) -> Sequence[Campaign]:
        """Those with which there is something to do: approved, being sent, or stopped and not yet taken back."""
        state = campaigns.c.state
        open_ = and_(state == CampaignState.STOPPED, campaigns.c.finished_at.is_(None))
        return await self._load(or_(state.in_((CampaignState.APPROVED, CampaignState.SENDING)), open_))

    async def begun(self, since: datetime, until: datetime) -> Sequence[Campaign]:
        """Those of which the sending began between these moments, the newest first."""
        went = or_(campaigns.c.cursor > 0, campaigns.c.expanded_at.is_not(None))
        return await self._load(went, campaigns.c.starts_at >= since, campaigns.c.starts_at < until)

    async def hold(self, campaign_id: int) -> CampaignState | None:
        """Where it stands; nobody moves it on before the end of the transaction."""
        found = await self._db.execute(_held(campaigns.c.id == campaign_id))
        row = found.first()
        return None if row is None else CampaignState(row.state)

    async def _load(self, *which: Any) -> Sequence[Campaign]:
        rows = (await self._db.execute(select(campaigns).where(*which).order_by(campaigns.c.id.desc()))).all()
        ids = [row.id for row in rows]
        c = campaign_counts.c
        counted = await self._db.execute(
            select(c.campaign_id, c.status, c.count.label("number")).where(c.campaign_id.in_(ids))
        )
        counts: dict[int, dict[str, int]] = {id_: {} for id_ in ids}
        for one in counted:
            counts[one.campaign_id][one.status] = int(one.number)
        return [campaign_of(row, counts[row.id]) for row in rows]

    async def step(self, campaign_id: int, before: CampaignState, after: CampaignState, **values: Any) -> bool:
        """From one state to another, with what comes along; False where it stands elsewhere meanwhile."""
        moved = await self._db.execute(
            update(campaigns)
            .where(campaigns.c.id == campaign_id, campaigns.c.state == before)
            .values(state=after, **values)
            .returning(campaigns.c.id)
        )
        return moved.first() is not None

    async def people(
        self,
        notice: Notice,
        *,
        accounts: Sequence[str],
        after: int,
        limit: int,
        now: datetime,
        campaign: int | None = None,
        windows: Mapping[str, Window] | None = None,
    ) -> Sequence[Recipient]:
        """The next people who are meant, each with the address to write to, or why they are left out.

        With `campaign`, who has a message of it already is passed over: they were joined with somebody else meanwhile.
        """
        ways = ways_of(notice, accounts, windows, now)
        came = deliveries.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT))
        theirs = and_(deliveries.c.contact_id == contacts.c.id, deliveries.c.campaign_id.is_not(None), came)
        told = there_is(deliveries.c.id, theirs, walking=True)
        # Their own messages are few; those of the campaign may be a million, which the sum keeps from being walked.
        of_it = and_(deliveries.c.contact_id == contacts.c.id, deliveries.c.campaign_id + 0 == campaign)
        has = there_is(deliveries.c.id, of_it, walking=True) if campaign is not None else false()
        rows = await self._db.execute(
            select(
                contacts.c.id,
                contacts.c.language,
                contacts.c.locality,
                contacts.c.household_id,
                contacts.c.rhythm,
                why(notice, ways, walking=True).label("why"),
                told.label("told"),
                another_way(notice.audience, ways).label("others"),
                addresses.c.account,
                addresses.c.path,
                ways.way(addresses.c).label("way"),
            )
            .join_from(contacts, addresses, addresses.c.id == address_of(ways), isouter=True)
            .where(contacts.c.id > after, meant(notice.audience, walking=True), ~has)
            .order_by(contacts.c.id)
            .limit(limit)
        )
        return [
            Recipient(
                contact_id=row.id,
                language=row.language,
                locality=row.locality,
                household_id=row.household_id,
                left_out=LeftOut(row.why) if row.why not in _GOES else None,
                urn=URN(account=row.account, path=row.path) if row.account is not None else None,
                first=not row.told,
                rhythm=Rhythm(row.rhythm),
                others=row.others,
                way=Way(row.way),
            )
            for row in rows
        ]

    async def went_on(
        self, campaign_id: int, *, cursor: int, queued: int, out: Sequence[tuple[int, LeftOut]], before: int
    ) -> bool:
        """Note how far it came, in the transaction of the batch; False where another process was there first."""
        moved = await self._db.execute(
            update(campaigns)
            .where(campaigns.c.id == campaign_id, campaigns.c.cursor == before)
            .where(campaigns.c.state == CampaignState.SENDING)
            .values(cursor=cursor)
            .returning(campaigns.c.id)
        )
        if moved.first() is None:
            return False
        if out:
            rows = [{"campaign_id": campaign_id, "contact_id": one, "reason": reason.value} for one, reason in out]
            await self._db.execute(insert(left_out), rows)
        await count(self._db, [(campaign_id, PENDING_NOW, queued)])
        await count(self._db, [(campaign_id, left_out_as(reason.value), 1) for _, reason in out])
        return True

    async def expanded(self, campaign_id: int, now: datetime) -> None:
        """Everybody was looked at."""
        await self._db.execute(update(campaigns).where(campaigns.c.id == campaign_id).values(expanded_at=now))

    async def claim(self, campaign_id: int, cursor: int) -> bool:
        """Hold a campaign until the end of the transaction; False where another process has it, or went on with it."""
        c = campaigns.c
        held = await self._db.execute(
            select(c.id)
            .where(c.id == campaign_id, c.cursor == cursor, c.state == CampaignState.SENDING, c.expanded_at.is_(None))
            # Its number stays what it is: the first count of a state, which refers to it, must not wait for the batch,
            # since the batch in the end waits for the counts.
            .with_for_update(skip_locked=True, key_share=True)
        )
        return held.first() is not None

    async def finish(self, ids: Sequence[int], now: datetime) -> int:
        """End those of these of which nothing is on its way any more; gives how many."""
        # Held first: the statement below then sees what an officer queued once more a moment ago.
        (await self._db.execute(_held(campaigns.c.id.in_(ids)))).all()
        # What is in doubt and held waits for an officer, not for us.
        held = and_(campaigns.c.on_doubt == OnDoubt.HOLD.value, deliveries.c.status == DeliveryStatus.IN_DOUBT)
        left = exists().where(deliveries.c.campaign_id == campaigns.c.id, on_its_way(deliveries.c), ~held)
        another_way = exists().where(deliveries.c.campaign_id == campaigns.c.id, deliveries.c.fall_back_at.is_not(None))
        done = await self._db.execute(
            update(campaigns)
            .where(campaigns.c.id.in_(ids), campaigns.c.expanded_at.is_not(None), ~left, ~another_way)
            .where(campaigns.c.state == CampaignState.SENDING)
            .values(state=CampaignState.FINISHED, finished_at=now)
            .returning(campaigns.c.id)
        )
        ended = [row.id for row in done]
        await self._give_up(deliveries.c.campaign_id.in_(ended))
        return len(ended)

    async def cancel(self, campaign_id: int, now: datetime, limit: int = TAKEN_BACK) -> int:
        """Take back what was not sent yet, so many at most; gives how many. What is being sent now goes on."""
        d = deliveries.c
        # In the order of the index of what waits, which holds no row that was taken back already: the campaign's own
        # index would be walked from its beginning for each batch.
        batch = (
            select(d.id)
            .where(d.campaign_id == campaign_id, to_be_sent(d), d.status.in_(_WAITS))
            .order_by(d.account, d.available_at, d.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return await self._cancel(d.id.in_(batch), "the campaign was stopped", now)

    async def taken_back(self, campaign_id: int, now: datetime) -> None:
        """Of a stopped campaign nothing waits any more: what is in doubt stays so, and it is over."""
        no_other_way = and_(deliveries.c.campaign_id == campaign_id, deliveries.c.fall_back_at.is_not(None))
        await self._db.execute(update(deliveries).where(no_other_way).values(fall_back_at=None))
        await self._give_up(deliveries.c.campaign_id == campaign_id)
        stopped = and_(campaigns.c.id == campaign_id, campaigns.c.state == CampaignState.STOPPED)
        await self._db.execute(update(campaigns).where(stopped).values(finished_at=now))

    async def cancel_unwanted(self, contact_id: int, wishes: Wishes, now: datetime) -> int:
        """Take back what waits to be sent to somebody and is not what they want any more."""
        mine = and_(deliveries.c.contact_id == contact_id, deliveries.c.campaign_id.is_not(None))
        rows = await self._db.execute(
            select(campaigns.c.id, campaigns.c.notice)
            .join(deliveries, deliveries.c.campaign_id == campaigns.c.id)
            .where(mine, on_its_way(deliveries.c))
        )
        unwanted = {row.id for row in rows if turned_down(read_notice({"kind": "notice", **row.notice}), wishes, now)}
        these = and_(mine, deliveries.c.campaign_id.in_(unwanted))
        number = await self._cancel(these, _WANTS_NONE, now)
        await self._give_up(these)
        return number

    async def cancel_for(self, contact_id: int, now: datetime) -> int:
        """Take back every notice that waits to be sent to somebody who wants none any more."""
        mine = and_(deliveries.c.contact_id == contact_id, deliveries.c.campaign_id.is_not(None))
        number = await self._cancel(mine, _WANTS_NONE, now)
        await self._give_up(mine)
        return number

    async def cancel_repeated(self, contact_id: int, now: datetime) -> int:
        """Take back what waits of a campaign of which somebody has, or gets, another message already."""
        other = deliveries.alias("other")
        under_way = (
            DeliveryStatus.LEASED,
            DeliveryStatus.SENT,
            DeliveryStatus.DELIVERED,
            DeliveryStatus.IN_DOUBT,
        )
        waits_before = and_(
            other.c.status.in_((DeliveryStatus.QUEUED, DeliveryStatus.RETRY)), other.c.id < deliveries.c.id
        )
        has_it = exists().where(
            other.c.contact_id == contact_id,
            other.c.campaign_id == deliveries.c.campaign_id,
            other.c.id != deliveries.c.id,
            or_(other.c.status.in_(under_way), waits_before),
        )
        mine = and_(deliveries.c.contact_id == contact_id, deliveries.c.campaign_id.is_not(None))
        return await self._cancel(and_(mine, has_it), "the same person has it at another address", now)

    async def take_back(self, delivery_ids: Sequence[int], now: datetime) -> int:
        """Of these, which came back unsent or in doubt, take back those to somebody who wants none any more."""
        theirs = and_(deliveries.c.id.in_(delivery_ids), withdrawn(deliveries))
        number = await self._cancel(theirs, _WANTS_NONE, now)
        await self._give_up(theirs)
        return number

    async def _cancel(self, which: ColumnElement[bool], reason: str, now: datetime) -> int:
        taken = await self._db.execute(
            update(deliveries)
            .where(which, deliveries.c.status.in_(_WAITS))
            .values(status=DeliveryStatus.CANCELLED, settled_at=now, last_error=reason, fall_back_at=None)
            .returning(deliveries.c.campaign_id)
        )
        ids = [row.campaign_id for row in taken]
        moved = [(one, PENDING_NOW, -1) for one in ids]
        await count(self._db, [*moved, *((one, DeliveryStatus.CANCELLED.value, 1) for one in ids)])
        return len(ids)

    async def _give_up(self, which: ColumnElement[bool]) -> None:
        """What is in doubt stays so, and is not sent once more."""
        await self._db.execute(update(deliveries).where(which, in_doubt(deliveries.c)).values(doubts=RESENDS + 1))

    async def went_to(self, campaign_id: int, contact_id: int) -> bool:
        """Whether somebody has a message of this campaign."""
        mine = and_(deliveries.c.contact_id == contact_id, deliveries.c.campaign_id + 0 == campaign_id)
        return (await self._db.execute(select(deliveries.c.id).where(mine).limit(1))).first() is not None

    async def answered(self, campaign_id: int, contact_id: int, text: str, word: str | None, now: datetime) -> None:
        """Keep what somebody wrote after a notice."""
        values = {"campaign_id": campaign_id, "contact_id": contact_id, "at": now, "text": text, "word": word}
        await self._db.execute(insert(notice_answers).values(values))

    async def affected(self, campaign_id: int, contact_id: int, effect: Effect, now: datetime) -> None:
        """Note what somebody did after a notice; of the same kind only the first."""
        values = {"campaign_id": campaign_id, "contact_id": contact_id, "kind": effect.value, "at": now}
        known = exists().where(
            *(notice_effects.c[name] == values[name] for name in ("campaign_id", "contact_id", "kind"))
        )
        if not (await self._db.execute(select(known))).scalar():
            await self._db.execute(insert(notice_effects).values(values))

    async def answers(self, campaign_id: int) -> Sequence[AnswerRow]:
        """What people wrote after a notice, the oldest first."""
        rows = await self._db.execute(
            select(notice_answers, contacts.c.name, contacts.c.hamlet)
            .join(contacts, contacts.c.id == notice_answers.c.contact_id)
            .where(notice_answers.c.campaign_id == campaign_id)
            .order_by(notice_answers.c.id)
        )
        return [
            AnswerRow(
                contact_id=row.contact_id,
                name=row.name or "",
                hamlet=row.hamlet or "",
                at=row.at,
                text=row.text,
                word=row.word or "",
            )
            for row in rows
        ]

    def ledger(self, campaign_id: int) -> AsyncIterator[LedgerRow]:
        """Everybody who was meant, with what became of it; memory does not grow with them."""
        return ledger(self._db, campaign_id)

    async def report(self, campaign_id: int) -> Reported | None:
        """The figures of one moment; the first thing that a unit of work is asked for."""
        await one_moment(self._db)
        one = await self.get(campaign_id)
        return None if one is None else await reported(self._db, one)


_GOES = ("", LeftOut.WINDOW.value)  # a window that is closed now may be open when it is sent: the relay judges
_WANTS_NONE = "wants no notices any more"
_WAITS = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)  # not sent yet, and not being sent


def _held(which: ColumnElement[bool]) -> Select[int, str]:
    # In one order, so that no two processes wait for each other; what refers to a campaign does not wait.
    c = campaigns.c
    return select(c.id, c.state).where(which).order_by(c.id).with_for_update(key_share=True)


def _values(notice: Notice) -> dict[str, Any]:
    return {"notice": notice.plain(), "urgent": notice.urgent, "on_doubt": notice.on_doubt}


def campaign_of(row: Row[Any], counts: Mapping[str, int]) -> Campaign:
    """A campaign as it is kept; with its counts, where they were read."""
    return Campaign(
        id=row.id,
        notice=read_notice({"kind": "notice", **row.notice}),
        state=CampaignState(row.state),
        created_by=row.created_by,
        created_at=row.created_at,
        submitted_by=row.submitted_by,
        approved_by=row.approved_by,
        approved_hash=row.approved_hash,
        starts_at=row.starts_at,
        cursor=row.cursor,
        expanded_at=row.expanded_at,
        finished_at=row.finished_at,
        counts={name: number for name, number in counts.items() if not name.startswith(LEFT_OUT)},
        left_out={name.removeprefix(LEFT_OUT): number for name, number in counts.items() if name.startswith(LEFT_OUT)},
    )
