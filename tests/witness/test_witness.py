"""Every golden conversation over a server of strangers: what telemelya received is what the file says.

Our own fake server is stricter, but it was written by us; telemelya knows nothing of this product.
"""

import re
from datetime import datetime, time
from pathlib import Path

import pytest
from aiogram.exceptions import ClientDecodeError

from bot.knowledge import Knowledge
from handlers.context import LOCAL
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import SECRET, TelegramDesk, desk_on
from tests.support.golden import Script, read_script
from tests.support.telegram_golden import Conversation, answers_in
from tests.support.watching import of_one_address
from tests.witness.proxy import proxy
from tests.witness.stranger import Person, Process, Stranger, WitnessDesk

pytestmark = pytest.mark.witness

PATHS = of_one_address()
DELIVERED = {"answer", "late", "later", "photo"}  # events that telemelya brings, or needs no part in
A_FILE = re.compile(r"^  \([\w-]+\.\w+\)$", re.MULTILINE)  # one that the bot sends
# What telemelya does not have and the product does without.
ORNAMENTS = {f"{verb}My{what}" for verb in ("get", "set") for what in ("Commands", "Description", "ShortDescription")}


def out_of_reach(script: Script, text: str) -> str:
    """What in a conversation telemelya cannot carry; empty where it can."""
    events = {re.split(r"[: ]", step.removeprefix("! "))[0] for step in script.steps if step.startswith("!")}
    beyond = sorted(events - DELIVERED) + (["sendDocument"] if A_FILE.search(text) else [])
    return ", ".join(beyond)


def only_ornaments_are_missed(desk: TelegramDesk, refused: list[str]) -> None:
    """Each fault that was told is a call of those, answered as no Bot API would."""
    assert set(refused) <= ORNAMENTS
    assert len(desk.faults) <= len(refused)
    odd = [(where, error) for where, error in desk.faults if not isinstance(error.__cause__, ClientDecodeError)]
    assert odd == []


@pytest.fixture
def text(path: Path) -> str:
    """The conversation as it is written down."""
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in PATHS])
async def test_reads_the_same_at_strangers(
    path: Path, text: str, telemelya: Process, knowledge: Knowledge, one_database: str, tmp_path: Path
) -> None:
    script = read_script(text)
    if beyond := out_of_reach(script, text):
        pytest.skip(f"{path.stem}: telemelya does not carry {beyond}")
    day = datetime.fromisoformat(script.settings.get("today", "2026-11-20"))
    begins = time.fromisoformat(script.settings.get("time", "09:00"))
    clock = FixedClock(datetime.combine(day.date(), begins, LOCAL))
    person = Person(id=6_000_000_001 + PATHS.index(path), clock=clock)
    async with proxy() as between:
        stranger = Stranger(telemelya, between, person, path.stem)
        async with desk_on(
            stranger,  # type: ignore[arg-type]
            knowledge=knowledge,
            database_url=one_database,
            data_dir=tmp_path,
            clock=clock,
            chance=SeededChance(7),
            telegram_webhook_url=between.url,
            telegram_webhook_secret=SECRET,
        ) as running:
            desk = WitnessDesk(**vars(running))
            between.target = desk.address
            await stranger.reached()
            held = await Conversation(desk, clock, person).hold(script, answers_in(text))
            assert held == text
            only_ornaments_are_missed(desk, telemelya.refused(stranger.token))
