"""Tasks of offices in the console: from the plan or free, late and soon, done with a document, help asked for."""

from io import BytesIO
from typing import Any

import pytest

from bot.app import App
from core.officers import Grant, Role
from core.tasks import NewTask
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_targets import row_of
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import everything

LIST, NEW, PLAN = "/console/tasks?at=dak-cam", "/console/tasks/dak-cam/new", "/console/tasks/dak-cam/plan"
FILLED = {"text": "Chuẩn bị hội nghị", "office": "phong-vhxh", "helper": "thon-tdp", "due": "30/11/2026"}
DONE = {"done_text": "Đã họp 5 thôn.", "done_document": "Biên bản 3/BB-UBND"}


async def give(thu: Desk, **fields: str) -> Page:
    await thu.open(NEW)
    return await thu.send("/new", "Giao nhiệm vụ", **{**FILLED, **fields})


async def of(app: App, office: str, name: str = "Ba", role: Role = Role.ANSWERER) -> Desk:
    return await signed_in(app, name, Grant(role=role, locality="dak-cam", office=office))


async def stored(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["tasks"]


async def test_duties_of_the_plan_become_tasks_once_they_have_a_day(app: App, thu: Desk) -> None:
    page = await thu.open(PLAN)
    assert "hằng năm, cùng Trưởng thôn" in " ".join(page.text.split()) and "Kế hoạch không ghi ngày" in page.text
    page = await thu.send("/plan", "Giao các việc đã ghi hạn")
    assert page.status == 422 and "Chưa ghi hạn cho việc nào." in page.alerts[0]
    page = await thu.send("/plan", "Giao các việc đã ghi hạn", due_0="15/12/2026", due_1="mai")
    assert page.status == 422 and "Nhập ngày như 05/01/2027." in page.alerts[0] and await stored(app) == []
    assert page.form("/plan").fields["due_0"] == "15/12/2026", "what was typed stays"
    page = await thu.send("/plan", "Giao các việc đã ghi hạn", due_1="", due_4="01/12/2026")
    assert page.statuses == ["✓ Đã giao các việc có hạn."]
    row = row_of(page, "hằng năm (rà soát)")
    assert "mục VI.1" in row and "cùng Trưởng thôn" in row and "01/12/2026" in row
    page = await thu.open(PLAN)
    assert "đã giao, hạn 15/12/2026" in page.text
    await thu.send("/plan", "Giao các việc đã ghi hạn", due_0="15/12/2026")
    assert len(await stored(app)) == 2, "a duty once for a day"
    acts = [one["action"] for one in (await everything(app.storage))["audit_log"]]
    assert acts.count("task.made") == 2


async def test_late_soon_and_done(app: App, thu: Desk, clock: FixedClock) -> None:
    for text, due in (("Việc gần", "23/11/2026"), ("Việc xa", "30/12/2026"), ("Việc xong", "25/11/2026")):
        await give(thu, text=text, due=due)
    await thu.open("/console/tasks/3")
    page = await thu.send("/done", **DONE)
    assert page.statuses == ["✓ Đã báo xong nhiệm vụ."] and "Biên bản 3/BB-UBND" in page.text
    page = await thu.open(LIST)
    assert "Quá hạn: 0. Đến hạn trong 7 ngày: 1. Đang làm: 2. Đã xong: 1." in page.text
    assert "Sắp đến hạn" in row_of(page, "Việc gần") and "Đang làm" in row_of(page, "Việc xa")
    clock.advance(days=7)
    other = await signed_in(app, "Tư", Grant(role=Role.VIEWER, locality="dak-cam"))
    page = await other.open(LIST)
    row = row_of(page, "Việc gần")
    assert "■" in row and "Quá hạn" in row and "quá 4 ngày" in row and "Việc xong" not in page.text
    assert "Việc xong" in (await other.open(f"{LIST}&show=done")).text


async def test_the_office_is_reminded_on_its_home_page_and_others_are_not(app: App, thu: Desk) -> None:
    await give(thu, due="23/11/2026")
    await give(thu, text="Việc xa", due="30/12/2026")
    own, helper = await of(app, "phong-vhxh"), await of(app, "thon-tdp", "Năm")
    stranger = await of(app, "vp-hdnd-ubnd", "Sáu")
    for desk in (own, helper):
        page = await desk.open("/console")
        assert "Sắp đến hạn: Chuẩn bị hội nghị" in page.text and "Việc xa" not in page.text
    assert "Chuẩn bị hội nghị" not in (await stranger.open("/console")).text
    assert (await stranger.open("/console/tasks/1")).status == 404
    assert "Chuẩn bị hội nghị" not in (await stranger.open(LIST)).text
    await own.open("/console/tasks/1")
    page = await own.send("/help", help_text="Thiếu người đi các thôn.")
    assert page.statuses == ["✓ Đã gửi lời nhờ giúp."]
    assert "Cần giúp: Chuẩn bị hội nghị" in (await thu.open("/console")).text
    await helper.open("/console/tasks/1")
    await helper.send("/done", **DONE)
    assert "Chuẩn bị hội nghị" not in (await own.open("/console")).text, "a closed task reminds nobody"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Viết vài lời."),
        ({"office": "no-such"}, "Chọn phòng lo việc này."),
        ({"helper": "phong-vhxh"}, "Phòng cùng làm phải là phòng khác."),
        ({"due": "01/01/2020"}, "Hạn này đã qua."),
        ({"due": "sớm"}, "Nhập ngày như 05/01/2027."),
        ({"due": "01/01/2126"}, "Hạn xa quá 10 năm."),
        ({"due": "5/12"}, "Ghi đủ cả năm, như 05/12/2026."),
        ({"due": "31/2"}, "Tháng 2/2026 không có ngày 31."),
    ],
)
async def test_what_cannot_be_right_is_named(app: App, thu: Desk, fields: dict[str, str], said: str) -> None:
    page = await give(thu, **fields)
    assert page.status == 422 and said in page.alerts[0] and await stored(app) == []


