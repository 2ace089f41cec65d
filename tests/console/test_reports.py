"""Reports of a place: its figures, what is not told, files, the rows behind a figure, and what it costs."""

from datetime import timedelta
from html import unescape
from io import BytesIO
from re import sub

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.app import App
from core.officers import Grant, Role
from tests.console.desk import Desk, signed_in
from tests.console.reporting import DAY, asked, checked, filled, notice_of, people, sent
from tests.console.test_leads import leads
from tests.db.test_statements import counting
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import everything

HERE = "/console/reports?place=dak-cam"
# Who is signed in, whether they may, and what a report asks: two of people, one of questions, three of notices, checks.
MOST_STATEMENTS = 18


def said(desk: Desk) -> str:
    """What a page says, cell by cell."""
    return " ".join(unescape(sub("<[^>]+>", " ", desk.page.html)).split()).replace(" .", ".")


async def supervisor(app: App) -> Desk:
    """Somebody of the Fatherland Front: totals and nothing else."""
    return await signed_in(app, "Mặt trận", Grant(role=Role.SUPERVISOR, locality="dak-cam"))


async def test_a_month_in_figures(app: App, lan: Desk) -> None:
    await filled(app.storage)
    page = await lan.open("/console/reports")
    text = said(lan)
    assert page.status == 200 and "Báo cáo tháng 11 năm 2026" in text
    for told in (
        "Người đã nhắn Chung Tay hoặc có trong danh sách 36",
        "Mới trong kỳ 6",
        "Đồng ý nhận tin 22",
        "Có ở kênh Telegram 30",
        "Tin bắt đầu gửi trong kỳ 2",
        "Lượt gửi được 17",
        "Lượt chưa rõ đã đến 2",
        "Lượt dừng nhận tin trong 7 ngày sau tin 2",
        "Câu hỏi trong kỳ 22",
        "Khẩn 2",
        "Cán bộ đã trả lời 10",
        "Chưa được trả lời lần nào 11",
        "Đang chờ và đã quá hạn 7",
        "Bà con rút lại hoặc đã xóa dữ liệu 1",
        "trả lời lần đầu trong 5 giờ",
        "Câu chờ lâu nhất được trả lời sau 2 ngày 2 giờ",
        "Làm nhà, sửa nhà 12",
        "Lượt tự kiểm tra xong 24",
        "Trong đó thiếu về Nhà ở 13",
        "Trong đó thiếu về Y tế dưới 5",
    ):
        assert told in text, told
    assert "LỜI-BÀ-CON" not in page.html and "Kỳ này chưa hết" in text


async def test_a_quarter_and_a_year_hold_their_months(app: App, lan: Desk) -> None:
    await filled(app.storage)
    await lan.open(f"{HERE}&period=2026-Q4")
    assert "Báo cáo quý IV năm 2026" in said(lan) and "Câu hỏi trong kỳ 30" in said(lan)
    assert "Lượt tự kiểm tra xong 31" in said(lan)
    await lan.open(f"{HERE}&period=2026")
    assert "Báo cáo năm 2026" in said(lan) and "Câu hỏi trong kỳ 30" in said(lan)
    await lan.open(f"{HERE}&period=2026-09")
    assert "Chưa có câu hỏi nào trong kỳ này." in said(lan) and "Kỳ này chưa hết" not in said(lan)


async def test_the_month_is_that_of_viet_nam(app: App, lan: Desk) -> None:
    """The last evening of October in UTC is the first of November here."""
    at = MORNING.replace(month=10, day=31, hour=17, minute=30)
    await asked(app.storage, first=1, askers=(None,), at=at)
    await lan.open(f"{HERE}&period=2026-11")
    assert "Câu hỏi trong kỳ 1" in said(lan)
    await lan.open(f"{HERE}&period=2026-10")
    assert "Chưa có câu hỏi nào" in said(lan)


async def test_few_are_told_nowhere(app: App, lan: Desk) -> None:
    await filled(app.storage)
    page = await lan.open(HERE)
    rows = page.html.partition("Tự kiểm tra theo nơi")[2]
    cells = unescape(rows.partition("Thôn 2</th>")[2].partition("</tr>")[0])
    assert ">từ 5 trở lên</td>" in cells, "9 beside 12 and a total of 24 would tell the 3"
    assert ">dưới 5</td>" in unescape(rows.partition("Thôn 3</th>")[2].partition("</tr>")[0])
    book = load_workbook(BytesIO((await lan.client.get("/console/reports/xlsx?place=dak-cam")).content))
    told = {row[0]: row[1] for row in book["Tự kiểm tra"].values}
    assert (told["Thôn 1"], told["Thôn 2"], told["Thôn 3"]) == (12, "từ 5 trở lên", "dưới 5")


