"""The content of a place: read with its sources, as of a day; changed by one officer and put in force by another."""

import asyncio
import re
from dataclasses import replace

import pytest

from bot.app import App
from core.local_content import Kind, Place
from core.officers import Grant, Role
from handlers.local_content import follow
from tests.console.changes import ANSWER, DESK, LAWYER, OFFICE, SOURCE, in_force, proposed
from tests.console.conftest import Asks
from tests.console.desk import Desk, Page, console_of, signed_in
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of

CONTENT = "/console/content"
OFFICE_FORM = f"{CONTENT}/dak-cam/office/phong-vhxh"
ANSWER_FORM = f"{CONTENT}/dak-cam/answer/legal-aid"
TOPIC = f"{CONTENT}/dak-cam/topics/legal-aid"
MOST = 10  # statements of a page: who is signed in, what waits or was, the forms


def plain(page: Page) -> str:
    return " ".join(page.text.split())


async def public(app: App, path: str) -> str:
    """A page that everybody may read."""
    async with client_of(app.web) as client:
        return (await client.get(path, follow_redirects=True)).text


async def test_all_that_is_told_can_be_read_with_its_source(app: App, lan: Desk) -> None:
    page = await lan.open(CONTENT)
    assert page.links["Nội dung"] == CONTENT
    said = plain(page)
    assert "Sắp hết hạn: " in said and "▲ 31/12/2026" in said, "documents of our packs end with the year"
    assert "chưa kiểm chứng" in said and "Phòng Văn hóa - Xã hội" in said
    assert page.html.index('id="offices"') < page.html.index('id="ends"'), "what an officer looks up comes first"
    topic = plain(await lan.open(TOPIC))
    assert "Luật Trợ giúp pháp lý 11/2017/QH14" in topic and "Đã kiểm chứng" in topic
    figures = plain(await lan.open(f"{CONTENT}/dak-cam/topics/poverty-standard"))
    assert "từ 01/01/2022" in figures and "Nghị định 07/2021/NĐ-CP" in figures, "since when, by which document"
    assert re.search(r"\bS\d+[a-z]? \(", figures) is None and "nguồn: " in figures, "sources by their titles"
    plan = plain(await lan.open(f"{CONTENT}/dak-cam/plan/targets"))
    assert "mục " in plan and "Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm" in plan


@pytest.mark.thorough
async def test_as_of_a_day(app: App, lan: Desk) -> None:
    now, then = [plain(await lan.open(f"{CONTENT}?at=dak-cam{day}")) for day in ("", "&on=2027-01-02")]
    assert "Đang xem như ngày 02/01/2027" in then and "Đang xem" not in now
    assert "■ 31/12/2026" in then and "■ 31/12/2026" not in now, "what ended the day before"
    topic = await lan.open(f"{CONTENT}/dak-cam/topics/household-review?on=02/01/2027")
    assert "ngày 02/01/2027" in plain(topic)
    for day in ("31/02/2027", "9999-12-31", "01/01/0001", "x"):
        wrong = await lan.open(f"{CONTENT}?on={day}")
        assert "Ngày này không có" in plain(wrong) and wrong.status == 200
        assert (await lan.open(f"{TOPIC}?on={day}")).status == 200


