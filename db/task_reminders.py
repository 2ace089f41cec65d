"""What officers were told of which tasks: noted with the message that tells it, and undone where that never left."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    delete,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.delivery import DeliveryStatus
from core.officer_chats import Listener
from core.officers import Right
from core.task_reminders import ABOUT_TASKS, MOST_LINES, Pressing, TaskMoment, TaskNews
from core.tasks import Task
from core.training import Reaching
from db.columns import Id
from db.models import addresses, contacts, deliveries
from db.officer_chats import RECALLED, SqlOfficerChats
from db.place_tables import task_reminders as r
from db.place_tables import tasks as t
from db.tasks import OPEN, task_of, within
from db.windows import Ways

NEVER_LEFT = (DeliveryStatus.CANCELLED, DeliveryStatus.SKIPPED, DeliveryStatus.FAILED)
LOOKED_BACK = timedelta(days=30)  # so long the outbox keeps what became of a message


class SqlTaskReminders:
    """See core.task_reminders.TaskReminders."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def listeners(self, reaching: Reaching, *, after: int, limit: int) -> Sequence[Listener]:
        """The next officers behind a number, by theirs, each in one chat that takes messages now."""
        ways = Ways(accounts=reaching.accounts, windows=reaching.windows, now=reaching.now)
        open_ = and_(ways.usable(addresses.c), ~ways.shut(addresses.c))
        found = await SqlOfficerChats(self._db).reached(open_, after=after, limit=limit)
        wrote = await self._wrote_last([one.chat.contact_id for one in found])
        chosen: dict[int, Listener] = {}
        for one in sorted(found, key=lambda each: (wrote[each.chat.contact_id], each.chat.address_id)):
            chosen[one.officer.id] = one
        return [chosen[number] for number in sorted(chosen)]

    async def _wrote_last(self, ids: Sequence[int]) -> Mapping[int, float]:
        rows = await self._db.execute(select(contacts.c.id, contacts.c.last_inbound_at).where(contacts.c.id.in_(ids)))
        return {row.id: row.last_inbound_at.timestamp() if row.last_inbound_at else 0.0 for row in rows}

    async def undo_unsent(self, now: datetime) -> None:
        """Who was told in a message that never left (taken back, or its day was over) was told nothing."""
        d = deliveries.c
        never_left = d.status.in_([one.value for one in NEVER_LEFT]) & (d.doubts == 0)
        over = or_(d.last_error == RECALLED, d.expires_at <= now)
        message = exists().where(d.dedup_key == r.c.told_in, never_left, over)
        await self._db.execute(delete(r).where(r.c.at > now - LOOKED_BACK, message))

    async def claim(self, to: Sequence[Listener], asked: Pressing, now: datetime) -> Sequence[TaskNews]:
        """Note that these are told of what they may work on and were not told of yet; gives the messages to be made."""
        keys = {_key(one, now): one for one in to if one.officer.may_somewhere(Right.WORK_TASKS)}
        if not keys:
            return []
        pressing = _pressing(asked)
        each = union_all(*(_untold(pressing, one, key, now) for key, one in keys.items())).subquery()
        # In one order: of two that claim the same, neither waits for the other for ever.
        ordered = select(each).where(each.c.officer_id > 0).order_by(each.c.officer_id, each.c.task_id, each.c.moment)
        insert_ = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        await self._db.execute(insert_(r).from_select(list(each.c.keys()), ordered).on_conflict_do_nothing())
        return await self._told_in(keys)

    async def _told_in(self, keys: Mapping[str, Listener]) -> Sequence[TaskNews]:
        # Whoever just finishes or moves one of them waits for this transaction and takes the message back; whoever
        # was first has changed it already, and it is not named.
        held = (
            select(r.c.told_in, r.c.moment, r.c.task_id)
            .join(t, and_(t.c.id == r.c.task_id, t.c.due == r.c.due, t.c.state.in_(OPEN)))
            .where(r.c.told_in.in_(list(keys)))
            .order_by(r.c.told_in, r.c.moment, t.c.due, t.c.id)
            .with_for_update(read=True, of=t)
        )
        rows = (await self._db.execute(held)).all()
        named: dict[str, list[Any]] = {key: list(own) for key, own in groupby(rows, key=lambda row: str(row.told_in))}
        tasks = await self._tasks({row.task_id for own in named.values() for row in own[:MOST_LINES]})
        return [_news(key, keys[key], own, tasks) for key, own in named.items()]

    async def _tasks(self, ids: set[int]) -> Mapping[int, Task]:
        if not ids:
            return {}
        return {row.id: task_of(row) for row in await self._db.execute(select(t).where(t.c.id.in_(ids)))}


def _key(to: Listener, now: datetime) -> str:
    return f"{ABOUT_TASKS}{to.officer.id}:{to.chat.address_id}:{round(now.timestamp() * 1_000_000)}"


def _pressing(asked: Pressing) -> CTE:
    """Open tasks of these places that are due until the day, with what they are told as."""
    late = t.c.due < asked.today.isoformat()
    moment = case((late, literal(TaskMoment.AFTER.value)), else_=literal(TaskMoment.BEFORE.value)).label("moment")
    open_ = and_(t.c.state.in_(OPEN), t.c.due <= asked.until.isoformat(), t.c.locality.in_(list(asked.places)))
    return select(t.c.id, t.c.locality, t.c.office, t.c.helper, t.c.due, moment).where(open_).cte("pressing")


def _untold(pressing: CTE, to: Listener, key: str, now: datetime) -> Select[Any]:
    """What one officer may work on and was not told of, as rows of the table."""
    p, officer = pressing.c, literal(to.officer.id, Id)
    known: ColumnElement[bool] = exists().where(
        r.c.officer_id == officer, r.c.task_id == p.id, r.c.due == p.due, r.c.moment == p.moment
    )
    return select(
        officer.label("officer_id"),
        p.id.label("task_id"),
        p.due.label("due"),
        p.moment.label("moment"),
        literal(key, String()).label("told_in"),
        literal(now, r.c.at.type).label("at"),
    ).where(within(to.officer.reach(Right.WORK_TASKS), p), ~known)


def _news(key: str, to: Listener, rows: Sequence[Any], tasks: Mapping[int, Task]) -> TaskNews:
    return TaskNews(
        to=to,
        key=key,
        tasks=[tasks[row.task_id] for row in rows[:MOST_LINES]],
        total=len(rows),
        late=sum(row.moment == TaskMoment.AFTER for row in rows),
    )
