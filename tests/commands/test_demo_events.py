"""The demonstration's job fairs: three a place, ahead of today, put in once, told as verified."""

from pathlib import Path

import pytest

from bot import demo_events
from bot.app import build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.settings import load_settings
from tests.support.clock import FixedClock
from tests.support.databases import Databases


@pytest.fixture
def data_dir(tmp_path: Path, databases: Databases) -> Path:
    """A folder as after a first start."""
    load_key(tmp_path)
    databases.put(tmp_path / "chungtay.db")
    return tmp_path


async def test_three_a_place_once(data_dir: Path, knowledge: Knowledge) -> None:
    async with build(load_settings(data_dir=data_dir), clock=FixedClock(), knowledge=knowledge) as app:
        for _ in range(2):
            await demo_events.announce(app)
        for place in app.knowledge.content.localities:
            async with app.storage.read() as uow:
                coming = await uow.events.coming(place, app.clock.now(), 10)
            assert len(coming) == 3 and all("mẫu" in one.event.title for one in coming)
            assert all(one.created_by != one.verified_by for one in coming)
