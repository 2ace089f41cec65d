"""What one process does for all, and what each may send: while it is its turn, and as much as it was given."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from core.contacts import URN
from core.errors import StorageError
from db.unit_of_work import SqlStorage
from scheduler import leading as module
from scheduler.leading import Leading
from scheduler.shares import USED_FOR, Shares
from tests.delivery.conftest import Post, make_post
from tests.support.channels import FakeChannel
from tests.support.clock import FixedClock
from tests.support.rows import everything, make_account, new_delivery, queue


@dataclass
class OneTurn:
    """Says what it is told to say."""

    says: list[bool | Exception]
    given_back: int = 0
    said_all: asyncio.Event = field(default_factory=asyncio.Event)

    async def mine(self) -> bool:
        # Whatever was begun or ended by what was said last has had its moment.
        await asyncio.sleep(0.001)
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if len(self.says) == 1:
            self.said_all.set()
        if isinstance(said, Exception):
            raise said
        return said

    async def give_back(self) -> None:
        self.given_back += 1


@dataclass
class Loops:
    """Notes when it begins and ends."""

    noted: list[str] = field(default_factory=list)

    async def run(self) -> None:
        self.noted.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            self.noted.append("ended")


async def led(monkeypatch: pytest.MonkeyPatch, *says: bool | Exception) -> tuple[OneTurn, Loops, list[str]]:
    monkeypatch.setattr(module, "LOOK_EVERY", 0)
    turn, loops, faults = OneTurn(list(says)), Loops(), []
    leading = Leading(turn=turn, loops=[loops.run], on_fault=lambda where, _: faults.append(where), name="x")
    running = asyncio.create_task(leading.run())
    async with asyncio.timeout(10):
        await turn.said_all.wait()
        for _ in range(5):
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return turn, loops, faults


async def test_loops_run_while_it_is_our_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turn, loops, faults = await led(monkeypatch, False, True, True, False, True, True)
    assert loops.noted == ["begun", "ended", "begun", "ended"] and faults == [] and turn.given_back == 1


async def test_where_nobody_can_say_it_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    _, loops, faults = await led(monkeypatch, True, StorageError("away"), False)
    assert loops.noted == ["begun", "ended"] and faults == ["x"]


def shares_of(post: Post, worker: str, now: list[float]) -> Shares:
    post.relay.rates.now = lambda: now[0]
    return Shares(
        storage=post.storage,
        rates=post.relay.rates,
        accounts=[post.channel.account],
        worker=worker,
        relay=post.relay.work,
        on_fault=lambda *_: None,
    )


async def test_nothing_of_a_limited_account_leaves_before_a_share_is_given_nor_after_it_ran_out(
    storage: SqlStorage, clock: FixedClock
) -> None:
    telegram = FakeChannel(account="telegram.main")
    await make_account(storage, "telegram.main")
    now = [0.0]
    post = make_post(storage, clock, telegram, shared=True, per_second={"telegram": 2})
    shares = shares_of(post, "one", now)
    rows = [replace(new_delivery(str(n)), urn=URN(account="telegram.main", path=str(n))) for n in range(5)]
    await queue(storage, *rows)
    assert await post.relay.step() == 0
    await shares.renew()
    assert await post.relay.step() == 2
    now[0] = USED_FOR + 1.5
    assert await post.relay.step() == 0
    await shares.renew()
    assert await post.relay.step() == 0  # what left before is not answered: nobody recorded it yet
    for task in post.relay._sending:
        task.cancel()
    await asyncio.gather(*post.relay._sending, return_exceptions=True)


async def test_who_stops_gives_its_part_back(storage: SqlStorage, clock: FixedClock) -> None:
    """A moment later it is somebody else's; who was killed keeps it until it runs out."""
    await make_account(storage, "telegram.main")
    post = make_post(storage, clock, FakeChannel(account="telegram.main"), shared=True, per_second={"telegram": 9})
    running = asyncio.create_task(shares_of(post, "one", [0.0]).run())
    rate = post.relay.rates.of("telegram.main")
    assert rate is not None
    async with asyncio.timeout(10):
        while not rate.room():  # noqa: ASYNC110 - the loop has no event of its own
            await asyncio.sleep(0.001)
    (before,) = (await everything(storage))["sending_shares"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    (after,) = (await everything(storage))["sending_shares"]
    assert before["share"] == 9 and after["expires_at"] < before["expires_at"]
