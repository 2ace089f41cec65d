"""Lists of offers taken in on a page: looked at first, then put in whole or without the bad rows; never half."""

import asyncio
import io
import threading
from typing import Any
from zipfile import ZipFile

import pytest

from bot.app import App
from core.officers import Grant, Role
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.support.rows import everything
from tests.work.lists import HEAD, ROW, saved, workbook
from web.console.offers import importing

PAGE = "/console/work/import/dak-cam"
BAD = ("Phụ hồ", "Tổ xây", "", "250k", "2", "30/11/2026")
GOOD = saved(workbook(["DANH SÁCH TUYỂN DỤNG"], HEAD, ROW))
WITH_BAD = saved(workbook(["DANH SÁCH TUYỂN DỤNG"], HEAD, ROW, BAD))
CSV = ";".join(HEAD).encode() + b"\n" + ";".join(ROW).encode()


async def upload(desk: Desk, content: bytes, name: str = "tin tuyển.xlsx") -> Page:
    await desk.open(PAGE)
    return await send(desk, [(name, content)])


async def send(desk: Desk, files: list[tuple[str, bytes]]) -> Page:
    if not any(form.action.endswith("/dak-cam") for form in desk.page.forms):
        await desk.open(PAGE)
        await desk.send("/drop")
    guard = desk.page.form("/import/dak-cam").fields["form"]
    parts = [("file", (name, content, "application/octet-stream")) for name, content in files]
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = await desk.client.post(
        PAGE, data={"form": guard}, files=parts or None, headers=headers, follow_redirects=True
    )
    return desk._shown(answer)


async def rows(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["work_offers"]


@pytest.mark.parametrize(("content", "name"), [(GOOD, "tin.xlsx"), (CSV, "TIN.CSV")])
async def test_a_list_is_looked_at_and_then_put_in(app: App, thu: Desk, content: bytes, name: str) -> None:
    page = await upload(thu, content, name)
    assert "Đọc được 1 tin trong tệp" in page.text and "Công nhân may" in page.text and await rows(app) == []
    assert "từ 7.000.000 đến" in page.text and "30/11/2026" in page.text
    form = page.form("/put").fields
    page = await thu.send("/put")
    assert page.statuses == ["✓ Đã đưa tin vào. Người khác kiểm tra rồi bà con mới thấy."]
    assert "Công nhân may" in page.text and page.url.params["standing"] == "draft"
    (row,) = await rows(app)
    assert (row["state"], row["created_by"]) == ("draft", "Thu")
    page = await thu.post(f"{PAGE}/put", form)
    assert page.status == 200 and page.statuses and len(await rows(app)) == 1, "a form sent twice does one thing"
    assert "Đọc được" not in (await thu.open(PAGE)).text, "what was put in is not kept"


async def test_bad_rows_are_told_and_left_out_only_by_a_tick(app: App, thu: Desk) -> None:
    page = await upload(thu, WITH_BAD)
    said = " ".join(page.text.split())
    assert "1 dòng chưa nhận được" in said and "Nơi làm việc: trống" in said and "“250k” là một ngày" in said
    assert '<td role="cell" data-head="Dòng">4</td>' in page.html and "Tin tuyển" in said
    page = await thu.send("/put")
    assert page.status == 422 and "Chưa đưa vào tin nào" in page.alerts[0] and await rows(app) == []
    await thu.send("/put", leave="1")
    assert [one["offer"]["title"] for one in await rows(app)] == ["Công nhân may"]


def renamed() -> bytes:
    """Something packed that is no workbook."""
    out = io.BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    return out.getvalue()


LONG = CSV + b"\n" + b"a;b;c;d;e;f\n" * 1500


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tin.xlsx", CSV, "Tên tệp là .xlsx nhưng bên trong không phải"),
        ("tin.csv", GOOD, "Tên tệp là .csv nhưng bên trong không phải"),
        ("tin.csv", b"MZ\x00\x00\x01", "Tên tệp là .csv nhưng bên trong không phải"),
        ("tin.exe", CSV, "Chỉ nhận tệp .xlsx hoặc .csv"),
        ("tin.xls", b"\xd0\xcf\x11\xe0 old", "Tệp Excel đời cũ"),
        ("tin.xlsx", renamed(), "Không mở được tệp này"),
        ("tin.csv", b"a,b,c\n1,2,3\n", "Không thấy dòng tên cột"),
        ("tin.csv", b"x" * (5 * 1024 * 1024 + 1), "Tệp lớn quá 5 triệu byte"),
        pytest.param(
            "tin.csv", CSV + b"\n" + b"a;b;c;d;e;f\n" * 1500, "Tệp có quá nhiều dòng", marks=pytest.mark.thorough
        ),
    ],
    ids=("csv", "xlsx", "binary", "program", "old", "packed", "no heads", "large", "long"),
)
async def test_what_is_not_what_it_says_is_refused(app: App, thu: Desk, name: str, content: bytes, said: str) -> None:
    page = await upload(thu, content, name)
    assert page.status == 422 and said in page.alerts[0] and await rows(app) == []
    assert (await everything(app.storage))["form_drafts"] == []


