"""How updates of the Bot Platform come in: stored before anything else, once each, whatever goes wrong on the way."""

import asyncio
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from core.errors import StorageError
from core.filetypes import MAX_FILE_BYTES
from core.ports import ChannelState
from db.models import inbound_updates, messages
from tests.support.zalobot import faults
from tests.support.zalobot.people import Person
from tests.support.zalobot.server import FakeZaloBot
from tests.support.zalobot_desks import SECRET, ZaloBotDesk

pytestmark = pytest.mark.thorough

POLLING = pytest.mark.parametrize("way", ["polling"], indirect=True)
WEBHOOK = pytest.mark.parametrize("way", ["webhook"], indirect=True)
JPEG = b"\xff\xd8\xff\xe0 a picture"
AAC = b"\xff\xf1\x50\x80 a voice"
HEADER = "X-Bot-Api-Secret-Token"


async def heard(desk: ZaloBotDesk, person: Person) -> list[dict[str, Any]]:
    """What the person said, as it stands in the history."""
    async with desk.app.storage.engine.connect() as connection:
        rows = await connection.execute(
            select(messages.c.body)
            .where(messages.c.path == person.id, messages.c.direction == "in")
            .order_by(messages.c.id)
        )
        return [row.body for row in rows]


def reception(desk: ZaloBotDesk) -> Any:
    return desk.app.outside[0]._reception  # type: ignore[attr-defined]


async def test_a_crowd_is_answered_each_in_their_order(zalo_desk: ZaloBotDesk) -> None:
    people = [zalo_desk.zalo.person(f"P{number}") for number in range(10)]
    for text in ("xin chào", "phường Đăk Cấm", "Bỏ qua", "tien dien ho ngheo", "gặp cán bộ"):
        for one in people:
            one.says(text)
        await zalo_desk.settled()
    for one in people:
        assert [body["text"] for body in await heard(zalo_desk, one)][-2:] == ["tien dien ho ngheo", "gặp cán bộ"]
        assert len(one.shown) == 6
    assert zalo_desk.faults == [] and zalo_desk.zalo.lost == [] and zalo_desk.zalo.ignored == []


async def test_what_comes_twice_is_answered_once(zalo_desk: ZaloBotDesk) -> None:
    lan = await zalo_desk.greeted()
    before = len(lan.shown)
    sent = lan.says("menu")
    zalo_desk.zalo.repeat(sent)
    await zalo_desk.settled()
    zalo_desk.zalo.repeat(sent)
    await zalo_desk.settled()
    assert len(lan.shown) == before + 1


@WEBHOOK
async def test_what_comes_in_another_order_is_answered_in_that_order(zalo_desk: ZaloBotDesk) -> None:
    """The platform does not count its updates, and promises no order."""
    lan = await zalo_desk.greeted()
    zalo_desk.zalo.hold()
    for text in ("menu", "tien dien ho ngheo"):
        lan.says(text)
    zalo_desk.zalo.let_go(backwards=True)
    await zalo_desk.settled()
    assert [body["text"] for body in await heard(zalo_desk, lan)][-2:] == ["tien dien ho ngheo", "menu"]
    assert "59.520 đồng" in lan.texts[-2] and lan.texts[-1].startswith("Bà con cần việc nào?")


async def test_pictures_and_voices_are_kept_and_reach_an_officer(zalo_desk: ZaloBotDesk) -> None:
    lan = await zalo_desk.greeted()
    lan.sends_photo(JPEG, "Giấy này đúng không?")
    await zalo_desk.settled()
    lan.sends_photo(JPEG)
    await zalo_desk.settled()
    lan.sends_voice(AAC)
    await zalo_desk.settled()
    kept = [one for body in await heard(zalo_desk, lan) for one in body["attachments"]]
    assert [one["media_type"] for one in kept] == ["image/jpeg", "image/jpeg", "audio/aac"]
    assert await zalo_desk.app.files.get(kept[-1]["sha256"]) == AAC
    assert zalo_desk.faults == []


