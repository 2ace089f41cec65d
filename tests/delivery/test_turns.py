"""Notices that were leased ahead wait for their turns; a reply passes them, and what has no turn goes back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

import pytest

from core.contacts import URN
from core.delivery import NewDelivery, Priority
from core.errors import SendErrorKind
from scheduler.limits import TURN_WITHIN, Rate
from scheduler.relay import Relay
from tests.delivery.conftest import Post, make_post
from tests.support.channels import FakeChannel, refusing
from tests.support.rows import make_account, new_delivery, queue

ACCOUNT = "telegram.main"


@dataclass
class Limited:
    """An account that takes thirty a second, whose time passes by hand."""

    post: Post
    relay: Relay
    channel: FakeChannel
    now: list[float]

    @property
    def rate(self) -> Rate:
        """The account's."""
        rate = self.relay.rates.of(ACCOUNT)
        assert rate is not None
        return rate

    async def until(self, reached: Callable[[], bool]) -> None:
        """Let the others go on until something is reached."""
        async with asyncio.timeout(10):
            while not reached():  # noqa: ASYNC110 - the fakes have no event of their own
                await asyncio.sleep(0.001)


@pytest.fixture
async def limited(post: Post) -> AsyncIterator[Limited]:
    """Nothing was sent yet, and no place is saved up."""
    telegram, now = FakeChannel(account=ACCOUNT), [0.0]
    await make_account(post.storage, ACCOUNT)
    relay = make_post(post.storage, post.clock, telegram, per_second={"telegram": 30}).relay
    relay._completion, relay.rates.now = post.completion, lambda: now[0]
    yield Limited(post, relay, telegram, now)
    now[0] += 10
    await relay.drain()


def told(key: str, priority: Priority) -> NewDelivery:
    """A bubble at the limited account."""
    return replace(new_delivery(key, text=key, priority=priority), urn=URN(account=ACCOUNT, path=key))


async def test_a_reply_passes_the_notices_that_wait(limited: Limited) -> None:
    limited.relay._settings = replace(limited.relay._settings, in_flight=2)  # what waits takes none of it
    await queue(limited.post.storage, told("n1", Priority.NOTICE), told("n2", Priority.NOTICE))
    assert await limited.relay.step() == 2
    await queue(limited.post.storage, told("reply", Priority.REPLY))
    assert await limited.relay.step() == 1
    await limited.until(lambda: limited.channel.taken == ["reply"])
    limited.now[0] = 0.2
    await limited.relay.drain()
    assert limited.channel.taken == ["reply", "n1", "n2"]


async def test_the_next_are_taken_as_soon_as_half_of_a_handful_has_left(limited: Limited) -> None:
    """Though nothing is answered yet: else an account would stand still for as long as answers take."""
    gate = limited.channel.gate = asyncio.Event()
    await queue(limited.post.storage, told("n1", Priority.NOTICE), told("n2", Priority.NOTICE))
    assert await limited.relay.step() == 2
    await limited.until(lambda: limited.rate.ahead() == 0)
    assert not await limited.relay.work.sleep(0), "nothing has happened yet"
    limited.now[0] = 0.2
    await limited.until(lambda: len(limited.channel.tried) == 2)
    assert await limited.relay.work.sleep(0.1) and limited.channel.taken == []
    gate.set()


async def test_what_waits_while_its_account_pauses_goes_back_untried(limited: Limited) -> None:
    await queue(limited.post.storage, told("n1", Priority.NOTICE), told("n2", Priority.NOTICE))
    assert await limited.relay.step() == 2
    limited.channel.refuse = refusing(SendErrorKind.THROTTLED, retry_after=30)
    await queue(limited.post.storage, told("reply", Priority.REPLY))
    assert await limited.relay.step() == 1
    await limited.until(lambda: "reply" in limited.channel.told)
    limited.now[0] = 0.2
    await limited.relay.drain()
    row = await limited.post.row("n1")
    assert limited.channel.tried == ["reply"]
    assert (row.status, row.attempt, row.doubts) == ("queued", 0, 0)
    assert (row.available_at - limited.post.clock.now()).total_seconds() == 30
    assert limited.rate.counting() == 1


async def test_what_has_no_turn_in_time_goes_back_for_whoever_may_send(limited: Limited) -> None:
    """This process's part of the limit ran out while they waited, and nobody renewed it.

    Meanwhile the clock ran ahead: they are due as they were, or they would wait when it is put right.
    """
    limited.rate.give(30, until=1.0)
    due = limited.post.clock.now()
    await queue(limited.post.storage, told("n1", Priority.NOTICE), told("n2", Priority.NOTICE))
    assert await limited.relay.step() == 2
    await limited.until(lambda: limited.rate.ahead() == 0)
    limited.now[0] = TURN_WITHIN + 0.1
    limited.post.clock.advance(seconds=3600)
    await limited.relay.drain()
    row = await limited.post.row("n2")
    assert limited.channel.tried == [] and (row.status, row.attempt) == ("queued", 0)
    assert row.available_at == due


async def test_no_more_than_a_handful_waits(limited: Limited) -> None:
    """What is leased ahead is in doubt where the process dies: it is little, and filled up when half is gone."""
    rate = limited.rate
    rate.give(1000, until=10.0)
    assert rate.ahead() == 100
    waiting = [asyncio.create_task(rate.turn()) for _ in range(51)]
    await limited.until(lambda: rate.ahead() == 0)
    waiting.pop().cancel()
    await limited.until(lambda: rate.ahead() == 50)
    limited.now[0] = 0.1
    places = await asyncio.gather(*waiting)
    assert rate.ahead() == 100 and rate.counting() == 50
    for place in places:
        assert place is not None
        place.give_back()
