"""Job fairs and exchange sessions of places, and who signed up."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.events import Announced, EventState, JobEvent, Seat, read_event
from db.event_tables import event_seats, job_events
from db.models import contacts

e, s = job_events.c, event_seats.c


class SqlEvents:
    """See core.events.JobEvents."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, locality: str, event: JobEvent, *, by: str, now: datetime) -> int:
        """Keep an event as a draft; its number."""
        row = insert(job_events).values(
            locality=locality,
            state=EventState.DRAFT,
            event=event.plain(),
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            sequence=0,
            version=1,
            last_number=0,
            created_by=by,
            created_at=now,
            written_by=by,
            changed_at=now,
            why="",
        )
        return int((await self._db.execute(row.returning(e.id))).scalar_one())

    async def get(self, number: int) -> Announced | None:
        """One event."""
        row = (await self._db.execute(_counted().where(e.id == number))).first()
        return None if row is None else _announced(row)

    async def list(
        self, localities: Collection[str], now: datetime, limit: int, offset: int = 0
    ) -> tuple[Sequence[Announced], int]:
        """Those of these places, the next first and then the last that was; and how many there are in all."""
        here = e.locality.in_(localities)
        total = (await self._db.execute(select(func.count()).select_from(job_events).where(here))).scalar_one()
        over = e.ends_at <= now
        next_first = (over, case((over, None), else_=e.starts_at), e.starts_at.desc(), e.id)
        rows = await self._db.execute(_counted().where(here).order_by(*next_first).limit(limit).offset(offset))
        return [_announced(row) for row in rows], int(total)

    async def waiting(self, localities: Collection[str], now: datetime, limit: int) -> tuple[Sequence[Announced], int]:
        """What waits for a second person and is not over, the next first; and how many there are in all."""
        changing = (e.state == EventState.VERIFIED) & e.proposed.is_not(None)
        mine = (e.locality.in_(localities), e.ends_at > now, (e.state == EventState.DRAFT) | changing)
        total = (await self._db.execute(select(func.count()).select_from(job_events).where(*mine))).scalar_one()
        rows = await self._db.execute(_counted().where(*mine).order_by(e.starts_at, e.id).limit(limit))
        return [_announced(row) for row in rows], int(total)

    async def coming(self, locality: str, now: datetime, limit: int) -> Sequence[Announced]:
        """What is verified in a place and not over, the next first."""
        open_ = (e.locality == locality, e.state == EventState.VERIFIED, e.ends_at > now)
        rows = await self._db.execute(_counted().where(*open_).order_by(e.starts_at, e.id).limit(limit))
        return [_announced(row) for row in rows]

    async def step(self, one: Announced, **values: Any) -> bool:
        """It is otherwise now; False where it is not as it was seen."""
        for name in ("event", "proposed"):
            if isinstance(found := values.get(name), JobEvent):
                values[name] = found.plain()
                if name == "event":
                    values |= {"starts_at": found.starts_at, "ends_at": found.ends_at}
        changed = await self._db.execute(
            update(job_events)
            .where(e.id == one.id, e.version == one.version)
            .values(version=one.version + 1, **values)
            .returning(e.id)
        )
        return changed.first() is not None

    async def take(self, number: int, contact_id: int, now: datetime) -> Seat | None:
        """A seat for somebody, the same one if they have it already; None where none is free."""
        held = select(e.event, e.last_number).where(e.id == number).with_for_update()
        row = (await self._db.execute(held)).first()
        if (mine := await self.seat(number, contact_id)) is not None:
            return mine
        if row is None or not await self._free(number, row.event.get("seats")):
            return None
        following = int(row.last_number) + 1
        await self._db.execute(update(job_events).where(e.id == number).values(last_number=following))
        values = {"event_id": number, "contact_id": contact_id, "number": following, "name": "", "at": now}
        await self._db.execute(insert(event_seats).values(values))
        return await self.seat(number, contact_id)

    async def _free(self, number: int, seats: int | None) -> bool:
        taken = select(func.count()).select_from(event_seats).where(s.event_id == number)
        return seats is None or (await self._db.execute(taken)).scalar_one() < seats

    async def name(self, number: int, contact_id: int, name: str) -> bool:
        """What somebody wants to be called on the list; False where they did not sign up."""
        mine = (s.event_id == number) & (s.contact_id == contact_id)
        named = await self._db.execute(update(event_seats).where(mine).values(name=name).returning(s.number))
        return named.first() is not None

    async def leave(self, number: int, contact_id: int) -> bool:
        """Somebody does not come; False where they had not signed up."""
        mine = (s.event_id == number) & (s.contact_id == contact_id)
        return (await self._db.execute(delete(event_seats).where(mine).returning(s.number))).first() is not None

    async def seat(self, number: int, contact_id: int) -> Seat | None:
        """The seat of somebody."""
        row = (await self._db.execute(_seated(number).where(s.contact_id == contact_id))).first()
        return None if row is None else _seat(row)

    async def held(self, contact_id: int) -> Sequence[int]:
        """The events that somebody signed up for."""
        rows = await self._db.execute(select(s.event_id).where(s.contact_id == contact_id).order_by(s.event_id))
        return list(rows.scalars())

    async def seats(self, number: int) -> Sequence[Seat]:
        """Everybody who signed up for an event, by their numbers."""
        return [_seat(row) for row in await self._db.execute(_seated(number).order_by(s.number))]

    async def came(self, number: int, who: Collection[int], *, by: str, now: datetime) -> tuple[int, int]:
        """Those of these numbers came, and nobody else; gives how many are newly ticked, and how many no more."""
        rows = await self._db.execute(select(s.number, s.came_at).where(s.event_id == number))
        stands = {int(row.number): row.came_at is not None for row in rows}
        new = [one for one, there in stands.items() if one in who and not there]
        gone = [one for one, there in stands.items() if one not in who and there]
        for some, values in (
            (new, {"came_at": now, "checked_by": by}),
            (gone, {"came_at": None, "checked_by": None}),
        ):
            if some:
                these = (s.event_id == number) & s.number.in_(some)
                await self._db.execute(update(event_seats).where(these).values(values))
        return len(new), len(gone)

    async def walked_in(self, number: int, count: int, *, seen: int) -> bool:
        """So many came without having signed up; False where it is not the number any more that was seen."""
        as_seen = (e.id == number) & (func.coalesce(e.walk_ins, 0) == seen)
        changed = await self._db.execute(update(job_events).where(as_seen).values(walk_ins=count).returning(e.id))
        return changed.first() is not None


