"""The labour force of households, by code, with what happened to each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.caps import LOCAL
from core.labour import (
    By,
    Home,
    HomeEntry,
    HomeFacts,
    HomeShow,
    HomeStatus,
    LabourCounts,
    Told,
    Workers,
    Written,
    read_workers,
)
from db.models import contacts, households
from db.need_tables import labour_history, labour_homes, labour_told

AT_ONCE = 500  # codes in one statement
h, t, e = labour_homes.c, labour_told.c, labour_history.c
KNOWN = h.adults.is_not(None)
IDLE = and_(KNOWN, h.stable + h.unstable == 0)
SHOWN: Mapping[HomeShow, ColumnElement[bool]] = {
    HomeShow.IDLE: IDLE,
    HomeShow.UNSTEADY: and_(KNOWN, h.stable == 0, h.unstable > 0),
    HomeShow.STEADY: and_(KNOWN, h.stable > 0),
    HomeShow.UNKNOWN: ~KNOWN,
    HomeShow.ALL: true(),
}


class SqlLabour:
    """See core.labour.Labour."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def write(self, locality: str, homes: Sequence[HomeFacts], by: By, now: datetime) -> Written:
        """Keep these, each in place of what is known under its code; what is the same leaves no trace."""
        new = changed = same = 0
        for start in range(0, len(homes), AT_ONCE):
            group = homes[start : start + AT_ONCE]
            codes = [one.code for one in group]
            rows = await self._db.execute(
                select(labour_homes).where(h.locality == locality, h.code.in_(codes)).with_for_update()
            )
            known = {row.code: _home(row) for row in rows}
            fresh = [one for one in group if one.code not in known]
            other = [(known[one.code], one) for one in group if one.code in known and _facts(known[one.code]) != one]
            await self._add(locality, fresh, by, now)
            await self._replace(other, by, now)
            new, changed, same = new + len(fresh), changed + len(other), same + len(group) - len(fresh) - len(other)
        return Written(new=new, changed=changed, same=same)

    async def _add(self, locality: str, homes: Sequence[HomeFacts], by: By, now: datetime) -> dict[str, int]:
        """Households that are not known yet, in two statements; gives their numbers by code."""
        if not homes:
            return {}
        same = {"locality": locality, "updated_at": now, "version": 0}
        values = [{**same, "code": one.code, **_values(one)} for one in homes]
        made = await self._db.execute(insert(labour_homes).returning(h.id, h.code), values)
        numbers = {row.code: int(row.id) for row in made}
        await self._note_all([(numbers[one.code], one) for one in homes], by, now)
        return numbers

    async def _replace(self, homes: Sequence[tuple[Home, HomeFacts]], by: By, now: datetime) -> None:
        """Other facts of households that are held until the end of the transaction, in two statements."""
        if not homes:
            return
        values = [{f"new_{name}": told for name, told in _values(one).items()} for _, one in homes]
        numbers = [{"number": home.id, "after": home.version + 1} for home, _ in homes]
        told: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in values[0]}
        theirs = update(labour_homes).where(h.id == bindparam("number"))
        changed = theirs.values(**told, updated_at=now, version=bindparam("after"))
        await self._db.execute(changed, [{**one, **number} for one, number in zip(values, numbers, strict=True)])
        await self._note_all([(home.id, one) for home, one in homes], by, now)

    async def change(self, home: Home, facts: HomeFacts, by: By, now: datetime) -> bool:
        """Other facts of one, under the same code; False where it is not as it was seen."""
        seen = (h.id == home.id) & (h.version == home.version)
        values = {**_values(facts), "updated_at": now, "version": home.version + 1}
        if not (await self._db.execute(update(labour_homes).where(seen).values(values))).rowcount:
            return False
        await self._note_all([(home.id, facts)], by, now)
        return True

    async def _note_all(self, homes: Sequence[tuple[int, HomeFacts]], by: By, now: datetime) -> None:
        who = {"contact_id": by.contact_id, "officer": by.name, "how": by.how, "at": now}
        rows = [{"home_id": number, "facts": _plain(facts), **who} for number, facts in homes]
        await self._db.execute(insert(labour_history), rows)

    async def get(self, number: int) -> Home | None:
        """One of them."""
        row = (await self._db.execute(select(labour_homes).where(h.id == number))).first()
        return None if row is None else _home(row)

    async def find(self, locality: str, code: str) -> Home | None:
        """The one of this code."""
        one = select(labour_homes).where(h.locality == locality, h.code == code)
        row = (await self._db.execute(one)).first()
        return None if row is None else _home(row)

    async def page(
        self, locality: str, show: HomeShow, *, hamlet: str | None = None, limit: int, offset: int = 0
    ) -> tuple[Sequence[Home], int]:
        """Those of a place as they were put in; and how many there are in all."""
        where = and_(h.locality == locality, SHOWN[show], h.hamlet == hamlet if hamlet is not None else true())
        total = (await self._db.execute(select(func.count()).select_from(labour_homes).where(where))).scalar_one()
        found = select(labour_homes).where(where).order_by(h.id).limit(limit).offset(offset)
        return [_home(row) for row in await self._db.execute(found)], int(total)

    async def counts(self, locality: str) -> Mapping[str, LabourCounts]:
        """By hamlet."""
        sums = [func.coalesce(func.sum(one), 0) for one in (h.adults, h.stable, h.unstable, h.seeking)]
        states = [
            func.count().filter(one)
            for one in (~KNOWN, IDLE, and_(KNOWN, h.adults == 0), SHOWN[HomeShow.UNSTEADY], SHOWN[HomeShow.STEADY])
        ]
        rows = await self._db.execute(
            select(h.hamlet, func.count(), *states, *sums).where(h.locality == locality).group_by(h.hamlet)
        )
        names = ("homes", "unknown", "idle", "without", "unsteady", "steady", "adults", "stable", "unstable", "seeking")
        return {
            row[0]: LabourCounts(**{name: int(value) for name, value in zip(names, row[1:], strict=True)})
            for row in rows
        }

    async def history(self, number: int) -> Sequence[HomeEntry]:
        """What happened to one, the oldest first."""
        rows = await self._db.execute(select(labour_history).where(e.home_id == number).order_by(e.id))
        return [HomeEntry(at=row.at, by=row.officer, how=row.how, facts=_read(row.facts)) for row in rows]

    async def tell(self, contact_id: int, workers: Workers, now: datetime, *, locality: str, hamlet: str) -> bool:
        """What somebody tells of their own household; whether the ward's list knows which one it is."""
        found = await self._db.execute(
            select(households.c.code)
            .join(contacts, households.c.id == contacts.c.household_id)
            .where(contacts.c.id == contact_id, households.c.locality == locality)
        )
        code = found.scalar()
        home = await self.find(locality, code) if code else None
        await self._db.execute(delete(labour_told).where(t.contact_id == contact_id))
        row = {"contact_id": contact_id, "locality": locality, "hamlet": hamlet, "workers": workers.plain()}
        row |= {"at": now, "home_id": home.id if home else None}
        await self._db.execute(insert(labour_told).values(row))
        if home is None:
            return False
        facts = _with(home, workers, now.astimezone(LOCAL).date())
        by = By(contact_id=contact_id, how="told")
        return facts == _facts(home) or await self.change(home, facts, by, now)

    async def told(self, locality: str, limit: int) -> Sequence[Told]:
        """What was told of households that no code is known of, the oldest first."""
        waiting = _told_rows().where(t.locality == locality, t.home_id.is_(None)).order_by(t.id).limit(limit)
        return [_told(row) for row in await self._db.execute(waiting)]

    async def one_told(self, number: int) -> Told | None:
        """One of these."""
        row = (await self._db.execute(_told_rows().where(t.id == number, t.home_id.is_(None)))).first()
        return None if row is None else _told(row)

    async def adopt(self, told: Told, facts: HomeFacts, by: By, now: datetime) -> bool:
        """It is the household of this code: as told, from now on. False where somebody else did it."""
        mine = (t.id == told.id) & (t.at == told.at) & t.home_id.is_(None)
        row = (await self._db.execute(select(t.contact_id).where(mine).with_for_update())).first()
        if row is None:
            return False
        teller = By(name=by.name, contact_id=row.contact_id, how="told")
        home = await self.find(told.locality, facts.code)
        if home is None:
            number = (await self._add(told.locality, [facts], teller, now))[facts.code]
        else:
            number = home.id
            await self.change(home, facts, teller, now)
        await self._db.execute(update(labour_told).where(mine).values(home_id=number))
        return True


