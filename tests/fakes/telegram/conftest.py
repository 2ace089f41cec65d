"""The strict server that plays Telegram, a bot without any library, and who writes to it."""

from collections.abc import AsyncIterator

import pytest

from tests.support.clock import FixedClock
from tests.support.telegram.asking import Asker, asking
from tests.support.telegram.groups import Group
from tests.support.telegram.hook import Hook, listening
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as hook:
        yield hook


@pytest.fixture
async def telegram(clock: FixedClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock, hurry=1_000_000) as telegram:
        yield telegram


@pytest.fixture
async def ask(telegram: FakeTelegram) -> AsyncIterator[Asker]:
    async with asking(telegram) as ask:
        yield ask


@pytest.fixture
def lan(telegram: FakeTelegram) -> Person:
    return telegram.person(first_name="Lan", last_name="Trần", language_code="vi", id=2**52 - 1)


@pytest.fixture
def group(telegram: FakeTelegram, lan: Person) -> Group:
    group = telegram.group(title="Tổ 3")
    group.adds_bot(by=lan)
    telegram.state.updates.clear()
    return group
