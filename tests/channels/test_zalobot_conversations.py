"""Every golden conversation, held on Zalo's Bot Platform in both ways: what a person reads there is what the file says.

Their choices are typed, since there is nothing to press: by number, by label, without marks. `make test` holds every
thirty-second of them; all: `make channels`. How it looks, to the letter, is kept for some in `goldens/zalobot`.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from handlers.context import LOCAL
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import WAYS
from tests.support.golden import Script, read_script
from tests.support.watching import of_one_address
from tests.support.zalobot.server import FakeZaloBot
from tests.support.zalobot_desks import zalobot_desk_on
from tests.support.zalobot_golden import Conversation, blocks, not_carried

EVERY = 64
GOLDENS = Path(__file__).parent / "goldens" / "zalobot"
HELD = [path for path in of_one_address() if not not_carried(path.read_text("utf-8"))]
# Updates are the same whichever way they come: by the webhook every fourth conversation.
CASES = [(path, way) for number, path in enumerate(HELD) for way in WAYS if way == "polling" or number % 4 == 0]
SHOWN = ("first-contact", "selfcheck-poor", "legal-aid-dak-cam")  # kept to the letter


def marks(number: int) -> tuple[pytest.MarkDecorator, ...]:
    """A few conversations, both ways, are always held."""
    return () if number % (2 * EVERY) < 2 else (pytest.mark.outside,)


@asynccontextmanager
async def conversation(
    script: Script, way: str, *, knowledge: Knowledge, database: str, data_dir: Path
) -> AsyncIterator[Conversation]:
    """Somebody, and a bot that listens, on the day of the conversation."""
    day = datetime.fromisoformat(script.settings.get("today", "2026-11-20"))
    begins = time.fromisoformat(script.settings.get("time", "09:00"))
    clock = FixedClock(datetime.combine(day.date(), begins, LOCAL))
    async with (
        FakeZaloBot(clock=clock, hurry=100) as zalo,
        zalobot_desk_on(
            zalo,
            knowledge=knowledge,
            database_url=database,
            data_dir=data_dir,
            clock=clock,
            chance=SeededChance(7),
            way=way,
        ) as desk,
    ):
        yield Conversation(desk, clock, zalo.person())
        assert desk.faults == []
        assert zalo.ignored == [], "something was sent that the server does not know"
        assert zalo.lost == [], "somebody was not heard"


@pytest.fixture
def text(path: Path) -> str:
    """The conversation as it is written down."""
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "way"),
    [pytest.param(*case, id=f"{case[0].stem}-{case[1]}", marks=marks(number)) for number, case in enumerate(CASES)],
)
async def test_goes_on_the_bot_platform_as_written(
    path: Path, way: str, text: str, knowledge: Knowledge, one_database: str, tmp_path: Path
) -> None:
    script = read_script(text)
    async with conversation(script, way, knowledge=knowledge, database=one_database, data_dir=tmp_path) as talk:
        assert await talk.hold(script, list(blocks(text))) == []


@pytest.mark.parametrize("path", [one for one in HELD if one.stem in SHOWN], ids=lambda path: path.stem)
async def test_looks_as_kept(
    path: Path, text: str, knowledge: Knowledge, one_database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The exact texts as the server received them; `--update-golden` keeps them as they are now."""
    script = read_script(text)
    async with conversation(script, "polling", knowledge=knowledge, database=one_database, data_dir=tmp_path) as talk:
        await talk.hold(script, list(blocks(text)))
    looks = re.sub(r"http://127\S+/files/\S+", "https://ward.example.vn/files/…", "\n".join(talk.told)) + "\n"
    golden = GOLDENS / path.name
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(looks, "utf-8")
    assert looks == golden.read_text("utf-8"), "it looks otherwise now: review with pytest --update-golden"


def test_what_is_not_held_here_cannot_happen_here() -> None:
    """The platform does not carry it: a number or place that is shared, films, other files, albums, who blocks us."""
    left_out = {path.stem: not_carried(path.read_text("utf-8")) for path in of_one_address() if path not in HELD}
    assert all(left_out.values()) and len(left_out) < len(HELD) / 8, left_out
