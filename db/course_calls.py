"""Courses that are made known, each once, to people who want notices about training."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.audience import Field, Is
from core.campaigns import Notice
from core.caps import CAPS
from core.contacts import URN, Contact
from core.delivery import DeliveryStatus
from core.rhythm import Rhythm
from core.training import Call, Candidate, Reaching
from core.work import read_profile
from db.audience import address_of, meant, ways_of, why
from db.capped import counts_for_caps
from db.models import addresses, contacts, deliveries, subscriptions
from db.training_tables import course_calls, enrolments
from db.work_tables import work_answers, work_profiles

TOPIC = "vocational-training"
c = course_calls.c


class SqlCourseCalls:
    """See core.training_storage.CourseCalls."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, call: Call) -> bool:
        """A course is to be made known; False where it was before."""
        if await self.of([call.offer_id]):
            return False
        values = {"offer_id": call.offer_id, "households": list(call.households), "by": call.by, "at": call.at}
        await self._db.execute(insert(course_calls).values(**values, cursor=0, sent=0))
        return True

    async def of(self, offer_ids: Sequence[int]) -> Sequence[Call]:
        """What was or is made known of these."""
        return [_call(row) for row in await self._db.execute(select(course_calls).where(c.offer_id.in_(offer_ids)))]

    async def open(self) -> Sequence[Call]:
        """What is being made known."""
        rows = await self._db.execute(select(course_calls).where(c.done_at.is_(None)).order_by(c.offer_id))
        return [_call(row) for row in rows]

    async def reach(self, call: Call, locality: str, ways: Reaching, limit: int) -> Sequence[Candidate]:
        """The next people of a place who want notices about training, are reached, and are not on the list yet."""
        # As if it were a notice: whoever would be left out of that is not told of a course either.
        notice = Notice(title="", source="", text={}, audience=Is(Field.LOCALITY, (locality,)), topics=(TOPIC,))
        open_ways = ways_of(notice, ways.accounts, ways.windows, ways.now)
        on_list = exists().where(enrolments.c.offer_id == call.offer_id, enrolments.c.contact_id == contacts.c.id)
        answered = exists().where(work_answers.c.offer_id == call.offer_id, work_answers.c.contact_id == contacts.c.id)
        wants = exists().where(
            subscriptions.c.contact_id == contacts.c.id, subscriptions.c.topic == TOPIC, subscriptions.c.wanted
        )
        rows = await self._db.execute(
            select(contacts, addresses.c.account, addresses.c.path, work_profiles.c.profile, wants.label("wants"))
            .join_from(contacts, addresses, addresses.c.id == address_of(open_ways))
            .outerjoin(work_profiles, work_profiles.c.contact_id == contacts.c.id)
            .where(meant(notice.audience, walking=True), contacts.c.id > call.cursor, ~on_list, ~answered)
            .where(why(notice, open_ways, walking=True) == "")
            .order_by(contacts.c.id)
            .limit(limit)
        )
        return [_candidate(row) for row in rows]

    async def notices(self, contact_ids: Sequence[int], now: datetime) -> dict[int, Sequence[datetime]]:
        """When these got notices within a week, or will, courses made known among them; the newest first."""
        d = deliveries.c
        at = func.coalesce(d.settled_at, d.available_at)
        gone = d.status.in_([DeliveryStatus.FAILED, DeliveryStatus.SKIPPED, DeliveryStatus.CANCELLED])
        rows = await self._db.execute(
            select(d.contact_id, at.label("at"))
            .where(d.contact_id.in_(contact_ids), counts_for_caps(deliveries), ~gone)
            .where(at > now - max(within for _, within in CAPS))
            .order_by(at.desc())
        )
        found: dict[int, list[datetime]] = {}
        for row in rows:
            found.setdefault(row.contact_id, []).append(row.at)
        return dict(found)

    async def move(self, call: Call, *, cursor: int, sent: int, done_at: datetime | None) -> bool:
        """How far it came; False where somebody else moved it."""
        same = (c.offer_id == call.offer_id) & (c.cursor == call.cursor) & c.done_at.is_(None)
        values = {"cursor": cursor, "sent": call.sent + sent, "done_at": done_at}
        return bool((await self._db.execute(update(course_calls).where(same).values(values))).rowcount)


def _call(row: Row[Any]) -> Call:
    return Call(
        offer_id=row.offer_id,
        households=tuple(row.households),
        by=row.by,
        at=row.at,
        cursor=row.cursor,
        sent=row.sent,
        done_at=row.done_at,
    )


def _candidate(row: Row[Any]) -> Candidate:
    contact = Contact(
        id=row.id,
        locality=row.locality,
        language=row.language,
        address_word=row.address_word,
        household_status=row.household_status,
        rhythm=Rhythm(row.rhythm),
    )
    return Candidate(
        contact=contact,
        urn=URN(account=row.account, path=row.path),
        household_id=row.household_id,
        profile=read_profile(row.profile) if row.profile is not None else None,
        wants=bool(row.wants),
    )
