"""The health page: readable, exact, and honest in its status."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from httpx import AsyncClient

from bot.health import FULL_DISK, LOW_DISK, Health
from db.unit_of_work import SqlStorage
from tests.support.clock import FixedClock
from tests.web.conftest import changed, client_of
from web.app import Site
from web.health import Check, HealthReport, State


async def test_a_healthy_service_says_so(client: AsyncClient) -> None:
    page = await client.get("/health")
    assert page.status_code == 200
    assert "Đang chạy tốt" in page.text
    machine = (await client.get("/health?format=json")).json()
    assert machine["ok"] is True
    assert machine["waiting_updates"] == 0
    assert {"name": "database", "state": "ok", "detail": machine["checks"][0]["detail"]} == machine["checks"][0]


@pytest.mark.parametrize(
    ("free", "state"),
    [(LOW_DISK + 1, State.OK), (LOW_DISK, State.SLOW), (FULL_DISK + 1, State.SLOW), (FULL_DISK, State.DOWN)],
)
async def test_a_disk_without_room_is_no_healthy_service(
    storage: SqlStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State
) -> None:
    monkeypatch.setattr("bot.health.shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    report = await Health(storage=storage, clock=FixedClock(), data_dir=tmp_path, channels={}).report()
    assert {one.name: one.state for one in report.checks}["disk"] is state
    assert report.ok is (state is not State.DOWN)


async def test_trouble_is_shown_with_word_sign_and_status(site: Site) -> None:
    async def report() -> HealthReport:
        return HealthReport(
            ok=False,
            version="9.9",
            checks=(Check(name="database", state=State.DOWN, detail="<b>full</b>"), Check(name="x", state=State.SLOW)),
            waiting_updates=7,
            in_doubt=3,
            oldest_waiting_seconds=61.5,
        )

    async with client_of(changed(site, health=report)) as client:
        page = await client.get("/health")
        machine = await client.get("/health?format=json")
    assert page.status_code == machine.status_code == 503
    for part in ("■", "Dừng", "▲", "Chậm", "61,5 giây", "9.9", "Cơ sở dữ liệu", "&lt;b&gt;full"):
        assert part in page.text
    assert machine.json()["oldest_waiting_seconds"] == 61.5