async def test_what_cannot_be_kept_is_told_to_whoever_sent_it(zalo_desk: ZaloBotDesk) -> None:
    lan = await zalo_desk.greeted()
    before = len(lan.shown)
    lan.sends_photo(JPEG + b"." * MAX_FILE_BYTES)
    await zalo_desk.settled()
    lan.sends_photo(JPEG, address=f"{zalo_desk.zalo.url}/media/gone.jpg")
    await zalo_desk.settled()
    lan.sends_photo(b"MZ a program")
    await zalo_desk.settled()
    assert zalo_desk.faults == []
    lan.sends_photo(JPEG, address="http://169.254.169.254/latest/meta-data")
    await zalo_desk.settled()
    lan.sends_unsupported()
    await zalo_desk.settled()
    told = [text.split("\n")[0] for text in lan.texts[before:]]
    assert told == [
        "Tệp này lớn quá, Chung Tay chỉ nhận đến 5 MB.",
        "Tệp này chưa đến được Chung Tay.",
        "Chung Tay chưa mở được tệp này.",
        "Tệp này chưa đến được Chung Tay.",
        "Chung Tay chưa xem được tin này.",
    ]
    (fault,) = zalo_desk.faults
    assert "169.254.169.254" in str(fault[1]) and "meta-data" not in str(fault[1])


async def test_what_is_of_no_use_is_passed_over(zalo_desk: ZaloBotDesk) -> None:
    lan = zalo_desk.zalo.person()
    lan.sends_unsupported(with_message=False)
    lan.sends("reaction")
    lan.says("xin chào")
    await zalo_desk.settled()
    assert len(lan.shown) == 2 and len(await heard(zalo_desk, lan)) == 1 and zalo_desk.faults == []


async def test_typing_is_shown_when_an_answer_takes_long(
    zalo_desk: ZaloBotDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel: Any = zalo_desk.app.channels["zalobot.main"]
    monkeypatch.setattr(channel.typing, "_after", 0.0)
    hanging = zalo_desk.zalo.faults.add(faults.hang())
    lan = zalo_desk.zalo.person()
    channel.typing.expect(lan.id)
    lan.wrote = True
    await zalo_desk.zalo.until(lambda: lan.typing == 1)
    lan.says("xin chào")
    await zalo_desk.zalo.until(lambda: hanging.struck)
    assert lan.id not in channel.typing._tasks, "the answer is on its way"
    hanging.release()
    await zalo_desk.hears(lan, 2 - len(lan.shown))


async def test_a_paper_goes_as_a_link_that_opens(zalo_desk: ZaloBotDesk) -> None:
    lan = await zalo_desk.greeted()
    lan.says("làm giấy đề nghị")
    await zalo_desk.settled()
    lan.says("Lấy giấy trống")
    await zalo_desk.settled()
    links = [line for text in lan.texts for line in text.split("\n") if line.startswith(f"{zalo_desk.address}/files/")]
    (link,) = links
    async with aiohttp.ClientSession() as browser, browser.get(link) as answer:
        assert answer.status == 200 and (await answer.read()).startswith(b"%PDF")


# --- asking ---


@POLLING
async def test_an_empty_poll_is_healthy(zalo_desk: ZaloBotDesk) -> None:
    await zalo_desk.zalo.until(lambda: [call.code for call in zalo_desk.zalo.calls_of("getUpdates")].count(408) > 2)
    assert zalo_desk.faults == [] and zalo_desk.condition().state is ChannelState.UP


# --- posted ---


@WEBHOOK
@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b'{"event_name": "message.text.received"}', 401),
        ({HEADER: "guessed"}, b'{"event_name": "message.text.received"}', 401),
        ({HEADER: "guessed"}, b"", 401),
        ({}, b"", 200),
        ({HEADER: SECRET}, b"", 200),
        ({HEADER: SECRET}, b"not json", 400),
        ({HEADER: SECRET}, b"\xff\xfe\x00", 400),
        ({HEADER: SECRET}, b"[" * 100_000, 400),
        ({HEADER: SECRET}, b"[]", 400),
        ({HEADER: SECRET}, b'{"ok": true, "result": []}', 400),
        ({HEADER: SECRET}, b'{"ok": true, "result": {"message": {}}}', 400),
        ({HEADER: SECRET}, b'{"event_name": "message.text.received", "message": {"text": "a"', 400),
        ({HEADER: SECRET}, b" " * 2_000_000, 413),
        ({HEADER: SECRET}, b'{"event_name": "message.text.received", "message": {"text": "a"}}', 200),
        ({HEADER: SECRET}, b'{"event_name": "message.unsupported.received"}', 200),
        ({HEADER: SECRET}, b'{"event_name": "nobody.knows", "message": 5}', 200),
    ],
)
async def test_only_zalo_is_believed_and_only_updates_are_read(
    zalo_desk: ZaloBotDesk, headers: dict[str, str], body: bytes, status: int
) -> None:
    answered, told = await zalo_desk.zalo.post(body, **headers)
    assert answered == status and (status != 401 or told == ""), "whoever guesses learns nothing"
    async with zalo_desk.app.storage.engine.connect() as connection:
        assert (await connection.execute(select(inbound_updates))).all() == []


