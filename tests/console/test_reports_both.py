"""What reports ask of storage, on SQLite and on PostgreSQL."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.app import App
from core.officers import Grant, Role
from core.periods import read_period
from core.progress import NewReported, Standing
from core.training import Learner
from core.work import OfferKind, OfferState
from db.training_tables import enrolments
from tests.console.desk import Desk, signed_in
from tests.console.reporting import filled
from tests.console.test_leads import leads
from tests.console.test_reports import HERE, said
from tests.support.rows import an_offer

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


async def test_work_courses_and_targets_are_told_as_they_are(app: App, lan: Desk) -> None:
    """Of this month and this place: 3 interested, 2 of them at work; 2 learners, one has finished; clean water."""
    await leads(app, 3, started=2)
    await leads(app, 4, place="di-su", title="Phụ hồ")
    now = app.clock.now()
    course = an_offer(kind=OfferKind.COURSE, title="Nấu ăn")
    water = NewReported(
        locality="dak-cam",
        subject="target:clean-water.share",
        numbers={"share": Decimal(99)},
        as_of=now.date(),
        document="15/BC-UBND",
    )
    async with app.storage.write() as uow:
        (number,) = (await uow.work.add("dak-cam", [course], by="Thu", now=now)).new
        await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Duy", verified_at=now)
        for code in ("K7M4P", "K7M4R"):
            learner = Learner(name=code)
            await uow.training.join(number, learner, code=code, by="Thu", now=now, on=now.date(), contact_id=None)
        await uow.connection.execute(update(enrolments).where(enrolments.c.code == "K7M4P").values(state="finished"))
        figure = await uow.progress.add(water, "Thu", now, after=0)
        assert figure is not None and await uow.progress.step(figure, Standing.APPROVED, "Duy", now)
        await uow.commit()
    await lan.open(f"/console/reports?place=dak-cam&period={now:%Y-%m}")
    for told in (
        "Tin tuyển người đã kiểm tra trong kỳ 1",
        "Lớp nghề đã kiểm tra trong kỳ 1",
        "Lượt người quan tâm một việc 3",
        "Lượt bắt đầu đi làm trong kỳ 2",
        "Lượt ghi tên học nghề 2",
        "Đã học xong 1",
        "Đã đạt 1 trên 15 chỉ tiêu có con số",
    ):
        assert told in said(lan), told
    assert "dùng nước sạch từ 98 phần trăm trở lên 99% Đã đạt" in said(lan)
    page = await lan.open(f"/console/reports/rows?figure=work.enrolled&place=dak-cam&period={now:%Y-%m}")
    assert "Lượt ghi tên" in said(lan) and "/people/" not in page.html, "who learns is not for an answerer to see"
    everywhere = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR))
    await each_leads_to_its_rows(everywhere, f"{now:%Y-%m}", course=number)
    await everywhere.open(f"/console/reports?place=di-su&period={now:%Y-%m}")
    assert "Lượt người quan tâm một việc 4" in said(everywhere)
    await everywhere.open(f"/console/reports?place=dak-cam&period={now.year - 1}")
    for told in ("kiểm tra trong kỳ 0", "quan tâm một việc 0", "đi làm trong kỳ 0", "ghi tên học nghề 0"):
        assert told in said(everywhere), "what came at another time is not of this one"


async def each_leads_to_its_rows(desk: Desk, month: str, *, course: int) -> None:
    """The sheet of rows adds up to what the summary tells, and each figure's page lists as many, with the way there."""
    answer = await desk.client.get(f"/console/reports/xlsx?place=dak-cam&period={month}")
    book = load_workbook(BytesIO(answer.content))
    (heads, *rows), summary = book["Dòng việc, học"].values, book["Tổng hợp"].values
    told = {str(row[1]).strip(): row[2] for row in summary if row[0] == "Việc làm, học nghề"}
    figures = [at for at, head in enumerate(heads) if head in told]
    assert len(figures) == 6 and len(rows) == 1 + 1 + 3 + 2
    for at in figures:
        assert told[heads[at]] == sum(row[at] for row in rows) > 0, heads[at]
    await desk.open(f"/console/reports?place=dak-cam&period={month}")
    assert desk.page.html.count("figure=work.") == 6
    numbers = {"vacancies": 1, "courses": 1, "interested": 3, "started": 2, "enrolled": 2, "finished": 1}
    for name, number in numbers.items():
        page = await desk.open(f"/console/reports/rows?figure=work.{name}&place=dak-cam&period={month}")
        assert f"{number} dòng. Trang 1 trên 1." in said(desk)
        assert ("Ngày đi làm" in said(desk)) is (name == "started")
        rows = [href for href in page.links.values() if re.fullmatch(r"/console/work/.*\d", href)]
        assert (rows and f"Lượt ghi tên: Nấu ăn {course}" in said(desk)) or name not in {"enrolled", "finished"}
        assert (await desk.open(rows[-1])).status == 200, rows
    assert (await desk.open(f"/console/reports/rows?figure=work.no-such&place=dak-cam&period={month}")).status == 404
