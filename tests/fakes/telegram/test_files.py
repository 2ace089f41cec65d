"""The fake Telegram takes files within the limits, gives them back, and counts messages when asked to."""

import asyncio
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile
from aiohttp import ClientError

from tests.support.clock import FixedClock
from tests.support.telegram import faults
from tests.support.telegram.asking import Asker, aiogram_bot
from tests.support.telegram.people import Person
from tests.support.telegram.pictures import size_of
from tests.support.telegram.server import FakeTelegram

MEGA = 1_000_000


def png(width: int = 640, height: int = 480, padding: int = 0) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\0" * (5 + padding)


@pytest.fixture
async def telegram(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock) as telegram:
        yield telegram


@pytest.fixture
def lan(telegram: FakeTelegram) -> Person:
    return telegram.person(first_name="Lan")


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "audio", "video"])
async def test_a_file_is_sent_once_and_then_by_its_id(ask: Asker, lan: Person, kind: str) -> None:
    method, data = f"send{kind.capitalize()}", png()
    message = (await ask(method, chat_id=lan.id, **{kind: data}, caption="<b>đây</b>", parse_mode="HTML")).result
    part = message[kind][-1] if kind == "photo" else message[kind]
    assert (part["file_size"], message["caption"]) == (len(data), "đây")
    again = (await ask(method, chat_id=lan.id, **{kind: part["file_id"]})).result
    assert [(s.kind, s.file, s.caption, s.method) for s in lan.shown] == [
        (kind, data, "đây", method),
        (kind, data, "", method),
    ]
    assert (again[kind][-1] if kind == "photo" else again[kind]) == part
    assert lan.last.file_name == f"{kind}.bin"


async def test_the_products_library_attaches_files_under_names_of_its_own(telegram: FakeTelegram, lan: Person) -> None:
    async with aiogram_bot(telegram) as bot:
        message = await bot.send_document(lan.id, BufferedInputFile(b"%PDF", "đơn.pdf"), caption="đơn")
    assert message.document and message.document.file_name == "đơn.pdf"
    assert (lan.last.file, lan.last.file_name, lan.last.caption) == (b"%PDF", "đơn.pdf", "đơn")
    assert telegram.calls[-1].sent_as == "multipart" and telegram.ignored == []


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({}, "there is no document in the request"),
        ({"document": b""}, "file must be non-empty"),
        ({"document": "unknown"}, "wrong file identifier/HTTP URL specified"),
        ({"document": "https://a.vn/a.pdf"}, "failed to get HTTP URL content"),
        ({"document": "attach://nothing"}, "file attachment is missing"),
        ({"document": b"a", "caption": "a" * 1025}, "message caption is too long"),
        ({"document": b"a", "caption": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ],
)
async def test_files_that_are_refused(ask: Asker, lan: Person, parameters: dict[str, Any], why: str) -> None:
    reply = await ask("sendDocument", chat_id=lan.id, **parameters)
    assert reply.refusal == (400, f"Bad Request: {why}") and lan.shown == []


async def test_a_caption_is_counted_as_it_is_read(ask: Asker, lan: Person) -> None:
    caption = "&amp;" * 1024
    assert (await ask("sendDocument", chat_id=lan.id, document=b"a", caption=caption, parse_mode="HTML")).status == 200


async def test_an_id_is_of_one_kind(telegram: FakeTelegram, lan: Person) -> None:
    async with aiogram_bot(telegram) as bot:
        document = (await bot.send_document(lan.id, BufferedInputFile(b"a", "a"))).document
        assert document is not None
        with pytest.raises(TelegramBadRequest, match="type of file mismatch"):
            await bot.send_photo(lan.id, document.file_id)