@WEBHOOK
async def test_a_body_behind_two_lengths_is_nobodys(zalo_desk: ZaloBotDesk) -> None:
    """No secret, a length of nought, and a body in chunks all the same."""
    host, _, port = zalo_desk.address.removeprefix("http://").partition(":")
    forged = b'{"event_name":"message.text.received","message":{"chat":{"id":"x"},"text":"a","message_id":"1"}}'
    reader, writer = await asyncio.open_connection(host, int(port))
    head = "POST /hooks/zalobot.main HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n"
    writer.write(head.encode() + f"{len(forged):x}\r\n".encode() + forged + b"\r\n0\r\n\r\n")
    await writer.drain()
    status = (await reader.readline()).split()[1]
    writer.close()
    await writer.wait_closed()
    assert status in (b"400", b"401")
    async with zalo_desk.app.storage.engine.connect() as connection:
        assert (await connection.execute(select(inbound_updates))).all() == []


@WEBHOOK
async def test_zalo_is_told_yes_only_once_it_is_stored(zalo_desk: ZaloBotDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    receive, failed = reception(zalo_desk)._receive, []

    async def full(updates: Any) -> Any:
        if not failed:
            failed.append(updates)
            raise StorageError("the disk is full")
        return await receive(updates)

    monkeypatch.setattr(reception(zalo_desk), "_receive", full)
    lan = zalo_desk.zalo.person()
    lan.says("xin chào")
    await zalo_desk.zalo.until(lambda: len(lan.shown) == 2)
    assert [status for status, _ in zalo_desk.zalo.state.webhook.answers] == [200, 503, 200]


@WEBHOOK
async def test_what_can_never_be_stored_is_told_and_does_not_come_for_ever(zalo_desk: ZaloBotDesk) -> None:
    body = rb'{"event_name":"message.text.received","message":{"chat":{"id":"a\ud800"},"text":"a","message_id":"1"}}'
    status, _ = await zalo_desk.zalo.post(body, **{HEADER: SECRET})
    assert status in (200, 400) and len(zalo_desk.faults) == (status == 200)


async def test_the_webhook_is_set_with_its_address_and_secret(zalo_desk: ZaloBotDesk, way: str) -> None:
    calls = zalo_desk.zalo.calls_of("setWebhook")
    if way == "polling":
        assert calls == []
        return
    (call,) = calls
    assert call.parameters == {"url": f"{zalo_desk.address}/hooks/zalobot.main", "secret_token": SECRET}


async def test_nobody_posts_to_a_bot_that_asks(zalo: FakeZaloBot, zalo_desk: ZaloBotDesk, way: str) -> None:
    async with aiohttp.ClientSession() as client, client.post(f"{zalo_desk.address}/hooks/zalobot.main") as answer:
        assert answer.status == (404 if way == "polling" else 200)
