"""Vacancies and courses in the console: put in by one, verified by another, changed, full, closed; their list."""

from datetime import date
from typing import Any

import pytest

from bot.app import App
from core.officers import Grant, Role
from core.work import OfferKind, OfferState
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_events import FILLED as FAIR
from tests.console.test_forms import SCRIPT, clean
from tests.console.test_targets import row_of
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import an_offer, everything

LIST, NEW = "/console/work?at=dak-cam", "/console/work/new/dak-cam"
FILLED = {
    "title": "May áo khoác",
    "occupation": "sewing",
    "employer": "Hợp tác xã Sao Mai",
    "licence": "6100000000",
    "contact": "chị Mai, 0912 345 678",
    "place": "phường Đăk Cấm",
    "paid": "month",
    "wage_from": "7tr",
    "wage_to": "9.000.000",
    "seats": "2",
    "deadline": "31/12/2026",
    "age_from": "18",
    "no_degree": "1",
    "note": "Làm ca đêm.",
}


async def write(thu: Desk, **fields: str) -> Page:
    await thu.open(NEW)
    return await thu.send("/new/dak-cam", "Lưu, chờ kiểm tra", **{**FILLED, **fields})


async def rows(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["work_offers"]


async def put(app: App, *offers: object, locality: str = "dak-cam", verified: bool = True) -> None:
    now = app.clock.now()
    async with app.storage.write() as uow:
        added = await uow.work.add(locality, offers, by="Thu", now=now)  # type: ignore[arg-type]
        for one in added.new if verified else ():
            await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Duy", verified_at=now)
        await uow.commit()


async def test_from_a_form_to_what_is_shown_full_and_closed(app: App, thu: Desk, duy: Desk) -> None:
    page = await write(thu)
    assert page.statuses == ["✓ Đã lưu tin. Người khác kiểm tra rồi bà con mới thấy."]
    text = " ".join(page.text.split())
    for told in ("từ 7.000.000 đến", "Đủ 18 tuổi", "Không cần bằng cấp", "may công nghiệp", "Đưa vào: Thu, hôm nay"):
        assert told in text or told.replace("hôm nay", "") in text, told
    assert "Cho bà con xem" not in text, "an editor does not verify"
    await duy.open("/console/work/1")
    page = await duy.send("/verify", "Cho bà con xem")
    assert page.statuses == ["✓ Bà con đã xem được tin này."] and "Đã kiểm tra: Duy" in page.text
    page = await thu.open("/console/work/1")
    page = await thu.send("/seats", taken="3")
    assert page.status == 422 and "Tin này chỉ có 2 chỗ." in page.alerts[0], "more than there are"
    assert page.form("/seats").fields["taken"] == "3" and (await rows(app))[0]["taken"] == 0
    page = await thu.send("/seats", taken="2")
    assert "Đủ người" in page.text and "Ghi số chỗ đã có người: Thu, " in page.text
    assert page.form("/seats").fields["taken"] == "2", "what is known stays in its field"
    page = await thu.send("/close", "Đóng tin", why=" ")
    assert page.status == 422 and "Viết lý do" in page.alerts[0] and (await rows(app))[0]["state"] == "verified"
    page = await thu.send("/close", "Đóng tin", why="đủ người rồi")
    assert page.statuses == ["✓ Đã đóng tin."] and "Đã đóng: Thu. Lý do: đủ người rồi" in page.text
    assert page.forms == [one for one in page.forms if one.id != "acting"], "nothing more to do"
    acts = [one["action"] for one in (await everything(app.storage))["audit_log"]]
    assert [one for one in acts if one.startswith("work")] == [
        "work.written",
        "work.verified",
        "work.filled",
        "work.closed",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "Tuyển nữ may"}, "Không được đòi nam hay nữ"),
        ({"note": "dưới 35 tuổi"}, "Không được đặt giới hạn tuổi này"),
        ({"health": "sức khỏe loại 2"}, "Ghi văn bản quy định"),
        ({"deadline": "01/11/2026"}, "Ngày này đã qua"),
        ({"deadline": "mai mốt"}, "Ghi ngày như 31/12/2026"),
        ({"wage_to": "6tr"}, "Số sau nhỏ hơn số trước"),
        ({"wage_from": "700"}, "Thừa hay thiếu số 0"),
        ({"wage_from": "bảy củ"}, "Ghi một số như 7.000.000, hay một khoảng như 7-9 triệu."),
        ({"wage_from": "7-9tr"}, "Ghi một số như 7.000.000, hay một khoảng như 7-9 triệu."),
        ({"paid": "agreed"}, "Có số tiền thì chọn"),
        ({"occupation": "x"}, "Chọn một nghề"),
        ({"employer": " "}, "Chưa ghi mục này"),
        ({"latitude": "14"}, "Không phải tọa độ"),
        ({"note": "dài " * 100}, "Dài quá 300 ký tự"),
    ],
)
async def test_what_cannot_be_taken_is_told_beside_its_field(
    app: App, thu: Desk, fields: dict[str, str], said: str
) -> None:
    page = await write(thu, **fields)
    (name,) = fields
    fault = "basis" if name == "health" else "wage_to" if "wage_to" in fields else name
    assert page.status == 422 and said in page.alerts[0] and await rows(app) == []
    beside = page.html.partition(f'id="{fault}-fault"')[2].partition("</p>")[0]
    assert said in beside
    assert page.form("/new/dak-cam").fields["licence"] == "6100000000", "what was typed stays"


