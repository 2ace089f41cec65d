"""How long who signed up for a job fair is kept, and that no seat is given twice."""

from datetime import timedelta

import pytest

from core.contacts import Consent, Purpose
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import an_event, everything, make_person

pytestmark = pytest.mark.either

YEAR = timedelta(days=365)


async def test_who_signed_up_goes_with_their_consent_and_the_event_a_year_after_it(store: SqlStorage) -> None:
    contacts = [(await make_person(store, path)).contact.id for path in "ab"]
    async with store.write() as uow:
        number = await uow.events.add("dak-cam", an_event(), by="Lan", now=MORNING)
        for contact, days in zip(contacts, (400, 30), strict=True):
            until = MORNING + timedelta(days=days)
            consent = Consent(purpose=Purpose.EVENTS, granted_at=MORNING, expires_at=until, wording="event.kept")
            await uow.people.consent(contact, consent)
            await uow.events.take(number, contact, MORNING)
        await uow.commit()

    async def kept(days: int) -> tuple[int, int]:
        now = MORNING + timedelta(days=days)
        async with store.write() as uow:
            await uow.upkeep.drop_old(
                messages_before=MORNING, questions_before=now - YEAR, ledger_before=MORNING, now=now
            )
            await uow.commit()
        rows = await everything(store)
        return len(rows["job_events"]), len(rows["event_seats"])

    assert await kept(20) == (1, 2)
    assert await kept(31) == (1, 1)
    assert await kept(371) == (1, 1)
    assert await kept(373) == (0, 0)


async def test_withdrawing_takes_the_seat_back(store: SqlStorage) -> None:
    contact = (await make_person(store, "a")).contact.id
    async with store.write() as uow:
        number = await uow.events.add("dak-cam", an_event(seats=1), by="Lan", now=MORNING)
        assert await uow.events.take(number, contact, MORNING) is not None
        await uow.people.withdraw(contact, Purpose.EVENTS)
        assert await uow.events.seat(number, contact) is None and await uow.events.seats(number) == []
        again = await uow.events.take(number, contact, MORNING)
        assert again is not None and again.number == 2


async def test_the_next_are_first_and_then_what_was_last(store: SqlStorage) -> None:
    async with store.write() as uow:
        for days in (-3, 9, -8, 2):
            begins = MORNING + timedelta(days=days)
            event = an_event(starts_at=begins, ends_at=begins + timedelta(hours=3))
            await uow.events.add("dak-cam", event, by="Lan", now=MORNING)
        found, total = await uow.events.list(["dak-cam"], MORNING, 3, 1)
    assert [one.id for one in found] == [2, 1, 3] and total == 4