async def test_an_office_is_changed_by_two_people(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open(OFFICE_FORM)
    page = await thu.send("/phong-vhxh", "Đề nghị duyệt", phone="0260 386 2111", document="Thông báo 12/TB-UBND")
    assert (page.status, page.alerts[0][:10]) == (422, "■ Chưa lưu"), "without an article and a day"
    assert page.form("/phong-vhxh").fields["phone"] == "0260 386 2111", "nothing typed is lost"
    page = await thu.send("/phong-vhxh", "Xem thử", article="mục 2", dated="18/11/2026")
    assert "Gọi: 0260 3862 111. Theo Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026." in plain(page)
    page = await thu.send("/phong-vhxh", "Đề nghị duyệt")
    assert str(page.url.path) == f"{CONTENT}/changes/1" and "Người khác duyệt thì bà con mới thấy" in plain(page)
    where = "/dak-cam/chu-de/legal-aid"
    assert "386" not in await public(app, where), "nobody is told before the second person"
    assert (await duy.open()).text.count("Phòng Văn hóa - Xã hội phường, phường Đăk Cấm (Thu đề nghị)") == 1
    await duy.open(f"{CONTENT}/changes/1")
    assert duy.page.links["Xuống chỗ duyệt"] == "#acts" and "Khác gì so với bản đang dùng" in plain(duy.page)
    page = await duy.send("/approve", "Duyệt và dùng ngay")
    assert "Đã duyệt. Bà con đọc được từ bây giờ." in plain(page)
    assert "Thu đề nghị lúc 9 giờ 00, 20/11/2026." in plain(page) and "Khác gì so với bản trước đó" in plain(page)
    place = console_of(app).content.localities["dak-cam"]
    office = next(one for one in place.offices if one.id == "phong-vhxh")
    assert (office.phone, office.decided and office.decided.article) == ("02603862111", "mục 2")
    rows = (await everything(app.storage))["audit_log"]
    acts = [(row["action"], row["subject"]) for row in rows if row["action"].startswith("content.")]
    assert acts == [("content.proposed", "content:1"), ("content.approved", "content:1")]


async def test_who_proposed_it_does_not_approve_it(app: App) -> None:
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    await proposed(app, by="Hoa")
    page = await chief.open(f"{CONTENT}/changes/1")
    assert "Người đề nghị không duyệt lời của mình" in plain(page) and "Duyệt và dùng ngay" not in page.text
    guard = page.form("/return").fields["form"]
    assert (await chief.post(f"{CONTENT}/changes/1/approve", {"form": guard})).status == 403
    assert console_of(app).content.overlay.answers == {}
    refused = [row for row in (await everything(app.storage))["audit_log"] if row["action"] == "refused"]
    assert [(row["subject"], row["detail"]["right"]) for row in refused] == [("content:1", "content.approve")]


async def test_returned_with_a_reason_and_proposed_again(app: App, thu: Desk, duy: Desk) -> None:
    await proposed(app)
    await duy.open(f"{CONTENT}/changes/1")
    assert (await duy.send("/return", "Trả lại để sửa", content_why=" ")).status == 422
    await duy.send("/return", "Trả lại để sửa", content_why="Ghi rõ giờ.")
    home = await thu.open()
    said = next(text for text in home.links if "phường Đăk Cấm, Duy trả lại: Ghi rõ giờ." in text)
    assert home.links[said] == f"{CONTENT}/changes/1" and "Lời sửa bị trả lại" in home.text
    assert "Lời sửa bị trả lại" not in (await duy.open()).text, "who only approves has nothing to mend"
    page = await thu.open(f"{CONTENT}/changes/1")
    assert "Ghi rõ giờ." in page.text and "◐ Đã trả lại" in plain(page)
    page = await thu.open(page.links["Sửa và đề nghị lại"])
    assert page.form("/legal-aid").fields["answer_vi"].strip() == ANSWER["answer_vi"]
    page = await thu.send("/legal-aid", "Đề nghị duyệt", answer_vi="Có, từ 8 giờ đến 11 giờ.")
    assert str(page.url.path) == f"{CONTENT}/changes/2"
    assert "Thu rút" not in page.text
    assert "Lời sửa bị trả lại" not in (await thu.open()).text, "it was proposed anew"
    await thu.open(f"{CONTENT}/changes/2")
    await thu.send("/withdraw", "Rút đề nghị")
    assert "Đã rút" in plain(thu.page)


async def test_two_who_change_the_same_thing(app: App, thu: Desk, lan: Desk) -> None:
    await thu.open(OFFICE_FORM)
    await lan.open(OFFICE_FORM)
    await thu.send("/phong-vhxh", "Đề nghị duyệt", **{**OFFICE, "dated": "18/11/2026"})
    mine = {**OFFICE, "dated": "18/11/2026", "phone": "02603862222"}
    page = await lan.send("/phong-vhxh", "Đề nghị duyệt", **mine)
    assert page.status == 409 and "Thu vừa đề nghị sửa chỗ này" in page.alerts[0]
    assert page.form("/phong-vhxh").fields["phone"] == "02603862222", "nothing typed is lost"
    assert len((await everything(app.storage))["content_changes"]) == 1


@pytest.mark.thorough
async def test_sent_twice_it_is_one_proposal_and_one_approval(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open(ANSWER_FORM)
    form = thu.page.form("/legal-aid")
    data = {**form.fields, **ANSWER, "dated": "18/11/2026", "do": "propose"}
    found = await asyncio.gather(*[thu.client.post(form.action, data=data) for _ in range(3)])
    assert {one.status_code for one in found} == {303}
    await duy.open(f"{CONTENT}/changes/1")
    form = duy.page.form("/approve")
    found = await asyncio.gather(*[duy.client.post(form.action, data=form.fields) for _ in range(3)])
    assert {one.status_code for one in found} <= {303, 409}
    rows = await everything(app.storage)
    assert [row["state"] for row in rows["content_changes"]] == ["in_force"]
    assert [row["action"] for row in rows["audit_log"] if row["action"] == "content.approved"] == ["content.approved"]


async def test_what_is_wrong_is_named_field_by_field(app: App, thu: Desk) -> None:
    await thu.open(OFFICE_FORM)
    wrong = {**OFFICE, "name_vi": "x" * 101, "phone": "12345", "dated": "30/02/2026"}
    page = await thu.send("/phong-vhxh", "Đề nghị duyệt", **wrong)
    said = page.alerts[0]
    assert page.status == 422 and "Bớt 1." in said
    assert "Điện thoại: ghi một số" in said and "Ngày ký văn bản: Tháng 2/2026 không có ngày 30." in said
    said = (
        await thu.send("/phong-vhxh", "Đề nghị duyệt", **{**wrong, "phone": "0260 3862 00", "dated": "mai"})
    ).alerts[0]
    assert "Điện thoại: số cố định có 11 chữ số, như 0260 3862 000." in said and "ghi như 05/01/2027" in said
    await thu.open(ANSWER_FORM)
    wrong = {**ANSWER, "question": "Gọi 0912 345 678 được không?", "dated": "05/01/2027", "until": "01/01/2020"}
    said = (await thu.send("/legal-aid", "Đề nghị duyệt", **{**wrong, "office": "none"})).alerts[0]
    assert "số giấy tờ" in said and "ngày này chưa tới" in said and "ngày này đã qua" in said
    assert "không có phòng này" in said
    same = {"name_vi": "Phòng Văn hóa - Xã hội phường"}
    await thu.open(OFFICE_FORM)
    assert (await thu.send("/phong-vhxh", "Đề nghị duyệt", **same)).status == 422
    assert (await everything(app.storage))["content_changes"] == []


@pytest.mark.thorough
async def test_script_in_every_field_is_shown_as_it_was_typed(app: App, thu: Desk, duy: Desk) -> None:
    evil = "<script>alert(1)</script>"
    names = ("name_vi", "name_en", "address_vi", "address_en", "hours_vi", "hours_en", "document", "article")
    await thu.open(OFFICE_FORM)
    office = dict.fromkeys(names, evil)
    await thu.send("/phong-vhxh", "Xem thử", **office, dated="18/11/2026")
    assert evil not in thu.page.html and evil in thu.page.text
    await thu.send("/phong-vhxh", "Đề nghị duyệt")
    await thu.open(ANSWER_FORM)
    answer = dict.fromkeys(("question", "answer_vi", "answer_en", "document", "article"), evil)
    await thu.send("/legal-aid", "Đề nghị duyệt", **answer, dated="18/11/2026")
    for number in (1, 2):
        await duy.open(f"{CONTENT}/changes/{number}")
        assert evil not in duy.page.html and evil in duy.page.text
        await duy.send("/approve", "Duyệt và dùng ngay")
    for path in (CONTENT, TOPIC, OFFICE_FORM, ANSWER_FORM, "/console"):
        page = await thu.open(path)
        assert evil not in page.html, path
    assert evil not in await public(app, "/dak-cam/chu-de/legal-aid")
    page = await duy.open(f"{CONTENT}?at={evil}&on={evil}")
    assert page.status == 404 and evil not in page.html


async def test_what_is_typed_survives_the_end_of_a_session(app: App, thu: Desk) -> None:
    await thu.open(ANSWER_FORM)
    form, cookies = thu.page.form("/legal-aid"), dict(thu.client.cookies)
    thu.client.cookies.clear()
    answer = await thu.client.post(form.action, data={**form.fields, "answer_vi": "Một câu dài.", "do": "propose"})
    assert answer.status_code == 303 and "sign-in" in answer.headers["location"]
    for name, value in cookies.items():
        thu.client.cookies.set(name, value, domain="chungtay.example", path="/")
    page = await thu.open(ANSWER_FORM)
    assert page.form("/legal-aid").fields["answer_vi"].strip() == "Một câu dài."


@pytest.mark.thorough
@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.VIEWER])
async def test_what_is_of_another_place_is_not_there(app: App, role: Role) -> None:
    await proposed(app)
    desk = await signed_in(app, "Somebody", Grant(role=role, locality="di-su"))
    paths = [f"{CONTENT}?at=dak-cam", TOPIC, f"{CONTENT}/dak-cam/plan/home", f"{CONTENT}/changes/1"]
    paths += [OFFICE_FORM, ANSWER_FORM, f"{CONTENT}/dak-cam/answer"] if role is Role.EDITOR else []
    main = set()
    for path in (*paths, f"{CONTENT}?at=nowhere", f"{CONTENT}/changes/999"):
        page = await desk.open(path)
        main.add((page.status, page.html.partition("<main")[2].partition("</main>")[0]))
    assert [status for status, _ in main] == [404]
    refused = [row for row in (await everything(app.storage))["audit_log"] if row["action"] == "refused"]
    assert {row["subject"] for row in refused} == {"content:dak-cam", "content:1"}
    assert "Đăk Cấm" not in (await desk.open(CONTENT)).text


