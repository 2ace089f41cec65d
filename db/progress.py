"""Figures that officers entered about their places: added, checked, never changed."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.progress import RATES, NewReported, Reported, Standing
from db.place_tables import reported_figures as t


class SqlProgress:
    """See core.progress.Progress."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, new: NewReported, by: str, now: datetime, *, after: int) -> int | None:
        """Enter figures behind the `after` entries there are; gives their number, None where there are more by now."""
        insert_ = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        made = insert_(t).values(
            locality=new.locality,
            subject=new.subject,
            nth=after + 1,
            numbers={name: str(value) for name, value in new.numbers.items()},
            as_of=new.as_of.isoformat(),
            document=new.document,
            document_day=new.document_day.isoformat() if new.document_day else None,
            standing=Standing.WAITING,
            entered_by=by,
            entered_at=now,
            why="",
        )
        keys = [t.c.locality, t.c.subject, t.c.nth]
        row = (await self._db.execute(made.on_conflict_do_nothing(index_elements=keys).returning(t.c.id))).first()
        return int(row.id) if row is not None else None

    async def get(self, number: int) -> Reported | None:
        """One entry."""
        row = (await self._db.execute(select(t).where(t.c.id == number))).first()
        return _reported(row) if row is not None else None

    async def step(self, number: int, to: Standing, by: str, now: datetime, *, why: str = "") -> bool:
        """Approve or return what waits; False where it does not wait any more."""
        waits = (t.c.id == number) & (t.c.standing == Standing.WAITING)
        values = {"standing": to, "checked_by": by, "checked_at": now, "why": why}
        return bool((await self._db.execute(update(t).where(waits).values(values))).rowcount)

    async def newest(self, locality: str) -> Sequence[Reported]:
        """Of each subject the approved entry of the latest day, and every entry that waits."""
        return await self._chosen(locality, t.c.standing == Standing.WAITING)

    async def published(self, locality: str) -> Sequence[Reported]:
        """Of each subject the approved entry of the latest day: what everybody may read."""
        return await self._chosen(locality)

    async def _chosen(self, locality: str, *besides: ColumnElement[bool]) -> Sequence[Reported]:
        order = (t.c.as_of.desc(), t.c.nth.desc())
        placed = (
            select(t.c.id, func.row_number().over(partition_by=t.c.subject, order_by=order).label("place"))
            .where(t.c.locality == locality, t.c.standing == Standing.APPROVED)
            .subquery()
        )
        newest = t.c.id.in_(select(placed.c.id).where(placed.c.place == 1))
        wanted = select(t).where(t.c.locality == locality, or_(newest, *besides)).order_by(t.c.subject, t.c.nth)
        return [_reported(row) for row in await self._db.execute(wanted)]

    async def history(self, locality: str, subject: str, limit: int) -> Sequence[Reported]:
        """The last entries about a subject, the one entered last on top."""
        mine = (t.c.locality == locality) & (t.c.subject == subject)
        rows = await self._db.execute(select(t).where(mine).order_by(t.c.nth.desc()).limit(limit))
        return [_reported(row) for row in rows]

    async def rates(self, locality: str, limit: int) -> Sequence[Reported]:
        """The last entries about the rates of any year, the one entered last on top."""
        mine = (t.c.locality == locality) & t.c.subject.startswith(RATES)
        rows = await self._db.execute(select(t).where(mine).order_by(t.c.id.desc()).limit(limit))
        return [_reported(row) for row in rows]

    async def waiting(self, localities: Collection[str], limit: int) -> Sequence[Reported]:
        """What waits in these places ("" is all of them), the oldest first."""
        wanted = select(t).where(t.c.standing == Standing.WAITING).order_by(t.c.id).limit(limit)
        if "" not in localities:
            wanted = wanted.where(t.c.locality.in_(sorted(localities)))
        return [_reported(row) for row in await self._db.execute(wanted)]

    async def returned(self, localities: Collection[str], since: datetime, limit: int) -> Sequence[Reported]:
        """What was given back in these places since then, with nothing entered after it; the newest first."""
        later = t.alias()
        same = and_(later.c.locality == t.c.locality, later.c.subject == t.c.subject, later.c.nth > t.c.nth)
        wanted = select(t).where(t.c.standing == Standing.RETURNED, t.c.checked_at >= since, ~exists().where(same))
        if "" not in localities:
            wanted = wanted.where(t.c.locality.in_(sorted(localities)))
        rows = await self._db.execute(wanted.order_by(t.c.checked_at.desc()).limit(limit))
        return [_reported(row) for row in rows]


def _reported(row: Row[tuple[Any, ...]]) -> Reported:
    return Reported(
        id=row.id,
        nth=row.nth,
        locality=row.locality,
        subject=row.subject,
        numbers={name: Decimal(text) for name, text in row.numbers.items()},
        as_of=date.fromisoformat(row.as_of),
        document=row.document,
        document_day=date.fromisoformat(row.document_day) if row.document_day else None,
        standing=Standing(row.standing),
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        checked_by=row.checked_by,
        checked_at=row.checked_at,
        why=row.why,
    )
