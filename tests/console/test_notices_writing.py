"""Writing a notice in the console: looked at, kept, handed on; two at one draft; nothing typed is lost or run."""

import pytest

from bot.app import App
from core.campaigns import CampaignState, Notice
from core.officers import Grant, Role
from tests.console.conftest import TEXT, Notes
from tests.console.desk import PASSWORD, Desk, code_now, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_notices import stored
from tests.support.clock import FixedClock
from tests.support.rows import everything

S = CampaignState
ODD = {"topics": ["training", "poverty-standard"]}
TICKED = {"topics": ["training", "business"]}  # "vay vốn, làm ăn", beside its matter "Vay vốn làm ăn"
FILLED = {
    "title": "Lớp may",
    "text_vi": TEXT,
    "source": "Thông báo 12/TB-UBND",
    "locality": "dak-cam",
    "hold_back": "10",
}


async def kept(app: App, number: int = 1) -> Notice:
    return (await stored(app, number)).notice


@pytest.mark.thorough
async def test_looked_at_before_it_is_kept(app: App, thu: Desk) -> None:
    await thu.open("/console/notices/new")
    page = await thu.send("/new", "Xem thử", **FILLED, text_en="A sewing class.")
    said = " ".join(page.text.split())
    assert page.status == 200 and "Chọn 0 người, sẽ gửi cho 0 người." in said and "Lời tin dễ đọc." in said
    assert said.count("Mở lớp may sáng thứ Hai.") == 2 and "A sewing class." in page.html.partition('id="preview"')[2]
    assert "Không gửi từ 20:30 đến 07:00" in said and page.form("/new").fields["title"] == "Lớp may"
    assert (await everything(app.storage))["campaigns"] == []


@pytest.mark.thorough
async def test_what_is_hard_to_read_is_told(thu: Desk) -> None:
    await thu.open("/console/notices/new")
    long = "Đề nghị các đối tượng thụ hưởng thuộc diện được hỗ trợ theo quy định của UBND đến làm thủ tục ngay. "
    page = await thu.send("/new", "Xem thử", **{**FILLED, "text_vi": long * 4})
    preview = page.html.partition('id="preview"')[2]
    assert "UBND" in preview and "Dưới 320 ký tự thì dễ đọc hơn" in preview and "Lời tin dễ đọc." not in preview


async def test_what_it_is_about_is_ticked(app: App, thu: Desk) -> None:
    page = await thu.open("/console/notices/new")
    assert page.html.count('name="topics"') == len(app.knowledge.content.themes)
    page = await thu.post("/console/notices/new", {**thu.page.form("/new").fields, **FILLED, "do": "save"} | TICKED)
    page = await thu.open("/console/notices/1/edit")
    assert page.html.count(" checked") == 2 and 'value="business" checked' in page.html
    page = await thu.post("/console/notices/1/edit", {**page.form("/edit").fields, **FILLED, "do": "save"} | ODD)
    page = await thu.open("/console/notices/1/edit")
    assert page.html.count(" checked") == 2 and 'value="poverty-standard" checked>' in page.html
    assert ">Mức xét hộ nghèo, hộ cận nghèo (chuẩn nghèo)</label>" in page.html, "a matter of a theme, by its name"
    before = (await kept(app)).topics
    again = {**page.form("/edit").fields, **FILLED, "do": "save"} | ODD
    await thu.post("/console/notices/1/edit", again)
    assert (await kept(app)).topics == before and "poverty-standard" in before
    page = await thu.open("/console/notices/1/edit")
    strange = {**page.form("/edit").fields, **FILLED, "do": "look", "topics": ["training", "bay lên trăng", ""]}
    page = await thu.post("/console/notices/1/edit", strange)
    assert page.html.count(" checked") == 2 and 'value="bay lên trăng" checked' in page.html


