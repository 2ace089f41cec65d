"""The tests' own Bot Platform: calls and refusals as the documents show them, and as they were seen."""

import asyncio
import re
from typing import Any

import aiohttp
import pytest

from tests.support.clock import FixedClock
from tests.support.zalobot import faults
from tests.support.zalobot.asking import Asker
from tests.support.zalobot.people import Person
from tests.support.zalobot.server import FakeZaloBot

ID = re.compile(r"[0-9a-f]{20}")


@pytest.fixture
def lan(zalo: FakeZaloBot) -> Person:
    """Somebody who has written."""
    person = zalo.person("Nguyễn Văn A")
    person.wrote = True
    return person


def error(code: int) -> dict[str, Any]:
    return {"ok": False, "error_code": code}


async def test_who_the_bot_is(ask: Asker) -> None:
    told = await ask("getMe")
    assert told.body["ok"] is True and told.body["result"].keys() == {
        "id",
        "account_name",
        "account_type",
        "can_join_groups",
    }


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_a_text_is_taken_however_it_is_sent(ask: Asker, lan: Person, way: str) -> None:
    told = await ask("sendMessage", way, chat_id=lan.id, text="Xin chào, anh/chị cần hỏi gì ạ?")
    result = told.body["result"]
    assert told.status == 200 and ID.fullmatch(result["message_id"]) and isinstance(result["date"], int)
    assert result["date"] > 10**12, "milliseconds"
    assert lan.texts == ["Xin chào, anh/chị cần hỏi gì ạ?"] and lan.shown[0].message_id == result["message_id"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [("", False), ("x" * 2000, True), ("x" * 2001, False), ("e\u0302\u0301" * 2000, True), ("🌾" * 2000, True)],
)
async def test_a_text_has_1_to_2000_composed_characters(ask: Asker, lan: Person, text: str, taken: bool) -> None:
    told = await ask("sendMessage", chat_id=lan.id, text=text)
    assert told.body["ok"] is taken and (taken or told.body["error_code"] == 400)
    assert len(lan.shown) == taken


@pytest.mark.parametrize(
    ("styles", "taken"),
    [
        ([{"start": 0, "len": 6, "st": ["b"]}, {"start": 8, "len": 7, "st": ["c_db342e", "f_18"]}], True),
        ([{"start": 0, "len": 99, "st": ["b"]}], False),
        ([{"start": 0, "len": 1, "st": ["blinking"]}], False),
        ("b", False),
    ],
)
async def test_styles_must_fit_the_text(ask: Asker, lan: Person, styles: Any, taken: bool) -> None:
    told = await ask("sendMessage", chat_id=lan.id, text="Lệ phí: 50.000đ", text_styles=styles)
    assert told.body["ok"] is taken
    assert (await ask("sendMessage", chat_id=lan.id, text="a", text_styles=styles, parse_mode="html")).body["ok"]


async def test_styles_count_signs_as_phones_do(ask: Asker, lan: Person) -> None:
    for length, taken in ((4, True), (5, False)):
        styles = [{"start": 0, "len": length, "st": ["b"]}]
        assert (await ask("sendMessage", chat_id=lan.id, text="🌾🌾", text_styles=styles)).body["ok"] is taken


@pytest.mark.parametrize("method", ["getme", "editMessageText", "deleteMessage", "answerCallbackQuery", "sendDocument"])
async def test_other_methods_are_not_there(ask: Asker, method: str) -> None:
    told = await ask(method)
    assert told.status == 200 and told.body.items() >= error(404).items()


async def test_what_the_server_does_not_read_is_noted(zalo: FakeZaloBot, ask: Asker, lan: Person) -> None:
    assert (await ask("sendMessage", chat_id=lan.id, text="a", reply_markup={"inline_keyboard": []})).body["ok"]
    assert zalo.ignored == [("sendMessage", "reply_markup")]


async def test_a_wrong_token_is_told_as_data_or_as_a_page(zalo: FakeZaloBot, ask: Asker) -> None:
    told = await ask("getMe", token="1:wrong")
    assert told.status == 200 and told.body == {"ok": False, "description": "Unauthorized", "error_code": 401}
    zalo.switches.errors = "http"
    assert (await ask("getMe", token="1:wrong")).status == 401
    zalo.switches.wrong_token, zalo.switches.page_status = "page", 404
    told = await ask("getMe", token="1:wrong")
    assert (told.status, told.kind) == (404, "text/html")
    zalo.open = False
    assert (await ask("getMe")).kind == "text/html"


