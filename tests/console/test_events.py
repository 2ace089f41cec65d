"""Job fairs in the console: written by one, verified by another, changed, called off, and who came."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.app import App
from core.contacts import Consent, Purpose
from core.officers import Grant, Role
from handlers.job_events import FIELDS
from tests.console.desk import Desk, Page, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import everything, make_person
from tests.web.conftest import client_of

LIST, NEW, ONE = "/console/work/events", "/console/work/events/dak-cam/new", "/console/work/events/1"
FILLED = {
    "kind": "fair",
    "title": "Ngày hội việc làm Đăk Cấm",
    "day": "27/11/2026",
    "begin": "7h30",
    "end": "11:00",
    "place": "Nhà văn hóa phường",
    "address": "12 Trần Phú",
    "employers": "Công ty May Sao Mai\nQuán Hai Lan",
    "bring": "căn cước",
    "seats": "40",
    "organiser": "Trung tâm Việc làm Mẫu",
    "contact": "chị Hoa, 0912 000 345",
    "latitude": "14,3521",
    "longitude": "108.0012",
}


async def write(thu: Desk, **fields: str) -> Page:
    await thu.open(NEW)
    return await thu.send("/new", "Lưu ngày hội", **{**FILLED, **fields})


async def announce(thu: Desk, duy: Desk, **fields: str) -> Page:
    await write(thu, **fields)
    await duy.open(ONE)
    return await duy.send("/verify", "Duyệt ngày hội")


async def stored(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["job_events"]


async def joins(app: App, path: str, name: str = "") -> int:
    """Somebody signs up for event 1; their number."""
    contact, now = (await make_person(app.storage, path)).contact.id, app.clock.now()
    async with app.storage.write() as uow:
        seat = await uow.events.take(1, contact, now)
        await uow.events.name(1, contact, name)
        until = now + timedelta(days=90)
        consent = Consent(purpose=Purpose.EVENTS, granted_at=now, expires_at=until, wording="event.kept")
        await uow.people.consent(contact, consent)
        await uow.commit()
    assert seat is not None
    return seat.number


async def test_written_by_one_and_verified_by_another(app: App, thu: Desk, duy: Desk, chief: Desk) -> None:
    page = await write(thu)
    assert page.statuses == ["✓ Đã lưu ngày hội. Nhờ người khác duyệt."] and "Chờ duyệt" in page.text
    assert "từ 7 giờ 30 đến 11 giờ 00, thứ Sáu, 27/11/2026" in page.text and "/verify" not in page.html
    own = await signed_in(app, "Both", Grant(role=Role.ADMINISTRATOR, locality="dak-cam"))
    await write(own, title="Phiên của mình")
    page = await own.open("/console/work/events/2")
    assert "Người soạn không duyệt ngày hội của mình." in page.text
    guard = page.form("/cancel").fields
    assert (await own.post("/console/work/events/2/verify", guard)).status == 403
    page = await duy.open(ONE)
    page = await duy.send("/verify", "Duyệt ngày hội")
    assert page.statuses == ["✓ Đã duyệt ngày hội."] and "Đang nhận đăng ký" in page.text
    assert page.links["Xem trên bản đồ"].startswith("https://www.openstreetmap.org/?mlat=14.35210&mlon=108.00120")
    row, other = await stored(app)
    assert (row["state"], other["state"], row["verified_by"]) == ("verified", "draft", "Duy")
    acts = [(one["action"], one["actor"]) for one in (await everything(app.storage))["audit_log"]]
    assert ("event.made", "officer:Thu") in acts and ("event.verified", "officer:Duy") in acts
    assert ("refused", "officer:Both") in acts


async def test_a_form_sent_twice_is_one_event(app: App, thu: Desk) -> None:
    await thu.open(NEW)
    form = thu.page.form("/new")
    for _ in range(2):
        await thu.post(form.action, {**form.fields, **FILLED})
    assert len(await stored(app)) == 1


async def test_where_nobody_signed_up_nobody_is_said_to_be_told(app: App, thu: Desk) -> None:
    await write(thu)
    page = await thu.open(ONE)
    assert "Chưa ai đăng ký, nên không ai nhận tin báo hủy." in page.text and "0 người đã đăng ký" not in page.text


async def test_seats_are_read_with_their_dot(app: App, thu: Desk) -> None:
    await write(thu, seats="1.000")
    assert "trên 1000 chỗ" in (await thu.open(LIST)).text


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "Tên: Điền mục này."),
        ({"title": "x" * 121}, "Dài quá. Viết trong 120 ký tự."),
        ({"kind": "party"}, "Điền mục này."),
        ({"day": "mai"}, "Nhập ngày như 05/01/2027."),
        ({"day": "01/11/2026"}, "Lúc này đã qua."),
        ({"day": "01/11/2036"}, "Ngày này xa quá."),
        ({"begin": "25:00"}, "Nhập giờ như 7:30."),
        ({"end": "7:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"last_day": "01/01/2027"}, "Ngày này xa quá."),
        ({"seats": "0"}, "Nhập một số từ 1 đến 10000."),
        ({"seats": "²"}, "Nhập một số từ 1 đến 10000."),
        ({"latitude": ""}, "Cần cả vĩ độ và kinh độ"),
        ({"longitude": "8.5"}, "Cần cả vĩ độ và kinh độ"),
    ],
)
async def test_what_cannot_be_right_is_named(app: App, thu: Desk, fields: dict[str, str], said: str) -> None:
    page = await write(thu, **fields)
    assert page.status == 422 and said in page.alerts[0] and await stored(app) == []
    kept = page.form("/new").fields
    assert kept["place"] == FILLED["place"], "what was typed stays"


async def test_without_coordinates_there_is_no_map(thu: Desk, duy: Desk) -> None:
    page = await announce(thu, duy, latitude="", longitude="")
    assert "Xem trên bản đồ" not in page.text and "openstreetmap" not in page.html


async def test_a_change_is_seen_by_a_second_person_beside_what_people_read(app: App, thu: Desk, duy: Desk) -> None:
    await announce(thu, duy)
    await joins(app, "a")
    page = await thu.open(f"{ONE}/edit")
    assert page.form("/edit").fields["begin"] == "07:30" and "Bà con vẫn đọc bản cũ" in page.text
    page = await thu.send("/edit", "Lưu ngày hội", kind="fair", place="Sân trường Trần Phú")
    assert "Đã lưu bản sửa" in page.statuses[0] and "Bản sửa chờ duyệt" in page.text
    page = await duy.open(ONE)
    assert "Nhà văn hóa phường, 12 Trần Phú" in page.text and "Sân trường Trần Phú, 12 Trần Phú" in page.text
    assert "thì 1 người đã đăng ký được báo một lần" in page.text
    await duy.send("/verify", "Duyệt ngày hội")
    (row,) = await stored(app)
    assert row["event"]["place"] == "Sân trường Trần Phú" and row["proposed"] is None and row["sequence"] == 1
    told = (await everything(app.storage))["reminders"]
    assert sorted(one["rule"] for one in told) == ["event-changed:1", "event:1"]


async def test_the_second_of_two_officers_is_told_and_keeps_what_they_typed(app: App, thu: Desk, duy: Desk) -> None:
    await write(thu)
    other = await signed_in(app, "Tư", Grant(role=Role.EDITOR, locality="dak-cam"))
    await other.open(f"{ONE}/edit")
    await thu.open(f"{ONE}/edit")
    await thu.send("/edit", "Lưu ngày hội", kind="fair", place="Nơi của Thu")
    page = await other.send("/edit", "Lưu ngày hội", kind="fair", place="Nơi của Tư")
    assert page.status == 409 and "Người khác vừa sửa" in page.alerts[0]
    assert page.form("/edit").fields["place"] == "Nơi của Tư"
    await duy.open(ONE)
    await thu.open(f"{ONE}/edit")
    await thu.send("/edit", "Lưu ngày hội", kind="fair", place="Nơi thứ hai của Thu")
    page = await duy.send("/verify", "Duyệt ngày hội")
    assert page.status == 409, "what they verify is what they saw"
    assert (await stored(app))[0]["state"] == "draft"


async def test_an_invitation_is_a_notice_like_any_other(app: App, thu: Desk, duy: Desk) -> None:
    await announce(thu, duy)
    await thu.open(ONE)
    page = await thu.send("/invite", "Soạn tin mời")
    assert page.url.path == "/console/notices/1/edit" and "Đã soạn tin mời" in page.statuses[0]
    (row,) = (await everything(app.storage))["campaigns"]
    notice = row["notice"]
    assert (row["state"], notice["audience"]) == ("draft", {"localities": ["dak-cam"]})
    text = notice["text"]["vi"]
    assert "Mời bà con dự Ngày hội việc làm Đăk Cấm." in text and "từ 7 giờ 30 đến 11 giờ 00" in text
    assert max(map(len, notice["text"].values())) <= 320
    guard = (await duy.open(ONE)).form("/cancel").fields
    assert (await duy.post(f"{ONE}/invite", guard)).status == 403


async def test_it_is_called_off_with_a_reason(app: App, thu: Desk, duy: Desk) -> None:
    await announce(thu, duy)
    await joins(app, "a")
    await thu.open(ONE)
    page = await thu.send("/cancel", "Hủy ngày hội", why="")
    assert page.status == 422 and "Điền mục này." in page.alerts[0]
    page = await thu.send("/cancel", "Hủy ngày hội", why="Mưa bão")
    assert "Đã hủy ngày hội" in page.statuses[0] and "Thu: Mưa bão" in page.text and "/edit" not in page.html
    assert [one["rule"] for one in (await everything(app.storage))["reminders"]] == ["event-off:1"]


async def test_the_list_equals_who_signed_up_and_holds_who_came(
    app: App, thu: Desk, duy: Desk, clock: FixedClock
) -> None:
    await announce(thu, duy)
    numbers = [await joins(app, path, name) for path, name in (("a", "Y Hoa"), ("b", ""), ("c", "=A1+1"))]
    async with app.storage.write() as uow:
        seats = await uow.events.seats(1)
        await uow.events.leave(1, seats[1].contact_id)
        await uow.commit()
    page = await thu.open(f"{ONE}/list")
    assert numbers == [1, 2, 3] and "Có mặt 0 trên 2 người đăng ký." in page.text and "Y Hoa" in page.text
    assert "Từ 6 giờ 30 ngày 27/11/2026 mới ghi được người có mặt." in page.text
    guard = (await thu.open(ONE)).form("/cancel").fields
    assert (await thu.post(f"{ONE}/list/came", {**guard, "came1": "1"})).status == 409
    clock.advance(days=7)
    thu = await signed_in(app, "Năm", Grant(role=Role.EDITOR, locality="dak-cam"))
    await thu.open(f"{ONE}/list")
    page = await thu.send("/came", "Lưu người có mặt", came1="1", came99="1", camex="1")
    assert page.statuses == ["✓ Đã lưu người có mặt."] and "Có mặt 1 trên 2 người đăng ký." in page.text
    sheet = load_workbook(BytesIO((await thu.client.get(f"{ONE}/sheet")).content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[1], row[4], row[5]) for row in rows] == [
        (1, "Y Hoa", "Có mặt", "Năm"),
        (3, "=A1+1", None, None),
    ]
    assert sheet.cell(row=3, column=2).data_type == "s", "a name is no formula"
    page = await thu.open(f"{ONE}/list")
    await thu.send("/came", "Lưu người có mặt")
    log = (await everything(app.storage))["audit_log"]
    assert [one["action"] for one in log if one["action"] == "event.checked-in"] == ["event.checked-in"] * 2
    assert any(one["action"] == "event.list-read" for one in log)


async def test_one_of_another_place_is_not_there(app: App, thu: Desk) -> None:
    await write(thu)
    there = await signed_in(app, "There", Grant(role=Role.ADMINISTRATOR, locality="di-su"))
    for path in (ONE, f"{ONE}/edit", f"{ONE}/list", f"{ONE}/sheet", "/console/work/events/999"):
        assert (await there.open(path)).status == 404
    assert "Ngày hội việc làm Đăk Cấm" not in (await there.open(LIST)).text
    assert (await there.open(NEW)).status == 404
    guard = (await there.open("/console")).forms[0].fields
    assert (await there.post(f"{ONE}/cancel", {**guard, "why": "x", "seen": "1"})).status == 404
    assert (await stored(app))[0]["state"] == "draft"


async def test_script_in_every_field_is_text(app: App, thu: Desk, duy: Desk) -> None:
    texts = dict.fromkeys(("title", "place", "address", "employers", "bring", "organiser", "contact"), SCRIPT)
    await announce(thu, duy, **texts)
    await joins(app, "a", SCRIPT)
    await thu.open(ONE)
    assert clean(thu.page.html) and clean((await thu.open(LIST)).html) and clean((await thu.open(f"{ONE}/list")).html)
    await thu.open(f"{ONE}/edit")
    assert clean((await thu.send("/edit", "Lưu ngày hội", **dict.fromkeys(FIELDS, f"{SCRIPT}"))).html)
    async with client_of(app.web) as client:
        for path in ("/dak-cam/ngay-hoi", "/dak-cam/ngay-hoi/1"):
            assert SCRIPT not in (await client.get(path)).text
    await thu.open(ONE)
    assert clean((await thu.send("/cancel", "Hủy ngày hội", why=SCRIPT)).html)


async def test_what_was_typed_waits_for_whoever_comes_back(app: App, thu: Desk) -> None:
    await thu.open(NEW)
    form = thu.page.form("/new")
    thu.client.cookies.clear()
    await thu.post(form.action, {**form.fields, **FILLED})
    assert await stored(app) == []
    drafts = (await everything(app.storage))["form_drafts"]
    assert [one["page"] for one in drafts] == [NEW]


@pytest.mark.thorough
async def test_a_bounded_number_of_statements(app: App, thu: Desk, duy: Desk) -> None:
    await announce(thu, duy)

    async def statements(path: str) -> int:
        found = []
        for _ in range(4):  # the fewest: a loop beside may look at something meanwhile
            with counting(app.storage) as seen:
                await thu.open(path)
            found.append(seen.statements)
        return min(found)

    few = [await statements(path) for path in (LIST, ONE, f"{ONE}/list")]
    for number in range(6):
        await joins(app, f"p{number}")
        await write(thu, title=f"Ngày hội {number}")
    assert [await statements(path) for path in (LIST, ONE, f"{ONE}/list")] == few


async def test_the_next_is_first_and_what_is_over_stands_below(app: App, thu: Desk, clock: FixedClock) -> None:
    for day, title in (("04/12/2026", "Ngày hội xa"), ("24/11/2026", "Hội đã qua"), ("27/11/2026", "Ngày hội tới")):
        await write(thu, day=day, title=title)
    clock.advance(days=5)
    late = (await (await signed_in(app, "Sau", Grant(role=Role.VIEWER))).open(LIST)).text
    assert late.index("Ngày hội tới") < late.index("Ngày hội xa") < late.index("Hội đã qua")


async def test_who_just_walks_in_is_counted(app: App, thu: Desk, duy: Desk, clock: FixedClock) -> None:
    await announce(thu, duy)
    await joins(app, "a", "Y Hoa")
    guard = (await thu.open(ONE)).form("/cancel").fields
    page = await thu.post(f"{ONE}/list/walk-ins", {**guard, "walk_ins": "3", "seen": "0"})
    assert page.status == 409 and "Từ 6 giờ 30 ngày 27/11/2026" in page.alerts[0], "nobody is there yet"
    clock.advance(days=7)
    grant = Grant(role=Role.EDITOR, locality="dak-cam")
    thu, other = await signed_in(app, "Năm", grant), await signed_in(app, "Sáu", grant)
    await thu.open(f"{ONE}/list")
    await thu.send("/came", "Lưu người có mặt", came1="1")
    assert "Đã đến: 1." in (await thu.open(ONE)).text
    await other.open(f"{ONE}/list")
    page = await thu.open(f"{ONE}/list")
    for wrong in ("", "ba", "-1", "99999"):
        page = await thu.send("/walk-ins", "Lưu số người đến thêm", walk_ins=wrong)
        assert page.status == 422 and "Nhập một số từ 0 đến 10000." in page.alerts[0]
        assert page.form("/walk-ins").fields["walk_ins"] == wrong
    page = await thu.send("/walk-ins", "Lưu số người đến thêm", walk_ins="3")
    assert page.statuses == ["✓ Đã lưu số người đến thêm."]
    assert "Đã đến: 4, trong đó 3 người không đăng ký trước." in page.text
    assert page.form("/walk-ins").fields["walk_ins"] == "3"
    page = await other.send("/walk-ins", "Lưu số người đến thêm", walk_ins="5")
    assert page.status == 409 and "Người khác vừa ghi 3 người." in page.alerts[0]
    assert "Đã đến: 4, trong đó 3 người" in (await thu.open(ONE)).text
    sheet = load_workbook(BytesIO((await thu.client.get(f"{ONE}/sheet")).content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]][1:5] == ["Người đến không đăng ký", None, None, 3]
    log = (await everything(app.storage))["audit_log"]
    assert [one["detail"] for one in log if one["action"] == "event.walked-in"] == [{"walk_ins": 3}]


async def test_who_came_is_ticked_from_an_hour_before_it_begins(
    thu: Desk, duy: Desk, clock: FixedClock, app: App
) -> None:
    clock.advance(days=7)
    people = [await signed_in(app, name, Grant(role=Role.ADMINISTRATOR, locality="dak-cam")) for name in ("A", "B")]
    begins = app.clock.now() + timedelta(hours=9)
    local = begins + timedelta(hours=7)
    page = await announce(*people, day=f"{local:%d/%m/%Y}", begin=f"{local:%H:%M}", end="23:59")
    await joins(app, "a", "Y Hoa")
    page = await people[0].open(f"{ONE}/list")
    assert "mới ghi được người có mặt" in page.text and 'name="came1"' not in page.html, "it is its day, not its hour"
    clock.advance(seconds=8 * 3600 + 60)
    people[0] = await signed_in(app, "C", Grant(role=Role.ADMINISTRATOR, locality="dak-cam"))
    assert 'name="came1"' in (await people[0].open(f"{ONE}/list")).html
