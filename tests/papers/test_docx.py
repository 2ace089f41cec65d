"""Papers as DOCX, opened again: the texts, the table, the measures and the fonts; nobody's name in the file's back."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.papers import TypesetPapers
from core.papers import Blank, FileKind, Paper, PaperTable, Part

PAPER = Paper(
    title="GIẤY ĐỀ NGHỊ RÀ SOÁT HỘ NGHÈO",
    national=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    form="Mẫu số 01",
    subtitle="Năm 2026",
    to="Kính gửi: Ủy ban nhân dân phường Đăk Cấm",
    blanks=(Blank(label="Họ và tên chủ hộ", value="Nguyễn Thị Hường"), Blank(label="Số điện thoại")),
    table=PaperTable(title="Thành viên", head=("Họ và tên", "Giới tính"), rows=(("Y Brơi", "Nam"), ("Út",)), spare=2),
    parts=(Part(title="1. Giấy tờ", lines=("Căn cước công dân.",)),),
    closing=("Gia đình cam đoan.", Blank(label="Lý do khác")),
    dated="Đăk Cấm, ngày ..... tháng ..... năm 2026",
    signed=("ĐẠI DIỆN HỘ GIA ĐÌNH", "(Ký, ghi rõ họ tên)", "Nguyễn Thị Hường"),
    footer="Phường là nơi quyết định.",
)


async def content(paper: Paper) -> bytes:
    (file,) = await TypesetPapers().paper(paper, "giay", [FileKind.DOCX])
    return file.content


async def opened(paper: Paper) -> Docx:
    return Document(BytesIO(await content(paper)))


async def test_texts_stand_in_their_order() -> None:
    document = await opened(PAPER)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Mẫu số 01",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIẤY ĐỀ NGHỊ RÀ SOÁT HỘ NGHÈO",
        "Năm 2026",
        "Kính gửi: Ủy ban nhân dân phường Đăk Cấm",
        "Họ và tên chủ hộ: Nguyễn Thị Hường",
        "Số điện thoại: \t",
        "Thành viên",
        "1. Giấy tờ",
        "Căn cước công dân.",
        "Gia đình cam đoan.",
        "Lý do khác: \t",
        "Đăk Cấm, ngày ..... tháng ..... năm 2026",
        "ĐẠI DIỆN HỘ GIA ĐÌNH",
        "(Ký, ghi rõ họ tên)",
        "Nguyễn Thị Hường",
    ]
    section = document.sections[0]
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == PAPER.footer


async def test_dots_are_a_real_leader_to_the_margin() -> None:
    document = await opened(PAPER)
    (phone,) = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Số điện thoại")]
    (stop,) = phone.paragraph_format.tab_stops
    assert stop.leader == WD_TAB_LEADER.DOTS
    assert abs(stop.position - Mm(165)) < Mm(0.1)


async def test_a_label_as_long_as_a_line_has_its_dots_below() -> None:
    document = await opened(Paper(title="Giấy", blanks=(Blank(label="a" * 60),)))
    assert document.paragraphs[-1].text == "a" * 60 + ":\n\t"


async def test_the_table_has_a_repeated_head_and_rows_to_write_in() -> None:
    (table,) = (await opened(PAPER)).tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [["Họ và tên", "Giới tính"], ["Y Brơi", "Nam"], ["Út", ""], ["", ""], ["", ""]]
    assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [True] + [
        False
    ] * 4
    assert all((row.height or 0) >= Mm(8) for row in table.rows[3:])  # room to write by hand
    assert abs(sum(cell.width or 0 for cell in table.rows[0].cells) - Mm(165)) < Mm(0.1)


async def test_measures_fonts_and_language() -> None:
    document = await opened(PAPER)
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round((margin or 0) / Mm(1)) for margin in margins] == [20, 20, 30, 15]
    assert round((section.page_width or 0) / Mm(1)) == 210
    font = document.styles["Normal"].font
    assert (font.name, font.size) == ("Times New Roman", Pt(13))
    assert font.element.rPr.rFonts.get(qn("w:eastAsia")) == "Times New Roman"
    styles = document.styles.element.xml
    assert 'w:lang w:val="vi-VN"' in styles
    assert "Theme=" not in styles.split("w:latentStyles")[0]
    title = document.paragraphs[3].runs[0]
    assert (title.bold, title.font.size) == (True, Pt(14))


async def test_pages_are_numbered_from_the_second_on() -> None:
    section = (await opened(PAPER)).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header.is_linked_to_previous


async def test_nobody_and_no_day_is_named_in_the_back_of_the_file() -> None:
    file = await content(PAPER)
    about = Document(BytesIO(file)).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.created) == ("", "", "", None)
    assert (about.title, about.language) == (PAPER.title, "vi-VN")
    with ZipFile(BytesIO(file)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if "app.xml" in name or "thumbnail" in name]
        assert not [name for name in packed.namelist() if b"python-docx" in packed.read(name)]


async def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    evil = "<w:p/> & \x00\x0b\ufffe\ud800 \"'>]]>"
    document = await opened(replace(PAPER, title=evil, blanks=(Blank(label="Tên", value=evil),)))
    assert "Tên: <w:p/> & \"'>]]>" in [paragraph.text.replace("  ", " ") for paragraph in document.paragraphs]
