"""How long it takes to tell people of new work: many of one place, most offers with few seats, through SQLite."""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from bench.figures import Figure
from content.catalogue import Catalogue
from core.contacts import URN, Consent, Purpose
from core.suiting import Seeker
from core.work import Offer, OfferState
from db import schema
from db.engine import close_engine, make_engine, sqlite_url
from db.models import contacts, deliveries
from db.unit_of_work import SqlStorage
from scheduler.job_news import JobNews
from scheduler.wake import Wakeable

PEOPLE, OFFERS, SEATS = 300, 500, 5  # of each offer
ACCOUNT = "telegram.main"


class _Clock:
    """It stands still."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The moment it was made with."""
        return self._now


def measure(
    content: Catalogue, folder: Path, people: Sequence[Seeker], offers: Sequence[Offer], now: datetime
) -> list[Figure]:
    """One pass in which everybody's list is due, and the next one, in which nothing is new; as one process does it."""
    first, second, told = asyncio.run(_passes(content, folder, people[:PEOPLE], offers[:OFFERS], now))
    group, about = "Work and training", f"{PEOPLE:,} people of one place, {OFFERS} offers"
    return [
        Figure(group=group, name=f"news of work: {about}, {told} messages, processor time", value=first, unit="s"),
        Figure(group=group, name="the same two hours later, when nothing is new", value=second, unit="s"),
    ]


async def _passes(
    content: Catalogue, folder: Path, people: Sequence[Seeker], offers: Sequence[Offer], now: datetime
) -> tuple[float, float, int]:
    engine = make_engine(sqlite_url(folder / "news.db"))
    try:
        await schema.upgrade(engine)
        storage = SqlStorage(engine)
        await _filled(storage, next(iter(content.localities)), people, offers, now)
        times = []
        for moment in (now, now + timedelta(hours=2)):
            loop = JobNews(
                storage=storage,
                content=content,
                accounts=[ACCOUNT],
                clock=_Clock(moment),
                relay=Wakeable(),
                on_fault=_fails,
            )
            started = time.process_time()
            await loop.step()
            times.append(time.process_time() - started)
        async with storage.read() as uow:
            told = (await uow.connection.execute(select(func.count()).select_from(deliveries))).scalar_one()
        return times[0], times[1], int(told)
    finally:
        await close_engine(engine)


def _fails(_: str, error: BaseException) -> None:
    raise error


async def _filled(
    storage: SqlStorage, place: str, people: Sequence[Seeker], offers: Sequence[Offer], now: datetime
) -> None:
    chance, until = random.Random(7), now + timedelta(days=300)
    async with storage.write() as uow:
        await uow.upkeep.ensure_account(ACCOUNT, now)
        known = await uow.people.load([URN(account=ACCOUNT, path=str(one.contact)) for one in people], now)
        for person, seeker in zip(known.values(), people, strict=True):
            for purpose in (Purpose.WORK, Purpose.NOTICES):
                agreed = Consent(purpose=purpose, granted_at=now, expires_at=until, wording="bench")
                await uow.people.consent(person.contact.id, agreed)
            status = chance.choice(["poor", "near-poor", None])
            mine = contacts.c.id == person.contact.id
            await uow.connection.execute(update(contacts).where(mine).values(locality=place, household_status=status))
            await uow.work.keep_profile(person.contact.id, seeker.profile, now - timedelta(hours=2))
        added = await uow.work.add(place, offers, by="Lan", now=now)
        for number in added.new:
            after = {"verified_by": "Minh", "verified_at": now}
            await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, **after)
        await uow.commit()
