"""Reminders to one person each: planned, sent once, or called off."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import URN, Contact
from core.reminders import Gone, Reminder, ReminderState
from core.windows import Window
from db.audience import address_of
from db.campaign_tables import reminders as t
from db.models import addresses, contacts
from db.windows import Ways

_PLANNED = t.c.state == ReminderState.PLANNED.value


class SqlReminders:
    """See core.sending_storage.Reminders."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def plan(
        self,
        contact_id: int,
        rule: str,
        moments: Sequence[datetime],
        *,
        about: datetime,
        now: datetime,
        campaign_id: int | None = None,
    ) -> None:
        """Remind somebody at these moments of that one; by the same rule they are reminded of nothing else."""
        of_the_rule = and_(t.c.contact_id == contact_id, t.c.rule == rule)
        await self._call_off(and_(of_the_rule, t.c.about != about), Gone.CHANGED)
        for moment in moments:
            same = and_(of_the_rule, t.c.due_at == moment)
            again = await self._db.execute(
                update(t)
                .where(same, t.c.state == ReminderState.CANCELLED.value)
                .values(state=ReminderState.PLANNED.value, why=None, about=about, campaign_id=campaign_id)
                .returning(t.c.id)
            )
            if again.first() is not None or (await self._db.execute(select(exists().where(same)))).scalar():
                continue
            values: dict[str, Any] = {"contact_id": contact_id, "rule": rule, "due_at": moment, "about": about}
            values |= {"campaign_id": campaign_id, "state": ReminderState.PLANNED.value, "made_at": now}
            await self._db.execute(insert(t).values(values))

    async def due(self, now: datetime, *, after: int, limit: int) -> Sequence[Reminder]:
        """The next ones to be sent, behind a number."""
        rows = await self._db.execute(
            select(t).where(_PLANNED, t.c.due_at <= now, t.c.id > after).order_by(t.c.id).limit(limit)
        )
        return [_reminder(row) for row in rows]

    async def claim(self, reminder_id: int) -> bool:
        """Hold one until the end of the transaction; False where it is not planned any more, or somebody has it."""
        held = await self._db.execute(
            select(t.c.id).where(_PLANNED, t.c.id == reminder_id).with_for_update(skip_locked=True)
        )
        return held.first() is not None

    async def of(self, contact_id: int) -> Sequence[Reminder]:
        """What somebody will still be reminded of, the next first."""
        rows = await self._db.execute(select(t).where(_PLANNED, t.c.contact_id == contact_id).order_by(t.c.due_at))
        return [_reminder(row) for row in rows]

    async def unplanned(self, rule: str, status: str, limit: int) -> Sequence[Contact]:
        """People of a ward's list whose household it recognised so on a known day, and who have none by this rule."""
        about = select(t.c.id).where(t.c.contact_id == contacts.c.id, t.c.rule == rule).limit(1).scalar_subquery()
        rows = await self._db.execute(
            select(contacts)
            .where(contacts.c.status_since.is_not(None), contacts.c.household_status == status, about.is_(None))
            .order_by(contacts.c.id)
            .limit(limit)
        )
        return [
            Contact(id=row.id, locality=row.locality, language=row.language, status_since=row.status_since)
            for row in rows
        ]

    async def address(
        self,
        contact_id: int,
        accounts: Sequence[str],
        *,
        now: datetime,
        windows: Mapping[str, Window] | None = None,
    ) -> URN | None:
        """Where somebody is told; None where nothing takes anything from us now."""
        ways = Ways(accounts=accounts, windows=windows or {}, now=now)
        rows = await self._db.execute(
            select(addresses.c.account, addresses.c.path)
            .join_from(contacts, addresses, addresses.c.id == address_of(ways))
            .where(contacts.c.id == contact_id, ~ways.shut(addresses.c))
        )
        row = rows.first()
        return URN(account=row.account, path=row.path) if row is not None else None

    async def sent(self, reminder_id: int) -> None:
        """It is in the outbox."""
        await self._db.execute(update(t).where(t.c.id == reminder_id).values(state=ReminderState.SENT.value))

    async def drop(self, reminder_id: int, why: Gone) -> None:
        """It is not sent."""
        await self._call_off(t.c.id == reminder_id, why)

    async def call_off(self, contact_id: int, why: Gone, rule: str | None = None) -> int:
        """Remind somebody of nothing any more, or of nothing by a rule; gives how many there were."""
        mine = t.c.contact_id == contact_id
        return await self._call_off(mine if rule is None else and_(mine, t.c.rule == rule), why)

    async def over(self, contact_ids: Sequence[int], rule: str) -> int:
        """What these were to be reminded of by a rule holds for them no more; gives how many there were."""
        return await self._call_off(and_(t.c.contact_id.in_(contact_ids), t.c.rule == rule), Gone.OVER)

    async def _call_off(self, which: ColumnElement[bool], why: Gone) -> int:
        gone = await self._db.execute(
            update(t)
            .where(which, _PLANNED)
            .values(state=ReminderState.CANCELLED.value, why=why.value)
            .returning(t.c.id)
        )
        return len(gone.all())


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        id=row.id,
        contact_id=row.contact_id,
        rule=row.rule,
        about=row.about,
        due_at=row.due_at,
        campaign_id=row.campaign_id,
        state=ReminderState(row.state),
        why=Gone(row.why) if row.why else None,
    )
