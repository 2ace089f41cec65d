"""Lists of offices: ugly ones are read, and what cannot be read is told with how to mend it."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from content.work import lawful, values
from content.work.sheets import decoded
from core.errors import ChungTayError
from core.work import Offer, OfferKind, Paid, read_offer
from tests.work.lists import HEAD, ROW, TODAY, faults, read, rows, saved, workbook


def only(found: Any) -> Offer:
    assert not found.bad, faults(found)
    (offer,) = found.offers
    return offer


def with_cell(column: str, said: Any) -> Any:
    """The usual row with something else in one of its columns, or in one more."""
    if column in HEAD:
        cells = list(ROW)
        cells[HEAD.index(column)] = said
        return rows(cells)
    return rows((*ROW, said), head=(*HEAD, column))


def test_a_plain_list_is_read() -> None:
    offer = only(rows(ROW))
    assert (offer.kind, offer.title, offer.occupation) == (OfferKind.VACANCY, "Công nhân may", "sewing")
    assert (offer.employer, offer.place, offer.away) == ("Công ty May Sao Mai", "phường Đăk Cấm", False)
    assert (offer.wage_from, offer.wage_to, offer.paid) == (7_000_000, 9_000_000, Paid.MONTH)
    assert (offer.seats, offer.deadline) == (20, date(2026, 11, 30))
    assert read_offer(offer.plain()) == offer


def test_titles_merged_cells_two_rows_of_heads_and_a_total() -> None:
    book = workbook(
        ["TRUNG TÂM DỊCH VỤ VIỆC LÀM TỈNH"],
        ["DANH SÁCH TUYỂN DỤNG THÁNG 11/2026"],
        [],
        ["STT", "Tên doanh nghiệp", "Vị trí việc làm", "Nơi làm việc", "SL", "Lương (triệu đồng)", None, "Hạn nộp"],
        [None, None, None, None, None, "Từ", "Đến", None],
        [1, 2, 3, 4, 5, 6, 7, 8],
        ["I. Trong phường"] * 8,
        [1, "Công ty Sao Mai", "Công nhân may", "Đăk Cấm", 20, 7, 9, date(2026, 11, 30)],
        [2, None, "Phụ bếp", "Đăk Cấm", 2, "5,5", 6, 46356],
        ["Tổng cộng", None, None, None, 22, None, None, None],
        ["Người lập biểu", None, None, None, None, None, None, None],
        merged=("A1:H1", "A2:H2", "F4:G4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "H4:H5", "A7:H7", "B8:B9"),
    )  # fmt: skip
    found = read(saved(book))
    assert faults(found) == [] and found.unread == ()
    sewing, kitchen = found.offers
    assert (sewing.wage_from, sewing.wage_to, sewing.deadline) == (7_000_000, 9_000_000, date(2026, 11, 30))
    assert (kitchen.employer, kitchen.occupation) == ("Công ty Sao Mai", "kitchen-help")
    assert (kitchen.wage_from, kitchen.wage_to, kitchen.deadline) == (5_500_000, 6_000_000, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("head", "ends", "cells"),
    [
        ("Lương", ("Từ (tr)", "Đến (tr)"), (7, "9,5")),
        ("Mức lương/tháng", ("Từ (nghìn)", "Đến (nghìn)"), ("7.000", 9500)),
        ("Lương", ("Từ (k)", "Tới (k)"), (7000, 9500)),
        ("Lương (triệu đồng)", ("Từ", "Đến"), (7, "9,5")),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_wages_below_two_rows_of_heads(head: str, ends: tuple[str, str], cells: tuple[Any, Any], merged: bool) -> None:
    upper = ["Vị trí việc làm", "Đơn vị", "Nơi làm việc", head, None, "Hạn nộp"]
    book = workbook(upper, [None, None, None, *ends, None], [*ROW[:3], *cells, "30/11/2026"])
    if merged:
        book.active.merge_cells("D1:E1")
    offer = only(read(saved(book)))
    assert (offer.wage_from, offer.wage_to, offer.paid) == (7_000_000, 9_500_000, Paid.MONTH)


def test_faults_name_columns_in_vietnamese() -> None:
    upper = ["Vị trí việc làm", "Đơn vị", "Nơi làm việc", "Lương", None, "Hạn nộp"]
    book = workbook(upper, [None, None, None, "Từ (tr)", "Đến", None], [*ROW[:3], "bảy", "chín", "30/11/2026"])
    (told,) = faults(read(saved(book)))
    assert told.startswith("3: Lương Từ (tr) – Lương Đến: không đọc được “bảy”")
    (told,) = faults(rows(ROW[:2], head=(*HEAD[:2], "Mức lương")))
    assert "nơi làm việc: trống" in told and "hạn: trống" in told


def test_what_is_hidden_is_left_aside() -> None:
    book = workbook((*HEAD, "Lương"), (*ROW, "1-2tr"), ("Bảo vệ", *ROW[1:], "3tr"))
    page = book.active
    page.row_dimensions[3].hidden = True
    page.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("nháp")
    hidden.append(list(HEAD))
    hidden.append(list(ROW))
    hidden.sheet_state = "hidden"
    assert only(read(saved(book))).wage_from == 1_000_000


def test_two_sheets_one_of_courses() -> None:
    book = workbook(HEAD, ROW)
    page = book.create_sheet("Lớp nghề")
    page.append(["Tên lớp", "Cơ sở đào tạo", "Địa điểm", "Khai giảng", "Thời gian học", "Hỗ trợ", "Đối tượng", "Sĩ số"])
    page.append(["Nấu ăn", "Trường nghề Ba Sao", "nhà văn hóa thôn 3", "15/12", "2 tháng", "tiền ăn", "hộ nghèo", 25])
    vacancy, course = read(saved(book)).offers
    assert (vacancy.kind, course.kind) == (OfferKind.VACANCY, OfferKind.COURSE)
    assert (course.opens, course.deadline, course.length) == (date(2026, 12, 15), date(2026, 12, 15), "2 tháng")
    assert (course.occupation, course.priority, course.seats) == ("cook", "hộ nghèo", 25)


@pytest.mark.parametrize(
    ("said", "least", "most", "paid"),
    [
        ("7-9tr", 7_000_000, 9_000_000, Paid.MONTH),
        ("8.000.000đ/tháng", 8_000_000, 8_000_000, Paid.MONTH),
        ("250k/ngày", 250_000, 250_000, Paid.DAY),
        ("300.000/ngày", 300_000, 300_000, Paid.DAY),
        ("350.000 - 400.000 đ/công", 350_000, 400_000, Paid.DAY),
        ("25k/giờ", 25_000, 25_000, Paid.HOUR),
        ("4.500đ/kg", 4_500, 4_500, Paid.PIECE),
        ("từ 7 đến 9 triệu", 7_000_000, 9_000_000, Paid.MONTH),
        ("trên 8 triệu", 8_000_000, None, Paid.MONTH),
        ("đến 12 triệu", None, 12_000_000, Paid.MONTH),
        ("7tr5-9tr", 7_500_000, 9_000_000, Paid.MONTH),
        ("thỏa thuận", None, None, Paid.AGREED),
        ("Thoả thuận", None, None, Paid.AGREED),
        ("", None, None, Paid.AGREED),
    ],
)
def test_wages(said: str, least: int | None, most: int | None, paid: Paid) -> None:
    assert values.wage(said) == values.Wage(least, most, paid)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("cao", "không đọc được “cao”; ghi như: 7-9 triệu/tháng"),
        ("250k", "là một ngày, một giờ hay một sản phẩm? Ghi rõ, như: 250k/ngày"),
        ("9-7tr", "số trước lớn hơn số sau"),
        ("80.000.000đ/ngày", "thừa hay thiếu số 0"),
    ],
)
def test_wages_that_cannot_be_read(said: str, told: str) -> None:
    (fault,) = faults(with_cell("Mức lương", said))
    assert fault.startswith("2: Mức lương: ") and told in fault


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("30/11", date(2026, 11, 30)),
        ("15/01", date(2027, 1, 15)),
        ("hết tháng 11/2026", date(2026, 11, 30)),
        ("trước 15/12", date(2026, 12, 15)),
        ("2026-12-31", date(2026, 12, 31)),
        ("46356", date(2026, 11, 30)),
        ("đến khi đủ người", date(2027, 1, 20)),
        ("Liên tục", date(2027, 1, 20)),
    ],
)
def test_last_days(said: str, day: date) -> None:
    assert values.last_day(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "told"), [("", "trống; ghi ngày cuối"), ("sớm", "không đọc"), ("1/11/2026", "đã qua")]
)
def test_last_days_that_cannot_be_taken(said: str, told: str) -> None:
    (fault,) = faults(with_cell("Hạn nộp", said))
    assert fault.startswith("2: Hạn nộp: ") and told in fault


@pytest.mark.parametrize("said", ["Nam/Nữ", "nam, nữ", "Nam hoặc nữ", "Không yêu cầu", "", "không phân biệt"])
def test_both_sexes_may_be_said(said: str) -> None:
    assert only(with_cell("Giới tính", said))


@pytest.mark.parametrize(
    ("column", "said"),
    [
        *(("Giới tính", one) for one in ("Nam", "nữ", "ưu tiên nam")),
        *(("Vị trí việc làm", one) for one in ("Nữ công nhân may", "Tuyển nam bảo vệ", "Công nhân may (lao động nữ)")),
        ("Yêu cầu", "chỉ nhận nữ, chịu khó"),
        *(("Yêu cầu", one) for one in ("Nam, dưới 45t", "khỏe; nam từ 18 đến 40", "3 nam", "Yêu cầu: nam")),
    ],
)
def test_one_sex_may_not(column: str, said: str) -> None:
    (fault,) = faults(with_cell(column, said))
    assert fault == f"2: {column}: {lawful.SEX_REFUSED}"


@pytest.mark.parametrize(
    "said",
    [
        "Công nhân may ở Quảng Nam",
        "Công nhân may, kinh nghiệm 2 năm",
        "Công nhân may (Nam Định)",
        "Công nhân may nam/nữ",
    ],
)
def test_other_words_are_no_sex(said: str) -> None:
    assert only(with_cell("Vị trí việc làm", said)).title == said


@pytest.mark.parametrize(("said", "age"), [("Đủ 18 tuổi trở lên", 18), ("từ 15 tuổi", 15), ("18+", 18), ("", None)])
def test_ages_from_which_people_may_work(said: str, age: int | None) -> None:
    assert only(with_cell("Độ tuổi", said)).age_from == age


@pytest.mark.parametrize(
    ("column", "said"),
    [
        *(("Độ tuổi", one) for one in ("18-35", "dưới 40 tuổi", "từ 25 tuổi", "trẻ")),
        *(("Yêu cầu", one) for one in ("không quá 45 tuổi", "dưới 45t", "tuổi 18 - 40", "18-40 tuổi")),
    ],
)
def test_other_ages_may_not_be_asked_for(column: str, said: str) -> None:
    (fault,) = faults(with_cell(column, said))
    assert fault == f"2: {column}: {lawful.AGE_REFUSED}"


@pytest.mark.parametrize("said", ["xe tải 15-20t, có bằng", "Nam, 0912 345 678", "đủ tuổi 18, 20 người"])
def test_tons_are_no_years_and_a_name_is_no_sex(said: str) -> None:
    assert only(with_cell("Yêu cầu", said)).note == said


@pytest.mark.parametrize(
    ("said", "degree", "none_asked"),
    [("Không yêu cầu", "", True), ("LĐPT", "", True), ("Trung cấp", "Trung cấp", False), ("", "", False)],
)
def test_that_no_degree_is_asked_for_is_told_only_where_it_is_said(said: str, degree: str, none_asked: bool) -> None:
    offer = only(with_cell("Trình độ", said))
    assert (offer.degree, offer.no_degree) == (degree, none_asked) and read_offer(offer.plain()) == offer


def test_health_needs_its_document() -> None:
    (fault,) = faults(with_cell("Sức khỏe", "loại 2"))
    assert fault == f"2: Sức khỏe: {lawful.HEALTH_REFUSED}"
    head, row = (*HEAD, "Sức khỏe", "Căn cứ"), (*ROW, "loại 2", "Thông tư của Bộ, Điều 5")
    assert only(rows(row, head=head)).basis == "Thông tư của Bộ, Điều 5"


@pytest.mark.parametrize("typed", [912345678, "9.12345678E+08", "0912.345.678", "+84 912 345 678"])
def test_telephones_as_spreadsheets_spoil_them(typed: Any) -> None:
    assert only(with_cell("SĐT", typed)).contact == "0912 345 678"


def test_a_telephone_that_is_cut_off() -> None:
    (fault,) = faults(with_cell("SĐT", "9.12E+08"))
    assert fault == "2: SĐT: “9.12E+08” không phải một số điện thoại; ghi một số, như: 0912 345 678"


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    found = rows(ROW, ("Việc lạ lắm", "", "phường Đăk Cấm", "cao", "vài", "hôm nào"), ROW)
    (fault,) = faults(found)
    assert fault.startswith("3: ") and len(found.offers) == 2
    for head in ("Đơn vị: trống", "nghề: không nhận ra nghề “Việc lạ lắm”", "Mức lương:", "Số lượng:", "Hạn nộp:"):
        assert head in fault


def test_letters_taken_apart_and_windows_1258() -> None:
    text = "\n".join(";".join(one) for one in (("Danh sách",), HEAD, ROW))
    apart = unicodedata.normalize("NFD", text)
    assert only(read(apart.encode("utf-8"))).employer == "Công ty May Sao Mai"
    # Windows-1258 has the letters with their hats, and the marks of tones by themselves.
    typed = "".join(_with_its_hat(one) for one in text)
    raw = typed.encode("cp1258")
    assert decoded(raw) == text and only(read(raw, "tin.csv")).title == "Công nhân may"


def _with_its_hat(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    tones = "".join(one for one in apart if one in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(one for one in apart if one not in tones)) + tones


@pytest.mark.parametrize(("letters", "where"), [("C«ng nh©n may", "TCVN3"), ("Coâng nhaân may", "VNI")])
def test_old_fonts_are_told(letters: str, where: str) -> None:
    (fault,) = faults(with_cell("Ghi chú", letters))
    assert fault == "2: Ghi chú: viết bằng bảng mã cũ (TCVN3 hay VNI); chuyển sang Unicode", where
    with pytest.raises(ChungTayError, match="bảng mã cũ"):
        read(saved(workbook([letters, "§¬n vÞ", "N¬i lµm viÖc"], ["a", "b", "c"])))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"PK\x03\x04 broken", "no workbook"),
        (b"\xd0\xcf\x11\xe0", "Excel 97-2003"),
        (b"", "không có dòng tên cột"),
        (b"a;b;c\n1;2;3", "không có dòng tên cột"),
    ],
)
def test_files_that_are_no_list(raw: bytes, told: str) -> None:
    with pytest.raises(ChungTayError, match=told):
        read(raw)


@pytest.mark.parametrize(
    ("place", "away"),
    [("Khu công nghiệp, tỉnh Bình Dương", True), ("TP Hồ Chí Minh", True), ("tỉnh Quảng Ngãi", False),
     ("phường Đăk Cấm, tỉnh Kon Tum", False), ("thôn 5", False)],
)  # fmt: skip
def test_what_is_far_away_is_known_by_its_name(place: str, away: bool) -> None:
    assert only(with_cell("Nơi làm việc", place)).away is away


def test_coordinates_are_taken_only_within_the_country() -> None:
    head = (*HEAD, "Vĩ độ", "Kinh độ")
    found = only(rows((*ROW, "14,35", "108.0"), head=head))
    assert (found.latitude, found.longitude) == (14.35, 108.0)
    (fault,) = faults(rows((*ROW, "48.8", "2.3"), head=head))
    assert "không phải tọa độ ở Việt Nam" in fault


def test_a_cell_like_a_formula_is_not_taken() -> None:
    text = "\n".join(";".join(one) for one in ((*HEAD, "Ghi chú"), (*ROW, "=HYPERLINK(1)")))
    (fault,) = faults(read(text.encode(), "tin.csv"))
    assert "bắt đầu bằng “=”" in fault
