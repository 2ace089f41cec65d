"""Who learns in which course. Who takes or frees a seat holds the course's row until the end of the transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.training import (
    ACTIVE,
    Changes,
    Counts,
    Enrolment,
    Learner,
    Learning,
    knows,
    last_day,
    read_learner,
)
from core.work import OfferKind, OfferState, Posted
from db.training_tables import enrolments
from db.work import posted_of
from db.work_tables import work_offers

e, o = enrolments.c, work_offers.c
_FREE = or_(o.seats.is_(None), o.taken < o.seats)
LONGEST_COURSE = timedelta(days=400)  # after its last day for coming nobody is told of a course any more


class SqlTraining:
    """See core.training_storage.Training."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def courses(self, localities: Sequence[str], *, taking: date | None = None) -> Sequence[Posted]:
        """Courses of these places that were verified, the first to open first; `taking`: people on that day."""
        which = [o.locality.in_(localities), o.kind == OfferKind.COURSE, o.verified_at.is_not(None)]
        if taking is not None:
            which += [o.state == OfferState.VERIFIED, o.deadline >= taking]
        found = [posted_of(row) for row in await self._db.execute(select(work_offers).where(*which).order_by(o.id))]
        return sorted(found, key=lambda one: (one.offer.opens or one.offer.deadline, one.id))

    async def counts(self, offer_ids: Sequence[int]) -> dict[int, Counts]:
        """How many stand where in these courses."""
        rows = await self._db.execute(
            select(e.offer_id, e.state, func.count()).where(e.offer_id.in_(offer_ids)).group_by(e.offer_id, e.state)
        )
        found: dict[int, dict[str, int]] = {}
        for offer_id, state, count in rows:
            found.setdefault(offer_id, {})[state] = int(count)
        return {offer_id: Counts(**each) for offer_id, each in found.items()}

    async def _hold(self, offer_id: int) -> Posted | None:
        held = await self._db.execute(
            update(work_offers)
            .where(o.id == offer_id, o.kind == OfferKind.COURSE)
            .values(version=o.version + 1)
            .returning(o.id)
        )
        if held.first() is None:
            return None
        return posted_of((await self._db.execute(select(work_offers).where(o.id == offer_id))).one())

    async def _seats(self, offer_id: int, more: int) -> None:
        left = func.max if self._db.dialect.name == "sqlite" else func.greatest
        await self._db.execute(update(work_offers).where(o.id == offer_id).values(taken=left(o.taken + more, 0)))

    async def free_one(self, offer_id: int) -> None:
        """A seat is free again, with the course held."""
        await self._hold(offer_id)
        await self._seats(offer_id, -1)

    async def join(
        self, offer_id: int, learner: Learner, *, code: str, by: str, now: datetime, on: date, contact_id: int | None
    ) -> Enrolment | None:
        """Enrol somebody while seats are left and nobody waits, else let them wait."""
        posted = await self._hold(offer_id)
        if posted is None or posted.state is not OfferState.VERIFIED or posted.offer.deadline < on:
            return None
        if contact_id is not None:
            mine = (e.offer_id == offer_id) & (e.contact_id == contact_id)
            there = await self._one(mine)
            if there is not None and there.state is not Learning.LEFT:
                return there
            await self._db.execute(delete(enrolments).where(mine))
        waits = await self._one((e.offer_id == offer_id) & (e.state == Learning.WAITING))
        free = posted.offer.seats is None or posted.taken < posted.offer.seats
        state = Learning.ENROLLED if free and waits is None else Learning.WAITING
        if state is Learning.ENROLLED:
            await self._seats(offer_id, 1)
        # Who comes the day before is told the day right now.
        soon = posted.offer.opens is not None and posted.offer.opens <= on + timedelta(days=1)
        values: dict[str, Any] = {"offer_id": offer_id, "contact_id": contact_id, "state": state, "code": code}
        values |= {"learner": learner.plain(), "told": knows(state, posted), "by": by, "at": now, "version": 0}
        values["reminded"] = posted.offer.opens if soon and state is Learning.ENROLLED else None
        row = (await self._db.execute(insert(enrolments).values(values).returning(e.id))).one()
        return await self.get(row.id)

    async def leave(self, enrolment_id: int, why: str) -> Enrolment | None:
        """They learn or wait no longer; as they were before."""
        seen = await self.get(enrolment_id)
        if seen is None or await self._hold(seen.offer_id) is None:
            return None
        before = await self.get(enrolment_id)  # as it is now that nobody else can change it
        if before is None or before.state not in ACTIVE:
            return None
        learner = replace(before.learner, why=why).plain()
        after = {"state": Learning.LEFT, "learner": learner, "version": before.version + 1}
        await self._db.execute(update(enrolments).where(e.id == enrolment_id).values(after))
        if before.state is Learning.ENROLLED:
            await self._seats(before.offer_id, -1)
        return before

    async def seat(self, enrolment_id: int) -> bool:
        """Somebody who waits gets a seat out of turn; False where none is free, or they wait no longer."""
        one = await self.get(enrolment_id)
        posted = await self._hold(one.offer_id) if one is not None else None
        if posted is None or posted.state is not OfferState.VERIFIED:
            return False
        if posted.offer.seats is not None and posted.taken >= posted.offer.seats:
            return False
        return await self._moved_up(posted.id, e.id == enrolment_id)

    async def move_up(self, offer_id: int, on: date) -> int:
        """Whoever waits longest gets what is free; gives how many did."""
        posted = await self._hold(offer_id)
        if posted is None or posted.state is not OfferState.VERIFIED or last_day(posted.offer) < on:
            return 0
        taken, moved = posted.taken, 0
        while posted.offer.seats is None or taken + moved < posted.offer.seats:
            first = await self._one((e.offer_id == offer_id) & (e.state == Learning.WAITING))
            if first is None or not await self._moved_up(offer_id, e.id == first.id):
                break
            moved += 1
        return moved

    async def _moved_up(self, offer_id: int, which: ColumnElement[bool]) -> bool:
        moved = await self._db.execute(
            update(enrolments)
            .where(which, e.state == Learning.WAITING)
            .values(state=Learning.ENROLLED, version=e.version + 1)
            .returning(e.id)
        )
        if moved.first() is None:
            return False
        await self._seats(offer_id, 1)
        return True

    async def get(self, enrolment_id: int) -> Enrolment | None:
        """One of a list."""
        return await self._one(e.id == enrolment_id)

    async def _one(self, which: ColumnElement[bool]) -> Enrolment | None:
        row = (await self._db.execute(select(enrolments).where(which).order_by(e.id).limit(1))).first()
        return None if row is None else _enrolment(row)

    async def of(self, contact_id: int) -> Sequence[tuple[Enrolment, Posted]]:
        """Where somebody is enrolled or waits."""
        rows = await self._db.execute(
            select(enrolments).where(e.contact_id == contact_id, e.state.in_(ACTIVE)).order_by(e.id)
        )
        mine = [_enrolment(row) for row in rows]
        wanted = select(work_offers).where(o.id.in_([one.offer_id for one in mine]))
        courses = {row.id: posted_of(row) for row in await self._db.execute(wanted)}
        return [(one, courses[one.offer_id]) for one in mine]

    async def people(self, offer_id: int) -> Sequence[Enrolment]:
        """Everybody on the list of a course, who came first first."""
        rows = await self._db.execute(select(enrolments).where(e.offer_id == offer_id).order_by(e.id))
        return [_enrolment(row) for row in rows]

    async def number(self, one: Enrolment) -> int:
        """Which number somebody is on the waiting list, from 1 on; 0 where they do not wait."""
        if one.state is not Learning.WAITING:
            return 0
        before = and_(e.offer_id == one.offer_id, e.state == Learning.WAITING, e.id <= one.id)
        return int((await self._db.execute(select(func.count()).where(before))).scalar_one())

    async def keep(self, one: Enrolment, learner: Learner, state: Learning | None = None) -> bool:
        """What an officer notes of somebody; False where they are not as they were seen."""
        values = {"learner": learner.plain(), "state": state or one.state, "version": one.version + 1}
        seen = (e.id == one.id) & (e.version == one.version)
        return bool((await self._db.execute(update(enrolments).where(seen).values(values))).rowcount)

    async def change(self, offer_id: int, changes: Changes, seen: str) -> Posted | None:
        """Other days, place or seats; as it was before. None where it is not as it was seen."""
        before = await self._hold(offer_id)
        if before is None or before.state is not OfferState.VERIFIED or before.offer.mark != seen:
            return None
        after = changes.on(before.offer)
        # Its key stays: a list that is put in once more does not bring the course of before again.
        values = {"offer": after.plain(), "deadline": after.deadline, "seats": after.seats}
        await self._db.execute(update(work_offers).where(o.id == offer_id).values(values))
        return before

    async def with_free_seats(self, on: date) -> Sequence[int]:
        """Courses in which somebody waits although a seat is free."""
        rows = await self._db.execute(
            select(o.id)
            .distinct()
            .join(enrolments, e.offer_id == o.id)
            .where(e.state == Learning.WAITING, o.state == OfferState.VERIFIED, _FREE)
            .where(o.deadline >= on - LONGEST_COURSE)
        )
        return sorted(rows.scalars())

    async def followed(self, since: date) -> Sequence[Posted]:
        """Courses whose last day is not before a day, in which somebody with a chat is enrolled or waits."""
        there = select(e.offer_id).where(e.state.in_(ACTIVE), e.contact_id.is_not(None))
        which = [o.id.in_(there), o.kind == OfferKind.COURSE, o.deadline >= since - LONGEST_COURSE]
        rows = await self._db.execute(select(work_offers).where(*which).order_by(o.id))
        return [posted_of(row) for row in rows]

    async def behind(self, posted: Posted) -> Sequence[Enrolment]:
        """Who knows something of a course that is another by now."""
        other = [and_(e.state == state, e.told != knows(state, posted)) for state in ACTIVE]
        return await self._with_chat(posted.id, or_(*other))

    async def unreminded(self, offer_id: int, opens: date) -> Sequence[Enrolment]:
        """Who is enrolled and was not reminded of this opening day."""
        not_yet = or_(e.reminded.is_(None), e.reminded != opens)
        return await self._with_chat(offer_id, and_(e.state == Learning.ENROLLED, not_yet))

    async def _with_chat(self, offer_id: int, which: ColumnElement[bool]) -> Sequence[Enrolment]:
        where = (e.offer_id == offer_id, e.contact_id.is_not(None), which)
        return [_enrolment(row) for row in await self._db.execute(select(enrolments).where(*where).order_by(e.id))]

    async def told(self, one: Enrolment, told: str, reminded: date | None) -> bool:
        """Note what they know now; False where somebody else told them."""
        before = e.reminded.is_(None) if one.reminded is None else e.reminded == one.reminded
        same = and_(e.id == one.id, e.state == one.state, e.told == one.told, before)
        values = {"told": told, "reminded": reminded}
        return bool((await self._db.execute(update(enrolments).where(same).values(values))).rowcount)


