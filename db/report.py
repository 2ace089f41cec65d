"""The figures of one campaign, added up by the database: as many statements for a million people as for one."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import case, distinct, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Campaign
from core.delivery import DeliveryStatus
from core.records import Effect
from core.report import EXPLAINED, FATES, LEFT_OUT, STOPS, WHYS, Fate, Home, Reported, Why
from db.campaign_tables import left_out, notice_answers, notice_effects, occurrences, schedules
from db.models import contacts, deliveries

Rows = Counter[tuple[Home, Fate, Why | None]]

ERASED = "erased"  # under which the counts have what went with a person
_HOME = (
    func.coalesce(contacts.c.locality, "").label("home_locality"),
    func.coalesce(contacts.c.hamlet, "").label("home_hamlet"),
)
# By names that no table has: PostgreSQL would take such a one for the table's.
_BY_HOME = ("home_locality", "home_hamlet")
_NUMBER = func.count().label("number")


async def one_moment(db: AsyncConnection) -> None:
    """All that this transaction reads is of one moment, whatever others write; the first thing it is asked for."""
    if db.dialect.name == "postgresql":  # SQLite's reader sees one anyway
        await db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


async def reported(db: AsyncConnection, one: Campaign) -> Reported:
    """The figures of a campaign as it was read in this transaction."""
    sent = await _sent(db, one.id)
    rows = sent + await _left_out(db, one.id)
    effects, stopped = await _effects(db, one.id)
    erased = one.counts.get(ERASED, 0)
    # A message is counted while it is in the ledger, and after that as well.
    expired = sum(one.counts.values()) - erased > sent.total()
    if expired:
        rows = _counted(one)
        gone = erased
    else:
        # Who was left out and erased since is among the counts still.
        gone = erased + max(0, sum(one.left_out.values()) - (rows.total() - sent.total()))
    return Reported(
        campaign=one,
        approved_at=await _approved_at(db, one),
        rows=rows,
        effects=effects,
        stopped=stopped,
        answers=await _answers(db, one.id),
        gone=gone,
        expired=expired,
    )


async def _sent(db: AsyncConnection, campaign_id: int) -> Rows:
    d = deliveries.c
    explained = d.status.in_([state.value for state in DeliveryStatus if FATES[state.value] in EXPLAINED])
    why = case((explained, func.coalesce(d.last_error, "")), else_="").label("why")
    found = await db.execute(
        select(*_HOME, d.status.label("state"), why, _NUMBER)
        .join_from(deliveries, contacts, contacts.c.id == d.contact_id, isouter=True)
        .where(d.campaign_id == campaign_id)
        .group_by(*_BY_HOME, "state", "why")
    )
    return _summed((_home(row), row.state, row.why, row.number) for row in found)


async def _left_out(db: AsyncConnection, campaign_id: int) -> Rows:
    o = left_out.c
    found = await db.execute(
        select(*_HOME, o.reason.label("why"), _NUMBER)
        .join_from(left_out, contacts, contacts.c.id == o.contact_id)
        .where(o.campaign_id == campaign_id)
        .group_by(*_BY_HOME, "why")
    )
    return _summed((_home(row), LEFT_OUT, row.why, row.number) for row in found)


def _counted(one: Campaign) -> Rows:
    """What the counts still know where the ledger is gone: not where people lived, nor why of all of them."""
    messages = ((Home(), state, "", number) for state, number in one.counts.items() if state != ERASED)
    return _summed(chain(messages, ((Home(), LEFT_OUT, why, number) for why, number in one.left_out.items())))


def _summed(found: Iterable[tuple[Home, str, str, int]]) -> Rows:
    rows: Rows = Counter()
    for home, state, why, number in found:
        fate = FATES[state]
        rows[home, fate, WHYS.get(why, Why.OTHER) if fate in EXPLAINED else None] += number
    return rows


async def _effects(db: AsyncConnection, campaign_id: int) -> tuple[dict[tuple[Home, Effect], int], dict[Home, int]]:
    e = notice_effects.c
    each = [func.count(case((e.kind == effect.value, 1))).label(effect.name) for effect in Effect]
    any_stop = case((e.kind.in_([effect.value for effect in STOPS]), e.contact_id))
    rows = await db.execute(
        select(*_HOME, *each, func.count(distinct(any_stop)).label("stops"))
        .join_from(notice_effects, contacts, contacts.c.id == e.contact_id)
        .where(e.campaign_id == campaign_id)
        .group_by(*_BY_HOME)
    )
    effects: dict[tuple[Home, Effect], int] = {}
    stopped: dict[Home, int] = {}
    for row in rows:
        home = _home(row)
        effects |= {(home, effect): number for effect in Effect if (number := getattr(row, effect.name))}
        if row.stops:
            stopped[home] = row.stops
    return effects, stopped


async def _answers(db: AsyncConnection, campaign_id: int) -> dict[tuple[Home, str], int]:
    a = notice_answers.c
    word = func.coalesce(a.word, "").label("declared")
    rows = await db.execute(
        select(*_HOME, word, _NUMBER)
        .join_from(notice_answers, contacts, contacts.c.id == a.contact_id)
        .where(a.campaign_id == campaign_id)
        .group_by(*_BY_HOME, "declared")
    )
    return {(_home(row), row.declared): row.number for row in rows}


def _home(row: Any) -> Home:
    return Home(row.home_locality, row.home_hamlet)


async def _approved_at(db: AsyncConnection, one: Campaign) -> datetime | None:
    """When somebody said yes: to the campaign, or to the schedule that it is a post of."""
    if one.approved_by is None:
        return None
    of = schedules.c.id == occurrences.c.schedule_id
    as_post = (
        select(schedules.c.approved_at)
        .join_from(occurrences, schedules, of)
        .where(occurrences.c.campaign_id == one.id)
        .limit(1)
    )
    row = (await db.execute(as_post)).first()
    if row is not None:
        at: datetime | None = row.approved_at
        return at
    return one.starts_at - timedelta(seconds=one.notice.hold_back) if one.starts_at is not None else None