def _counted() -> Select[Any]:
    taken = select(func.count()).select_from(event_seats).where(s.event_id == e.id)
    came = taken.where(s.came_at.is_not(None))
    return select(job_events, taken.scalar_subquery().label("taken"), came.scalar_subquery().label("came"))


def _seated(number: int) -> Select[Any]:
    listed = (contacts.c.name.label("listed"), contacts.c.hamlet)
    return select(event_seats, *listed).join(contacts, contacts.c.id == s.contact_id).where(s.event_id == number)


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        number=row.number,
        contact_id=row.contact_id,
        at=row.at,
        name=row.name or row.listed or "",
        hamlet=row.hamlet or "",
        came_at=row.came_at,
        checked_by=row.checked_by,
    )


def _announced(row: Row[Any]) -> Announced:
    return Announced(
        id=row.id,
        locality=row.locality,
        state=EventState(row.state),
        event=read_event(row.event),
        proposed=read_event(row.proposed) if row.proposed else None,
        sequence=row.sequence,
        version=row.version,
        taken=row.taken,
        created_by=row.created_by,
        created_at=row.created_at,
        written_by=row.written_by,
        verified_by=row.verified_by,
        changed_at=row.changed_at,
        cancelled_by=row.cancelled_by,
        why=row.why,
        came=row.came,
        walk_ins=row.walk_ins or 0,
    )