async def test_who_acts_for_one_office_changes_only_its_own(app: App) -> None:
    desk = await signed_in(app, "Mai", Grant(role=Role.EDITOR, locality="dak-cam", office="phong-kt-ht-dt"))
    assert (await desk.open(OFFICE_FORM)).status == 403
    assert (await desk.open(f"{CONTENT}/dak-cam/office/phong-kt-ht-dt")).status == 200
    await desk.open(ANSWER_FORM)
    page = await desk.send("/legal-aid", "Đề nghị duyệt", **{**ANSWER, "dated": "18/11/2026"})
    assert page.status == 403, "in the name of another office"
    assert (await everything(app.storage))["content_changes"] == []


async def test_where_the_packs_have_changed_it_is_to_be_looked_at_again(app: App, thu: Desk, duy: Desk) -> None:
    await in_force(app, DESK, {**OFFICE, "phone": "02603862999"}, ground="of older packs")
    await proposed(app, LAWYER, ground="of older packs")
    place = console_of(app).content.localities["dak-cam"]
    assert all(one.phone is None for one in place.offices), "not silently applied"
    page = await thu.open(CONTENT)
    assert "Cần xem lại: 1" in plain(page)
    assert f'href="{OFFICE_FORM}?from=1"' in page.html
    page = await thu.open(f"{OFFICE_FORM}?from=1")
    assert page.form("/phong-vhxh").fields["phone"] == "02603862999"
    assert "gói nội dung đã đổi" in plain(await thu.open()), "on the first page too"
    page = await duy.open(f"{CONTENT}/changes/2")
    assert "Không duyệt được nữa" in plain(page) and "Duyệt và dùng ngay" not in page.text
    guard = page.form("/return").fields["form"]
    assert (await duy.post(f"{CONTENT}/changes/2/approve", {"form": guard})).status == 409


