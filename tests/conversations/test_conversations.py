"""Every conversation of this folder goes as it is written down."""

from pathlib import Path

import pytest

from tests.support.watching import CONVERSATIONS, Played

FILES = sorted(CONVERSATIONS.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_goes_as_written(path: Path, played: Played, request: pytest.FixtureRequest) -> None:
    if path in played.faults:
        raise played.faults[path]
    now = played.texts[path]
    if request.config.getoption("--update-golden"):
        path.write_text(now, "utf-8")
        return
    assert now == path.read_text("utf-8"), f"{path.name} goes otherwise now; if that is right: pytest --update-golden"


def test_there_are_conversations() -> None:
    assert len(FILES) > 20
