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
    faults: list[BaseException]

    async def ready(self) -> list[Mapping[str, Any]]:
        """What can be handled now."""
        async with self.storage.write() as uow:
            return [one.raw for one in await uow.inbox.claim([ACCOUNT], 9)]


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
    return Room(storage, shelf, fetcher, done, faults)


async def test_what_was_fetched_is_handled_before_what_was_said_later(room: Room) -> None:
    assert await room.ready() == []
    assert await room.fetcher.step() == 1
    assert await room.done.sleep(0), "whoever handles was not told"
    assert await room.ready() == [{"text": "photo", "files": ["here"]}, {"text": "words"}]
    assert await room.fetcher.step() == 0 and room.shelf.asked == ["photo"]


@pytest.mark.parametrize("trouble", [SendError(SendErrorKind.UNREACHABLE), StorageError("the disk is full")])
async def test_trouble_is_told_and_tried_again(room: Room, trouble: Exception) -> None:
    room.shelf.trouble = [trouble]
    assert await room.fetcher.step() == 0
    assert await room.ready() == [] and room.faults == [trouble]
    assert await room.fetcher.step() == 1


async def test_after_an_hour_the_person_hears_that_it_did_not_come(room: Room, clock: FixedClock) -> None:
    room.shelf.trouble = [SendError(SendErrorKind.UNREACHABLE)]
    clock.advance(seconds=GIVE_UP_AFTER.total_seconds())
    assert await room.fetcher.step() == 1
    assert (await room.ready())[0] == {"text": "photo", "unread": "file_lost"}


async def test_a_full_disk_gives_nothing_up(room: Room, clock: FixedClock) -> None:
    room.shelf.trouble = [StorageError("the disk is full")]
    clock.advance(seconds=GIVE_UP_AFTER.total_seconds())
    assert await room.fetcher.step() == 0 and await room.ready() == []
