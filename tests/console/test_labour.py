"""The labour survey in the console: entered, changed and put in as a list; who has nobody at work; what was told."""

import asyncio
import threading
from io import BytesIO
from typing import Any

import pytest

from bot.app import App
from content.labour_list import HEADS
from core.labour import By, Workers
from core.officers import Grant, Role
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_targets import row_of
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import a_home, everything, make_person
from tests.work.lists import saved, workbook
from web.console.labour import lists

LIST, NEW, IMPORT = "/console/labour?at=dak-cam", "/console/labour/new?at=dak-cam", "/console/labour/import?at=dak-cam"
COUNTS = {"adults": "3", "stable": "0", "unstable": "1", "seeking": "2", "as_of": "01/11/2026"}
FILLED = {"code": "DC-001", "hamlet": "thôn 3", "status": "poor", **COUNTS}


async def enter(desk: Desk, **fields: str) -> Page:
    await desk.open(NEW)
    return await desk.send("/new", "Lưu hộ này", **{**FILLED, **fields})


async def put_in(desk: Desk, text: str, name: str = "ds.csv") -> Page:
    page = await desk.open(IMPORT)
    form = page.form("/import")
    return await desk.post(form.action, form.fields, files={"list": (name, text.encode(), "text/csv")})


async def test_each_change_of_a_household_is_known(app: App, thu: Desk, clock: FixedClock) -> None:
    page = await enter(thu)
    assert page.statuses == ["✓ Đã nhập hộ."] and "▲" in page.html and "Việc chưa ổn định" in page.text
    page = await enter(thu)
    assert page.status == 422 and "Mã này đã có trong danh sách." in page.alerts[0]
    clock.advance(days=1)
    lead = await signed_in(app, "Trưởng thôn", Grant(role=Role.COLLABORATOR, locality="dak-cam"))
    await lead.open("/console/labour/1")
    page = await lead.send("/change", status="poor", stable="1", unstable="0", as_of="20/11/2026")
    assert page.statuses == ["✓ Đã sửa hộ."] and "Trưởng thôn" in page.text and "Ổn định: 0." in page.text
    assert [row["officer"] for row in (await everything(app.storage))["labour_history"]] == ["Thu", "Trưởng thôn"]
    assert "1 trên 1 hộ, 100%" in (await lead.open(LIST)).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "079085001234"}, "Mã hộ giống số căn cước."),
        ({"code": "mã 1"}, "Mã hộ chỉ có chữ cái"),
        ({"hamlet": " "}, "Ghi thôn, tổ."),
        ({"status": "x"}, "Chọn diện hộ."),
        ({"stable": "3"}, "Số người đi làm nhiều hơn"),
        ({"seeking": ""}, "Ghi số người đang tìm việc."),
        ({"as_of": "01/01/2030"}, "Ngày này chưa tới."),
        ({"as_of": "5/11"}, "Ghi đủ cả năm, như 05/11/2026."),
        ({"as_of": "5-11-25"}, "Ghi đủ cả năm, như 05/11/2025."),
    ],
)
async def test_what_cannot_be_right_is_named(app: App, thu: Desk, fields: dict[str, str], said: str) -> None:
    page = await enter(thu, **fields)
    assert page.status == 422 and said in page.alerts[0]
    assert (await everything(app.storage))["labour_homes"] == []


async def test_the_second_is_told_and_a_form_sent_twice_does_one_thing(app: App, thu: Desk) -> None:
    await enter(thu)
    first = {**(await thu.open("/console/labour/1")).form("/change").fields, **FILLED, "seeking": "1"}
    second = {**(await thu.open("/console/labour/1")).form("/change").fields, **FILLED, "seeking": "0"}
    for _ in range(2):
        assert (await thu.post("/console/labour/1/change", first)).statuses == ["✓ Đã sửa hộ."]
    page = await thu.post("/console/labour/1/change", second)
    assert page.status == 409 and page.form("/change").fields["seeking"] == "0", "what was typed stays"
    assert len((await everything(app.storage))["labour_history"]) == 2


async def test_a_list_is_taken_as_a_whole_or_not_at_all(app: App, thu: Desk) -> None:
    head = ",".join(f'"{one}"' for one in HEADS)
    bad = f"{head}\nDC-1,thôn 3,hộ nghèo,2,1,0,1,01/11/2026\n079085001234,thôn 3,hộ nghèo,,,,,\n"
    page = await put_in(thu, bad)
    assert page.status == 422 and "Chưa nhập gì cả." in page.alerts[0]
    assert "dòng 3: mã hộ giống số căn cước" in " ".join(page.text.split())
    assert (await everything(app.storage))["labour_homes"] == []
    page = await put_in(thu, bad.rpartition("079")[0])
    assert page.statuses == ["✓ Đã nhập danh sách."] and "DC-1" in page.text
    assert (await put_in(thu, "a,b\n1,2\n")).status == 422
    page = await put_in(thu, "a,b\n1,2\n", "ds.xlsx")
    assert page.status == 422 and "Tên tệp là .xlsx nhưng bên trong không phải." in page.alerts[0]
    assert (
        "Chọn một tệp."
        in (await thu.post("/console/labour/import", (await thu.open(IMPORT)).form("/import").fields)).alerts[0]
    )


