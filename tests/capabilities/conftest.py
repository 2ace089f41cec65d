"""What the capability tests share."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving

_PEOPLE = count(1)


@pytest.fixture(scope="module")
def room(knowledge: Knowledge) -> Iterator[Callable[[str], Talk]]:
    """A desk on the morning of 20 November 2026."""
    with receiving(knowledge, FixedClock()) as somebody:
        yield somebody


@pytest.fixture
def talk(room: Callable[[str], Talk]) -> Talk:
    """A citizen whom nobody knows yet."""
    return room(f"citizen-{next(_PEOPLE)}")
