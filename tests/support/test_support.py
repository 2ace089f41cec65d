"""The tests' own tools do what they say."""

import asyncio
import socket
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.errors import SendError, SendErrorKind
from core.messages import OutboundMessage
from core.records import AuditEntry
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel, refusing
from tests.support.clock import MORNING, FixedClock, TickingClock
from tests.support.databases import Databases
from tests.support.rows import ask, everything, new_update, receive, traces, urn


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock()
    assert clock.now() == clock.now() == MORNING
    assert clock.advance(seconds=30, days=1) == clock.now() == MORNING + timedelta(days=1, seconds=30)


def test_a_ticking_clock_never_gives_the_same_moment() -> None:
    clock = TickingClock(step=timedelta(seconds=1))
    assert [clock.now() - MORNING for _ in range(3)] == [timedelta(seconds=n) for n in (1, 2, 3)]


def test_seeded_chance_comes_out_the_same() -> None:
    one, same, other = SeededChance(1), SeededChance(1), SeededChance(2)
    assert one.pick("abc", 50) == same.pick("abc", 50) != other.pick("abc", 50)
    assert one.fraction() == same.fraction() and 0 <= one.fraction() < 1


def test_a_trace_is_found_by_word_and_by_number() -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "t": [{"contact_id": 7, "id": 7, "text": "nhà bà Tư"}],
        "contacts": [{"id": 7}],
    }
    assert traces(rows, "bà Tư", contacts=[7]) == ["t.contact_id", "t.text", "contacts.id"]
    assert traces(rows, "ông Sáu", contacts=[8]) == []


async def test_a_fake_channel_refuses_as_often_as_it_is_told() -> None:
    channel = FakeChannel(refuse=refusing(SendErrorKind.THROTTLED, times=1, retry_after=2))
    with pytest.raises(SendError, match="throttled"):
        await channel.send(urn(), 1, OutboundMessage(text="a"))
    assert await channel.send(urn(), 2, OutboundMessage(text="b")) == "provider-2"
    assert (channel.tried, channel.taken) == (["a", "b"], ["b"])


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match=r"a test reached for 192\.0\.2\.1"):
        one.connect(("192.0.2.1", 80))


async def test_nor_by_an_event_loop() -> None:
    with pytest.raises(AssertionError, match=r"a test reached for 192\.0\.2\.1"):
        async with asyncio.timeout(5):
            await asyncio.open_connection("192.0.2.1", 80)


@pytest.mark.thorough
@pytest.mark.postgres
@pytest.mark.parametrize("updates", [1, 500], ids=["few rows", "many rows"])
def test_a_database_given_back_is_as_new(databases: Databases, updates: int, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("postgresql")

    async def use() -> tuple[int, dict[str, list[dict[str, Any]]]]:
        engine = make_engine(url)
        storage = SqlStorage(engine)
        before = await everything(storage)
        await ask(storage)
        await receive(storage, *(new_update(str(number), text="mưa " * 50) for number in range(updates)))
        async with storage.write() as uow:
            await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c", detail={})])
            await uow.commit()
        after = await everything(storage)
        with pytest.raises(DBAPIError, match="audit"):
            async with engine.begin() as connection:
                await connection.execute(text("DELETE FROM audit_log"))
        await close_engine(engine)
        return sum(len(rows) for rows in before.values()), after

    made = []
    for _ in range(2):
        url = databases.new("postgresql")
        old, rows = asyncio.run(use())
        databases.give_back(url)
        made.append(rows)
    assert old == 0
    assert made[0] == made[1]
    assert len(made[0]["inbound_updates"]) == updates


@pytest.mark.postgres
def test_a_transaction_left_open_does_not_go_unseen(
    databases: Databases, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("postgresql")
    monkeypatch.setattr("tests.support.databases.OTHERS_WITHIN", "0.05s")
    url = databases.new("postgresql")

    async def forget() -> None:
        engine = make_engine(url)
        async with engine.connect() as connection:
            await connection.execute(text("SELECT * FROM contacts"))
            with pytest.raises(asyncpg.LockNotAvailableError):
                await asyncio.to_thread(databases.give_back, url)
        await close_engine(engine)

    asyncio.run(forget())
    databases.give_back(url)