async def test_months_and_their_quarter_give_nobody_away(app: App, lan: Desk) -> None:
    """Of 7 in October and some in November, a quarter's 10 would tell the 3."""
    counts = {("2026-10", "Thôn 1", ""): 7, ("2026-11", "Thôn 1", ""): 3, ("2026-11", "Thôn 2", ""): 9}
    await checked(app.storage, {**counts, ("2026-11", "Thôn 3", ""): 8, ("2026-11", "Thôn 4", ""): 11})
    page = await lan.open(f"{HERE}&period=2026-Q4")
    row = page.html.partition("Tự kiểm tra theo nơi")[2].partition("Thôn 1</th>")[2].partition("</td>")[0]
    assert row.endswith(">từ 8 trở lên")
    assert "Lượt tự kiểm tra xong 38" in said(lan)


async def test_people_picked_by_what_they_lack_are_in_no_sum(app: App, lan: Desk) -> None:
    await filled(app.storage)
    await lan.open(HERE)
    assert "Không cộng 1 tin gửi theo điều nhà còn thiếu" in said(lan) and "Lượt gửi được 17" in said(lan)
    row = lan.page.html.partition("Nhà dột")[2].partition("</tr>")[0]
    assert ">dưới 5</td>" in row and ">40</td>" not in row


async def test_a_notice_to_several_places_is_in_the_report_on_all(app: App, lan: Desk, chief: Desk) -> None:
    await filled(app.storage)
    await chief.open(HERE)
    assert "Không tính 1 tin gửi chung với nơi khác" in said(chief) and "Lượt gửi được 17" in said(chief)
    await chief.open("/console/reports")
    assert "Lượt gửi được 26" in said(chief) and "Câu hỏi trong kỳ 23" in said(chief)
    await lan.open(HERE)
    assert "gửi chung" not in said(lan), "an officer of one place does not hear of it"


async def test_a_figure_leads_to_its_rows(app: App, lan: Desk) -> None:
    await filled(app.storage)
    page = await lan.open(HERE)
    await lan.open(page.links["7"].replace("&amp;", "&"))
    assert "Đang chờ và đã quá hạn: tháng 11 năm 2026" in said(lan) and "7 câu hỏi. Trang 1 trên 1." in said(lan)
    links = [href for href in lan.page.links.values() if href.startswith("/console/questions/")]
    assert links == ["/console/questions/526"] and lan.page.html.count("/console/questions/52") == 7
    assert "Ngày hỏi" in said(lan) and 'data-head="Câu hỏi số"' in lan.page.html
    assert (await lan.open(links[0])).status == 200
    await lan.open(f"/console/reports/rows?figure=asked&place=dak-cam&period=2026-11&page={10**9}")
    assert lan.page.status == 200


async def test_rows_are_turned_over(app: App, lan: Desk) -> None:
    await asked(app.storage, first=1, askers=[None] * 60)
    await lan.open("/console/reports/rows?figure=asked&place=dak-cam")
    assert "60 câu hỏi. Trang 1 trên 2." in said(lan)
    await lan.open(unescape(lan.page.links["Trang sau"]))
    assert lan.page.html.count('href="/console/questions/') == 10


async def test_who_may_not_read_questions_gets_no_rows(app: App) -> None:
    await filled(app.storage)
    desk = await supervisor(app)
    page = await desk.open("/console/reports")
    assert "Câu hỏi trong kỳ 22" in said(desk) and "/console/reports/rows" not in page.html
    assert (await desk.open("/console/reports/rows?figure=asked")).status == 403
    book = load_workbook(BytesIO((await desk.client.get("/console/reports/xlsx")).content))
    assert "Dòng câu hỏi" not in book.sheetnames and "Dòng người" not in book.sheetnames
    assert any("không có trang dòng chi tiết" in str(row) for row in book["Tổng hợp"].values)


async def test_another_place_is_not_there(app: App, lan: Desk) -> None:
    await filled(app.storage)
    for end in ("", "/rows", "/docx", "/pdf", "/xlsx"):
        for place in ("di-su", "no-such", "dak-cam'--"):
            address = f"/console/reports{end}?place={place}&period=2026-11&figure=asked"
            assert (await lan.open(address)).status == 404, address
    assert (await lan.open("/console/reports/rows?figure=no-such")).status == 404


async def test_who_has_one_office_reads_no_totals(app: App) -> None:
    desk = await signed_in(app, "Kinh tế", Grant(role=Role.ANSWERER, locality="dak-cam", office="kinh-te"))
    page = await desk.open("/console/reports")
    assert page.status == 200 and "Báo cáo cần quyền xem số liệu của cả xã, phường." in said(desk)
    assert (await desk.open("/console/reports/xlsx")).status == 404


