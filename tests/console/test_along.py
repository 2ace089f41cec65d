"""What goes along with a notice, in the console: files that are what they say, words to answer, the Zalo template."""

import pytest

from bot.app import App
from content.locality import Hamlet
from core.campaigns import CampaignState
from core.filetypes import MAX_FILE_BYTES
from core.messages import attachment_to_json
from core.officers import Grant, Role
from tests.console.conftest import TEXT, Notes
from tests.console.desk import PASSWORD, Desk, Page, code_now, console_of, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_notices import stored
from tests.console.test_notices_writing import FILLED
from tests.support.clock import FixedClock
from tests.support.rows import enrol, everything, listed

NEW = "/console/notices/new"
PDF, PNG = b"%PDF-1.7 leaflet", b"\x89PNG\r\n\x1a\n picture"
REPLY = {
    "reply_1_words": "ĐĂNG KÝ, ghi tên",
    "reply_1_vi": "Đã giữ chỗ.",
    "reply_1_en": "You have a place.",
    "reply_1_remind": "05/01/2027 07:30",
}
ZALO = {"zalo_template": "203972", "zalo_fields": "ten = Lớp may\nngay = 05/01/2027"}


async def send(desk: Desk, do: str, *files: tuple[str, bytes], path: str = NEW, **fields: str) -> Page:
    """The form of the page as a browser posts it, with files that were chosen."""
    form = desk.page.form(path.rpartition("/")[2]).fields
    form.pop("files", None)
    attached = [line for line in form.pop("attached", "").split() if line]
    for line in desk.page.html.split('name="attached" value="')[1:]:
        attached.append(line.partition('"')[0])
    data = {**form, **FILLED, "do": do, "attached": attached, **fields}
    return await desk.post(path, data, files=[("files", one) for one in files] or None)


async def test_a_picture_and_a_paper_go_along_and_an_approver_opens_them(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open(NEW)
    page = await send(thu, "look", ("ảnh lớp.png", PNG))
    told = " ".join(page.html.partition('id="preview"')[2].split())
    assert page.status == 200 and "Kèm ảnh: ảnh lớp.png" in told and (await everything(app.storage))["campaigns"] == []
    page = await send(thu, "submit", ("tờ rơi.PDF", PDF))
    assert page.statuses[0].startswith("✓ Đã gửi duyệt."), page.alerts
    notice = (await stored(app)).notice
    assert [(one.name, one.media_type, one.size) for one in notice.attachments] == [
        ("ảnh lớp.png", "image/png", len(PNG)),
        ("tờ rơi.PDF", "application/pdf", len(PDF)),
    ]
    page = await duy.open("/console/notices/1")
    said = " ".join(page.text.split())
    assert "Kèm ảnh: ảnh lớp.png" in said and "Kèm tệp: tờ rơi.PDF" in said
    answers = [await duy.client.get(f"/console/notices/1/file?at={at}") for at in (1, 2)]
    assert [one.content for one in answers] == [PNG, PDF]
    assert [one.headers["content-disposition"].partition(";")[0] for one in answers] == ["inline", "attachment"]
    assert "sandbox" in answers[0].headers["content-security-policy"]
    for odd in ("0", "3", "x", "-1"):
        assert (await duy.open(f"/console/notices/1/file?at={odd}")).status == 404


async def test_what_is_unticked_goes_no_more_and_the_rest_stays(app: App, thu: Desk, notes: Notes) -> None:
    kept = [attachment_to_json(await app.files.put(f"{n}.pdf", "application/pdf", PDF + bytes([n]))) for n in range(2)]
    await notes(attachments=kept, public=False)
    page = await thu.open("/console/notices/1/edit")
    assert page.html.count('name="attached"') == 2
    (second,) = [line.partition('"')[0] for line in page.html.split('name="attached" value="')[2:]]
    form = {**page.form("/edit").fields, **FILLED, "do": "save", "attached": second}
    assert (await thu.post("/console/notices/1/edit", form)).statuses == ["✓ Đã lưu nháp."]
    notice = (await stored(app)).notice
    assert [one.name for one in notice.attachments] == ["1.pdf"] and notice.public is False


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("lop.pdf", PNG), "không đúng loại như đuôi tên"),
        (("lop", PDF), "không đúng loại như đuôi tên"),
        (("lop.pdf", b"MZ\x90 a program"), "không phải ảnh"),
        (("lop.png", b"<svg onload='alert(1)'>"), "không phải ảnh"),
        ((f"{SCRIPT}.pdf", b"GIF89a"), "không phải ảnh"),
        (("to.pdf", PDF + bytes(MAX_FILE_BYTES)), "lớn hơn 5 MB"),
    ],
)
async def test_a_file_that_is_not_what_it_says_is_refused_and_words_stay(
    app: App, thu: Desk, file: tuple[str, bytes], sentence: str
) -> None:
    await thu.open(NEW)
    page = await send(thu, "save", file)
    assert page.status == 422 and sentence in page.alerts[0] and clean(page.html)
    assert page.form("/new").fields["text_vi"].strip() == TEXT and 'name="attached"' not in page.html
    assert (await everything(app.storage))["campaigns"] == []


