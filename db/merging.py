"""Two contacts become one: every row of the one that goes is the other's afterwards, or is no more."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, and_, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import ContactStatus, Purpose
from core.rhythm import Rhythm
from db import leads
from db.campaign_tables import left_out, notice_answers, notice_effects, reminders
from db.campaigns import SqlCampaigns
from db.event_tables import event_seats
from db.labour import forget_labour
from db.market_tables import market_posts
from db.models import (
    addresses,
    code_tries,
    consents,
    contacts,
    conversations,
    deliveries,
    households,
    join_codes,
    messages,
    misreadings,
    needs,
    questions,
    subscriptions,
)
from db.need_tables import stated_needs
from db.needs import forget_needs
from db.training import merge_learners
from db.training_tables import survey_answers
from db.work_tables import work_answers, work_profiles, work_told

MOVED = (addresses, messages, deliveries, questions, notice_answers, code_tries, join_codes, market_posts)
# Of these a person has one of each: what the kept contact has already, it has once.
ONCE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (subscriptions, ("topic",)),
    (left_out, ("campaign_id",)),
    (notice_effects, ("campaign_id", "kind")),
    (reminders, ("rule", "due_at")),
    (misreadings, ("day", "folded")),
    (survey_answers, ("survey_id",)),
    (event_seats, ("event_id",)),
)
# Facts about the person, each group from one of the two.
FACTS = (
    ("locality", "hamlet"),
    ("address_word",),
    ("name",),
    ("phone",),
    ("household_id", "household_status"),
)


async def merge(db: AsyncConnection, *, kept: int, dropped: int, now: datetime) -> None:
    """Make two contacts one, in the caller's transaction; the caller holds both."""
    one, other = await _contact(db, kept), await _contact(db, dropped)
    stopped = ContactStatus.STOPPED in (one.status, other.status)
    await _needs(db, kept, dropped, now)
    await leads.merge(db, kept, dropped, now)
    await _work(db, dropped)
    await merge_learners(db, kept, dropped)
    await _stated(db, kept, dropped, now)
    await _consents(db, kept, dropped, now, stopped=stopped)
    for table in MOVED:
        await db.execute(update(table).where(table.c.contact_id == dropped).values(contact_id=kept))
    await _stricter_topics(db, kept, dropped)
    for table, key in ONCE:
        await _move_once(db, table, key, kept, dropped)
    await db.execute(delete(conversations).where(conversations.c.contact_id == dropped))
    await _facts(db, one, other, now)
    await db.execute(delete(contacts).where(contacts.c.id == dropped))
    await _empty_household(db, other.household_id)
    if stopped:
        await SqlCampaigns(db).cancel_for(kept, now)
    await SqlCampaigns(db).cancel_repeated(kept, now)


async def _contact(db: AsyncConnection, contact_id: int) -> Row[Any]:
    return (await db.execute(select(contacts).where(contacts.c.id == contact_id))).one()


async def _needs(db: AsyncConnection, kept: int, dropped: int, now: datetime) -> None:
    """What the household lacks is kept by the kept contact's own consent, or not at all."""
    agreed = await db.execute(
        select(consents.c.id).where(
            consents.c.contact_id == kept, consents.c.purpose == Purpose.NEEDS, consents.c.expires_at > now
        )
    )
    if agreed.first() is not None:
        await _move_once(db, needs, ("dimension",), kept, dropped)
    await db.execute(delete(needs).where(needs.c.contact_id == dropped))


async def _work(db: AsyncConnection, dropped: int) -> None:
    """What somebody looks for is the kept contact's own, or nothing: it was told under that one's consent."""
    for table in (work_answers, work_profiles, work_told):
        await db.execute(delete(table).where(table.c.contact_id == dropped))


