"""Targets of the local plan and rates of poor households in the console: entered, checked by another, published."""

from io import BytesIO
from typing import Any

import pytest

from bot.app import App
from core.officers import Grant, Role
from tests.console.desk import PASSWORD, Desk, Page, code_now, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import everything

LIST, RATES = "/console/targets?at=dak-cam", "/console/targets/dak-cam/rates"
WATER = "/console/targets/dak-cam/clean-water.share"
POOR = "/console/targets/dak-cam/poor-2025.poor-households"
FILLED = {"value": "97,5", "as_of": "30/6/2026", "document": "Báo cáo 12/BC-UBND", "document_day": "05/07/2026"}
YEAR = {
    "year": "2025",
    "poor_households": "15",
    "poor_rate": "0,19",
    "near_poor_households": "100",
    "near_poor_rate": "1,2",
    "document": "Quyết định 45/QĐ-UBND",
    "document_day": "20/12/2025",
}


def row_of(page: Page, words: str) -> str:
    """The row of a list in which these words stand; what goes before the first row holds chance, which may say "An"."""
    return next(" ".join(each.split()) for each in page.html.split("<tr ")[1:] if words in each)


async def enter(desk: Desk, path: str = WATER, **fields: str) -> Page:
    await desk.open(path)
    return await desk.send("/enter", "Gửi duyệt số liệu", **{**(YEAR if path == RATES else FILLED), **fields})


async def approve(desk: Desk, number: int) -> Page:
    await desk.open(f"/console/figures/{number}")
    return await desk.send("/approve", "Duyệt và công bố")


