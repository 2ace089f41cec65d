"""How updates come in: once each, in order, and none is lost whatever happens on the way."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.channels.telegram.receiving import Poller
from bot.knowledge import Knowledge
from core.errors import StorageError
from core.ports import ChannelState
from db.models import inbound_updates, messages
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import SECRET, TelegramDesk, desk_on
from tests.support.telegram import faults
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

pytestmark = pytest.mark.thorough

POLLING = pytest.mark.parametrize("way", ["polling"], indirect=True)
WEBHOOK = pytest.mark.parametrize("way", ["webhook"], indirect=True)


async def heard(desk: TelegramDesk, person: Person) -> list[str]:
    """What the person said, as it stands in the history."""
    async with desk.app.storage.engine.connect() as connection:
        rows = await connection.execute(
            select(messages.c.body)
            .where(messages.c.path == str(person.id), messages.c.direction == "in")
            .order_by(messages.c.id)
        )
        return [row.body["text"] for row in rows][1:]


async def test_a_crowd_is_answered_each_in_their_order(desk: TelegramDesk) -> None:
    people = [desk.telegram.person(first_name=f"P{number}") for number in range(20)]
    for one in people:
        one.says("/start dak-cam")
    for text in ("menu", "tien dien ho ngheo", "gặp cán bộ"):
        for one in people:
            one.says(text)
    await desk.telegram.until(lambda: all(len(one.shown) == 4 for one in people), within=30)
    await desk.settled()
    for one in people:
        assert await heard(desk, one) == ["menu", "tien dien ho ngheo", "gặp cán bộ"]
    assert desk.faults == []


async def test_a_press_that_overtakes_a_text_is_heard_after_it(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram may deliver the press first: its number tells that it came later."""
    stored = desk.app.intake
    waiting: list[Any] = []

    async def keep(updates: Any) -> int:
        waiting.extend(updates)
        return 0

    reception = _reception(desk)
    monkeypatch.setattr(reception, "_receive", keep)
    lan.says("tien dien ho ngheo")
    lan.presses("Gặp cán bộ")
    await desk.telegram.quiet()
    monkeypatch.undo()
    assert len(waiting) == 2
    waiting.sort(key=lambda one: "callback_query" not in one.raw)
    await stored.receive(waiting[:1] + waiting[1:])
    await desk.telegram.until(lambda: len(lan.shown) == 3)
    await desk.settled()
    assert await heard(desk, lan) == ["tien dien ho ngheo", "Gặp cán bộ"]
    assert "hỏi cán bộ việc gì" in lan.shown[-1].text


def _reception(desk: TelegramDesk) -> Any:
    return desk.app.outside[0]._reception  # type: ignore[attr-defined]


