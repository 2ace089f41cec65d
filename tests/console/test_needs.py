"""Needs in the console: counted by kind, met with how and day, not possible with why; told to whoever stated them."""

import re
from io import BytesIO

import pytest

from bot.app import App
from core.needs import NeedKind
from core.officers import Grant, Role
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_targets import row_of
from tests.db.test_statements import counting
from tests.support.rows import a_need, everything

LIST, NEW = "/console/needs?at=dak-cam", "/console/needs/new?at=dak-cam"
FILLED = {"kind": "loan", "hamlet": "thôn 3", "words": "vay mua bò", "agreed": "yes"}
MET = {"met_text": "Đã vay 50 triệu ở ngân hàng.", "met_day": "18/11/2026", "met_document": "Biên bản 3/BB"}


async def enter(desk: Desk, **fields: str) -> Page:
    await desk.open(NEW)
    return await desk.send("/new", "Ghi nhu cầu", **{**FILLED, **fields})


async def state_many(app: App, *, kind: NeedKind = NeedKind.JOB, count: int, hamlet: str = "thôn 3") -> None:
    async with app.storage.write() as uow:
        for number in range(count):
            code = f"{kind[:2].upper()}{number:02}{hamlet[-1]}X"
            await uow.stated.add(a_need(code=code, kind=kind, hamlet=hamlet, words=f"lời {number}"), app.clock.now())
        await uow.commit()


async def test_met_with_how_and_day_and_counted(app: App, thu: Desk) -> None:
    page = await enter(thu)
    assert page.statuses == ["✓ Đã ghi nhu cầu."] and "Vay vốn" in page.text and "thôn 3" in page.text
    assert page.form("/met").fields["met_day"] == "20/11/2026", "mostly it is today"
    page = await thu.send("/met", met_text="Đã vay.", met_day="18/11")
    assert page.status == 422 and "Ghi đủ cả năm, như 18/11/2026." in page.alerts[0]
    page = await thu.send("/met", met_text="", met_day="mai")
    assert page.status == 422 and "Viết vài lời" in page.alerts[0] and "Nhập ngày như" in page.alerts[0]
    page = await thu.send("/met", **MET)
    assert page.statuses == ["✓ Đã ghi là giúp xong."] and "Biên bản 3/BB" in page.text and "18/11/2026" in page.text
    await enter(thu)
    await thu.send("/impossible", impossible_text="Hết vốn đợt này.")
    row = row_of(await thu.open(LIST), "Vay vốn</a>")
    assert "1 trên 2" in row and "50%" in row
    await thu.open("/console/needs/2")
    await thu.send("/reopen")
    await thu.send("/withdraw")
    assert thu.page.statuses == ["✓ Đã rút nhu cầu."]
    row = row_of(await thu.open(LIST), "Vay vốn</a>")
    assert "1 trên 1" in row and "100%" in row, "what was taken back leaves both"
    acts = [one["action"] for one in (await everything(app.storage))["audit_log"]]
    wanted = ["need.entered", "need.met", "need.entered", "need.impossible", "need.open", "need.withdrawn"]
    assert [one for one in acts if one.startswith("need.")] == wanted


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "no-such"}, "Chọn loại nhu cầu."),
        ({"agreed": ""}, "Hỏi người đó có đồng ý không"),
        ({"words": "căn cước 079 085 001 234"}, "Bỏ số căn cước ra khỏi ghi chú."),
        ({"words": "x" * 201}, "Ghi chú dài quá 200 ký tự."),
    ],
)
async def test_what_cannot_be_kept_is_named(app: App, thu: Desk, fields: dict[str, str], said: str) -> None:
    page = await enter(thu, **fields)
    assert page.status == 422 and said in page.alerts[0]
    assert (await everything(app.storage))["stated_needs"] == []


async def test_a_hamlet_in_two_spellings_is_one(app: App, thu: Desk) -> None:
    await state_many(app, count=2)
    await state_many(app, kind=NeedKind.LOAN, count=1, hamlet="Thon 3")
    page = await thu.open(f"{LIST}&hamlet=thôn 3")
    assert re.findall(r'<th scope="row" lang="vi">(.*?)</th><td>(.*?)</td>', page.html) == [("thôn 3", "3")]
    assert page.text.count("lời 0") == 2, "both are in the list of it"


