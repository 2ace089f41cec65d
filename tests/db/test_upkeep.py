"""What time does to kept things."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.audience import Field, Is
from core.contacts import Consent, Purpose
from core.conversation import Waiting
from core.delivery import DeliveryStatus, Outcome
from core.questions import Author, Entry, QuestionState
from core.records import Effect, NewMessage
from db.models import contacts
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import (
    ACCOUNT,
    FILE,
    everything,
    lease,
    make_account,
    make_person,
    new_delivery,
    new_question,
    new_update,
    notice_to,
    queue,
    receive,
    urn,
)

DAY = timedelta(days=1)


async def drop_old(storage: SqlStorage, now: datetime) -> dict[str, int]:
    async with storage.write() as uow:
        dropped = await uow.upkeep.drop_old(
            messages_before=now - 30 * DAY, questions_before=now - 365 * DAY, ledger_before=now - 730 * DAY, now=now
        )
        await uow.commit()
    return dropped


async def test_messages_go_after_their_time_with_what_belongs_to_them(store: SqlStorage) -> None:
    person = await make_person(store)
    async with store.write() as uow:
        heard = NewMessage(
            urn=urn(), contact_id=person.contact.id, at=MORNING, external_id="1", text="hỏi", attachments=(FILE,)
        )
        await uow.messages.add([heard])
        await uow.commit()
    await queue(store, new_delivery("1"))
    await lease(store)
    async with store.write() as uow:
        await uow.outbox.record([Outcome(delivery_id=1, status=DeliveryStatus.SENT)], worker="one", now=MORNING)
        await uow.commit()
    assert (await drop_old(store, MORNING + 30 * DAY))["messages"] == 0
    assert (await drop_old(store, MORNING + 31 * DAY))["messages"] == 2
    rows = await everything(store)
    assert rows["messages"] == rows["deliveries"] == rows["message_files"] == []
    assert len(rows["contacts"]) == 1


@pytest.mark.parametrize("status", [None, DeliveryStatus.RETRY, DeliveryStatus.IN_DOUBT])
async def test_what_is_still_to_be_sent_stays_however_old(store: SqlStorage, status: DeliveryStatus | None) -> None:
    await queue(store, new_delivery("1"))
    await lease(store)
    if status is not None:
        async with store.write() as uow:
            again = MORNING + 40 * DAY if status is DeliveryStatus.RETRY else None
            outcome = Outcome(delivery_id=1, status=status, available_at=again)
            await uow.outbox.record([outcome], worker="one", now=MORNING)
            await uow.commit()
    await drop_old(store, MORNING + 35 * DAY)
    assert len((await everything(store))["messages"]) == 1


async def test_handled_updates_are_remembered_as_long_as_a_channel_may_repeat_them(store: SqlStorage) -> None:
    await receive(store, new_update("handled"), new_update("waiting"))
    async with store.write() as uow:
        await uow.inbox.finish([(await uow.inbox.claim([ACCOUNT], 1, now=MORNING))[0].id], MORNING)
        await uow.commit()
    await drop_old(store, MORNING + 30 * DAY)
    assert len((await everything(store))["inbound_updates"]) == 2
    await drop_old(store, MORNING + 31 * DAY)
    assert [row["external_id"] for row in (await everything(store))["inbound_updates"]] == ["waiting"]


async def test_an_update_after_a_long_silence_gets_a_number_that_was_never_used(store: SqlStorage) -> None:
    """Replies are queued under the update's number: one that came again would be taken as answered."""
    await receive(store, new_update("1"))
    async with store.write() as uow:
        (first,) = await uow.inbox.claim([ACCOUNT], 9, now=MORNING)
        await uow.inbox.finish([first.id], MORNING)
        await uow.commit()
    await drop_old(store, MORNING + 31 * DAY)
    await receive(store, new_update("2"))
    async with store.write() as uow:
        (second,) = await uow.inbox.claim([ACCOUNT], 9, now=MORNING)
    assert second.id > first.id


