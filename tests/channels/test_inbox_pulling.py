"""Fetching, step by step: what is signed stays signed, what fails is tried again, what is odd is told."""

import asyncio
import hashlib
import hmac
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.held import asking
from bot.held.asking import AskingError, House
from bot.held.condition import Trouble
from bot.held.pulling import TRIES, Pulling, RefusedPostError
from bot.knowledge import Knowledge
from core.errors import StorageError
from core.held import arrived_at
from tests.support.clock import MORNING, FixedClock
from tests.support.houses import KEY, province_on
from tests.support.telegram.hook import serving

ZALO = "zalo.dak-cam"
APP, SECRET = "3600000000000000001", "OAsecretKEY-for-tests"


@dataclass
class SignedHook:
    """Takes what is signed as Zalo signs: over the bytes, so that a single changed one shows."""

    clock: FixedClock
    got: list[bytes] = field(default_factory=list)
    came_at: list[datetime] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)  # the next ones it raises

    def knows(self, headers: Mapping[str, str]) -> bool:
        return "x-zevent-signature" in headers

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        if not hmac.compare_digest(f"mac={signature(body)}", headers["x-zevent-signature"]):
            return 401, b""
        if self.fails:
            raise self.fails.pop(0)
        self.got.append(body)
        self.came_at.append(arrived_at(headers, self.clock.now()))
        return 200, b""


def signature(body: bytes) -> str:
    return hashlib.sha256(APP.encode() + body + b"1700000000000" + SECRET.encode()).hexdigest()


def a_post(number: int, body: bytes, **changed: Any) -> dict[str, Any]:
    """As a house tells it."""
    told = {
        "id": number,
        "received_at": MORNING.isoformat(),
        "headers": {"x-zevent-signature": f"mac={signature(body)}"},
        "body": b64encode(body).decode(),
    }
    return {**told, **changed}


@dataclass
class Script:
    """A house that answers as a test says: in turn, the last one for ever."""

    answers: list[Any] = field(default_factory=list)  # posts, or what makes an answer of its own
    takes: list[int] = field(default_factory=list)  # the statuses of its answers to what was taken; then 200
    asked: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    async def tell(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.match_info["account"], request.query["after"]))
        self.keys.append(request.headers.get("Authorization", ""))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if callable(answer):
            made: web.StreamResponse = await answer(request)
            return made
        return web.json_response({"posts": answer})

    async def take(self, request: web.Request) -> web.StreamResponse:
        status = self.takes.pop(0) if self.takes else 200
        if status == 200:
            self.taken.append((await request.json())["up_to"])
        return web.json_response({"gone": 0}, status=status)


@dataclass
class Asking:
    """Everything on the ward's side of it."""

    script: Script
    url: str
    house: House
    hook: SignedHook
    pulling: Pulling
    faults: list[BaseException]
    slept: list[float]


@asynccontextmanager
async def asking_of(script: Script, clock: FixedClock) -> AsyncIterator[Asking]:
    """A ward's fetching, against such a house on a real socket."""
    app = web.Application()
    app.router.add_get("/inbox/{account}", script.tell)
    app.router.add_post("/inbox/{account}/taken", script.take)
    faults: list[BaseException] = []
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    async with serving(app) as url:
        house, hook = House(url, KEY), SignedHook(clock)
        pulling = Pulling(
            "zalo.main", ZALO, hook=hook, house=house, clock=clock, on_fault=lambda _, e: faults.append(e), sleep=sleep
        )
        yield Asking(script, url, house, hook, pulling, faults, slept)
        await house.close()


