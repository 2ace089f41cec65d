"""Delivery on a real database, with a channel, a clock and chance in the test's own hands."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from content.catalogue import Catalogue
from content.loader import load_catalogue
from core.tariff import Tariff, Terms
from core.windows import window_of
from db.unit_of_work import SqlStorage
from scheduler.completion import Completion
from scheduler.expansion import Expansion
from scheduler.fallback import Fallback
from scheduler.relay import Relay, RelaySettings
from scheduler.rescue import Rescue
from scheduler.timekeeping import Timekeeping, WatchedClock
from scheduler.worker import Sending, Worker
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel
from tests.support.clock import FixedClock
from tests.support.rows import delivery_row, make_account


@dataclass
class Post:
    """A post office: everything that delivery needs, stepped by hand."""

    storage: SqlStorage
    clock: FixedClock
    channel: FakeChannel
    relay: Relay
    completion: Completion
    rescue: Rescue
    expansion: Expansion
    fallback: Fallback
    timekeeping: Timekeeping
    faults: list[tuple[str, BaseException]] = field(default_factory=list)

    async def deliver(self) -> list[str]:
        """Send what is due until nothing is; gives what arrived."""
        before = len(self.channel.taken)
        while await self.relay.step():
            await self.relay.drain()
        return self.channel.taken[before:]

    async def row(self, key: str) -> Any:
        """A row of the outbox."""
        return await delivery_row(self.storage, key)

    def worker(self) -> Worker:
        """All parts as the product runs them."""
        sending = Sending(relay=self.relay, completion=self.completion)
        return Worker(rescue=self.rescue, sending=sending, loops=(self.rescue.run, self.expansion.run))


def make_post(
    storage: SqlStorage,
    clock: FixedClock,
    channel: FakeChannel,
    *others: FakeChannel,
    tariffs: Mapping[str, Tariff] | None = None,
    **settings: Any,
) -> Post:
    """A post office that is not running yet."""
    channels = {one.account: one for one in (channel, *others)}
    windows = {account: window_of(one.capabilities) for account, one in channels.items()}
    terms = Terms(windows={one: window for one, window in windows.items() if window}, tariffs=tariffs or {})
    faults: list[tuple[str, BaseException]] = []

    def note(where: str, error: BaseException) -> None:
        faults.append((where, error))

    watched = WatchedClock(clock, steady=lambda: 0.0)
    completion = Completion(storage=storage, clock=watched, worker="one", on_fault=note, tariffs=terms.tariffs)
    relay = Relay(
        storage=storage,
        channels=dict(channels),
        completion=completion,
        clock=watched,
        chance=SeededChance(),
        settings=RelaySettings(worker="one", tariffs=terms.tariffs, **settings),
        on_fault=note,
    )
    rescue = Rescue(storage=storage, clock=clock, worker="one", relay=relay.work, on_fault=note)
    expansion = Expansion(
        storage=storage,
        content=our_packs(),
        accounts=list(channels),
        clock=clock,
        relay=relay.work,
        on_fault=note,
        terms=terms,
    )
    fallback = Fallback(
        storage=storage,
        content=our_packs(),
        accounts=list(channels),
        clock=clock,
        relay=relay.work,
        on_fault=note,
        terms=terms,
    )
    timekeeping = Timekeeping(storage=storage, clock=watched, set_back=relay.clock_set_back, on_fault=note)
    return Post(storage, clock, channel, relay, completion, rescue, expansion, fallback, timekeeping, faults)


@cache
def our_packs() -> Catalogue:
    """The content of our own packs."""
    return load_catalogue()


@pytest.fixture
def channel() -> FakeChannel:
    """A channel that takes everything."""
    return FakeChannel()


@pytest.fixture
async def quiet_post(storage: SqlStorage, clock: FixedClock, channel: FakeChannel) -> Post:
    """Nothing of it runs."""
    await make_account(storage)
    return make_post(storage, clock, channel)


@pytest.fixture
async def post(storage: SqlStorage, clock: FixedClock, channel: FakeChannel) -> AsyncIterator[Post]:
    """Its writer runs; the relay is stepped."""
    await make_account(storage)
    # A deadline that nothing here reaches but what never answers.
    made = make_post(storage, clock, channel, send_within=0.05)
    writing = asyncio.create_task(made.completion.run())
    yield made
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
