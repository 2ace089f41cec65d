"""training-offers: a course is made known to whom it suits, takes 25, keeps a waiting list, and tells what changes."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.officers import Role
from tests.capabilities.office import Office
from tests.console.desk import Desk
from tests.support.service import chungtay_here
from tests.web.visiting import Visitor
from tests.work.lists import saved, workbook

pytestmark = pytest.mark.thorough

HEAD = ("Tên lớp", "Nghề", "Nơi đào tạo", "Nơi học", "Sĩ số", "Khai giảng", "Hạn đăng ký")
ROW = ("May công nghiệp", "may", "Trường nghề Ba Sao", "Nhà văn hóa thôn 3", "25", "15/12/2026", "10/12/2026")
COURSE = "/console/work/training/1"
CALL = "Có lớp nghề hợp với nhà mình: May công nghiệp."


async def published(folder: Path) -> None:
    """A file of the training centre, put in by one officer and verified by another."""
    file = folder / "lớp.xlsx"
    file.write_bytes(saved(workbook(["DANH SÁCH LỚP NGHỀ"], HEAD, ROW)))
    for command in (
        ("work", "import", str(file), "--locality", "dak-cam", "--as", "Thu"),
        ("work", "verify", "1", "--as", "Duy"),
    ):
        done = await asyncio.to_thread(chungtay_here, *command, data_dir=folder)
        assert done.returncode == 0, done.stderr


async def looks_for(visitor: Visitor, trade: str) -> None:
    """They told what they look for."""
    for said in ("tìm việc", "đồng ý", trade, trade, "sáng đi tối về", "lúc nào cũng được", "không vướng gì"):
        await visitor.say(said)


async def wants_news(visitor: Visitor, *presses: str) -> None:
    """They asked for notices."""
    await visitor.say("nhận tin")
    for label in presses:
        await visitor.press(label)


async def times(visitor: Visitor, text: str) -> int:
    """How often they read something."""
    page = await visitor.open("/")
    return sum(text in one.text for one in page.answers)


async def registers(visitor: Visitor, name: str, status: str = "Hộ nghèo") -> str:
    """By the button of the message, or by asking for the courses; what they read at the end."""
    page = await visitor.open("/")
    if not any("Đăng ký học" in one.buttons for one in page.answers):
        await visitor.say("đăng ký học nghề")
        await visitor.press("Lớp 1")
    else:
        await visitor.press("Đăng ký học")
    for said in ("đồng ý", name, "nhắn ở đây", "thôn 3"):
        await visitor.say(said)
    page = await visitor.say(status)
    return page.answers[-1].text


async def listed(thu: Desk) -> list[list[str]]:
    answer = await thu.client.get(f"{COURSE}/sheet")
    rows = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


async def test_a_course_for_25_from_the_announcement_to_another_day(here: Office, folder: Path) -> None:
    thu, _ = await here.officer("Thu", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    await published(folder)
    sews, cooks, silent, wants = [await here.citizen() for _ in range(4)]
    far = await here.citizen("di-su")
    await looks_for(sews, "may")
    await looks_for(cooks, "nấu ăn")
    await looks_for(silent, "may")
    for one in (sews, cooks):
        await wants_news(one, "Nhận mọi tin")
    for one in (wants, far):
        await wants_news(one, "Học nghề")

    await thu.open(f"{COURSE}/call")
    page = await thu.send("/call", for_poor="1")
    assert "Đang gửi tin" in page.statuses[0]
    for _ in range(2):
        await here.looks_at_courses()
    told = [await times(one, CALL) for one in (sews, wants, cooks, silent, far)]
    assert told == [1, 1, 0, 0, 0], "those who want news and whom it suits, once; nobody else"

    for number in range(24):
        await thu.open(f"{COURSE}/enrol")
        page = await thu.send("/enrol", name=f"Người {number}", household="near-poor", hamlet="thôn 1")
        assert "Đã ghi vào danh sách lớp." in page.statuses[0]
    assert "Đã có tên trong lớp May công nghiệp." in await registers(sews, "Y Thử")
    assert "chờ ở số 1" in await registers(silent, "A Mẫu", "Hộ cận nghèo"), "the 26th"

    rows = {row[1]: row for row in await listed(thu)}
    assert len(rows) == 27 and rows["Y Thử"][3:6] == ["thôn 3", "Hộ nghèo", "Có chỗ"]
    assert rows["A Mẫu"][3:6] == ["thôn 3", "Hộ cận nghèo", "Chờ, số 1"]

    await thu.open(f"{COURSE}/change")
    await thu.send("/change", opens="18/12/2026")
    for _ in range(2):
        await here.looks_at_courses()
    assert await times(sews, "Lớp May công nghiệp có thay đổi.") == 1
    assert await times(sews, "18/12/2026") >= 1
    assert await times(silent, "có thay đổi") == 0

    await sews.say("thôi học")
    await sews.press("Thôi học")
    await sews.press("Thôi học lớp này")
    for _ in range(2):
        await here.looks_at_courses()
    assert await times(silent, "Có chỗ rồi: bà con được học lớp May công nghiệp.") == 1
    assert "25 trên 25 chỗ" in (await thu.open(COURSE)).text