async def run_until(one: Asking, holds: Callable[[], object]) -> None:
    """Let it run by itself until then."""
    running = asyncio.create_task(one.pulling.run())
    try:
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 - told by nobody
                await asyncio.sleep(0.001)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_what_was_signed_far_away_is_signed_here(knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> None:
    """Through two real houses: not a byte is other than it was, and it is known since when it was held."""
    body = '{"event_name":"user_send_text",\r\n "message":{"text":"Xin  chào, \\u0111 ệ 🌾"}}'.encode() + b" \xff\x00"
    hook, faults = SignedHook(clock), list[BaseException]()
    async with province_on(
        knowledge=knowledge, database_url="", data_dir=tmp_path, keys=f"{ZALO}={KEY}", clock=clock
    ) as province:
        signed = {"x_zevent_signature": f"mac={signature(body)}", "content_type": "application/json"}
        assert await province.posted(ZALO, body, **signed) == 200
        assert await province.posted(ZALO, body[:-1], **signed) == 200
        clock.advance(days=3)
        house = House(province.address, KEY)
        pulling = Pulling(
            "zalo.main", ZALO, hook=hook, house=house, clock=clock, on_fault=lambda _, e: faults.append(e)
        )
        await pulling.step()
        await house.close()
        assert await province.held(ZALO) == []
    assert (hook.got, hook.came_at) == ([body], [MORNING])
    assert [type(one) for one in faults] == [RefusedPostError]


async def test_what_is_not_stored_is_not_taken_and_nothing_overtakes_it(clock: FixedClock) -> None:
    script = Script([[a_post(7, b"b"), a_post(9, b"c")]])
    async with asking_of(script, clock) as one:
        one.hook.fails = [StorageError("the disk is full")]
        with pytest.raises(StorageError):
            await one.pulling.step()
        assert (one.hook.got, script.taken) == ([], [])
        await one.pulling.step()
    assert (one.hook.got, script.taken) == ([b"b", b"c"], [9])
    assert one.pulling.pulled.refused == 0


async def test_a_house_that_does_not_hear_what_was_taken_is_told_again(clock: FixedClock) -> None:
    """And gives nothing twice meanwhile: it is asked for what comes after."""
    script = Script([[a_post(4, b"a")], [a_post(5, b"b")], []], takes=[503])
    async with asking_of(script, clock) as one:
        await run_until(one, lambda: len(script.asked) > 2)
    assert script.asked[:3] == [(ZALO, "0"), (ZALO, "4"), (ZALO, "0")]
    assert (one.hook.got, script.taken) == ([b"a", b"b"], [5])
    assert [str(error).partition(" -- ")[0] for error in one.faults] == [f"{one.url}/inbox/{ZALO}/taken: answers 503"]


async def test_a_post_at_which_our_own_reading_fails_does_not_block_the_others(clock: FixedClock) -> None:
    script = Script([[a_post(1, b"odd"), a_post(2, b"b")]])
    async with asking_of(script, clock) as one:
        one.hook.fails = [KeyError("message")] * TRIES
        await run_until(one, lambda: script.taken)
    assert one.hook.got[:1] == [b"b"]
    assert (script.taken[0], one.pulling.pulled.refused) == (2, 1)
    told = [type(error) for error in one.faults]
    assert told[: TRIES + 1] == [*[KeyError] * TRIES, RefusedPostError]


async def test_storage_that_is_away_is_waited_for_however_long(clock: FixedClock) -> None:
    script = Script([[a_post(1, b"a")]])
    async with asking_of(script, clock) as one:
        one.hook.fails = [StorageError("away")] * (TRIES + 4)
        await run_until(one, lambda: script.taken)
    assert (one.hook.got[:1], one.pulling.pulled.refused) == ([b"a"], 0)
    assert one.slept[:9] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_a_house_that_does_not_let_us_wait_is_not_asked_without_a_pause(clock: FixedClock) -> None:
    async with asking_of(Script([[]]), clock) as one:
        await run_until(one, lambda: len(one.slept) > 2)
    assert set(one.slept) == {1.0} and one.faults == []


def answering(status: int = 200, body: bytes = b"{}", **headers: str) -> Callable[..., Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    return answer


async def cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def cut_within(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b'{"posts": [')
    assert request.transport is not None
    request.transport.abort()
    return answer


GOOD = a_post(1, b"a")


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (answering(401), Trouble.KEY),
        (answering(404), Trouble.ACCOUNT),
        (answering(500), Trouble.FAILED),
        (answering(503), Trouble.FAILED),
        (answering(429), Trouble.FAILED),
        (answering(302, Location="http://127.0.0.1:9/"), Trouble.ODD),
        (answering(204, b""), Trouble.ODD),
        (answering(200, b"<html>"), Trouble.ODD),
        (answering(200, b"\xff"), Trouble.ODD),
        (answering(200, b"[" * 100_000), Trouble.ODD),
        (answering(200, b"[]"), Trouble.ODD),
        (answering(200, b"{}"), Trouble.ODD),
        (answering(200, b'{"posts": {}}'), Trouble.ODD),
        (answering(200, b" " * (asking.LARGEST_ANSWER + 1)), Trouble.ODD),
        ([1], Trouble.ODD),
        ([{**GOOD, "id": "1"}], Trouble.ODD),
        ([{**GOOD, "body": "%%%"}], Trouble.ODD),
        ([{**GOOD, "body": None}], Trouble.ODD),
        ([{**GOOD, "headers": []}], Trouble.ODD),
        ([{**GOOD, "received_at": "2026-11-20T02:00:00"}], Trouble.ODD),
        ([{**GOOD, "received_at": 1}], Trouble.ODD),
        ([{name: value for name, value in GOOD.items() if name != "body"}], Trouble.ODD),
        (cut, Trouble.UNREACHED),
        (cut_within, Trouble.UNREACHED),
    ],
)
async def test_an_odd_answer_is_told_and_nothing_is_taken(clock: FixedClock, answer: Any, trouble: Trouble) -> None:
    async with asking_of(Script([answer]), clock) as one:
        with pytest.raises(AskingError) as told:
            await one.pulling.step()
    assert told.value.trouble is trouble
    assert str(told.value).startswith(f"{one.url}/inbox/{ZALO}: ") and " -- " in str(told.value)
    assert KEY not in str(told.value) and told.value.__cause__ is None
    assert (one.script.taken, one.hook.got) == ([], [])