async def test_kept_as_a_draft_with_everything_that_was_chosen(app: App, thu: Desk) -> None:
    await thu.open("/console/notices/new")
    chosen = {"poor": "1", "near-poor": "1", "topics": "Học nghề", "followers": "1", "not_after": "05/01/2027 20:00"}
    page = await thu.send("/new", "Lưu nháp", **FILLED, **chosen, fall_back="0", on_doubt="hold", urgent="1")
    assert page.url.path == "/console/notices/1" and page.statuses == ["✓ Đã lưu nháp."], page.alerts
    notice = await kept(app)
    assert notice.hold_back == 600 and notice.fall_back == 0 and notice.urgent and notice.on_doubt.value == "hold"
    assert (
        notice.topics and notice.not_after is not None and notice.not_after.isoformat() == "2027-01-05T20:00:00+07:00"
    )
    assert "Diện hộ: Hộ cận nghèo, Hộ nghèo" in page.text and "Muốn nhận tin về" in page.text
    form = (await thu.open("/console/notices/1/edit")).form("/edit").fields
    assert form["not_after"] == "05/01/2027 20:00" and form["text_vi"].strip() == TEXT


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Nhập tên tin"),
        ({"source": " "}, "Nhập nguồn"),
        ({"text_vi": ""}, "Nhập lời tin tiếng Việt"),
        ({"text_en": "x" * 1001}, "Lời tin tiếng Anh nhiều nhất"),
        ({"locality": ""}, "Chọn nơi nhận tin."),
        ({"locality": "di-su"}, "Chọn nơi nhận tin."),
        ({"hamlets": "thôn không có"}, 'Không có thôn "thôn không có" ở đây.'),
        ({"topics": "bay lên trăng"}, 'Không có chủ đề "bay lên trăng".'),
        ({"not_after": "31/04/2027 20:00"}, "Không gửi sau: Tháng 4/2027 không có ngày 31."),
        ({"not_after": "mai"}, "Nhập ngày giờ như"),
        ({"not_after": "5/12 17:00"}, "Không gửi sau: Ghi đủ cả năm, như 05/12/2026 17:00."),
        ({"hold_back": "-1"}, "Nhập số phút"),
        ({"hold_back": "99999"}, "Nhập số phút"),
        ({"fall_back": "x"}, "Nhập số giờ"),
        ({"on_doubt": "x"}, "Có chỗ chưa đúng."),
    ],
)
async def test_what_is_wrong_is_said_and_everything_typed_stays(
    app: App, thu: Desk, wrong: dict[str, str], sentence: str
) -> None:
    await thu.open("/console/notices/new")
    page = await thu.send("/new", "Lưu nháp", **{**FILLED, **wrong})
    assert page.status == 422 and sentence in page.alerts[0]
    form = page.form("/new").fields
    assert all(form[name].strip() == value.strip() for name, value in {**FILLED, **wrong}.items() if name in form)
    assert (await everything(app.storage))["campaigns"] == []


async def test_pressed_twice_it_is_one_draft(app: App, thu: Desk) -> None:
    form = {**(await thu.open("/console/notices/new")).form("/new").fields, **FILLED, "do": "submit"}
    for _ in range(2):
        assert (await thu.post("/console/notices/new", form)).status == 200
    rows = await everything(app.storage)
    assert [row["state"] for row in rows["campaigns"]] == ["submitted"]


