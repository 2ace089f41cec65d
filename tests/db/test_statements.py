"""What one update costs in statements, and that a crowd costs hardly more than one person."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.knowledge import Knowledge
from bot.parts import Parts
from db.unit_of_work import SqlStorage
from handlers.service import Service
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel
from tests.support.clock import FixedClock
from tests.support.rows import ACCOUNT, everything, new_update, receive

# claim (and whose is first, on PostgreSQL), find, questions, consents, versions, contacts, conversations, message in
# and message out (each with its number asked for on SQLite), known keys, deliveries, finish; and for a new person
# contact, address, conversation, and find again (on PostgreSQL before it as well).
MOST_KNOWN, MOST_NEW = 14, 18


@dataclass
class Counter:
    """Statements since it was last looked at."""

    statements: int = 0

    def take(self) -> int:
        taken, self.statements = self.statements, 0
        return taken


_ours: ContextVar[Counter | None] = ContextVar("_ours", default=None)


@contextmanager
def counting(storage: SqlStorage) -> Iterator[Counter]:
    """Statements of this task and of those it begins: not of what else the product does at the same time."""
    counter = Counter()

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        counter.statements += _ours.get() is counter and not statement.startswith("BEGIN")

    event.listen(storage.engine.sync_engine, "before_cursor_execute", note)
    token = _ours.set(counter)
    try:
        yield counter
    finally:
        _ours.reset(token)
        event.remove(storage.engine.sync_engine, "before_cursor_execute", note)


@pytest.fixture
def service(store: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> Service:
    parts = Parts(
        storage=store,
        knowledge=knowledge,
        channels={ACCOUNT: FakeChannel()},
        clock=clock,
        chance=SeededChance(),
        data_dir=tmp_path,
        key=b"k" * 32,
        worker="one",
    )
    return Service(parts.desk(parts.files()))


async def cost(service: Service, storage: SqlStorage, name: str, people: int) -> int:
    """Statements for one message of each of so many people, handled together."""
    await receive(storage, *(new_update(f"{name}{n}", f"p{n}", "menu") for n in range(people)))
    with counting(storage) as counter:
        assert await service.handle_waiting() == people
        return counter.take()


async def test_an_update_costs_few_statements(service: Service, store: SqlStorage) -> None:
    assert await cost(service, store, "first", 1) <= MOST_NEW
    assert await cost(service, store, "second", 1) <= MOST_KNOWN


async def test_two_hundred_people_cost_as_many_statements_as_one(service: Service, store: SqlStorage) -> None:
    new_one = await cost(service, store, "a", 1)
    known_one = await cost(service, store, "b", 1)
    assert await cost(service, store, "c", 200) <= new_one + 2
    assert await cost(service, store, "d", 200) <= known_one + 2
    replies = [row for row in (await everything(store))["deliveries"] if row["status"] == "queued"]
    assert len(replies) >= 402


async def test_looking_whether_anything_waits_costs_one(service: Service, store: SqlStorage) -> None:
    with counting(store) as counter:
        assert await service.handle_waiting() == 0
        assert counter.take() == 1
