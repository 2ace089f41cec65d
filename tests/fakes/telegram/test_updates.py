"""The fake Telegram numbers, keeps, hands out and forgets updates as the real one does."""

import asyncio
from collections.abc import Iterable
from typing import Any

import aiohttp
import pytest
from aiogram.types import Update as AiogramUpdate
from pydantic import BaseModel
from telegram import Update

from tests.support.clock import FixedClock
from tests.support.telegram.asking import Asker, aiogram_bot, asking
from tests.support.telegram.server import FakeTelegram

NEVER = 0.001  # a hurry that makes half a second more than eight minutes


def numbers(updates: Iterable[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_numbers_grow_by_one_from_a_number_nobody_knows(telegram: FakeTelegram) -> None:
    lan, minh = telegram.person(), telegram.person()
    first = lan.says("một")
    assert first is not None and [minh.says("hai"), lan.says("ba")] == [first + 1, first + 2]
    async with FakeTelegram(seed=1) as one, FakeTelegram(seed=1) as same, FakeTelegram(seed=2) as other:
        begins = [server.person().says("a") for server in (one, same, other)]
    assert begins[0] == begins[1] != begins[2]


async def test_what_was_not_acknowledged_comes_again(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    one, two, three = (lan.says(text) for text in ("một", "hai", "ba"))
    assert one and two and three
    assert numbers(await ask.updates()) == numbers(await ask.updates()) == [one, two, three]
    assert numbers(await ask.updates(two, limit=1)) == [two] and telegram.confirmed == [one]
    assert await ask.updates(three + 1) == []
    assert telegram.confirmed == [one, two, three]
    assert telegram.delivered == [(one, 2), (two, 3), (three, 2)]


async def test_a_negative_offset_keeps_only_the_newest(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    said = [lan.says(str(n)) for n in range(5)]
    assert numbers(await ask.updates(-2)) == said[3:]
    assert numbers(await ask.updates()) == said[3:] and telegram.confirmed == []


async def test_an_offset_of_another_queue_confirms_nothing(telegram: FakeTelegram, ask: Asker) -> None:
    said = telegram.person().says("a")
    assert said and numbers(await ask.updates(said + 1000)) == [said] and telegram.confirmed == []


async def test_a_hundred_at_most(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    for n in range(101):
        lan.says(str(n))
    for limit in (0, 100, 101):
        assert len(await ask.updates(limit=limit)) == 100


async def test_a_request_is_held_until_something_happens(telegram: FakeTelegram, clock: FixedClock) -> None:
    async with FakeTelegram(clock=clock) as patient, asking(patient) as ask:
        lan = patient.person()
        held = asyncio.create_task(ask.updates(timeout=50))
        await patient.until(lambda: patient.polled)
        said = lan.says("chào")
        assert numbers(await held) == [said] and not patient.polled


async def test_a_request_is_held_fifty_seconds_at_most(telegram: FakeTelegram, ask: Asker) -> None:
    assert await asyncio.wait_for(ask.updates(timeout=10**6), 5) == []  # fifty millionths of a second, in this hurry
    async with FakeTelegram(hurry=500) as slower, asking(slower) as ask_slower:
        begins = asyncio.get_running_loop().time()
        assert await ask_slower.updates(timeout=50) == []
        assert asyncio.get_running_loop().time() - begins >= 0.1


async def test_a_server_that_goes_lets_go_of_who_waits(clock: FixedClock) -> None:
    telegram = FakeTelegram(clock=clock)
    async with asking(telegram) as ask:
        async with telegram:
            held = asyncio.create_task(ask.updates(timeout=50))
            await telegram.until(lambda: telegram.polled)
        assert await held == []


async def test_who_asks_in_haste_gets_one_and_waits(clock: FixedClock) -> None:
    async with FakeTelegram(clock=clock, hurry=NEVER) as slow, asking(slow) as ask:
        lan = slow.person()
        said = [lan.says("một"), lan.says("hai")]
        assert numbers(await ask.updates(5)) == said and numbers(await ask.updates(5)) == said[:1]
        assert numbers(await ask.updates(6)) == said
        await ask.updates((said[1] or 0) + 1)
        held = asyncio.create_task(ask.updates((said[1] or 0) + 1, timeout=0))
        await slow.until(lambda: slow.polled)  # though it did not mean to wait
        said.append(lan.says("ba"))
        assert numbers(await held) == said[2:]


async def test_a_poller_that_is_gone_gets_nothing(clock: FixedClock) -> None:
    async with FakeTelegram(clock=clock) as telegram:
        lan = telegram.person()
        session = aiohttp.ClientSession()
        held = asyncio.create_task(Asker(telegram, session).updates(timeout=50))
        await telegram.until(lambda: telegram.polled)
        held.cancel()
        await session.close()
        async with asking(telegram) as ask:
            await ask("getMe")
            said = lan.says("chào")
            assert numbers(await ask.updates()) == [said] and telegram.delivered == [(said, 1)]


async def test_presses_live_a_moment_and_messages_a_day(telegram: FakeTelegram, ask: Asker, clock: FixedClock) -> None:
    lan = telegram.person()
    markup = {"inline_keyboard": [[{"text": "b", "callback_data": "c"}]]}
    await ask("sendMessage", chat_id=lan.id, text="a", reply_markup=markup)
    said, pressed, blocked = lan.says("a"), lan.presses("b"), lan.blocks()
    clock.advance(seconds=150)
    assert numbers(await ask.updates()) == [said, pressed, blocked]
    clock.advance(seconds=1)
    assert numbers(await ask.updates()) == [said, blocked] and telegram.state.updates.expired == [pressed]
    clock.advance(seconds=86400 - 151)
    assert numbers(await ask.updates()) == [said, blocked]
    clock.advance(seconds=1)
    assert await ask.updates() == [] and telegram.confirmed == []
    await telegram.quiet()


async def test_the_bot_says_which_kinds_it_wants(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    assert lan.says("a") and lan.blocks() and lan.unblocks()
    assert telegram.state.updates.push("chat_member", {}, "lane") is None  # left out unless asked for
    await ask.updates(-1, allowed_updates=["message", "chat_member"])
    assert lan.says("b") and lan.blocks() is None and lan.unblocks() is None
    assert telegram.state.updates.push("chat_member", {}, "lane") is not None
    await ask.updates()
    assert lan.blocks() is None  # told nothing new, the last word stands
    lan.unblocks()
    await ask.updates(allowed_updates=[])
    assert lan.blocks() is not None
    for wrong in ("message", "{}", [1]):
        assert (await ask("getUpdates", allowed_updates=wrong)).status == 400


async def test_what_nobody_knows_and_what_is_broken(telegram: FakeTelegram, ask: Asker) -> None:
    new = telegram.unknown_update({"new_kind": {"a": 1}})
    broken = telegram.raw_update({"message": "no object", "update_id": "not a number"})
    assert await ask.updates() == [
        {"update_id": new, "new_kind": {"a": 1}},
        {"update_id": "not a number", "message": "no object"},
    ]
    await ask.updates(broken + 1)
    assert telegram.confirmed == [new, broken]


async def test_waiting_for_quiet(telegram: FakeTelegram, ask: Asker) -> None:
    said = telegram.person().says("a")
    waits = asyncio.create_task(telegram.quiet())
    await ask.updates()
    assert not waits.done()
    await ask.updates((said or 0) + 1)
    await waits


async def test_waiting_in_vain_tells_what_was_seen(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    await ask("sendMessage", chat_id=lan.id, text="chào")
    await ask("sendMessage", chat_id=1, text="chào")
    said = lan.says("alo")
    with pytest.raises(AssertionError) as caught:
        await telegram.until(lambda: len(lan.shown) == 2, within=0.01)
    for seen in ("400 sendMessage 1 Bad Request: chat not found", f"{lan.id}: ['chào']", f"{said} message"):
        assert seen in str(caught.value)


async def test_waiting_ends_at_once_when_it_happens(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    seen = asyncio.create_task(telegram.until(lambda: lan.shown))
    typed = asyncio.create_task(telegram.until(lambda: lan.typing))
    await ask("sendChatAction", chat_id=lan.id, action="typing")
    await typed
    assert not seen.done()
    await ask("sendMessage", chat_id=lan.id, text="chào")
    await seen
    assert (await ask("sendChatAction", chat_id=lan.id, action="knitting")).status == 400 and lan.typing == 1


def strange_to_aiogram(value: object) -> Iterable[object]:
    """Fields the library has no name for."""
    if isinstance(value, BaseModel):
        yield from (value.model_extra or {}).items()
        for name in type(value).model_fields:
            yield from strange_to_aiogram(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strange_to_aiogram(one)


async def test_two_libraries_read_the_same_in_every_update(telegram: FakeTelegram, ask: Asker) -> None:
    lan, group = telegram.person(last_name="Trần", username="lan_tran"), telegram.group("Tổ 3")
    photo = b"\xff\xd8\xff"
    markup = {"inline_keyboard": [[{"text": "b", "callback_data": "c"}, {"text": "d", "url": "https://a.vn"}]]}
    sent = (await ask("sendMessage", chat_id=lan.id, text="<b>a</b>", parse_mode="HTML", reply_markup=markup)).result
    lan.says("/start dak-cam", reply_to=sent["message_id"])
    lan.edits(2, "https://a.vn/b @chungtay_bot")
    lan.presses("b")
    lan.presses(callback_data="c", inaccessible=True)
    lan.sends_photo(photo, "ảnh /anh")
    lan.sends_document(photo, "đơn.pdf", "application/pdf")
    lan.sends_voice(photo)
    lan.sends_audio(photo)
    lan.sends_video(photo, "phim")
    lan.sends_sticker()
    lan.sends_contact("+84900000001", lan.id)
    lan.sends_location(12.6, 108.0, live=True)
    lan.forwards("tin đồn", origin_name="Ai đó")
    lan.blocks()
    lan.unblocks()
    group.adds_bot(by=lan)
    group.says(lan, "/help@chungtay_bot")
    group.becomes_supergroup()
    raw = await ask.updates()
    assert len(raw) == 20
    for update in raw:
        assert Update.de_json(update, None).update_id == update["update_id"]
        read = AiogramUpdate.model_validate(update)
        assert list(strange_to_aiogram(read)) == [], update
        assert "False" not in str(update).replace("'is_bot': False", "").replace("'is_animated': False", "").replace(
            "'is_video': False", ""
        ), "Telegram leaves out what is not true"
    async with aiogram_bot(telegram) as bot:
        updates = await bot.get_updates()
    kinds = [str(update.message.content_type.value) if update.message else update.event_type for update in updates]
    assert kinds == [
        "text", "edited_message", "callback_query", "callback_query", "photo", "document", "voice", "audio", "video",
        "sticker", "contact", "location", "text", "my_chat_member", "my_chat_member", "my_chat_member",
        "new_chat_members", "text", "migrate_to_chat_id", "migrate_from_chat_id",
    ]  # fmt: skip