@pytest.mark.thorough
async def test_taken_away_the_packs_are_told_again(app: App, thu: Desk, duy: Desk) -> None:
    await in_force(app, DESK)
    await thu.open(OFFICE_FORM)
    await thu.send("/phong-vhxh", "Đề nghị bỏ")
    assert "muốn bỏ lời đang dùng" in plain(thu.page)
    await duy.open(f"{CONTENT}/changes/2")
    await duy.send("/approve", "Duyệt và dùng ngay")
    place = console_of(app).content.localities["dak-cam"]
    assert all(one.phone is None for one in place.offices)
    assert [row["state"] for row in (await everything(app.storage))["content_changes"]] == ["replaced", "in_force"]


async def test_an_answer_of_its_place_ends_with_its_last_day(app: App, lan: Desk, clock: FixedClock) -> None:
    await in_force(app, LAWYER, {**ANSWER, "until": "2026-11-25"})
    told = await public(app, "/dak-cam/chu-de/legal-aid")
    assert "Có luật sư ở phường vào thứ Bảy không?" in told and "Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026" in told
    assert "thứ Bảy không?" not in await public(app, "/di-su/chu-de/legal-aid"), "of its own place alone"
    assert "Thông báo 12/TB-UBND: Có luật sư ở phường vào thứ Bảy không?" in plain(await lan.open(CONTENT))
    clock.advance(days=6)
    assert "thứ Bảy không?" not in await public(app, "/dak-cam/chu-de/legal-aid")


