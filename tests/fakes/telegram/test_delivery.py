"""The fake Telegram sends updates to the bot's address as the real one does: in lanes, and again until taken."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.support.clock import FixedClock
from tests.support.telegram.asking import Asker, asking
from tests.support.telegram.hook import Hook
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

NEVER = 0.001  # a hurry that makes two seconds more than half an hour


@pytest.fixture
async def telegram(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    """Waits of the server take a hundred thousandth of their time."""
    async with FakeTelegram(clock=clock, hurry=100_000, answer_within=60) as telegram:
        yield telegram


@pytest.fixture
async def slow(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    """Waits of the server never end."""
    async with FakeTelegram(clock=clock, hurry=NEVER) as telegram:
        yield telegram


async def listen(telegram: FakeTelegram, url: str, **parameters: Any) -> None:
    async with asking(telegram) as ask:
        assert (await ask("setWebhook", url=url, **parameters)).result is True


async def with_button(telegram: FakeTelegram, person: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "b", "callback_data": "c"}]]}
    async with asking(telegram) as ask:
        await ask("sendMessage", chat_id=person.id, text="a", reply_markup=markup)


async def test_what_waited_and_what_comes_is_sent_with_the_secret(slow: FakeTelegram, hook: Hook) -> None:
    lan = slow.person()
    said = [lan.says("một")]
    await listen(slow, hook.url, secret_token="s-E_9")
    said.append(lan.says("hai"))
    await slow.quiet()
    assert slow.confirmed == said == [update["update_id"] for update in hook.got]
    assert hook.texts == ["một", "hai"] and hook.secrets == ["s-E_9"] * 2


async def test_without_a_secret_nothing_is_sent_in_its_place(slow: FakeTelegram, hook: Hook) -> None:
    await listen(slow, hook.url)
    slow.person().says("một")
    await slow.quiet()
    assert hook.secrets == [None]


async def test_one_chat_is_served_in_order_and_a_press_overtakes_a_text(slow: FakeTelegram, hook: Hook) -> None:
    lan, minh = slow.person(), slow.person()
    await with_button(slow, lan)
    await listen(slow, hook.url)
    minh.says("warm-up")  # before the first success only one connection is opened
    await slow.quiet()
    gate = hook.holds("một")
    lan.says("một")
    lan.says("hai")
    lan.presses("b")
    lan.blocks()
    minh.says("ba")
    await slow.until(lambda: len(slow.confirmed) == 4)
    assert sorted(hook.texts[1:]) == ["ba", "callback_query", "my_chat_member", "một"]
    gate.set()
    await slow.quiet()
    assert hook.texts[-1] == "hai"


async def test_no_more_connections_than_allowed(slow: FakeTelegram, hook: Hook) -> None:
    await listen(slow, hook.url, max_connections=2)
    slow.person().says("warm-up")
    await slow.quiet()
    gate = hook.holds("a", "b", "c")
    for text in ("a", "b", "c"):
        slow.person().says(text)
    await hook.hears(3)
    gate.set()
    await slow.quiet()
    assert sorted(hook.texts[1:]) == ["a", "b", "c"] and hook.most == 2


async def test_before_the_first_success_one_connection_only(slow: FakeTelegram, hook: Hook) -> None:
    await listen(slow, hook.url)
    gate = hook.holds("a", "b")
    for text in ("a", "b"):
        slow.person().says(text)
    await hook.hears(1)
    async with asking(slow) as ask:
        await ask("getMe")  # time enough for the other one, if it was on its way
    gate.set()
    await slow.quiet()
    assert hook.most == 1


async def test_long_after_a_success_one_connection_only(telegram: FakeTelegram, ask: Asker, hook: Hook) -> None:
    """Ten seconds, which in this hurry is less than any answer takes."""
    await listen(telegram, hook.url)
    telegram.person().says("warm-up")
    await telegram.quiet()
    gate = hook.holds("a", "b")
    for text in ("a", "b"):
        telegram.person().says(text)
    await hook.hears(2)
    await ask("getMe")
    gate.set()
    await telegram.quiet()
    assert hook.most == 1


async def test_what_is_refused_comes_again_at_once_and_then_ever_later(clock: FixedClock, hook: Hook) -> None:
    async with FakeTelegram(clock=clock, hurry=200) as telegram:
        await listen(telegram, hook.url)
        hook.fails(4)
        said = telegram.person().says("chào")
        await telegram.quiet()
        assert telegram.delivered == [(said, 5)] and hook.texts == ["chào"] * 5
        waits = [(later - earlier) * 200 for earlier, later in zip(hook.at, hook.at[1:], strict=False)]
        assert waits[1] >= 2 and waits[2] >= 4 and waits[3] >= 8
        assert telegram.webhook.delivery and telegram.webhook.delivery.longest_pause == 8


async def test_the_first_repeat_comes_at_once_and_other_chats_do_not_wait(slow: FakeTelegram, hook: Hook) -> None:
    await listen(slow, hook.url)
    hook.fails(2)
    said = slow.person().says("chào")
    await slow.until(lambda: slow.delivered == [(said, 2)])
    slow.person().says("khác")
    await slow.until(lambda: slow.confirmed)
    assert hook.texts == ["chào", "chào", "khác"] and len(slow.state.updates) == 1


async def test_pauses_end_at_one_to_two_minutes(telegram: FakeTelegram, hook: Hook) -> None:
    await listen(telegram, hook.url)
    hook.fails(12)
    telegram.person().says("chào")
    await hook.hears(12)
    delivery = telegram.state.webhook.delivery
    assert delivery is not None
    await telegram.quiet()
    assert 60 <= delivery.longest_pause <= 120


async def test_the_bot_may_say_when(slow: FakeTelegram, hook: Hook) -> None:
    await listen(slow, hook.url)
    hook.fails(1, 503, **{"Retry-After": "5"})
    said = slow.person().says("chào")
    await slow.until(lambda: slow.webhook.last_error)
    slow.person().says("khác")
    await slow.until(lambda: slow.confirmed)
    assert slow.delivered[0] == (said, 1) and hook.texts == ["chào", "khác"]  # not even once at once


async def test_the_bots_wish_is_granted_up_to_an_hour(telegram: FakeTelegram, hook: Hook) -> None:
    await listen(telegram, hook.url)
    hook.fails(1, 429, **{"Retry-After": "86401"})  # later than the message lives
    said = telegram.person().says("chào")
    await telegram.quiet()
    assert telegram.delivered == [(said, 2)] and telegram.confirmed == [said]


@pytest.mark.parametrize("how", ["late", "cut", "redirect"])
async def test_what_is_not_answered_comes_again(clock: FixedClock, hook: Hook, how: str) -> None:
    async with FakeTelegram(clock=clock, hurry=1000, answer_within=0.1 if how == "late" else 60) as telegram:
        gate = asyncio.Event()

        async def answer(_: dict[str, Any]) -> web.StreamResponse:
            if len(hook.got) > 1:
                return web.Response()
            if how == "late":
                await gate.wait()
            if how == "cut":
                raise asyncio.CancelledError  # the connection ends without a word
            return web.Response(status=302, headers={"Location": hook.url})

        hook.answer = answer
        await listen(telegram, hook.url)
        said = telegram.person().says("chào")
        await telegram.quiet()
        gate.set()
        assert telegram.delivered == [(said, 2)] and telegram.confirmed == [said]
        why = {"late": "Read timeout expired", "cut": "Webhook connection closed"}
        assert telegram.webhook.last_error == why.get(how, "Wrong response from the webhook: 302 Found")


async def test_an_address_where_nobody_is(telegram: FakeTelegram, hook: Hook) -> None:
    await listen(telegram, "http://127.0.0.1:1/hook")
    said = telegram.person().says("chào")
    await telegram.until(lambda: telegram.webhook.last_error)
    assert telegram.delivered == []
    await listen(telegram, hook.url)
    await telegram.quiet()
    assert telegram.delivered == [(said, 1)]


async def test_what_came_too_late_is_dropped(clock: FixedClock, telegram: FakeTelegram, hook: Hook) -> None:
    """A press fails a second before its end: the next try would come after it."""
    lan = telegram.person()
    await with_button(telegram, lan)
    pressed = lan.presses("b")
    clock.advance(seconds=149)
    hook.fails(99)
    await listen(telegram, hook.url)
    await telegram.quiet()
    assert telegram.delivered == [(pressed, 2)] and telegram.state.updates.expired == [pressed]
    assert telegram.confirmed == []


async def test_an_address_that_is_gone_for_a_day_is_forgotten(
    clock: FixedClock, telegram: FakeTelegram, hook: Hook
) -> None:
    hook.fails(10**6, 410)
    await listen(telegram, hook.url)
    telegram.person().says("chào")
    await telegram.until(lambda: telegram.webhook.last_error)
    clock.advance(seconds=23 * 3600)
    await hook.hears(len(hook.got) + 2)
    assert telegram.webhook.url == hook.url
    clock.advance(seconds=1)
    await telegram.until(lambda: not telegram.webhook.url)
    assert len(telegram.state.updates) == 1