async def test_done_takes_a_word_and_a_document_and_the_second_is_told(app: App, thu: Desk) -> None:
    await give(thu)
    own = await of(app, "phong-vhxh")
    await own.open("/console/tasks/1")
    page = await own.send("/done", done_text="Xong", help_text="Nửa câu")
    assert page.status == 422 and "Nhập số và tên văn bản." in page.alerts[0]
    assert page.form("/done").fields["help_text"].strip() == "Nửa câu", "no button loses what stands in another box"
    await thu.open("/console/tasks/1")
    await thu.send("/move", move_due="15/12/2026")
    assert "từ 30/11/2026 sang 15/12/2026" in thu.page.text
    page = await own.send("/done", **DONE)
    assert page.status == 409 and page.form("/done").fields["done_text"].strip() == DONE["done_text"]
    form = {**page.form("/done").fields, **DONE}
    assert [(await own.post("/console/tasks/1/done", form)).statuses for _ in range(2)] == [
        ["✓ Đã báo xong nhiệm vụ."]
    ] * 2
    acts = [one["act"] for one in (await everything(app.storage))["task_history"]]
    assert acts == ["made", "moved", "done"], "a form sent twice does one thing"
    await thu.open("/console/tasks/1")
    page = await thu.send("/reopen", reopen_text="Chưa có chữ ký.")
    assert page.statuses == ["✓ Đã mở lại nhiệm vụ."] and "Chưa có chữ ký." in page.text


async def test_what_is_of_another_place_is_not_there(app: App, thu: Desk) -> None:
    await give(thu)
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    assert "Chuẩn bị hội nghị" not in (await there.open(LIST)).text
    guard = {"form": there.page.forms[0].fields["form"]}
    for path in ("/console/tasks/1", NEW, PLAN):
        assert (await there.open(path)).status == 404
    for path in (NEW, PLAN, "/console/tasks/1/done", "/console/tasks/1/move"):
        assert (await there.post(path, {**guard, **FILLED, "due_0": "15/12/2026"})).status == 404
    assert len(await stored(app)) == 1


async def test_nothing_typed_becomes_part_of_a_page_or_a_formula(thu: Desk) -> None:
    from openpyxl import load_workbook

    assert clean((await give(thu, text=SCRIPT, due=SCRIPT)).html)
    await give(thu, text=SCRIPT)
    await give(thu, text="=1+1")
    assert clean((await thu.open(LIST)).html) and clean((await thu.open("/console")).html)
    await thu.open("/console/tasks/1")
    page = await thu.send("/done", done_text=SCRIPT, done_document=SCRIPT)
    assert clean(page.html) and "alert(1)" in page.text
    answer = await thu.client.get("/console/tasks/sheet?at=dak-cam")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows())
    assert len(rows) == 3 and {row[1].data_type for row in rows} == {"s"}


@pytest.mark.thorough
async def test_a_page_costs_the_same_however_many_there_are(app: App, thu: Desk) -> None:
    async def cost() -> tuple[int, int]:
        await thu.open(LIST)
        with counting(app.storage) as counter:
            page = await thu.open(LIST)
        return counter.take(), len(page.html.encode())

    await give(thu)
    before = await cost()
    due = app.clock.now().date()
    async with app.storage.write() as uow:
        for number in range(40):
            text = f"Việc {number} " + "rất dài " * 100
            await uow.tasks.add(
                NewTask(locality="dak-cam", office="phong-vhxh", text=text, due=due), "Thu", app.clock.now()
            )
        await uow.commit()
    after = await cost()
    assert after[0] == before[0] <= 8 and after[1] < 150_000