async def forget_labour(db: AsyncConnection, people: Collection[int]) -> None:
    """What these people told goes, also from the households: as those stood without it, they stand again."""
    if not people:
        return
    told = await db.execute(select(e.home_id).distinct().where(e.contact_id.in_(people)))
    touched = [int(row.home_id) for row in told]
    await db.execute(delete(labour_told).where(t.contact_id.in_(people)))
    await db.execute(delete(labour_history).where(e.contact_id.in_(people)))
    for number in touched:
        last = select(labour_history.c.facts).where(e.home_id == number).order_by(e.id.desc()).limit(1)
        row = (await db.execute(last)).first()
        unknown = dict.fromkeys(("adults", "stable", "unstable", "seeking", "as_of"))
        values = _values(_read(row.facts)) if row is not None else unknown
        await db.execute(update(labour_homes).where(h.id == number).values(**values, version=h.version + 1))


def _told_rows() -> Any:
    status = contacts.c.household_status.label("status")
    return select(labour_told, status).join(contacts, contacts.c.id == t.contact_id)


def _told(row: Row[Any]) -> Told:
    workers = read_workers(row.workers)
    assert workers is not None  # noqa: S101 -- nothing is told without them
    status = HomeStatus(row.status) if row.status in set(HomeStatus) else None
    return Told(id=row.id, locality=row.locality, hamlet=row.hamlet, status=status, workers=workers, at=row.at)