async def test_the_second_is_told_and_a_form_sent_twice_does_one_thing(app: App, thu: Desk) -> None:
    await state_many(app, count=1)
    first = {**(await thu.open("/console/needs/1")).form("/met").fields, **MET}
    other = await signed_in(app, "Ba", Grant(role=Role.ANSWERER, locality="dak-cam"))
    second = {**(await other.open("/console/needs/1")).form("/impossible").fields, "impossible_text": "Không có."}
    for _ in range(2):
        assert (await thu.post("/console/needs/1/met", first)).statuses == ["✓ Đã ghi là giúp xong."]
    page = await other.post("/console/needs/1/impossible", second)
    assert page.status == 409 and "vừa có người sửa" in page.alerts[0]
    acts = [one["action"] for one in (await everything(app.storage))["audit_log"]]
    assert acts.count("need.met") == 1 and "need.impossible" not in acts


async def test_a_supervisor_reads_no_single_need_and_no_small_number(app: App, thu: Desk) -> None:
    await state_many(app, count=9)
    await state_many(app, kind=NeedKind.LOAN, count=2, hamlet="thôn 4")
    await state_many(app, kind=NeedKind.HOUSE, count=6, hamlet="thôn 5")
    page = await thu.open(LIST)
    assert "lời 1" in page.text and "2" in row_of(page, "thôn 4")
    looks = await signed_in(app, "Sáu", Grant(role=Role.SUPERVISOR, locality="dak-cam"))
    page = await looks.open(f"{LIST}&kind=loan")
    assert "lời 1" not in page.text and "/console/needs/1" not in page.html
    told = dict(re.findall(r'<th scope="row" lang="vi">(.*?)</th><td>(.*?)</td>', page.html))
    assert told == {"thôn 3": "9", "thôn 4": "&lt;5", "thôn 5": "*"}
    assert (await looks.open("/console/needs/1")).status == 403
    assert (await looks.open("/console/needs/sheet?at=dak-cam")).status == 403


async def test_what_is_of_another_place_is_not_there(app: App, thu: Desk) -> None:
    await state_many(app, count=1)
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    assert "lời 0" not in (await there.open("/console/needs")).text
    guard = {"form": there.page.forms[0].fields["form"]} if "form" in there.page.forms[0].fields else {}
    for path in (LIST, NEW, "/console/needs/1", "/console/needs/999", "/console/needs/sheet?at=dak-cam"):
        assert (await there.open(path)).status == 404, path
    await there.open("/console/needs/new")
    guard = {"form": there.page.form("/new").fields["form"]}
    assert (await there.post("/console/needs/1/met", {**guard, **MET, "seen": "0"})).status == 404
    assert (await there.post("/console/needs/new", {**guard, **FILLED, "place": "dak-cam"})).status == 404
    assert [row["state"] for row in (await everything(app.storage))["stated_needs"]] == ["open"]


async def test_nothing_typed_becomes_part_of_a_page_or_a_formula(thu: Desk) -> None:
    from openpyxl import load_workbook

    assert clean((await enter(thu, words=SCRIPT, hamlet=SCRIPT[:40], kind=SCRIPT)).html)
    assert clean((await enter(thu, words=SCRIPT, hamlet=SCRIPT[:40])).html)
    assert clean((await thu.send("/met", met_text=SCRIPT, met_day=SCRIPT, met_document=SCRIPT)).html)
    assert clean((await thu.send("/met", **{**MET, "met_text": SCRIPT, "met_document": SCRIPT})).html)
    await enter(thu, words="=1+1")
    assert clean((await thu.open(LIST)).html)
    answer = await thu.client.get("/console/needs/sheet?at=dak-cam")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2))
    assert len(rows) == 2 and {row[9].data_type for row in rows} == {"s"}


async def test_a_page_costs_the_same_however_many_there_are(app: App, thu: Desk) -> None:
    async def cost() -> tuple[int, int]:
        await thu.open(LIST)
        with counting(app.storage) as counter:
            page = await thu.open(LIST)
        return counter.take(), len(page.html.encode())

    await state_many(app, count=1)
    before = await cost()
    await state_many(app, kind=NeedKind.LOAN, count=60)
    after = await cost()
    assert after[0] == before[0] <= 7 and after[1] < 60_000
