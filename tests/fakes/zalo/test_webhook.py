"""The fake Official Account tells an app what happens: signed as the reference says, and again until it is taken."""

import asyncio
import hashlib
import hmac
import json
import unicodedata
from collections.abc import AsyncIterator

import pytest

from tests.support.clock import FixedClock
from tests.support.zalo.asking import Asker
from tests.support.zalo.events import Bodies, compact
from tests.support.zalo.forging import FORGERIES
from tests.support.zalo.hook import Got, Hook, listening
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo.signature import mac

APP, KEY, STAMP = "3600000000000000001", "OAsecretKEY-for-tests", "1700000000000"
WHO, OA = ("246845883529197922", "552177279717587730"), "388613280878808645"
MESSAGE = {"text": "Xin chào, thủ tục cấp CCCD?", "msg_id": "96d3cdf3af150460909"}
MAC = "518ff578ca3abee593921b82f0420d3e3d304afffc722d75d7701f576525e0c0"


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as hook:
        yield hook


@pytest.fixture
async def zalo(hook: Hook) -> AsyncIterator[FakeZalo]:
    """Waits of the server take a hundred thousandth of their time."""
    async with FakeZalo(clock=FixedClock(), hurry=100_000) as zalo:
        zalo.issue_tokens()
        zalo.hook_url = hook.url
        yield zalo


@pytest.fixture
def lan(zalo: FakeZalo) -> Person:
    return zalo.person("Lan", id=WHO[0])


def good(got: Got) -> bool:
    """The check of the reference, written once more."""
    body, given = got.body, got.headers.get("x-zevent-signature", "")
    words = APP.encode() + got.raw + str(body["timestamp"]).encode() + KEY.encode()
    want = hashlib.sha256(words).hexdigest()
    return body.get("app_id") == APP and given.removeprefix("mac=") == want


def test_the_vector_of_the_reference() -> None:
    body = Bodies(APP, OA).message("user_send_text", WHO, MESSAGE, STAMP)
    raw = compact(body)
    assert len(raw) == 292 and mac(APP, raw, STAMP, KEY) == MAC
    hashed = hmac.new(KEY.encode(), raw, hashlib.sha256).hexdigest()
    assert hashed == "2ddabe90567a8f504bba7f6ff21fcf9eec1c99808539b8d5768326a120919212" != MAC
    again = mac(APP, json.dumps(body).encode(), STAMP, KEY)
    assert again == "02d9c24a38e8c297d02903ee1d22120f8ab95dc2983ff5f4056f025e38c50f9a" != MAC