async def test_what_was_told_in_the_chat_gets_its_code_from_an_officer(app: App, thu: Desk) -> None:
    contact = (await make_person(app.storage, "somebody", "webchat.main")).contact.id
    workers = Workers(adults=2, stable=0, unstable=0, seeking=2)
    async with app.storage.write() as uow:
        await uow.labour.tell(contact, workers, app.clock.now(), locality="dak-cam", hamlet="thon 3")
        await uow.commit()
    page = await thu.open(LIST)
    assert "Bà con tự khai" in page.text
    page = await thu.send("/told/1", code="", status="poor")
    assert page.status == 422 and "Ghi mã hộ." in page.alerts[0]
    page = await thu.send("/told/1", code="DC-009", status="poor")
    assert page.statuses == ["✓ Đã đưa vào danh sách."] and "Không ai đi làm" in row_of(page, "DC-009")
    assert "người trong hộ" not in (await thu.open("/console/labour/1")).text, "by the officer who knew the code"


async def test_what_is_of_another_place_is_not_there(app: App, thu: Desk) -> None:
    await enter(thu)
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    assert "DC-001" not in (await there.open("/console/labour")).text
    for path in (LIST, NEW, IMPORT, "/console/labour/1", "/console/labour/999", "/console/labour/sheet?at=dak-cam"):
        assert (await there.open(path)).status == 404, path
    await there.open("/console/labour/new")
    guard = {"form": there.page.form("/new").fields["form"]}
    for path in ("/console/labour/1/change", "/console/labour/new", "/console/labour/import"):
        assert (await there.post(path, {**guard, **FILLED, "place": "dak-cam", "seen": "0"})).status == 404
    assert len((await everything(app.storage))["labour_history"]) == 1


async def test_nothing_typed_becomes_part_of_a_page(thu: Desk) -> None:
    assert clean((await enter(thu, **dict.fromkeys(FILLED, SCRIPT[:30]))).html)
    await enter(thu, hamlet=SCRIPT[:40])
    assert clean((await thu.open(f"{LIST}&show=all")).html) and clean((await thu.open("/console/labour/1")).html)
    head = ",".join(f'"{one}"' for one in HEADS)
    assert clean((await put_in(thu, f"{head}\n{SCRIPT},{SCRIPT},{SCRIPT}\n")).html)


async def test_the_sheet_is_what_a_list_is_put_in_from(app: App, thu: Desk) -> None:
    from openpyxl import load_workbook

    await enter(thu)
    await enter(thu, code="DC-002", **dict.fromkeys(COUNTS, ""))
    answer = await thu.client.get("/console/labour/sheet?at=dak-cam")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == HEADS and rows[2][:4] == ("DC-002", "thôn 3", "hộ nghèo", None)
    form = (await thu.open(IMPORT)).form("/import")
    await thu.post(form.action, form.fields, files={"list": ("ds.xlsx", answer.content, "application/zip")})
    assert thu.page.statuses == ["✓ Đã nhập danh sách."]
    assert len((await everything(app.storage))["labour_history"]) == 2, "what is the same leaves no trace"


async def test_an_empty_place_is_told_without_shares_and_offers_a_sample_that_can_be_put_in(thu: Desk) -> None:
    page = await thu.open(LIST)
    assert "trên 0 hộ" not in page.text and "Chưa có hộ nào." in page.text
    page = await thu.open(NEW)
    assert page.form("/new").fields["as_of"] == "20/11/2026", "mostly it is today"
    page = await thu.open(IMPORT)
    assert "Tải tệp mẫu" in page.text
    sample = await thu.client.get("/console/labour/import/sample")
    form = page.form("/import")
    page = await thu.post(form.action, form.fields, files={"list": ("mau.xlsx", sample.content, "application/zip")})
    assert page.statuses == ["✓ Đã nhập danh sách."] and "MAU-01" in page.text and "1 trên 1 hộ, 100%" in page.text


async def test_a_page_costs_the_same_however_many_there_are(app: App, thu: Desk) -> None:
    async def cost() -> tuple[int, int]:
        await thu.open(LIST)
        with counting(app.storage) as counter:
            page = await thu.open(LIST)
        return counter.take(), len(page.html.encode())

    await enter(thu)
    before = await cost()
    homes = [a_home(f"X-{number}", (2, 0, 0, 1)) for number in range(80)]
    async with app.storage.write() as uow:
        await uow.labour.write("dak-cam", homes, By(name="Thu"), app.clock.now())
        await uow.commit()
    after = await cost()
    assert after[0] == before[0] <= 9 and after[1] < 80_000


