"""What the capability tests share."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.talk import Talk, talking


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    """A citizen on the morning of 20 November 2026."""
    with talking(knowledge, FixedClock()) as one:
        yield one
