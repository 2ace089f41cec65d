"""What the capability tests share."""

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.keys import load_key
from bot.knowledge import Knowledge
from tests.capabilities.office import Office, office
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.talk import Talk, receiving

_PEOPLE = count(1)


@pytest.fixture(scope="module")
def room(knowledge: Knowledge) -> Iterator[Callable[[str], Talk]]:
    """A desk on the morning of 20 November 2026."""
    with receiving(knowledge, FixedClock()) as somebody:
        yield somebody


@pytest.fixture
def folder(tmp_path: Path, databases: Databases) -> Path:
    """A data folder as after a first start."""
    load_key(tmp_path)
    databases.put(tmp_path / "chungtay.db")
    return tmp_path


@pytest.fixture
async def here(folder: Path, knowledge: Knowledge, clock: FixedClock) -> AsyncIterator[Office]:
    """Officers and citizens in one application."""
    async with office(folder, knowledge, clock) as made:
        yield made


@pytest.fixture
def talk(room: Callable[[str], Talk]) -> Talk:
    """A citizen whom nobody knows yet."""
    return room(f"citizen-{next(_PEOPLE)}")
