"""Every golden conversation, held on Telegram in both ways: what a person sees there is what the file says.

`make test` holds a few of them; all: `make channels`.
"""

from datetime import datetime, time
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from handlers.context import LOCAL
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import WAYS, desk_on
from tests.support.golden import read_script
from tests.support.telegram.server import FakeTelegram
from tests.support.telegram_golden import Conversation, answers_in
from tests.support.watching import of_one_address

EVERY = 64
# Updates are the same whichever way they come: by the webhook every fourth conversation.
CASES = [
    (path, way) for number, path in enumerate(of_one_address()) for way in WAYS if way == "polling" or number % 4 == 0
]
LOSES_A_FILE = "unread"  # on purpose


def marks(number: int) -> tuple[pytest.MarkDecorator, ...]:
    """One conversation of so many, both ways, is always held."""
    return () if number % (2 * EVERY) < 2 else (pytest.mark.outside,)


@pytest.fixture
def text(path: Path) -> str:
    """The conversation as it is written down."""
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "way"),
    [pytest.param(*case, id=f"{case[0].stem}-{case[1]}", marks=marks(number)) for number, case in enumerate(CASES)],
)
async def test_goes_on_telegram_as_written(
    path: Path, way: str, text: str, knowledge: Knowledge, one_database: str, tmp_path: Path
) -> None:
    script = read_script(text)
    day = datetime.fromisoformat(script.settings.get("today", "2026-11-20"))
    begins = time.fromisoformat(script.settings.get("time", "09:00"))
    clock = FixedClock(datetime.combine(day.date(), begins, LOCAL))
    async with (
        FakeTelegram(clock=clock, hurry=100) as telegram,
        desk_on(
            telegram,
            knowledge=knowledge,
            database_url=one_database,
            data_dir=tmp_path,
            clock=clock,
            chance=SeededChance(7),
            way=way,
        ) as desk,
    ):
        held = await Conversation(desk, clock, telegram.person()).hold(script, answers_in(text))
        assert held == text
        assert desk.faults == [] or path.stem == LOSES_A_FILE
        assert telegram.ignored == [], "something was sent that the server does not know"