async def figures(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["reported_figures"]


async def test_every_goal_of_the_plan_is_there_and_red_where_nothing_came(lan: Desk) -> None:
    page = await lan.open(LIST)
    assert page.status == 200 and "Theo Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm" in page.text
    water = row_of(page, "dùng nước sạch")
    assert "từ 98 phần trăm trở lên" in water and "■" in water and "Chưa có số liệu" in water and "mục II.3.b" in water
    assert "Kế hoạch gọi đó là" not in page.text, "the whole words are on its own page"
    poor = "12 hộ nghèo, chiếm 0,15 phần trăm số hộ (tính bằng"
    assert [link.partition(poor)[2] for link in page.links if poor in link] == [" hộ)", " phần trăm)"]
    assert "Kế hoạch không nêu con số" in row_of(page, "đang khó về nhà ở")
    counts = "Đã đạt 0 trên 15 chỉ tiêu có con số. Quá hạn chưa đạt: 0. Quá hạn, chưa có số: 4. Chưa có số liệu: 21"
    assert counts in page.text
    assert page.tags.count("svg") == 1 and not any(form.action.endswith("/enter") for form in page.forms)


async def test_fifteen_poor_households_are_three_too_many(app: App, thu: Desk, duy: Desk) -> None:
    page = await enter(thu, POOR, value="15", as_of="31/12/2025")
    assert page.statuses == ["✓ Đã gửi duyệt số liệu."] and "Chờ duyệt" in page.text
    assert "Chưa có số liệu" in row_of(await thu.open(LIST), "poor-2025.poor-households"), "nobody checked it"
    page = await duy.open("/console")
    assert "Số liệu chờ duyệt" in page.text and "(Thu nhập)" in page.text
    page = await duy.open("/console/figures/1")
    assert "<h1>Số liệu: Giảm nghèo, mục II.2</h1>" in page.html and "15 hộ" in page.text
    assert page.text.index("Duyệt và công bố") < page.text.index("Kế hoạch ghi"), "what is decided comes first"
    assert (await approve(duy, 1)).statuses == ["✓ Đã duyệt và công bố số liệu."]
    row = row_of(await thu.open(LIST), "poor-2025.poor-households")
    assert "15 hộ" in row and "cao hơn mức 3 hộ" in row and "Quá hạn, chưa đạt" in row and "■" in row
    assert "Báo cáo 12/BC-UBND ngày 05/7/2026" in row and "đến ngày 31/12/2025" in row
    acts = [one["action"] for one in (await everything(app.storage))["audit_log"]]
    assert acts.count("figure.enter") == acts.count("figure.approve") == 1


@pytest.mark.thorough
async def test_who_entered_it_does_not_approve_it(app: App) -> None:
    both = await signed_in(app, "Ba", Grant(role=Role.EDITOR, locality="dak-cam"), Grant(role=Role.APPROVER))
    await enter(both)
    page = await both.open("/console/figures/1")
    assert not any(form.action.endswith("/approve") for form in page.forms)
    page = await both.post("/console/figures/1/approve", page.forms[-1].fields)
    assert page.status == 403 and "Người nhập không duyệt" in page.alerts[0]
    assert (await figures(app))[0]["standing"] == "waiting"
    assert "refused" in [one["action"] for one in (await everything(app.storage))["audit_log"]]


async def test_returned_with_a_reason_and_entered_again(app: App, thu: Desk, duy: Desk) -> None:
    await enter(thu)
    await duy.open("/console/figures/1")
    page = await duy.send("/return", "Trả lại để sửa")
    assert page.status == 422 and "Viết vì sao trả lại" in page.alerts[0]
    page = await duy.send("/return", "Trả lại để sửa", why="Sai cột.")
    assert page.statuses[0] == "✓ Đã trả lại số liệu." and "Sai cột." in page.text
    home = await thu.open()
    said = next(text for text in home.links if "Duy trả lại: Sai cột." in text)
    assert home.links[said] == "/console/figures/1" and "Số liệu bị trả lại" in home.text
    assert "Số liệu bị trả lại" not in (await duy.open()).text, "who only approves has nothing to enter"
    await enter(thu, value="98,2")
    assert "Số liệu bị trả lại" not in (await thu.open()).text, "it was entered anew"
    await approve(duy, 2)
    page = await thu.open(WATER)
    assert "Sai cột." in page.text and "98,2%" in page.text and "Đã đạt" in page.text, "the history keeps both"
    assert "theo Báo cáo 12/BC-UBND ngày 05/7/2026. Như vậy đã đạt mức của kế hoạch." in page.text


@pytest.mark.thorough
async def test_old_figures_stay_with_their_day(thu: Desk, duy: Desk) -> None:
    for number, (value, day) in enumerate([("90", "30/6/2026"), ("98", "30/9/2026"), ("70", "31/3/2026")], start=1):
        await enter(thu, value=value, as_of=day)
        page = await duy.open(f"/console/figures/{number}")
        assert ("Số đang công bố có ngày mới hơn" in page.text) is (number == 3)
        await approve(duy, number)
    assert "98%" in row_of(await thu.open(LIST), "clean-water.share")
    page = await thu.open(WATER)
    assert all(one in page.text for one in ("70%", "31/3/2026", "90%", "30/6/2026", "98%"))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "nhiều"}, "Chỉ viết số"),
        ({"value": "101"}, "Phần trăm không quá 100"),
        ({"value": ""}, "Nhập số."),
        ({"as_of": "31/02/2026"}, "Tháng 2/2026 không có ngày 31."),
        ({"as_of": "01/01/2030"}, "Ngày của số liệu chưa tới."),
        ({"document": " "}, "Không có văn bản thì không gửi được."),
        ({"document_day": "hôm qua"}, "Nhập ngày như 05/01/2027."),
    ],
)
async def test_what_cannot_be_right_is_named_at_its_field(
    app: App, thu: Desk, fields: dict[str, str], said: str
) -> None:
    page = await enter(thu, **fields)
    assert page.status == 422 and said in page.alerts[0] and page.html.count('aria-invalid="true"') == 1
    name, typed = next(iter(fields.items()))
    shown = page.form("/enter").fields
    assert shown[name] == typed and shown["value"] == fields.get("value", "97,5"), "what was typed stays"
    assert await figures(app) == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"poor_rate": "190"}, "Phần trăm không quá 100"),
        ({"year": "2027"}, "Năm này chưa tới."),
        ({"year": "hai lăm"}, "Nhập năm bằng 4 chữ số"),
        ({"document": ""}, "Không có văn bản thì không gửi được."),
        ({"document_day": ""}, "Nhập ngày của văn bản."),
        ({"poor_households": "1,5"}, "Số hộ, số người là số nguyên."),
        ({"poor_households": "0"}, "Số hộ và tỷ lệ không khớp"),
    ],
)
async def test_rates_that_cannot_be_right(app: App, thu: Desk, fields: dict[str, str], said: str) -> None:
    page = await enter(thu, RATES, **fields)
    assert page.status == 422 and said in page.alerts[0] and await figures(app) == []