async def test_nobody_verifies_their_own_words_and_a_changed_offer_waits_again(
    app: App, thu: Desk, duy: Desk, chief: Desk
) -> None:
    await chief.open(NEW)
    await chief.send("/new/dak-cam", **FILLED)
    page = await chief.open("/console/work/1")
    assert "Người viết tin không kiểm tra tin của mình" in page.text
    page = await chief.post("/console/work/1/verify", page.form("/close").fields)
    assert page.status == 403 and (await rows(app))[0]["state"] == "draft"
    await duy.open("/console/work/1")
    await duy.send("/verify", "Cho bà con xem")
    page = await chief.open("/console/work/1/edit")
    fields = page.form("/edit").fields
    assert (fields["wage_from"], fields["deadline"]) == ("7.000.000", "31/12/2026")
    page = await chief.send("/edit", **{**FILLED, "seats": "5"})
    (row,) = await rows(app)
    assert (row["state"], row["seats"], row["verified_by"], row["changed_by"]) == ("draft", 5, None, "Hoa")
    assert "Sửa: Hoa" in page.text


async def test_the_second_of_two_officers_is_told(app: App, thu: Desk, duy: Desk) -> None:
    await write(thu)
    await duy.open("/console/work/1")
    await thu.open("/console/work/1/edit")
    stale = thu.page.form("/edit").fields
    await thu.send("/edit", **{**FILLED, "seats": "5"})
    page = await duy.send("/verify", "Cho bà con xem")
    assert page.status == 409 and "Thu vừa đổi tin này lúc" in page.alerts[0], "not the words that Duy saw"
    other = await signed_in(app, "Ba", Grant(role=Role.EDITOR, locality="dak-cam"))
    guard = (await other.open("/console/work/1/edit")).form("/edit").fields["form"]
    page = await other.post("/console/work/1/edit", {**stale, **FILLED, "seats": "9", "form": guard})
    assert page.status == 409 and page.form("/edit").fields["seats"] == "9", "what was typed stays"
    assert (await rows(app))[0]["seats"] == 5
    page = await other.send("/edit", **{**FILLED, "seats": "9"})
    assert page.status == 200 and (await rows(app))[0]["seats"] == 9, "having seen it, once more"


async def test_a_form_sent_twice_does_one_thing_and_the_same_offer_is_kept_once(app: App, thu: Desk) -> None:
    await thu.open(NEW)
    form = {**thu.page.form("/new/dak-cam").fields, **FILLED}
    assert [(await thu.post(NEW, form)).status for _ in range(2)] == [200, 200]
    assert len(await rows(app)) == 1
    page = await write(thu)
    assert page.status == 409 and "đã có đúng tin này, số 1" in page.alerts[0] and len(await rows(app)) == 1