@pytest.fixture
async def hold(desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Nobody is answered until it is set."""
    held, reached = asyncio.Event(), asyncio.Event()
    handle = desk.app.intake._service.handle_waiting

    async def wait(*arguments: Any) -> int:
        reached.set()
        await held.wait()
        return await handle(*arguments)

    monkeypatch.setattr(desk.app.intake._service, "handle_waiting", wait)
    desk.app.intake.work.wake()
    await reached.wait()  # a look that had begun before is over
    return held


async def test_a_press_is_answered_before_it_is_handled(desk: TelegramDesk, lan: Person, hold: asyncio.Event) -> None:
    lan.presses("Gặp cán bộ")
    await desk.telegram.until(lambda: len(lan.answered) == 1)
    assert len(lan.shown) == 1
    hold.set()
    await desk.telegram.until(lambda: len(lan.shown) == 2)


async def test_a_press_whose_message_is_gone_counts(desk: TelegramDesk, lan: Person) -> None:
    lan.presses("Gặp cán bộ", inaccessible=True)
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert "hỏi cán bộ việc gì" in lan.shown[1].text


async def test_a_press_on_a_button_of_long_ago_is_answered_safely(desk: TelegramDesk, lan: Person) -> None:
    shown = lan.shown[0]
    lan.press(shown, "no-such-thing:1")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert lan.shown[1].labels


async def test_typing_is_shown_when_an_answer_takes_long(
    desk: TelegramDesk, lan: Person, hold: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = desk.app.channels["telegram.main"]
    monkeypatch.setattr(channel.typing, "_after", 0.0)  # type: ignore[attr-defined]
    lan.says("menu")
    await desk.telegram.until(lambda: lan.typing == 1)
    hold.set()
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert channel.typing._tasks == {}  # type: ignore[attr-defined]


async def test_a_quick_answer_shows_no_typing(desk: TelegramDesk, lan: Person) -> None:
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    await desk.settled()
    assert lan.typing == 0


@POLLING
async def test_updates_that_come_again_are_answered_once(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.faults.add(faults.half_written(method="getUpdates"))
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    await desk.settled()
    assert await heard(desk, lan) == ["menu"] and len(lan.shown) == 2


@POLLING
async def test_what_could_not_be_stored_is_not_confirmed(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, failed = _reception(desk)._receive, []

    async def full(updates: Any) -> Any:
        if not failed:
            failed.append(updates)
            raise StorageError("the disk is full")
        return await receive(updates)

    monkeypatch.setattr(_reception(desk), "_receive", full)
    before = len(desk.telegram.confirmed)
    lan.says("menu")
    await desk.telegram.until(lambda: failed)
    assert len(desk.telegram.confirmed) == before
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert [type(error) for _, error in desk.faults] == [StorageError]


async def test_an_update_that_cannot_be_kept_holds_up_nobody(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = _reception(desk)._receive

    async def picky(updates: Any) -> Any:
        if any(one.raw.get("message", {}).get("text") == "poison" for one in updates):
            raise ValueError("no database can hold it")
        return await receive(updates)

    monkeypatch.setattr(_reception(desk), "_receive", picky)
    minh = desk.telegram.person(first_name="Minh")
    lan.says("poison")
    minh.says("/start dak-cam")
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 2 and minh.shown)
    await desk.settled()
    assert await heard(desk, lan) == ["menu"]
    assert [type(error) for _, error in desk.faults] == [ValueError]


async def test_an_update_that_breaks_its_reader_is_answered_and_holds_up_nobody(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = desk.app.channels["telegram.main"]
    parse = channel.parse

    def breaking(external_id: str, path: str, raw: Any, received_at: Any) -> Any:
        if raw.get("message", {}).get("text") == "poison":
            raise OverflowError("a fault of ours")
        return parse(external_id, path, raw, received_at)

    monkeypatch.setattr(channel, "parse", breaking)
    lan.says("poison")
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 3)
    assert "Bà con cần việc nào" in lan.shown[2].text
    assert [where for where, _ in desk.faults] == ["parse"]


async def test_a_file_that_telegram_does_not_hand_over_makes_only_its_sender_wait(
    desk: TelegramDesk, lan: Person, clock: FixedClock
) -> None:
    desk.telegram.faults.add(faults.server_error(method="getFile", times=None))
    lan.sends_photo(b"\xff\xd8\xff\xe0 a picture")
    await desk.telegram.quiet()
    clock.advance(seconds=301)
    assert "Đang chạy tốt" in await _health(desk)
    lan.says("cháy nhà, cứu với")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert "114" in lan.shown[1].text, "words that may be urgent do not wait for it"


async def test_blocking_and_coming_back_leaves_the_talk_where_it_was(desk: TelegramDesk, lan: Person) -> None:
    lan.presses("Gặp cán bộ")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    lan.blocks()
    await desk.handled()
    lan.unblocks()
    await desk.handled()
    lan.says("mái nhà tôi dột")
    await desk.telegram.until(lambda: len(lan.shown) == 3)
    assert "xin phép giữ câu này" in lan.shown[2].text


async def test_nobody_can_press_what_only_telegram_says(desk: TelegramDesk, lan: Person) -> None:
    lan.press(lan.shown[0], "reach:blocked")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert lan.shown[1].labels, "an old button, answered as one"


@POLLING
async def test_receiving_that_ends_by_a_fault_of_ours_is_told_and_begun_again(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outside.AGAIN_AFTER", 0.0)
    take = Poller._step
    broken = []

    async def step(self: Poller) -> None:
        if not broken:
            broken.append(True)
            raise SystemError("a fault of ours")
        await take(self)

    monkeypatch.setattr(Poller, "_step", step)
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert [type(error) for _, error in desk.faults] == [SystemError] * len(broken)


@POLLING
async def test_another_program_on_the_same_bot_is_shown_and_waited_out(desk: TelegramDesk, lan: Person) -> None:
    desk.telegram.polled_elsewhere()
    await desk.until(lambda: _is(desk, ChannelState.REFUSED))
    assert desk.condition().code == "409"
    page = await _health(desk)
    assert "chương trình khác đang dùng chung" in page and "phần còn lại chạy tốt" in page


async def _is(desk: TelegramDesk, state: ChannelState) -> bool:
    return desk.condition().state is state


async def _health(desk: TelegramDesk) -> str:
    async with aiohttp.ClientSession() as client, client.get(f"{desk.address}/health") as answer:
        assert answer.status == 200, "the rest goes on"
        return await answer.text()


async def test_a_token_revoked_while_running_stops_nothing_else_and_loses_nothing(
    desk: TelegramDesk, lan: Person, clock: FixedClock, hold: asyncio.Event
) -> None:
    lan.says("menu")
    await desk.telegram.quiet()
    desk.telegram.revoke_token()
    hold.set()
    await desk.until(lambda: _is(desk, ChannelState.REFUSED))
    assert "Mã kết nối không còn dùng được" in await _health(desk)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        await _say(desk, client, "menu")
    desk.telegram.restore_token()
    clock.advance(seconds=61)
    desk.app.relay.work.wake()
    await desk.telegram.until(lambda: len(lan.shown) == 2)


async def _say(desk: TelegramDesk, client: aiohttp.ClientSession, text: str) -> None:
    """Somebody on the web page is answered meanwhile."""
    async with client.get(desk.address) as page:
        html = await page.text()
    nonce = html.split('name="nonce" value="')[1].split('"')[0]
    async with client.post(f"{desk.address}/messages", data={"text": text, "nonce": nonce}) as answer:
        assert answer.status == 200 and "Chung Tay" in await answer.text()


@pytest.fixture
async def backlog(clock: FixedClock) -> AsyncIterator[tuple[FakeTelegram, Person]]:
    """Somebody wrote three times while we were away, and pressed a button that we had sent before."""
    async with FakeTelegram(clock=clock, hurry=100) as telegram:
        yield telegram, telegram.person()


async def test_after_an_hour_away_everything_is_answered_and_excused_once(
    backlog: tuple[FakeTelegram, Person],
    knowledge: Knowledge,
    one_database: str,
    clock: FixedClock,
    chance: SeededChance,
    way: str,
    tmp_path: Path,
) -> None:
    telegram, lan = backlog
    running: dict[str, Any] = {
        "knowledge": knowledge,
        "database_url": one_database,
        "data_dir": tmp_path,
        "clock": clock,
        "chance": chance,
        "way": way,
    }
    async with desk_on(telegram, **running) as desk:
        lan.says("/start dak-cam")
        await telegram.until(lambda: len(lan.shown) == 1)
        await desk.settled()
    lan.says("tien dien ho ngheo")
    lan.presses("Gặp cán bộ")
    clock.advance(seconds=3600)
    lan.says("menu")
    async with desk_on(telegram, **running) as desk:
        await telegram.until(lambda: len(lan.shown) >= 4)
        await desk.settled()
    texts = [one.text for one in lan.shown[1:]]
    assert texts[0].startswith("Xin lỗi đã trả lời chậm tin lúc 9 giờ")
    assert "59.520 đồng" in texts[1] and texts[2].startswith("Bà con cần việc nào")
    assert len(texts) == 3, "Telegram drops a press after 150 seconds: its buttons still stand to be pressed again"
    assert lan.answered == []


@WEBHOOK
@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, "{}", 401),
        ({"X-Telegram-Bot-Api-Secret-Token": "guessed"}, '{"update_id": 1}', 401),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, "not json", 400),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, '{"update_id": "1"}', 400),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, "[" * 100_000, 400),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, " " * 2_000_000, 413),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, '{"update_id": 1, "poll": {}}', 200),
    ],
    ids=["no secret", "another secret", "no JSON", "no number", "deep", "huge", "a kind of no use"],
)
async def test_only_telegram_is_believed_and_only_updates_are_read(
    desk: TelegramDesk, headers: dict[str, str], body: str, status: int
) -> None:
    hook = f"{desk.address}/hooks/telegram.main"
    async with (
        aiohttp.ClientSession() as client,
        client.post(hook, data=BytesIO(body.encode()), headers=headers) as answer,
    ):
        assert answer.status == status
        assert status != 401 or await answer.read() == b"", "whoever guesses learns nothing"
    async with desk.app.storage.engine.connect() as connection:
        assert (await connection.execute(select(inbound_updates))).all() == []


@WEBHOOK
async def test_an_unknown_account_has_no_hook(desk: TelegramDesk) -> None:
    async with aiohttp.ClientSession() as client:
        async with client.post(f"{desk.address}/hooks/telegram.other", data="{}") as answer:
            assert answer.status == 404
        async with client.get(f"{desk.address}/hooks/telegram.main") as answer:
            assert answer.status == 405


@WEBHOOK
async def test_telegram_is_told_yes_only_once_it_is_stored(
    desk: TelegramDesk, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, failed = _reception(desk)._receive, []

    async def full(updates: Any) -> Any:
        if len(failed) < 2:
            failed.append(updates)
            raise StorageError("the disk is full")
        return await receive(updates)

    monkeypatch.setattr(_reception(desk), "_receive", full)
    lan.says("menu")
    await desk.telegram.until(lambda: len(lan.shown) == 2)
    assert len(failed) == 2 and await heard(desk, lan) == ["menu"]


@WEBHOOK
async def test_the_webhook_is_set_with_its_secret_and_nothing_but_what_we_read(desk: TelegramDesk) -> None:
    await desk.telegram.until(lambda: desk.telegram.calls_of("setWebhook"))
    (call,) = desk.telegram.calls_of("setWebhook")
    assert call.parameters["url"] == f"{desk.address}/hooks/telegram.main"
    assert call.parameters["secret_token"] == SECRET
    allowed = call.parameters["allowed_updates"]
    assert set(allowed if isinstance(allowed, list) else json.loads(allowed)) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
