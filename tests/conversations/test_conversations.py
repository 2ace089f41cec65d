"""Every conversation of this folder goes as it is written down."""

from pathlib import Path

import pytest

from bot.app import Knowledge
from tests.support.golden import check

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_goes_as_written(path: Path, knowledge: Knowledge, request: pytest.FixtureRequest) -> None:
    check(path, knowledge, update=request.config.getoption("--update-golden"))


def test_there_are_conversations() -> None:
    assert len(FILES) > 20
