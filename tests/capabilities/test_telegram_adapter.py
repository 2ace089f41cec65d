"""telegram-adapter: the same desk on Telegram, on a strict server and a real socket, over polling and over a webhook.

Seen through what arrives on the person's screen, and through the health page.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.desks import WAYS, TelegramDesk, desk_on
from tests.support.telegram import faults
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

Open = Callable[[], AbstractAsyncContextManager[TelegramDesk]]


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """A fresh database."""
    made = databases.new("sqlite")
    yield made
    databases.give_back(made)


@pytest.fixture
async def telegram(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    """The strict server."""
    async with FakeTelegram(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture(params=WAYS)
def start(
    request: pytest.FixtureRequest,
    telegram: FakeTelegram,
    knowledge: Knowledge,
    url: str,
    tmp_path: Path,
    clock: FixedClock,
) -> Open:
    """Starts the product; a second time on the same data."""
    way = request.param
    return partial(desk_on, telegram, knowledge=knowledge, database_url=url, data_dir=tmp_path, clock=clock, way=way)


@asynccontextmanager
async def begun(start: Open) -> AsyncIterator[TelegramDesk]:
    """Started, with Telegram among the channels that the health page tells of."""
    async with start() as desk:
        assert await _tells(desk, "telegram.main")
        yield desk


async def greeted(telegram: FakeTelegram) -> Person:
    """Somebody who came by the link on a poster."""
    lan = telegram.person(first_name='Lan <b>&"')
    lan.says("/start dak-cam")
    await telegram.until(lambda: len(lan.shown) == 1)
    assert "Chung Tay của phường Đăk Cấm" in lan.shown[0].text
    return lan


async def test_words_presses_pictures_and_commands_are_answered(telegram: FakeTelegram, start: Open) -> None:
    async with begun(start):
        lan = await greeted(telegram)
        lan.says("tien dien ho ngheo")
        await telegram.until(lambda: len(lan.shown) == 2)
        assert "59.520 đồng" in lan.shown[1].text and "Theo Quyết định 28/2014/QĐ-TTg" in lan.shown[1].text
        lan.presses("Mang giấy gì")
        await telegram.until(lambda: len(lan.shown) == 3 and len(lan.answered) == 1)
        assert "Mang theo" in lan.shown[2].text
        lan.sends_photo(b"\xff\xd8\xff\xe0 a picture")
        await telegram.until(lambda: len(lan.shown) == 4)
        lan.presses("Chuyển cho cán bộ")
        await telegram.until(lambda: len(lan.shown) == 5)
        assert "Đã chuyển 1 ảnh cho cán bộ phường Đăk Cấm" in lan.shown[4].text
        await telegram.until(lambda: telegram.commands)


async def test_telegram_asks_for_patience_and_gets_it(telegram: FakeTelegram, start: Open, clock: FixedClock) -> None:
    async with begun(start) as desk:
        lan = await greeted(telegram)
        flood = telegram.faults.add(faults.flood(20, method="sendMessage"))
        lan.says("menu")
        await desk.until(lambda: _tells(desk, "yêu cầu gửi chậm lại"))
        clock.advance(seconds=19)
        desk.app.relay.work.wake()
        await desk.handled()
        assert len(lan.shown) == 1 and len(flood.struck) == 1
        clock.advance(seconds=2)
        desk.app.relay.work.wake()
        await telegram.until(lambda: len(lan.shown) == 2)


async def test_nothing_is_lost_or_doubled_by_a_restart(telegram: FakeTelegram, start: Open) -> None:
    async with begun(start):
        lan = await greeted(telegram)
        lan.says("menu")
        await telegram.until(lambda: len(lan.shown) == 2)
    lan.says("tien dien ho ngheo")
    lan.presses("Gặp cán bộ")
    async with begun(start) as desk:
        await telegram.until(lambda: len(lan.shown) == 4)
        await desk.settled()
    assert len(lan.shown) == 4
    assert sum("59.520 đồng" in one.text for one in lan.shown) == 1
    assert sum("hỏi cán bộ việc gì" in one.text for one in lan.shown) == 1


async def test_a_token_that_is_not_accepted_is_shown_and_the_rest_goes_on(telegram: FakeTelegram, start: Open) -> None:
    telegram.revoke_token()
    async with begun(start) as desk:
        await desk.until(lambda: _tells(desk, "Mã kết nối không còn dùng được"))


async def _tells(desk: TelegramDesk, words: str) -> bool:
    async with httpx.AsyncClient() as client:
        page = await client.get(f"{desk.address}/health")
    assert page.status_code == 200, "the rest goes on"
    return words in page.text
