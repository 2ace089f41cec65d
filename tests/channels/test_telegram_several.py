"""Settings and processes: what is paid for is marked so, and of two processes one asks for updates."""

from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from tests.support.desks import desk_on
from tests.support.telegram.server import FakeTelegram

pytestmark = [
    pytest.mark.usefixtures("postgresql"),
    pytest.mark.parametrize("kind", ["postgresql"], indirect=True),
    pytest.mark.thorough,
]


@pytest.mark.parametrize(("limit", "paid"), [(30, None), (31, True)])
async def test_only_what_goes_beyond_the_free_limit_may_be_charged(
    telegram: FakeTelegram, knowledge: Knowledge, one_database: str, tmp_path: Path, limit: int, paid: bool | None
) -> None:
    async with desk_on(
        telegram, knowledge=knowledge, database_url=one_database, data_dir=tmp_path, telegram_per_second=limit
    ):
        lan = telegram.person()
        lan.says("/start dak-cam")
        await telegram.until(lambda: lan.shown)
    assert {call.parameters.get("allow_paid_broadcast") for call in telegram.calls_of("sendMessage")} == {paid}


async def test_of_two_processes_one_asks_and_the_other_takes_over(
    telegram: FakeTelegram, knowledge: Knowledge, one_database: str, tmp_path: Path
) -> None:
    """Two that ask take each other's answers: Telegram ends the request of the first with a conflict."""
    given = {"knowledge": knowledge, "database_url": one_database, "data_dir": tmp_path}
    lan = telegram.person()
    async with desk_on(telegram, **given):
        async with desk_on(telegram, **given):
            lan.says("/start dak-cam")
            await telegram.until(lambda: lan.shown)
        assert all(call.status != 409 for call in telegram.calls_of("getUpdates"))
        lan.says("menu")
        await telegram.until(lambda: len(lan.shown) == 2)
