"""Both houses as processes of their own, killed at every step of a post's way: each answer comes once.

In `make channels`: processes start a dozen times.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.desks import SECRET
from tests.support.houses import KEY
from tests.support.killable_inbox import AT_THE_FETCHER, AT_THE_KEEPER, VARIABLE
from tests.support.service import Service, free_port, running
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

THEIRS = "telegram.dak-cam"
LONG = 60  # seconds for what takes a few: processes start in between
STEPS = (*AT_THE_KEEPER, *AT_THE_FETCHER)


class Houses:
    """Starts either, as often as it dies."""

    def __init__(self, folder: Path, telegram: FakeTelegram) -> None:
        self._folder, self._telegram = folder, telegram
        self._port = free_port()

    def _settings(self, house: str) -> dict[str, str]:
        address = f"http://127.0.0.1:{self._port}"
        if house == "province":
            return {"CHUNGTAY_PORT": str(self._port), "CHUNGTAY_INBOX_KEYS": f"{THEIRS}={KEY}"}
        return {
            "CHUNGTAY_TELEGRAM_TOKEN": self._telegram.token,
            "CHUNGTAY_TELEGRAM_API_BASE": self._telegram.url,
            "CHUNGTAY_TELEGRAM_WEBHOOK_URL": f"{address}/hooks/{THEIRS}",
            "CHUNGTAY_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "CHUNGTAY_INBOX_URL": address,
            "CHUNGTAY_INBOX_KEY": KEY,
            "CHUNGTAY_INBOX_ACCOUNT": THEIRS,
        }

    @asynccontextmanager
    async def on(self, house: str, killed_at: str = "") -> AsyncIterator[Service]:
        """One of them, in a process of its own."""
        settings = self._settings(house) | ({VARIABLE: killed_at} if killed_at else {})
        starting = running(self._folder / house, module="tests.support.killable_inbox", **settings)
        service = await asyncio.to_thread(starting.__enter__)
        try:
            yield service
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)


async def died(service: Service, step: str) -> None:
    """Until the process has killed itself there, and nowhere else."""
    async with asyncio.timeout(LONG):
        while service.process.poll() is None:  # noqa: ASYNC110 - a process tells nobody
            await asyncio.sleep(0.02)
    assert service.process.stderr is not None
    assert f"killed itself at {step}" in await asyncio.to_thread(service.process.stderr.read)


@pytest.fixture
def houses(tmp_path: Path, telegram: FakeTelegram) -> Houses:
    return Houses(tmp_path, telegram)


async def shows(telegram: FakeTelegram, person: Person, count: int) -> None:
    await telegram.until(lambda: len(person.shown) >= count, within=LONG)


@pytest.mark.outside
@pytest.mark.parametrize("step", STEPS)
async def test_a_power_cut_at_any_step_loses_nothing_and_doubles_nothing(
    houses: Houses, telegram: FakeTelegram, step: str
) -> None:
    lan = telegram.person()
    killed, other = ("province", "ward") if step in AT_THE_KEEPER else ("ward", "province")
    async with houses.on(other):
        async with houses.on(killed, step) as service:
            lan.says("/start dak-cam")
            await died(service, step)
        async with houses.on(killed):
            await shows(telegram, lan, 1)
            lan.says("menu")  # what would come twice comes before this: of one person nothing overtakes
            await shows(telegram, lan, 2)
            await telegram.quiet()
    assert len(lan.shown) == 2
