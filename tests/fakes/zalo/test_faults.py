"""What goes wrong with the fake Official Account when a test says so, and how many calls it answers."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.support.clock import FixedClock
from tests.support.zalo import faults
from tests.support.zalo.asking import CS, Asker
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock=clock, hurry=1000) as zalo:
        zalo.issue_tokens()
        yield zalo


async def test_any_number_for_the_next_calls_of_a_path(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    fault = zalo.faults.add(faults.error(-200, path=CS, times=2))
    assert (await ask.get("/v2.0/oa/getoa")).data
    assert [(await ask.text(lan.id)).body["error"] for _ in range(3)] == [-200, -200, 0]
    assert len(fault.struck) == 2 and len(lan.shown) == 1
    zalo.faults.add(faults.error(-223, "Your OA has reach the limit quota create article"))
    assert (await ask.text(lan.id)).refusal == (-223, "Your OA has reach the limit quota create article")


async def test_a_proxys_page(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    zalo.faults.add(faults.html_502(path=CS))
    with pytest.raises(json.JSONDecodeError):
        await ask.text(lan.id)
    zalo.faults.add(faults.garbled(path=CS, accepted=True))
    with pytest.raises(json.JSONDecodeError):
        await ask.text(lan.id)
    assert [call.status for call in zalo.calls_of(CS)] == [502, 200] and len(lan.shown) == 1


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_connection_that_is_cut(zalo: FakeZalo, ask: Asker, lan: Person, accepted: bool) -> None:
    zalo.faults.add(faults.cut(accepted=accepted, path=CS))
    with pytest.raises(aiohttp.ClientError):
        await ask.text(lan.id)
    assert [call.status for call in zalo.calls] == [0] and len(lan.shown) == accepted
    assert (await ask.text(lan.id)).data
    assert len(lan.shown) == 1 + accepted, "there is no key that keeps a repetition from being a second message"


async def test_late_answers(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    zalo.faults.add(faults.slow(30, path=CS))
    assert (await ask.text(lan.id)).data and len(lan.shown) == 1
    hanging = zalo.faults.add(faults.hang(path=CS))
    task = asyncio.ensure_future(ask.text(lan.id))
    await zalo.until(lambda: hanging.struck)
    assert len(lan.shown) == 1 and not task.done()
    hanging.release()
    assert (await task).data and len(lan.shown) == 2


async def test_limits_by_the_minute(zalo: FakeZalo, ask: Asker, lan: Person, clock: FixedClock) -> None:
    told = (await ask.text(lan.id)).headers
    assert (told["X-RateLimit-Limit"], told["X-RateLimit-Remain"]) == ("4000", "3999")
    zalo.rates.enforce(app=3, oa=2)
    assert (await ask.text(lan.id)).headers["X-RateLimit-Remain"] == "1"
    assert (await ask.text(lan.id)).data
    refused = await ask.text(lan.id)
    assert refused.refusal == (-32, "Your OA reached limit call api")
    assert "Retry-After" not in refused.headers and refused.headers["X-RateLimit-Remain"] == "0"
    zalo.rates.enforce(app=1)
    assert (await ask.text(lan.id)).data
    assert (await ask.text(lan.id)).refusal == (-32, "Your application reached limit call api")
    clock.advance(seconds=60)
    assert (await ask.text(lan.id)).data and zalo.rates.refused == 2


async def test_calls_are_written_down(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    await ask.text(lan.id, "Vâng")
    await ask.get("/v3.0/oa/user/detail", {"user_id": lan.id})
    first, second = zalo.calls
    assert (first.method, first.path, first.sent_as, first.user_id) == ("POST", CS, "json", lan.id)
    assert first.body["message"] == {"text": "Vâng"} and first.error == 0 and first.headers["access_token"]
    assert (second.sent_as, second.body, second.error) == ("query", {"user_id": lan.id}, -213)


async def test_what_was_seen_is_told_when_a_wait_is_over(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    await ask.text(lan.id, "Vâng")
    lan.says("ơi")
    with pytest.raises(AssertionError, match=r"cs(?s:.*)Lan: \['Vâng'\](?s:.*)user_send_text no address"):
        await zalo.until(lambda: False, within=0.01)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("application/json", b'{"recipient":'),
        ("application/json", b'"text"'),
        ("application/json", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"recipient=1"),
        ("multipart/form-data", b"no boundary"),
        ("text/plain", b"{}"),
    ],
)
async def test_bodies_that_cannot_be_read(zalo: FakeZalo, ask: Asker, lan: Person, kind: str, raw: bytes) -> None:
    token = zalo.issue_tokens().access_token
    headers = {"access_token": token, "Content-Type": kind}
    async with ask.session.post(zalo.base + CS, data=raw, headers=headers) as response:
        assert response.status == 200
        assert await response.json() == {"error": -201, "message": "body is invalid!"}
    assert not lan.shown
