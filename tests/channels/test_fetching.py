"""Files are fetched before anybody answers: tried again through trouble, given up after an hour, never half there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.fetching import GIVE_UP_AFTER, Fetcher
from core.errors import SendError, SendErrorKind, StorageError
from db.unit_of_work import SqlStorage
from scheduler.wake import Wakeable
from tests.support.clock import FixedClock
from tests.support.rows import ACCOUNT, make_account, new_update, receive


@dataclass
class Shelf:
    """A channel that hands files over, or says why not."""

    trouble: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The file, once there is no trouble left."""
        self.asked.append(raw["text"])
        if self.trouble:
            raise self.trouble.pop(0)
        return {**raw, "files": ["here"]}


@dataclass
class Room:
    """A fetcher with what it works on."""

    storage: SqlStorage
    shelf: Shelf
    fetcher: Fetcher
    done: Wakeable
    clock: FixedClock
    faults: list[BaseException]

    async def look(self) -> int:
        """One look, and what came of it."""
        begun = await self.fetcher.step()
        await self.fetcher.drain()
        return begun

    async def ready(self) -> list[Mapping[str, Any]]:
        """What can be handled now."""
        async with self.storage.write() as uow:
            return [one.raw for one in await uow.inbox.claim([ACCOUNT], 9, now=self.clock.now())]


@pytest.fixture
async def room(storage: SqlStorage, clock: FixedClock) -> Room:
    """Somebody sent a file and a text."""
    await make_account(storage)
    await receive(storage, replace(new_update("1", text="photo"), fetch=True), new_update("2", text="words"))
    shelf, done, faults = Shelf(), Wakeable(), list[BaseException]()
    fetcher = Fetcher(
        storage=storage,
        channels={ACCOUNT: shelf},
        clock=clock,
        done=done,
        on_fault=lambda _, error: faults.append(error),
    )
    return Room(storage, shelf, fetcher, done, clock, faults)


async def test_what_was_fetched_is_handled_before_what_was_said_later(room: Room) -> None:
    assert await room.ready() == []
    assert await room.look() == 1
    assert await room.done.sleep(0), "whoever handles was not told"
    assert await room.ready() == [{"text": "photo", "files": ["here"]}, {"text": "words"}]
    assert await room.look() == 0 and room.shelf.asked == ["photo"]


TROUBLE = [SendError(SendErrorKind.UNREACHABLE), StorageError("the disk is full"), RuntimeError("a fault of ours")]


@pytest.mark.parametrize("trouble", TROUBLE, ids=["network", "disk", "fault"])
async def test_trouble_is_told_and_tried_again_a_little_later(room: Room, trouble: Exception) -> None:
    room.shelf.trouble = [trouble]
    await room.look()
    assert await room.ready() == [] and room.faults == [trouble]
    assert await room.look() == 0, "not at once"
    room.clock.advance(seconds=6)
    await room.look()
    assert (await room.ready())[0]["files"] == ["here"]


async def test_a_channel_that_asks_for_patience_gets_it(room: Room) -> None:
    room.shelf.trouble = [SendError(SendErrorKind.THROTTLED, retry_after=300)]
    await room.look()
    room.clock.advance(seconds=299)
    assert await room.look() == 0
    room.clock.advance(seconds=2)
    assert await room.look() == 1


@pytest.mark.parametrize("trouble", [TROUBLE[0], TROUBLE[2]], ids=["network", "fault"])
async def test_after_an_hour_the_person_hears_that_it_did_not_come(room: Room, trouble: Exception) -> None:
    room.shelf.trouble = [trouble]
    room.clock.advance(seconds=GIVE_UP_AFTER.total_seconds())
    await room.look()
    assert (await room.ready())[0] == {"text": "photo", "unread": "file_lost"}


async def test_a_full_disk_gives_nothing_up(room: Room) -> None:
    room.shelf.trouble = [StorageError("the disk is full")]
    room.clock.advance(seconds=GIVE_UP_AFTER.total_seconds())
    await room.look()
    assert [one["text"] for one in await room.ready()] == ["words"]
    room.clock.advance(seconds=6)
    await room.look()
    assert {"text": "photo", "files": ["here"]} in await room.ready()


async def test_words_wait_a_minute_for_a_file_and_no_longer(room: Room) -> None:
    room.shelf.trouble = [TROUBLE[0]] * 99
    room.clock.advance(seconds=59)
    assert await room.ready() == []
    room.clock.advance(seconds=2)
    assert [one["text"] for one in await room.ready()] == ["words"]
