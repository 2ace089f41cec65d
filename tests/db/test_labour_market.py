"""What storage counts of work: by month and trade, of a place, by consents that hold."""

from datetime import datetime, timedelta

import pytest

from core.contacts import Consent, Purpose
from core.labour_market import Said
from core.periods import read_period
from core.work import Answer, Answered, OfferKind, OfferState, Paid, Profile
from db.unit_of_work import SqlStorage
from handlers.labour_market import months_of
from tests.support.clock import MORNING
from tests.support.rows import an_offer, make_person

pytestmark = pytest.mark.either

QUARTER = read_period("2026-Q4")
MONTHS = months_of(QUARTER)
OCTOBER, DECEMBER = MONTHS[0] + timedelta(days=3), MONTHS[2] + timedelta(hours=1)


async def looks(store: SqlStorage, path: str, at: datetime, *wants: str, agreed: bool = True) -> int:
    contact = (await make_person(store, path)).contact.id
    until = MORNING + timedelta(days=300 if agreed else -1)
    async with store.write() as uow:
        person = await uow.people.get(contact)
        assert person is not None
        await uow.people.consent(
            contact, Consent(purpose=Purpose.WORK, granted_at=at, expires_at=until, wording="work.ask")
        )
        await uow.work.keep_profile(contact, Profile(wants=wants), at)
        await uow.commit()
    return contact


async def test_people_and_interest_by_month(store: SqlStorage) -> None:
    from sqlalchemy import update

    from db.models import contacts

    first = await looks(store, "a", OCTOBER, "sewing", "farm")
    await looks(store, "b", OCTOBER, "sewing", "farm")
    await looks(store, "c", DECEMBER)
    await looks(store, "d", OCTOBER - timedelta(days=30), "sewing")
    await looks(store, "e", OCTOBER, "sewing", agreed=False)
    await looks(store, "elsewhere", OCTOBER, "sewing")
    async with store.write() as uow:
        here = contacts.c.id < first + 5
        await uow.connection.execute(update(contacts).where(here).values(locality="dak-cam"))
        offer, course = (
            await uow.work.add("dak-cam", [an_offer(), an_offer(kind=OfferKind.COURSE)], by="Lan", now=MORNING)
        ).new
        for number in (offer, course):
            await uow.work.answer(first, Answered(offer_id=number, answer=Answer.INTERESTED), DECEMBER)
        await uow.commit()
    async with store.read() as uow:
        said = await uow.labour_market.seekers("dak-cam", MONTHS, QUARTER.ends, MORNING)
        assert sorted(said, key=str) == [
            Said(month=0, trades=("sewing", "farm"), count=2),
            Said(month=2, trades=(), count=1),
        ]
        assert await uow.labour_market.interest("dak-cam", MONTHS, QUARTER.ends, MORNING) == [
            Said(month=2, trades=("sewing",), count=1)
        ]
        assert await uow.labour_market.looking("dak-cam", MORNING) == 4


async def test_vacancies_that_were_verified_within(store: SqlStorage) -> None:
    offers = [an_offer(title=str(number), seats=number or None) for number in range(4)]
    offers[1] = an_offer(title="1", seats=1, paid=Paid.DAY, wage_from=200_000, wage_to=300_000)
    async with store.write() as uow:
        new = (await uow.work.add("dak-cam", offers, by="Lan", now=MORNING)).new
        for number, at in zip(new[:3], (QUARTER.begins, DECEMBER, QUARTER.ends), strict=True):
            await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=at)
        await uow.work.step(new[1], OfferState.VERIFIED, OfferState.CLOSED, closed_by="Minh", why="đủ người")
        await uow.commit()
        found = await uow.labour_market.vacancies("dak-cam", QUARTER.begins, QUARTER.ends)
    assert sorted((one.seats or 0, one.paid, one.wage) for one in found) == [
        (0, Paid.AGREED, None),
        (1, Paid.DAY, 250_000),
    ], "what was verified counts, closed meanwhile or not"
