"""Notices in the console: the list, one notice with all that an approval says yes to, and what is done with it."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, update

from bot.app import App
from bot.opening import WEBCHAT
from core.campaigns import Campaign, CampaignState
from core.contacts import URN
from core.officers import Grant, Role
from core.records import LeftOut
from db.campaign_tables import campaign_counts, campaigns
from db.models import contacts
from tests.console.conftest import TEXT, Notes
from tests.console.desk import Desk, signed_in
from tests.db.test_backup import LIST, LISTED_ONE
from tests.db.test_statements import counting
from tests.support.rows import everything, make_person

S = CampaignState
MOST_LIST, MOST_NOTICE = 8, 22


async def stored(app: App, number: int = 1) -> Campaign:
    async with app.storage.read() as uow:
        found = await uow.campaigns.get(number)
    assert found is not None
    return found


async def test_the_list_shows_states_and_leads_to_each(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Lớp may")
    await notes("Tiêm chủng", S.SUBMITTED)
    await notes("Đã xong", S.FINISHED)
    await notes("Của nơi khác", locality="di-su")
    page = await thu.open("/console/notices")
    assert page.links["Tiêm chủng"] == "/console/notices/2" and "Bản nháp" in page.text and "Chờ duyệt" in page.text
    assert "Đã xong" not in page.links and "Của nơi khác" not in page.text
    assert "Đã xong" in (await thu.open("/console/notices?show=over")).links
    assert (await thu.open("/console/notices?show=x&page=x")).status == 200


async def test_what_is_not_held_back_is_told_as_sent_at_once(duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED, sending={"hold_back_seconds": 0})
    said = " ".join((await duy.open("/console/notices/1")).text.split())
    assert "Duyệt xong là gửi ngay. Tin đã đến máy thì không thu lại" in said and "0 phút" not in said
    await notes("Lớp may", S.SUBMITTED)
    said = " ".join((await duy.open("/console/notices/2")).text.split())
    assert "Trong 2 phút đầu dừng được" in said and "Bắt đầu gửi sau khi duyệt 2 phút" in said


@pytest.mark.thorough
async def test_an_empty_list_says_what_belongs_there(thu: Desk) -> None:
    assert "Bấm Soạn tin mới" in (await thu.open("/console/notices")).text


async def test_home_leads_to_what_waits_for_an_approval(duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED)
    page = await duy.open()
    assert page.links["1. Lớp may (Thu soạn)"] == "/console/notices/1"


async def test_an_approval_sees_everything_and_is_bound_to_it(app: App, duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED, text={"vi": TEXT, "en": "A sewing class."})
    page = await duy.open("/console/notices/1")
    said = " ".join(page.text.split())
    assert TEXT in said and "A sewing class." in said and "Thông báo 12/TB-UBND" in said
    assert "Chọn 0 người, sẽ gửi cho 0 người." in said and "Không gửi từ 20:30 đến 07:00" in said
    assert "Không có kênh nào tính tiền." in said and "Trang web" in said and "Nơi: phường Đăk Cấm" in said
    assert duy.page.links["Xuống chỗ duyệt"] == "#acts" and 'id="acts"' in duy.page.html and "Tin số" in said
    page = await duy.send("/approve")
    assert page.url.path == "/console/notices/1" and page.statuses == ["✓ Đã duyệt tin."]
    assert "Xuống chỗ duyệt" not in page.links
    one = await stored(app)
    assert (one.state, one.approved_by, one.approved) == (S.APPROVED, "Duy", True)
    log = [row["action"] for row in (await everything(app.storage))["audit_log"] if row["subject"] == "campaign:1"]
    assert log == ["campaign.approve"]


@pytest.mark.thorough
async def test_who_is_meant_and_why_others_get_nothing(app: App, thu: Desk, notes: Notes) -> None:
    await make_person(app.storage, "p1")
    async with app.storage.write() as uow:
        await uow.connection.execute(update(contacts).values(locality="dak-cam"))
        await uow.commit()
    await notes()
    said = " ".join((await thu.open("/console/notices/1")).text.split())
    assert "Chọn 1 người, sẽ gửi cho 0 người." in said
    assert "Không gửi 1 người: chưa đồng ý nhận tin" in said


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["thu", "thủ"])
async def test_nobody_approves_what_they_wrote(app: App, notes: Notes, name: str) -> None:
    """Not by another spelling of their name, and not as administrator."""
    await notes("Lớp may", S.SUBMITTED)
    desk = await signed_in(app, name, Grant(role=Role.ADMINISTRATOR))
    page = await desk.open("/console/notices/1")
    assert "Ai soạn hay sửa tin thì không duyệt tin đó." in page.text
    assert not [one for one in page.forms if one.action.endswith("/approve")]
    form = page.form("/return").fields
    page = await desk.post("/console/notices/1/approve", form)
    assert page.status == 403 and (await stored(app)).state is S.SUBMITTED


async def test_nobody_approves_what_they_changed(app: App, thu: Desk, notes: Notes) -> None:
    await notes()
    editor = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    await editor.open("/console/notices/1/edit")
    await editor.send("/edit", "Lưu nháp", text_vi="Lời khác.", locality="dak-cam")
    await thu.open("/console/notices/1")
    await thu.send("/submit")
    page = await editor.open("/console/notices/1")
    assert "Ai soạn hay sửa tin thì không duyệt tin đó." in page.text
    await editor.post("/console/notices/1/approve", page.form("/return").fields)
    assert (await stored(app)).state is S.SUBMITTED


async def test_an_approval_of_other_words_than_were_seen_is_refused(
    app: App, duy: Desk, thu: Desk, notes: Notes
) -> None:
    await notes("Lớp may", S.SUBMITTED)
    await duy.open("/console/notices/1")
    await thu.open("/console/notices/1/edit")
    await thu.send("/edit", "Gửi duyệt", text_vi="Lời khác hẳn.", locality="dak-cam")
    assert (await stored(app)).state is S.SUBMITTED
    page = await duy.send("/approve")
    assert page.status == 409 and "Tin này vừa có thay đổi" in page.alerts[0]
    assert (await stored(app)).state is S.SUBMITTED


async def test_returned_with_a_reason_that_its_author_reads(app: App, duy: Desk, thu: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED)
    await duy.open("/console/notices/1")
    page = await duy.send("/return")
    assert page.status == 422 and "Viết lý do trả lại" in page.alerts[0]
    page = await duy.send("/return", return_why="Thiếu giờ học.")
    assert page.statuses == ["✓ Đã trả lại để sửa."] and (await stored(app)).state is S.DRAFT
    page = await thu.open("/console/notices/1")
    assert "Thiếu giờ học." in page.text and "Duy trả lại để sửa lúc" in page.text
    told = "Lớp may, Duy trả lại: Thiếu giờ học."
    assert (await thu.open()).links[told] == "/console/notices/1"
    await thu.open("/console/notices/1/edit")
    await thu.send("/edit", "Lưu nháp", text_vi="Học lúc 8 giờ.", locality="dak-cam")
    assert told not in (await thu.open()).links


@pytest.mark.thorough
async def test_a_reason_that_is_too_long_stays_in_its_box(duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED)
    await duy.open("/console/notices/1")
    page = await duy.send("/return", return_why="x" * 501)
    assert page.status == 422 and "Nhiều nhất 500 ký tự" in page.alerts[0]
    assert page.form("/return").fields["return_why"].strip() == "x" * 501


async def test_paused_resumed_and_stopped(app: App, duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SENDING)
    await duy.open("/console/notices/1")
    for ending, state, done in (
        ("/pause", S.PAUSED, "Đã tạm dừng gửi."),
        ("/resume", S.APPROVED, "Đã cho gửi tiếp."),
        ("/stop", S.STOPPED, "Đã dừng hẳn."),
    ):
        page = await duy.send(ending)
        assert page.statuses[0] == f"✓ {done}" and (await stored(app)).state is state


async def test_sending_goes_on_from_under_the_progress(app: App, duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SENDING)
    async with app.storage.write() as uow:
        await uow.connection.execute(delete(campaign_counts))
        rows = [{"campaign_id": 1, "status": one, "count": n} for one, n in (("sent", 30), ("pending", 10))]
        await uow.connection.execute(insert(campaign_counts), rows)
        await uow.commit()
    await duy.open("/console/notices/1")
    page = await duy.send("/pause")
    above = page.html.partition('id="progress"')[2].partition("</section>")[0]
    assert "Còn 10 người chưa gửi." in above and "Gửi tiếp" in above and page.html.count("/resume") == 1


async def test_pressed_twice_is_one_act(app: App, duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED)
    form = (await duy.open("/console/notices/1")).form("/approve").fields
    for _ in range(2):
        page = await duy.post("/console/notices/1/approve", form)
        assert page.status == 200 and page.statuses == ["✓ Đã duyệt tin."]
    rows = (await everything(app.storage))["campaign_history"]
    assert [row["act"] for row in rows] == ["approve"]


@pytest.mark.thorough
async def test_progress_and_ledger_of_what_is_sent(app: App, duy: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SENDING)
    people = [(await make_person(app.storage, f"p{n}")).contact.id for n in range(60)]
    async with app.storage.write() as uow:
        out = [(one, LeftOut.NO_CONSENT) for one in people]
        assert await uow.campaigns.went_on(1, cursor=60, queued=0, out=out, before=0)
        rows = [{"campaign_id": 1, "status": one, "count": n} for one, n in (("sent", 30), ("pending", 10))]
        await uow.connection.execute(delete(campaign_counts).where(campaign_counts.c.status.in_(("sent", "pending"))))
        await uow.connection.execute(insert(campaign_counts), rows)
        await uow.connection.execute(update(campaigns).values(expanded_at=app.clock.now(), starts_at=app.clock.now()))
        await uow.commit()
    page = await duy.open("/console/notices/1")
    said = " ".join(page.text.split())
    assert "Xong 30 trên 40 (75%)." in said and '<progress id="bar" max="40" value="30">' in page.html
    assert "Không gửi 60 người: chưa đồng ý nhận tin" in said
    page = await duy.open(page.links["Sổ gửi tin"])
    assert page.html.count("<tr role") == 51 and "chưa đồng ý nhận tin" in page.text
    page = await duy.open(page.links["Trang sau"])
    assert page.html.count("<tr role") == 11 and "Trang sau" not in page.links
    for odd in ("x", "s9999999999999999999", "o1;"):
        assert (await duy.open(f"/console/notices/1/ledger?after={odd}")).status == 200


@pytest.mark.thorough
async def test_before_many_people_the_number_is_typed(
    app: App, duy: Desk, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.console.notices.notice.MANY", 1)
    async with app.storage.write() as uow:
        await uow.lists.enrol([replace(LISTED_ONE, urn=URN(account=WEBCHAT, path="x"))], LIST, app.clock.now())
        await uow.commit()
    await notes("Lớp may", S.SUBMITTED)
    page = await duy.open("/console/notices/1")
    assert "Gõ lại số người nhận: 1" in page.text
    page = await duy.send("/approve", number="2")
    assert page.status == 422 and (await stored(app)).state is S.SUBMITTED
    await duy.send("/approve", number="1")
    assert (await stored(app)).state is S.APPROVED


@pytest.mark.thorough
@pytest.mark.parametrize(("path", "most"), [("/console/notices", MOST_LIST), ("/console/notices/1", MOST_NOTICE)])
async def test_statements_do_not_grow(app: App, duy: Desk, notes: Notes, path: str, most: int) -> None:
    await notes("Lớp may", S.SUBMITTED)
    with counting(app.storage) as counter:
        assert (await duy.open(path)).status == 200
        few = counter.take()
    for number in range(70):
        await notes(f"Tin {number}", S.SUBMITTED)
        await make_person(app.storage, f"p{number}")
    with counting(app.storage) as counter:
        assert (await duy.open(path)).status == 200
        assert counter.take() == few
    assert few <= most, few
    assert len(duy.page.html.encode()) < 100_000


@pytest.mark.thorough
async def test_every_page_in_both_languages_and_light(app: App, thu: Desk, notes: Notes) -> None:
    await notes("Lớp may", S.SUBMITTED, topics=["vocational-training"], attachments=[])
    await notes("Lớp may", S.PAUSED)
    await thu.open("/console/notices")
    page = await thu.send("/look", "English")
    assert "Write a notice" in page.text and "To be approved" in page.text
    for path in ("", "/new", "/1", "/1/edit", "/2", "/2/ledger", "/new?correct=2"):
        page = await thu.open(f"/console/notices{path}")
        assert page.status == 200 and "console." not in page.text and len(page.html.encode()) < 60_000
