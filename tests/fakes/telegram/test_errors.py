"""The fake Telegram refuses in Telegram's words, and the product's library understands each of them as documented."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage, TelegramMethod
from aiohttp import ClientPayloadError, ServerDisconnectedError

from tests.support.telegram import faults
from tests.support.telegram.asking import Asker, aiogram_bot
from tests.support.telegram.faults import Fault
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(hurry=50) as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with aiogram_bot(telegram) as bot:
        yield bot


async def refused(bot: Bot, method: TelegramMethod[object], as_what: type[AiogramError]) -> str:
    """What the library says; exactly this exception, not one of its parents."""
    with pytest.raises(as_what) as caught:
        await bot(method)
    assert type(caught.value) is as_what
    return str(caught.value)


def message(to: Person | int, text: str = "chào") -> SendMessage:
    return SendMessage(chat_id=to if isinstance(to, int) else to.id, text=text)


async def test_flood_control_says_how_long(telegram: FakeTelegram, bot: Bot) -> None:
    lan = telegram.person()
    telegram.faults.add(faults.flood(7))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot(message(lan))
    assert caught.value.retry_after == 7 and lan.shown == []
    await bot(message(lan))
    assert lan.texts == ["chào"]


async def test_blocked_gone_and_never_started(telegram: FakeTelegram, bot: Bot) -> None:
    blocks, gone, never = telegram.person(), telegram.person(), telegram.person()
    blocks.blocks()
    gone.deactivates()
    never.never_starts()
    assert "bot was blocked by the user" in await refused(bot, message(blocks), TelegramForbiddenError)
    assert "user is deactivated" in await refused(bot, message(gone), TelegramForbiddenError)
    assert "can't initiate conversation" in await refused(bot, message(never), TelegramForbiddenError)
    blocks.unblocks()
    never.says("/start")
    await bot(message(blocks))
    await bot(message(never))
    assert blocks.texts == never.texts == ["chào"]


async def test_thrown_out_of_a_group(telegram: FakeTelegram, bot: Bot) -> None:
    lan, group = telegram.person(), telegram.group("Tổ 3")
    assert "not a member of the group chat" in await refused(bot, message(group.id), TelegramForbiddenError)
    group.adds_bot(by=lan)
    group.kicks_bot(by=lan)
    assert "bot was kicked from the group chat" in await refused(bot, message(group.id), TelegramForbiddenError)


async def test_a_chat_nobody_knows(telegram: FakeTelegram, bot: Bot, ask: Asker) -> None:
    assert "chat not found" in await refused(bot, message(1), TelegramBadRequest)
    assert (await ask("sendMessage", text="a")).refusal == (400, "Bad Request: chat_id is empty")
    for nonsense in ("lan", "@lan", "--5", "1.5", "9" * 30):
        assert (await ask("sendMessage", chat_id=nonsense, text="a")).refusal == (400, "Bad Request: chat not found")


async def test_a_group_that_moved_says_where_to(telegram: FakeTelegram, bot: Bot) -> None:
    group = telegram.group("Tổ 3")
    group.adds_bot(by=telegram.person())
    new = group.becomes_supergroup()
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot(message(group.id))
    assert caught.value.migrate_to_chat_id == new.id
    await bot(message(caught.value.migrate_to_chat_id))
    assert new.texts == ["chào"] and group.shown == []


async def test_bad_html_an_edit_without_change_and_a_late_answer(telegram: FakeTelegram, bot: Bot) -> None:
    lan = telegram.person()
    bad = SendMessage(chat_id=lan.id, text="<b>chào", parse_mode="HTML")
    assert "can't parse entities" in await refused(bot, bad, TelegramBadRequest)
    sent = await bot.send_message(lan.id, "chào")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("chào", chat_id=lan.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID is"):
        await bot.answer_callback_query("123")


async def test_wrong_tokens(telegram: FakeTelegram, bot: Bot, ask: Asker) -> None:
    for unlike in ("4242", "x:y", "0:A", "4242:a b"):
        assert (await ask("getMe", as_token=unlike)).refusal == (404, "Not Found")
    assert (await ask("getMe", as_token="4242:OTHER")).refusal == (401, "Unauthorized")
    telegram.revoke_token()
    await refused(bot, message(1), TelegramUnauthorizedError)
    telegram.restore_token()
    assert (await bot.get_me()).username == "chungtay_bot"
    async with aiogram_bot(telegram) as misled:
        misled.session.api = replace(misled.session.api, base=f"{telegram.url}/elsewhere/{{method}}")
        await refused(misled, message(1), TelegramNotFound)


async def test_methods_nobody_has_and_methods_not_written_yet(ask: Asker) -> None:
    assert (await ask("sendMesage")).refusal == (404, "Not Found")
    assert (await ask("sendPoll")).refusal == (501, "Not Implemented: this server has no sendPoll yet")
    assert (await ask("GETME")).result["is_bot"] is True


async def test_a_second_poller_ends_the_first(telegram: FakeTelegram, bot: Bot, ask: Asker) -> None:
    first = asyncio.create_task(ask("getUpdates", timeout=50))
    await telegram.until(lambda: telegram.polled)
    second = asyncio.create_task(bot.get_updates(timeout=50))
    text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert (await first).refusal == (409, text)
    await telegram.until(lambda: telegram.polled)
    assert (await ask("getUpdates", offset=1)).result == []  # who does not wait ends nobody
    assert telegram.polled
    telegram.polled_elsewhere()
    with pytest.raises(TelegramConflictError, match="only one bot instance"):
        await second
    assert not telegram.polled


async def test_an_active_webhook_excludes_asking(telegram: FakeTelegram, bot: Bot) -> None:
    held = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.until(lambda: telegram.polled)
    await bot.set_webhook("http://127.0.0.1:9/never")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await held
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


@pytest.mark.parametrize(
    ("fault", "as_what"),
    [
        (faults.too_large(), TelegramEntityTooLarge),
        (faults.server_error(), TelegramServerError),
        (faults.html_502(), ClientDecodeError),
        (faults.cut(accepted=False), TelegramNetworkError),
        (faults.cut(accepted=True), TelegramNetworkError),
        (faults.half_written(), TelegramNetworkError),
        (faults.html_502(accepted=True), ClientDecodeError),
    ],
    ids=["413", "500", "502", "cut before", "cut after", "half an answer", "502 after"],
)
async def test_trouble_of_every_kind(
    telegram: FakeTelegram, bot: Bot, fault: Fault, as_what: type[AiogramError]
) -> None:
    """After a cut nobody can tell from the outside whether the person has the message: here the test can."""
    lan = telegram.person()
    telegram.faults.add(fault)
    await refused(bot, message(lan), as_what)
    assert issubclass(as_what, TelegramAPIError) is (as_what is not ClientDecodeError)
    assert lan.texts == (["chào"] if fault.accepted else [])
    await bot(message(lan, "hai"))
    assert lan.texts[-1] == "hai" and [call.chat_id for call in fault.struck] == [str(lan.id)]
    assert [call.status for call in telegram.calls_of("sendMessage")] == [fault.status, 200]


async def test_a_cut_and_half_an_answer_look_different_on_the_wire(telegram: FakeTelegram, ask: Asker) -> None:
    lan = telegram.person()
    for fault, what in (
        (faults.cut(accepted=True), ServerDisconnectedError),
        (faults.cut(accepted=False), ServerDisconnectedError),
        (faults.half_written(), ClientPayloadError),
    ):
        telegram.faults.add(fault)
        with pytest.raises(what):
            await ask("sendMessage", chat_id=lan.id, text="a")
    assert len(lan.shown) == 2


async def test_an_answer_that_never_comes(telegram: FakeTelegram) -> None:
    lan = telegram.person()
    fault = telegram.faults.add(faults.hang(accepted=True))
    async with aiogram_bot(telegram, patience=0.05) as impatient:
        assert "timeout" in await refused(impatient, message(lan), TelegramNetworkError)
    assert lan.texts == ["chào"] and telegram.calls[-1].status == 200
    fault.release()


async def test_what_hangs_goes_on_when_released(telegram: FakeTelegram, bot: Bot) -> None:
    lan = telegram.person()
    fault = telegram.faults.add(faults.hang())
    sending = asyncio.create_task(bot(message(lan)))
    await telegram.until(lambda: fault.struck)
    assert lan.shown == [] and not sending.done()
    fault.release()
    assert (await sending).text == "chào" and lan.texts == ["chào"]


async def test_a_slow_answer_comes_after_the_message(telegram: FakeTelegram, bot: Bot) -> None:
    lan = telegram.person()
    fault = telegram.faults.add(faults.slow(3600))  # more than a minute, even in this hurry
    sending = asyncio.create_task(bot(message(lan)))
    await telegram.until(lambda: lan.shown)
    assert not sending.done()
    fault.release()
    await sending
    telegram.faults.add(faults.slow(1))
    async with asyncio.timeout(20):
        await bot(message(lan))


async def test_faults_strike_as_often_and_whom_they_are_meant_for(telegram: FakeTelegram, bot: Bot) -> None:
    lan, minh = telegram.person(), telegram.person()
    only_minh = telegram.faults.add(
        faults.error(400, "Bad Request: PEER_ID_INVALID", times=None, when=lambda call: call.chat_id == str(minh.id))
    )
    twice = telegram.faults.add(faults.server_error(method="sendMessage", times=2))
    for _ in range(3):
        await refused(bot, message(minh), TelegramBadRequest)
    await bot.get_me()
    for _ in range(2):
        await refused(bot, message(lan), TelegramServerError)
    await bot(message(lan))
    assert (len(only_minh.struck), len(twice.struck)) == (3, 2)
    telegram.faults.clear()
    await bot(message(minh))
    assert minh.texts == lan.texts == ["chào"]
