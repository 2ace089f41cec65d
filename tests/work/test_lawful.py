"""Conditions of sex and age: refused in whatever words and fields they stand, and nothing else is taken for one."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.work.form import NAMES, WrongOfferError, typed_offer
from content.work.lawful import AGE_REFUSED, SEX_REFUSED, demand_lawful_words
from core.work import OfferKind
from tests.work.lists import HEAD, ROW, catalogue, faults, rows

SEX = """
tuyển nữ|tuyen nu duoi 35t|chỉ nữ|chỉ nam|ca đêm, chỉ nam|ca đêm, chỉ nữ|Công nhân may nam|nam giới
nữ giới, khéo tay|Nam bảo vệ|Tuyển nam bảo vệ|Cần 5 nam|tuyển gấp 10 nam phụ hồ|ưu tiên nữ|ưu tiên nam
Ưu tiên lao động nữ|Nữ công nhân may|Nữ|nữ, chịu khó|Giới tính: nam|giới tính nữ|Nam, từ 18 tuổi|Nam khỏe mạnh
nam có bằng lái|Nhân viên bán hàng nữ|thợ may nam|lao động nam|TUYỂN NAM CÔNG NHÂN|TUYỂN NỮ|bảo vệ nam
tài xế (nam)|phục vụ quán (nữ)|Công nhân may (lao động nữ)|không nhận phụ nữ mang thai|chỉ tuyển phụ nữ
ưu tiên phụ nữ|tuyển chị em khéo tay|chỉ nhận đàn ông|tuyen nam bao ve|uu tien nu|chi tuyen nu
Nữ 5 người, nam 3 người|Nữ từ đủ 18 tuổi|nhà trọ cho nữ, ưu tiên nữ dưới 30|là nữ|yêu cầu: nữ|cần tìm nữ phụ bếp
dành cho nam|không cần bằng cấp, nam làm ca đêm
Việt Nam, tuyển nữ|Quần áo xuất khẩu, tuyển nam
"""
AGE = """
Tuổi từ 18 đến 35|tuổi 18-35|tuổi: 18 - 35|độ tuổi 20 - 30|độ tuổi từ 18 tới 40|từ 18 đến 35 tuổi
từ 18 tuổi đến 35 tuổi|18-35 tuổi|18 – 35 tuổi|18t-35t|18-35t|dưới 35 tuổi|không quá 45 tuổi|tối đa 40 tuổi
đến 50 tuổi|dưới 35t|duoi 35 tuoi|tuoi tu 18 den 35|do tuoi 18-40|tuoi duoi 40|tuổi không quá 40|tuổi dưới 40
35 tuổi trở xuống|40 tuổi đổ lại|sinh năm 1990 trở lại|sinh năm 1990 trở lên|sinh từ năm 1985 đến 2005
sinh sau 1990|SN 1990-2005|sn: 1988|người sinh năm 1995|U30|chỉ U40|từ 20 tuổi|trên 25 tuổi|đủ 20 tuổi trở lên
25 tuổi trở lên|tuổi từ 25|tuổi trên 30|< 40 tuổi|dưới ba mươi lăm tuổi|tuổi đời dưới 30
đủ 18 tuổi đến dưới 45 tuổi|từ đủ 18 tuổi, không quá 50 tuổi|18 đến 40t|không nhận người trên 45 tuổi
Từ 18 tuổi đến 60 tuổi
"""
LAWFUL = """
từ 18 tuổi|đủ 15 tuổi trở lên|đủ 18 tuổi|18 tuổi trở lên|trên 18 tuổi|tuổi từ 18|không nhận người dưới 15 tuổi
18+|phụ nữ cũng làm được|nam nữ đều được|nam, nữ|nam/nữ|nữ/nam|nam và nữ|cả nam lẫn nữ|nữ hoặc nam
Nam - nữ, từ 18 tuổi|nam & nữ|không phân biệt nam nữ|Nguyễn Văn Nam|anh Nam 0912 345 678|liên hệ chị Nữ
Trần Thị Nữ|Việt Nam|miền Nam|Quảng Nam|Hà Nam|khu vực phía nam|Nam Định|Nam Trung Bộ|Công ty Hoàng Nam
may đồ nữ|giày nữ|thời trang nam|tóc nữ|cắt tóc nam|nữ trang|quần áo nam|may áo sơ mi nữ|nữ công gia chánh
túi xách nữ|giày dép nam nữ|nhà vệ sinh nam nữ riêng|có phòng riêng cho nữ|ký túc xá nữ|lương 18-35 triệu|35 ca
18-35tr|kinh nghiệm 2 năm|kinh nghiem 2 nam|tuổi nghề từ 10 năm|trong độ tuổi lao động|mọi lứa tuổi
giữ trẻ từ 12 đến 36 tháng tuổi|trông trẻ 10-12 tuổi|chăm cụ bà, cụ 80 tuổi|dạy học sinh 12-15 tuổi
làm 8 giờ, 26 ngày|xe tải dưới 35t|lái xe 15t|hàng 20-25t|tuyển sinh năm 2026|tuyển sinh 2012|vệ sinh 2010 m2
giấy khai sinh|sắt U50|thép U40|kim chỉ nam|Hội Phụ nữ phường|Hội Liên hiệp Phụ nữ|Học viện Phụ nữ Việt Nam
có chế độ cho phụ nữ nuôi con nhỏ|rau tươi 20-30 kg|trên 40 tuổi vẫn nhận|người 60 tuổi cũng làm được
nữ cũng làm được|may hàng Nam Phi|đường Nam Kỳ Khởi Nghĩa|Thôn Nam Hà|năm 2026|lam viec 5 nam|nha may Viet Nam
cong ty Hoang Nam|nam nu deu duoc|tu 18 tuoi|du 18 tuoi tro len|lao dong pho thong|bảo hiểm 100%
"""
FIELDS = ("title", "note", "degree", "papers", "hours", "lodging", "employer", "place", "contact", "priority")


def lines(table: str) -> list[str]:
    return [one for line in table.strip().splitlines() for one in line.split("|")]


def fault_of(text: str, *, names: bool = False) -> str:
    try:
        demand_lawful_words(text, names=names)
    except ValueError as error:
        return {SEX_REFUSED: "sex", AGE_REFUSED: "age"}[str(error)]
    return ""


@pytest.mark.parametrize("text", lines(SEX))
def test_one_sex_is_refused(text: str) -> None:
    assert fault_of(text) == fault_of(unicodedata.normalize("NFD", text)) == "sex"


@pytest.mark.parametrize("text", lines(AGE))
def test_another_age_is_refused(text: str) -> None:
    assert fault_of(text) == fault_of(unicodedata.normalize("NFD", text)) == "age"
    assert fault_of(f"Chăm chỉ; {text}.", names=True) == "age"


@pytest.mark.parametrize("text", lines(LAWFUL))
def test_what_is_lawful_is_taken(text: str) -> None:
    for said in (text, unicodedata.normalize("NFD", text), f"Làm ở xưởng. {text}, có chỗ ở"):
        assert fault_of(said) == fault_of(said, names=True) == ""


@given(st.lists(st.sampled_from(lines(LAWFUL)), min_size=1, max_size=5), st.sampled_from(["NFC", "NFD"]))
def test_lawful_words_together_stay_lawful_however_they_are_written(said: list[str], form: str) -> None:
    assert fault_of(unicodedata.normalize(form, ". ".join(said))) == ""


@given(
    st.lists(st.sampled_from(lines(LAWFUL)), max_size=3),
    st.sampled_from(lines(SEX)),
    st.lists(st.sampled_from(lines(LAWFUL)), max_size=3),
)
def test_a_condition_among_lawful_words_is_refused(before: list[str], asked: str, after: list[str]) -> None:
    if asked.isascii() or asked.isupper():
        before, after = [], []
    assert fault_of(". ".join((*before, asked, *after))) == "sex"


@pytest.mark.parametrize("text", ["tuyển nữ", "(nữ)", "chỉ nam", "ưu tiên nữ dưới 30", "tuổi 18-35", "sinh năm 1990"])
@pytest.mark.parametrize("field", FIELDS)
def test_every_text_of_a_form_is_looked_at(field: str, text: str) -> None:
    told = {"title": "Công nhân may", "occupation": "sewing", "employer": "Công ty X", "place": "phường Đăk Cấm"}
    told |= {"paid": "month", "wage_from": "7tr", "deadline": "30/12/2026", "contact": "0912345678"}
    given_ = {**dict.fromkeys(NAMES, ""), **told, field: f"{told.get(field, '')} {text}".strip()}
    with pytest.raises(WrongOfferError) as caught:
        typed_offer(given_, OfferKind.VACANCY, catalogue().trades, date(2026, 11, 21))
    assert caught.value.faults == {field: "sex" if re.search("nữ|nam", text) and "năm" not in text else "age"}


@pytest.mark.parametrize(
    ("column", "said"),
    [
        *(("Yêu cầu", "Tuổi từ 18 đến 35"), ("Thời gian làm việc", "ca đêm, chỉ nữ"), ("Chỗ ở", "ưu tiên nữ dưới 30")),
        *(("Đơn vị", "Cty X tuyển nữ"), ("Nơi làm việc", "phường Đăk Cấm (nữ)"), ("Liên hệ", "tuyển nam, 0912345678")),
    ],
)
def test_every_text_of_a_list_is_looked_at_and_told_by_its_column(column: str, said: str) -> None:
    if column in HEAD:
        cells = list(ROW)
        cells[HEAD.index(column)] = said
        found = rows(cells)
    else:
        found = rows((*ROW, said), head=(*HEAD, column))
    (told,) = faults(found)
    assert told.startswith(f"2: {column}: ") and told.endswith((SEX_REFUSED, AGE_REFUSED))


def test_a_course_may_be_for_women_where_its_programme_says_so() -> None:
    head = ("Tên lớp", "Cơ sở đào tạo", "Địa điểm", "Khai giảng", "Thời gian học", "Đối tượng")
    row = ("Nấu ăn", "Trường nghề Ba Sao", "nhà văn hóa thôn 3", "15/12", "2 tháng", "phụ nữ, hộ nghèo")
    (course,) = rows(row, head=head).offers
    assert course.priority == "phụ nữ, hộ nghèo"
