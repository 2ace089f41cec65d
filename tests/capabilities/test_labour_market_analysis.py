"""labour-market-analysis: a quarterly table equal to hand counts, a trend of enough seats, plain words for people."""

from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook

from core.officers import Role
from core.work import Offer, OfferKind, OfferState, Paid
from tests.capabilities.office import Office

PICTURE = "/console/work/picture"
# By hand. Trade, seats, wage a month, days ago (20/11/2026 is the day; the quarter began 50 days before).
OFFERS = (
    ("sewing", 30, 7_000_000, 2),
    ("sewing", 10, 8_000_000, 2),
    ("tailoring", 5, 6_000_000, 30),
    ("shoes", 4, 9_000_000, 30),
    ("sewing", None, 6_500_000, 30),
    ("mason", 12, 10_000_000, 10),
    ("sewing", 20, 5_000_000, 120),
    ("mason", 9, 9_000_000, 120),
)


async def filled(here: Office) -> None:
    now = here.clock.now()
    async with here.app.storage.write() as uow:
        for number, (trade, seats, wage, days) in enumerate(OFFERS):
            offer = Offer(
                kind=OfferKind.VACANCY,
                title=f"Việc {number}",
                occupation=trade,
                place="phường Đăk Cấm",
                employer="Công ty Mẫu",
                deadline=date(2026, 12, 31),
                seats=seats,
                paid=Paid.MONTH,
                wage_from=wage,
            )
            (one,) = (await uow.work.add("dak-cam", [offer], by="Lan", now=now)).new
            at = now - timedelta(days=days)
            await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=at)
        await uow.commit()


async def test_the_quarterly_table_the_trend_and_the_answer_in_the_chat(here: Office) -> None:
    thu = await here.officer("Thu", Role.VIEWER)
    assert "chưa có tin tuyển nào được kiểm tra" in await here.asked("nghề nào đang cần người")
    await filled(here)
    sheet = load_workbook(BytesIO((await thu.client.get(f"{PICTURE}/sheet?quarter=2026-Q4")).content)).active
    assert sheet is not None
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    sewing, building = rows["May mặc, da giày"], rows["Xây dựng"]
    assert sewing[:5] == [10, 40, 0, 50, 5] and sewing[7] == 7_000_000 and sewing[10] == "thêm 30 chỗ"
    assert building[:5] == [0, 12, 0, 12, 1] and building[7] == "chưa đủ tin"
    assert building[10] == "chưa đủ để so", "nine seats in the quarter before are too few"
    assert rows["Cộng"][:5] == [10, 52, 0, 62, 6]
    page = await thu.open(PICTURE)
    assert "May mặc, da giày cần nhiều người nhất: 50 chỗ, quý IV năm 2026" in page.text
    said = await here.asked("nghề nào đang cần người")
    assert "cần người nhất: • may mặc, da giày: 50 chỗ • xây dựng: 12 chỗ" in said
    assert "Tính từ 6 tin tuyển đã kiểm tra, từ 01/10/2026 đến 20/11/2026." in said