async def test_rates_of_a_year_are_published_and_stay_with_their_year(thu: Desk, duy: Desk) -> None:
    await enter(thu, RATES)
    await enter(thu, RATES, year="2024", poor_households="21", poor_rate="0,27", document="Quyết định 9/QĐ-UBND")
    for number in (1, 2):
        page = await duy.open(f"/console/figures/{number}")
        assert "Năm 202" in page.text and "Theo Quyết định" in page.text, "the sentence citizens will read"
        await approve(duy, number)
    page = await thu.open(RATES)
    assert "0,19%" in row_of(page, ">2025</a>") and "Quyết định 9/QĐ-UBND" in row_of(page, ">2024</a>")
    assert "Năm 2025: 15 hộ nghèo" in (await thu.open(LIST)).text


async def test_two_editors_at_once_and_a_form_sent_twice(app: App, thu: Desk) -> None:
    other = await signed_in(app, "Ba", Grant(role=Role.EDITOR, locality="dak-cam"))
    await other.open(WATER)
    await thu.open(WATER)
    first = {**thu.page.form("/enter").fields, **FILLED}
    assert [(await thu.post(f"{WATER}/enter", first)).status for _ in range(2)] == [200, 200]
    page = await other.send("/enter", "Gửi duyệt số liệu", **{**FILLED, "value": "55"})
    assert page.status == 409 and "Vừa có người khác nhập" in page.alerts[0]
    assert page.form("/enter").fields["value"] == "55" and len(await figures(app)) == 1
    page = await other.send("/enter", "Gửi duyệt số liệu")
    assert page.statuses == ["✓ Đã gửi duyệt số liệu."] and len(await figures(app)) == 2


@pytest.mark.thorough
async def test_two_approvers_at_once(app: App, thu: Desk, duy: Desk) -> None:
    await enter(thu)
    other = await signed_in(app, "Ba", Grant(role=Role.APPROVER, locality="dak-cam"))
    await other.open("/console/figures/1")
    await approve(duy, 1)
    page = await other.send("/return", "Trả lại để sửa", why="Không đúng.")
    assert page.status == 409 and "Vừa có người khác xử lý" in page.alerts[0]
    assert (await figures(app))[0]["standing"] == "approved"


async def test_what_is_of_another_place_is_not_there(app: App, thu: Desk) -> None:
    await enter(thu)
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    nothing = (await there.open("/console/figures/999")).html.partition("<main")[2]
    for path in (LIST, WATER, RATES, "/console/figures/1", "/console/targets/sheet?at=dak-cam"):
        page = await there.open(path)
        assert page.status == 404 and page.html.partition("<main")[2] == nothing
    guard = {"form": (await there.open()).forms[0].fields["form"]}
    for path in (f"{WATER}/enter", f"{RATES}/enter", "/console/figures/1/approve", "/console/figures/1/return"):
        assert (await there.post(path, {**guard, **FILLED, **YEAR})).status == 404
    assert [one["standing"] for one in await figures(app)] == ["waiting"]
    assert (await there.open("/console/targets")).status == 200, "their own place instead"


