"""Starting, stopping, and what a dead process left."""

import asyncio

import pytest

from scheduler import rescue as module
from tests.delivery.conftest import Post
from tests.support.clock import MORNING
from tests.support.rows import lease, new_delivery, queue


async def arrived(post: Post, number: int) -> None:
    """Wait for the event that so many messages were taken."""
    async with asyncio.timeout(10):
        while len(post.channel.taken) < number:  # noqa: ASYNC110 - the fake has no event of its own
            await asyncio.sleep(0.001)


async def test_what_a_dead_process_was_sending_goes_before_anything_newer(quiet_post: Post) -> None:
    post = quiet_post
    await queue(post.storage, new_delivery("old", text="cũ"))
    await lease(post.storage, "dead", seconds=3600)
    await queue(post.storage, new_delivery("new", text="mới"))
    worker = post.worker()
    await worker.start(alone=True)
    await arrived(post, 2)
    await worker.stop()
    assert post.channel.taken == ["cũ", "mới"]
    row = await post.row("old")
    assert (row.status, row.doubts, row.attempt) == ("sent", 1, 2)


async def test_where_others_may_live_only_what_ran_out_is_taken(quiet_post: Post) -> None:
    post = quiet_post
    await queue(post.storage, new_delivery("alive", "a", text="a"), new_delivery("dead", "b", text="b"))
    await lease(post.storage, "alive", limit=1, seconds=60)
    await lease(post.storage, "dead", limit=1, seconds=-1)
    assert await post.rescue.sweep() == 1
    assert (await post.row("alive")).leased_by == "alive"
    post.clock.advance(seconds=61)
    assert await post.rescue.sweep() == 1


async def test_leases_that_run_out_are_found_while_running(quiet_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.001)
    post = quiet_post
    await queue(post.storage, new_delivery("1", text="một"))
    await lease(post.storage, "dead", seconds=30)
    worker = post.worker()
    await worker.start(alone=False)
    post.clock.advance(seconds=31)
    await arrived(post, 1)
    await worker.stop()
    assert (await post.row("1")).doubts == 1


async def test_a_stop_finishes_what_is_in_flight_and_takes_nothing_new(quiet_post: Post) -> None:
    post = quiet_post
    post.channel.gate = asyncio.Event()
    worker = post.worker()
    await queue(post.storage, new_delivery("1", text="một"), new_delivery("2", text="hai"))
    await worker.start(alone=True)
    async with asyncio.timeout(10):
        while not post.channel.tried:  # noqa: ASYNC110 - the fake has no event of its own
            await asyncio.sleep(0.001)
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0.01)
    assert not stopping.done()
    post.channel.gate.set()
    await stopping
    assert post.channel.taken == ["một"]
    assert ((await post.row("1")).status, (await post.row("2")).status) == ("sent", "queued")


async def test_a_stop_has_an_end_though_a_channel_hangs(quiet_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still in flight then is in doubt at the next start."""
    from scheduler import worker as worker_module

    monkeypatch.setattr(worker_module, "STOP_WITHIN", 0.01)
    post = quiet_post
    post.channel.gate = asyncio.Event()
    worker = post.worker()
    await queue(post.storage, new_delivery("1", text="một"))
    await worker.start(alone=True)
    async with asyncio.timeout(10):
        while not post.channel.tried:  # noqa: ASYNC110 - the fake has no event of its own
            await asyncio.sleep(0.001)
    async with asyncio.timeout(10):
        await worker.stop()
    assert (await post.row("1")).status == "leased"
    async with post.storage.write() as uow:
        assert await uow.outbox.rescue(now=MORNING, dead_worker_only="next") == 1
    for task in post.relay._sending:
        task.cancel()
    await asyncio.gather(*post.relay._sending, return_exceptions=True)


async def test_a_wake_between_two_looks_is_not_slept_through(quiet_post: Post) -> None:
    work = quiet_post.relay.work
    work.wake()
    assert await work.sleep(5)
    assert not await work.sleep(0)
