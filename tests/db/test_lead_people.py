"""The share of people who found work is counted in people, also of those who went: nothing of it changes by that."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from core.contacts import Consent, Purpose
from core.leads import Lead, LeadState, LeadStep, NewLead, Sought
from core.work import OfferState
from db.lead_tables import work_leads
from db.merging import merge
from db.models import contacts
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import an_offer, everything, make_person

PLACE = "dak-cam"
WAYS = ("erased", "stopped", "over")
YEAR = MORNING + timedelta(days=365)


async def vacancies(store: SqlStorage, many: int) -> Sequence[int]:
    offers = [an_offer(title=f"Việc {nth}", deadline=MORNING.date() + timedelta(days=900)) for nth in range(many)]
    async with store.write() as uow:
        new = (await uow.work.add(PLACE, offers, by="Lan", now=MORNING)).new
        for one in new:
            await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=MORNING)
        await uow.commit()
    return new


async def led(store: SqlStorage, path: str, offers: Sequence[int], started: Sequence[int] = (), **facts: str) -> int:
    """Somebody who agreed, is led to these vacancies, and started in some of them; gives their contact."""
    contact = (await make_person(store, path)).contact.id
    yes = Consent(purpose=Purpose.WORK, granted_at=MORNING, expires_at=YEAR, wording="work.ask")
    async with store.write() as uow:
        await uow.people.consent(contact, yes)
        listed = {"locality": PLACE, "household_status": "poor", **facts}
        await uow.connection.execute(update(contacts).where(contacts.c.id == contact).values(listed))
        for offer in offers:
            new = NewLead(locality=PLACE, offer_id=offer, contact_id=contact, hamlet="Thôn 3")
            lead, _ = await uow.leads.begin(new, MORNING)
            if offer in started:
                await uow.leads.step(lead, LeadState.STARTED, LeadStep(at=MORNING, act=LeadState.STARTED))
        await uow.commit()
    return contact


async def go(store: SqlStorage, contact: int, way: str) -> None:
    """They have their data erased, look no longer, or their consent ends."""
    async with store.write() as uow:
        if way == "erased":
            await uow.people.erase(contact, [f"{contact}".encode().ljust(32)], MORNING)
        elif way == "stopped":
            await uow.people.withdraw(contact, Purpose.WORK)
        else:
            over = Consent(purpose=Purpose.WORK, granted_at=MORNING, expires_at=MORNING, wording="work.ask")
            await uow.people.consent(contact, over)
            before, now = MORNING - timedelta(days=365), MORNING + timedelta(days=1)
            await uow.upkeep.drop_old(messages_before=before, questions_before=before, ledger_before=before, now=now)
        await uow.commit()


async def people(store: SqlStorage) -> Sequence[Sought]:
    async with store.read() as uow:
        return await uow.leads.sought(PLACE, MORNING)


def share(found: Sequence[Sought]) -> tuple[int, int]:
    poor = [one for one in found if one.status == "poor"]
    return sum(one.started_at is not None for one in poor), len(poor)


@pytest.mark.parametrize("way", WAYS)
async def test_somebody_with_three_leads_who_goes_is_still_one_person(store: SqlStorage, way: str) -> None:
    offers = await vacancies(store, 3)
    contact = await led(store, "one", offers, offers[1:2])
    (before,) = await people(store)
    await go(store, contact, way)
    (after,) = await people(store)
    assert share([before]) == share([after]) == (1, 1)
    assert (after.contact_id, after.lead_id, after.leads) == (None, before.lead_id, before.leads)
    assert len(after.leads) == 3
    rows = (await everything(store))["work_leads"]
    (number,) = {row["nameless"] for row in rows}
    assert number is not None and {row["contact_id"] for row in rows} == {None}


@pytest.mark.parametrize("way", WAYS)
async def test_two_who_go_stay_two_and_who_comes_back_is_new(store: SqlStorage, way: str) -> None:
    offers = await vacancies(store, 2)
    for path, started in (("one", offers), ("two", ())):
        await go(store, await led(store, path, offers, started), way)
    assert share(await people(store)) == (1, 2)
    await led(store, "one", offers)
    assert share(await people(store)) == (1, 3)


async def test_many_whose_consent_ends_in_one_night_are_told_apart(store: SqlStorage) -> None:
    offers = await vacancies(store, 2)
    for nth in range(5):
        await led(store, f"p{nth}", offers, offers[:1] if nth < 4 else ())
    late = YEAR + timedelta(days=1)
    async with store.write() as uow:
        before = MORNING - timedelta(days=365)
        await uow.upkeep.drop_old(messages_before=before, questions_before=before, ledger_before=before, now=late)
        await uow.commit()
    assert share(await people(store)) == (4, 5)
    assert all(one.contact_id is None and len(one.leads) == 2 for one in await people(store))


async def test_what_was_nameless_before_numbers_were_kept_stays_each_its_own(store: SqlStorage) -> None:
    offers = await vacancies(store, 2)
    await go(store, await led(store, "one", offers), "erased")
    async with store.write() as uow:
        await uow.connection.execute(update(work_leads).values(nameless=None))
        await uow.commit()
    assert share(await people(store)) == (0, 2)


@pytest.mark.parametrize("kept_agrees", [True, False])
async def test_two_contacts_of_one_person_are_one_however_it_goes_on(store: SqlStorage, kept_agrees: bool) -> None:
    offers = await vacancies(store, 3)
    kept, dropped = await led(store, "kept", offers[:2]), await led(store, "dropped", offers[1:], offers[1:2])
    async with store.write() as uow:
        if not kept_agrees:
            over = Consent(purpose=Purpose.WORK, granted_at=MORNING, expires_at=MORNING, wording="work.ask")
            await uow.people.consent(kept, over)
        await merge(uow.connection, kept=kept, dropped=dropped, now=MORNING + timedelta(hours=1))
        await uow.commit()
    (one,) = await people(store)
    assert one.started_at is not None, "who started in one of the two started"
    assert len(one.leads) == 3 and (one.contact_id == kept) is kept_agrees
    await go(store, kept, "erased")
    assert share(await people(store)) == (1, 1)


async def test_what_one_of_two_contacts_refused_stays_refused(store: SqlStorage) -> None:
    (offer,) = await vacancies(store, 1)
    kept, dropped = await led(store, "kept", [offer]), await led(store, "dropped", [offer], [offer])
    async with store.write() as uow:
        mine, theirs = await uow.leads.of(kept, offer), await uow.leads.of(dropped, offer)
        assert mine is not None and theirs is not None
        await uow.leads.allow(mine.id, officer=False)
        await uow.leads.allow(theirs.id, officer=True, employer=True, phone="0912345678")
        await merge(uow.connection, kept=kept, dropped=dropped, now=MORNING)
        found: Lead | None = await uow.leads.of(kept, offer)
        await uow.commit()
    assert found is not None and found.started_at is not None
    assert (found.officer_may, found.phone) == (False, "")


ONE = st.tuples(st.sets(st.integers(0, 2), min_size=1), st.booleans(), st.sampled_from((*WAYS, "")))


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ONE, min_size=1, max_size=4))
async def test_whoever_goes_in_whatever_order_the_share_stays(
    store: SqlStorage, told: list[tuple[set[int], bool, str]]
) -> None:
    """Anybody with any leads, of whom anybody goes in any way, beside those who went before."""
    offers = [one["id"] for one in (await everything(store))["work_offers"]] or await vacancies(store, 3)
    start, held = share(await people(store)), []
    for nth, (which, starts, way) in enumerate(told):
        led_to = [offers[one] for one in sorted(which)]
        held.append((await led(store, f"{start} {nth}", led_to, led_to[-1:] if starts else ()), way))
    before = share(await people(store))
    assert before == (start[0] + sum(starts for _, starts, _ in told), start[1] + len(told))
    for contact, way in held:
        if way:
            await go(store, contact, way)
        assert share(await people(store)) == before
