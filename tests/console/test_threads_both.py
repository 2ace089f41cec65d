"""Talks, slips, what is passed upward and the table by month, on SQLite and on PostgreSQL."""

import asyncio

import pytest

from bot.app import App
from tests.console.conftest import Asks
from tests.console.desk import Desk
from tests.console.test_slips import ANSWER, opened
from tests.support.clock import FixedClock
from tests.support.rows import everything

pytestmark = pytest.mark.thorough


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_a_whole_case(app: App, lan: Desk, minh: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks(office="phong-vhxh")
    await asks("K7M4PY", office="phong-vhxh", due_days=-1)
    mark = (await lan.client.get("/console/news")).json()
    for one in (lan, minh):
        await one.open("/console/questions/1")
    pages = await asyncio.gather(*[one.send("/talk", "Nói chuyện trực tiếp") for one in (lan, minh)])
    assert sorted(page.status for page in pages) == [200, 409]
    assert (await lan.client.get("/console/news")).json() != mark
    clock.advance(seconds=1)
    await lan.open("/console/questions/1")
    await lan.send("/pass-up", "Chuyển lên cấp trên", upper="Sở Y tế tỉnh", upper_due="4/12/2026")
    clock.advance(seconds=1)
    for number in (1, 2):
        await lan.open(f"/console/questions/{number}")
        await lan.send("/answer", "Trả lời", text=ANSWER)
        clock.advance(seconds=1)
    rows = (await everything(app.storage))["questions"]
    assert [(row["upper"], row["late"]) for row in rows] == [(None, False), (None, True)]
    await lan.open("/console/questions/1/slip")
    form = lan.page.form("/slip")
    await asyncio.gather(*[lan.client.post(form.action, data={**form.fields, "do": "make"}) for _ in range(3)])
    (row,) = (await everything(app.storage))["question_slips"]
    assert (await opened(app, str(row["code"]))).status == 200
    assert (await opened(app, "K7M4PXRT29")).status == 404
    said = " ".join((await lan.open("/console/questions/months")).text.split())
    assert "11/2026 Phòng Văn hóa - Xã hội phườngphường Đăk Cấm 2 1 1 0 0 0" in said
    async with app.storage.write() as uow:
        await uow.people.erase(1, [], clock.now())
        await uow.commit()
    assert (await opened(app, str(row["code"]))).status == 404
    said = " ".join((await lan.open("/console/questions/months")).text.split())
    assert "2 1 1 0 0 0" in said, "the figures stay true when the person is gone"
    async with app.storage.read() as uow:
        assert (await uow.audit.verify()).broken_at is None
