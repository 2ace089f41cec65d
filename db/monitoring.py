"""Counts and rows for the reports of a place: added up by the database, in a bounded number of statements."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, case, distinct, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import Campaign
from core.contacts import Purpose
from core.monitoring import PeopleCounts, PersonRow, QuestionRow, WorkCounts, WorkFigure, WorkRow, WorkThing
from core.periods import Period
from core.questions import QuestionState
from core.records import Effect
from core.report import STOPS
from core.training import Learning
from core.work import OfferKind
from db.campaign_tables import notice_effects
from db.campaigns import SqlCampaigns
from db.lead_tables import work_leads
from db.models import addresses, channel_accounts, consents, contacts, questions
from db.report import one_moment
from db.training_tables import enrolments
from db.work_tables import work_offers


class SqlMonitor:
    """See core.monitoring.Monitor."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def one_moment(self) -> None:
        """All that follows in this transaction is of one moment; asked for first."""
        await one_moment(self._db)

    async def people(self, places: Collection[str], period: Period, now: datetime) -> PeopleCounts:
        """Who was known when the period ended, of those who still are."""
        came = func.count().filter(contacts.c.created_at >= period.begins)
        counted = select(func.count(), came).select_from(contacts).where(_known(places, period))
        everybody, new = (await self._db.execute(counted)).one()
        theirs = contacts.c.id == consents.c.contact_id
        agreed = (
            select(func.count())
            .select_from(consents.join(contacts, theirs))
            .where(_yes(period, now), _known(places, period, walking=False))
        )
        willing = (await self._db.execute(agreed)).scalar_one()
        kinds = await self._db.execute(
            select(channel_accounts.c.kind, func.count(distinct(addresses.c.contact_id)))
            .join_from(addresses, channel_accounts, channel_accounts.c.id == addresses.c.account)
            .join(contacts, contacts.c.id == addresses.c.contact_id)
            .where(_known(places, period, walking=False), addresses.c.created_at < period.ends)
            .group_by(channel_accounts.c.kind)
        )
        channels = {kind: int(number) for kind, number in sorted((row[0], row[1]) for row in kinds)}
        return PeopleCounts(known=int(everybody), new=int(new), agreed=int(willing), channels=channels)

    async def questions(
        self, places: Collection[str], period: Period, named: Callable[[str, str], str]
    ) -> Sequence[QuestionRow]:
        """What was asked in the period, by id."""
        q = questions.c
        rows = await self._db.execute(
            select(
                q.id,
                q.locality,
                func.coalesce(contacts.c.hamlet, "").label("home"),
                func.coalesce(q.topic, "").label("about"),
                func.coalesce(q.office, "").label("desk"),
                q.state,
                q.urgent,
                q.created_at,
                q.due_at,
                q.answered_at,
            )
            .join_from(questions, contacts, contacts.c.id == q.contact_id, isouter=True)
            .where(q.locality.in_(places), q.created_at >= period.begins, q.created_at < period.ends)
            .order_by(q.id)
        )
        states = {state.value: state for state in QuestionState}
        known = cache(named)  # reading a name takes far longer than counting
        return [
            QuestionRow(number, place, known(place, home), about, desk, states[state], urgent, came, due, answered)
            for number, place, home, about, desk, state, urgent, came, due, answered in rows
        ]

    async def work(self, places: Collection[str], period: Period) -> WorkCounts:
        """What came of vacancies and courses: one statement."""
        o, led, e = work_offers.c, work_leads.c, enrolments.c
        within = partial(_within, period)

        def offers(kind: OfferKind) -> ScalarSelect[int]:
            verified = select(func.count()).where(o.locality.in_(places), o.kind == kind, within(o.verified_at))
            return verified.scalar_subquery()

        def leads(moment: ColumnElement[Any]) -> ScalarSelect[int]:
            return select(func.count()).where(led.locality.in_(places), within(moment)).scalar_subquery()

        def learners(*more: ColumnElement[bool]) -> ScalarSelect[int]:
            joined = select(func.count()).select_from(enrolments.join(work_offers, o.id == e.offer_id))
            return joined.where(o.locality.in_(places), within(e.at), *more).scalar_subquery()

        counts = {
            WorkFigure.VACANCIES: offers(OfferKind.VACANCY),
            WorkFigure.COURSES: offers(OfferKind.COURSE),
            WorkFigure.INTERESTED: leads(led.begun_at),
            WorkFigure.STARTED: leads(led.started_at),
            WorkFigure.ENROLLED: learners(),
            WorkFigure.FINISHED: learners(e.state == Learning.FINISHED),
        }
        row = (await self._db.execute(select(*(one.label(name) for name, one in counts.items())))).one()
        return WorkCounts(**{name: int(getattr(row, name)) for name in counts})

    async def work_rows(self, places: Collection[str], period: Period) -> Sequence[WorkRow]:
        """What `work` counts: three statements."""
        o, led, e = work_offers.c, work_leads.c, enrolments.c
        offers = await self._db.execute(
            select(o.id, o.locality, o.kind, o.verified_at)
            .where(o.locality.in_(places), _within(period, o.verified_at))
            .order_by(o.id)
        )
        found = [_offer_row(row) for row in offers]
        leads = await self._db.execute(
            select(led.id, led.locality, led.offer_id, led.begun_at, led.started_at)
            .where(led.locality.in_(places), or_(_within(period, led.begun_at), _within(period, led.started_at)))
            .order_by(led.id)
        )
        found += [_lead_row(period, row) for row in leads]
        learners = await self._db.execute(
            select(e.id, o.locality, e.offer_id, e.at, e.state)
            .join_from(enrolments, work_offers, o.id == e.offer_id)
            .where(o.locality.in_(places), _within(period, e.at))
            .order_by(e.id)
        )
        return found + [_learner_row(row) for row in learners]

    async def notices(self, period: Period) -> Sequence[tuple[Campaign, Mapping[Effect, int], int]]:
        """Notices of which the sending began in the period, the oldest first, each with its counts and effects."""
        e = notice_effects.c
        found = await SqlCampaigns(self._db).begun(period.begins, period.ends)
        each = [func.count(case((e.kind == effect.value, 1))).label(effect.name) for effect in Effect]
        stop = case((e.kind.in_([effect.value for effect in STOPS]), e.contact_id))
        rows = await self._db.execute(
            select(e.campaign_id, *each, func.count(distinct(stop)).label("stops"))
            .where(e.campaign_id.in_([one.id for one in found]))
            .group_by(e.campaign_id)
        )
        after = {
            row.campaign_id: ({effect: int(getattr(row, effect.name)) for effect in Effect}, int(row.stops))
            for row in rows
        }
        nothing: tuple[Mapping[Effect, int], int] = ({}, 0)
        ordered = sorted(found, key=lambda one: (one.starts_at or one.created_at, one.id))
        return [(one, *after.get(one.id, nothing)) for one in ordered]

    async def person_rows(self, places: Collection[str], period: Period, now: datetime) -> Sequence[PersonRow]:
        """The people whom `people` counts, by id."""
        rows = (
            await self._db.execute(
                select(contacts.c.id, contacts.c.locality, contacts.c.created_at, _agreed(period, now).label("agreed"))
                .where(_known(places, period))
                .order_by(contacts.c.id)
            )
        ).all()
        kinds: dict[int, set[str]] = {}
        for contact, kind in await self._db.execute(_ways(places, period)):
            kinds.setdefault(contact, set()).add(kind)
        return [
            PersonRow(
                id=row.id,
                locality=row.locality,
                since=row.created_at,
                agreed=bool(row.agreed),
                channels=tuple(sorted(kinds.get(row.id, ()))),
            )
            for row in rows
        ]


