"""Posters, printed by one program and read by others: one sheet, every word, and codes that a phone can read."""

import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from bot.papers.cleaning import cleaned
from bot.papers.typeset import poster_pdf
from core.papers import Poster, PosterCode

pytestmark = pytest.mark.thorough

ZALO = PosterCode(name="Zalo", link="https://zalo.me/388613280878808645", shown="zalo.me/388613280878808645")
WEB = PosterCode(
    name="Trang web", link="https://chungtay.example.vn/?at=dak-cam", shown="chungtay.example.vn/?at=dak-cam"
)
TELEGRAM = PosterCode(
    name="Telegram",
    link="https://t.me/chungtay_dakcam_bot?start=dak-cam",
    shown="t.me/chungtay_dakcam_bot?start=dak-cam",
    lines=("Nhắn trước: Đăk Cấm", "Rồi nhắn: Thôn 3"),
)
POSTER = Poster(
    office="Ủy ban nhân dân phường Đăk Cấm",
    place="Thôn 3",
    heading=("Có việc khó,", "cứ hỏi."),
    main=("Hỏi không mất tiền.", "Không cần mật khẩu."),
    lines=("Hỏi về hỗ trợ, việc làm, học nghề, bảo hiểm, vay vốn.",),
    codes=(ZALO, WEB),
    after=("Nhắn trước: Thôn 3",),
    hint="Không quét được thì gõ địa chỉ ghi dưới mã.",
    phone=("Gọi: 0260 3862 123", "Phòng Văn hóa - Xã hội phường"),
    footer=("“Cả nước chung tay vì người nghèo”", "In ngày 21/11/2026."),
)
# Whatever stacks marks, and a word that is wider than a sheet.
LONG = "Tổ dân phố Ắ Ằ Ẵ Ặ Ế Ễ Ệ Ố Ỗ Ộ Ớ Ỡ Ợ Ứ Ữ Ự Ỷ Ỵ Đ đ Kon Rờ Bàng – Nguyễn Thị Minh Khai số 17 kéo dài thêm nữa"
DOTS_A_MM = 4  # of the picture that is read: about 100 dots an inch, a poor printer and a poor camera


def printed(poster: Poster) -> bytes:
    return poster_pdf(cleaned(poster))


def words_of(pdf: bytes) -> str:
    """The text of the only sheet, without the places where a long word may break."""
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)
    return re.sub(r"\s+", " ", reader.pages[0].extract_text().replace("\u200b", ""))


def squares(pdf: bytes) -> list[zxingcpp.Barcode]:
    """The codes as they are found in the sheet's picture, from the left."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=DOTS_A_MM * 25.4 / 72).to_numpy().copy()
    return sorted(zxingcpp.read_barcodes(picture), key=lambda one: one.position.top_left.x)


def millimetres(square: zxingcpp.Barcode) -> float:
    return (square.position.top_right.x - square.position.top_left.x) / DOTS_A_MM


@pytest.mark.parametrize("codes", [(ZALO,), (ZALO, WEB), (ZALO, WEB, TELEGRAM)])
@pytest.mark.parametrize("place", ["", "Thôn 3", LONG, "W" * 90])
def test_every_word_is_on_one_sheet_and_every_code_leads_where_it_says(
    codes: tuple[PosterCode, ...], place: str
) -> None:
    poster = replace(POSTER, codes=codes, place=place, after=(f"Nhắn trước: {place or 'Đăk Cấm'}",))
    pdf = printed(poster)
    read, found = words_of(pdf), squares(pdf)
    own = (poster.office, *poster.heading, *poster.main, *poster.lines, poster.hint, *(poster.phone or ()))
    below = [text for code in codes for text in (code.name, *code.lines)]
    assert [text for text in (*own, *poster.footer, *below) if text not in read] == []
    tight = read.replace(" ", "")
    assert tight.count(place.replace(" ", "")) >= 2
    assert [code.shown for code in codes if code.shown not in tight] == []
    assert [one.text for one in found] == [code.link for code in codes]
    assert [round(one.orientation) for one in found] == [0] * len(codes)
    assert all(millimetres(one) >= 40 for one in found)


def test_a_code_survives_dirt_on_a_part_of_it() -> None:
    with pypdfium2.PdfDocument(printed(replace(POSTER, codes=(ZALO,)))) as document:
        picture = document[0].render(scale=DOTS_A_MM * 25.4 / 72).to_numpy().copy()
    (whole,) = zxingcpp.read_barcodes(picture)
    corner, side = whole.position.bottom_right, millimetres(whole) * DOTS_A_MM
    tenth = round(side * 0.28)  # a square of this side is a twelfth of the code
    picture[corner.y - tenth : corner.y, corner.x - tenth : corner.x] = 128
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [ZALO.link]


def test_nothing_is_over_the_edge_of_the_sheet() -> None:
    poster = replace(POSTER, office=LONG, place="W" * 90, codes=(ZALO, WEB, TELEGRAM), after=("W" * 200,))
    with pypdfium2.PdfDocument(printed(poster)) as document:
        picture = document[0].render(scale=1).to_numpy()
    border = round(14 / 25.4 * 72)  # the margin is 15 mm; a letter may lean out a little
    assert all((part == 255).all() for part in (picture[:border], picture[-border:]))
    assert all((part == 255).all() for part in (picture[:, :border], picture[:, -border:]))


def test_texts_are_never_markup() -> None:
    hostile = '#panic("x") *a* _b_ $c$ \\ @d <e>'
    poster = replace(POSTER, office=hostile, place=hostile, heading=(hostile,), hint=hostile)
    assert words_of(printed(poster)).count(hostile) == 4


def test_the_same_poster_is_the_same_file_and_says_nothing_of_who_made_it() -> None:
    first = printed(POSTER)
    assert first == printed(POSTER)
    reader = PdfReader(BytesIO(first))
    assert set(reader.metadata or {}) == {"/Title", "/Creator"}
    assert (reader.metadata or {})["/Title"] == "Ủy ban nhân dân phường Đăk Cấm, Thôn 3"
