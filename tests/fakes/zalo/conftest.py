"""The strict server that plays Zalo's Official Account, a program that asks it, and who writes to it."""

from collections.abc import AsyncIterator

import pytest

from tests.support.clock import FixedClock
from tests.support.zalo.asking import Asker, asking
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock=clock) as zalo:
        zalo.issue_tokens()
        yield zalo


@pytest.fixture
async def ask(zalo: FakeZalo) -> AsyncIterator[Asker]:
    async with asking(zalo) as ask:
        yield ask


@pytest.fixture
def lan(zalo: FakeZalo) -> Person:
    lan = zalo.person("Lan")
    lan.interacts()
    return lan
