"""The labour market of a place, added up by the database."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import Purpose
from core.labour_market import Said, Vacancy
from core.work import Answer, Offer, OfferKind, read_offer
from db.models import consents, contacts
from db.work_tables import work_answers, work_offers, work_profiles

o, a, p = work_offers.c, work_answers.c, work_profiles.c


class SqlLabourMarket:
    """See core.labour_market.LabourMarket."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def vacancies(self, locality: str, begins: datetime, ends: datetime) -> Sequence[Vacancy]:
        """The vacancies of a place that were verified from one moment on, before another."""
        within = (o.verified_at >= begins, o.verified_at < ends)
        rows = await self._db.execute(
            select(o.offer, o.verified_at).where(o.locality == locality, o.kind == OfferKind.VACANCY, *within)
        )
        return [_vacancy(read_offer(row.offer), row.verified_at) for row in rows]

    async def seekers(self, locality: str, months: Sequence[datetime], ends: datetime, now: datetime) -> Sequence[Said]:
        """The people of a place who look for work by a consent that holds, by the month in which they told so last."""
        told = (
            select(_month(p.told_at, months).label("month"), cast(p.profile["wants"], Text).label("wants"))
            .join(contacts, contacts.c.id == p.contact_id)
            .where(contacts.c.locality == locality, p.told_at >= months[0], p.told_at < ends, _agreed(p, now))
            .subquery()
        )
        rows = await self._db.execute(
            select(told.c.month, told.c.wants, func.count()).group_by(told.c.month, told.c.wants)
        )
        return [Said(month=month, trades=tuple(json.loads(wants or "[]")), count=count) for month, wants, count in rows]

    async def interest(
        self, locality: str, months: Sequence[datetime], ends: datetime, now: datetime
    ) -> Sequence[Said]:
        """How often people said that a vacancy of a place suits them, by consent, by month and occupation."""
        said = (
            select(_month(a.at, months).label("month"), o.offer["occupation"].as_string().label("trade"))
            .join(work_offers, o.id == a.offer_id)
            .where(o.locality == locality, o.kind == OfferKind.VACANCY, a.answer == Answer.INTERESTED)
            .where(a.at >= months[0], a.at < ends, _agreed(a, now))
            .subquery()
        )
        rows = await self._db.execute(
            select(said.c.month, said.c.trade, func.count()).group_by(said.c.month, said.c.trade)
        )
        found: Counter[tuple[int, str]] = Counter()
        for month, trade, count in rows:
            found[month, trade] += count
        return [Said(month=month, trades=(trade,), count=count) for (month, trade), count in found.items()]

    async def looking(self, locality: str, now: datetime) -> int:
        """How many people of a place look for work, by a consent that holds."""
        here = (
            select(func.count())
            .select_from(work_profiles)
            .join(contacts, contacts.c.id == p.contact_id)
            .where(contacts.c.locality == locality, _agreed(p, now))
        )
        return int((await self._db.execute(here)).scalar_one())


def _month(at: ColumnElement[datetime], months: Sequence[datetime]) -> ColumnElement[int]:
    """In which of these months a moment lies, from 0."""
    later = [(at >= begins, literal(number)) for number, begins in reversed(list(enumerate(months)))]
    return case(*later[:-1], else_=literal(0)) if len(later) > 1 else literal(0)


def _agreed(table: Any, now: datetime) -> ColumnElement[bool]:
    mine = (consents.c.purpose == Purpose.WORK) & (consents.c.contact_id == table.contact_id)
    return exists().where(mine, consents.c.expires_at >= now)


def _vacancy(offer: Offer, verified_at: datetime) -> Vacancy:
    sums = [one for one in (offer.wage_from, offer.wage_to) if one is not None]
    return Vacancy(
        occupation=offer.occupation,
        verified_at=verified_at,
        seats=offer.seats,
        paid=offer.paid,
        wage=sum(sums) // len(sums) if sums else None,
    )
