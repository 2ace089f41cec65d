"""employer-posting: what a company or cooperative sends in is seen by nobody until an officer approved it."""

from typing import Any

from core.officers import Role
from tests.capabilities.office import Office
from tests.web.conftest import client_of
from tests.web.test_public import readable
from tests.web.visiting import Visitor

PATH = "/dak-cam/tuyen-dung"
VACANCY = {
    "kind": "vacancy",
    "title": "May áo khoác",
    "occupation": "sewing",
    "employer": "Hợp tác xã Sao Mai",
    "contact": "chị Mai, 0912 345 678",
    "place": "phường Đăk Cấm",
    "paid": "month",
    "wage_from": "7.000.000",
    "seats": "5",
    "deadline": "31/12/2026",
}
COURSE = {
    "kind": "course",
    "title": "Lớp may cho thợ mới",
    "occupation": "sewing",
    "employer": "Hợp tác xã Sao Mai và trường nghề",
    "contact": "anh Tú, 0912 345 678",
    "place": "phường Đăk Cấm",
    "opens": "15/12/2026",
    "deadline": "10/12/2026",
}


async def send(here: Office, fields: dict[str, str]) -> str:
    """An employer fills in the public form."""
    async with client_of(here.app.web) as client:
        assert (await client.get(PATH)).status_code == 200
        answer = await client.post(PATH, data=fields, follow_redirects=True)
    return readable(answer.text)


async def seeker(here: Office, wants: str = "tìm việc") -> Visitor:
    """Somebody who told what they look for."""
    visitor = Visitor(client_of(here.app.web))
    await visitor.open("/?at=dak-cam")
    for words in (wants, "đồng ý", "may", "may", "Sáng đi, tối về", "Chỉ ban ngày", "không"):
        await visitor.say(words)
    return visitor


async def finds(visitor: Visitor, words: str) -> str:
    page = await visitor.say(words)
    return f"{page.answers[-1].text} {page.answers[-1].source}"


async def test_nobody_sees_it_before_an_officer_approved_it_and_everybody_at_once_after(here: Office) -> None:
    told = await send(here, VACANCY)
    assert "Mã: " in told and "Bà con chưa thấy tin này" in told
    citizen = await seeker(here)
    assert "May áo khoác" not in await finds(citizen, "tìm việc")
    duy = await here.officer("Duy", Role.APPROVER)
    page = await duy.open("/console")
    assert "May áo khoác, Hợp tác xã Sao Mai (nơi tuyển tự gửi)" in page.text
    page = await duy.open(page.links["Chờ kiểm tra: May áo khoác, Hợp tác xã Sao Mai (nơi tuyển tự gửi)"])
    assert "Nơi tuyển tự gửi, mã" in page.text and "dấu hiệu lừa đảo" not in page.text
    await duy.send("/verify", "Cho bà con xem")
    here.clock.advance(seconds=60)
    shown = await finds(citizen, "tìm việc")
    assert "May áo khoác. Nơi tuyển: Hợp tác xã Sao Mai" in shown
    assert "Theo tin của Hợp tác xã Sao Mai" in shown and "đã kiểm tra ngày 20/11/2026" in shown


async def test_a_joint_course_goes_the_same_way(here: Office) -> None:
    await send(here, COURSE)
    citizen = await seeker(here)
    assert "Lớp may cho thợ mới" not in await finds(citizen, "tìm lớp nghề")
    duy = await here.officer("Duy", Role.APPROVER)
    await duy.open("/console/work/1")
    await duy.send("/verify", "Cho bà con xem")
    assert "Lớp may cho thợ mới" in await finds(citizen, "tìm lớp nghề")


async def test_who_asks_workers_for_a_deposit_is_flagged_for_the_officer(here: Office) -> None:
    lures: tuple[dict[str, Any], ...] = (
        {"note": "Đặt cọc 500.000 đồng khi nhận việc."},
        {"papers": "Nộp bản gốc căn cước cho công ty giữ."},
        {"title": "Việc nhẹ lương cao tại Campuchia"},
    )
    duy = await here.officer("Duy", Role.APPROVER)
    for number, lure in enumerate(lures, 1):
        await send(here, {**VACANCY, "seats": "", "title": f"May áo {number}", **lure})
        page = await duy.open("/console/work")
        assert page.text.count("Có dấu hiệu lừa đảo") == number
        page = await duy.open(f"/console/work/{number}")
        assert "Có dấu hiệu lừa đảo: " in page.text and "Gọi nơi tuyển hỏi lại" in page.text
        page = await duy.send("/verify", "Cho bà con xem")
        assert page.status == 422, "not before the employer was asked"
    await duy.send("/close", "Không cho xem", why="đòi tiền người lao động")
    citizen = await seeker(here)
    assert "Campuchia" not in await finds(citizen, "tìm việc")
    assert "Đã đóng" in duy.page.text