async def test_no_file_and_two_files(thu: Desk) -> None:
    await thu.open(PAGE)
    assert "Chọn một tệp" in (await send(thu, [])).alerts[0]
    assert "Mỗi lần chỉ nhập một tệp" in (await send(thu, [("a.csv", CSV), ("b.csv", CSV)])).alerts[0]
    await thu.open(PAGE)
    too_much = await send(thu, [("a.csv", b"x" * (7 * 1024 * 1024))])
    assert too_much.status == 422 and "5 triệu byte" in too_much.alerts[0]
    await thu.open(PAGE)
    assert (await send(thu, [("a.csv", b"x" * (17 * 1024 * 1024))])).status == 413


async def test_nobody_puts_in_what_another_looked_at(app: App, thu: Desk, chief: Desk) -> None:
    await upload(thu, GOOD)
    assert "Đọc được" not in (await chief.open(PAGE)).text
    guard = {"form": chief.page.forms[0].fields["form"]}
    page = await chief.post(f"{PAGE}/put", guard)
    assert page.status == 409 and "Bản xem trước không còn" in page.alerts[0] and await rows(app) == []
    there = await signed_in(app, "Ba", Grant(role=Role.EDITOR, locality="di-su"))
    guard = {"form": (await there.open("/console")).forms[0].fields["form"]}
    for end in ("", "/put", "/drop"):
        assert (await there.post(f"{PAGE}{end}", guard)).status == 404


async def test_nothing_of_a_list_becomes_part_of_a_page(thu: Desk) -> None:
    bad = (SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT)
    page = await upload(thu, saved(workbook(HEAD, (SCRIPT, *ROW[1:]), bad)), f"{SCRIPT}.xlsx")
    assert page.status == 200 and clean(page.html) and "dòng chưa nhận được" in page.text


async def test_others_go_on_while_a_list_is_read(thu: Desk, lan: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on, whole = threading.Event(), threading.Event(), importing._read

    def slow(*given: Any) -> Any:
        reading.set()
        assert go_on.wait(30)
        return whole(*given)

    monkeypatch.setattr(importing, "_read", slow)
    uploading = asyncio.ensure_future(upload(thu, GOOD))
    await asyncio.to_thread(reading.wait, 30)
    try:
        assert (await lan.open("/console/account")).status == 200
    finally:
        go_on.set()
    assert "Đọc được 1 tin" in (await uploading).text


async def test_hidden_rows_are_told_before_the_list_is_put_in(thu: Desk) -> None:
    book = workbook(["DANH SÁCH"], HEAD, *[ROW] * 30)
    for line in (5, 7):
        book.active.row_dimensions[line].hidden = True
    page = await upload(thu, saved(book))
    assert "Đọc được 28 tin" in page.text and "Bỏ qua 2 dòng ẩn của trang Tin tuyển: 5, 7." in page.text
    await thu.send("/drop")
    for line in range(4, 33):
        book.active.row_dimensions[line].hidden = True
    page = await upload(thu, saved(book))
    assert "Bỏ qua 29 dòng ẩn của trang Tin tuyển: 4, 5, 6" in page.text and "23…" in page.text


async def test_a_file_that_merges_millions_of_cells_is_refused(thu: Desk) -> None:
    raw, out = saved(workbook(HEAD, ROW)), io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as source, ZipFile(out, "w") as target:
        for one in source.infolist():
            merged = b'</sheetData><mergeCells><mergeCell ref="A1:J1048576"/></mergeCells>'
            target.writestr(one, source.read(one).replace(b"</sheetData>", merged))
    page = await upload(thu, out.getvalue())
    assert page.status == 422 and page.alerts == ["■ Tệp gộp quá nhiều ô. Bỏ gộp ô, lưu lại rồi chọn lại."]