@pytest.mark.parametrize("code", [400, 403])
async def test_nobody_is_written_to_first(zalo: FakeZaloBot, ask: Asker, code: int) -> None:
    zalo.switches.unknown_chat = code  # type: ignore[assignment]
    stranger = zalo.person()
    for chat_id in (stranger.id, "no-such-chat"):
        assert (await ask("sendMessage", chat_id=chat_id, text="a")).body["error_code"] == code
    stranger.blocking = stranger.wrote = True
    assert (await ask("sendMessage", chat_id=stranger.id, text="a")).body["error_code"] == 403


async def test_the_plan_has_room_for_fifty_people_and_three_thousand_messages(
    zalo: FakeZaloBot, ask: Asker, lan: Person, clock: FixedClock
) -> None:
    for _ in range(49):
        zalo.person().wrote = True
    last = zalo.person()
    last.says("chào")
    assert len(zalo.lost) == 1
    told = await ask("sendMessage", chat_id=last.id, text="a")
    assert told.body == {"ok": False, "description": "Quota exceeded", "error_code": 429}
    zalo.switches.month = 2
    for ok in (True, True, False):
        assert (await ask("sendMessage", chat_id=lan.id, text="a")).body["ok"] is ok
    clock.advance(days=15)
    assert (await ask("sendMessage", chat_id=lan.id, text="a")).body["ok"], "a new month"


async def test_a_picture_is_downloaded_twice_and_black_when_it_is_gone(
    zalo: FakeZaloBot, ask: Asker, lan: Person
) -> None:
    zalo.state.media["map.jpg"] = b"a map"
    asked = asyncio.create_task(ask("sendPhoto", chat_id=lan.id, photo=f"{zalo.url}/media/map.jpg", caption="Sơ đồ"))
    assert (await asked).body["ok"] and lan.shown[0].pictures == [b"a map", b"a map"] and not lan.shown[0].black
    asked = asyncio.create_task(ask("sendPhoto", chat_id=lan.id, photo=f"{zalo.url}/media/map.jpg"))
    await zalo.until(lambda: len(lan.shown) == 2)
    del zalo.state.media["map.jpg"]
    assert (await asked).body["ok"] and lan.shown[1].black
    assert not (await ask("sendPhoto", chat_id=lan.id, photo=f"{zalo.url}/media/map.jpg")).body["ok"]


async def test_stickers_voices_and_signs_of_typing(zalo: FakeZaloBot, ask: Asker, lan: Person) -> None:
    assert (await ask("sendSticker", chat_id=lan.id, sticker="0e078a2559bc9ee2c7ad")).body["ok"]
    assert (await ask("sendVoice", chat_id=lan.id, voice_url="https://example.gov.vn/a.aac")).body["ok"]
    assert not (await ask("sendVoice", chat_id=lan.id, voice_url="https://example.gov.vn/a.mp3")).body["ok"]
    assert [one.kind for one in lan.shown] == ["sticker", "voice"]
    group = zalo.group()
    lan.speaks_in(group, "chào")
    assert (await ask("sendVoice", chat_id=group.id, voice_url="https://a.vn/a.aac")).body["ok"] and not group.shown
    assert (await ask("sendChatAction", chat_id=lan.id, action="typing")).body == {"ok": True} and lan.typing == 1
    assert not (await ask("sendChatAction", chat_id=lan.id, action="dancing")).body["ok"]


async def test_whatever_goes_wrong_goes_wrong_once(zalo: FakeZaloBot, ask: Asker, lan: Person) -> None:
    zalo.faults.add(faults.page(502))
    zalo.faults.add(faults.error(500, "Internal", status=500))
    zalo.faults.add(faults.cut(accepted=False))
    zalo.faults.add(faults.cut(accepted=True))
    zalo.faults.add(faults.half())
    seen = []
    for number in range(6):
        try:
            seen.append((await ask("sendMessage", chat_id=lan.id, text=str(number))).status)
        except aiohttp.ClientError:
            seen.append(0)
    assert seen == [502, 500, 0, 0, 0, 200]
    assert lan.texts == ["3", "4", "5"], "what was accepted is shown, whatever became of the answer"


async def test_what_hangs_waits_until_it_is_released(zalo: FakeZaloBot, ask: Asker, lan: Person) -> None:
    fault = zalo.faults.add(faults.hang())
    asked = asyncio.create_task(ask("sendMessage", chat_id=lan.id, text="a"))
    await zalo.until(lambda: fault.struck)
    assert not lan.shown and not asked.done()
    fault.release()
    assert (await asked).body["ok"] and lan.texts == ["a"]


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff", b"1"])
async def test_a_body_that_is_none_is_refused(zalo: FakeZaloBot, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{zalo.url}/bot{zalo.token}/getMe"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert (await answer.json())["error_code"] == 400