async def test_what_is_typed_when_the_session_ends_stays(app: App, thu: Desk, clock: FixedClock) -> None:
    await thu.open(WATER)
    form = {**thu.page.form("/enter").fields, **FILLED}
    thu.client.cookies.clear()
    await thu.post(f"{WATER}/enter", form)
    clock.advance(seconds=60)
    code = code_now(thu.secret, app.clock)
    await thu.send("/sign-in", name="Thu", password=PASSWORD, code=code)
    page = await thu.open(WATER)
    assert page.form("/enter").fields["document"] == "Báo cáo 12/BC-UBND" and await figures(app) == []


@pytest.mark.thorough
async def test_nothing_typed_becomes_part_of_a_page(thu: Desk, duy: Desk) -> None:
    page = await enter(thu, value=SCRIPT, as_of=SCRIPT, document=SCRIPT, document_day=SCRIPT)
    assert clean(page.html)
    page = await enter(thu, document=SCRIPT)
    assert clean(page.html) and page.statuses
    await duy.open("/console/figures/1")
    assert clean(duy.page.html)
    page = await duy.send("/return", "Trả lại để sửa", why=SCRIPT)
    assert clean(page.html) and clean((await thu.open(WATER)).html) and "alert(1)" in thu.page.text


async def test_the_sheet_has_figures_as_numbers_and_no_formula(thu: Desk, duy: Desk) -> None:
    from openpyxl import load_workbook

    await enter(thu, document="=1+1")
    await approve(duy, 1)
    answer = await thu.client.get("/console/targets/sheet?at=dak-cam")
    assert answer.headers["content-disposition"] == 'attachment; filename="chi-tieu-dak-cam.xlsx"'
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows())
    water = next(row for row in rows if "nước sạch" in str(row[0].value))
    assert (water[3].value, water[3].data_type) == (97.5, "n") and len(rows) == 22
    assert water[6].data_type == "s" and str(water[6].value).startswith("=1+1")


@pytest.mark.thorough
async def test_a_page_costs_the_same_however_much_was_entered(app: App, thu: Desk, duy: Desk) -> None:
    async def cost() -> tuple[int, int]:
        await thu.open(LIST)
        with counting(app.storage) as counter:
            page = await thu.open(LIST)
        return counter.take(), len(page.html.encode())

    before = await cost()
    for number in range(1, 6):
        await enter(thu, value=str(90 + number), as_of=f"0{number}/01/2026")
        await approve(duy, number)
    after = await cost()
    assert after[0] == before[0] <= 8 and after[1] < 150_000


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_plan_has_a_light_page_in_both_languages(app: App, chief: Desk, language: str) -> None:
    await chief.open()
    await chief.post("/console/look", {**chief.page.form("/look").fields, "set": f"lang:{language}"})
    for place, facts in app.web.state.site.content.plans.items():
        goals = [one for one in facts.poverty if one.kind == "target"] + list(facts.targets)
        page = await chief.open(f"/console/targets?at={place}")
        assert page.status == 200 and len(page.html.encode()) < 150_000
        assert all(f"/console/targets/{place}/{one.id}" in page.html for one in goals)
        first = ".".join([goals[0].id, *list(goals[0].goals)[:1]])
        for path in (f"targets/{place}/{first}", f"tasks/{place}/plan", f"tasks/{place}/new"):
            opened = await chief.open(f"/console/{path}")
            assert opened.status == 200 and len(opened.html.encode()) < 150_000


WRONG = {"poor_households": "11", "poor_rate": "14"}  # of 79 households, while the near-poor are of 8.333


async def test_pairs_that_cannot_be_of_one_place_are_asked_about_and_shown_to_who_approves(
    app: App, thu: Desk, duy: Desk
) -> None:
    said = "11 hộ nghèo mà là 14 phần trăm thì cả phường Đăk Cấm có 79 hộ; theo số cận nghèo là 8.333 hộ"
    page = await enter(thu, RATES, **WRONG)
    assert page.status == 422 and said in page.text and "Số liệu có chỗ lạ" in page.alerts[0]
    assert page.form("/enter").fields["poor_rate"] == "14" and await figures(app) == []
    tick = "11 14 100 1,2"
    assert f'value="2025 {tick}"' in page.html and "sure" not in page.form("/enter").fields
    page = await thu.send("/enter", "Gửi duyệt số liệu", sure=f"2025 {tick}", poor_rate="15")
    assert page.status == 422 and await figures(app) == [], "the tick was about other numbers"
    page = await thu.send("/enter", "Gửi duyệt số liệu", sure=f"2025 {tick}", poor_rate="14")
    assert page.statuses == ["✓ Đã gửi duyệt số liệu."]
    page = await duy.open("/console/figures/1")
    assert page.text.index(said) < page.text.index("Duyệt và công bố")
    await approve(duy, 1)
    assert said not in (await duy.open("/console/figures/1")).text, "it was decided"


