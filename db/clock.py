"""What is stored as waiting for a moment, when the clock that moment was read from is set back."""

from datetime import datetime, timedelta

from sqlalchemy import Update, case, func, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import Column

from core.campaigns import CampaignState
from core.delivery import DeliveryStatus
from core.reminders import Gone, ReminderState
from core.schedules import OccurrenceState, Skipped
from db.campaign_tables import campaigns, occurrences, reminders, schedules
from db.columns import MICROSECOND, Id
from db.leasing import has_status, to_be_sent
from db.models import addresses, channel_accounts
from db.models import deliveries as t


async def ahead(db: AsyncConnection, now: datetime) -> timedelta:
    """How far the newest row that waits to be sent lies in the future; zero or less where it does not."""
    newest: datetime | None = (await db.execute(select(func.max(t.c.created_at)).where(to_be_sent(t.c)))).scalar_one()
    return newest - now if newest is not None else timedelta(0)


async def set_back(db: AsyncConnection, by: timedelta, now: datetime) -> None:
    """Take so much from every moment that something waits for: it goes on waiting for as long as it was meant to.

    Nothing is put before this moment. What was to happen on a day that people were told (a last moment, a consent)
    stays.
    """
    micro = by // MICROSECOND

    def earlier(column: Column[datetime]) -> object:
        moved = type_coerce(column, Id) - micro
        least = type_coerce(now, column.type)
        return case((column > now, case((moved > type_coerce(least, Id), moved), else_=least)), else_=column)

    statements: tuple[Update, ...] = (
        update(t)
        .where(to_be_sent(t.c), (t.c.available_at > now) | (t.c.created_at > now))
        .values(available_at=earlier(t.c.available_at), created_at=earlier(t.c.created_at)),
        update(t)
        .where(has_status(t.c, DeliveryStatus.LEASED), t.c.leased_until > now)
        .values(leased_until=earlier(t.c.leased_until)),
        update(channel_accounts)
        .where(channel_accounts.c.paused_until > now)
        .values(paused_until=earlier(channel_accounts.c.paused_until)),
        update(campaigns)
        .where(campaigns.c.state == CampaignState.APPROVED, campaigns.c.starts_at > now)
        .values(starts_at=earlier(campaigns.c.starts_at)),
        update(schedules).where(schedules.c.approved_at > now).values(approved_at=earlier(schedules.c.approved_at)),
        # What seemed too late by the wrong clock is still to come.
        update(occurrences)
        .where(occurrences.c.why == Skipped.LATE, occurrences.c.due_at > now)
        .values(state=OccurrenceState.PLANNED, why=None),
        update(reminders)
        .where(reminders.c.why == Gone.LATE.value, reminders.c.due_at > now)
        .values(state=ReminderState.PLANNED.value, why=None),
        # A sign of life of a day that has not come would keep a window open for ever.
        update(addresses).where(addresses.c.interacted_at > now).values(interacted_at=now),
    )
    for one in statements:
        await db.execute(one)
