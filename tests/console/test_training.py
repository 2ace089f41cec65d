"""Courses in the console: lists, seats, attendance, results, another day, making known, and files of the list."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from bot.app import App
from core.officers import Grant, Role
from tests.console.courses import course, joined, states
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_targets import row_of
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import everything

LIST = "/console/work/training"


async def sheet(desk: Desk, number: int = 1) -> list[list[Any]]:
    from openpyxl import load_workbook

    answer = await desk.client.get(f"{LIST}/{number}/sheet")
    assert answer.status_code == 200
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


async def acts(app: App) -> list[str]:
    return [one["action"] for one in (await everything(app.storage))["audit_log"]]


async def person(desk: Desk, one: int, act: str, **fields: str) -> Page:
    await desk.open(f"{LIST}/1/people/{one}")
    return await desk.send(f"/{act}", **fields)


async def test_courses_stand_with_seats_and_who_waits(app: App, thu: Desk) -> None:
    number = await course(app)
    await joined(app, number, "An", "Bình", "Cúc")
    page = await thu.open(LIST)
    row = row_of(page, "May công nghiệp")
    assert "2 trên 2 chỗ" in row and "15/12/2026" in row and "Hết chỗ" in row
    page = await thu.open(f"{LIST}/{number}")
    assert (
        "Chờ, số 1" in row_of(page, ">Cúc<") and "thôn 3" in row_of(page, ">An<") and "Hộ nghèo" in row_of(page, ">An<")
    )
    viewer = await signed_in(app, "Xem", Grant(role=Role.VIEWER, locality="dak-cam"))
    page = await viewer.open(f"{LIST}/{number}")
    assert "2 trên 2 chỗ" in page.text and "Bình" not in page.text, "names are not for everybody"


async def test_the_list_is_a_spreadsheet_and_a_paper_and_both_are_noted(app: App, thu: Desk) -> None:
    number = await course(app)
    await joined(app, number, "=1+1", "Bình", "Cúc", phone="0912345678")
    head, *rows = await sheet(thu)
    assert head[1] == "Họ và tên" and [row[1] for row in rows] == ["=1+1", "Bình", "Cúc"]
    assert rows[0][3:7] == ["thôn 3", "Hộ nghèo", "Có chỗ", "0912345678"] and rows[2][5] == "Chờ, số 1"
    page = await thu.open(f"{LIST}/{number}/print")
    assert "Bảng điểm danh" in page.text and "Bình" in page.text and "Cúc" not in page.text and "Ký tên" in page.text
    assert page.html.count('data-head="Buổi 6"') == 2 and "In bảng" in page.text, "a telephone shows the boxes too"
    assert {"training.exported", "training.printed"} <= set(await acts(app))


async def test_somebody_who_came_in_person_is_written_down_once(app: App, thu: Desk) -> None:
    number = await course(app, seats=1)
    await thu.open(f"{LIST}/{number}/enrol")
    page = await thu.send("/enrol", name=" ", phone="123")
    assert page.status == 422 and "Điền mục này." in page.alerts[0] and "Số chưa đúng." in page.alerts[0]
    form = {**page.form("/enrol").fields, "name": "Y Thử", "phone": "84 912.345.678", "household": "near-poor"}
    for _ in range(2):
        page = await thu.post(f"{LIST}/{number}/enrol", form)
        assert "Đã ghi vào danh sách lớp." in page.statuses[0]
    assert await states(app, number) == {"Y Thử": "enrolled"}, "a form sent twice does one thing"
    await thu.open(f"{LIST}/{number}/enrol")
    page = await thu.send("/enrol", name="A Mẫu", household="poor")
    assert "Đã ghi vào danh sách chờ." in page.statuses[0]
    page = await thu.open(f"{LIST}/{number}/people/1")
    assert "09x xxx xx78" in page.text and "0912345678" not in page.text
    assert "0912345678" in (await thu.open(f"{LIST}/{number}/people/1?number=show")).text
    assert "training.number-shown" in await acts(app)


async def test_leaving_with_a_reason_frees_the_seat_for_whoever_is_given_it(app: App, thu: Desk) -> None:
    number = await course(app, seats=1)
    await joined(app, number, "An", "Bình", "Cúc")
    page = await person(thu, 3, "seat")
    assert page.status == 409 and "Lớp hết chỗ" in page.alerts[0]
    assert "Điền mục này." in (await person(thu, 1, "leave", why="")).alerts[0]
    page = await person(thu, 1, "leave", why="bận mùa")
    assert "Đã ghi thôi học." in page.statuses[0] and "bận mùa" in page.text
    page = await person(thu, 3, "seat")
    assert "Đã cho vào học." in page.statuses[0]
    assert await states(app, number) == {"An": "left", "Bình": "waiting", "Cúc": "enrolled"}
    assert "Chưa biết tin mới" in row_of(await thu.open(f"{LIST}/{number}"), ">Cúc<")
    page = await person(thu, 3, "told")
    assert "Đã ghi là đã báo." in page.statuses[0]
    assert "Chưa biết tin mới" not in (await thu.open(f"{LIST}/{number}")).text


async def test_who_came_is_noted_by_day_and_how_it_went(app: App, thu: Desk, clock: FixedClock) -> None:
    number = await course(app)
    await joined(app, number, "An", "Bình", "Cúc")
    page = await thu.open(f"{LIST}/{number}/attendance")
    assert "Cúc" not in page.text, "who waits is on no sheet"
    page = await thu.send("/attendance", day="15/12/2026", here_1="1")
    assert page.status == 422 and "Ngày này chưa đến." in page.alerts[0] and "checked" in page.html
    clock.advance(days=30)
    fresh = await signed_in(app, "Thu Hà", Grant(role=Role.EDITOR, locality="dak-cam"))
    await fresh.open(f"{LIST}/{number}/attendance")
    page = await fresh.send("/attendance", day="14/12/2026", here_1="1")
    assert page.status == 422 and "Lớp chưa mở: mở ngày 15/12/2026." in page.alerts[0]
    for day, who in (("15/12/2026", {"here_1": "1", "here_2": "1"}), ("16/12/2026", {"here_1": "1"})):
        await fresh.open(f"{LIST}/{number}/attendance")
        page = await fresh.send("/attendance", day=day, **who)
        assert "Đã lưu điểm danh." in page.statuses[0]
    assert "2 trên 2 buổi" in row_of(page, ">An<") and "1 trên 2 buổi" in row_of(page, ">Bình<")
    page = await fresh.open(f"{LIST}/{number}/people/1")
    assert "Ghi học xong" in page.text and "Lưu việc làm" not in page.text, "one way to keep the job"
    page = await person(fresh, 1, "finish", job="May ở Công ty Sao Mai")
    assert "Đã ghi học xong." in page.statuses[0] and "May ở Công ty Sao Mai" in page.text
    page = await person(fresh, 1, "job", job="Tự may ở nhà")
    assert "Tự may ở nhà" in page.text
    assert (await states(app, number))["An"] == "finished"
    rows = {row[1]: row for row in await sheet(fresh)}
    assert rows["An"][7] == "2 trên 2 buổi" and rows["An"][9] == "Tự may ở nhà"


async def test_the_second_officer_is_told(app: App, thu: Desk, duy: Desk) -> None:
    number = await course(app)
    await joined(app, number, "An")
    await thu.open(f"{LIST}/{number}/people/1")
    await person(duy, 1, "finish", job="May")
    page = await thu.send("/finish", job="Phụ hồ")
    assert page.status == 409 and page.form("/job").fields["job"] == "Phụ hồ"
    await thu.open(f"{LIST}/{number}/change")
    await duy.open(f"{LIST}/{number}/change")
    await duy.send("/change", opens="20/12/2026")
    page = await thu.send("/change", opens="22/12/2026")
    assert page.status == 409 and page.form("/change").fields["opens"] == "22/12/2026"
    async with app.storage.read() as uow:
        posted = await uow.work.get(number)
    assert posted is not None and posted.offer.opens == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"opens": "mai"}, "Nhập ngày như 05/01/2027."),
        ({"deadline": ""}, "Nhập ngày như 05/01/2027."),
        ({"place": " "}, "Điền mục này."),
        ({"seats": "0"}, "Nhập số chỗ từ 1 đến 2000."),
    ],
)
async def test_a_change_that_cannot_be_right_is_named(app: App, thu: Desk, fields: dict[str, str], said: str) -> None:
    number = await course(app)
    await thu.open(f"{LIST}/{number}/change")
    page = await thu.send("/change", **fields)
    assert page.status == 422 and said in page.alerts[0]


async def test_seats_are_read_with_their_dot(app: App, thu: Desk) -> None:
    number = await course(app)
    await thu.open(f"{LIST}/{number}/change")
    page = await thu.send("/change", seats="1.000")
    assert page.status == 200 and "trên 1000 chỗ" in (await thu.open(f"{LIST}/{number}")).text


async def test_a_course_is_made_known_once(app: App, thu: Desk) -> None:
    number = await course(app)
    page = await thu.open(f"{LIST}/{number}/call")
    assert "Chỉ gửi được một lần." in page.text
    page = await thu.send("/call", for_poor="1")
    assert "Đang gửi tin" in page.statuses[0] and "đến giờ được 0 nhà" in page.text
    await thu.open(f"{LIST}/{number}/call")
    page = await thu.send("/call", for_poor="1")
    assert page.status == 409 and "đã báo rồi" in page.alerts[0]
    rows = (await everything(app.storage))["course_calls"]
    assert [one["households"] for one in rows] == [["poor"]]


async def test_what_is_of_another_place_or_no_course_is_not_there(app: App, thu: Desk) -> None:
    number, other = await course(app), await course(app, title="Nấu ăn")
    await joined(app, number, "An")
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    assert "May công nghiệp" not in (await there.open(LIST)).text
    guard = {"form": there.page.forms[0].fields["form"]}
    for path in ("", "/sheet", "/print", "/enrol", "/attendance", "/change", "/call", "/people/1"):
        assert (await there.client.get(f"{LIST}/{number}{path}")).status_code == 404
    for path in ("/enrol", "/attendance", "/change", "/call", "/people/1/seat", "/people/1/leave"):
        assert (await there.post(f"{LIST}/{number}{path}", {**guard, "name": "x", "why": "x"})).status == 404
    assert (await thu.open(f"{LIST}/{other}/people/1")).status == 404, "of another course"
    assert (await thu.open(f"{LIST}/999")).status == 404
    assert await states(app, number) == {"An": "enrolled"}


async def test_nothing_typed_becomes_part_of_a_page(app: App, thu: Desk) -> None:
    number = await course(app, title=SCRIPT, place=SCRIPT, employer=SCRIPT, seats=9)
    await thu.open(f"{LIST}/{number}/enrol")
    assert clean((await thu.send("/enrol", name=SCRIPT, phone=SCRIPT, hamlet=SCRIPT)).html)
    await thu.open(f"{LIST}/{number}/enrol")
    assert clean((await thu.send("/enrol", name=SCRIPT[:80], hamlet=SCRIPT[:80], household="poor")).html)
    await person(thu, 1, "finish", job=SCRIPT)
    await thu.open(f"{LIST}/{number}/enrol")
    await thu.send("/enrol", name="B", hamlet="thôn 3", household="poor")
    await person(thu, 2, "leave", why=SCRIPT)
    for path in ("", "/1", "/1/people/1", "/1/print", "/1/attendance", "/1/change", "/1/call", "/1/enrol"):
        assert clean((await thu.open(f"{LIST}{path}")).html)
    await thu.open(f"{LIST}/{number}/change")
    assert clean((await thu.send("/change", opens=SCRIPT, place=SCRIPT, seats=SCRIPT)).html)


async def test_pages_cost_the_same_however_many_there_are(app: App, thu: Desk) -> None:
    async def cost() -> list[int]:
        found = []
        for path in (LIST, f"{LIST}/1"):
            await thu.open(path)
            with counting(app.storage) as counter:
                await thu.open(path)
            found.append(counter.take())
        return found

    await course(app)
    before = await cost()
    for number in range(5):
        await course(app, title=f"Lớp {number}")
    await joined(app, 1, "An", "Bình", "Cúc", "Dung")
    assert await cost() == before and max(before) <= 9


async def test_a_way_leads_to_writing_a_course_and_the_sheet_is_of_today(
    app: App, thu: Desk, clock: FixedClock
) -> None:
    number = await course(app)
    await joined(app, number, "An")
    assert (await thu.open(LIST)).links["Viết tin lớp nghề"] == "/console/work/new/dak-cam?kind=course"
    everywhere = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    page = await everywhere.open(LIST)
    assert "Viết tin lớp nghề, phường Đăk Cấm" in " ".join(page.text.split()) and "Soạn ngày hội" not in page.text
    page = await thu.open(f"{LIST}/{number}/attendance")
    assert page.form("/attendance").fields["day"] == "" and "Lớp chưa mở: mở ngày 15/12/2026." in page.text
    clock.advance(days=25)
    thu = await signed_in(app, "Thu Hà", Grant(role=Role.EDITOR, locality="dak-cam"))
    page = await thu.open(f"{LIST}/{number}/attendance")
    assert page.form("/attendance").fields["day"] == "15/12/2026" and "Lớp chưa mở" not in page.text