async def test_the_list_has_drafts_first_and_says_what_ends_soon(app: App, thu: Desk, clock: FixedClock) -> None:
    await put(app, an_offer(title="Việc gần", deadline=date(2026, 11, 25)), an_offer(title="Việc xa"))
    await put(app, an_offer(title="Lớp nấu ăn", kind=OfferKind.COURSE, deadline=date(2026, 12, 5)))
    await put(app, an_offer(title="Việc đủ", seats=0), an_offer(title="Việc xưa", deadline=date(2026, 11, 1)))
    await put(app, an_offer(title="Việc nháp"), verified=False)
    await put(app, an_offer(title="Việc nơi khác"), locality="di-su")
    page = await thu.open(LIST)
    said = "Chờ kiểm tra: 1. Đang cho xem: 3. Đủ người: 1. Hết hạn: 1. Đã đóng: 0."
    assert said in page.text and "nơi khác" not in page.text
    titles = ["Việc nháp", "Việc gần", "Lớp nấu ăn", "Việc xa", "Việc đủ", "Việc xưa"]
    assert sorted(titles, key=page.text.index) == titles
    assert "Sắp hết hạn" in row_of(page, "Việc gần") and "còn 5 ngày" in row_of(page, "Việc gần")
    assert "Đang cho xem" in row_of(page, "Việc xa")
    for query, only in (("kind=course", "Lớp nấu ăn"), ("standing=full", "Việc đủ"), ("standing=draft", "Việc nháp")):
        page = await thu.open(f"{LIST}&{query}")
        assert [one for one in titles if one in page.text] == [only]


async def test_the_first_page_tells_what_waits_and_what_ends(app: App, duy: Desk) -> None:
    assert "Tin tuyển, lớp nghề" not in (await duy.open()).text
    await put(app, an_offer(title="Việc gần", deadline=date(2026, 11, 27)), an_offer(title="Việc xa"))
    await put(app, an_offer(title="Việc đủ", seats=0, deadline=date(2026, 11, 27)))
    await put(app, an_offer(title="Việc nháp"), verified=False)
    await put(app, an_offer(title="Nháp nơi khác"), locality="di-su", verified=False)
    page = await duy.open()
    assert "Chờ kiểm tra: Việc nháp, Công ty May Sao Mai (Thu)" in page.text
    assert "Hết hạn ngày 27/11/2026: Việc gần, Công ty May Sao Mai" in page.text
    assert not any(one in page.text for one in ("Việc xa", "Việc đủ", "Nháp nơi khác"))
    assert "phường Đăk Cấm. Chờ" not in page.text, "who has one place knows it"
    page = await (await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))).open()
    assert "phường Đăk Cấm. Chờ kiểm tra: Việc nháp" in page.text
    assert "khu vực phường Dị Sử. Chờ kiểm tra: Nháp nơi khác" in page.text


async def test_what_looks_like_a_fraud_is_on_top_and_all_are_counted(app: App, duy: Desk, thu: Desk) -> None:
    for number in range(6):
        await put(app, an_offer(title=f"Nháp {number}"), verified=False)
    await put(app, an_offer(title="Việc nhẹ", note="Nộp trước 500.000 đồng tiền cọc giữ chỗ."), verified=False)
    await thu.open("/console/work/events/dak-cam/new")
    await thu.send("/new", "Lưu ngày hội", **FAIR)
    page = await duy.open()
    assert "Chờ kiểm tra: 7. Có dấu hiệu lừa đảo: 1. Ngày hội chờ duyệt: 1." in page.text
    assert page.text.index("có dấu hiệu lừa đảo: Việc nhẹ") < page.text.index("Chờ kiểm tra: Nháp 0")
    assert "Nháp 3" in page.text and "Nháp 4" not in page.text
    assert page.links["Tin chờ kiểm tra"] == "/console/work?standing=draft"
    assert page.links["Ngày hội chờ duyệt: Ngày hội việc làm Đăk Cấm, 27/11/2026 (Thu)"] == "/console/work/events/1"
    assert "Nháp 5" in (await duy.open("/console/work?standing=draft")).text
    await duy.open("/console/work/events/1")
    await duy.send("/verify", "Duyệt ngày hội")
    assert "Ngày hội chờ duyệt: 0." in (await duy.open()).text