async def test_a_conversation_is_forgotten_and_the_person_is_not(store: SqlStorage) -> None:
    person = await make_person(store)
    contact = replace(person.contact, locality="dak-cam")
    talk = replace(
        person.conversation,
        waiting=Waiting(state="s", data={"a": 1}),
        topic="housing",
        misses=2,
        version=1,
        expires_at=MORNING + 7 * DAY,
    )
    async with store.write() as uow:
        await uow.people.save([replace(person, contact=contact, conversation=talk)])
        await uow.commit()
    await drop_old(store, MORNING + 7 * DAY)
    assert (await make_person(store)).conversation == talk
    await drop_old(store, MORNING + 8 * DAY)
    forgotten = await make_person(store)
    assert forgotten.contact == contact
    assert forgotten.conversation == replace(person.conversation, version=1)


async def consented(storage: SqlStorage, days: float) -> int:
    contact = (await make_person(storage)).contact.id
    consent = Consent(
        purpose=Purpose.QUESTION, granted_at=MORNING, expires_at=MORNING + timedelta(days=days), wording="w"
    )
    async with storage.write() as uow:
        await uow.people.consent(contact, consent)
        number = await uow.questions.open(new_question("K7M4PX", contact, attachments=(FILE,)))
        await uow.commit()
    return number


async def answer(storage: SqlStorage, number: int) -> None:
    async with storage.write() as uow:
        entry = Entry(author=Author.OFFICER, officer="lan", at=MORNING, text="Rồi.")
        await uow.questions.add_entry(number, entry, state=QuestionState.ANSWERED)
        await uow.commit()


async def test_the_words_of_a_question_go_when_the_consent_is_over(store: SqlStorage) -> None:
    await answer(store, await consented(store, days=10))
    assert (await drop_old(store, MORNING + 10 * DAY))["question words"] == 0
    assert (await drop_old(store, MORNING + 11 * DAY))["question words"] == 2
    rows = await everything(store)
    assert rows["question_entries"] == rows["entry_files"] == rows["consents"] == []
    assert len(rows["questions"]) == 1  # the count stays


async def test_an_officer_who_owes_an_answer_still_reads_the_question(store: SqlStorage) -> None:
    """And once it is answered its words go, though the consent ran out long before."""
    number = await consented(store, days=10)
    await drop_old(store, MORNING + 11 * DAY)
    async with store.read() as uow:
        found = await uow.questions.get(str(number))
    assert found is not None and found.thread[0].text == "Nhà tôi dột."
    await answer(store, number)
    await drop_old(store, MORNING + 12 * DAY)
    rows = await everything(store)
    assert rows["question_entries"] == rows["consents"] == []


async def test_what_a_household_lacks_is_kept_as_long_as_it_agreed_to(store: SqlStorage) -> None:
    contact = (await make_person(store)).contact.id
    until = MORNING + 10 * DAY
    async with store.write() as uow:
        await uow.people.keep_needs(contact, ["housing"])
        await uow.people.consent(
            contact, Consent(purpose=Purpose.NEEDS, granted_at=MORNING, expires_at=until, wording="needs.ask")
        )
        await uow.commit()
    assert (await drop_old(store, until))["needs"] == 0
    assert (await drop_old(store, until + timedelta(seconds=1)))["needs"] == 1
    rows = await everything(store)
    assert rows["needs"] == rows["consents"] == []


async def test_who_is_on_a_list_is_kept_as_long_as_it_is_good_and_forgotten_with_it(store: SqlStorage) -> None:
    until = MORNING + 700 * DAY
    wrote, silent = (await make_person(store)).contact.id, (await make_person(store, "silent")).contact.id
    agreed = Consent(purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=until, wording="ward list")
    async with store.write() as uow:
        await uow.people.consent(wrote, agreed)
        await uow.people.consent(silent, agreed)
        await uow.connection.execute(contacts.update().where(contacts.c.id == wrote).values(last_inbound_at=MORNING))
        await uow.commit()
    assert (await drop_old(store, MORNING + 600 * DAY))["people"] == 0
    assert (await drop_old(store, until + timedelta(seconds=1)))["people"] == 2