@pytest.mark.parametrize("typed", ["2026-13", "<script>alert(1)</script>", "2027-01", "0000", "9" * 40, "2026-Q5"])
async def test_a_period_that_there_is_none_of_is_said(app: App, lan: Desk, typed: str) -> None:
    page = await lan.open(f"/console/reports?period={typed}")
    assert page.status == 200 and "<script>alert" not in page.html
    assert page.alerts == [f"■ Không có kỳ báo cáo “{typed[:30]}”. Đang xem tháng 11 năm 2026. Chọn kỳ khác ở trên."]
    assert (await lan.open(f"/console/reports/pdf?period={typed}")).status == 404


async def test_script_in_names_is_text(app: App, lan: Desk) -> None:
    evil = "<script>alert(1)</script>"
    await sent(app.storage, notice_of(evil), {"sent": 5})
    await checked(app.storage, {("2026-11", f"thon {evil}", ""): 9, ("2026-11", "Thôn 1", ""): 9})
    ids = await people(app.storage, 6, hamlet=f"thôn {evil}")
    await asked(app.storage, first=1, askers=ids, topic=evil)
    page = await lan.open(HERE)
    assert evil in page.text and "<script>alert" not in page.html
    assert "<script>alert" not in (await lan.open("/console/reports/rows?figure=asked")).html
    book = load_workbook(BytesIO((await lan.client.get("/console/reports/xlsx")).content))
    assert any(evil in str(row) for row in book["Từng tin"].values)


async def test_formulas_in_names_stay_text(app: App, lan: Desk) -> None:
    await asked(app.storage, first=1, askers=(None,), topic="=1+1")
    book = load_workbook(BytesIO((await lan.client.get("/console/reports/xlsx")).content))
    (cell,) = [one for row in book["Câu hỏi theo việc"] for one in row if one.value == "=1+1"]
    assert cell.data_type == "s"


