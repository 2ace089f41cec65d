"""The strict server that plays Zalo's Bot Platform, and a bot without any library."""

from collections.abc import AsyncIterator

import pytest

from tests.support.clock import FixedClock
from tests.support.zalobot.asking import Asker, asking
from tests.support.zalobot.server import FakeZaloBot


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZaloBot]:
    """The server, on the test's clock."""
    async with FakeZaloBot(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
async def ask(zalo: FakeZaloBot) -> AsyncIterator[Asker]:
    """A bot without any library."""
    async with asking(zalo) as asker:
        yield asker
