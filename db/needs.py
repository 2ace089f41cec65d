"""Needs that people stated."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError
from core.needs import Need, NeedCount, NeedFilter, NeedKind, NeedState, NewNeed, Settled
from db.need_tables import stated_needs

t = stated_needs.c


class SqlNeeds:
    """See core.needs.StatedNeeds."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, new: NewNeed, now: datetime) -> int:
        """Write one down; gives its number. Raises ConflictError where the code is taken."""
        said = {"kind": new.kind, "words": new.words, "entered_by": new.entered_by, "stated_at": now}
        where = {"contact_id": new.contact_id, "locality": new.locality, "hamlet": new.hamlet}
        begun = {"state": NeedState.OPEN, "told": "", "document": "", "settled_by": "", "version": 0}
        try:
            made = await self._db.execute(
                insert(stated_needs).values(code=new.code, **said, **where, **begun).returning(t.id)
            )
        except IntegrityError as error:
            raise ConflictError("this code is taken") from error
        return int(made.scalar_one())

    async def get(self, number: int) -> Need | None:
        """One of them."""
        row = (await self._db.execute(select(stated_needs).where(t.id == number))).first()
        return None if row is None else _need(row)

    async def of(self, contact_id: int) -> Sequence[Need]:
        """Those of a person that were not taken back, the newest first."""
        mine = (t.contact_id == contact_id) & (t.state != NeedState.WITHDRAWN)
        rows = await self._db.execute(select(stated_needs).where(mine).order_by(t.id.desc()))
        return [_need(row) for row in rows]

    async def step(self, need: Need, after: Settled, now: datetime) -> bool:
        """It stands elsewhere now; False where it is not as it was seen."""
        values: dict[str, Any] = {
            "state": after.to,
            "told": after.told,
            "met_on": after.met_on.isoformat() if after.met_on else None,
            "document": after.document,
            "settled_by": after.by,
            "settled_at": now,
            "version": need.version + 1,
        }
        if after.to is NeedState.WITHDRAWN:
            values["words"] = ""
        seen = (t.id == need.id) & (t.version == need.version)
        return bool((await self._db.execute(update(stated_needs).where(seen).values(values))).rowcount)

    async def page(self, locality: str, show: NeedFilter, *, limit: int, offset: int = 0) -> tuple[Sequence[Need], int]:
        """Those of a place, the oldest that wait first; and how many there are in all."""
        where = and_(t.locality == locality, _shown(show))
        total = (await self._db.execute(select(func.count()).select_from(stated_needs).where(where))).scalar_one()
        waits = case((t.state == NeedState.OPEN, 0), else_=1)
        found = select(stated_needs).where(where).order_by(waits, t.stated_at, t.id).limit(limit).offset(offset)
        return [_need(row) for row in await self._db.execute(found)], int(total)

    async def counts(self, locality: str) -> Sequence[NeedCount]:
        """By kind and hamlet, without those taken back."""
        met = func.count().filter(t.state == NeedState.MET)
        rows = await self._db.execute(
            select(t.kind, t.hamlet, func.count(), met)
            .where(t.locality == locality, t.state != NeedState.WITHDRAWN)
            .group_by(t.kind, t.hamlet)
            .order_by(t.kind, t.hamlet)
        )
        return [NeedCount(kind=NeedKind(row[0]), hamlet=row[1], stated=int(row[2]), met=int(row[3])) for row in rows]


async def forget_needs(db: AsyncConnection, contacts: ColumnElement[bool]) -> None:
    """Of these people's needs no way leads back to them, and no word is left; those that wait count nowhere.

    What was met or could not be stays in the totals of its place and hamlet, as a number.
    """
    waits = stated_needs.c.state == NeedState.OPEN
    await db.execute(update(stated_needs).where(contacts, waits).values(state=NeedState.WITHDRAWN))
    nameless = {"contact_id": None, "words": "", "told": "", "document": "", "version": t.version + 1}
    await db.execute(update(stated_needs).where(contacts).values(nameless))


def _shown(show: NeedFilter) -> ColumnElement[bool]:
    return and_(
        t.state == show.state if show.state is not None else t.state != NeedState.WITHDRAWN,
        t.kind == show.kind if show.kind is not None else true(),
        t.hamlet.in_(show.hamlets) if show.hamlets else true(),
    )


def _need(row: Row[Any]) -> Need:
    return Need(
        id=row.id,
        code=row.code,
        contact_id=row.contact_id,
        locality=row.locality,
        hamlet=row.hamlet,
        kind=NeedKind(row.kind),
        words=row.words,
        entered_by=row.entered_by,
        stated_at=row.stated_at,
        state=NeedState(row.state),
        told=row.told,
        met_on=date.fromisoformat(row.met_on) if row.met_on else None,
        document=row.document,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        version=row.version,
    )
