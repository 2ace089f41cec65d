"""What was told in private: sealed with the conversation, gone in time."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from core.conversation import Notes
from core.delivery import DeliveryStatus, Outcome
from db.engine import sqlite_file
from db.models import conversations
from db.sealing import Seal
from db.unit_of_work import SqlStorage
from tests.db.test_people import moved_on, save
from tests.db.test_upkeep import drop_old
from tests.support.clock import MORNING
from tests.support.rows import delivery_row, everything, lease, make_person, new_delivery, queue, take_notes, urn

DAY = timedelta(days=1)
WORDS = "mẹ tôi mù chữ, thu nhập 700.000"
TOLD = {"answers": {"income": WORDS}, "people": [{"born": "1950-01-01"}]}


async def test_they_come_back_as_they_were_kept(store: SqlStorage) -> None:
    await take_notes(store, await make_person(store), TOLD, MORNING + 7 * DAY)
    person = await make_person(store)
    assert person.conversation.notes == Notes(data=TOLD, until=MORNING + 7 * DAY)
    async with store.read() as uow:
        assert await uow.people.get(person.contact.id) == person
    await save(store, [moved_on(person, misses=1)])
    assert (await make_person(store)).conversation.notes == person.conversation.notes
    await save(store, [moved_on(await make_person(store), notes=None)])
    assert (await make_person(store)).conversation.notes is None


async def test_some_have_notes_and_some_have_none(store: SqlStorage) -> None:
    """Saved together, in one statement."""
    one, other = await make_person(store, "a"), await make_person(store, "b")
    notes = Notes(data=TOLD, until=MORNING + DAY)
    await save(store, [moved_on(one, notes=notes), moved_on(other)])
    assert (await make_person(store, "a")).conversation.notes == notes
    assert (await make_person(store, "b")).conversation.notes is None


async def test_nobody_reads_them_in_the_database(store: SqlStorage) -> None:
    await take_notes(store, await make_person(store), TOLD, MORNING + DAY)
    (row,) = (await everything(store))["conversations"]
    assert WORDS not in str(row) and WORDS.encode() not in row["notes"] and b"answers" not in row["notes"]
    await store.settle()
    file = sqlite_file(str(store.engine.url))
    if file is not None:
        written = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
        assert row["notes"] in written and "mù chữ".encode() not in written and b'"answers"' not in written


async def test_under_another_key_or_at_another_person_they_are_as_if_they_had_never_been(store: SqlStorage) -> None:
    """And nobody is kept from talking."""
    one, other = await make_person(store, "a"), await make_person(store, "b")
    await take_notes(store, one, TOLD, MORNING + DAY)
    stranger = SqlStorage(store.engine, Seal(b"x" * 32))
    assert (await make_person(stranger, "a")).conversation.notes is None
    (row,) = [row for row in (await everything(store))["conversations"] if row["notes"]]
    async with store.write() as uow:
        moved = update(conversations).where(conversations.c.contact_id == other.contact.id)
        await uow.connection.execute(moved.values(notes=row["notes"], notes_until=row["notes_until"]))
        await uow.commit()
    person = await make_person(store, "b")
    assert person.conversation.notes is None
    await save(store, [moved_on(person)])


async def test_without_a_key_they_are_neither_read_nor_lost(store: SqlStorage) -> None:
    await take_notes(store, await make_person(store), TOLD, MORNING + DAY)
    keyless = SqlStorage(store.engine)
    person = await make_person(keyless)
    assert person.conversation.notes is None
    await save(keyless, [moved_on(person, misses=1)])
    assert (await make_person(store)).conversation.notes is not None
    with pytest.raises(ValueError, match="seal"):
        await take_notes(keyless, await make_person(keyless), TOLD, MORNING + DAY)


async def test_they_go_when_their_time_is_over(store: SqlStorage) -> None:
    await take_notes(store, await make_person(store), TOLD, MORNING + 7 * DAY)
    await drop_old(store, MORNING + 7 * DAY - timedelta(seconds=1))
    assert (await make_person(store)).conversation.notes is not None
    await drop_old(store, MORNING + 7 * DAY)
    (row,) = (await everything(store))["conversations"]
    assert row["notes"] is row["notes_until"] is None


async def test_a_conversation_that_is_forgotten_takes_them_along(store: SqlStorage) -> None:
    notes = Notes(data=TOLD, until=MORNING + 30 * DAY)
    await save(store, [moved_on(await make_person(store), notes=notes, expires_at=MORNING + DAY)])
    await drop_old(store, MORNING + 2 * DAY)
    assert (await everything(store))["conversations"][0]["notes"] is None


async def sent(store: SqlStorage, status: DeliveryStatus = DeliveryStatus.SENT) -> None:
    """What is due was sent, and this became of it."""
    async with store.write() as uow:
        taken = await uow.outbox.lease(["webchat.main"], worker="one", now=MORNING, until=MORNING + DAY, limit=9)
        again = MORNING + 40 * DAY if status is DeliveryStatus.RETRY else None
        outcomes = [Outcome(delivery_id=one.id, status=status, available_at=again) for one in taken]
        await uow.outbox.record(outcomes, worker="one", now=MORNING)
        await uow.commit()


async def test_a_private_reply_goes_after_its_day_and_others_stay(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", forget_at=MORNING + DAY), new_delivery("2", "other"))
    await sent(store)
    assert (await drop_old(store, MORNING + DAY - timedelta(seconds=1)))["private messages"] == 0
    assert (await drop_old(store, MORNING + DAY))["private messages"] == 1
    rows = await everything(store)
    assert [row["dedup_key"] for row in rows["deliveries"]] == ["2"] and len(rows["messages"]) == 1


@pytest.mark.parametrize("status", [None, DeliveryStatus.RETRY])
async def test_one_that_still_waits_stays_for_a_week_more(store: SqlStorage, status: DeliveryStatus | None) -> None:
    contact = (await make_person(store)).contact.id
    await queue(store, new_delivery("1", contact=contact, forget=True, forget_at=MORNING + DAY))
    if status is None:
        await lease(store)
    else:
        await sent(store, status)
    assert (await drop_old(store, MORNING + 8 * DAY))["private messages"] == 0
    assert await delivery_row(store, "1") is not None
    assert (await drop_old(store, MORNING + 8 * DAY + timedelta(seconds=1)))["private messages"] == 1
    assert await delivery_row(store, "1") is None


async def test_until_then_its_page_shows_it(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", text="Nhà mình thiếu 1 mặt.", forget_at=MORNING + DAY))
    await sent(store)
    async with store.read() as uow:
        assert [one.message.text for one in await uow.messages.history(urn())] == ["Nhà mình thiếu 1 mặt."]