async def test_submitted_and_approved_by_a_second_person(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open("/console/notices/new")
    page = await thu.send("/new", "Gửi duyệt", **FILLED)
    assert page.statuses == ["✓ Đã gửi duyệt. Người duyệt thấy tin ở trang Việc cần làm."]
    await duy.open((await duy.open()).links["1. Lớp may (Thu soạn)"])
    await duy.send("/approve")
    assert (await stored(app)).state is S.APPROVED


async def test_the_second_of_two_editors_is_told_and_loses_nothing(app: App, thu: Desk, notes: Notes) -> None:
    await notes()
    second = await signed_in(app, "Hoa", Grant(role=Role.EDITOR, locality="dak-cam"))
    for desk in (thu, second):
        await desk.open("/console/notices/1/edit")
    await thu.send("/edit", "Lưu nháp", text_vi="Lời của Thu.", locality="dak-cam")
    page = await second.send("/edit", "Lưu nháp", text_vi="Lời của Hoa.", locality="dak-cam")
    assert page.status == 409 and "Thu vừa thay đổi tin này" in page.alerts[0]
    assert (
        page.form("/edit").fields["text_vi"].strip() == "Lời của Hoa."
        and (await kept(app)).text["vi"] == "Lời của Thu."
    )
    assert "<del>" in page.html and "Thu." in page.html.partition("<del>")[2]
    page = await second.send("/edit", "Lưu nháp", locality="dak-cam")
    assert page.status == 200 and (await kept(app)).text["vi"] == "Lời của Hoa."


@pytest.mark.thorough
async def test_a_session_that_ends_in_the_middle_loses_nothing_and_overwrites_nobody(
    app: App, thu: Desk, notes: Notes, clock: FixedClock
) -> None:
    await notes()
    await thu.open("/console/notices/1/edit")
    clock.advance(seconds=13 * 3600)
    page = await thu.send("/edit", "Lưu nháp", text_vi="Lời dài của Thu.", locality="dak-cam")
    assert page.url.path == "/console/sign-in"
    again = await signed_in(app, "Tư", Grant(role=Role.EDITOR, locality="dak-cam"))
    await again.open("/console/notices/1/edit")
    await again.send("/edit", "Lưu nháp", text_vi="Lời của Tư.", locality="dak-cam")
    page = await thu.send("/sign-in", name="Thu", password=PASSWORD, code=code_now(thu.secret, clock))
    assert (
        page.url.path == "/console/notices/1/edit"
        and page.form("/edit").fields["text_vi"].strip() == "Lời dài của Thu."
    )
    page = await thu.send("/edit", "Lưu nháp", locality="dak-cam")
    assert page.status == 409 and (await kept(app)).text["vi"] == "Lời của Tư."


@pytest.mark.thorough
async def test_what_changed_since_the_last_approval_is_shown(app: App, thu: Desk, duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED)
    await duy.open("/console/notices/1")
    await duy.send("/approve")
    await thu.open("/console/notices/1/edit")
    assert "phải gửi duyệt lại" in thu.page.text
    await thu.send("/edit", "Gửi duyệt", text_vi=TEXT.replace("sáng", "chiều"), locality="dak-cam")
    assert (await stored(app)).approved_by is None
    page = await duy.open("/console/notices/1")
    assert "Khác lần duyệt trước" in page.text
    assert "sáng </del>" in page.html and "chiều </ins>" in page.html


@pytest.mark.thorough
async def test_a_correction_goes_to_exactly_those_reached(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.FINISHED)
    page = await thu.open("/console/notices/1")
    page = await thu.open(page.links["Gửi đính chính"])
    assert "chỉ gửi cho ai đã nhận tin số 1" in page.statuses[0]
    page = await thu.send("/new", "Lưu nháp", text_vi="Đính chính: học buổi chiều.", locality="dak-cam")
    assert page.url.path == "/console/notices/2", page.alerts
    assert "Đã nhận tin số: 1" in page.text and "Khác lần duyệt trước" in page.text
    assert (await kept(app, 2)).plain()["audience"] == {"all": [{"localities": ["dak-cam"]}, {"reached": ["1"]}]}


@pytest.mark.thorough
async def test_what_is_being_sent_is_corrected_and_not_edited(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SENDING)
    page = await thu.open("/console/notices/1")
    assert "Sửa tin" not in page.links and "Gửi đính chính" in page.links
    await thu.open("/console/notices/1/edit")
    page = await thu.send("/edit", "Lưu nháp", text_vi="Khác.", locality="dak-cam")
    assert page.status == 422 and "Muốn chữa thì gửi đính chính" in page.alerts[0]
    assert (await kept(app)).text["vi"] == TEXT


@pytest.mark.thorough
async def test_other_places_are_not_there(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Của Dị Sử", S.FINISHED, locality="di-su")
    for path in ("1", "1/edit", "1/ledger", "new?correct=1", "new?correct=x", "new?correct=9"):
        page = await thu.open(f"/console/notices/{path}")
        assert page.status == 404 and "Dị Sử" not in page.text
    await thu.open("/console/notices/new")
    page = await thu.send("/new", "Lưu nháp", **{**FILLED, "reached": "1", "locality": "di-su"})
    assert page.status == 422 and (await everything(app.storage))["campaigns"][1:] == []


@pytest.mark.thorough
async def test_what_came_from_a_file_and_says_more_stays(app: App, thu: Desk, notes: Notes) -> None:
    audience = {"localities": ["dak-cam"], "not": {"household_status": ["poor"]}}
    replies = [{"words": ["ĐĂNG KÝ"], "answer": {"vi": "Đã ghi."}}]
    await notes("Lớp may", audience=audience, replies=replies)
    before = (await kept(app)).plain()
    page = await thu.open("/console/notices/1/edit")
    assert "trang này giữ nguyên" in page.text and "Trừ: Diện hộ: Hộ nghèo" in page.text
    await thu.send("/edit", "Lưu nháp", title="Lớp may mới")
    assert (await kept(app)).plain() == {**before, "title": "Lớp may mới"}


@pytest.mark.thorough
async def test_script_in_every_field_stays_text(app: App, thu: Desk, duy: Desk) -> None:
    filled = {**FILLED, "title": SCRIPT, "text_vi": SCRIPT, "text_en": SCRIPT, "source": SCRIPT}
    await thu.open("/console/notices/new")
    seen = [await thu.send("/new", "Xem thử", **filled)]
    for name in ("hamlets", "topics", "not_after", "hold_back", "locality", "reached"):
        seen.append(await thu.send("/new", "Lưu nháp", **{**filled, name: SCRIPT}))
        await thu.open("/console/notices/new")
    seen.append(await thu.send("/new", "Gửi duyệt", **filled))
    seen += [await duy.open("/console/notices"), await duy.open("/console/notices/1"), await duy.open()]
    await duy.open("/console/notices/1")
    seen.append(await duy.send("/return", return_why=SCRIPT))
    await thu.open("/console/notices/1/edit")
    seen += [thu.page, await thu.send("/edit", "Lưu nháp", text_vi=SCRIPT * 2)]
    assert [str(page.url) for page in seen if not clean(page.html)] == []
    assert sum(SCRIPT in page.text for page in seen) >= 6, "it is shown, as text"


async def test_documents_that_do_not_hold_are_told(app: App, thu: Desk, notes: Notes, clock: FixedClock) -> None:
    await thu.open("/console/notices/new")
    text = "Theo Nghị định 07/2021/NĐ-CP và Nghị định 999/2026/NĐ-CP, mời bà con đến họp. Kế hoạch 15/KH-UBND."
    page = await thu.send("/new", "Xem thử", **{**FILLED, "text_vi": text})
    told = page.html.partition('id="preview"')[2]
    assert "Không thẻ nào của Chung Tay dựa vào Nghị định 999/2026/NĐ-CP" in told
    assert "07/2021/NĐ-CP đã hết hiệu lực" not in told and "15/KH-UBND." not in told.partition("</p>")[0]
    number = await notes("Họp", CampaignState.SUBMITTED, text={"vi": text})
    clock.advance(days=60)
    desk = await signed_in(app, "An", Grant(role=Role.APPROVER, locality="dak-cam"))
    page = await desk.open(f"/console/notices/{number}")
    assert "Nghị định 07/2021/NĐ-CP đã hết hiệu lực, ngày cuối là 31/12/2026." in page.text


async def test_a_correction_is_as_urgent_as_what_it_corrects(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Lũ suối", S.SENDING, sending={"urgent": True})
    page = await thu.open("/console/notices/new?correct=1")
    assert 'id="urgent" name="urgent" value="1" checked' in page.html and TEXT in page.text
    assert page.form("/new").fields["title"] == "Đính chính: Lũ suối"
    await thu.send("/new", "Lưu nháp", text_vi="Lũ đã rút.", locality="dak-cam")
    page = await thu.open("/console/notices/2")
    assert "Đây là đính chính, chỉ gửi cho ai đã nhận tin số 1." in page.text


async def test_the_preview_is_where_the_page_opens(thu: Desk) -> None:
    page = await thu.open("/console/notices/new")
    assert 'value="look" formaction="/console/notices/new#preview"' in page.html
    assert 'id="preview" tabindex="-1"' in page.html


async def test_who_could_approve_is_warned_before_they_write_in_it(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Lớp may")
    warned = "Sửa tin này thì không duyệt tin này được nữa."
    assert warned not in (await thu.open("/console/notices/1/edit")).text
    both = await signed_in(app, "Hai", Grant(role=Role.EDITOR), Grant(role=Role.APPROVER))
    assert warned in (await both.open("/console/notices/1/edit")).text


async def test_what_would_reach_nobody_is_not_approved(duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED)
    page = await duy.open("/console/notices/1")
    assert "Chưa có ai thuộc diện đã chọn." in page.text and "Duyệt và gửi" not in page.text


async def test_a_day_without_an_hour_lasts_until_its_end(app: App, thu: Desk) -> None:
    await thu.open("/console/notices/new")
    page = await thu.send("/new", "Lưu nháp", **FILLED, not_after="05/01/2027")
    assert page.statuses == ["✓ Đã lưu nháp."], page.alerts
    last = (await kept(app)).not_after
    assert last is not None and last.isoformat() == "2027-01-05T23:59:00+07:00"