async def test_more_than_three_files_and_files_of_others_are_refused(app: App, thu: Desk, clock: FixedClock) -> None:
    await thu.open(NEW)
    page = await send(thu, "look", *[(f"{n}.pdf", PDF + bytes([n])) for n in range(3)])
    assert page.html.count('name="attached"') == 3
    token = page.html.split('name="attached" value="')[1].partition('"')[0]
    page = await send(thu, "look", ("4.png", PNG))
    assert page.status == 422 and "Nhiều nhất 3 tệp" in page.alerts[0]
    hoa = await signed_in(app, "Hoa", Grant(role=Role.EDITOR, locality="dak-cam"))
    for forged in (token, "x", "é", token[:-4] + "AAAA"):
        await hoa.open(NEW)
        await send(hoa, "save", attached=forged)
    assert all(not row["notice"].get("attachments") for row in (await everything(app.storage))["campaigns"])
    for path in (app.settings.data_dir / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    page = await send(thu, "save", attached=token)
    assert page.status == 422 and "không còn lưu" in page.alerts[0]


@pytest.mark.thorough
async def test_files_that_were_chosen_survive_the_end_of_a_session(app: App, thu: Desk, clock: FixedClock) -> None:
    await thu.open(NEW)
    await send(thu, "look", ("tờ rơi.pdf", PDF))
    clock.advance(seconds=13 * 3600)
    page = await send(thu, "save", ("ảnh.png", PNG))
    assert page.url.path == "/console/sign-in"
    page = await thu.send("/sign-in", name="Thu", password=PASSWORD, code=code_now(thu.secret, clock))
    assert "tờ rơi.pdf" in page.text and page.form("/new").fields["text_vi"].strip() == TEXT


async def test_words_to_answer_and_the_template_as_a_file_can(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open(NEW)
    page = await send(thu, "submit", **REPLY, **ZALO)
    assert page.statuses[0].startswith("✓ Đã gửi duyệt."), page.alerts
    notice = (await stored(app)).notice
    (reply,) = notice.replies
    assert reply.words == ("ĐĂNG KÝ", "ghi tên") and dict(reply.answer) == {
        "vi": "Đã giữ chỗ.",
        "en": REPLY["reply_1_en"],
    }
    assert reply.remind is not None and reply.remind.isoformat() == "2027-01-05T07:30:00+07:00"
    assert notice.template is not None and notice.template.id == "203972"
    assert dict(notice.template.fields) == {"ten": "Lớp may", "ngay": "05/01/2027"}
    said = " ".join((await duy.open("/console/notices/1")).text.split())
    assert "Đã giữ chỗ." in said and "You have a place." in said and "Bắt đầu: 05/01/2027 07:30" in said
    assert "Mẫu tin Zalo số 203972" in said and "ten: Lớp may" in said
    before = notice.hash()
    page = await thu.open("/console/notices/1/edit")
    assert page.form("/edit").fields["reply_1_words"] == "ĐĂNG KÝ, ghi tên"
    await thu.send("/edit", "Lưu nháp", locality="dak-cam", hold_back="10")
    assert (await stored(app)).notice.hash() == before, "opened and saved it says the same"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reply_2_vi": "Đã ghi."}, "reply_2_words"),
        ({"reply_1_words": "!!!", "reply_1_vi": "Đã ghi."}, "reply_1_words"),
        ({"reply_3_words": "BẬN"}, "reply_3_vi"),
        ({"reply_1_words": "BẬN", "reply_1_vi": "x" * 1001}, "reply_1_vi"),
        ({"reply_1_words": "BẬN", "reply_1_vi": "Đã ghi.", "reply_1_en": "x" * 1001}, "reply_1_en"),
        ({"reply_1_words": "BẬN", "reply_1_vi": "Đã ghi.", "reply_1_remind": "mai"}, "reply_1_remind"),
        ({"reply_1_words": "BẬN", "reply_1_vi": "Đã ghi.", "reply_1_remind": "05/01/2020 07:30"}, "reply_1_remind"),
        ({"zalo_fields": "ten = Lớp may"}, "zalo_template"),
        ({"zalo_template": SCRIPT}, "zalo_template"),
        ({"zalo_template": "203972", "zalo_fields": f"{SCRIPT}\nten = x"}, "zalo_fields"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(app: App, thu: Desk, wrong: dict[str, str], field: str) -> None:
    await thu.open(NEW)
    page = await send(thu, "save", **wrong)
    assert page.status == 422 and f'<a href="#{field}">' in page.html and f'id="{field}-fault"' in page.html
    assert clean(page.html) and (await everything(app.storage))["campaigns"] == []
    form = page.form("/new").fields
    assert all(form[name].strip() == value for name, value in wrong.items())


async def test_hamlets_are_ticked_from_the_list_of_the_place(
    app: App, thu: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await thu.open(NEW)
    assert "Chưa có danh sách thôn." in page.text
    known = console_of(app).content.localities
    place = known["dak-cam"]
    with_hamlets = place.model_copy(update={"hamlets": (Hamlet(id="t1", name="Thôn 1"),)})
    monkeypatch.setitem(known, "dak-cam", with_hamlets)  # type: ignore[arg-type]
    people = [
        listed("a", hamlet="thôn 1"),
        listed("b", hamlet="Thôn Plei Rơ"),
        listed("c", locality="di-su", hamlet="Xa"),
    ]
    await enrol(app.storage, people, app.clock.now())
    page = await thu.open(NEW)
    assert page.html.count('name="hamlets"') == 2 and 'value="Thôn 1"' in page.html and "Xa" not in page.text
    await send(thu, "save", hamlets="Thôn Plei Rơ")
    assert (await stored(app)).state is CampaignState.DRAFT
    page = await thu.open("/console/notices/1/edit")
    assert page.html.count(" checked") == 1 and 'value="Thôn Plei Rơ" checked' in page.html
