"""Two contacts become one: nothing leads to the one that goes, and what people agreed to is not widened."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from core.campaigns import CampaignState, read_notice
from core.contacts import Consent, ContactStatus, Purpose
from core.delivery import DeliveryStatus
from core.job_news import How
from core.joining import Joined, Known, stays
from core.labour import By, Workers
from core.leads import NewLead
from core.records import Effect, LeftOut
from core.rhythm import Rhythm
from core.training import Learner
from core.windows import Window
from core.work import Answer, Answered, OfferKind, OfferState, Profile
from db.models import contacts, metadata
from db.training_tables import survey_answers, surveys
from db.unit_of_work import SqlStorage, SqlUnitOfWork
from tests.support.clock import MORNING
from tests.support.rows import (
    ACCOUNT,
    a_home,
    a_need,
    a_post,
    an_event,
    an_offer,
    everything,
    listed,
    make_person,
    new_delivery,
    new_question,
    queue,
    take_notes,
    urn,
)
from tests.support.two_contacts import CODE, LATER, OTHER_CODE, PHONE, YEAR, agreed, fill, make_two

NOTICE = {"kind": "notice", "title": "x", "source": "x", "text": {"vi": "x"}, "audience": {"topics": ["x"]}}


async def act(store: SqlStorage, *steps: Any) -> None:
    """Each step is called with the unit of work, all in one transaction."""
    async with store.write() as uow:
        for step in steps:
            await step(uow)
        await uow.commit()


async def offer(store: SqlStorage, contact: int, path: str = "page", code: str = CODE) -> None:
    await act(store, lambda uow: uow.joins.offer(contact, urn(path), code, LATER))


async def join(store: SqlStorage, contact: int, code: str = CODE, now: datetime = MORNING) -> Joined | None:
    async with store.write() as uow:
        joined = await uow.joins.join(contact, code, now)
        await uow.commit()
    return joined


async def joined(store: SqlStorage, page: int, phone: int) -> Joined:
    await offer(store, page)
    done = await join(store, phone)
    assert done is not None
    return done


async def campaign(store: SqlStorage, *answering: int) -> int:
    """A notice that is being sent: these people were left out of it, and answered it."""
    async with store.write() as uow:
        number = await uow.campaigns.add(read_notice(NOTICE), by="Lan", now=MORNING)
        await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SENDING)
        for one in answering:
            await uow.campaigns.answered(number, one, "x", None, MORNING)
            await uow.campaigns.affected(number, one, Effect.QUESTION, MORNING)
            await uow.reminders.plan(one, "newly-escaped", [MORNING], about=LATER, now=MORNING)
        (offer_id,) = (await uow.work.add("dak-cam", [an_offer()], by="Lan", now=MORNING)).new
        fair = await uow.events.add("dak-cam", an_event(), by="Lan", now=MORNING)
        for one in answering:
            await uow.market.add(a_post(contact_id=one), MORNING, MORNING.date())
            await uow.work.keep_profile(one, Profile(can=("sewing",)), MORNING)
            await uow.work.answer(one, Answered(offer_id=offer_id, answer=Answer.INTERESTED), MORNING)
            await uow.job_news.tell(one, [offer_id], How.SENT, MORNING)
            await uow.events.take(fair, one, MORNING)
            agreed = Consent(purpose=Purpose.WORK, granted_at=MORNING, expires_at=LATER, wording="work.ask")
            await uow.people.consent(one, agreed)
            await uow.leads.begin(NewLead(locality="dak-cam", offer_id=offer_id, contact_id=one), MORNING)
        await training(uow, *answering)
        for nth, one in enumerate(answering):
            await uow.stated.add(a_need(code=f"H7M4P{nth + 2}", contact_id=one), MORNING)
            consent = Consent(purpose=Purpose.STATED, granted_at=MORNING, expires_at=LATER, wording="needs.ask")
            await uow.people.consent(one, consent)
            await uow.labour.write("dak-cam", [a_home(f"DC-{nth}")], By(contact_id=one, how="told"), MORNING)
            await uow.labour.tell(
                one, Workers(adults=2, stable=1, unstable=0, seeking=1), MORNING, locality="dak-cam", hamlet="thôn 3"
            )
        out = [(one, LeftOut.NO_ADDRESS) for one in answering]
        await uow.campaigns.went_on(number, cursor=9, queued=0, out=out, before=0)
        await uow.commit()
    return number


async def training(uow: SqlUnitOfWork, *learners: int) -> None:
    """Both learn in the same course, and both say what they wish to learn."""
    one = an_offer(kind=OfferKind.COURSE, title="Nấu ăn", seats=3)
    (made,) = (await uow.work.add("dak-cam", [one], by="Lan", now=MORNING)).new
    await uow.work.step(made, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=MORNING)
    on = MORNING.date()
    survey = {"id": 1, "locality": "dak-cam", "first": on, "last": on, "by": "Lan", "at": MORNING, "version": 0}
    await uow.connection.execute(insert(surveys).values(survey))
    for each in learners:
        told = Learner(name=f"Thử {each}")
        await uow.training.join(made, told, code=f"C{each}", by="", now=MORNING, on=on, contact_id=each)
        answer = {"survey_id": 1, "contact_id": each, "answer": {}, "hamlet": "", "at": MORNING}
        await uow.connection.execute(insert(survey_answers).values(answer))


# Found by what the tables say of themselves: one that is added later is among them.
REFERRING = [one for table in metadata.sorted_tables for one in table.columns if one.references(contacts.c.id)]


async def leading_to(store: SqlStorage, contact: int) -> list[str]:
    """Columns that refer to this contact."""
    async with store.engine.connect() as connection:
        return [
            str(one)
            for one in (*REFERRING, contacts.c.id)
            if (await connection.execute(select(one).where(one == contact))).first() is not None
        ]


async def change(store: SqlStorage, path: str, account: str, **facts: Any) -> None:
    """Write facts about whoever is at this address."""
    person = await make_person(store, path, account)
    talk = replace(person.conversation, version=person.conversation.version + 1)
    async with store.write() as uow:
        await uow.people.save([replace(person, contact=replace(person.contact, **facts), conversation=talk)])
        await uow.commit()


async def test_nothing_refers_to_the_contact_that_went(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await fill(store, page, "page", ACCOUNT, code=OTHER_CODE)
    await fill(store, phone, "phone", PHONE.account, code=CODE)
    await campaign(store, page, phone)
    before = await leading_to(store, phone)
    assert before == [str(one) for one in (*REFERRING, contacts.c.id)], "the sample has something in every table"
    done = await join(store, page)
    assert done == Joined(kept=page, dropped=phone, moved=(PHONE,))
    assert await leading_to(store, phone) == []
    assert set(await leading_to(store, page)) == set(before)
    rows = await everything(store)
    counted = {name: sum(row.get("contact_id") == page for row in found) for name, found in rows.items()}
    assert counted["addresses"] == counted["questions"] == counted["messages"] - 2 == counted["notice_answers"] == 2
    assert counted["deliveries"] == counted["code_tries"] == counted["join_codes"] == 2
    assert counted["subscriptions"] == counted["misreadings"] == counted["needs"] == 3, "the same ones once"
    assert counted["notice_effects"] == counted["reminders"] == 1
    own = ("work_profiles", "work_answers", "work_told", "labour_told")
    assert [counted[one] for one in own] == [1, 1, 1, 1], "of one of the two, under its own consent"
    assert counted["enrolments"] == counted["survey_answers"] == 1
    assert next(one["taken"] for one in rows["work_offers"] if one["kind"] == "course") == 1, "one person, one seat"
    assert counted["event_seats"] == 1, "one seat, by the number of the one who is kept"
    assert counted["work_leads"] == 1 and len(rows["work_leads"]) == 1, "the same vacancy once"
    assert counted["market_posts"] == 2
    assert counted["left_out"] == counted["conversations"] == 1 and counted["consents"] == 5


async def test_the_conversation_of_the_kept_one_stays_with_what_was_told_in_private(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await take_notes(store, await make_person(store, "page"), {"told": "page"}, YEAR)
    await take_notes(store, await make_person(store, "phone", PHONE.account), {"told": "phone"}, YEAR)
    await joined(store, page, phone)
    person = await make_person(store, "phone", PHONE.account)
    assert person.contact.id == page and person.conversation.notes is not None
    assert person.conversation.notes.data == {"told": "page"}
    assert [one.urn for one in person.addresses] == [urn("page"), PHONE]


def test_the_one_on_the_wards_list_stays_else_the_older() -> None:
    old = Known(contact_id=5, listed=False, created_at=MORNING)
    young = Known(contact_id=3, listed=False, created_at=LATER)
    assert stays(old, young) == stays(young, old) == 5
    assert stays(old, replace(young, listed=True)) == stays(replace(young, listed=True), old) == 3
    assert stays(replace(old, listed=True), replace(young, listed=True)) == 5
    assert stays(old, replace(young, created_at=MORNING)) == 3


async def test_who_is_on_the_list_is_kept_though_younger(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    one = listed(PHONE.path, PHONE.account, name="Bà Tư", hamlet="thôn 3", household="H1")
    await act(store, lambda uow: uow.lists.enrol([one], agreed(Purpose.NOTICES), MORNING))
    done = await joined(store, page, phone)
    assert (done.kept, done.dropped, done.moved) == (phone, page, (urn("page"),))
    person = await make_person(store, "page")
    assert person.contact.name == "Bà Tư" and person.contact.household_status == "poor"


async def test_facts_that_the_kept_one_lacks_are_the_others(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await change(store, "page", ACCOUNT, locality="dak-cam", last_inbound_at=MORNING)
    await change(store, "phone", PHONE.account, locality="dak-cam", hamlet="thôn 3", address_word="bác")
    await joined(store, page, phone)
    contact = (await make_person(store, "page")).contact
    assert (contact.locality, contact.hamlet, contact.address_word) == ("dak-cam", "thôn 3", "bác")
    assert contact.last_inbound_at == MORNING


async def test_a_place_of_its_own_keeps_its_own_hamlet(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await change(store, "page", ACCOUNT, locality="dak-cam")
    await change(store, "phone", PHONE.account, locality="di-su", hamlet="thôn 3")
    await joined(store, page, phone)
    contact = (await make_person(store, "page")).contact
    assert (contact.locality, contact.hamlet) == ("dak-cam", None)


async def purposes(store: SqlStorage) -> dict[str, str]:
    return {row["purpose"]: row["wording"] for row in (await everything(store))["consents"]}


async def test_what_a_household_lacks_is_kept_by_the_kept_ones_consent_only(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await act(
        store,
        lambda uow: uow.people.consent(phone, agreed(Purpose.NEEDS)),
        lambda uow: uow.people.keep_needs(phone, ["housing"]),
    )
    await joined(store, page, phone)
    rows = await everything(store)
    assert rows["needs"] == rows["consents"] == []


async def test_words_for_an_officer_stay_under_the_consent_they_were_given_with(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await act(
        store,
        lambda uow: uow.questions.open(new_question("K7M4PX", phone)),
        lambda uow: uow.people.consent(phone, agreed(Purpose.QUESTION, wording="theirs")),
    )
    await joined(store, page, phone)
    assert await purposes(store) == {"question": "theirs"}


@pytest.mark.parametrize("whose", [("page",), ("phone",), ("page", "phone")])
async def test_the_ward_may_write_where_it_might_before(store: SqlStorage, whose: Sequence[str]) -> None:
    page, phone = await make_two(store)
    numbers = {"page": page, "phone": phone}
    for one in whose:
        await act(store, lambda uow, one=one: uow.people.consent(numbers[one], agreed(Purpose.NOTICES, wording=one)))
    await joined(store, page, phone)
    assert await purposes(store) == {"notices": whose[0]}


async def test_a_consent_that_is_over_stands_in_no_ones_way(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await act(
        store,
        lambda uow: uow.people.consent(page, agreed(Purpose.NOTICES, until=MORNING, wording="over")),
        lambda uow: uow.people.consent(phone, agreed(Purpose.NOTICES, wording="live")),
    )
    await joined(store, page, phone)
    assert await purposes(store) == {"notices": "live"}


async def notices_of(store: SqlStorage, number: int, *people: tuple[str, str, int]) -> None:
    """Messages of a campaign that wait for these people."""
    for path, account, contact in people:
        await queue(store, replace(new_delivery(path), urn=urn(path, account), contact_id=contact, campaign_id=number))
    async with store.write() as uow:
        await uow.campaigns.went_on(number, cursor=99, queued=len(people), out=(), before=9)
        await uow.commit()


@pytest.mark.parametrize("stopped", ["page", "phone"])
async def test_who_had_stopped_on_one_of_them_gets_nothing_on_either(store: SqlStorage, stopped: str) -> None:
    page, phone = await make_two(store)
    number = await campaign(store)
    await notices_of(store, number, ("phone", PHONE.account, phone))
    for contact in (page, phone):
        await act(store, lambda uow, contact=contact: uow.people.consent(contact, agreed(Purpose.NOTICES)))
    path, account = ("page", ACCOUNT) if stopped == "page" else ("phone", PHONE.account)
    await change(store, path, account, status=ContactStatus.STOPPED)
    await joined(store, page, phone)
    assert (await make_person(store, "page")).contact.status is ContactStatus.STOPPED
    rows = await everything(store)
    assert rows["consents"] == []
    assert [row["status"] for row in rows["deliveries"]] == [DeliveryStatus.CANCELLED]
    async with store.read() as uow:
        found = await uow.campaigns.get(number)
    assert found is not None and (found.counts["pending"], found.counts["cancelled"]) == (0, 1)


@pytest.mark.parametrize("narrow", ["page", "phone"])
async def test_what_one_of_the_two_does_not_want_neither_gets(store: SqlStorage, narrow: str) -> None:
    """Whichever is kept: a topic stopped, alerts alone, a rest, a rhythm and a channel chosen on either."""
    page, phone = await make_two(store)
    for contact in (page, phone):
        await act(store, lambda uow, contact=contact: uow.people.consent(contact, agreed(Purpose.NOTICES)))
    one, other = (page, phone) if narrow == "page" else (phone, page)
    await act(store, lambda uow: uow.people.wish(one, ["housing"], ["tuition"]))
    await act(store, lambda uow: uow.people.wish(other, ["tuition"], []))
    path, account = ("page", ACCOUNT) if narrow == "page" else ("phone", PHONE.account)
    facts = {"muted_until": LATER, "rhythm": Rhythm.WEEKLY, "notice_channel": "telegram"}
    await change(store, path, account, status=ContactStatus.ALERTS, **facts)
    await joined(store, page, phone)
    person = await make_person(store, "page")
    assert (person.wanted, person.stopped) == ({"housing"}, {"tuition"})
    assert person.contact.status is ContactStatus.ALERTS
    assert {name: getattr(person.contact, name) for name in facts} == facts


async def test_a_notice_that_waits_for_both_goes_to_them_once(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    number = await campaign(store)
    await notices_of(store, number, ("page", ACCOUNT, page), ("phone", PHONE.account, phone))
    await joined(store, page, phone)
    became = {row["dedup_key"]: row["status"] for row in (await everything(store))["deliveries"]}
    assert became == {"page": DeliveryStatus.QUEUED, "phone": DeliveryStatus.CANCELLED}


async def test_a_household_without_members_is_no_more(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    for at, home in ((urn("page"), "H1"), (PHONE, "H2")):
        one = listed(at.path, at.account, name="A", status=None, household=home)
        await act(store, lambda uow, one=one: uow.lists.enrol([one], agreed(Purpose.NOTICES), MORNING))
    await joined(store, page, phone)
    assert [row["code"] for row in (await everything(store))["households"]] == ["H1"]


async def test_a_code_is_good_once_and_in_its_time(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    third = (await make_person(store, "third")).contact.id
    await offer(store, page)
    assert await join(store, page) is None, "one's own"
    assert await join(store, phone, OTHER_CODE) is None, "nobody's"
    assert await join(store, phone, now=LATER) is None, "over"
    assert await join(store, phone) is not None
    assert await join(store, third) is None, "used"
    async with store.read() as uow:
        given = await uow.joins.find(CODE)
    assert given is not None and given.used and (given.contact_id, given.urn) == (page, urn("page"))


async def test_a_new_code_takes_the_place_of_the_one_before(store: SqlStorage) -> None:
    page, _ = await make_two(store)
    await offer(store, page)
    await offer(store, page, code=OTHER_CODE)
    async with store.read() as uow:
        assert await uow.joins.find(CODE) is None and await uow.joins.find(OTHER_CODE) is not None


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_somebody_whom_another_worker_holds_is_not_waited_for(store: SqlStorage) -> None:
    """The other one may wait for us at this moment. On SQLite nobody else writes meanwhile."""
    page, phone = await make_two(store)
    await offer(store, page)
    async with store.write() as busy:
        await busy.people.load([urn("page")], MORNING)
        assert await join(store, phone) is None
    assert await join(store, phone) is not None, "the code is as good as before"


async def separate(store: SqlStorage, contact: int, address: int) -> Any:
    async with store.write() as uow:
        apart = await uow.joins.separate(contact, address, MORNING)
        await uow.commit()
    return apart


async def test_a_separated_address_is_somebody_of_whom_only_the_place_is_known(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await fill(store, page, "page", ACCOUNT, code=OTHER_CODE)
    await fill(store, phone, "phone", PHONE.account, code=CODE)
    await change(store, "page", ACCOUNT, locality="dak-cam", hamlet="thôn 3", language="en")
    await join(store, page)
    await queue(store, replace(new_delivery("told", contact=page), urn=PHONE))
    address = (await make_person(store, "page")).addresses[1]
    apart = await separate(store, page, address.id)
    assert apart is not None and apart.urn == PHONE
    alone = await make_person(store, "phone", PHONE.account)
    assert alone.contact.id == apart.contact_id not in (page, phone)
    assert (alone.contact.locality, alone.contact.hamlet, alone.contact.language) == ("dak-cam", None, "en")
    assert alone.questions == alone.consents == alone.needs == alone.addresses == ()
    assert len((await make_person(store, "page")).questions) == 2
    assert (await make_person(store, "page")).addresses == ()
    rows = await everything(store)
    there = [row for name in ("messages", "deliveries") for row in rows[name] if row["path"] == "phone"]
    assert {row["contact_id"] for row in there} == {apart.contact_id} and len(there) == 3
    assert [row["contact_id"] for row in rows["join_codes"]] == [page]


async def test_each_address_keeps_its_own_sign_of_life(store: SqlStorage) -> None:
    """Joined and separated: of two channels each counts its own window."""
    page, phone = await make_two(store)
    window = Window(length=timedelta(days=7))
    async with store.write() as uow:
        await uow.people.interacted({PHONE: MORNING}, {PHONE.account: window}, MORNING)
        await uow.commit()
    await joined(store, page, phone)

    async def moments() -> dict[str, datetime | None]:
        return {row["path"]: row["interacted_at"] for row in (await everything(store))["addresses"]}

    assert await moments() == {"page": None, "phone": MORNING}
    address = (await make_person(store, "page")).addresses[1]
    await separate(store, page, address.id)
    assert await moments() == {"page": None, "phone": MORNING}


async def test_what_is_not_joined_cannot_be_separated(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    ids = [row["id"] for row in (await everything(store))["addresses"]]
    assert await separate(store, page, ids[0]) is None and await separate(store, page, ids[1]) is None
    await joined(store, page, phone)
    assert await separate(store, page, 99) is None
    assert await separate(store, page, ids[0]) is not None and await separate(store, page, ids[1]) is None


async def test_erasing_them_erases_all_addresses(store: SqlStorage) -> None:
    page, phone = await make_two(store)
    await fill(store, phone, "phone", PHONE.account, code=OTHER_CODE)
    await joined(store, page, phone)
    async with store.write() as uow:
        assert set(await uow.people.addresses(page)) == {urn("page"), PHONE}
        await uow.people.erase(page, [], MORNING)
        await uow.commit()
    assert await leading_to(store, page) == []
    assert (await everything(store))["addresses"] == []


async def test_their_own_copy_names_the_codes(store: SqlStorage) -> None:
    page, _ = await make_two(store)
    await offer(store, page)
    async with store.read() as uow:
        copy = await uow.people.export(page)
    assert [one["code"] for one in copy["join_codes"]] == [CODE]


async def test_codes_are_forgotten_after_a_day(store: SqlStorage) -> None:
    page, _ = await make_two(store)
    await offer(store, page)
    for days, left in ((1, 1), (2, 0)):
        now = MORNING + timedelta(days=days)
        await act(
            store,
            lambda uow, now=now: uow.upkeep.drop_old(
                messages_before=MORNING, questions_before=MORNING, ledger_before=MORNING, now=now
            ),
        )
        assert len((await everything(store))["join_codes"]) == left


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_who_writes_while_they_are_joined_is_the_one_they_became(store: SqlStorage) -> None:
    """Another worker waits for the contact that goes: afterwards the address has another one."""
    page, phone = await make_two(store)
    await offer(store, page)
    await change(store, "phone", PHONE.account, locality="dak-cam")
    await act(
        store,
        lambda uow: uow.lists.enrol(
            [listed(PHONE.path, PHONE.account, name="A", status=None, household=None)], agreed(Purpose.NOTICES), MORNING
        ),
    )
    async with store.write() as uow:
        done = await uow.joins.join(phone, CODE, MORNING)
        writing = asyncio.create_task(make_person(store, "page"))
        await somebody_waits(store)
        await uow.commit()
    assert done is not None and done.dropped == page
    assert (await writing).contact.id == phone


async def somebody_waits(store: SqlStorage) -> None:
    """Until a transaction waits for another one. Raises TimeoutError."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(10), store.engine.connect() as connection:
        while not (await connection.execute(waiting)).scalar():  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0)