def _with(home: Home, workers: Workers, day: date) -> HomeFacts:
    return HomeFacts(code=home.code, hamlet=home.hamlet, status=home.status, workers=workers, as_of=day)


def _facts(home: Home) -> HomeFacts:
    """The household without its number and version."""
    return HomeFacts(code=home.code, hamlet=home.hamlet, status=home.status, workers=home.workers, as_of=home.as_of)


def _values(facts: HomeFacts) -> dict[str, Any]:
    counts = facts.workers.plain() if facts.workers else dict.fromkeys(("adults", "stable", "unstable", "seeking"))
    day = facts.as_of.isoformat() if facts.as_of else None
    return {"hamlet": facts.hamlet, "status": facts.status, "as_of": day, **counts}


def _plain(facts: HomeFacts) -> dict[str, Any]:
    return {
        "code": facts.code,
        "hamlet": facts.hamlet,
        "status": facts.status.value,
        "workers": facts.workers.plain() if facts.workers else None,
        "as_of": facts.as_of.isoformat() if facts.as_of else None,
    }


def _read(plain: Mapping[str, Any]) -> HomeFacts:
    return HomeFacts(
        code=plain["code"],
        hamlet=plain["hamlet"],
        status=HomeStatus(plain["status"]),
        workers=read_workers(plain["workers"]),
        as_of=date.fromisoformat(plain["as_of"]) if plain["as_of"] else None,
    )


def _home(row: Row[Any]) -> Home:
    counts = {name: getattr(row, name) for name in ("adults", "stable", "unstable", "seeking")}
    return Home(
        id=row.id,
        locality=row.locality,
        code=row.code,
        hamlet=row.hamlet,
        status=HomeStatus(row.status),
        workers=Workers(**counts) if row.adults is not None else None,
        as_of=date.fromisoformat(row.as_of) if row.as_of else None,
        updated_at=row.updated_at,
        version=row.version,
    )