def _within(period: Period, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(moment >= period.begins, moment < period.ends)


def _offer_row(row: Row[int, str, str, datetime]) -> WorkRow:
    vacancy = row.kind == OfferKind.VACANCY
    thing, figure = (WorkThing.VACANCY, WorkFigure.VACANCIES) if vacancy else (WorkThing.COURSE, WorkFigure.COURSES)
    return WorkRow(thing, row.id, row.locality, row.id, row.verified_at, None, frozenset((figure,)))


def _lead_row(period: Period, row: Row[int, str, int, datetime, datetime]) -> WorkRow:
    moments = {WorkFigure.INTERESTED: row.begun_at, WorkFigure.STARTED: row.started_at}
    counts = frozenset(one for one, at in moments.items() if at and period.begins <= at < period.ends)
    return WorkRow(WorkThing.LEAD, row.id, row.locality, row.offer_id, row.begun_at, row.started_at, counts)


def _learner_row(row: Row[int, str, int, datetime, str]) -> WorkRow:
    counts = [WorkFigure.ENROLLED, *([WorkFigure.FINISHED] if row.state == Learning.FINISHED else [])]
    return WorkRow(WorkThing.LEARNER, row.id, row.locality, row.offer_id, row.at, None, frozenset(counts))


def _known(places: Collection[str], period: Period, *, walking: bool = True) -> ColumnElement[bool]:
    """Who was known by the end of the period. `walking`: through the places; else each is looked up by number.

    SQLite would walk through the places in either case, which takes three times as long: a call keeps it from that.
    """
    place = contacts.c.locality if walking else func.coalesce(contacts.c.locality, "")
    return and_(place.in_(places), contacts.c.created_at < period.ends)


def _yes(period: Period, now: datetime) -> ColumnElement[bool]:
    """A yes to notices from before the end of the period that has not been taken back since, nor run out by then."""
    given = and_(consents.c.purpose == Purpose.NOTICES, consents.c.granted_at < period.ends)
    return and_(given, consents.c.expires_at > min(period.ends, now))


def _agreed(period: Period, now: datetime) -> ColumnElement[bool]:
    return exists().where(consents.c.contact_id == contacts.c.id, _yes(period, now))


def _ways(places: Collection[str], period: Period) -> Select[int, str]:
    return (
        select(addresses.c.contact_id, channel_accounts.c.kind)
        .join_from(addresses, channel_accounts, channel_accounts.c.id == addresses.c.account)
        .join(contacts, contacts.c.id == addresses.c.contact_id)
        .where(_known(places, period), addresses.c.created_at < period.ends)
    )
