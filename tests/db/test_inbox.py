"""Updates are stored once and handled once, in order for each person."""

from dataclasses import replace

import pytest

from core.records import Backlog, WaitingUpdate
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import ACCOUNT, everything, new_update, receive, urn


async def claim(storage: SqlStorage, limit: int = 200) -> list[WaitingUpdate]:
    async with storage.write() as uow:
        return await uow.inbox.claim([ACCOUNT], limit, now=MORNING)


async def test_an_update_is_stored_once_however_often_it_comes(store: SqlStorage) -> None:
    assert await receive(store, new_update("1"), new_update("2")) == 2
    assert await receive(store, new_update("2"), new_update("3"), new_update("3")) == 1
    assert [one.external_id for one in await claim(store)] == ["1", "2", "3"]


async def test_a_repeat_of_a_handled_update_stays_handled(store: SqlStorage) -> None:
    await receive(store, new_update("1"))
    async with store.write() as uow:
        await uow.inbox.finish([one.id for one in await uow.inbox.claim([ACCOUNT], 9, now=MORNING)], MORNING)
        await uow.commit()
    assert await receive(store, new_update("1")) == 0
    assert await claim(store) == []


async def test_nothing_is_nothing(store: SqlStorage) -> None:
    assert await receive(store) == 0
    async with store.read() as uow:
        assert await uow.inbox.backlog() == Backlog(count=0, oldest=None)


async def test_what_was_stored_comes_back_whole(store: SqlStorage) -> None:
    await receive(store, new_update("1", path="a", text="tiếng Việt 🌾 \x01", payload=None))
    (one,) = await claim(store)
    assert one.urn == urn("a") and one.received_at == MORNING
    assert one.raw == {"text": "tiếng Việt 🌾 \x01", "payload": None}


async def test_the_oldest_come_first_and_only_so_many(store: SqlStorage) -> None:
    await receive(store, *(new_update(str(number), path=f"p{number % 3}") for number in range(9)))
    assert [one.external_id for one in await claim(store, 4)] == ["0", "1", "2", "3"]


async def test_of_other_accounts_nothing_is_taken(store: SqlStorage) -> None:
    await receive(store, new_update("1"))
    async with store.write() as uow:
        assert await uow.inbox.claim(["telegram.main"], 9, now=MORNING) == []


async def test_handled_updates_keep_no_word_and_no_address(store: SqlStorage) -> None:
    await receive(store, new_update("1"))
    async with store.write() as uow:
        (one,) = await uow.inbox.claim([ACCOUNT], 9, now=MORNING)
        await uow.inbox.finish([one.id], MORNING)
        await uow.commit()
    (row,) = (await everything(store))["inbound_updates"]
    assert row["raw"] is None and row["path"] is None and row["handled_at"] == MORNING
    assert await claim(store) == []


async def test_whose_file_is_being_fetched_waits_and_holds_up_nobody_else(store: SqlStorage) -> None:
    photo = replace(new_update("1", path="a"), fetch=True)
    await receive(store, photo, new_update("2", path="a"), new_update("3", path="b"))
    assert [one.external_id for one in await claim(store)] == ["3"]
    async with store.write() as uow:
        assert await uow.inbox.unfetched(["telegram.main"], 9) == []
        (waiting,) = await uow.inbox.unfetched([ACCOUNT], 9)
        await uow.inbox.fetched(waiting.id, {**waiting.raw, "files": []})
        await uow.commit()
    first, second, _ = await claim(store)
    assert (first.external_id, first.raw["files"], second.external_id) == ("1", [], "2")
    async with store.read() as uow:
        assert await uow.inbox.unfetched([ACCOUNT], 9) == []


async def test_without_commit_nothing_was_handled(store: SqlStorage) -> None:
    await receive(store, new_update("1"))
    async with store.write() as uow:
        await uow.inbox.finish([one.id for one in await uow.inbox.claim([ACCOUNT], 9, now=MORNING)], MORNING)
    assert len(await claim(store)) == 1


async def test_the_backlog_tells_number_and_age(store: SqlStorage) -> None:
    await receive(store, new_update("1"), new_update("2"))
    async with store.read() as uow:
        assert await uow.inbox.backlog() == Backlog(count=2, oldest=MORNING, oldest_ready=MORNING)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_of_a_person_whose_earlier_update_is_held_nothing_is_taken(store: SqlStorage) -> None:
    """Two workers at once: the second one gets other people's updates, and this person's only when it is over."""
    await receive(store, new_update("a1", "a"))
    async with store.write() as first:
        held = await first.inbox.claim([ACCOUNT], 9, now=MORNING)
        assert [one.external_id for one in held] == ["a1"]
        await receive(store, new_update("a2", "a"), new_update("b1", "b"))
        async with store.write() as second:
            assert [one.external_id for one in await second.inbox.claim([ACCOUNT], 9, now=MORNING)] == ["b1"]
        await first.inbox.finish([one.id for one in held], MORNING)
        await first.commit()
    assert [one.external_id for one in await claim(store)] == ["a2", "b1"]