async def test_a_text_arrives_signed(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    lan.says("Xin chào 👋, " + unicodedata.normalize("NFD", "thủ tục"), quotes="63ecf43f0df7dba892e6")
    await zalo.quiet()
    (got,) = hook.got
    assert good(got) and got.headers["x-zevent-signature"].startswith("mac=")
    assert got.headers["content-type"] == "application/json" and "num_retry" not in got.headers
    body = got.body
    assert body["sender"] == {"id": lan.id} and body["recipient"] == {"id": zalo.oa_id}
    assert body["message"]["quote_msg_id"] and isinstance(body["timestamp"], str)
    assert body["message"]["text"].endswith(unicodedata.normalize("NFD", "thủ tục"))


async def test_other_bytes_for_the_same_event(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    zalo.webhook.style = "odd"
    lan.says("Lệ phí/CCCD")
    await zalo.quiet()
    (got,) = hook.got
    assert good(got) and got.body["message"]["text"] == "Lệ phí/CCCD"
    assert b"\\u1ec7" in got.raw and b"\\/" in got.raw and compact(got.body) != got.raw
    zalo.webhook.style, zalo.webhook.prefixed = "compact", False
    lan.says("x")
    await zalo.quiet()
    assert good(hook.got[1]) and not hook.got[1].headers["x-zevent-signature"].startswith("mac=")


async def test_one_persons_events_come_in_order(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    for number in range(20):
        lan.says(str(number))
    await zalo.quiet()
    assert [body["message"]["text"] for body in hook.of("user_send_text")] == [str(number) for number in range(20)]
    assert hook.most == 1
    stamps = [int(body["timestamp"]) for body in hook.of("user_send_text")]
    assert stamps == sorted(set(stamps))


async def test_who_waits_holds_up_nobody_else(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    hook.gate = asyncio.Event()
    for text in ("một", "hai"):
        lan.says(text)
    zalo.person("Mai").says("ơi")
    await hook.hears(2)
    assert [body["message"]["text"] for body in hook.of("user_send_text")] == ["một", "ơi"]
    hook.gate.set()
    await zalo.quiet()
    assert len(hook.got) == 3


async def test_what_is_not_taken_comes_again_with_its_number(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    hook.fails(3)
    event = lan.says("chào")
    await zalo.until(lambda: event.state == "taken")
    assert [got.headers.get("num_retry") for got in hook.got] == [None, "1", "2", "3"]
    assert len({got.raw for got in hook.got}) == 1 and all(good(got) for got in hook.got)
    assert len({got.headers["x-zevent-signature"] for got in hook.got}) == 1


async def test_after_the_last_try_nothing_comes_any_more(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    hook.fails(6)
    event = lan.says("một")
    await zalo.until(lambda: event.state == "given up")
    assert [attempt.status for attempt in event.attempts] == [500] * 6 and not zalo.webhook.subscribed
    later = lan.says("hai")
    await zalo.until(lambda: later.state == "unsubscribed")
    zalo.webhook.subscribe()
    assert (await zalo.console_test()) == 200
    last = lan.says("ba")
    await zalo.until(lambda: last.state == "taken")
    assert hook.of("user_send_text")[-1]["message"]["text"] == "ba" and len(hook.got) == 8


async def test_a_late_answer_is_none(hook: Hook) -> None:
    async with FakeZalo(answer_within=0.05) as zalo:
        zalo.hook_url, hook.gate = hook.url, asyncio.Event()
        event = zalo.person().says("chào")
        await zalo.until(lambda: event.attempts)
        assert event.attempts[0].why == "answered too late"
        hook.gate.set()
        await zalo.until(lambda: event.state == "retrying")
        zalo.webhook.answer_within = 10
        zalo.webhook.retry_now()
        await zalo.quiet()
        assert event.state == "taken" and hook.got[1].headers["num_retry"] == "1"


async def test_nobody_listens(zalo: FakeZalo, lan: Person) -> None:
    zalo.hook_url = "http://127.0.0.1:9/hook"
    event = lan.says("chào")
    await zalo.until(lambda: event.state == "given up")
    assert {attempt.status for attempt in event.attempts} == {0}
    zalo.hook_url = ""
    assert lan.says("chào").state == "no address"


async def test_events_come_only_where_the_oa_has_let_the_app_in(hook: Hook) -> None:
    async with FakeZalo(clock=FixedClock()) as zalo:
        zalo.hook_url, zalo.webhook.needs_grant = hook.url, True
        assert zalo.person().says("chào").state == "not granted"
        zalo.issue_tokens()
        zalo.person("Mai").says("chào")
        await zalo.quiet()
        assert len(hook.got) == 1


async def test_the_same_again_at_the_same_time(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    event = lan.says("chào")
    await zalo.quiet()
    hook.gate = asyncio.Event()
    zalo.webhook.again(event, times=3)
    await hook.hears(4)
    assert hook.most == 3 and len({got.raw for got in hook.got}) == 1
    hook.gate.set()
    await zalo.quiet()


async def test_out_of_order(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    zalo.webhook.hold()
    for text in ("một", "hai", "ba"):
        lan.says(text)
    zalo.webhook.release(backwards=True)
    await zalo.quiet()
    assert [body["message"]["text"] for body in hook.of("user_send_text")] == ["ba", "hai", "một"]
    zalo.webhook.hold()
    lan.says("bốn")
    lan.says("năm")
    hook.gate = asyncio.Event()
    zalo.webhook.release(at_once=True)
    await hook.hears(5)
    assert hook.most == 2
    hook.gate.set()
    await zalo.quiet()


async def test_the_other_readings_of_the_signature(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    zalo.webhook.secret_key = zalo.app_secret
    lan.says("một")
    await zalo.quiet()
    got = hook.got[0]
    assert got.headers["x-zevent-signature"] == f"mac={mac(APP, got.raw, got.body['timestamp'], zalo.app_secret)}"
    zalo.webhook.app_id, zalo.webhook.secret_key = OA, KEY
    lan.says("hai")
    await zalo.quiet()
    got = hook.got[1]
    assert got.headers["x-zevent-signature"] == f"mac={mac(OA, got.raw, got.body['timestamp'], KEY)}"
    assert got.body["app_id"] == APP


@pytest.mark.parametrize("how", FORGERIES)
async def test_forgeries_are_no_good(zalo: FakeZalo, hook: Hook, how: str) -> None:
    assert await zalo.forged(how) == 200
    assert good(hook.got[0]) is (how == "bare")


async def test_the_consoles_test(zalo: FakeZalo, hook: Hook) -> None:
    assert await zalo.console_test() == 200
    (got,) = hook.got
    assert good(got) and got.body["recipient"]["id"] != zalo.oa_id
    assert got.body["message"] == {"text": "This is testing message", "msg_id": "This is message id"}


async def test_anything_can_be_posted(zalo: FakeZalo, hook: Hook) -> None:
    hook.fails(1, 403)
    assert await zalo.post_raw(b"\xff{", {"X-ZEvent-Signature": "mac="}) == 403
    raw = b'{"app_id":"%s","timestamp":"7"}' % APP.encode()
    assert await zalo.post_raw(raw, signed_at="7") == 200
    assert good(hook.got[1])


async def test_events_of_kinds_nobody_knows(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    lan.does("user_dances", step="1")
    zalo.event({"event_name": "event_journey_acknowledged", "oa_id": zalo.oa_id})
    await zalo.quiet()
    assert all(good(got) for got in hook.got)
    assert sorted(hook.names) == ["event_journey_acknowledged", "user_dances"]


async def test_a_message_of_the_app_is_echoed_received_and_seen(
    zalo: FakeZalo, ask: Asker, hook: Hook, lan: Person
) -> None:
    lan.interacts()
    message_id = (await ask.text(lan.id, "Vâng")).data["message_id"]
    await zalo.quiet()
    echo, received = (got.body for got in hook.got)
    assert echo["event_name"] == "oa_send_text" and echo["message"] == {"text": "Vâng", "msg_id": message_id}
    assert echo["sender"] == {"id": zalo.oa_id} and echo["recipient"] == {"id": lan.id}
    assert received["event_name"] == "user_received_message" and received["message"] == {"msg_id": message_id}
    assert received["sender"] == {"id": zalo.oa_id} and received["recipient"] == {"id": lan.id}
    lan.sees()
    assert lan.sees() is None
    await zalo.quiet()
    (seen,) = hook.of("user_seen_message")
    assert seen["message"] == {"msg_ids": [message_id]} and seen["sender"] == {"id": zalo.oa_id}


async def test_an_officer_is_told_from_the_app_by_an_id(zalo: FakeZalo, hook: Hook, lan: Person) -> None:
    shown = zalo.officer_writes(lan, "Cán bộ đang hỗ trợ anh/chị")
    await zalo.quiet()
    (echo,) = hook.of("oa_send_text")
    assert echo["sender"] == {"id": zalo.oa_id, "admin_id": shown.admin_id}
    assert lan.texts == ["Cán bộ đang hỗ trợ anh/chị"] and zalo.sent == {lan.id: []}
    assert lan.sees() is None, "seen is told of an app's own messages alone"


async def test_echoes_and_receipts_can_be_switched_off(zalo: FakeZalo, ask: Asker, hook: Hook, lan: Person) -> None:
    lan.interacts()
    zalo.webhook.echoes = zalo.webhook.receipts = False
    assert (await ask.text(lan.id)).data
    await zalo.quiet()
    assert not hook.got
