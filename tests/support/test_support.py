"""The tests' own tools do what they say."""

import asyncio
import socket
from datetime import timedelta
from typing import Any

import pytest

from core.errors import SendError, SendErrorKind
from core.messages import OutboundMessage
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel, refusing
from tests.support.clock import MORNING, FixedClock, TickingClock
from tests.support.rows import traces, urn


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
