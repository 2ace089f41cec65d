"""The labour market in the console: the quarterly table by hand, a spreadsheet, nothing of a few people."""

from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import update

from bot.app import App
from core.contacts import Consent, Purpose
from core.officers import Grant, Role
from core.periods import read_period
from core.work import Answer, Answered, Offer, OfferState, Paid, Profile
from db.models import contacts
from handlers.labour_market import months_of
from tests.console.desk import Desk, signed_in
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import an_offer, make_person

PICTURE = "/console/work/picture"
OCTOBER, NOVEMBER, _ = months_of(read_period("2026-Q4"))
BEFORE = OCTOBER - timedelta(days=85)  # within the first days of the quarter before


async def verified(app: App, *offers: Offer, at: datetime = NOVEMBER, locality: str = "dak-cam") -> tuple[int, ...]:
    async with app.storage.write() as uow:
        new = (await uow.work.add(locality, offers, by="Lan", now=at)).new
        for number in new:
            await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=at)
        await uow.commit()
    return new


async def looks(app: App, path: str, *wants: str, suits: int | None = None) -> None:
    person = await make_person(app.storage, path)
    now, contact = app.clock.now(), person.contact.id
    async with app.storage.write() as uow:
        until = now + timedelta(days=90)
        await uow.people.consent(
            contact, Consent(purpose=Purpose.WORK, granted_at=now, expires_at=until, wording="work.ask")
        )
        here = update(contacts).where(contacts.c.id == contact).values(locality="dak-cam")
        await uow.connection.execute(here)
        await uow.work.keep_profile(contact, Profile(wants=wants), now)
        if suits is not None:
            await uow.work.answer(contact, Answered(offer_id=suits, answer=Answer.INTERESTED), now)
        await uow.commit()


async def the_data_set(app: App) -> None:
    """Sewing: 12 seats in October, 18 in November; building: 4; the quarter before: 20 seats of sewing."""
    await verified(app, an_offer(title="A", seats=12, paid=Paid.MONTH, wage_from=7_000_000), at=OCTOBER)
    sums = (6_000_000, 6_500_000, 8_000_000, 9_000_000)
    offers = [an_offer(title=str(one), seats=4, paid=Paid.MONTH, wage_from=one) for one in sums]
    (first, *_) = await verified(app, *offers, an_offer(title="B", seats=2, paid=Paid.DAY, wage_from=250_000))
    await verified(app, an_offer(title="C", occupation="mason", seats=4))
    await verified(app, an_offer(title="D", seats=20), at=BEFORE)
    await verified(app, an_offer(title="E", seats=90), locality="di-su")
    for number in range(6):
        await looks(app, f"p{number}", "sewing", suits=first)
    await looks(app, "q", "mason")


async def test_the_quarterly_table_equals_hand_counts(app: App, thu: Desk) -> None:
    await the_data_set(app)
    page = await thu.open(f"{PICTURE}?place=dak-cam&quarter=2026-Q4")
    sheet = load_workbook(
        BytesIO((await thu.client.get(f"{PICTURE}/sheet?place=dak-cam&quarter=2026-Q4")).content)
    ).active
    assert sheet is not None
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    assert rows["May mặc, da giày"][:11] == [
        12,
        18,
        0,
        30,
        6,
        "từ 5 trở lên",  # of six: beside the seven in all a plain 6 would tell the one of building
        6,
        7_000_000,
        "chưa đủ tin",
        "chưa đủ tin",
        "thêm 10 chỗ",
    ]
    assert rows["Xây dựng"][:5] == [0, 4, 0, 4, 1] and rows["Xây dựng"][10] == "chưa đủ để so"
    assert rows["Cộng"][:5] == [12, 22, 0, 34, 7]
    assert "May mặc, da giày cần nhiều người nhất: 30 chỗ, quý IV năm 2026" in page.text
    assert "chỉ khi cả hai quý có từ 10 chỗ làm trở lên" in page.text
    few = ["chưa đủ tin"] * 3
    assert rows["May mặc, da giày"][11:] == [0, "từ 5 trở lên", 0, *few, *few, *few], "four offers in November"
    assert rows["Cộng"][11:14] == [0, 7, 0] and rows["Cộng"][10] is None
    assert "Tháng 11: 22 chỗ làm, 7 người tìm việc" in page.text
    assert page.html.count("<svg") >= 2, "demand and wages; a table stands below each"


async def test_wages_and_people_are_told_month_by_month(app: App, thu: Desk) -> None:
    """October: five offers from 6 to 10 million; November: five of 8 to 12, and five paid by the day."""
    for begins, month in ((6, OCTOBER), (8, NOVEMBER)):
        sums = [one * 1_000_000 for one in range(begins, begins + 5)]
        offers = [an_offer(title=f"{month:%m} {one}", paid=Paid.MONTH, wage_from=one) for one in sums]
        await verified(app, *offers, at=month)
    days = [an_offer(title=f"Ngày {one}", paid=Paid.DAY, wage_from=one * 100_000) for one in range(2, 7)]
    await verified(app, *days)
    for number in range(8):
        await looks(app, f"p{number}", "sewing")
    page = await thu.open(f"{PICTURE}?place=dak-cam&quarter=2026-Q4")
    told = " ".join(page.text.split())
    assert "May mặc, da giày8.000.00010.000.000chưa đủ tin" in told, "wages a month"
    assert "May mặc, da giàychưa đủ tin400.000chưa đủ tin" in told, "wages a day"
    assert "May mặc, da giày080" in told, "people"
    answer = await thu.client.get(f"{PICTURE}/sheet?place=dak-cam&quarter=2026-Q4")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    head, row, *_ = sheet.iter_rows(values_only=True)
    by_name = dict(zip(head, row, strict=True))
    assert by_name["Lương tháng ở giữa, tháng 10"] == 8_000_000 and by_name["Công ngày ở giữa, tháng 11"] == 400_000
    assert by_name["Người tìm việc tháng 11"] == 8 and by_name["Tiền giờ ở giữa, tháng 12"] == "chưa đủ tin"


async def test_a_few_people_are_told_nowhere(app: App, thu: Desk) -> None:
    await verified(app, an_offer(seats=9))
    for number in range(3):
        await looks(app, f"p{number}", "sewing", suits=1)
    page = await thu.open(PICTURE)
    for name in ("Người đang tìm việc", "Lượt quan tâm"):
        assert f"<dt>{name}</dt><dd>dưới 5</dd>" in page.html
    assert "tìm nhất" not in page.text


async def test_an_empty_quarter_says_what_belongs_here(thu: Desk) -> None:
    for quarter in ("2020-Q1", "2027-Q1", "nonsense", ""):
        page = await thu.open(f"{PICTURE}?quarter={quarter}")
        assert page.status == 200 and "chưa có tin tuyển đã duyệt" in page.text


async def test_figures_of_another_place_are_not_there(app: App, thu: Desk) -> None:
    assert (await thu.open(f"{PICTURE}?place=di-su")).status == 404
    assert (await thu.open(f"{PICTURE}/sheet?place=di-su")).status == 404
    answerer = await signed_in(app, "Nobody", Grant(role=Role.COLLABORATOR, locality="dak-cam"))
    assert (await answerer.open(PICTURE)).status == 403


async def test_a_bounded_number_of_statements(app: App, thu: Desk, clock: FixedClock) -> None:
    async def statements() -> int:
        found = []
        for _ in range(4):  # the fewest: a loop beside may look at something meanwhile
            with counting(app.storage) as seen:
                await thu.open(PICTURE)
            found.append(seen.statements)
        return min(found)

    few = await statements()
    await the_data_set(app)
    assert await statements() == few