async def forget(db: AsyncConnection, which: ColumnElement[bool]) -> int:
    """Delete people from lists; the seats they had are free again. Gives how many there were."""
    rows = (await db.execute(select(e.id, e.offer_id, e.state).where(which).order_by(e.offer_id))).all()
    training = SqlTraining(db)
    for row in rows:
        if row.state == Learning.ENROLLED:  # of who finished the course is over
            await training.free_one(row.offer_id)
    await db.execute(delete(enrolments).where(e.id.in_([row.id for row in rows])))
    return len(rows)


async def merge_learners(db: AsyncConnection, kept: int, dropped: int) -> None:
    """Two contacts become one: of a course in which both are, the kept one's place stays, unless it was given up."""
    theirs = select(e.offer_id).where(e.contact_id == dropped, e.state != Learning.LEFT)
    await forget(db, and_(e.contact_id == kept, e.state == Learning.LEFT, e.offer_id.in_(theirs)))
    own = select(e.offer_id).where(e.contact_id == kept)
    await forget(db, and_(e.contact_id == dropped, e.offer_id.in_(own)))
    await db.execute(update(enrolments).where(e.contact_id == dropped).values(contact_id=kept))


def _enrolment(row: Row[Any]) -> Enrolment:
    return Enrolment(
        id=row.id,
        offer_id=row.offer_id,
        contact_id=row.contact_id,
        state=Learning(row.state),
        code=row.code,
        learner=read_learner(row.learner),
        told=row.told,
        reminded=row.reminded,
        by=row.by,
        at=row.at,
        version=row.version,
    )
