"""Contacts, addresses, consents and conversations."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from core.contacts import Consent, ContactStatus, Purpose, Refusal
from core.conversation import Conversation, Person, Waiting
from core.delivery import DeliveryStatus, Outcome
from core.errors import ConflictError, SendError, SendErrorKind
from core.messages import QuickReply
from core.storage import UnitOfWork
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import delivery_row, everything, lease, make_person, new_delivery, new_question, queue, urn


async def save(storage: SqlStorage, people: Sequence[Person]) -> None:
    async with storage.write() as uow:
        await uow.people.save(people)
        await uow.commit()


def moved_on(person: Person, **fields: object) -> Person:
    version = person.conversation.version + 1
    return replace(person, conversation=replace(person.conversation, version=version, **fields))  # type: ignore[arg-type]


async def test_a_new_address_gets_a_nameless_contact(store: SqlStorage) -> None:
    person = await make_person(store)
    assert person.contact.locality is None and person.contact.language == "vi"
    assert person.contact.status is ContactStatus.ACTIVE
    assert person.conversation == Conversation() and person.consents == () and person.questions == ()


async def test_an_address_keeps_its_contact(store: SqlStorage) -> None:
    first, again = await make_person(store, "a"), await make_person(store, "a")
    assert first.contact.id == again.contact.id != (await make_person(store, "b")).contact.id


async def test_known_and_new_ones_come_in_one_go_and_a_repeat_is_one_person(store: SqlStorage) -> None:
    known = await make_person(store, "a")
    async with store.write() as uow:
        found = await uow.people.load([urn("b"), urn("a"), urn("b")], MORNING)
        await uow.commit()
    assert set(found) == {urn("a"), urn("b")} and found[urn("a")].contact.id == known.contact.id
    assert len((await everything(store))["contacts"]) == 2


async def test_all_of_a_person_comes_back_as_it_was_saved(store: SqlStorage) -> None:
    person = await make_person(store)
    contact = replace(
        person.contact,
        locality="dak-cam",
        hamlet="thôn 3",
        language="en",
        address_word="bác",
        status=ContactStatus.STOPPED,
        last_inbound_at=MORNING,
    )
    conversation = Conversation(
        waiting=Waiting(state="handover.words", data={"topic": "housing", "tries": 2}),
        topic="housing",
        offered=(QuickReply(label="Có", payload="yes:1"),),
        misses=2,
        version=1,
        expires_at=MORNING + timedelta(days=7),
    )
    await save(store, [replace(person, contact=contact, conversation=conversation)])
    again = await make_person(store)
    assert again.contact == contact and again.conversation == conversation
    async with store.read() as uow:
        assert await uow.people.get(contact.id) == again


async def test_a_person_whose_version_moved_on_is_not_overwritten(store: SqlStorage) -> None:
    """Whoever read before another one wrote is refused, and nothing of theirs is kept."""
    seen = await make_person(store)
    other = await make_person(store, "other")
    await save(store, [moved_on(replace(seen, contact=replace(seen.contact, locality="dak-cam")), misses=1)])
    late = moved_on(replace(seen, contact=replace(seen.contact, locality="muong-lay")), misses=5)
    with pytest.raises(ConflictError):
        await save(store, [moved_on(other, misses=3), late])
    now = await make_person(store)
    assert (now.contact.locality, now.conversation.misses) == ("dak-cam", 1)
    assert (await make_person(store, "other")).conversation.misses == 0


async def test_a_person_who_is_gone_is_not_saved(store: SqlStorage) -> None:
    person = await make_person(store)
    async with store.write() as uow:
        await uow.people.erase(person.contact.id, [], MORNING)
        await uow.commit()
    with pytest.raises(ConflictError):
        await save(store, [moved_on(person)])


async def test_nobody_is_there_under_an_unknown_number(store: SqlStorage) -> None:
    async with store.read() as uow:
        assert await uow.people.get(4711) is None
        assert await uow.people.addresses(4711) == []
        assert await uow.people.export(4711) == {}


def a_consent(days: float = 365, wording: str = "consent.question") -> Consent:
    return Consent(
        purpose=Purpose.QUESTION, granted_at=MORNING, expires_at=MORNING + timedelta(days=days), wording=wording
    )


async def test_a_newer_consent_for_the_same_purpose_takes_the_place(store: SqlStorage) -> None:
    person = await make_person(store)
    async with store.write() as uow:
        await uow.people.consent(person.contact.id, a_consent(1, "old"))
        await uow.people.consent(person.contact.id, a_consent(365, "new"))
        await uow.commit()
    assert (await make_person(store)).consents == (a_consent(365, "new"),)


async def test_what_a_household_lacks_is_kept_with_a_consent_and_goes_with_it(store: SqlStorage) -> None:
    person, other = await make_person(store), await make_person(store, "other")
    until = MORNING + timedelta(days=10)
    agreed = Consent(purpose=Purpose.NEEDS, granted_at=MORNING, expires_at=until, wording="needs.ask")
    async with store.write() as uow:
        await uow.people.keep_needs(person.contact.id, ["housing", "health"])
        await uow.people.consent(person.contact.id, agreed)
        await uow.people.consent(person.contact.id, a_consent())
        await uow.commit()
    assert (await make_person(store)).needs == ("health", "housing") and (await make_person(store, "other")).needs == ()
    async with store.write() as uow:
        await uow.people.keep_needs(person.contact.id, ["education", "education"])
        await uow.commit()
    assert (await make_person(store)).needs == ("education",)
    async with store.write() as uow:
        await uow.people.withdraw(other.contact.id, Purpose.NEEDS)
        await uow.people.withdraw(person.contact.id, Purpose.NEEDS)
        await uow.commit()
    now = await make_person(store)
    assert now.needs == () and now.consents == (a_consent(),) and (await everything(store))["needs"] == []


async def test_a_persons_questions_come_newest_first(store: SqlStorage) -> None:
    person = await make_person(store)
    async with store.write() as uow:
        for code in ("AAAAAA", "BBBBBB"):
            await uow.questions.open(new_question(code, person.contact.id))
        await uow.commit()
    assert [one.code for one in (await make_person(store)).questions] == ["BBBBBB", "AAAAAA"]


async def test_a_person_who_blocked_us_is_marked(store: SqlStorage) -> None:
    person, other = await make_person(store, "a"), await make_person(store, "b")
    await queue(store, new_delivery("1", "a", contact=person.contact.id))
    async with store.write() as uow:
        await uow.people.refused({1: Refusal.BLOCKED})
        await uow.commit()
    rows = (await everything(store))["addresses"]
    assert [(row["path"], row["refusal"]) for row in rows] == [("a", "blocked"), ("b", None)]
    assert (await make_person(store, "b")) == other


async def test_who_was_let_in_after_an_attempt_began_is_told_apart(store: SqlStorage) -> None:
    for path in ("a", "b"):
        person = await make_person(store, path)
        await queue(store, new_delivery(path, path, contact=person.contact.id))
    later = MORNING + timedelta(seconds=1)
    async with store.write() as uow:
        await uow.people.refuse(urn("a"), None, later)
        assert await uow.people.let_in({1: MORNING, 2: MORNING}) == {1}
        assert await uow.people.let_in({1: later + timedelta(seconds=1), 2: MORNING}) == set()


async def test_nobody_is_unreachable_who_has_one_open_address(store: SqlStorage) -> None:
    people = [(await make_person(store, path)).contact.id for path in ("a", "b", "c")]
    async with store.write() as uow:
        await uow.people.refuse(urn("a"), Refusal.BLOCKED, MORNING)
        await uow.people.refuse(urn("b"), Refusal.GONE, MORNING)
        await uow.people.refuse(urn("b"), None, MORNING)
        assert await uow.people.unreachable(people) == {people[0]: Refusal.BLOCKED}
        await uow.commit()


async def test_the_number_of_somebody_who_is_gone_is_never_given_again(store: SqlStorage) -> None:
    """The log still says what happened to it."""
    person = await make_person(store)
    async with store.write() as uow:
        await uow.people.erase(person.contact.id, [], MORNING)
        await uow.commit()
    assert (await make_person(store)).contact.id > person.contact.id


async def test_who_only_looks_never_waits_for_who_writes(store: SqlStorage) -> None:
    person = await make_person(store)

    async def look(uow: UnitOfWork) -> tuple[Person | None, Person]:
        return await uow.people.get(person.contact.id), (await uow.people.load([urn()], MORNING))[urn()]

    async with store.write() as writer:
        await writer.people.load([urn()], MORNING)
        await writer.people.save([moved_on(person, misses=7)])
        async with asyncio.timeout(5), store.read() as reader:
            assert await look(reader) == (person, person)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_who_may_change_a_person_holds_them(store: SqlStorage) -> None:
    """An officer's answer and a citizen's next message at the same moment: one comes after the other."""
    person = await make_person(store)
    async with store.write() as officer:
        held = await officer.people.get(person.contact.id)
        assert held is not None
        citizen = asyncio.create_task(make_person(store))
        await asyncio.wait([citizen], timeout=0.1)
        assert not citizen.done()
        await officer.people.save([moved_on(held, misses=1)])
        await officer.commit()
    assert (await citizen).conversation.version == 1


async def test_what_was_missed_while_blocked_is_sent_when_let_in_again(store: SqlStorage) -> None:
    stopped = SendError(SendErrorKind.CONTACT_STOPPED, refusal=Refusal.BLOCKED)
    keys = {"missed": str(stopped), "rejected": str(SendError(SendErrorKind.REJECTED)), "old": str(stopped)}
    for key, error in keys.items():
        await queue(store, new_delivery(key, "a"))
        (one,) = await lease(store)
        settled = MORNING - timedelta(days=8) if key == "old" else MORNING
        async with store.write() as uow:
            outcome = Outcome(delivery_id=one.id, status=DeliveryStatus.FAILED, error=error)
            await uow.outbox.record([outcome], worker="one", now=settled)
            await uow.commit()
    async with store.write() as uow:
        since = MORNING - timedelta(days=7)
        assert await uow.outbox.try_again(urn("b"), since=since, now=MORNING) == 0
        assert await uow.outbox.try_again(urn("a"), since=since, now=MORNING) == 1
        await uow.commit()
    assert [(await delivery_row(store, key)).status for key in keys] == ["queued", "failed", "failed"]


async def test_an_address_that_moves_to_a_known_one_leaves_that_one_alone(store: SqlStorage) -> None:
    await make_person(store, "old")
    known = await make_person(store, "new")
    await queue(store, new_delivery("1", "old"))
    async with store.write() as uow:
        await uow.people.move(1, "new")
        await uow.commit()
    assert [row["path"] for row in (await everything(store))["addresses"]] == ["old", "new"]
    assert (await delivery_row(store, "1")).path == "new" and await make_person(store, "new") == known
