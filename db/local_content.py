"""What places say besides the packs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from core.local_content import Change, ChangeState, Kind, NewChange, Place, Settled
from db.content_tables import content_changes as t

MOST_WAITING, MOST_HISTORY = 100, 20


class SqlLocalChanges:
    """See core.local_content.LocalChanges."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def marks(self) -> tuple[int, ...]:
        """The numbers of those in force, in order."""
        rows = await self._db.execute(select(t.c.id).where(t.c.state == ChangeState.IN_FORCE).order_by(t.c.id))
        return tuple(rows.scalars())

    async def in_force(self) -> Sequence[Change]:
        """All that citizens are told."""
        rows = await self._db.execute(select(t).where(t.c.state == ChangeState.IN_FORCE).order_by(t.c.id))
        return [_change(row) for row in rows]

    async def get(self, change_id: int) -> Change | None:
        """One of them."""
        row = (await self._db.execute(select(t).where(t.c.id == change_id))).first()
        return _change(row) if row is not None else None

    async def standing(self, about: Place) -> Sequence[Change]:
        """What is in force of a thing, and what is proposed."""
        states = (ChangeState.IN_FORCE, ChangeState.PROPOSED)
        rows = await self._db.execute(select(t).where(_of(about), t.c.state.in_(states)).order_by(t.c.id))
        return [_change(row) for row in rows]

    async def waiting(self, localities: Sequence[str] | None) -> Sequence[Change]:
        """What is proposed in these places, or (None) anywhere; the oldest first."""
        where = [t.c.state == ChangeState.PROPOSED]
        where += [t.c.locality.in_(localities)] if localities is not None else []
        rows = await self._db.execute(select(t).where(*where).order_by(t.c.id).limit(MOST_WAITING))
        return [_change(row) for row in rows]

    async def returned(self, localities: Sequence[str], since: datetime) -> Sequence[Change]:
        """What was given back in these places since then and not proposed anew; the newest first."""
        later = t.alias()
        same = and_(later.c.locality == t.c.locality, later.c.kind == t.c.kind, later.c.subject == t.c.subject)
        anew = exists().where(same, later.c.id > t.c.id)
        where = (t.c.state == ChangeState.RETURNED, t.c.settled_at >= since, t.c.locality.in_(localities), ~anew)
        rows = await self._db.execute(select(t).where(*where).order_by(t.c.settled_at.desc()).limit(MOST_WAITING))
        return [_change(row) for row in rows]

    async def history(self, about: Place) -> Sequence[Change]:
        """The last changes of a thing, the newest first."""
        rows = await self._db.execute(select(t).where(_of(about)).order_by(t.c.id.desc()).limit(MOST_HISTORY))
        return [_change(row) for row in rows]

    async def propose(self, change: NewChange) -> int:
        """Keep it; gives its number."""
        values = {
            "locality": change.about.locality,
            "kind": change.about.kind.value,
            "subject": change.about.subject,
            "before": dict(change.before),
            "after": dict(change.after),
            "ground": change.ground,
            "state": ChangeState.PROPOSED.value,
            "proposed_by": change.officer,
            "proposed_at": change.at,
            "why": "",
        }
        return int((await self._db.execute(insert(t).values(**values).returning(t.c.id))).scalar_one())

    async def settle(self, change_id: int, end: Settled) -> bool:
        """End the waiting of one; what was in force of the same thing makes room."""
        found = await self._db.execute(
            select(t.c.locality, t.c.kind, t.c.subject)
            .where(t.c.id == change_id, t.c.state == ChangeState.PROPOSED)
            .with_for_update()
        )
        row = found.first()
        if row is None:
            return False
        if end.state is ChangeState.IN_FORCE:
            about = Place(locality=row.locality, kind=Kind(row.kind), subject=row.subject)
            before = update(t).where(_of(about), t.c.state == ChangeState.IN_FORCE)
            await self._db.execute(before.values(state=ChangeState.REPLACED.value))
        await self._db.execute(
            update(t)
            .where(t.c.id == change_id)
            .values(state=end.state.value, settled_by=end.officer, settled_at=end.at, why=end.why)
        )
        return True


def _of(about: Place) -> ColumnElement[bool]:
    return and_(t.c.locality == about.locality, t.c.kind == about.kind.value, t.c.subject == about.subject)


def _change(row: Row[Any]) -> Change:
    return Change(
        id=row.id,
        about=Place(locality=row.locality, kind=Kind(row.kind), subject=row.subject),
        before=row.before,
        after=row.after,
        ground=row.ground,
        state=ChangeState(row.state),
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        why=row.why,
    )
