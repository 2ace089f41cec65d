"""The calendar of notices and the schedules behind it: proposed, reworded, approved as a whole by somebody else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.app import App
from core.campaigns import CampaignState
from core.officers import Grant, Role
from core.schedules import OccurrenceState, Schedule, ScheduleState, Skipped
from db.campaign_tables import campaigns, occurrences
from handlers.scheduling import find
from tests.console.conftest import Notes, Plans
from tests.console.desk import Desk, signed_in
from tests.db.test_statements import counting
from tests.support.clock import FixedClock

MOST = 12  # statements of a month: who is signed in, posts, notices, schedules
WORDS = "Phường phát gạo sáng thứ Hai, tại nhà văn hóa."
ASKED = {"locality": "dak-cam", "series": "tet", "first": "2026-12-01", "last": "28/02/2027"}


async def made(app: App, number: int = 1) -> Schedule:
    return await find(app.storage, str(number))


async def test_from_a_series_to_the_calendar(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open("/console/notices")
    page = await thu.open(thu.page.links["Lịch tin"])
    assert "Tháng này chưa có tin nào." in page.text
    page = await thu.open(page.links["Lập lịch loạt tin"])
    assert "Dùng từ bốn tuần trước Tết." in page.text
    page = await thu.send("/new", **ASKED)
    assert page.url.path == "/console/schedules/1" and page.statuses[0].startswith("✓ Đã lập lịch."), page.alerts
    one = await made(app)
    assert one.created_by == "Thu" and all(each.notice.text["vi"] in page.text for each in one.occurrences)
    assert all(each.notice.source in page.text for each in one.occurrences)
    assert "Chưa có phần riêng của nơi mình" in page.text and "Duyệt cả" not in page.text
    page = await thu.send("/submit", "Gửi duyệt")
    assert page.statuses[0].startswith("✓ Đã gửi duyệt.") and "Người khác duyệt." not in page.text
    home = await duy.open()
    title = f"Loạt tin “Trước và sau Tết”, {len(one.occurrences)} bài (Thu soạn)"
    page = await duy.open(home.links[title])
    page = await duy.send("/approve", f"Duyệt cả {len(one.occurrences)} bài")
    assert page.statuses == ["✓ Đã duyệt. Từng bài gửi đúng ngày của nó."]
    assert (await made(app)).approved and (await made(app)).approved_by == "Duy"
    page = await duy.open("/console/calendar?month=2027-01")
    january = [each for each in one.occurrences if each.due_at.month == 1]
    assert january and all(each.notice.title.partition(": ")[2] in page.text for each in january)
    assert page.html.count("Đã duyệt</span>") == len(january) + 1 and "Tết Dương lịch" in page.text
    assert "Tết Nguyên đán" in (await duy.open("/console/calendar?month=2027-02")).text


async def test_a_notice_stands_on_the_day_on_which_it_begins(app: App, duy: Desk, notes: Notes) -> None:
    number = await notes("Lớp may <b>", CampaignState.SUBMITTED)
    await notes("Chưa duyệt", CampaignState.SUBMITTED)
    await duy.open(f"/console/notices/{number}")
    await duy.send("/approve", duy.page.form("/approve").buttons and next(iter(duy.page.form("/approve").buttons)))
    page = await duy.open("/console/calendar")
    day = page.html.partition('datetime="2026-11-20"')[2].partition("</td>")[0]
    assert "Lớp may &lt;b&gt;" in day and "Hôm nay" in day and "Chưa duyệt" not in page.text


async def test_from_month_to_month_over_the_new_year(thu: Desk) -> None:
    page = await thu.open("/console/calendar?month=2026-12&locality=dak-cam")
    assert page.links["Tháng trước"] == "/console/calendar?month=2026-11&locality=dak-cam"
    assert page.links["Tháng sau"] == "/console/calendar?month=2027-01&locality=dak-cam"
    page = await thu.open("/console/calendar?month=2027-01")
    assert page.links["Tháng trước"] == "/console/calendar?month=2026-12"


async def test_what_begins_sooner_stands_above(app: App, duy: Desk, notes: Notes, plans: Plans) -> None:
    post = (await plans("tet", ScheduleState.APPROVED)).occurrences[0]
    for title, hours in (("Muộn", 1), ("Sớm", -1)):
        number = await notes(title, CampaignState.SUBMITTED)
        async with app.storage.write() as uow:
            at = post.due_at + timedelta(hours=hours)
            await uow.connection.execute(update(campaigns).where(campaigns.c.id == number).values(starts_at=at))
            await uow.commit()
    page = await duy.open(f"/console/calendar?month={post.due_at:%Y-%m}")
    day = page.html.partition(f'datetime="{post.due_at:%Y-%m-%d}"')[2].partition("</td>")[0]
    assert re.findall(r">([^<>]+)</a>", day) == ["Sớm", post.notice.title.partition(": ")[2], "Muộn"]


async def test_what_was_reworded_is_a_draft_and_its_author_does_not_approve_it(app: App, plans: Plans) -> None:
    one = await plans("tet", ScheduleState.APPROVED)
    both = await signed_in(app, "Nga", *(Grant(role=role, locality="dak-cam") for role in (Role.EDITOR, Role.APPROVER)))
    path = f"/console/schedules/1/posts/{one.occurrences[0].id}"
    page = await both.open(path)
    assert "Sửa lời thì cả lịch thành bản nháp." in page.text
    page = await both.send("/reword", text_vi=WORDS)
    assert page.statuses[0].startswith("✓ Đã lưu lời mới.") and WORDS in page.text and "Nga đã sửa lời" in page.text
    async with app.storage.write() as uow:
        await uow.schedules.step(1, ScheduleState.DRAFT, ScheduleState.SUBMITTED, submitted_by="Hà")
        await uow.commit()
    page = await both.open("/console/schedules/1")
    assert "Người khác duyệt." in page.text and "Duyệt cả" not in page.text
    form = {"form": page.form("/stop").fields["form"], "seen": (await made(app)).hash()}
    page = await both.post("/console/schedules/1/approve", form)
    assert page.status == 403 and page.alerts == ["■ Anh chị đã soạn hoặc sửa lịch này. Người khác duyệt."]
    assert (await made(app)).state is ScheduleState.SUBMITTED


async def test_of_two_who_reword_a_post_the_second_sees_the_words_of_the_first(
    app: App, thu: Desk, plans: Plans
) -> None:
    other = await signed_in(app, "Nga", Grant(role=Role.EDITOR, locality="dak-cam"))
    one = await plans()
    path = f"/console/schedules/1/posts/{one.occurrences[0].id}"
    await thu.open(path)
    await other.open(path)
    await other.send("/reword", text_vi="Lời của Nga.")
    page = await thu.send("/reword", text_vi=WORDS)
    assert page.status == 409 and "Nga vừa sửa bài này." in page.alerts[0]
    assert "Lời của Nga." in page.text and page.form("/reword").fields["text_vi"].strip() == WORDS
    assert (await made(app)).occurrences[0].notice.text["vi"] == "Lời của Nga."
    await thu.send("/reword", text_vi=WORDS)
    assert (await made(app)).occurrences[0].notice.text["vi"] == WORDS
    # Another post of the same schedule is nobody's trouble.
    await thu.open(f"/console/schedules/1/posts/{one.occurrences[1].id}")
    await other.open(path)
    await other.send("/reword", text_vi="Khác nữa.")
    assert (await thu.send("/reword", text_vi="<script>alert(1)</script>")).status == 200
    assert "<script>alert" not in thu.page.html and "&lt;script&gt;" in thu.page.html


async def test_an_approval_is_of_what_was_read(app: App, thu: Desk, duy: Desk, plans: Plans) -> None:
    one = await plans("tet", ScheduleState.SUBMITTED)
    await duy.open("/console/schedules/1")
    await thu.open(f"/console/schedules/1/posts/{one.occurrences[0].id}")
    await thu.send("/reword", text_vi=WORDS)
    await thu.send("/submit", "Gửi duyệt")
    page = await duy.send("/approve", f"Duyệt cả {len(one.occurrences)} bài")
    assert page.status == 409 and "vừa có thay đổi" in page.alerts[0] and WORDS in page.text
    assert (await made(app)).state is ScheduleState.SUBMITTED


async def test_a_post_is_taken_out_and_a_schedule_stopped(app: App, thu: Desk, plans: Plans) -> None:
    one = await plans("tet", ScheduleState.APPROVED)
    path = f"/console/schedules/1/posts/{one.occurrences[0].id}"
    await thu.open(path)
    page = await thu.send("/skip", "Bỏ, không gửi bài này")
    assert page.statuses == ["✓ Đã bỏ bài này."] and "Cán bộ đã bỏ bài này." in page.text
    there = (await made(app)).occurrences[0]
    assert (there.state, there.why) == (OccurrenceState.SKIPPED, Skipped.OFFICER)
    page = await thu.open(path)
    assert not [form for form in page.forms if form.action.endswith(("/reword", "/skip"))]
    await thu.open("/console/schedules/1")
    page = await thu.send("/stop", "Dừng hẳn")
    assert page.statuses == ["✓ Đã dừng lịch. Các bài còn lại không gửi."]
    assert "Trước và sau Tết" not in (await thu.open("/console/calendar?month=2027-01")).text


async def test_sent_twice_a_series_is_scheduled_once(app: App, thu: Desk) -> None:
    form = {**(await thu.open("/console/schedules/new")).form("/new").fields, **ASKED}
    await thu.post("/console/schedules/new", form)
    page = await thu.post("/console/schedules/new", form)
    assert page.url.path == "/console/calendar"
    async with app.storage.read() as uow:
        assert len(await uow.schedules.list()) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"first": "mai"}, "Ngày chưa đúng."),
        ({"last": "2026-11-01"}, "Ngày cuối phải sau ngày đầu"),
        ({"last": "2029-11-01"}, "Ngày cuối phải sau ngày đầu"),
        ({"locality": "di-su"}, "Chọn nơi gửi."),
        ({"series": "no-such"}, "Chọn một loạt tin."),
        ({"series": "course"}, "Loạt này cần ngày diễn ra."),
        ({"last": "2026-12-02"}, "Không có bài nào rơi vào những ngày này."),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    app: App, thu: Desk, fields: dict[str, str], said: str
) -> None:
    await thu.open("/console/schedules/new")
    page = await thu.send("/new", **{**ASKED, **fields})
    assert page.status == 422 and said in page.alerts[0]
    assert 'aria-invalid="true"' in page.html
    async with app.storage.read() as uow:
        assert await uow.schedules.list() == []


async def test_what_was_typed_outlives_the_session(app: App, thu: Desk, plans: Plans, clock: FixedClock) -> None:
    one = await plans()
    path = f"/console/schedules/1/posts/{one.occurrences[0].id}"
    form = (await thu.open(path)).form("/reword").fields
    clock.advance(days=2)
    page = await thu.post(f"{path}/reword", {**form, "text_vi": WORDS})
    assert page.url.path == "/console/sign-in"
    again = await signed_in(app, "Nga", Grant(role=Role.EDITOR, locality="dak-cam"))
    assert WORDS not in (await again.open(path)).text, "another officer's"
    async with app.storage.read() as uow:
        assert thu.officer is not None and path in await uow.forms.drafts(thu.officer.id, clock.now())


@pytest.mark.thorough
async def test_only_what_is_of_ones_own_places(app: App, plans: Plans, notes: Notes) -> None:
    await plans("tet", locality="di-su")
    await plans("tet", locality="dak-cam")
    here = await signed_in(app, "Nga", Grant(role=Role.EDITOR, locality="dak-cam"))
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    page = await here.open("/console/calendar?month=2027-01&locality=di-su")
    assert "Dị Sử" not in page.text and page.text.count("Trước và sau Tết") == 1
    both = (await chief.open("/console/calendar?month=2027-01")).html.count("<li>")
    one = (await chief.open("/console/calendar?month=2027-01&locality=di-su")).html.count("<li>")
    assert 0 < one < both
    assert (await chief.open("/console/calendar?month=2027-13")).status == 200


@pytest.mark.thorough
async def test_statements_do_not_grow_with_what_there_is(app: App, duy: Desk, plans: Plans, notes: Notes) -> None:
    await plans()
    for path in ("/console/calendar?month=2027-01", "/console/schedules/1"):
        with counting(app.storage) as counter:
            assert (await duy.open(path)).status == 200
            few = counter.take()
        assert few <= MOST
        number = await notes("Lớp may")
        async with app.storage.write() as uow:
            row = (await uow.connection.execute(select(occurrences).limit(1))).mappings().one()
            more = [
                {**row, "id": 1000 * number + n, "post": f"p{n}-{number}", "due_at": row["due_at"] + timedelta(days=n)}
                for n in range(1, 40)
            ]
            await uow.connection.execute(insert(occurrences), more)
            await uow.connection.execute(campaigns.update().values(starts_at=row["due_at"]))
            await uow.commit()
        with counting(app.storage) as counter:
            assert (await duy.open(path)).status == 200
            assert counter.take() == few
        assert len(duy.page.html.encode()) < 150_000
