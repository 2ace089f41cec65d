"""Offers as officers look through and write them, and what employers send in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.offer_desk import OffersAsked, Received
from core.work import Offer, OfferState, Posted, Standing
from db.work import posted_of
from db.work_tables import work_offers

o = work_offers.c
# In the order of the list.
ORDER = (Standing.DRAFT, Standing.OPEN, Standing.FULL, Standing.EXPIRED, Standing.CLOSED)


class SqlOffers:
    """See core.offer_desk.OfferDesk."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def page(self, asked: OffersAsked, *, offset: int, limit: int) -> tuple[Sequence[Posted], int]:
        """Drafts first, the oldest of them first; then what is open by its last day, what is full, over, closed."""
        stands = _standing(asked.on)
        where = and_(
            o.locality.in_(asked.localities),
            o.kind == asked.kind if asked.kind else true(),
            stands == asked.standing if asked.standing else true(),
        )
        total = (await self._db.execute(select(func.count()).select_from(work_offers).where(where))).scalar_one()
        place = case(*((stands == one, number) for number, one in enumerate(ORDER)))
        # A draft waits since it came: its number says so. What is over or closed: the newest first.
        days = case((stands.in_((Standing.OPEN, Standing.FULL)), o.deadline))
        turned = case((stands.in_((Standing.EXPIRED, Standing.CLOSED)), -o.id), else_=o.id)
        rows = await self._db.execute(
            select(work_offers).where(where).order_by(place, days, turned).offset(offset).limit(limit)
        )
        return [posted_of(row) for row in rows], int(total)

    async def counts(self, localities: Sequence[str], on: date) -> Mapping[Standing, int]:
        """How many stand how on a day."""
        stands = _standing(on).label("stands")
        mine = select(stands).where(o.locality.in_(localities)).subquery()
        rows = await self._db.execute(select(mine.c.stands, func.count()).group_by(mine.c.stands))
        found = {Standing(row[0]): int(row[1]) for row in rows}
        return {one: found.get(one, 0) for one in ORDER}

    async def ending(self, localities: Sequence[str], on: date, until: date, limit: int) -> Sequence[Posted]:
        """What is open on a day and ends until another one, the soonest first."""
        rows = await self._db.execute(
            select(work_offers)
            .where(o.locality.in_(localities), _standing(on) == Standing.OPEN, o.deadline <= until)
            .order_by(o.deadline, o.id)
            .limit(limit)
        )
        return [posted_of(row) for row in rows]

    async def edit(self, one: Posted, offer: Offer, *, seen: int, by: str, now: datetime) -> bool:
        """Write it anew: it is a draft again. False where it was changed or closed since that version."""
        changed = await self._db.execute(
            update(work_offers)
            .where(o.id == one.id, o.version == seen, o.state != OfferState.CLOSED)
            .values(
                **_told(offer),
                state=OfferState.DRAFT,
                version=o.version + 1,
                changed_by=by,
                changed_at=now,
                verified_by=None,
                verified_at=None,
            )
            .returning(o.id)
        )
        return changed.first() is not None

    async def twin(self, locality: str, key: str) -> int | None:
        """The number of the offer of a place that has this key."""
        row = (await self._db.execute(select(o.id).where(o.locality == locality, o.key == key))).first()
        return int(row.id) if row is not None else None

    async def receive(self, locality: str, offer: Offer, *, code: str, sender: bytes, now: datetime) -> int | None:
        """Keep what an employer sent as a draft; its number, None where the place has it already."""
        insert_ = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        made = insert_(work_offers).values(
            **_told(offer),
            locality=locality,
            state=OfferState.DRAFT,
            taken=0,
            version=1,
            created_by="",
            created_at=now,
            why="",
            code=code,
            sender=sender,
        )
        once = made.on_conflict_do_nothing(index_elements=[o.locality, o.key]).returning(o.id)
        row = (await self._db.execute(once)).first()
        return int(row.id) if row is not None else None

    async def by_code(self, code: str) -> Posted | None:
        """What was sent in under this code."""
        row = (await self._db.execute(select(work_offers).where(o.code == code))).first()
        return None if row is None else posted_of(row)

    async def received(self, locality: str, sender: bytes, *, on: date, since: datetime) -> Received:
        """How much of a place still waits on a day, and came from an address since a moment."""
        waits = and_(o.locality == locality, o.state == OfferState.DRAFT, o.deadline >= on)
        came = and_(o.sender == sender, o.created_at > since)
        row = (
            await self._db.execute(
                select(func.count().filter(waits), func.count().filter(came)).where(o.code.is_not(None))
            )
        ).one()
        return Received(waiting=int(row[0]), lately=int(row[1]))


def _standing(on: date) -> ColumnElement[str]:
    """How each offer stands on a day: as core.work.Posted.standing says it."""
    full = and_(o.seats.is_not(None), o.taken >= o.seats)
    return case(
        (o.state != OfferState.VERIFIED, o.state),
        (o.deadline < on, Standing.EXPIRED.value),
        (full, Standing.FULL.value),
        else_=Standing.OPEN.value,
    )


def _told(offer: Offer) -> dict[str, object]:
    return {
        "kind": offer.kind,
        "offer": offer.plain(),
        "key": offer.key,
        "deadline": offer.deadline,
        "seats": offer.seats,
    }