def listed(many: int, stable: int = 1) -> str:
    """A list of so many households."""
    homes = (f"HN-{one:05};thôn 1;hộ nghèo;3;{stable};1;1;01/11/2026\n" for one in range(many))
    return ";".join(HEADS) + "\n" + "".join(homes)


@pytest.mark.thorough
async def test_what_the_page_promises_fits(app: App, thu: Desk) -> None:
    page = await thu.open(IMPORT)
    assert "tối đa 5.000 hộ và 5 triệu byte" in page.text
    text = listed(3_000)
    assert len(text.encode()) > 128 * 1024
    for stable in (1, 1, 0):
        page = await put_in(thu, listed(3_000, stable))
        assert page.statuses == ["✓ Đã nhập danh sách."]
    stored = await everything(app.storage)
    assert len(stored["labour_homes"]) == 3_000 and len(stored["labour_history"]) == 6_000
    assert {(one["stable"], one["version"]) for one in stored["labour_homes"]} == {(0, 1)}
    told = [row["detail"] for row in stored["audit_log"] if row["action"] == "labour.imported"]
    assert [(one["new"], one["changed"]) for one in told] == [(3_000, 0), (0, 0), (0, 3_000)]


@pytest.mark.thorough
@pytest.mark.parametrize("many", [5_001, 20_001])
async def test_a_longer_list_is_told_how_many_fit(app: App, thu: Desk, many: int) -> None:
    page = await put_in(thu, listed(many))
    assert page.status == 422 and "Mỗi tệp tối đa 5.000 hộ" in page.alerts[0]
    assert (await everything(app.storage))["labour_homes"] == []


async def put_in_workbook(desk: Desk, raw: bytes, lang: str = "vi") -> Page:
    page = await desk.open(f"{IMPORT}&lang={lang}")
    form = page.form("/import")
    return await desk.post(form.action, form.fields, files={"list": ("ds.xlsx", raw, "application/zip")})


@pytest.mark.thorough
async def test_a_list_that_cannot_be_read_is_told_in_the_words_of_the_page(app: App, thu: Desk) -> None:
    head = ",".join(f'"{one}"' for one in HEADS)
    page = await put_in_workbook(thu, b"PK\x03\x04 broken")
    assert page.status == 422 and page.alerts == [
        "■ Không mở được tệp này như một bảng tính. Mở bằng Excel rồi lưu lại."
    ]
    book = workbook(HEADS)
    book.active.merge_cells("I1:Z9000")
    page = await put_in_workbook(thu, saved(book))
    assert page.alerts == ["■ Tệp gộp quá nhiều ô. Bỏ gộp ô, lưu lại rồi chọn lại."]
    page = await put_in(thu, f'{head},"Số CCCD <b>"\n')
    assert page.alerts == ["■ Tệp có cột “Số CCCD <b>”. Bỏ cột ấy: danh sách này chỉ dùng mã hộ của phường, xã."]
    page = await put_in(thu, "a,b\n1,2\n")
    assert "Không thấy dòng tên cột" in page.alerts[0] and "Diện hộ" in page.alerts[0]
    page = await put_in(thu, f"{head}\n" + "a,b\n" * 20_001)
    assert page.alerts == ["■ Tệp có quá nhiều hộ. Mỗi tệp tối đa 5.000 hộ: chia ra nhiều tệp."]
    assert (await everything(app.storage))["labour_homes"] == []


async def test_hidden_rows_of_a_list_are_told(thu: Desk) -> None:
    book = workbook(HEADS, *((f"DC-{at}", "thôn 3", "hộ nghèo") for at in range(1, 5)))
    for line in (3, 5):
        book.active.row_dimensions[line].hidden = True
    page = await put_in_workbook(thu, saved(book))
    assert page.statuses == ["✓ Đã nhập danh sách."] and "DC-1" in page.text and "DC-2" not in page.text
    assert "Bỏ qua 2 dòng ẩn: 3, 5." in page.text
    for asked in ("", "&hidden=", "&hidden=2-a", "&hidden=2-3.<b>"):
        assert "dòng ẩn" not in (await thu.open(f"{LIST}{asked}")).text


async def test_others_go_on_while_a_list_of_households_is_read(
    thu: Desk, lan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on, whole = threading.Event(), threading.Event(), lists.read_homes

    def slow(*given: Any) -> Any:
        reading.set()
        assert go_on.wait(30)
        return whole(*given)

    monkeypatch.setattr(lists, "read_homes", slow)
    head = ",".join(f'"{one}"' for one in HEADS)
    putting = asyncio.ensure_future(put_in(thu, f"{head}\nDC-1,thôn 3,hộ nghèo,,,,,\n"))
    await asyncio.to_thread(reading.wait, 30)
    try:
        assert (await lan.open("/console/account")).status == 200
    finally:
        go_on.set()
    assert (await putting).statuses == ["✓ Đã nhập danh sách."]
