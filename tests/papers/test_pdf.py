"""Papers as PDF, read back as another program would: every letter, every value, nothing about who made it."""

import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.papers import TypesetPapers
from core.papers import Blank, FileKind, Paper, PaperTable

HEAD = ("Số thứ tự", "Họ và tên", "Giới tính", "Ngày tháng năm sinh", "Quan hệ với chủ hộ", "Tình trạng")
HOSTILE = '#panic("x") *a* _b_ $c$ \\ @d <e> `f` ~ -- // /* #sys.inputs'
REQUEST = Paper(
    title="GIẤY ĐỀ NGHỊ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO",
    national=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    form="Mẫu số 01",
    to="Kính gửi: Ủy ban nhân dân phường Đăk Cấm",
    blanks=(
        Blank(label="Họ và tên chủ hộ", value="Nguyễn Thị Hường"),
        Blank(label="Số căn cước công dân"),
        Blank(label="Diện hộ hiện nay:", value="Hộ cận nghèo"),
    ),
    table=PaperTable(
        title="Thành viên của hộ",
        head=HEAD,
        rows=(("1", "Nguyễn Thị Hường", "Nữ", "12/05/1980", "Chủ hộ", "Đang làm việc"), ("2", "Y Brơi Niê Kđăm")),
        shares=(1, 4, 1, 2, 2, 3),
        spare=2,
    ),
    closing=("Gia đình cam đoan những điều trên là đúng.", Blank(label="Lý do khác")),
    dated="Đăk Cấm, ngày ..... tháng ..... năm 2026",
    signed=("ĐẠI DIỆN HỘ GIA ĐÌNH", "(Ký, ghi rõ họ tên)", "Nguyễn Thị Hường"),
    footer="Phường là nơi quyết định.",
)


async def made(paper: Paper) -> PdfReader:
    (file,) = await TypesetPapers().paper(paper, "giay", [FileKind.PDF])
    return PdfReader(BytesIO(file.content))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in texts_of(part)]
    return [text for name in getattr(value, "__slots__", ()) for text in texts_of(getattr(value, name))]


async def test_every_text_is_there_letter_by_letter() -> None:
    read = text_of(await made(REQUEST))
    assert read == unicodedata.normalize("NFC", read)
    assert [text for text in texts_of(REQUEST) if text not in read] == []


async def test_all_vietnamese_letters_are_in_the_font() -> None:
    letters = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ĂăÂâĐđÊêÔôƠơƯưÀÁÃàáãÈÉèéÌÍĨìíĩÒÓÕòóõÙÚŨùúũÝý–“”…₫"
    letters += "ƀČčĔĕĬĭÑñŎŏŬŭ"  # and those of the languages of the highlands
    read = text_of(await made(Paper(title="Chữ", blanks=(Blank(label="Chữ", value=" ".join(letters)),))))
    assert " ".join(letters) in read


async def test_decomposed_letters_are_composed() -> None:
    title = unicodedata.normalize("NFD", "Hộ nghèo ở Đăk Cấm")
    assert "Hộ nghèo ở Đăk Cấm" in text_of(await made(Paper(title=title)))


async def test_markup_is_printed_as_it_stands() -> None:
    paper = replace(
        REQUEST,
        title=HOSTILE,
        blanks=(Blank(label=HOSTILE, value=HOSTILE),),
        closing=(HOSTILE,),
        signed=(HOSTILE, HOSTILE, HOSTILE),
        footer=HOSTILE,
    )
    assert text_of(await made(paper)).count(HOSTILE) == 8


async def test_a_value_brings_no_line_of_its_own_and_no_unseen_sign() -> None:
    blank = Blank(label="Họ và tên", value="An\nKết quả: hộ nghèo\u202e\x00\ufffe")
    lines = (await made(Paper(title="Giấy", blanks=(blank,)))).pages[0].extract_text().splitlines()
    assert "Họ và tên: An Kết quả: hộ nghèo" in [line.strip() for line in lines]


async def test_an_empty_form_has_dots_behind_every_label() -> None:
    empty = replace(REQUEST, blanks=tuple(replace(blank, value="") for blank in REQUEST.blanks))
    read = text_of(await made(empty))
    for label in ("Họ và tên chủ hộ", "Số căn cước công dân", "Diện hộ hiện nay", "Lý do khác"):
        assert re.search(rf"{label}: ?\.{{30,}}", read), label


async def test_a_filled_line_has_no_dots() -> None:
    read = text_of(await made(Paper(title="Giấy", blanks=(Blank(label="Họ và tên", value="An"),))))
    assert "Họ và tên: An" in read
    assert ".." not in read


@pytest.mark.thorough
async def test_forty_members_fill_several_pages_under_the_same_head() -> None:
    rows = tuple((str(at), f"Nguyễn Văn {at}", "Nam", "01/01/1980", "Con", "Đi học") for at in range(1, 41))
    reader = await made(replace(REQUEST, table=PaperTable(title="", head=HEAD, rows=rows, shares=(1, 4, 1, 2, 2, 3))))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
    assert len(pages) >= 2
    for at, page in enumerate(pages, 1):
        assert ("Quan hệ với chủ hộ" in page) == ("Nguyễn Văn" in page)
        assert page.startswith(f"{at} ") == (at > 1)
        assert REQUEST.footer in page
    assert [row[1] for row in rows if f"{row[1]} Nam" not in " ".join(pages)] == []


async def test_long_words_stay_on_the_paper() -> None:
    long = "W" * 300
    paper = replace(REQUEST, blanks=(Blank(label="Tên", value=long),), table=PaperTable(title="", head=(long, "B")))
    reader = await made(paper)
    right: list[float] = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: right.append(tm[4]))
    read = "".join(page.extract_text() for page in reader.pages)
    assert re.sub(r"[\s\u200b]", "", read).count("W" * 300) == 2
    assert max(right) < 580  # points, of 595


async def test_a_cell_longer_than_a_page_goes_on_upon_the_next() -> None:
    words = " ".join(f"từ{at}" for at in range(2000))
    read = text_of(await made(Paper(title="Giấy", table=PaperTable(title="", head=("A", "B"), rows=((words, "b"),)))))
    assert [at for at in range(2000) if f"từ{at} " not in read + " "] == []


async def test_it_says_its_language_and_title_but_not_who_and_when() -> None:
    reader = await made(REQUEST)
    assert set(reader.metadata or {}) == {"/Title", "/Creator"}
    assert str(reader.root_object["/Lang"]) == "vi-VN"
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)
