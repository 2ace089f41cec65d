"""job-events: date, place, employers; signing up; one correction, one reminder the day before; the list matches."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.officers import Role
from scheduler.reminding import Reminding
from tests.capabilities.office import Office
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

FIELDS = {
    "kind": "fair",
    "title": "Ngày hội việc làm Đăk Cấm",
    "day": "27/11/2026",
    "begin": "7:30",
    "end": "11:00",
    "place": "Nhà văn hóa phường",
    "employers": "Công ty May Sao Mai",
    "bring": "căn cước",
    "seats": "2",
    "organiser": "Trung tâm Việc làm Mẫu",
    "contact": "chị Hoa, 0912 000 345",
}
ONE = "/console/work/events/1"


async def citizen(here: Office) -> Visitor:
    visitor = Visitor(client_of(here.app.web))
    await visitor.open("/?at=dak-cam")
    await visitor.say("ngày hội việc làm")
    return visitor


async def told(here: Office, visitor: Visitor, words: str) -> int:
    """How often somebody reads these words, once everything that is due was sent."""
    await here.passes(Reminding)
    page = await visitor.open()
    return sum(words in one.text for one in page.answers)


@pytest.mark.thorough
async def test_an_event_from_the_office_to_the_list_of_who_came(here: Office) -> None:
    thu, duy = await here.officer("Thu", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    await thu.open("/console/work/events/dak-cam/new")
    await thu.send("/new", "Lưu ngày hội", **FIELDS)
    nobody = await citizen(here)
    assert "chưa có ngày hội" in nobody.page.answers[-1].text, "nobody sees a draft"
    await duy.open(ONE)
    await duy.send("/verify", "Duyệt ngày hội")

    first, second, late = [await citizen(here) for _ in range(3)]
    said = first.page.answers[-1].text
    for line in ("thứ Sáu, 27/11/2026", "Nhà văn hóa phường", "Công ty May Sao Mai", "Còn 2 chỗ"):
        assert line in said
    for one in (first, second, late):
        await one.press("Đăng ký")
    assert "Số thứ tự: 2." in second.page.answers[-1].text and "Đã đủ chỗ" in late.page.answers[-1].text
    calendar = await first.client.get("/dak-cam/ngay-hoi/1.ics")
    assert "SEQUENCE:0" in calendar.text and "DTSTART:20261127T003000Z" in calendar.text

    await thu.open(f"{ONE}/edit")
    await thu.send("/edit", "Lưu ngày hội", kind="fair", place="Sân trường Trần Phú")
    assert await told(here, first, "Đổi lịch") == 0, "a second person says so"
    await duy.open(ONE)
    await duy.send("/verify", "Duyệt ngày hội")
    for _ in range(2):
        assert await told(here, first, "Ở: Sân trường Trần Phú.\nTin này thay cho tin trước.") == 1
        assert await told(here, late, "Đổi lịch") == 0, "who did not sign up hears nothing"
    assert "SEQUENCE:1" in (await first.client.get("/dak-cam/ngay-hoi/1.ics")).text

    here.clock.advance(days=6)  # 09:00 of the day before
    assert await told(here, first, "Nhắc bà con: ngày mai") == 0
    here.clock.advance(seconds=8 * 3600)
    for _ in range(3):
        assert await told(here, first, "Nhắc bà con: ngày mai có Ngày hội việc làm Đăk Cấm") == 1

    await second.press("Không đi được")
    here.clock.advance(days=0.7)
    thu = await here.officer("Thu Hai", Role.EDITOR)
    page = await thu.open(f"{ONE}/list")
    assert "Có mặt 0 trên 1 người đăng ký." in page.text
    await thu.send("/came", "Lưu người có mặt", came1="1")
    sheet = load_workbook(BytesIO((await thu.client.get(f"{ONE}/sheet")).content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[4]) for row in rows] == [(1, "Có mặt")], "as many as signed up and stayed"
