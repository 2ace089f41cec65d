"""Every golden conversation, held on a Zalo Official Account: what a person sees there is what the file says.

`make test` holds every thirty-second of them; all: `make channels`. Of some it is kept how they look, byte for byte, in
`goldens/zalo/`; `pytest --update-golden` writes them, and the diff is the review.
"""

from datetime import datetime, time
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from handlers.context import LOCAL
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.golden import read_script
from tests.support.telegram_golden import answers_in
from tests.support.watching import of_one_address
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_desks import desk_on_zalo
from tests.support.zalo_golden import Conversation

EVERY = 64
LOSES_A_FILE = "unread"  # on purpose
IN_A_GROUP = "! group"  # an Official Account's chats are with one person each
GOLDENS = Path(__file__).parent / "goldens" / "zalo"
KEPT = ("first-contact", "legal-aid-dak-cam", "request")
CASES = [path for path in of_one_address() if IN_A_GROUP not in path.read_text("utf-8")]


def marks(number: int, path: Path) -> tuple[pytest.MarkDecorator, ...]:
    """One conversation of so many, and those whose looks are kept, are always held."""
    return () if number % EVERY == 0 or path.stem in KEPT else (pytest.mark.outside,)


@pytest.fixture
def text(path: Path) -> str:
    """The conversation as it is written down."""
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=marks(number, path)) for number, path in enumerate(CASES)]
)
async def test_goes_on_zalo_as_written(
    path: Path, text: str, knowledge: Knowledge, one_database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    script = read_script(text)
    day = datetime.fromisoformat(script.settings.get("today", "2026-11-20"))
    begins = time.fromisoformat(script.settings.get("time", "09:00"))
    clock = FixedClock(datetime.combine(day.date(), begins, LOCAL))
    async with (
        FakeZalo(clock=clock, hurry=100, seed=7) as zalo,
        desk_on_zalo(
            zalo,
            knowledge=knowledge,
            database_url=one_database,
            data_dir=tmp_path,
            clock=clock,
            chance=SeededChance(7),
        ) as desk,
    ):
        conversation = Conversation(desk, clock, zalo.person())
        assert await conversation.hold(script, answers_in(text)) == text
        assert desk.faults == [] or path.stem == LOSES_A_FILE
        assert zalo.ignored == [], "something was sent that the server does not know"
    if path.stem in KEPT:
        compare(GOLDENS / path.name, "\n".join(conversation.received) + "\n", request)


def compare(golden: Path, received: str, request: pytest.FixtureRequest) -> None:
    """What the server took, with what is kept of it."""
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(received, "utf-8")
    assert received == golden.read_text("utf-8")


def test_what_is_kept_is_there() -> None:
    assert {path.stem for path in GOLDENS.glob("*.txt")} == set(KEPT)
