"""Surveys of what people wish to learn in the console: begun, counted without names, put in a file, ended."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from bot.app import App
from core.officers import Grant, Role
from core.surveys import Wish
from core.training import Household
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.support.rows import everything, make_person

LIST, NEW = "/console/work/training/surveys", "/console/work/training/surveys/dak-cam/new"


async def begun(desk: Desk, first: str = "20/11/2026", last: str = "30/11/2026") -> Page:
    await desk.open(NEW)
    return await desk.send("/new", first=first, last=last)


async def answered(app: App, many: int, trade: str, hamlet: str = "thôn 1", survey: int = 1, **wish: Any) -> None:
    known = len((await everything(app.storage))["contacts"])
    for number in range(many):
        contact = (await make_person(app.storage, f"wisher {known + number}")).contact.id
        told = Wish(trade=trade, **{"household": Household.POOR, **wish})
        async with app.storage.write() as uow:
            await uow.surveys.keep(survey, contact, told, hamlet, app.clock.now())
            await uow.commit()


async def sheet(desk: Desk) -> list[list[Any]]:
    from openpyxl import load_workbook

    answer = await desk.client.get(f"{LIST}/1/sheet")
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


async def test_a_survey_is_begun_once_and_ended(app: App, thu: Desk) -> None:
    page = await begun(thu)
    assert page.statuses == ["✓ Đã mở đợt khảo sát."] and "20/11/2026 đến 30/11/2026" in page.text
    page = await begun(thu, "30/11/2026", "10/12/2026")
    assert page.status == 409 and "đã có đợt khảo sát" in page.alerts[0]
    assert page.form("/new").fields["last"] == "10/12/2026"
    await thu.open(f"{LIST}/1")
    page = await thu.send("/end")
    assert page.statuses == ["✓ Đã kết thúc đợt khảo sát."] and "Đã xong" in page.text
    assert "20/11/2026, kết thúc ngay trong ngày" in page.text and "19/11/2026" not in page.text
    acts = [one["action"] for one in (await everything(app.storage))["audit_log"]]
    assert acts.count("survey.begun") == acts.count("survey.ended") == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("mai", "30/11/2026"), "Nhập ngày như 05/01/2027."),
        (("19/11/2026", "30/11/2026"), "Ngày này đã qua."),
        (("25/11/2026", "24/11/2026"), "Ngày cuối phải sau ngày đầu."),
        (("20/11/2026", "20/11/2027"), "Một đợt dài nhất 120 ngày."),
    ],
)
async def test_days_that_cannot_be_right_are_named(thu: Desk, days: tuple[str, str], said: str) -> None:
    page = await begun(thu, *days)
    assert page.status == 422 and said in page.alerts[0]


async def test_the_table_the_forecast_and_the_file_say_the_same(app: App, thu: Desk) -> None:
    await begun(thu)
    await answered(app, 12, "sewing-group", season="late")
    await answered(app, 18, "sewing-group", "thôn 2", household=Household.NEAR_POOR)
    await answered(app, 3, "kitchen")
    await answered(app, 4, "farm")
    page = await thu.open(f"{LIST}/1")
    text = " ".join(page.text.split())
    assert "Đã trả lời37 người Muốn" in text, "of how many is not known here"
    assert "May mặc, da giày: 30" in text and "Bếp, quán, nhà nghỉ: dưới 5" in text
    assert "30 người muốn học, mở được 1 lớp." in text and "từ 25 đến 35 người" in text
    assert "so với đợt trước là so tỷ lệ" in text.casefold()
    rows = await sheet(thu)
    assert rows[0][:4] == ["Nghề", "Thôn, tổ", "Diện hộ", "Số người"]
    figures = {(row[0], row[1], row[2]): row[3] for row in rows[1:]}
    assert figures["May mặc, da giày", "Tất cả", "Tất cả"] == 30
    assert figures["May mặc, da giày", "thôn 2", "Hộ cận nghèo"] == 18
    assert figures["Bếp, quán, nhà nghỉ", "Tất cả", "Tất cả"] == "dưới 5"
    assert not any(figure in (3, 4) for figure in figures.values())


@pytest.mark.thorough
async def test_a_trend_is_told_of_many_only(app: App, thu: Desk, clock: Any) -> None:
    await begun(thu, "20/11/2026", "20/11/2026")
    await answered(app, 20, "sewing-group")
    await answered(app, 30, "farm")
    clock.advance(days=2)
    later = await signed_in(app, "Thu Hà", Grant(role=Role.EDITOR, locality="dak-cam"))
    await begun(later, "22/11/2026", "30/11/2026")
    await answered(app, 30, "sewing-group", survey=2)
    await answered(app, 10, "farm", survey=2)
    text = " ".join((await later.open(f"{LIST}/2")).text.split())
    assert "Tăng 35 điểm phần trăm so với đợt trước." in text
    assert text.count("so với đợt trước.") == 1, "of farming too few answered"


async def test_what_is_of_another_place_is_not_there_and_viewers_change_nothing(app: App, thu: Desk) -> None:
    await begun(thu)
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    assert "20/11/2026" not in (await there.open(LIST)).text
    guard = {"form": there.page.forms[0].fields["form"]}
    for path in (f"{LIST}/1", f"{LIST}/1/sheet", NEW, f"{LIST}/99"):
        assert (await there.client.get(path)).status_code == 404
    for path in (f"{LIST}/1/end", NEW):
        assert (await there.post(path, {**guard, "first": "20/12/2026", "last": "21/12/2026"})).status == 404
    supervisor = await signed_in(app, "Sâm", Grant(role=Role.SUPERVISOR, locality="dak-cam"))
    page = await supervisor.open(f"{LIST}/1")
    assert page.status == 200 and "Kết thúc đợt này" not in page.text
    assert (await supervisor.client.get(NEW)).status_code == 403


async def test_nothing_typed_becomes_part_of_a_page(app: App, thu: Desk) -> None:
    assert clean((await begun(thu, SCRIPT, SCRIPT)).html)
    await begun(thu)
    await answered(app, 6, "sewing-group", hamlet=SCRIPT)
    assert clean((await thu.open(f"{LIST}/1")).html)
    async with app.storage.read() as uow:
        found = await uow.surveys.get(1)
    assert found is not None and found.last - found.first == timedelta(days=10)
