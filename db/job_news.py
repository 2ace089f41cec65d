"""Who is told of new offers: whose list is due, what they know already, who comes first where seats are few."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.caps import CAPS, free_at
from core.contacts import Purpose
from core.delivery import DeliveryStatus
from core.job_news import ABOUT, KEY, How, Reached, Told
from core.suiting import Position, Seeker, priority_of
from core.windows import Window
from core.work import Answer, Answered, Posted, read_profile
from db.audience import reachable, ways_of
from db.capped import counts_for_caps
from db.models import consents, contacts, deliveries
from db.said import ANSWER, SAID_OF_OFFERS, WHY, answered_of
from db.work import posted_of
from db.work_tables import work_answers, work_offers, work_profiles, work_told

p, k, d = work_profiles.c, work_told.c, deliveries.c
_WAITS = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)
_WENT = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT)


class SqlJobNews:
    """See core.job_news_storage.JobNews."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def due(self, now: datetime, *, after: int, limit: int) -> Sequence[int]:
        """The next people whose list is to be looked at, behind a number."""
        rows = await self._db.execute(
            select(p.contact_id).where(_due(now), p.contact_id > after).order_by(p.contact_id).limit(limit)
        )
        return [int(one) for one in rows.scalars()]

    async def claim(self, contact_id: int, now: datetime) -> datetime | None:
        """Hold somebody's look until the end of the transaction; gives for when it was planned, None: it is not due."""
        held = await self._db.execute(
            select(func.coalesce(p.look_at, p.told_at))
            .where(p.contact_id == contact_id, _due(now))
            .with_for_update(skip_locked=True)
        )
        row = held.first()
        return None if row is None else row[0]

    async def look_again(self, contact_id: int, at: datetime) -> None:
        """Somebody's list is looked at again then."""
        await self._db.execute(update(work_profiles).where(p.contact_id == contact_id).values(look_at=at))

    async def known(self, contact_id: int) -> frozenset[int]:
        """The offers of which somebody was told, or which they saw."""
        rows = await self._db.execute(select(k.offer_id).where(k.contact_id == contact_id))
        return frozenset(int(one) for one in rows.scalars())

    async def told(self, offer_id: int) -> Mapping[int, Told]:
        """Who knows of an offer, since when and how."""
        rows = await self._db.execute(select(work_told).where(k.offer_id == offer_id))
        return {int(row.contact_id): Told(at=row.at, how=How(row.how)) for row in rows}

    async def tell(self, contact_id: int, offer_ids: Sequence[int], how: How, now: datetime) -> None:
        """Somebody knows of these from now on; what they knew before stays as it was."""
        mine = and_(k.contact_id == contact_id, k.offer_id.in_(offer_ids))
        known = set((await self._db.execute(select(k.offer_id).where(mine))).scalars())
        new = [one for one in dict.fromkeys(offer_ids) if one not in known]
        if new:
            row = {"contact_id": contact_id, "how": how, "at": now}
            await self._db.execute(insert(work_told), [{**row, "offer_id": one} for one in new])

    async def seekers(
        self,
        locality: str,
        accounts: Sequence[str],
        *,
        now: datetime,
        windows: Mapping[str, Window] | None = None,
        where: Callable[[str], Position | None],
    ) -> Sequence[Seeker]:
        """Everybody of a place who looks for work, wants news of it and can be reached; with what they said."""
        agreed = exists().where(
            consents.c.contact_id == contacts.c.id,
            consents.c.purpose == Purpose.WORK.value,
            consents.c.expires_at > now,
        )
        theirs = and_(contacts.c.locality == locality, agreed, reachable(ABOUT, ways_of(ABOUT, accounts, windows, now)))
        rows = await self._db.execute(
            select(contacts.c.id, contacts.c.hamlet, contacts.c.household_status, p.profile)
            .join(work_profiles, p.contact_id == contacts.c.id)
            .where(theirs)
            .order_by(contacts.c.id)
        )
        said, homes = await self._said(locality), cache(where)
        return [
            Seeker(
                contact=row.id,
                locality=locality,
                profile=read_profile(row.profile),
                priority=priority_of(row.household_status),
                position=homes(row.hamlet) if row.hamlet else None,
                answers=tuple(said.get(row.id, ())),
            )
            for row in rows
        ]

    async def _said(self, locality: str) -> Mapping[int, Sequence[tuple[Answered, Posted]]]:
        """What people of a place said of which offers, the oldest first."""
        a = work_answers.c
        rows = await self._db.execute(
            select(work_offers, a.contact_id, ANSWER, WHY)
            .select_from(SAID_OF_OFFERS)
            .join(contacts, contacts.c.id == a.contact_id)
            .where(contacts.c.locality == locality)
            .order_by(a.at, a.offer_id)
        )
        said: dict[int, list[tuple[Answered, Posted]]] = {}
        for row in rows:
            said.setdefault(row.contact_id, []).append((answered_of(row), posted_of(row)))
        return said

    async def free_at(self, contact_id: int, now: datetime) -> datetime | None:
        """From when on somebody may get another message of the kind that is capped; None: now."""
        lately = and_(d.status.in_(_WENT), d.settled_at > now - max(within for _, within in CAPS))
        coming = and_(d.dedup_key.startswith(KEY), d.status.in_((*_WAITS, DeliveryStatus.LEASED)))
        rows = await self._db.execute(
            select(func.coalesce(d.bundle, d.id).label("one"), d.settled_at).where(
                d.contact_id == contact_id, or_(and_(counts_for_caps(deliveries), lately), coming)
            )
        )
        got = {row.one: row.settled_at or now for row in rows}  # what went together counts once
        return free_at(sorted(got.values(), reverse=True), now)

    async def take_back(self, contact_id: int, now: datetime) -> int:
        """What waits to be told to somebody who wants no such news any more; gives how many messages."""
        taken = await self._db.execute(
            update(deliveries)
            .where(d.contact_id == contact_id, d.dedup_key.startswith(KEY), d.status.in_(_WAITS))
            .values(status=DeliveryStatus.CANCELLED, settled_at=now, last_error="wants no news of work")
            .returning(d.id)
        )
        return len(taken.all())

    async def reached(self, offer_ids: Sequence[int]) -> Mapping[int, Reached]:
        """How many know of these offers, and how many they interest; of those who are still known here."""
        counted: dict[int, dict[str, int]] = {}
        rows = await self._db.execute(
            select(k.offer_id, k.how, func.count()).where(k.offer_id.in_(offer_ids)).group_by(k.offer_id, k.how)
        )
        for offer, how, number in rows:
            counted.setdefault(offer, {})["told" if how == How.SENT else "seen"] = int(number)
        a = work_answers.c
        rows = await self._db.execute(
            select(a.offer_id, func.count())
            .where(a.offer_id.in_(offer_ids), a.answer == Answer.INTERESTED)
            .group_by(a.offer_id)
        )
        for offer, number in rows:
            counted.setdefault(offer, {})["interested"] = int(number)
        return {one: Reached(**counted.get(one, {})) for one in offer_ids}


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(p.look_at.is_(None), p.look_at <= now)
