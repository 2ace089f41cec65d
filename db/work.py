"""Offers of places, what people look for, and what they said of offers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.job_news import EVERY
from core.leads import WORKING
from core.work import (
    Added,
    Answer,
    Answered,
    Offer,
    OfferState,
    Posted,
    Profile,
    read_offer,
    read_profile,
)
from db.lead_tables import work_leads
from db.said import ANSWER, NOT_FIT, SAID, SAID_OF_OFFERS, WHY, answered_of
from db.work_tables import work_answers, work_offers, work_profiles

AT_ONCE = 500  # keys in one statement
o, a = work_offers.c, work_answers.c


class SqlWork:
    """See core.work_storage.Work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, locality: str, offers: Sequence[Offer], *, by: str, now: datetime) -> Added:
        """Keep offers as drafts; one that the place has already is left as it is."""
        known = await self._known(locality, [one.key for one in offers])
        fresh = {one.key: one for one in offers if one.key not in known}
        values = {"locality": locality, "state": OfferState.DRAFT, "created_by": by, "created_at": now}
        new = []
        for key, one in fresh.items():
            told = {"kind": one.kind, "offer": one.plain(), "key": key, "deadline": one.deadline, "seats": one.seats}
            row = insert(work_offers).values(**values, **told, taken=0, version=1, why="")
            new.append(int((await self._db.execute(row.returning(o.id))).scalar_one()))
        return Added(new=tuple(new), known=len(offers) - len(new))

    async def _known(self, locality: str, keys: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            rows = await self._db.execute(select(o.key).where(o.locality == locality, o.key.in_(some)))
            found.update(rows.scalars())
        return found

    async def get(self, offer_id: int) -> Posted | None:
        """One offer."""
        row = (await self._db.execute(select(work_offers).where(o.id == offer_id))).first()
        return None if row is None else posted_of(row)

    async def list(self, localities: Sequence[str], *states: OfferState) -> Sequence[Posted]:
        """Those of these places in these states, all if none is named; the newest first."""
        which = [o.locality.in_(localities), *([o.state.in_(states)] if states else [])]
        return [
            posted_of(row) for row in await self._db.execute(select(work_offers).where(*which).order_by(o.id.desc()))
        ]

    async def open_in(self, locality: str, on: date) -> Sequence[Posted]:
        """What is verified, not over and not full in a place on a day."""
        rows = await self._db.execute(select(work_offers).where(*_open(locality, on)).order_by(o.id))
        return [posted_of(row) for row in rows]

    async def versions(self, locality: str, on: date) -> dict[int, int]:
        """The version of each offer that is open in a place on a day, by its number."""
        rows = await self._db.execute(select(o.id, o.version).where(*_open(locality, on)))
        return {int(row.id): int(row.version) for row in rows}

    async def some(self, offer_ids: Sequence[int]) -> Sequence[Posted]:
        """These offers, as far as there are such; of 500 at a time, no more."""
        rows = await self._db.execute(select(work_offers).where(o.id.in_(offer_ids)).order_by(o.id))
        return [posted_of(row) for row in rows]

    async def stamp(self, locality: str) -> tuple[int, int]:
        """Another one than before as soon as any offer of the place is another: versions only rise."""
        row = (
            await self._db.execute(
                select(func.count(), func.coalesce(func.sum(o.version), 0)).where(o.locality == locality)
            )
        ).one()
        return int(row[0]), int(row[1])

    async def step(
        self, offer_id: int, before: OfferState, after: OfferState, *, seen: int | None = None, **values: Any
    ) -> bool:
        """From one state to another, with what comes along; False where it stands elsewhere meanwhile."""
        return await self._change(offer_id, before, seen, state=after, **values)

    async def take_seats(
        self, offer_id: int, seats: int, *, seen: int | None = None, by: str | None = None, now: datetime | None = None
    ) -> bool:
        """So many seats are taken by now, as somebody noted; False where there is no such verified offer."""
        return await self._change(offer_id, OfferState.VERIFIED, seen, taken=seats, filled_by=by, filled_at=now)

    async def seat(self, offer_id: int) -> bool:
        """At least as many seats are taken as people are known to work there; True where that made it more."""
        led = work_leads.c
        working = select(func.count()).where(led.offer_id == offer_id, led.state.in_(WORKING)).scalar_subquery()
        changed = await self._db.execute(
            update(work_offers)
            .where(o.id == offer_id, o.state == OfferState.VERIFIED, o.taken < working)
            .values(version=o.version + 1, taken=working)
            .returning(o.id)
        )
        return changed.first() is not None

    async def _change(self, offer_id: int, before: OfferState, seen: int | None, **values: Any) -> bool:
        as_seen = true() if seen is None else o.version == seen
        changed = await self._db.execute(
            update(work_offers)
            .where(o.id == offer_id, o.state == before, as_seen)
            .values(version=o.version + 1, **values)
            .returning(o.id)
        )
        return changed.first() is not None

    async def interest(self, offer_ids: Sequence[int]) -> dict[int, int]:
        """How many people said that these suit them."""
        rows = await self._db.execute(
            select(a.offer_id, func.count())
            .where(a.offer_id.in_(offer_ids), a.answer == Answer.INTERESTED)
            .group_by(a.offer_id)
        )
        return {int(row[0]): int(row[1]) for row in rows}

    async def refused(self, offer_id: int) -> set[int]:
        """Who said that an offer does not suit them, or gave it up."""
        rows = await self._db.execute(select(a.contact_id).select_from(SAID).where(a.offer_id == offer_id, NOT_FIT))
        return set(rows.scalars())

    async def keep_profile(self, contact_id: int, profile: Profile, now: datetime) -> None:
        """Keep what somebody looks for, in place of what was kept before."""
        await self._db.execute(delete(work_profiles).where(work_profiles.c.contact_id == contact_id))
        row = {"contact_id": contact_id, "profile": profile.plain(), "told_at": now, "look_at": now + EVERY}
        await self._db.execute(insert(work_profiles).values(row))

    async def profile(self, contact_id: int) -> Profile | None:
        """What somebody looks for."""
        found = await self._db.execute(select(work_profiles.c.profile).where(work_profiles.c.contact_id == contact_id))
        row = found.first()
        return None if row is None else read_profile(row.profile)

    async def answer(self, contact_id: int, answered: Answered, now: datetime) -> None:
        """Keep what somebody says of an offer, in place of what they said of it before."""
        mine = (a.contact_id == contact_id) & (a.offer_id == answered.offer_id)
        await self._db.execute(delete(work_answers).where(mine))
        row = {
            "contact_id": contact_id,
            "offer_id": answered.offer_id,
            "answer": answered.answer,
            "why": answered.why,
            "at": now,
        }
        await self._db.execute(insert(work_answers).values(row))

    async def answers(self, contact_id: int) -> Sequence[tuple[Answered, Posted]]:
        """What somebody said of which offers, the oldest first; one that they gave up does not suit."""
        rows = await self._db.execute(
            select(work_offers, ANSWER, WHY)
            .select_from(SAID_OF_OFFERS)
            .where(a.contact_id == contact_id)
            .order_by(a.at, a.offer_id)
        )
        return [(answered_of(row), posted_of(row)) for row in rows]


def _open(locality: str, on: date) -> tuple[ColumnElement[bool], ...]:
    """What is verified, not over and not full."""
    free = or_(o.seats.is_(None), o.taken < o.seats)
    return o.locality == locality, o.state == OfferState.VERIFIED, o.deadline >= on, free


def posted_of(row: Row[Any]) -> Posted:
    """A row of `work_offers`."""
    return Posted(
        id=row.id,
        locality=row.locality,
        state=OfferState(row.state),
        offer=read_offer(row.offer),
        taken=row.taken,
        version=row.version,
        created_by=row.created_by,
        created_at=row.created_at,
        verified_by=row.verified_by,
        verified_at=row.verified_at,
        closed_by=row.closed_by,
        why=row.why,
        changed_by=row.changed_by,
        filled_by=row.filled_by,
        filled_at=row.filled_at,
        changed_at=row.changed_at,
        code=row.code,
    )