async def test_pictures_have_to_be_pictures(ask: Asker, lan: Person) -> None:
    jpeg = b"\xff\xd8\xff\xc4\x00\x08abcdef\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 300, 400) + b"\x03"
    assert size_of(jpeg) == (400, 300) and size_of(png(6, 7)) == (6, 7)
    assert size_of(b"GIF") is size_of(b"\xff\xd8\xff\xe0\x00") is None
    for data, why in (
        (b"%PDF", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ):
        assert (await ask("sendPhoto", chat_id=lan.id, photo=data)).refusal == (400, f"Bad Request: {why}")
    sent = (await ask("sendPhoto", chat_id=lan.id, photo=jpeg)).result["photo"][-1]
    assert (sent["width"], sent["height"]) == (400, 300) and len(lan.shown) == 1


async def test_a_picture_has_ten_megabytes(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    whole = png(padding=10 * MEGA - len(png()))
    assert (await ask("sendPhoto", chat_id=lan.id, photo=whole)).status == 200
    async with aiogram_bot(telegram) as bot:
        with pytest.raises(TelegramEntityTooLarge):
            await bot.send_photo(lan.id, BufferedInputFile(whole + b"a", "a.png"))
    assert len(lan.shown) == 1


@pytest.mark.thorough
async def test_a_document_has_fifty_megabytes_and_twenty_can_be_fetched(ask: Asker, lan: Person) -> None:
    reply = await ask("sendDocument", chat_id=lan.id, document=bytes(50 * MEGA + 1))
    assert reply.refusal == (413, "Request Entity Too Large") and lan.shown == []
    for size, status in ((20 * MEGA, 200), (20 * MEGA + 1, 400)):
        lan.sends_document(b"claims to be more", "a.bin", "application/octet-stream", size=size)
        document = (await ask.updates())[-1]["message"]["document"]
        assert document["file_size"] == size
        assert (await ask("getFile", file_id=document["file_id"])).status == status
        stored = ask.telegram.state.files.given(document["file_id"])
        async with ask.session.get(f"{ask.telegram.url}/file/bot{ask.telegram.token}/{stored.path}") as response:
            assert response.status == (200 if status == 200 else 404)
            assert status == 200 or (await response.json())["description"] == "Not Found"
        ask.telegram.state.updates.clear()
    assert (await ask("getFile", file_id="unknown")).refusal == (400, "Bad Request: invalid file_id")
    assert (await ask("getFile")).refusal == (400, "Bad Request: file_id not specified")


async def test_fetching_goes_wrong_like_everything_else(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    lan.sends_voice(b"alo")
    path = (await ask("getFile", file_id=(await ask.updates())[0]["message"]["voice"]["file_id"])).result["file_path"]

    async def fetched(path: str) -> bytes:
        async with ask.session.get(f"{telegram.url}/file/bot{telegram.token}/{path}") as response:
            return await response.read()

    async def status(token: str, path: str) -> int:
        async with ask.session.get(f"{telegram.url}/file/bot{token}/{path}") as response:
            return response.status

    telegram.faults.add(faults.html_502(method="download"))
    assert [await status(telegram.token, path) for _ in range(2)] == [502, 200]
    assert await status(telegram.token, "voice/other.oga") == 404
    assert await status("4242:OTHER", path) == 401
    telegram.revoke_token()
    assert await status(telegram.token, path) == 401
    assert [call.status for call in telegram.calls_of("download")] == [502, 200, 404, 401, 401]
    telegram.restore_token()
    for fault in (faults.cut(accepted=False, times=None), faults.half_written(times=None)):
        telegram.faults.add(fault)
        with pytest.raises(ClientError):  # the client tries once more by itself where a kept connection ends
            await fetched(path)
        telegram.faults.clear()
    hangs = telegram.faults.add(faults.hang())
    waits = asyncio.create_task(fetched(path))
    await telegram.until(lambda: hangs.struck)
    assert not waits.done()
    hangs.release()
    assert await waits == b"alo"


async def sends(ask: Asker, *chats: int) -> list[int | None]:
    """The wait each message was answered with."""
    replies = [await ask("sendMessage", chat_id=chat, text="a") for chat in chats]
    for reply in replies:
        assert reply.status in (200, 429)
    return [reply.body.get("parameters", {}).get("retry_after") for reply in replies]


async def test_nothing_is_counted_until_asked_for(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    assert await sends(ask, *[lan.id] * 40) == [None] * 40
    telegram.rates.enforce(burst=1)
    assert await sends(ask, lan.id, lan.id) == [None, 1]
    telegram.rates.release()
    assert await sends(ask, lan.id) == [None]


async def test_one_a_second_to_one_person_after_a_burst(
    telegram: FakeTelegram, ask: Asker, lan: Person, clock: FixedClock
) -> None:
    telegram.rates.enforce(per_chat=0.5, burst=3)
    assert await sends(ask, *[lan.id] * 5) == [None, None, None, 2, 2]
    clock.advance(seconds=1)
    assert await sends(ask, lan.id) == [1]
    clock.advance(seconds=1)
    assert await sends(ask, lan.id, lan.id) == [None, 2]
    assert telegram.rates.refused == 4 and len(lan.shown) == 4
    refused = telegram.calls[-1]
    assert (refused.status, refused.description) == (429, "Too Many Requests: retry after 2")


async def test_a_refusal_says_how_long_in_its_head_too(telegram: FakeTelegram, ask: Asker, lan: Person) -> None:
    telegram.rates.enforce(burst=1)
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    await sends(ask, lan.id)
    async with ask.session.post(url, json={"chat_id": lan.id, "text": "a"}) as response:
        assert response.status == 429 and response.headers["Retry-After"] == "1"


async def test_twenty_a_minute_to_a_group(telegram: FakeTelegram, ask: Asker, lan: Person, clock: FixedClock) -> None:
    group = telegram.group("Tổ 3")
    group.adds_bot(by=lan)
    telegram.rates.enforce(per_chat=30, burst=30)
    assert await sends(ask, *[group.id] * 10) == [None] * 10
    clock.advance(seconds=30)
    assert await sends(ask, *[group.id] * 11) == [None] * 10 + [30]
    clock.advance(seconds=30)
    assert await sends(ask, *[group.id] * 11) == [None] * 10 + [30]


async def test_thirty_a_second_to_all(telegram: FakeTelegram, ask: Asker, clock: FixedClock) -> None:
    people = [telegram.person().id for _ in range(31)]
    telegram.rates.enforce()
    assert await sends(ask, *people) == [None] * 30 + [1]
    clock.advance(seconds=1)
    assert await sends(ask, *people[:31]) == [None] * 30 + [1]
