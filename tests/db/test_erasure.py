"""After an erasure no row leads to the person; the totals stay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.contacts import Consent, Purpose
from core.conversation import Waiting
from core.delivery import DeliveryStatus, Outcome, Priority
from core.questions import QuestionState
from core.records import NewMessage
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import (
    ACCOUNT,
    FILE,
    everything,
    lease,
    make_person,
    new_delivery,
    new_misreading,
    new_question,
    new_update,
    queue,
    receive,
    take_notes,
    traces,
    urn,
)

ADDRESS, WORDS, HASH = "dia-chi-cua-ba-tu", "mái nhà của bà Tư dột", b"h" * 32


@pytest.fixture
async def known(store: SqlStorage) -> int:
    """Somebody about whom everything is kept that can be kept; gives the number of the contact."""
    await make_person(store, "other")
    person = await make_person(store, ADDRESS)
    contact = person.contact.id
    await take_notes(store, person, {"told": WORDS}, MORNING + timedelta(days=7))
    person = await make_person(store, ADDRESS)
    await receive(store, new_update("7", ADDRESS, WORDS))
    async with store.write() as uow:
        await uow.inbox.finish([one.id for one in await uow.inbox.claim([ACCOUNT], 9, now=MORNING)], MORNING)
        talk = replace(person.conversation, version=2, waiting=Waiting(state="s", data={"words": WORDS}))
        home = replace(person.contact, locality="dak-cam", hamlet="xóm của bà Tư")
        await uow.people.save([replace(person, contact=home, conversation=talk)])
        year = MORNING + timedelta(days=365)
        await uow.people.consent(
            contact, Consent(purpose=Purpose.QUESTION, granted_at=MORNING, expires_at=year, wording="w")
        )
        heard = NewMessage(
            urn=urn(ADDRESS), contact_id=contact, at=MORNING, external_id="1", text=WORDS, attachments=(FILE,)
        )
        await uow.messages.add([heard])
        question = new_question("K7M4PX", contact, attachments=(FILE,))
        await uow.questions.open(replace(question, entry=replace(question.entry, text=WORDS)))
        await uow.misreadings.add([new_misreading(WORDS, contact)])
        await uow.commit()
    await queue(
        store,
        new_delivery("sent", ADDRESS, text=WORDS, contact=contact, attachments=(FILE,)),
        new_delivery("waiting", ADDRESS, text=WORDS, contact=contact),
        new_delivery("notice", ADDRESS, contact=contact, priority=Priority.NOTICE),
        new_delivery("farewell of an earlier erasure", ADDRESS, text=WORDS, forget=True),
        new_delivery("other", "other", text="của người khác"),
    )
    await lease(store, limit=1)
    async with store.write() as uow:
        await uow.outbox.record([Outcome(delivery_id=1, status=DeliveryStatus.SENT)], worker="one", now=MORNING)
        await uow.commit()
    return contact


async def erase(storage: SqlStorage, contact: int) -> None:
    async with storage.write() as uow:
        await uow.people.erase(contact, [HASH], MORNING)
        await uow.commit()


async def test_before_it_everything_leads_to_them(store: SqlStorage, known: int) -> None:
    """Otherwise the next test would find nothing for the wrong reason."""
    found = {one.split(".")[0] for one in traces(await everything(store), ADDRESS, WORDS, "bà Tư", contacts=[known])}
    kept = {"contacts", "addresses", "consents", "conversations", "messages", "deliveries", "questions"}
    assert found == kept | {"question_entries", "misreadings"}


async def test_after_it_nothing_leads_to_them(store: SqlStorage, known: int) -> None:
    await erase(store, known)
    rows = await everything(store)
    assert [row["notes"] for row in rows["conversations"]] == [None]  # somebody else's
    assert traces(rows, ADDRESS, WORDS, "bà Tư", FILE.sha256, contacts=[known]) == []
    assert [row["dedup_key"] for row in rows["deliveries"]] == ["other"]
    assert len(rows["contacts"]) == 1


async def test_the_totals_of_questions_stay(store: SqlStorage, known: int) -> None:
    before = (await everything(store))["questions"]
    await erase(store, known)
    (after,) = (await everything(store))["questions"]
    gone = {"contact_id": None, "state": QuestionState.WITHDRAWN.value}
    assert after == {**before[0], **gone}


async def test_the_address_can_be_recognised_again_and_not_read(store: SqlStorage, known: int) -> None:
    await erase(store, known)
    await erase(store, known)  # asked for twice: nothing more happens
    async with store.read() as uow:
        assert await uow.people.was_erased(HASH)
        assert not await uow.people.was_erased(b"x" * 32)


async def test_what_they_write_later_is_a_new_persons(store: SqlStorage, known: int) -> None:
    await erase(store, known)
    again = await make_person(store, ADDRESS)
    assert again.contact.id != known and again.contact.locality is None and again.questions == ()


async def test_before_it_they_can_have_a_copy_of_everything(store: SqlStorage, known: int) -> None:
    async with store.read() as uow:
        copy = await uow.people.export(known)
    assert copy["contact"]["hamlet"] == "xóm của bà Tư" and "id" not in copy["contact"]
    assert copy["addresses"][0]["path"] == ADDRESS and copy["consents"][0]["purpose"] == "question"
    assert [one["direction"] for one in copy["messages"]] == ["in", "out", "out", "out"]
    assert copy["conversation"][0]["waiting_data"] == {"words": WORDS}
    assert copy["self_check"] == [{"kept_until": "2026-11-27T02:00:00+00:00", "told": {"told": WORDS}}]
    (case,) = copy["questions"]
    assert case["code"] == "K7M4PX" and case["thread"][0]["body"]["text"] == WORDS