async def _stated(db: AsyncConnection, kept: int, dropped: int, now: datetime) -> None:
    """Needs go along where the kept contact agreed too; what was told of the household is the kept contact's own."""
    agreed = await db.execute(
        select(consents.c.id).where(
            consents.c.contact_id == kept, consents.c.purpose == Purpose.STATED, consents.c.expires_at > now
        )
    )
    theirs = stated_needs.c.contact_id == dropped
    if agreed.first() is not None:
        await db.execute(update(stated_needs).where(theirs).values(contact_id=kept))
    await forget_needs(db, theirs)
    await forget_labour(db, [dropped])


async def _consents(db: AsyncConnection, kept: int, dropped: int, now: datetime, *, stopped: bool) -> None:
    """The stricter wins: what one of the two stopped or never agreed to is not agreed to.

    But the ward may write to whom it may write to already; and words passed to an officer stay under the consent
    with which they were passed on: without it they would be kept for longer than was told.
    """
    c = consents.c
    own = (Purpose.NEEDS, Purpose.WORK, Purpose.STATED, Purpose.LABOUR)
    await db.execute(delete(consents).where(c.contact_id == dropped, c.purpose.in_(own)))
    if stopped:
        await db.execute(delete(consents).where(c.contact_id.in_((kept, dropped)), c.purpose == Purpose.NOTICES))
    # What is over stands in nobody's way; questions keep theirs, for an answer may still be owed.
    over = and_(c.purpose == Purpose.NOTICES, c.expires_at <= now)
    await db.execute(delete(consents).where(c.contact_id == kept, over))
    await _move_once(db, consents, ("purpose",), kept, dropped)


async def _move_once(db: AsyncConnection, table: Table, key: tuple[str, ...], kept: int, dropped: int) -> None:
    has = table.alias("has")
    same = and_(*(has.c[name] == table.c[name] for name in key))
    known = exists().where(has.c.contact_id == kept, same)
    await db.execute(delete(table).where(table.c.contact_id == dropped, known))
    await db.execute(update(table).where(table.c.contact_id == dropped).values(contact_id=kept))


async def _facts(db: AsyncConnection, one: Row[Any], other: Row[Any], now: datetime) -> None:
    """What the kept contact does not say of itself, the other one does."""
    facts = {
        name: getattr(other, name)
        for group in FACTS
        if all(getattr(one, each) is None for each in group)
        for name in group
    }
    if one.hamlet is None and one.locality == other.locality:
        facts["hamlet"] = other.hamlet
    wrote = [moment for moment in (one.last_inbound_at, other.last_inbound_at) if moment is not None]
    values = {
        **facts,
        "status": _stricter(one.status, other.status),
        "rhythm": one.rhythm if one.rhythm != Rhythm.AT_ONCE.value else other.rhythm,
        "muted_until": max(filter(None, (one.muted_until, other.muted_until)), default=None),
        "notice_channel": one.notice_channel or other.notice_channel,
        "created_at": min(one.created_at, other.created_at),
        "last_inbound_at": max(wrote, default=None),
        "joined_at": now,
    }
    await db.execute(update(contacts).where(contacts.c.id == one.id).values(values))


def _stricter(*statuses: str) -> str:
    """What one of the two does not want, the one they become does not either."""
    order = (ContactStatus.STOPPED, ContactStatus.ALERTS, ContactStatus.ACTIVE)
    return next(one.value for one in order if one.value in statuses)


async def _stricter_topics(db: AsyncConnection, kept: int, dropped: int) -> None:
    """A topic that one of the two stopped is stopped."""
    of_the_other = subscriptions.alias("of_the_other")
    stopped = and_(of_the_other.c.contact_id == dropped, ~of_the_other.c.wanted)
    same = exists().where(stopped, of_the_other.c.topic == subscriptions.c.topic)
    await db.execute(delete(subscriptions).where(subscriptions.c.contact_id == kept, subscriptions.c.wanted, same))


async def _empty_household(db: AsyncConnection, household_id: int | None) -> None:
    if household_id is not None:
        left = exists().where(contacts.c.household_id == household_id)
        await db.execute(delete(households).where(households.c.id == household_id, ~left))
