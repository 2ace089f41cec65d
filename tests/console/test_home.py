"""The first page: what needs me now, the week, and as many statements for a thousand questions as for one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.app import App
from core.campaigns import CampaignState, read_notice
from core.officers import Grant, Role
from core.questions import Author
from db.console_tables import question_holders
from db.content_tables import content_changes
from db.models import question_entries, questions
from db.place_tables import reported_figures
from tests.console.conftest import Asks, Notes
from tests.console.desk import Desk, signed_in
from tests.db.test_statements import counting
from tests.support.clock import MORNING, FixedClock
from web.health import Check, HealthReport, State

# Who is signed in (session, officer, roles), what each panel asks, and the week.
MOST_HOME, MOST_LIST, MOST_QUESTION = 19, 8, 18


async def many(app: App, officer_id: int, count: int) -> None:
    """So many questions with so many answers, some of them in somebody's hands."""
    ids = range(10, 10 + count)
    async with app.storage.write() as uow:
        rows = [
            {"id": n, "code": f"C{n}", "locality": "dak-cam", "state": "open", "urgent": n % 7 == 0}
            | {"created_at": MORNING - timedelta(hours=n % 200), "due_at": MORNING + timedelta(hours=n)}
            for n in ids
        ]
        await uow.connection.execute(insert(questions), rows)
        entries = [
            {"question_id": n, "author": author, "at": MORNING, "body": {"text": f"lời {n}", "attachments": []}}
            for n in ids
            for author in (Author.CITIZEN, Author.OFFICER)
        ]
        await uow.connection.execute(insert(question_entries), entries)
        held = [{"question_id": n, "officer_id": officer_id, "at": MORNING} for n in ids if n % 3 == 0]
        await uow.connection.execute(insert(question_holders), held)
        await uow.commit()


async def sent_back(app: App, count: int) -> None:
    """So many local texts and figures that were given back."""
    said = {"before": {}, "after": {}, "ground": "", "proposed_by": "Lan", "proposed_at": MORNING, "settled_by": "Duy"}
    texts = [
        {**said, "locality": "dak-cam", "kind": "answer", "subject": f"topic-{number}", "state": "returned"}
        | {"settled_at": app.clock.now(), "why": "Ghi rõ giờ."}
        for number in range(count)
    ]
    shares = {"numbers": {"share": "97"}, "document": "Báo cáo", "entered_by": "Lan", "entered_at": MORNING}
    figures = [
        {**shares, "locality": "dak-cam", "subject": f"target:one-{number}", "nth": 1, "as_of": "2026-06-30"}
        | {"standing": "returned", "checked_by": "Duy", "checked_at": app.clock.now(), "why": "Sai cột."}
        for number in range(count)
    ]
    async with app.storage.write() as uow:
        await uow.connection.execute(insert(content_changes), texts)
        await uow.connection.execute(insert(reported_figures), figures)
        await uow.commit()


async def test_of_what_was_sent_back_five_stand_there_for_thirty_days(app: App, clock: FixedClock) -> None:
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    with counting(app.storage) as counter:
        await chief.open()
        none = counter.take()
    await sent_back(app, 200)
    with counting(app.storage) as counter:
        page = await chief.open()
        assert counter.take() == none
    assert page.text.count("Duy trả lại: Ghi rõ giờ.") == page.text.count("Duy trả lại: Sai cột.") == 5
    clock.advance(days=31)
    later = await signed_in(app, "Hai", Grant(role=Role.ADMINISTRATOR))
    assert "Duy trả lại" not in (await later.open()).text


@pytest.mark.thorough
@pytest.mark.parametrize(
    "path",
    ["/console", "/console/questions", "/console/questions/1", "/console/questions/months", "/console/news"],
)
async def test_statements_do_not_grow_with_what_there_is(app: App, lan: Desk, asks: Asks, path: str) -> None:
    await asks()
    assert lan.officer is not None
    with counting(app.storage) as counter:
        assert (await lan.open(path)).status == 200
        few = counter.take()
    await many(app, lan.officer.id, 1200)
    with counting(app.storage) as counter:
        assert (await lan.open(path)).status == 200
        assert counter.take() == few
    most = {"/console": MOST_HOME, "/console/questions": MOST_LIST}.get(path, MOST_QUESTION)
    assert few <= most
    assert len(lan.page.html.encode()) < 100_000


