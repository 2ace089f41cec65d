"""Posts kept for another house: stored once, fetched in order, gone when taken, never more than there is room."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from core.held import HELD_SINCE, HeldCount, HeldPost, Kept, NewHeldPost, Room
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING

OURS, OTHERS = "zalo.dak-cam", "zalo.di-su"
SIGNED = {"x-zevent-signature": "mac=00ff", "content-type": "application/json"}
ODD = b'{"text": "ti\xe1\xba\xbfng", "cut": "\xff\x00'
ROOM = Room()


def post(
    body: bytes, account: str = OURS, *, headers: Mapping[str, str] = SIGNED, at: datetime = MORNING
) -> NewHeldPost:
    return NewHeldPost(account=account, headers=headers, body=body, received_at=at)


async def keep(storage: SqlStorage, *posts: NewHeldPost, room: Room = ROOM) -> list[Kept]:
    kept = []
    for one in posts:
        async with storage.write() as uow:
            kept.append(await uow.held.keep(one, room))
            await uow.commit()
    return kept


async def waiting(storage: SqlStorage, account: str = OURS, *, after: int = 0, most: Room = ROOM) -> list[HeldPost]:
    async with storage.read() as uow:
        return await uow.held.waiting(account, after=after, most=most)


async def taken(storage: SqlStorage, up_to: int, account: str = OURS) -> int:
    async with storage.write() as uow:
        gone = await uow.held.taken(account, up_to)
        await uow.commit()
    return gone


async def test_a_post_comes_back_to_the_byte(storage: SqlStorage) -> None:
    await keep(storage, post(ODD))
    (found,) = await waiting(storage)
    assert (found.body, found.headers, found.received_at) == (ODD, SIGNED, MORNING)
    assert found.as_it_came == {**SIGNED, HELD_SINCE: str(int(MORNING.timestamp() * 1000))}


async def test_what_a_hook_does_not_look_at_is_not_handed_over(storage: SqlStorage) -> None:
    """Not even where somebody wrote it into the table: since when it was held is said by nobody else."""
    await keep(storage, post(b"1", headers={**SIGNED, HELD_SINCE: "1", "cookie": "x"}))
    (found,) = await waiting(storage)
    assert found.as_it_came == {**SIGNED, HELD_SINCE: str(int(MORNING.timestamp() * 1000))}


async def test_a_second_try_is_no_second_post(storage: SqlStorage) -> None:
    again = post(b"1", headers={**SIGNED, "num_retry": "1"}, at=MORNING + timedelta(minutes=5))
    assert await keep(storage, post(b"1"), again, post(b"2"), post(b"1", OTHERS)) == [
        Kept.STORED,
        Kept.KNOWN,
        Kept.STORED,
        Kept.STORED,
    ]
    assert [one.body for one in await waiting(storage)] == [b"1", b"2"]


async def test_a_forged_post_does_not_stand_in_for_the_signed_one(storage: SqlStorage) -> None:
    forged = post(b"1", headers={"x-zevent-signature": "mac=beef"})
    assert await keep(storage, forged, post(b"1")) == [Kept.STORED, Kept.STORED]
    assert [one.headers["x-zevent-signature"] for one in await waiting(storage)] == ["mac=beef", "mac=00ff"]


async def test_they_are_fetched_in_order_and_page_by_page(storage: SqlStorage) -> None:
    await keep(storage, *(post(b"%d" % number) for number in range(5)), post(b"x", OTHERS))
    first = await waiting(storage, most=Room(posts=2))
    assert [one.body for one in first] == [b"0", b"1"]
    assert [one.body for one in await waiting(storage, after=first[-1].id)] == [b"2", b"3", b"4"]


async def test_a_page_is_no_larger_than_asked_but_for_a_single_post(storage: SqlStorage) -> None:
    await keep(storage, post(b"a" * 50), post(b"b" * 50), post(b"c" * 300), post(b"d"))
    pages, after = [], 0
    while page := await waiting(storage, after=after, most=Room(size=100)):
        pages.append([one.body[:1] for one in page])
        after = page[-1].id
    assert pages == [[b"a", b"b"], [b"c"], [b"d"]]


async def test_what_was_taken_is_gone_and_taking_it_again_does_nothing(storage: SqlStorage) -> None:
    await keep(storage, post(b"1"), post(b"2"), post(b"1", OTHERS))
    first, second = await waiting(storage)
    assert [await taken(storage, first.id), await taken(storage, first.id)] == [1, 0]
    assert [one.id for one in await waiting(storage)] == [second.id]
    assert len(await waiting(storage, OTHERS)) == 1
    assert await taken(storage, 2**63 - 1) == 1
    assert await keep(storage, post(b"1")) == [Kept.STORED]
    assert (await waiting(storage))[0].id > second.id, "a number was given twice"


@pytest.mark.parametrize("room", [Room(posts=2), Room(size=5)])
async def test_there_is_room_for_so_much_and_each_account_has_its_own(storage: SqlStorage, room: Room) -> None:
    assert await keep(storage, post(b"11"), post(b"22"), room=room) == [Kept.STORED, Kept.STORED]
    assert await keep(storage, post(b"33"), post(b"22"), post(b"33", OTHERS), room=room) == [
        Kept.FULL,
        Kept.KNOWN,
        Kept.STORED,
    ]
    await taken(storage, (await waiting(storage))[0].id)
    assert await keep(storage, post(b"33"), room=room) == [Kept.STORED]


async def test_what_nobody_fetched_goes_and_is_counted(storage: SqlStorage) -> None:
    late = MORNING + timedelta(seconds=1)
    await keep(storage, post(b"1"), post(b"2"), post(b"3", at=late), post(b"4", OTHERS))
    async with storage.write() as uow:
        assert await uow.held.drop(late) == {OURS: 2, OTHERS: 1}
        assert await uow.held.drop(late) == {}
        await uow.commit()
    assert [one.body for one in await waiting(storage)] == [b"3"]


async def test_what_waits_is_counted_with_its_oldest(storage: SqlStorage) -> None:
    await keep(storage, post(b"11", at=MORNING + timedelta(hours=1)), post(b"2"), post(b"3", "zalo.hong-linh"))
    async with storage.read() as uow:
        assert await uow.held.counts([OURS, OTHERS]) == {OURS: HeldCount(posts=2, size=3, oldest=MORNING)}


async def test_who_is_visible_later_has_the_higher_number(storage: SqlStorage) -> None:
    """Else one with a lower number, visible only after a higher one was fetched, would be deleted unread."""
    async with storage.write() as uow:
        await uow.held.keep(post(b"slow"), ROOM)
        quick = asyncio.create_task(keep(storage, post(b"quick")))
        while not quick.done() and not await somebody_waits(storage):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0)
        assert await waiting(storage) == [], "a higher number can be fetched while a lower one is still to come"
        await uow.commit()
    await quick
    assert [one.body for one in await waiting(storage)] == [b"slow", b"quick"]


async def somebody_waits(storage: SqlStorage) -> bool:
    """Whether somebody waits for their turn to store; on SQLite they wait before they ask the database."""
    if storage.engine.dialect.name == "sqlite":
        return True
    async with storage.engine.connect() as connection:
        found = await connection.execute(text("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))
        return found.first() is not None


async def test_others_do_not_wait_for_each_other(storage: SqlStorage) -> None:
    """On PostgreSQL; SQLite has one writer."""
    if storage.engine.dialect.name == "sqlite":
        return
    async with storage.write() as uow, asyncio.timeout(10):
        await uow.held.keep(post(b"1"), ROOM)
        assert await keep(storage, post(b"1", OTHERS)) == [Kept.STORED]


def test_the_digest_counts_body_and_proof_and_nothing_else() -> None:
    one = post(b"1")
    assert one.digest == replace(one, headers={**SIGNED, "num_retry": "3"}, received_at=MORNING).digest
    others = [post(b"2"), post(b"1", headers={}), post(b"1", headers={"x-bot-api-secret-token": "mac=00ff"})]
    assert len({one.digest, *(other.digest for other in others)}) == 4
