"""One writer, small groups, nothing forgotten."""

import asyncio
from typing import Any

import pytest

from core.delivery import DeliveryStatus, Outcome
from core.errors import StorageError
from db.unit_of_work import SqlStorage
from scheduler import completion as module
from tests.delivery.conftest import Post
from tests.support.rows import lease, new_delivery, queue


class Counted:
    """Storage that counts its transactions, and is away for the first few."""

    def __init__(self, storage: SqlStorage, away: int = 0) -> None:
        self._storage, self._away = storage, away
        self.writes = 0

    def write(self) -> Any:
        self.writes += 1
        if self.writes <= self._away:
            raise StorageError("away")
        return self._storage.write()


async def leased(post: Post, number: int) -> list[Outcome]:
    await queue(post.storage, *(new_delivery(str(n), f"p{n}") for n in range(number)))
    taken = await lease(post.storage, limit=number)
    return [Outcome(delivery_id=one.id, status=DeliveryStatus.SENT) for one in taken]


async def test_what_waits_is_recorded_together(quiet_post: Post) -> None:
    post = quiet_post
    outcomes = await leased(post, module.GROUP + 5)
    counted = Counted(post.storage)
    post.completion._storage = counted  # type: ignore[assignment]
    adding = [asyncio.create_task(post.completion.add(one)) for one in outcomes]
    await asyncio.sleep(0)
    writing = asyncio.create_task(post.completion.run())
    await asyncio.gather(*adding)
    writing.cancel()
    assert counted.writes == 2
    async with post.storage.read() as uow:
        assert set((await uow.outbox.counts()).values()) == {0}


async def test_an_outcome_is_kept_while_the_database_is_away(quiet_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post = quiet_post
    monkeypatch.setattr(module, "AGAIN_AFTER", 0)
    (outcome,) = await leased(post, 1)
    counted = Counted(post.storage, away=3)
    post.completion._storage = counted  # type: ignore[assignment]
    writing = asyncio.create_task(post.completion.run())
    await post.completion.add(outcome)
    writing.cancel()
    assert counted.writes == 4 and [where for where, _ in post.faults] == ["completion"] * 3
    assert (await post.row("0")).status == "sent"


async def test_who_hands_over_waits_until_it_is_recorded(quiet_post: Post) -> None:
    post = quiet_post
    (outcome,) = await leased(post, 1)
    adding = asyncio.create_task(post.completion.add(outcome))
    await asyncio.sleep(0)
    assert not adding.done()
    writing = asyncio.create_task(post.completion.run())
    await adding
    assert (await post.row("0")).status == "sent"
    writing.cancel()


async def test_one_that_cannot_be_recorded_holds_up_no_other(quiet_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post = quiet_post
    good, bad = await leased(post, 2)
    record = post.completion._record

    async def picky(group: list[Outcome]) -> None:
        if bad in group:
            raise LookupError("a fault of ours")
        await record(group)

    monkeypatch.setattr(post.completion, "_record", picky)
    writing = asyncio.create_task(post.completion.run())
    async with asyncio.timeout(10):
        await asyncio.gather(post.completion.add(good), post.completion.add(bad))
    writing.cancel()
    assert (await post.row("0")).status == "sent" and (await post.row("1")).status == "leased"
    assert [where for where, _ in post.faults] == ["completion"] * len(post.faults) != []