async def test_the_key_is_shown_to_the_house_and_to_nobody_it_leads_to(clock: FixedClock) -> None:
    elsewhere = Script([[]])
    async with asking_of(elsewhere, clock) as other:
        led = answering(307, Location=f"{other.url}/inbox/{ZALO}?after=0")
        async with asking_of(Script([led]), clock) as one:
            with pytest.raises(AskingError):
                await one.pulling.step()
    assert (one.script.keys, elsewhere.keys) == ([f"Bearer {KEY}"], [])


async def test_a_house_that_says_nothing_is_given_up_for_now(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    monkeypatch.setattr(asking, "ANSWER_WITHIN", 0.05)
    async with asking_of(Script([silent]), clock) as one:
        with pytest.raises(AskingError, match="does not answer in time") as told:
            await one.pulling.step()
    assert told.value.trouble is Trouble.UNREACHED


async def test_trouble_ends_with_the_next_answer(clock: FixedClock) -> None:
    async with asking_of(Script([answering(503), [a_post(1, b"a")], []]), clock) as one:
        await run_until(one, lambda: len(one.script.asked) > 2)
    assert one.pulling.pulled.trouble is None
    assert (one.pulling.pulled.last, one.pulling.pulled.stored) == (clock.now(), 1)


def test_since_when_a_post_was_held_is_never_later_than_now_and_never_odd() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    for odd in ("", "x", "-1", "²", "1.5", "9" * 15, "9" * 14):
        assert arrived_at({"x-held-since": odd}, now) == now
    assert arrived_at({"x-held-since": "0"}, now) == datetime(1970, 1, 1, tzinfo=UTC)
