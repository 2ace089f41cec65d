"""What is kept by a consent alone: gone when that is withdrawn or over, and when a person is erased."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import Purpose
from db.event_tables import event_seats
from db.labour import forget_labour
from db.lead_tables import work_leads
from db.leads import unname
from db.market_tables import market_posts
from db.models import consents, needs
from db.need_tables import labour_told, stated_needs
from db.needs import forget_needs
from db.training import forget
from db.training_tables import enrolments, survey_answers
from db.work_tables import work_answers, work_profiles, work_told

# Of whom, as a condition on the column that holds a contact's number.
Whose = Callable[[ColumnElement[Any]], ColumnElement[bool]]

# Rows that go whole.
_ROWS: Mapping[Purpose, tuple[Table, ...]] = {
    Purpose.NEEDS: (needs,),
    Purpose.WORK: (work_answers, work_profiles, work_told),
    Purpose.SURVEY: (survey_answers,),
    Purpose.EVENTS: (event_seats,),
    Purpose.MARKET: (market_posts,),
}
BY_CONSENT = (*_ROWS, Purpose.TRAINING, Purpose.STATED, Purpose.LABOUR)


def theirs(contact_id: int) -> Whose:
    """Of one person."""
    return lambda number: number == contact_id


def unagreed(purpose: Purpose, now: datetime) -> Whose:
    """Of whoever has no consent for this any more."""

    def whose(number: ColumnElement[Any]) -> ColumnElement[bool]:
        mine = (consents.c.purpose == purpose) & (consents.c.contact_id == number)
        return number.is_not(None) & ~exists().where(mine, consents.c.expires_at >= now)

    return whose


async def forget_of(db: AsyncConnection, purpose: Purpose, whose: Whose) -> int:
    """Forget what these people's consent for a purpose keeps; gives how many rows, leads and households apart.

    What stays of it is a number that leads to nobody: see `unname`, `forget_needs` and `forget_labour`.
    """
    gone = 0
    for table in _ROWS.get(purpose, ()):
        gone += (await db.execute(delete(table).where(whose(table.c.contact_id)))).rowcount
    if purpose is Purpose.WORK:
        await unname(db, whose(work_leads.c.contact_id))
    elif purpose is Purpose.TRAINING:
        gone += await forget(db, whose(enrolments.c.contact_id))
    elif purpose is Purpose.STATED:
        which = whose(stated_needs.c.contact_id)
        gone += int((await db.execute(select(func.count()).where(which))).scalar_one())
        await forget_needs(db, which)
    elif purpose is Purpose.LABOUR:
        told = await db.execute(select(labour_told.c.contact_id).where(whose(labour_told.c.contact_id)))
        await forget_labour(db, told.scalars().all())
    return gone
