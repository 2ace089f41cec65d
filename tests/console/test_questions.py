"""Working on a question: listed, read, answered, given away, closed; two officers at once; what was typed stays."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.app import App
from core.messages import Attachment, AttachmentKind
from core.officers import Grant, Role
from core.questions import Author, Entry, QuestionState
from core.signing import IDLE
from handlers.answers import MAX_ANSWER, answer_question
from tests.console.conftest import WORDS, Asks
from tests.console.desk import Desk, code_now, officer, sign_in, signed_in
from tests.support.clock import FixedClock
from tests.support.rows import everything

ANSWER = "Được, nếu nhà có giấy hộ nghèo. Mời bà con mang giấy đến."


async def rows(app: App, table: str) -> list[dict[str, object]]:
    return (await everything(app.storage))[table]


async def log(app: App) -> list[str]:
    return [str(row["action"]) for row in await rows(app, "audit_log")]


async def test_urgent_ones_first_then_by_due_time(app: App, lan: Desk, asks: Asks) -> None:
    await asks("K7M4PX", "sau", due_days=3)
    await asks("K7M4PY", "trước", due_days=1)
    await asks("K7M4PZ", "gấp", due_days=9, urgent=True)
    for path in ("/console", "/console/questions"):
        said = (await lan.open(path)).text
        assert said.index("gấp") < said.index("trước") < said.index("sau")
    assert "K7M 4PZ" in said and "KHẨN" in said


async def test_states_are_sign_and_word(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    for number, days in enumerate((9, 0.5, -1)):
        await asks(f"K7M4P{'XYZ'[number]}", due_days=days)
    await lan.open("/console/questions/1")
    await lan.send("/hold", "Nhận việc")
    said = " ".join((await lan.open("/console/questions")).text.split())
    assert "◐ Đang làm" in said and "▲ Sắp hết hạn" in said and "■ Quá hạn" in said


async def test_thirty_on_a_page(app: App, lan: Desk, asks: Asks) -> None:
    for number in range(31):
        await asks(f"K7M{number:03}", f"câu số {number:02}", due_days=number + 1)
    page = await lan.open("/console/questions")
    assert page.text.count("câu số") == 30 and "câu số 30" not in page.text
    page = await lan.open(page.links["Trang sau"])
    assert re.findall(r"câu số \d+", page.text) == ["câu số 30"]
    assert page.links["Trang trước"] == "/console/questions"
    for odd in ("0", "-1", "x", "9" * 30, "99999"):
        assert (await lan.open(f"/console/questions?page={odd}&show={odd}&mine={odd}")).status == 200


async def test_filters(app: App, chief: Desk, asks: Asks) -> None:
    await asks("K7M4PX", "của Đăk Cấm")
    await asks("K7M4PY", "của Dị Sử", locality="di-su")
    page = await chief.open("/console/questions?locality=di-su")
    assert "của Dị Sử" in page.text and "của Đăk Cấm" not in page.text
    page = await chief.open("/console/questions?mine=1")
    assert "Bỏ bớt bộ lọc" in page.text and "Bỏ bộ lọc" in page.links
    await chief.open("/console/questions/1")
    await chief.send("/hold", "Nhận việc")
    page = await chief.open("/console/questions?mine=1")
    assert "của Đăk Cấm" in page.text and "của Dị Sử" not in page.text
    assert "Không có câu hỏi" in (await chief.open("/console/questions?show=closed")).text


async def test_an_answer_leaves_as_from_the_command_line(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    page = await lan.open("/console/questions/1")
    assert WORDS in page.text
    page = await lan.send("/answer", "Trả lời", text=ANSWER)
    assert page.url.path == "/console/questions/1" and page.statuses == ["✓ Đã trả lời. Tin đang đến bà con."]
    assert ANSWER in page.text and "● Đã trả lời" in " ".join(page.text.split())
    bodies = [str(row["body"]) for row in await rows(app, "messages")]
    assert len(bodies) == 1 and ANSWER in bodies[0] and "question-clear:1" in bodies[0]
    assert (await log(app))[-1] == "question.answered"


async def test_sent_twice_it_is_one_answer(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    form = lan.page.form("/answer")
    data = {**form.fields, "text": ANSWER, "do": "send"}
    await asyncio.gather(*(lan.client.post(form.action, data=data) for _ in range(4)))
    page = await lan.post(form.action, data)
    assert page.statuses == ["✓ Đã trả lời. Tin đang đến bà con."]
    assert len(await rows(app, "deliveries")) == 1
    assert (await log(app)).count("question.answered") == 1


async def test_two_officers_at_once(app: App, lan: Desk, minh: Desk, asks: Asks, clock: FixedClock) -> None:
    """The second one hears who answered, keeps every word, sees the answer, and may send theirs after it."""
    await asks()
    await lan.open("/console/questions/1")
    await minh.open("/console/questions/1")
    await lan.send("/answer", "Trả lời", text=ANSWER)
    page = await minh.send("/answer", "Trả lời", text="Câu của Minh <b>")
    assert page.status == 409
    assert page.alerts == ["■ Lan đã trả lời lúc 9 giờ 00. Chưa gửi gì thêm. Nội dung vừa nhập vẫn còn ở dưới."]
    assert page.form("/answer").fields["text"] == "\nCâu của Minh <b>" and ANSWER in page.text
    assert len(await rows(app, "deliveries")) == 1
    clock.advance(seconds=1)
    await minh.send("/answer", "Trả lời", text="Câu của Minh")
    assert minh.page.status == 200 and len(await rows(app, "deliveries")) == 2


async def test_what_the_citizen_adds_meanwhile_is_read_first(
    app: App, lan: Desk, asks: Asks, clock: FixedClock
) -> None:
    await asks()
    await lan.open("/console/questions/1")
    async with app.storage.write() as uow:
        entry = Entry(author=Author.CITIZEN, at=clock.now(), text="À không, nhà tôi sập rồi.")
        await uow.questions.add_entry(1, entry, state=QuestionState.OPEN)
        await uow.commit()
    page = await lan.send("/answer", "Trả lời", text=ANSWER)
    assert page.status == 409 and "nhà tôi sập rồi" in page.text and ANSWER in page.text
    assert await rows(app, "deliveries") == []


async def test_the_command_line_counts_too(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    await lan.open("/console/questions/1")
    content = app.knowledge.content
    await answer_question(app.storage, content, key="1", text=ANSWER, officer="operator", now=clock.now())
    assert (await lan.send("/answer", "Trả lời", text="khác")).status == 409


@pytest.mark.parametrize(("text", "said"), [(" \n ", "Chưa có chữ nào"), ("x" * (MAX_ANSWER + 7), "Bớt 7 ký tự")])
async def test_what_cannot_leave_stays_and_says_why(app: App, lan: Desk, asks: Asks, text: str, said: str) -> None:
    await asks()
    await lan.open("/console/questions/1")
    page = await lan.send("/answer", "Trả lời", text=text)
    assert page.status == 422 and said in page.alerts[0]
    assert page.form("/answer").fields["text"].strip() == text.strip()
    assert await rows(app, "deliveries") == []


async def test_cards_and_ready_sentences_go_into_the_answer(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    page = await lan.open("/console/questions/1")
    pressed = [label for label in page.form("/answer").buttons if label.startswith("Đưa vào câu trả lời card:")]
    assert 1 <= len(pressed) <= 3
    page = await lan.send("/answer", pressed[0], text="")
    text = page.form("/answer").fields["text"]
    assert text.startswith("\nChào bà con, cán bộ") and "Tính đến ngày 20/11/2026." in text
    ready = next(
        label for label in page.form("/answer").buttons if label.startswith("Đưa vào câu trả lời ready:papers")
    )
    page = await lan.send("/answer", ready, text="Tôi viết trước.")
    text = page.form("/answer").fields["text"]
    assert text.startswith("\nTôi viết trước.\nMời bà con mang giấy tờ") and "Theo" in text
    assert await rows(app, "deliveries") == []


async def test_a_look_before_it_leaves_advises_and_changes_nothing(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    page = await lan.send("/answer", "Xem trước", text="Rất tiếc, UBND từ chối.")
    assert "Có từ viết tắt: UBND" in page.text and "Có từ nên tránh: Rất tiếc, từ chối" in page.text
    assert page.form("/answer").fields["text"] == "\nRất tiếc, UBND từ chối."
    assert await rows(app, "deliveries") == []


async def test_notes_are_read_by_officers_only(app: App, lan: Desk, minh: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    await lan.send("/note", note="Nhà này tôi biết.")
    assert lan.page.statuses == ["✓ Đã lưu ghi chú."]
    assert "Nhà này tôi biết." in (await minh.open("/console/questions/1")).text
    assert await rows(app, "deliveries") == [] and await rows(app, "messages") == []
    page = await lan.send("/note", note=" ")
    assert page.status == 422 and "Chưa có chữ nào" in page.alerts[0]


async def test_notes_go_with_the_person(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    await lan.open("/console/questions/1")
    await lan.send("/note", note="Nhà này tôi biết.")
    async with app.storage.write() as uow:
        assert "Nhà này tôi biết." in str(await uow.people.export(1))
        await uow.people.erase(1, [], clock.now())
        await uow.commit()
    assert await rows(app, "question_notes") == []
    page = await lan.open("/console/questions/1")
    assert page.status == 200 and "Bà con đã rút" in page.text


async def test_taken_given_and_put_back(app: App, lan: Desk, minh: Desk, asks: Asks) -> None:
    await officer(app, "Xa", Grant(role=Role.ANSWERER, locality="di-su"))
    await asks()
    page = await lan.open("/console/questions/1")
    assert ">Minh</option>" in page.html and ">Xa</option>" not in page.html
    await lan.send("/hold", "Nhận việc")
    assert lan.page.statuses == ["✓ Đã nhận việc."]
    page = await lan.send("/hold", "Giao việc")
    assert page.status == 422 and "Chọn người nhận" in page.alerts[0]
    await lan.send("/hold", "Giao việc", holder=str(minh.officer.id))  # type: ignore[union-attr]
    assert "Minh" in (await lan.open("/console/questions")).text
    page = await lan.open("/console/questions/1")
    xa = next(row["id"] for row in await rows(app, "officers") if row["name"] == "Xa")
    assert (await lan.send("/hold", "Giao việc", holder=str(xa))).status == 422
    await minh.open("/console/questions/1")
    await minh.send("/hold", "Trả lại hàng chờ")
    assert await rows(app, "question_holders") == []
    assert [one for one in await log(app) if one.startswith("question.")] == [
        "question.held",
        "question.held",
        "question.returned",
    ]


async def test_handed_to_another_office(app: App, lan: Desk, asks: Asks) -> None:
    await asks(office="phong-vhxh")
    page = await lan.open("/console/questions/1")
    offices = re.findall(
        r'<option value="([a-z0-9-]+)">', page.html.partition('name="office"')[2].partition("</select>")[0]
    )
    assert offices and "phong-vhxh" not in offices
    assert (await lan.send("/hand-over")).status == 422
    page = await lan.send("/hand-over", office=offices[0], handover_note="Nhờ phòng xem giúp.")
    assert page.url.path == "/console/questions" and page.statuses == ["✓ Đã chuyển phòng khác."]
    assert (await rows(app, "questions"))[0]["office"] == offices[0]
    assert "Nhờ phòng xem giúp." in (await lan.open("/console/questions/1")).text
    assert (await lan.send("/hand-over", office="no-such-office")).status == 422


async def test_closed_with_a_reason(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    page = await lan.send("/close", close_note="")
    assert page.status == 422 and "vì sao" in page.alerts[0]
    await lan.send("/close", close_note="Đã gặp ở trụ sở.")
    assert (await rows(app, "questions"))[0]["state"] == "closed"
    assert await rows(app, "deliveries") == []
    assert "Đã gặp ở trụ sở." in lan.page.text


@pytest.mark.parametrize(
    ("ending", "fields", "done"),
    [
        ("/close", {"close_note": "Đã gặp."}, "Đã đóng việc."),
        ("/hand-over", {"office": "phong-vhxh"}, "Đã chuyển phòng khác."),
        ("/hold", {"do": "take"}, "Đã nhận việc."),
        ("/note", {"note": "Đã xem."}, "Đã lưu ghi chú."),
    ],
)
async def test_every_form_sent_twice_counts_once(
    app: App, lan: Desk, asks: Asks, ending: str, fields: dict[str, str], done: str
) -> None:
    await asks()
    form = (await lan.open("/console/questions/1")).form(ending)
    for _ in range(2):
        page = await lan.post(form.action, {**form.fields, **fields})
        assert (page.status, page.statuses) == (200, [f"✓ {done}"])
    assert len([one for one in await log(app) if one.startswith("question.")]) == 1


async def test_what_was_typed_when_a_session_ended_is_there_again(
    app: App, lan: Desk, minh: Desk, asks: Asks, clock: FixedClock
) -> None:
    """For its author, on any device; for nobody else; sealed while it waits; gone once it was sent."""
    await asks()
    await lan.open("/console/questions/1")
    clock.advance(seconds=IDLE.total_seconds() + 60)
    page = await lan.send("/answer", "Trả lời", text=ANSWER)
    assert page.url.path == "/console/sign-in" and "vẫn còn, chưa gửi đi" in page.statuses[0]
    assert await rows(app, "deliveries") == []
    assert ANSWER not in str(await everything(app.storage)) and ANSWER not in page.html
    other = Desk(minh.client)
    page = await sign_in(other, "Minh", code_now(minh.secret, clock), path="/console/sign-in?next=/console/questions/1")
    assert page.url.path == "/console/questions/1" and ANSWER not in page.html
    page = await sign_in(lan, "Lan", code_now(lan.secret, clock), path="/console/sign-in?next=/console/questions/1")
    assert page.form("/answer").fields["text"] == f"\n{ANSWER}" and "chưa gửi đi" in page.statuses[0]
    assert "Trả lời câu K7M 4PX, 21 giờ 01" in (await lan.open("/console")).text
    await lan.open("/console/questions/1")
    await lan.send("/answer", "Trả lời", text=ANSWER)
    assert len(await rows(app, "deliveries")) == 1 and await rows(app, "form_drafts") == []


async def test_what_stands_in_the_other_boxes_of_a_page_waits(app: App, lan: Desk, asks: Asks) -> None:
    """Whoever takes a question in the middle of an answer goes on where they were."""
    await asks()
    await lan.open("/console/questions/1")
    page = await lan.send("/hold", "Nhận việc", text=ANSWER, note="")
    assert page.form("/answer").fields["text"] == f"\n{ANSWER}" and "Đã nhận việc." in page.statuses[0]
    page = await lan.send("/note", note="Đã xem.", text=f"{ANSWER} Thêm.")
    assert page.form("/answer").fields["text"] == f"\n{ANSWER} Thêm." and page.form("/note").fields["note"] == "\n"
    page = await lan.send("/answer", "Trả lời", text=f"{ANSWER} Thêm.", note="")
    assert page.form("/answer").fields["text"] == "\n" and await rows(app, "form_drafts") == []


async def test_what_was_begun_is_named_below_the_questions_and_can_be_thrown_away(
    app: App, lan: Desk, minh: Desk, asks: Asks
) -> None:
    for number, code in enumerate(("K7M4PX", "K7M4PY"), start=1):
        await asks(code)
        await lan.open(f"/console/questions/{number}")
        await lan.send("/hold", "Nhận việc", text=ANSWER)
    async with app.storage.write() as uow:
        assert lan.officer is not None
        await uow.forms.keep(lan.officer.id, "/console/tasks/7", b"x", app.clock.now())
        await uow.commit()
    page = await lan.open()
    said = " ".join(page.text.split())
    for name, href in (("Trả lời câu K7M 4PX, 9 giờ 00", "/1"), ("Trả lời câu K7M 4PY, 9 giờ 00", "/2")):
        assert page.links[name].endswith(href)
    assert "số 7, 9 giờ 00" in said and page.html.index("panel-questions") < page.html.index("panel-drafts")
    drop = next(one for one in page.forms if one.fields.get("page") == "/console/questions/1")
    assert drop.action == "/console/drafts/drop"
    await minh.open()
    theirs = next(iter(minh.page.forms)).fields["form"]
    await minh.post(drop.action, {"form": theirs, "page": "/console/questions/1"})
    assert len(await rows(app, "form_drafts")) == 3, "nobody throws away what another one typed"
    assert (await lan.post(drop.action, {"page": "/console/questions/1"})).status == 403
    page = await lan.post(drop.action, drop.fields)
    assert page.statuses[0] == "✓ Đã bỏ nội dung viết dở." and "K7M 4PX," not in page.text
    assert (await lan.open("/console/questions/1")).form("/answer").fields["text"] == "\n"


async def test_the_address_of_a_form_leads_to_its_page(lan: Desk, minh: Desk, asks: Asks) -> None:
    await asks()
    for name in ("answer", "note", "talk"):
        shown = await lan.client.get(f"/console/questions/1/{name}")
        assert (shown.status_code, shown.headers["location"]) == (303, "/console/questions/1")
    assert (await lan.client.get("/console/questions/9/answer")).status_code == 404
    assert (await lan.open("/console/questions/1/answer")).url.path == "/console/questions/1"


async def test_a_note_and_an_answer_from_one_look_at_the_page_both_count(app: App, lan: Desk, asks: Asks) -> None:
    """Who goes back in the browser has the page as it was."""
    await asks()
    await lan.open("/console/questions/1")
    form = lan.page.form("/answer")
    first = await lan.post("/console/questions/1/note", {**form.fields, "note": "gọi lại", "text": "nửa câu"})
    assert first.statuses[0] == "✓ Đã lưu ghi chú." and first.form("/answer").fields["text"].strip() == "nửa câu"
    second = await lan.post(form.action, {**form.fields, "text": ANSWER, "do": "send"})
    assert second.statuses == ["✓ Đã trả lời. Tin đang đến bà con."]
    assert len(await rows(app, "deliveries")) == 1 and "gọi lại" in second.text


async def test_another_officer_in_the_same_browser_sends_nothing_of_it(
    app: App, lan: Desk, minh: Desk, asks: Asks, clock: FixedClock
) -> None:
    await asks()
    await lan.open("/console/questions/1")
    form = lan.page.form("/answer")
    page = await minh.post(form.action, {**form.fields, "text": ANSWER, "do": "send"})
    assert page.url.path == "/console" and "của cán bộ khác" in page.statuses[0] and ANSWER not in page.html
    assert await rows(app, "deliveries") == []
    assert (await lan.open("/console/questions/1")).form("/answer").fields["text"] == f"\n{ANSWER}"


async def test_a_page_of_an_earlier_session_asks_again(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    await lan.open("/console/questions/1")
    form = lan.page.form("/answer")
    clock.advance(seconds=60)
    await lan.open("/console")
    await lan.send("/sign-out")
    await sign_in(lan, "Lan", code_now(lan.secret, clock))
    page = await lan.post(form.action, {**form.fields, "text": ANSWER, "do": "send"})
    assert "mở từ lần đăng nhập trước" in page.statuses[0]
    assert page.form("/answer").fields["text"] == f"\n{ANSWER}" and await rows(app, "deliveries") == []
    await lan.send("/answer", "Trả lời", text=ANSWER)
    assert len(await rows(app, "deliveries")) == 1


async def test_files_of_the_thread_can_be_opened(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    item = await app.files.put("giấy <b>.pdf", "application/pdf", b"%PDF-1.7")
    assert isinstance(item, Attachment) and item.kind is AttachmentKind.FILE
    async with app.storage.write() as uow:
        entry = Entry(author=Author.CITIZEN, at=clock.now(), text="", attachments=(item,))
        await uow.questions.add_entry(1, entry, state=QuestionState.OPEN)
        await uow.commit()
    page = await lan.open("/console/questions/1")
    href = next(href for label, href in page.links.items() if "giấy" in label)
    assert "/files/" in href
    assert "<b>" not in page.html.partition("giấy")[2][:20]


async def test_who_only_looks_has_no_form(app: App, asks: Asks) -> None:
    await asks()
    desk = await signed_in(app, "Xem", Grant(role=Role.VIEWER, locality="dak-cam"))
    page = await desk.open("/console/questions/1")
    assert WORDS in page.text and not [one for one in page.forms if "/questions/" in one.action]


async def test_a_due_time_today_is_told_with_its_hour(app: App, lan: Desk, asks: Asks) -> None:
    await asks(due_days=timedelta(hours=8) / timedelta(days=1))
    assert "17 giờ 00" in (await lan.open("/console/questions/1")).text