async def test_a_figure_grossly_off_the_published_one_is_asked_about(app: App, thu: Desk, duy: Desk) -> None:
    await enter(thu, POOR, value="15", as_of="31/12/2025")
    await approve(duy, 1)
    page = await enter(thu, POOR, value="150", as_of="31/12/2025")
    assert page.status == 422 and "số này là 150 hộ, số đang công bố là 15 hộ" in page.text
    page = await thu.send("/enter", "Gửi duyệt số liệu", sure="150")
    assert page.statuses and "số này là 150 hộ" in (await duy.open("/console/figures/2")).text
    assert (await enter(thu, POOR, value="3", as_of="31/12/2025")).statuses, "a few households more or less"


@pytest.mark.thorough
async def test_rates_of_another_year_grossly_off_are_asked_about(thu: Desk, duy: Desk) -> None:
    await enter(thu, RATES)
    await approve(duy, 1)
    page = await enter(thu, RATES, year="2026", poor_households="180", poor_rate="2,2", near_poor_rate="1,2")
    assert page.status == 422 and "số này là 180 hộ, số đang công bố là 15 hộ" in page.text
    assert (await enter(thu, RATES, year="2026", poor_households="10", poor_rate="0,12")).statuses


async def test_a_published_rate_fills_the_form_of_its_goal(app: App, thu: Desk, duy: Desk) -> None:
    page = await thu.open(POOR)
    assert "Chưa công bố tỷ lệ hộ nghèo của năm này" in page.text
    await enter(thu, RATES)
    assert "Dùng số này" not in (await thu.open(POOR)).text, "nobody checked it"
    await approve(duy, 1)
    page = await thu.open(POOR)
    assert "Đã công bố tỷ lệ năm 2025: 15 hộ, Quyết định 45/QĐ-UBND ngày 20/12/2025. Dùng số này" in page.text
    assert page.form("/enter").fields["value"] == ""
    page = await thu.open(f"{POOR}?use=rates")
    page = await thu.send("/enter", "Gửi duyệt số liệu")
    assert page.statuses == ["✓ Đã gửi duyệt số liệu."] and "Dùng số này" not in page.text
    entered = (await figures(app))[1]
    assert (entered["standing"], entered["as_of"], entered["document"]) == ("waiting", "2025-12-31", YEAR["document"])
    page = await thu.open("/console/targets/dak-cam/near-poor-2030.near-poor-rate-below?use=rates")
    assert page.form("/enter").fields["value"] == "1,2" and "Dùng số này" in page.text, "how far it is by now"
    page = await thu.open("/console/targets/dak-cam/yearly-steps?use=rates")
    assert "đếm thứ khác" in page.text and page.form("/enter").fields["value"] == ""
    assert "Dùng số này" not in (await thu.open(WATER)).text


async def test_the_chat_has_a_row_of_what_was_published(app: App, thu: Desk, duy: Desk) -> None:
    await enter(thu, RATES)
    await approve(duy, 1)
    async with app.storage.read() as uow:
        reported = await uow.progress.published("dak-cam")
    content = app.web.state.site.content
    book = content.plan(locality="dak-cam", on=app.clock.now().date(), lang="vi", reported=reported)
    assert book is not None
    table = book.page("poverty").table
    assert ("2025, đã công bố", "15 hộ, 0,19%", "100 hộ, 1,2%") in table.rows
