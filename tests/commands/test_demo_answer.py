"""The demonstration's one answer goes to the made-up person who asked, and to nobody else at a second start."""

from pathlib import Path

import pytest

from bot import demo
from bot.app import App, build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.opening import WEBCHAT
from bot.settings import load_settings
from core.questions import Author, QuestionState
from core.records import NewUpdate
from tests.support.clock import FixedClock
from tests.support.databases import Databases

STATES = list(QuestionState)


async def answers(app: App) -> list[int]:
    """How many answers each question has, in the order in which they were asked."""
    async with app.storage.read() as uow:
        listed = await uow.questions.list(states=STATES)
        found = [await uow.questions.get(one.code) for one in listed]
    threads = sorted((one.id, one.thread) for one in found if one is not None)
    return [sum(entry.author is Author.OFFICER for entry in thread) for _, thread in threads]


@pytest.fixture
def data_dir(tmp_path: Path, databases: Databases) -> Path:
    """A folder as after a first start."""
    load_key(tmp_path)
    databases.put(tmp_path / "chungtay.db")
    return tmp_path


async def test_a_second_start_answers_no_visitor(data_dir: Path, knowledge: Knowledge) -> None:
    clock = FixedClock()
    async with build(load_settings(data_dir=data_dir), clock=clock, knowledge=knowledge) as app:
        await demo.fill(app)
        assert await answers(app) == [1]
        for number, words in enumerate(("chồng em đánh em", "nước ngập đến mái nhà rồi")):
            raw = {"text": words, "payload": None, "attachments": []}
            await app.intake.receive(
                [NewUpdate(account=WEBCHAT, external_id=words, path=f"v{number}", raw=raw, received_at=clock.now())]
            )
            await app.intake.drain()
        assert await answers(app) == [1, 0, 0]
    async with build(load_settings(data_dir=data_dir), clock=clock, knowledge=knowledge) as app:
        await demo.fill(app)
        assert await answers(app) == [1, 0, 0]
