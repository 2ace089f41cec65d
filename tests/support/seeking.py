"""People who look for work and want to be told, and offers that officers verified, for tests of the news of work."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from core.contacts import Consent, Purpose
from core.rhythm import Rhythm
from core.work import Offer, OfferState, Profile
from db.models import contacts
from db.unit_of_work import SqlStorage
from db.work_tables import work_told
from scheduler.job_news import JobNews
from tests.delivery.conftest import Post, our_packs
from tests.support.clock import MORNING
from tests.support.rows import make_person

SEWS = Profile(can=("sewing",), wants=("sewing",))
YEAR = timedelta(days=365)


def the_loop(post: Post) -> JobNews:
    """The loop beside the others."""
    return JobNews(
        storage=post.storage,
        content=our_packs(),
        accounts=[post.channel.account],
        clock=post.clock,
        relay=post.relay.work,
        on_fault=lambda where, error: post.faults.append((where, error)),
    )


async def looks_for(
    storage: SqlStorage,
    path: str,
    profile: Profile = SEWS,
    *,
    status: str | None = None,
    rhythm: Rhythm = Rhythm.AT_ONCE,
    account: str = "webchat.main",
    now: datetime = MORNING,
) -> int:
    """Somebody of Đăk Cấm who told what they look for, some hours ago, and takes notices."""
    contact = (await make_person(storage, path, account)).contact.id
    before = now - timedelta(hours=5)
    async with storage.write() as uow:
        for purpose in (Purpose.WORK, Purpose.NOTICES):
            agreed = Consent(purpose=purpose, granted_at=before, expires_at=now + YEAR, wording="work.ask")
            await uow.people.consent(contact, agreed)
        values = {"locality": "dak-cam", "household_status": status, "rhythm": rhythm}
        await uow.connection.execute(update(contacts).where(contacts.c.id == contact).values(**values))
        await uow.work.keep_profile(contact, profile, before)
        await uow.commit()
    return contact


async def offered(storage: SqlStorage, *offers: Offer, now: datetime = MORNING) -> tuple[int, ...]:
    """Offers of Đăk Cấm, put in by one officer and verified by another."""
    async with storage.write() as uow:
        added = await uow.work.add("dak-cam", offers, by="Lan", now=now)
        for one in added.new:
            await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=now)
        await uow.commit()
    return added.new


async def told(storage: SqlStorage) -> set[tuple[int, int]]:
    """Who knows of what."""
    async with storage.read() as uow:
        rows = await uow.connection.execute(select(work_told.c.contact_id, work_told.c.offer_id))
        return {(row.contact_id, row.offer_id) for row in rows}
