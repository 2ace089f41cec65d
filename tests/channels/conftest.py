"""Telegram and Zalo as citizens meet them: the whole product on one side, a strict server on a socket on the other."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.desks import TelegramDesk, desk_on
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram
from tests.support.zalobot.server import FakeZaloBot
from tests.support.zalobot_desks import ZaloBotDesk, zalobot_desk_on


@pytest.fixture(params=["polling", pytest.param("webhook", marks=pytest.mark.outside)])
def way(request: pytest.FixtureRequest) -> str:
    """Both ways in which updates come; the second one in `make channels`."""
    return str(request.param)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for both."""
    kind = str(getattr(request, "param", "sqlite"))
    if kind == "postgresql":
        request.getfixturevalue("postgresql")
    return kind


@pytest.fixture
def one_database(kind: str, databases: Databases) -> Iterator[str]:
    """A fresh database."""
    url = databases.new(kind)
    yield url
    databases.give_back(url)


@pytest.fixture
async def telegram(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    """The strict server, on the test's clock; its own waits are a hundred times shorter."""
    async with FakeTelegram(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
async def desk(
    telegram: FakeTelegram,
    knowledge: Knowledge,
    one_database: str,
    clock: FixedClock,
    chance: SeededChance,
    way: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[TelegramDesk]:
    """The product, running."""
    async with desk_on(
        telegram,
        knowledge=knowledge,
        database_url=one_database,
        data_dir=tmp_path_factory.mktemp("desk"),
        clock=clock,
        chance=chance,
        way=way,
    ) as running:
        yield running


@pytest.fixture
async def lan(desk: TelegramDesk) -> Person:
    """Somebody in Đăk Cấm who has been greeted."""
    person = desk.telegram.person()
    person.says("/start dak-cam")
    await desk.telegram.until(lambda: len(person.shown) == 1)
    return person


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZaloBot]:
    """Zalo's Bot Platform, on the test's clock; its own waits are a hundred times shorter."""
    async with FakeZaloBot(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
async def zalo_desk(
    zalo: FakeZaloBot,
    knowledge: Knowledge,
    one_database: str,
    clock: FixedClock,
    chance: SeededChance,
    way: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[ZaloBotDesk]:
    """The product on it, running."""
    async with zalobot_desk_on(
        zalo,
        knowledge=knowledge,
        database_url=one_database,
        data_dir=tmp_path_factory.mktemp("desk"),
        clock=clock,
        chance=chance,
        way=way,
    ) as running:
        yield running
