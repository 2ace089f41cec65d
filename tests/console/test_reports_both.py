"""What reports ask of storage, on SQLite and on PostgreSQL."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.app import App
from core.periods import read_period
from tests.console.desk import Desk
from tests.console.reporting import filled
from tests.console.test_reports import HERE, said

pytestmark = pytest.mark.thorough


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_page_and_file(app: App, lan: Desk) -> None:
    await filled(app.storage)
    await lan.open(HERE)
    for told in ("danh sách 36", "Đồng ý nhận tin 22", "Lượt gửi được 17", "nhận tin trong 7 ngày sau tin 2"):
        assert told in said(lan)
    for told in ("Câu hỏi trong kỳ 22", "Đang chờ và đã quá hạn 7", "lần đầu trong 5 giờ", "xong 24"):
        assert told in said(lan)
    answer = await lan.client.get("/console/reports/xlsx?place=dak-cam&period=2026")
    assert len(list(load_workbook(BytesIO(answer.content))["Dòng người"].values)) == 37


async def test_people_are_as_many_as_their_rows(app: App) -> None:
    await filled(app.storage)
    now = app.clock.now()
    for key in ("2026-09", "2026-11", "2026"):
        period = read_period(key)
        async with app.storage.read() as uow:
            await uow.monitor.one_moment()
            counts = await uow.monitor.people(("dak-cam", "di-su"), period, now)
            rows = await uow.monitor.person_rows(("dak-cam", "di-su"), period, now)
        assert (counts.known, counts.agreed) == (len(rows), sum(one.agreed for one in rows))
        assert counts.new == sum(one.since >= period.begins for one in rows)
        kinds = {kind: sum(kind in one.channels for one in rows) for kind in counts.channels}
        assert kinds == counts.channels
