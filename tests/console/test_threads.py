"""Talking in person and passing upward, in the console; what a citizen reads of it."""

from bot.app import App
from tests.console.conftest import Asks
from tests.console.desk import Desk
from tests.support.clock import FixedClock
from tests.support.rows import everything

SCRIPT = "<script>alert(1)</script>"


async def bodies(app: App) -> list[str]:
    return [str(row["body"]) for row in (await everything(app.storage))["messages"]]


async def test_talking_in_person_is_shown_and_ends_by_itself(
    app: App, lan: Desk, minh: Desk, asks: Asks, clock: FixedClock
) -> None:
    await asks()
    await lan.open("/console/questions/1")
    page = await lan.send("/talk", "Nói chuyện trực tiếp")
    assert page.statuses[0] == "✓ Đã báo bà con: cán bộ đang trả lời trực tiếp."
    assert "Đang nói chuyện trực tiếp với bà con, đến 9 giờ 30" in page.statuses[1]
    assert "Lan đang nói chuyện trực tiếp" in (await minh.open("/console/questions/1")).text
    (told,) = await bodies(app)
    assert "Máy không trả lời xen vào" in told
    clock.advance(seconds=30 * 60)
    assert "đang nói chuyện" not in (await minh.open("/console/questions/1")).text.lower()


async def test_letting_go_ends_it_and_tells_the_person(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    await lan.open("/console/questions/1")
    await lan.send("/talk", "Nói chuyện trực tiếp")
    clock.advance(seconds=60)
    page = await lan.send("/talk", "Thôi nói chuyện trực tiếp", text="Câu đang viết")
    assert page.statuses[0] == "✓ Đã thôi nói chuyện trực tiếp. Máy trả lời lại."
    assert "Câu đang viết" in page.form("/answer").fields["text"]
    assert "máy trả lời lại ở đây" in (await bodies(app))[-1]
    assert "Nói chuyện trực tiếp" in page.form("/talk").buttons


async def test_who_comes_second_hears_it(app: App, lan: Desk, minh: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    await minh.open("/console/questions/1")
    await lan.send("/talk", "Nói chuyện trực tiếp")
    page = await minh.send("/talk", "Nói chuyện trực tiếp", note="ghi dở")
    assert page.status == 409 and "vừa có thay đổi" in page.alerts[0]
    assert "ghi dở" in page.form("/note").fields["note"] and len(await bodies(app)) == 1


async def test_passed_upward_with_a_word(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    up = {"upper": f"Sở Y tế {SCRIPT}", "upper_due": "4/12/2026", "upper_word": f"Chờ nhé {SCRIPT}"}
    page = await lan.send("/pass-up", "Chuyển lên cấp trên", **up, upper_note=f"Công văn 12 {SCRIPT}")
    assert page.statuses == ["✓ Đã chuyển lên cấp trên và báo bà con."]
    assert "Sở Y tế" in page.text and "Công văn 12" in page.text and SCRIPT not in page.html
    (told,) = await bodies(app)
    assert "chậm nhất thứ Sáu, 04/12/2026" in told and "Chờ nhé" in told and "Công văn" not in told
    assert page.form("/pass-up").fields["upper"] == "", "what was sent does not wait in the boxes"
    assert len((await everything(app.storage))["question_notes"]) == 1


async def test_passed_upward_needs_a_name_and_a_day(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    tried = {"": "12/12/2026", "Sở Y tế": "hôm nào đó", "Sở Nội vụ": "20/11/2026", "Sở": "31/02/2027"}
    for name, day in tried.items():
        page = await lan.send("/pass-up", "Chuyển lên cấp trên", upper=name, upper_due=day, upper_word=SCRIPT)
        assert page.status == 422 and page.form("/pass-up").fields["upper"] == name and SCRIPT not in page.html
    page = await lan.send("/pass-up", "Chuyển lên cấp trên", upper="Sở", upper_due="4/12/2026", upper_word="x" * 507)
    assert page.status == 422 and "Bớt 7 ký tự" in page.alerts[0]
    assert await bodies(app) == []


async def test_the_offices_to_choose_from_say_what_they_handle(app: App, lan: Desk, asks: Asks) -> None:
    await asks(topic="health-insurance")
    text = (await lan.open("/console/questions/1")).text
    assert "Phòng Văn hóa - Xã hội phường (lo việc này theo kế hoạch): việc làm, học hành, y tế" in " ".join(
        text.split()
    )


async def test_a_paragraph_of_a_card_brings_its_document_along(lan: Desk, asks: Asks) -> None:
    await asks(topic="housing")
    page = await lan.open("/console/questions/1")
    parts = [label for label in page.form("/answer").buttons if " part:housing:" in label]
    assert len(parts) >= 4, "every part that has a source"
    for press in parts:
        page = await lan.send("/answer", press, text="Chào bà con.")
        text = page.form("/answer").fields["text"]
        assert (
            text.startswith("\nChào bà con.\n")
            and ("Theo " in text or "Chưa có văn bản" in text)
            and "Tính đến ngày 20/11/2026." in text
        )
