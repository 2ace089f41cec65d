"""The fake Telegram takes an address for updates, and makes the calls found in its answers."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Dispatcher
from aiogram.types import BufferedInputFile, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.support.clock import FixedClock
from tests.support.telegram.asking import Asker, aiogram_bot, asking
from tests.support.telegram.hook import Hook, serving
from tests.support.telegram.server import FakeTelegram


@pytest.fixture
async def telegram(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    """Waits of the server take a hundred thousandth of their time."""
    async with FakeTelegram(clock=clock, hurry=100_000, answer_within=60) as telegram:
        yield telegram


async def listen(telegram: FakeTelegram, url: str, **parameters: Any) -> None:
    async with asking(telegram) as ask:
        assert (await ask("setWebhook", url=url, **parameters)).result is True


async def test_an_answer_may_carry_a_call(telegram: FakeTelegram, hook: Hook) -> None:
    lan = telegram.person()
    hook.says({"method": "SendMessage", "chat_id": lan.id, "text": "vâng", "parse_mode": None})
    await listen(telegram, hook.url)
    lan.says("chào")
    await telegram.until(lambda: lan.shown)
    assert lan.texts == ["vâng"]
    assert (telegram.calls[-1].method, telegram.calls[-1].sent_as) == ("sendMessage", "webhook-reply")


@pytest.mark.parametrize("method", ["getMe", "setWebhook", "deleteWebhook", "logOut", "close", ""])
async def test_some_calls_are_not_made_from_an_answer(telegram: FakeTelegram, hook: Hook, method: str) -> None:
    hook.says({"method": method})
    await listen(telegram, hook.url)
    telegram.person().says("chào")
    await telegram.quiet()
    assert [call.method for call in telegram.calls] == ["setWebhook"] and telegram.webhook.url


@pytest.mark.parametrize("body", [b"ok", b"[1]", b"{"])
async def test_an_answer_that_carries_no_call(telegram: FakeTelegram, hook: Hook, body: bytes) -> None:
    async def answer(_: dict[str, Any]) -> web.StreamResponse:
        return web.Response(body=body, content_type="application/json")

    hook.answer = answer
    await listen(telegram, hook.url)
    telegram.person().says("chào")
    await telegram.quiet()
    assert len(telegram.calls) == 1


async def test_the_answers_of_the_products_library(telegram: FakeTelegram) -> None:
    """It writes them as a form of several parts, files among them."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> object:
        if message.text == "giấy":
            return message.answer_document(BufferedInputFile(b"%PDF", "don.pdf"))
        return message.answer(f"<b>{message.text}</b>", parse_mode="HTML")

    lan, app = telegram.person(), web.Application()
    async with aiogram_bot(telegram) as bot:
        handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s")
        handler.register(app, "/hook")
        async with serving(app) as origin:
            await listen(telegram, f"{origin}/hook", secret_token="s")
            lan.says("chào")
            lan.says("giấy")
            await telegram.until(lambda: len(lan.shown) == 2)
            await telegram.webhook.stop()
    assert (lan.texts, lan.last.file, lan.last.file_name) == (["chào", ""], b"%PDF", "don.pdf")
    assert {call.sent_as for call in telegram.calls_of("sendDocument")} == {"webhook-reply"}


async def test_setting_and_deleting(telegram: FakeTelegram, ask: Asker, hook: Hook) -> None:
    for secret in ("a" * 257, "a b", "đ"):
        assert (await ask("setWebhook", url=hook.url, secret_token=secret)).status == 400
    for url in ("chungtay", "ftp://a.vn/x"):
        text = "Bad Request: invalid webhook URL specified"
        assert (await ask("setWebhook", url=url)).refusal == (400, text)
    for many in (0, 101, "many"):
        assert (await ask("setWebhook", url=hook.url, max_connections=many)).status == 400
    assert not telegram.webhook.url
    assert (await ask("setWebhook", url=hook.url)).body["description"] == "Webhook was set"
    assert (await ask("setWebhook", url=hook.url)).body["description"] == "Webhook is already set"
    assert (await ask("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await ask("setWebhook", url="")).body["description"] == "Webhook is already deleted"


async def test_an_address_is_not_set_twice_in_a_second(hook: Hook) -> None:
    async with FakeTelegram(hurry=0.001) as telegram, asking(telegram) as ask:
        assert (await ask("setWebhook", url=hook.url)).status == 200
        assert (await ask("setWebhook", url=hook.url)).refusal == (429, "Too Many Requests: retry after 1")
        assert (await ask("deleteWebhook")).status == 200


async def test_a_stricter_server_takes_https_and_four_ports(hook: Hook) -> None:
    async with FakeTelegram(allow_http=False, hurry=100_000) as telegram, asking(telegram) as ask:
        text = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
        assert (await ask("setWebhook", url=hook.url)).refusal == (400, text)
        assert (await ask("setWebhook", url="https://127.0.0.1:9/a")).status == 400
        for port in ("", ":443", ":80", ":88", ":8443"):
            assert (await ask("setWebhook", url=f"https://127.0.0.1{port}/a")).status == 200


async def test_what_the_server_tells_about_itself(telegram: FakeTelegram, ask: Asker, hook: Hook) -> None:
    hook.fails(10**6)
    lan = telegram.person()
    lan.says("một")
    await ask("setWebhook", url=hook.url, max_connections=7, allowed_updates=["message"])
    await telegram.until(lambda: telegram.webhook.last_error)
    info = (await ask("getWebhookInfo")).result
    assert info == {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "last_error_date": int(telegram.state.clock.now().timestamp()),
        "last_error_message": "Wrong response from the webhook: 500 Internal Server Error",
        "max_connections": 7,
        "allowed_updates": ["message"],
    }
    await ask("setWebhook", url=hook.url)
    assert (await ask("getWebhookInfo")).result["max_connections"] == 40
    await ask("deleteWebhook", drop_pending_updates=True)
    info = (await ask("getWebhookInfo")).result
    assert (info["url"], info["pending_update_count"]) == ("", 0) and telegram.confirmed == []


async def test_what_waited_can_be_forgotten_when_an_address_is_set(telegram: FakeTelegram, hook: Hook) -> None:
    lan = telegram.person()
    lan.says("một")
    await listen(telegram, hook.url, drop_pending_updates=True)
    lan.says("hai")
    await telegram.quiet()
    assert hook.texts == ["hai"] and len(telegram.confirmed) == len(telegram.state.updates.expired) == 1
