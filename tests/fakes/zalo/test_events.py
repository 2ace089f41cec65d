"""What the fake Official Account tells an app of people, against the documented samples, field by field in order."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from tests.support.clock import FixedClock
from tests.support.zalo import faults
from tests.support.zalo.asking import asking
from tests.support.zalo.hook import Hook, listening
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo.webhook import Event

APP, OA, USER, BY_APP = "3600000000000000001", "388613280878808645", "246845883529197922", "552177279717587730"
SHARED = {"app_id": APP, "sender": {"id": USER}, "user_id_by_app": BY_APP, "recipient": {"id": OA}}
PDF = b"%PDF-1.7"
SUM = hashlib.md5(PDF).hexdigest()
ADDRESS = {"user_city": "Hà Nội", "user_ward": "Phường Cửa Nam", "user_address": "Số 1"}
NEW_FORM = {"name": "Nguyễn Văn A", "phone": "84987654321", "user_dob": "01/01/1990", "gender": "1"}
OLD_FORM = {"name": "Nguyễn Văn A", "phone": "84987654321", "address": "Số 1", "city": "Hà Nội", "district": ""}


def attached(kind: str, payload: dict[str, str], **more: str) -> dict[str, Any]:
    """The sample of something sent; ids and addresses of files stand as M and U."""
    message = {"msg_id": "M", **more, "attachments": [{"type": kind, "payload": payload}]}
    return {**SHARED, "event_name": f"user_send_{kind}", "message": message, "timestamp": "T"}


COORDINATES = {"latitude": "10.79", "longitude": "106.78"}
FOLLOWER = {"oa_id": OA, "follower": {"id": USER}, "user_id_by_app": BY_APP}
SAMPLES: list[tuple[Callable[[Person], Event | None], dict[str, Any]]] = [
    (
        lambda lan: lan.says("Xin chào", quotes="63ecf43f0df7dba892e6"),
        SHARED
        | {
            "event_name": "user_send_text",
            "message": {"text": "Xin chào", "msg_id": "M", "quote_msg_id": "63ecf43f0df7dba892e6"},
            "timestamp": "T",
        },
    ),
    (
        lambda lan: lan.sends_image(b"\xff\xd8\xff", "Giấy này đúng không ạ?"),
        attached("image", {"thumbnail": "U", "url": "U"}, text="Giấy này đúng không ạ?"),
    ),
    (lambda lan: lan.sends_image(b"\xff\xd8\xff"), attached("image", {"thumbnail": "U", "url": "U"})),
    (lambda lan: lan.sends_audio(), attached("audio", {"url": "U"})),
    (lambda lan: lan.sends_sticker("S"), attached("sticker", {"id": "S", "url": "U"})),
    (lambda lan: lan.sends_video(), attached("video", {"thumbnail": "U", "description": "", "url": "U"})),
    (
        lambda lan: lan.sends_file(PDF),
        attached("file", {"name": "don.pdf", "size": "8", "type": "pdf", "checksum": SUM, "url": "U"}),
    ),
    (
        lambda lan: lan.sends_location(10.79, 106.78, "Thủ Đức"),
        SHARED
        | {
            "event_name": "user_send_location",
            "message": {
                "attachments": [{"payload": {"coordinates": COORDINATES}, "type": "location"}],
                "text": "Thủ Đức",
                "msg_id": "M",
            },
            "timestamp": "T",
        },
    ),
    (
        lambda lan: lan.follows(),
        FOLLOWER | {"event_name": "follow", "source": "oa_profile", "app_id": APP, "timestamp": "T"},
    ),
    (
        lambda lan: lan.unfollows(),
        FOLLOWER | {"event_name": "unfollow", "source": "oa_profile", "app_id": APP, "timestamp": "T"},
    ),
    (
        lambda lan: lan.opens_chat(),
        {
            "oa_id": OA,
            "user_id": USER,
            "user_id_by_app": BY_APP,
            "event_name": "user_click_chatnow",
            "app_id": APP,
            "timestamp": "T",
        },
    ),
    (
        lambda lan: lan.submits_info(),
        {
            "app_id": APP,
            "sender": {"id": USER},
            "recipient": {"id": OA},
            "event_name": "user_submit_info",
            "info": NEW_FORM | {"full_address": ADDRESS},
            "timestamp": "T",
        },
    ),
    (
        lambda lan: lan.submits_info(old_form=True),
        {
            "app_id": APP,
            "sender": {"id": USER},
            "recipient": {"id": OA},
            "event_name": "user_submit_info",
            "info": OLD_FORM | {"ward": "Phường Cửa Nam"},
            "timestamp": "T",
        },
    ),
    (
        lambda lan: lan.reacts("63ecf43f0df7dba892e6"),
        {
            "app_id": APP,
            "sender": {"id": USER},
            "recipient": {"id": OA},
            "event_name": "user_reacted_message",
            "message": {"msg_id": "63ecf43f0df7dba892e6", "react_icon": "/-heart"},
            "timestamp": "T",
        },
    ),
]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as hook:
        yield hook


@pytest.fixture
async def zalo(hook: Hook) -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock=FixedClock()) as zalo:
        zalo.hook_url = hook.url
        yield zalo


@pytest.fixture
def lan(zalo: FakeZalo) -> Person:
    lan = zalo.person("Nguyễn Văn A", id=USER, phone="84987654321")
    lan.id_by_app = BY_APP
    return lan


def masked(value: Any, own: set[str], base: str) -> Any:
    """With what chance and time decide put as M, T and U."""
    if isinstance(value, list):
        return [masked(one, own, base) for one in value]
    if isinstance(value, dict):
        return {key: "T" if key == "timestamp" else masked(one, own, base) for key, one in value.items()}
    return "M" if value in own else "U" if isinstance(value, str) and value.startswith(base) else value


@pytest.mark.parametrize(("does", "sample"), SAMPLES)
async def test_samples(
    zalo: FakeZalo, hook: Hook, lan: Person, does: Callable[[Person], Event | None], sample: dict[str, Any]
) -> None:
    event = does(lan)
    await zalo.quiet()
    (got,) = hook.got
    assert event is not None and got.raw == event.raw
    found = masked(got.body, {line.message_id for line in lan.lines}, zalo.base)
    assert json.dumps(found, ensure_ascii=False) == json.dumps(sample, ensure_ascii=False)


async def test_times_are_milliseconds_in_a_string(zalo: FakeZalo, lan: Person) -> None:
    first, second = (lan.says("x").body["timestamp"] for _ in range(2))
    assert first == str(int(zalo.state.clock.now().timestamp() * 1000)) and int(second) == int(first) + 1


async def test_ids_are_beyond_what_a_number_holds(zalo: FakeZalo) -> None:
    ids = [zalo.person().id for _ in range(50)]
    assert len(set(ids)) == 50 and all(len(one) == 19 and int(one) > 2**53 for one in ids)


async def test_files_lie_open_until_they_are_gone(zalo: FakeZalo, lan: Person) -> None:
    url = lan.sends_file(PDF, "đơn #1.pdf").body["message"]["attachments"][0]["payload"]["url"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert await response.read() == PDF
        zalo.faults.add(faults.html_502(when=lambda call: call.path.startswith("/media/")))
        async with session.get(url) as response:
            assert response.status == 502
        zalo.files.forget_media()
        async with session.get(url) as response:
            assert response.status == 404
    assert len(zalo.files.fetched) == 2


async def test_the_chat_is_opened_once(lan: Person) -> None:
    assert lan.opens_chat() and lan.opens_chat() is None


async def test_what_opens_the_window(zalo: FakeZalo, lan: Person) -> None:
    async with asking(zalo) as ask:
        zalo.issue_tokens()
        opening: list[Callable[[], object]] = [
            lan.follows,
            lan.opens_chat,
            lan.submits_info,
            lan.sends_sticker,
            lambda: lan.says("x"),
            lan.interacts,
        ]
        for does in opening:
            lan.window.last = None
            assert (await ask.text(lan.id)).code == -232
            does()
            assert (await ask.text(lan.id)).data
        for does in (lan.sees, lan.unfollows, lambda: lan.reacts("x")):
            lan.window.last = None
            does()
            assert (await ask.text(lan.id)).code == -232