async def test_a_farewell_that_nobody_came_to_read_goes_after_an_hour(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", forget=True), new_delivery("2", "other"))
    await drop_old(store, MORNING + timedelta(minutes=59))
    assert len((await everything(store))["messages"]) == 2
    await drop_old(store, MORNING + timedelta(minutes=61))
    rows = await everything(store)
    assert [row["dedup_key"] for row in rows["deliveries"]] == ["2"] and len(rows["messages"]) == 1


async def test_what_a_notice_brought_and_what_was_reminded_go_with_their_time(store: SqlStorage) -> None:
    await make_account(store)
    contact = (await make_person(store, "a")).contact.id
    async with store.write() as uow:
        number = await uow.campaigns.add(notice_to(Is(Field.LOCALITY, ("dak-cam",))), by="Lan", now=MORNING)
        await uow.campaigns.affected(number, contact, Effect.STOPPED, MORNING)
        await uow.reminders.plan(contact, "sent", [MORNING], about=MORNING, now=MORNING)
        await uow.reminders.plan(contact, "still to come", [MORNING + 400 * DAY], about=MORNING, now=MORNING)
        (due,) = await uow.reminders.due(MORNING, after=0, limit=9)
        await uow.reminders.sent(due.id)
        await uow.commit()
    for later, effects, kept in ((29, 1, 2), (31, 1, 1), (729, 1, 1), (731, 0, 1)):
        await drop_old(store, MORNING + later * DAY)
        rows = await everything(store)
        assert (len(rows["notice_effects"]), len(rows["reminders"])) == (effects, kept), later


async def test_files_are_known_as_long_as_something_carries_them(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", attachments=(FILE,)))
    contact = (await make_person(store)).contact.id
    async with store.write() as uow:
        in_question = replace(FILE, sha256="cd" * 32)
        await uow.questions.open(new_question("K7M4PX", contact, attachments=(in_question,)))
        await uow.commit()
    async with store.read() as uow:
        known = await uow.upkeep.known_files([FILE.sha256, "cd" * 32, "ef" * 32])
        assert await uow.upkeep.known_files([]) == set()
    assert known == {FILE.sha256, "cd" * 32}


async def test_an_account_is_made_once(store: SqlStorage) -> None:
    await make_account(store)
    await make_account(store, "telegram.main")
    found = [(row["id"], row["kind"]) for row in (await everything(store))["channel_accounts"]]
    assert found == [("telegram.main", "telegram"), (ACCOUNT, "webchat")]


async def test_an_urgent_question_that_nobody_agreed_to_loses_its_words_too(store: SqlStorage) -> None:
    contact = (await make_person(store)).contact.id
    async with store.write() as uow:
        number = await uow.questions.open(new_question("K7M4PX", contact))
        await uow.commit()
    await answer(store, number)
    assert (await drop_old(store, MORNING + 364 * DAY))["question words"] == 0
    assert (await drop_old(store, MORNING + 366 * DAY))["question words"] == 2


async def test_who_has_not_written_for_long_is_a_stranger_again(store: SqlStorage) -> None:
    person = await make_person(store)
    contact = replace(person.contact, last_inbound_at=MORNING, hamlet="Thôn 3")
    conversation = replace(person.conversation, version=person.conversation.version + 1)
    async with store.write() as uow:
        await uow.people.save([replace(person, contact=contact, conversation=conversation)])
        await uow.commit()
    assert (await drop_old(store, MORNING + 365 * DAY))["people"] == 0
    assert (await drop_old(store, MORNING + 366 * DAY))["people"] == 1
    rows = await everything(store)
    assert rows["contacts"] == rows["addresses"] == rows["conversations"] == []