async def test_what_waits_is_counted_and_the_first_five_are_shown(app: App, lan: Desk) -> None:
    assert lan.officer is not None
    await many(app, lan.officer.id, 40)
    page = await lan.open()
    assert "Đang chờ: 40. Khẩn: 6. Quá hạn: 0." in page.text
    assert page.text.count("lời ") == 5 and page.links["Xem mọi câu hỏi"] == "/console/questions"


@pytest.mark.parametrize(("count", "more"), [(5, False), (6, True)])
async def test_where_more_than_five_wait_a_link_leads_to_all(
    app: App, asks: Asks, notes: Notes, count: int, more: bool
) -> None:
    for number in range(count):
        await asks(f"K7M4P{number}")
        await notes(f"Lớp {number}", CampaignState.SUBMITTED)
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    page = await chief.open()
    assert ("Xem mọi câu hỏi" in page.links) is more and ("Xem mọi tin chờ duyệt" in page.links) is more
    assert page.text.count("(Thu soạn)") == page.html.count('<td role="cell" class="code">') == 5


async def test_nothing_to_do_says_what_belongs_here(app: App) -> None:
    desk = await signed_in(app, "Duyệt", Grant(role=Role.APPROVER, locality="dak-cam"))
    page = await desk.open()
    assert "Không có câu hỏi nào đang chờ." in page.text and "Chưa có tin nào chờ duyệt." in page.text


async def test_notices_wait_for_who_may_approve_them(app: App, lan: Desk) -> None:
    notice = {"kind": "notice", "title": "Lớp may <i>", "source": "x", "text": {"vi": "Mở lớp."}}
    async with app.storage.write() as uow:
        for place in ("dak-cam", "di-su"):
            read = read_notice({**notice, "title": f"Lớp may <i> {place}", "audience": {"localities": [place]}})
            number = await uow.campaigns.add(read, by="Lan", now=MORNING)
            await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SUBMITTED)
        await uow.commit()
    desk = await signed_in(app, "Duyệt", Grant(role=Role.APPROVER, locality="dak-cam"))
    page = await desk.open()
    assert "Lớp may <i> dak-cam (Lan soạn)" in page.text and "di-su" not in page.text
    assert "Tin chờ duyệt" not in (await lan.open()).text


async def test_the_week_is_a_picture_and_a_table(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    await lan.open("/console/questions/1")
    await lan.send("/answer", "Trả lời", text="Mời bà con đến.")
    page = await lan.open()
    assert "Bảy ngày qua: 1 câu mới, 1 lần trả lời" in page.text
    assert page.html.count("<rect") == 14 and 'role="img" aria-label="Bảy ngày qua: 1 câu mới' in page.html
    assert "thứ Sáu, 20/11" in page.text
    clock.advance(days=7)
    await lan.open()


async def test_the_day_is_that_of_viet_nam(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    """Half past midnight in Viet Nam is still the day before in UTC."""
    clock.advance(seconds=15.5 * 3600 + 60)
    person = "K7M4PX"
    await asks(person)
    async with app.storage.write() as uow:
        await uow.connection.execute(questions.update().values(created_at=clock.now()))
        await uow.commit()
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    page = await chief.open()
    row = page.html.partition("thứ Bảy, 21/11</th>")[2][:20]
    assert row.startswith("<td>1</td>")


async def test_a_channel_in_trouble_is_told(app: App, lan: Desk) -> None:
    site = app.web.state.site

    async def health() -> HealthReport:
        pages = (Check(name="webchat.main", state=State.OK), Check(name="zalo.dak-cam", state=State.OK))
        checks = (*pages, Check(name="database", state=State.OK), Check(name="disk", state=State.SLOW, detail="9 MB"))
        return HealthReport(ok=True, version="1", checks=checks, outbox_pending=37)

    app.web.state.site = replace(site, health=health)
    said = " ".join((await lan.open()).text.split())
    assert "Trang web: Tốt" in said and "Zalo (dak-cam): Tốt" in said
    assert "▲" in said and "9 MB" in said and "Tin đang chờ gửi: 37." in said
    assert said.index("9 MB") < said.index("31/12/2026"), "before the texts that end some day"