async def test_the_official_paper_has_what_an_office_expects(app: App, lan: Desk) -> None:
    await filled(app.storage)
    answer = await lan.client.get("/console/reports/docx?place=dak-cam&period=2026-11")
    assert "bao-cao-dak-cam-2026-11.docx" in answer.headers["content-disposition"]
    document = Document(BytesIO(answer.content))
    head, foot = document.tables[0], document.tables[-1]
    assert head.rows[0].cells[0].text == "ỦY BAN NHÂN DÂN PHƯỜNG ĐĂK CẤM\n———\nSố: ……/BC-UBND"
    state, motto, _, dated = head.rows[0].cells[1].text.split("\n")
    assert (state, motto) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert dated == "Đăk Cấm, ngày …… tháng …… năm ……"
    texts = [one.text for one in document.paragraphs]
    assert texts[0] == "BÁO CÁO" and texts[1].endswith("qua Chung Tay tháng 11 năm 2026")
    assert not [one for one in texts if "giữ bản đã ký" in one], "that is for whoever makes it"
    assert "- Câu hỏi trong kỳ: 22." in texts and "+ Đang chờ và đã quá hạn: 7." in texts
    assert foot.rows[0].cells[0].text.startswith("Nơi nhận:")
    assert foot.rows[0].cells[1].text.startswith("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    pdf = await lan.client.get("/console/reports/pdf?place=dak-cam&period=2026-11")
    assert pdf.content.startswith(b"%PDF-") and pdf.headers["content-type"] == "application/pdf"


async def test_each_figure_of_the_book_is_the_sum_of_its_rows(app: App, lan: Desk) -> None:
    await filled(app.storage)
    answer = await lan.client.get("/console/reports/xlsx?place=dak-cam&period=2026-11")
    book = load_workbook(BytesIO(answer.content))
    summary = {str(row[1]).strip(): row[2] for row in book["Tổng hợp"].values if row[1]}
    for sheet in ("Dòng câu hỏi", "Dòng người"):
        heads, *rows = book[sheet].values
        for at, head in enumerate(heads):
            name = head if head in summary else f"Có ở kênh {head}"
            if name in summary:
                assert summary[name] == sum(row[at] for row in rows), name
        assert "LỜI-BÀ-CON" not in str(rows)
    assert len(list(book["Dòng câu hỏi"].values)) == summary["Câu hỏi trong kỳ"] + 1
    heads, *rows = book["Dòng câu hỏi"].values
    topics = {row[heads.index("Việc")] for row in rows}
    assert "Việc khác" in topics and None not in topics, "as the summary calls it"
    assert all(row[3] for row in book["Tổng hợp"].values if isinstance(row[2], int)), "each says what it counts"


async def test_files_are_in_the_log_and_refusals_too(app: App, lan: Desk) -> None:
    await lan.open("/console/reports")
    for kind in ("docx", "pdf", "xlsx"):
        assert (await lan.open(f"/console/reports/{kind}?place=dak-cam&period=2026-Q3")).status == 200
    log = [row for row in (await everything(app.storage))["audit_log"] if row["action"] == "report.filed"]
    assert [row["subject"] for row in log] == ["report:dak-cam:2026-Q3"] * 3
    assert [row["detail"]["kind"] for row in log] == ["docx", "pdf", "xlsx"]
    desk = await signed_in(app, "Thợ", Grant(role=Role.EMPLOYER, locality="dak-cam"))
    assert (await desk.open("/console/reports")).status == 403
    assert [row["action"] for row in (await everything(app.storage))["audit_log"]][-1] == "refused"


async def test_statements_and_bytes_do_not_grow(app: App, lan: Desk) -> None:
    await filled(app.storage)
    rows = "/console/reports/rows?place=dak-cam&figure="
    paths = (HERE, f"{rows}asked", f"{rows}work.interested")
    few = [await cost(app, lan, path) for path in paths]
    ids = await people(app.storage, 1500, first=5000, hamlet="Thôn 9")
    await asked(app.storage, first=5000, askers=ids, answered=800)
    await leads(app, 70)
    for number in range(120):
        await sent(app.storage, notice_of(f"Tin {number}"), {"sent": 5}, at=MORNING - timedelta(minutes=number))
    await checked(app.storage, {("2026-11", f"thon {n}", one): 9 for n in range(200) for one in ("", "housing")})
    many = [await cost(app, lan, path) for path in paths]
    assert [one for one, _ in many] == [one for one, _ in few] and many[0][0] <= MOST_STATEMENTS
    assert max(size for _, size in many) < 150_000
    assert lan.page.html.count('<a href="/console/work/leads/') == 50 and "70 dòng. Trang 1 trên 2." in said(lan)
    await lan.open(HERE)
    assert "Còn 82 dòng nữa trong tệp Excel." in said(lan)


async def cost(app: App, desk: Desk, path: str) -> tuple[int, int]:
    """Statements and bytes of a page; of three tries the fewest, for what runs behind it looks at storage too."""
    tries = []
    for _ in range(3):
        with counting(app.storage) as counter:
            assert (await desk.open(path)).status == 200
            tries.append(counter.take())
    return min(tries), len(desk.page.html.encode())


async def test_pictures_have_words_and_tables(app: App, lan: Desk) -> None:
    await filled(app.storage)
    page = await lan.open(HERE)
    assert page.html.count("<svg viewBox") == page.html.count('role="img" aria-label="') == 6
    assert "Tháng 11 năm 2026: hỏi nhiều nhất về “Làm nhà, sửa nhà”, 12 câu. Số ở bảng bên dưới." in unescape(page.html)
    assert page.html.count("<summary>Xem thành bảng</summary>") == 6


async def test_the_page_in_english(app: App, lan: Desk) -> None:
    await filled(app.storage)
    await lan.open("/console/reports")
    form = lan.page.forms[0]
    await lan.post("/console/look", {**form.fields, "set": "lang:en", "back": "/console/reports"})
    await lan.open(HERE)
    assert "Report on 2026, month 11" in said(lan) and "Waiting and overdue 7" in said(lan)
    answer = await lan.client.get("/console/reports/docx?place=dak-cam")
    assert Document(BytesIO(answer.content)).paragraphs[0].text == "BÁO CÁO", "an official paper is Vietnamese"


async def test_erased_people_leave_only_their_question(app: App, lan: Desk, clock: FixedClock) -> None:
    ids = await people(app.storage, 6, agreed=6, since=MORNING - DAY)
    await asked(app.storage, first=1, askers=ids[:2], answered=2)
    async with app.storage.write() as uow:
        await uow.people.erase(ids[0], [b"h" * 32], clock.now())
        await uow.commit()
    await lan.open(HERE)
    text = said(lan)
    assert "danh sách 5" in text and "Câu hỏi trong kỳ 2" in text and "đã xóa dữ liệu 1" in text


async def test_the_language_is_changed_on_the_same_report(app: App, duy: Desk) -> None:
    page = await duy.open("/console/reports?place=dak-cam&period=2026-Q3&done=notice-saved")
    assert "Phường Đăk Cấm" in said(duy) and "Kỳ này đã hết. Số liệu đếm lúc " in said(duy)
    assert page.forms[0].fields["back"] == "/console/reports?place=dak-cam&period=2026-Q3"
    page = await duy.send("/look", "English")
    assert str(page.url).endswith("/console/reports?place=dak-cam&period=2026-Q3")
    assert "This period is over. Counted " in said(duy)
    for elsewhere in ("https://evil.example/console?x=1", "//evil.example/console?x=1", "/console/../hooks?x=1"):
        await duy.open("/console/reports")
        assert (await duy.send("/look", "Tiếng Việt", back=elsewhere)).url.path == "/console"
        await duy.send("/look", "English")
