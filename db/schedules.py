"""Schedules: series as places will send them, and what became of each post on its day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Notice, read_notice
from core.schedules import DuePost, NewOccurrence, Occurrence, OccurrenceState, Schedule, ScheduleState, Skipped
from db.campaign_tables import occurrences, schedules

o = occurrences.c


class SqlSchedules:
    """See core.storage.Schedules."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, series: str, locality: str, posts: Sequence[NewOccurrence], *, by: str, now: datetime) -> int:
        """Make a draft; gives its number."""
        values = {"series": series, "locality": locality, "state": ScheduleState.DRAFT}
        made = await self._db.execute(
            insert(schedules).values(**values, created_by=by, created_at=now).returning(schedules.c.id)
        )
        number = int(made.scalar_one())
        if posts:
            rows = [
                {
                    "schedule_id": number,
                    "post": one.post,
                    "due_at": one.due_at,
                    "late_hours": one.late_hours,
                    "notice": one.notice.plain(),
                    "edited": one.edited,
                    "state": OccurrenceState.PLANNED,
                }
                for one in posts
            ]
            await self._db.execute(insert(occurrences), rows)
        return number

    async def get(self, schedule_id: int) -> Schedule | None:
        """One schedule with its posts."""
        return next(iter(await self._load(schedules.c.id == schedule_id)), None)

    async def list(self, *states: ScheduleState) -> Sequence[Schedule]:
        """Those in these states, all if none is named; the newest first."""
        return await self._load(*([schedules.c.state.in_(states)] if states else []))

    async def _load(self, *which: Any) -> Sequence[Schedule]:
        rows = (await self._db.execute(select(schedules).where(*which).order_by(schedules.c.id.desc()))).all()
        posts: dict[int, list[Occurrence]] = {row.id: [] for row in rows}
        found = await self._db.execute(
            select(occurrences).where(o.schedule_id.in_(posts)).order_by(o.schedule_id, o.due_at, o.id)
        )
        for one in found:
            posts[one.schedule_id].append(_occurrence(one))
        return [_schedule(row, posts[row.id]) for row in rows]

    async def step(self, schedule_id: int, before: ScheduleState, after: ScheduleState, **values: Any) -> bool:
        """From one state to another, with what comes along; False where it stands elsewhere meanwhile."""
        moved = await self._db.execute(
            update(schedules)
            .where(schedules.c.id == schedule_id, schedules.c.state == before)
            .values(state=after, **values)
            .returning(schedules.c.id)
        )
        return moved.first() is not None

    async def hold(self, schedule_id: int) -> None:
        """Nobody changes it or fires a post of it before the end of the transaction."""
        same = update(schedules).where(schedules.c.id == schedule_id).values(state=schedules.c.state)
        await self._db.execute(same)

    async def between(self, since: datetime, until: datetime) -> Sequence[DuePost]:
        """The posts of schedules that are not stopped, due from a moment until before another, in that order."""
        s = schedules.c
        rows = await self._db.execute(
            select(occurrences, s.series, s.locality, s.state.label("schedule"))
            .join(schedules, s.id == o.schedule_id)
            .where(o.due_at >= since, o.due_at < until, s.state != ScheduleState.STOPPED)
            .order_by(o.due_at, s.locality, o.id)
        )
        return [
            DuePost(
                occurrence=_occurrence(row),
                series=row.series,
                locality=row.locality,
                schedule=ScheduleState(row.schedule),
            )
            for row in rows
        ]

    async def due(self, now: datetime) -> Sequence[int]:
        """The approved schedules of which a post is due."""
        due = exists().where(o.schedule_id == schedules.c.id, o.state == OccurrenceState.PLANNED, o.due_at <= now)
        found = await self._db.execute(
            select(schedules.c.id).where(schedules.c.state == ScheduleState.APPROVED, due).order_by(schedules.c.id)
        )
        return [int(row.id) for row in found]

    async def reword(self, occurrence_id: int, notice: Notice, by: str) -> bool:
        """Other words for a post that is still to come, and whose; False where it is not."""
        return await self._of(occurrence_id, notice=notice.plain(), edited=True, edited_by=by)

    async def claim(self, occurrence_id: int, rule: str) -> bool:
        """Fire a post: False where it is not planned any more, or the rule has fired at this moment already."""
        due_at = select(o.due_at).where(o.id == occurrence_id).scalar_subquery()
        other = occurrences.alias("other")
        fired = await self._db.execute(select(other.c.id).where(other.c.fired_as == rule, other.c.due_at == due_at))
        if fired.first() is not None:
            return False
        return await self._of(occurrence_id, state=OccurrenceState.FIRED, fired_as=rule)

    async def became(self, occurrence_id: int, campaign_id: int) -> None:
        """Note the campaign that a fired post is."""
        await self._db.execute(update(occurrences).where(o.id == occurrence_id).values(campaign_id=campaign_id))

    async def skip(self, occurrence_id: int, why: Skipped) -> bool:
        """A post is not sent, and why; False where it is not planned any more."""
        return await self._of(occurrence_id, state=OccurrenceState.SKIPPED, why=why)

    async def _of(self, occurrence_id: int, **values: Any) -> bool:
        changed = await self._db.execute(
            update(occurrences)
            .where(o.id == occurrence_id, o.state == OccurrenceState.PLANNED)
            .values(**values)
            .returning(o.id)
        )
        return changed.first() is not None


def _schedule(row: Row[Any], posts: Sequence[Occurrence]) -> Schedule:
    return Schedule(
        id=row.id,
        series=row.series,
        locality=row.locality,
        state=ScheduleState(row.state),
        created_by=row.created_by,
        created_at=row.created_at,
        submitted_by=row.submitted_by,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        approved_hash=row.approved_hash,
        occurrences=tuple(posts),
    )


def _occurrence(row: Row[Any]) -> Occurrence:
    return Occurrence(
        id=row.id,
        schedule_id=row.schedule_id,
        post=row.post,
        due_at=row.due_at,
        late_hours=row.late_hours,
        notice=read_notice({"kind": "notice", **row.notice}),
        edited=row.edited,
        state=OccurrenceState(row.state),
        why=Skipped(row.why) if row.why else None,
        campaign_id=row.campaign_id,
        edited_by=row.edited_by,
    )