async def test_who_answers_next_is_offered_what_the_place_has_answered(app: App, lan: Desk, asks: Asks) -> None:
    await in_force(app)
    await asks(topic="legal-aid")
    await lan.open("/console/questions/1")
    page = await lan.send("/answer", "Đưa vào câu trả lời card:legal-aid:own")
    assert (
        "Có. Sáng thứ Bảy tuần đầu tháng, ở nhà văn hóa.\nTheo Thông báo 12/TB-UBND"
        in page.form("/answer").fields["text"]
    )


async def test_an_office_that_is_called_otherwise_keeps_the_name_of_the_plan(app: App) -> None:
    await in_force(app, DESK, {**OFFICE, "name_vi": "Phòng Văn hóa và Đời sống"})
    content = console_of(app).content
    office = next(one for one in content.localities["dak-cam"].offices if one.id == "phong-vhxh")
    topic = next(one.topic for one in content.localities["dak-cam"].who if one.lead[0] == "phong-vhxh")
    answer = content.office(topic, locality="dak-cam", on=app.clock.now().date())
    assert office.name.vi in answer.text and "Nay gọi là Phòng Văn hóa và Đời sống." in answer.text
    assert "Theo Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026." in answer.text


async def test_the_answer_to_one_becomes_an_answer_to_all(app: App, lan: Desk, duy: Desk, asks: Asks) -> None:
    await asks(topic="legal-aid", office="phong-vhxh")
    await lan.open("/console/questions/1")
    assert "Đưa thành câu trả lời chung" not in lan.page.text, "nobody has answered yet"
    await lan.send("/answer", "Trả lời", text="Có luật sư sáng thứ Bảy.")
    page = await lan.open(lan.page.links["Soạn câu trả lời chung"])
    fields = page.form("/legal-aid").fields
    assert fields["answer_vi"].strip() == "Có luật sư sáng thứ Bảy." and fields["question"] == ""
    assert "dột" not in page.text, "nothing of the citizen's goes along"
    source = {**SOURCE, "dated": "18/11/2026", "office": "phong-vhxh"}
    await lan.send("/legal-aid", "Đề nghị duyệt", **source, question="Có luật sư không?")
    await duy.open(f"{CONTENT}/changes/1")
    await duy.send("/approve", "Duyệt và dùng ngay")
    assert "Có luật sư sáng thứ Bảy." in await public(app, "/dak-cam/chu-de/legal-aid")


async def statements(app: App, desk: Desk, path: str) -> int:
    """How many a page takes; a loop of the product may look into storage meanwhile."""
    with counting(app.storage) as counter:
        assert (await desk.open(path)).status == 200
        return counter.take()


@pytest.mark.thorough
async def test_statements_are_bounded_whatever_there_is(app: App, thu: Desk) -> None:
    paths = (CONTENT, TOPIC, OFFICE_FORM, ANSWER_FORM)
    counts = []
    for _ in range(2):
        for path in paths:
            counts.append(min([await statements(app, thu, path) for _ in range(3)]))
            assert len(thu.page.html.encode()) < 100_000, path
        topics = list(console_of(app).content.topics)[:30] if len(counts) == len(paths) else []
        for topic in topics:
            await in_force(app, replace(LAWYER, subject=topic))
            await proposed(app, replace(LAWYER, subject=topic))
    assert max(counts) <= MOST, "thirty more of each would show"


async def test_another_process_tells_it_after_one_look(app: App) -> None:
    """What is laid over the packs is each process's own."""
    other = console_of(app).content.apart()
    assert not await follow(app.storage, other)
    await in_force(app)
    assert await follow(app.storage, other)
    assert other.overlay.answers.keys() == {("dak-cam", "legal-aid")}
    assert not await follow(app.storage, other)


async def test_a_thing_that_does_not_exist_is_not_there(app: App, thu: Desk) -> None:
    for path in ("topics/none", "plan/none", "plan/project:none", "office/none", "answer/none"):
        assert (await thu.open(f"{CONTENT}/dak-cam/{path}")).status == 404, path
    assert not console_of(app).content.packed.knows(Place(locality="none", kind=Kind.ANSWER, subject="legal-aid"))