async def test_what_is_of_another_place_is_not_there(app: App, thu: Desk) -> None:
    await write(thu)
    there = await signed_in(app, "Ba", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    assert "May áo khoác" not in (await there.open("/console/work")).text
    guard = {"form": there.page.forms[0].fields["form"]}
    for path in ("/console/work/1", "/console/work/1/edit", NEW):
        assert (await there.open(path)).status == 404
    for act in ("verify", "seats", "close", "edit"):
        assert (await there.post(f"/console/work/1/{act}", {**guard, **FILLED, "why": "x"})).status == 404
    assert (await there.post(NEW, {**guard, **FILLED})).status == 404
    assert [one["state"] for one in await rows(app)] == ["draft"]


async def test_nothing_typed_becomes_part_of_a_page(thu: Desk, duy: Desk) -> None:
    texts = ("title", "employer", "licence", "contact", "place", "hours", "degree", "papers", "lodging", "priority")
    page = await write(thu, **dict.fromkeys((*texts, "note", "deadline", "seats"), SCRIPT))
    assert page.status == 422 and clean(page.html)
    page = await write(thu, no_degree="", **dict.fromkeys((*texts, "note"), SCRIPT))
    assert page.status == 200 and clean(page.html) and "alert(1)" in page.text
    assert clean((await duy.open(LIST)).html) and clean((await duy.open("/console")).html)
    assert clean((await thu.open("/console/work/1/edit")).html)
    await duy.open("/console/work/1")
    page = await duy.send("/close", why=SCRIPT)
    assert clean(page.html)


async def test_what_was_typed_survives_the_end_of_a_session(app: App, thu: Desk) -> None:
    await thu.open(f"{NEW}?kind=course")
    form = {**thu.page.form("/new/dak-cam").fields, "title": "Lớp may buổi tối"}
    async with app.storage.write() as uow:
        assert thu.officer is not None
        await uow.sessions.end(thu.officer.id, app.clock.now())
        await uow.commit()
    assert (await thu.post(NEW, form)).url.path == "/console/sign-in"
    again = await signed_in(app, "Ba", Grant(role=Role.EDITOR, locality="dak-cam"))
    assert "Lớp may buổi tối" not in (await again.open(NEW)).html
    async with app.storage.read() as uow:
        assert NEW in await uow.forms.drafts(thu.officer.id, app.clock.now())


@pytest.mark.thorough
async def test_a_page_costs_the_same_however_many_there_are(app: App, thu: Desk) -> None:
    async def cost(path: str) -> tuple[int, int]:
        taken = []
        for _ in range(4):  # the application's own loops look into storage now and then
            with counting(app.storage) as counter:
                page = await thu.open(path)
            taken.append(counter.take())
        return min(taken), len(page.html.encode())

    await put(app, an_offer())
    paths = (LIST, "/console", "/console/work/1")
    before = [await cost(path) for path in paths]
    await put(app, *(an_offer(title=f"Việc {n} {'rất dài ' * 30}", deadline=date(2026, 11, 25)) for n in range(80)))
    await put(app, *(an_offer(title=f"Nháp {n} {'rất dài ' * 30}") for n in range(80)), verified=False)
    after = [await cost(path) for path in paths]
    assert [one for one, _ in before] == [one for one, _ in after] and max(size for _, size in after) < 150_000
    assert after[0][0] <= 8 and after[2][0] <= 8


async def test_what_must_be_written_is_marked(thu: Desk) -> None:
    for kind in ("vacancy", "course"):
        page = await thu.open(f"{NEW}?kind={kind}")
        assert page.html.count("(cần ghi)") == 5, "its name, its trade, whose it is, where, and its last day"


@pytest.mark.parametrize("said", ["7-9tr", "7.000.000 - 9.000.000", "từ 7 đến 9 triệu"])
async def test_a_range_of_wages_fills_both_fields(app: App, thu: Desk, said: str) -> None:
    assert "(cần ghi, nếu không thỏa thuận)" in (await thu.open(NEW)).text
    page = await write(thu, wage_from=said, wage_to="")
    assert page.status == 200, page.alerts
    offer = (await rows(app))[0]["offer"]
    assert (offer["wage_from"], offer["wage_to"], offer["paid"]) == (7_000_000, 9_000_000, "month")


async def test_what_an_employer_sent_is_not_shown_and_its_words_stand_beside_the_tick(app: App, duy: Desk) -> None:
    note = "Làm ca ngày. Đặt cọc 500.000 đồng khi nhận việc."
    asking = an_offer(note=note)
    async with app.storage.write() as uow:
        await uow.offers.receive("dak-cam", asking, code="ABC234", sender=b"x", now=app.clock.now())
        await uow.commit()
    page = await duy.open("/console/work/1")
    said = "Bà con sẽ đọc nguyên lời này trong tin: “Đặt cọc 500.000 đồng khi nhận việc”."
    assert page.text.index(said) < page.text.index("Đã gọi hỏi.") and "Làm ca ngày”" not in page.text
    assert "Đóng tin" not in page.text
    page = await duy.send("/close", "Không cho xem", why="Đòi đặt cọc")
    assert page.statuses and (await rows(app))[0]["state"] == "closed"
