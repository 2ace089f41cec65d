"""feedback-relay: a difficulty in own words reaches the office of the plan, with a code, and its answer comes back."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from bot.app import App
from bot.knowledge import Knowledge
from bot.rooms import open_room
from core.messages import Attachment, AttachmentKind, OutboundMessage
from tests.capabilities.asking import live
from tests.console.conftest import Asks, app, asks, data_dir, database, lan, minh  # noqa: F401 - fixtures
from tests.console.desk import Desk
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.support.talk import Talk

WORDS = "Đường vào thôn tôi sạt, mấy tháng nay chưa ai sửa, con đi học khó lắm."
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def reported(talk: Talk, place: str) -> str:
    """A difficulty passed on in own words; gives what the person reads then."""
    live(talk, place)
    talk("tôi muốn phản ánh khó khăn")
    talk("Gặp cán bộ")
    talk(WORDS)
    return talk("đồng ý")


@pytest.mark.parametrize(
    ("place", "office"),
    [
        ("dak-cam", "Phòng Kinh tế, Hạ tầng và Đô thị phường"),
        ("di-su", "Ủy ban nhân dân phường"),
    ],
)
def test_it_lands_with_the_office_of_the_plan(talk: Talk, place: str, office: str) -> None:
    told = reported(talk, place)
    assert "Mã của bà con: " in told and f"Nơi trả lời: {office}" in told and "chậm nhất" in told


def texts(bubbles: list[OutboundMessage]) -> str:
    return "\n".join(one.text for one in bubbles)


async def test_with_two_offices_both_are_named_as_long_as_they_are_there(knowledge: Knowledge) -> None:
    """The town of Hồng Lĩnh and its labour division, until the end of June 2025."""
    clock = FixedClock(datetime(2025, 6, 2, 2, 0, tzinfo=UTC))
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as room:
        await room.hear(payload="start:hong-linh")
        for words in ("tôi muốn phản ánh khó khăn", "Gặp cán bộ", WORDS):
            await room.hear(words)
        told = texts(await room.hear("đồng ý"))
        assert "Nơi trả lời: Ủy ban nhân dân thị xã" in told
        assert "Cùng lo: Phòng Lao động - Thương binh và Xã hội." in told


async def test_a_picture_goes_along_and_the_answer_comes_back_by_code(knowledge: Knowledge, clock: FixedClock) -> None:
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as room:
        await room.hear(payload="start:dak-cam")
        await room.hear("tôi muốn phản ánh khó khăn")
        await room.hear("Gặp cán bộ")
        put = await room.files.put("duong.jpg", "image/jpeg", PICTURE)
        picture: Attachment = replace(put, kind=AttachmentKind.IMAGE)
        await room.hear(WORDS, attachments=(picture,))
        code = texts(await room.hear("đồng ý")).split("Mã của bà con: ")[1][:7]
        state = texts(await room.hear(f"câu hỏi {code} tới đâu rồi"))
        assert "đang chờ cán bộ, chậm nhất thứ Tư, 25/11/2026" in state
        assert "Nơi trả lời: Phòng Kinh tế, Hạ tầng và Đô thị phường." in state
        async with room.storage.read() as uow:
            one = await uow.questions.get("1")
        assert one is not None and one.office == "phong-kt-ht-dt"
        assert [(said.text, len(said.attachments)) for said in one.thread] == [(WORDS, 1)]
        arrived = texts(await room.answer("Tháng 12 phường sửa đường."))
        assert "Tháng 12 phường sửa đường." in arrived
        again = texts(await room.hear(code.lower().replace(" ", "")))
        assert "cán bộ đã trả lời" in again and "Tháng 12 phường sửa đường." in again
        other = texts(await room.hear(code, path="other"))
        assert "Tháng 12" not in other and "đã trả lời" not in other


def test_nobody_else_learns_anything_of_it(room: Callable[[str], Talk]) -> None:
    first, other = room("first"), room("other")
    code = reported(first, "dak-cam").split("Mã của bà con: ")[1][:7]
    live(other, "dak-cam")
    assert "Chưa tìm thấy mã" in other(code) and "Chưa tìm thấy mã" in other(f"câu hỏi {code} tới đâu rồi")


async def test_officers_have_a_queue_an_answer_a_way_upward_and_a_summary(
    app: App,  # noqa: F811
    lan: Desk,  # noqa: F811
    asks: Asks,  # noqa: F811
    clock: FixedClock,
) -> None:
    for code, office, days in (("K7M4PX", "phong-vhxh", 3), ("K7M4PY", "phong-kt-ht-dt", 3), ("K7M4PZ", None, -1)):
        await asks(code, f"của {office}", office=office, due_days=days, topic="feedback")
    page = await lan.open("/console/questions?office=phong-vhxh")
    assert "của phong-vhxh" in page.text and "của phong-kt-ht-dt" not in page.text
    assert "■ Quá hạn" in " ".join((await lan.open("/console/questions")).text.split())
    await lan.open("/console/questions/1")
    page = await lan.send("/hand-over", "Chuyển phòng khác", office="phong-kt-ht-dt")
    assert "của phong-vhxh" in (await lan.open("/console/questions?office=phong-kt-ht-dt")).text
    await lan.open("/console/questions/1")
    page = await lan.send("/pass-up", "Chuyển lên cấp trên", upper="Sở Xây dựng tỉnh", upper_due="4/12/2026")
    assert "Sở Xây dựng tỉnh" in page.text
    for number in (2, 3):
        await lan.open(f"/console/questions/{number}")
        await lan.send("/answer", "Trả lời", text="Tháng 12 phường sửa.")
    told = [str(row["body"]) for row in (await everything(app.storage))["messages"]]
    assert "Sở Xây dựng tỉnh đang xem" in told[0] and "Tháng 12 phường sửa." in told[1]
    page = await lan.open("/console/questions/months")
    said = " ".join(page.text.split())
    assert "11/2026 Phòng Kinh tế, Hạ tầng và Đô thị phườngphường Đăk Cấm 2 1 0 1 0 0" in said
    assert "11/2026 Chưa rõ phòngphường Đăk Cấm 1 0 1 0 0 0" in said
    answer = await lan.client.get("/console/questions/months.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Tháng", "Nơi", "Phòng", "Gửi đến")
    assert ("11/2026", "phường Đăk Cấm", "Phòng Kinh tế, Hạ tầng và Đô thị phường", 2, 1, 0, 1, 0, 0) in rows
