"""Spoken numbers, money, ages and days: what is read comes back, and nothing is raised on any text."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import Days, ages, amounts, dates, fold
from core.text.numerals import number
from core.text.tokens import LOOKED_AT, tokens
from tests.support.examples import examples

WRITTEN = date(2026, 9, 15)
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))


def in_words(value: int) -> str:
    """A number as it is read aloud, with every empty group between named."""
    said, begun = [], False
    for scale, name in SCALES:
        group, value = divmod(value, scale)
        if group or (begun and value):
            said += [*(group_in_words(group, whole=begun) if group else ["không"]), name]
        begun = begun or group > 0
    if value or not begun:
        said += group_in_words(value, whole=begun)
    return " ".join(said)


def group_in_words(value: int, *, whole: bool) -> list[str]:
    """Up to 999; `whole` names the hundreds even where there are none."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = [DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens == 0 and ones:
        said += ["linh"] if said else []
    elif tens:
        said += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones:
        last = {1: "mốt", 4: "tư", 5: "lăm"} if tens > 1 else {5: "lăm"} if tens else {}
        said.append(last.get(ones, DIGITS[ones]))
    return said or ["không"]


def without_marks(text: str) -> str:
    signs = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def read(text: str) -> int | None:
    found = tokens(text)
    said = number(found, 0)
    return int(said.value) if said and said.end == len(found) else None


@given(st.one_of(st.integers(1, 2000), st.integers(1, 10**12 - 1)))
@settings(max_examples=examples(300), deadline=None)
def test_a_number_read_aloud_is_read_back(value: int) -> None:
    assert read(in_words(value)) == value
    assert read(without_marks(in_words(value))) == value
    assert read(unicodedata.normalize("NFD", in_words(value)).upper()) == value


@given(st.integers(1000, 10**12 - 1))
@settings(max_examples=examples(300), deadline=None)
def test_money_read_aloud_is_found_where_it_stands(value: int) -> None:
    said = f"{in_words(value)} đồng"
    (found,) = amounts(f"Nhà tôi vay {said}, được không ạ?")
    assert found.dong == value
    assert (found.start, found.end) == (12, 12 + len(said))


@given(st.integers(1, 999), st.sampled_from(["triệu", "trieu", "tr", " tr", "TR", "trđ"]))
def test_millions(value: int, unit: str) -> None:
    gap = "" if unit.startswith((" ", "tr", "TR")) and unit not in ("triệu", "trieu") else " "
    assert [amount.dong for amount in amounts(f"lương {value}{gap}{unit}.")] == [value * 10**6]


@given(st.integers(1, 10**9), st.sampled_from([".", ","]))
def test_groups_of_three(value: int, between: str) -> None:
    text = f"{value * 1000:,}".replace(",", between)
    expected = [value * 1000] if value >= 10 else []
    assert [amount.dong for amount in amounts(f"nợ {text}")] == expected
    assert [amount.dong for amount in amounts(f"nợ {text} đồng")] == [value * 1000]


@given(st.integers(1, 120))
def test_ages_in_figures_and_words(years: int) -> None:
    for text in (f"bà {years} tuổi", f"bà {in_words(years)} tuổi", f"nguoi {without_marks(in_words(years))} tuoi"):
        assert [age.count for age in ages(text)] == [years]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_full_date_needs_no_day_of_writing(day: date) -> None:
    forms = (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d.%m.%Y}")
    spoken = f"ngày {in_words(day.day)} tháng {in_words(day.month)} năm {day.year}"
    for text in (*forms, spoken, f"ngay {day.day} thang {day.month} nam {day.year}"):
        (found,) = dates(text, on=WRITTEN)
        assert isinstance(found, Days)
        assert (found.first, found.last) == (day, day)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_day_without_a_year_is_at_most_half_a_year_away(day: date, written: date) -> None:
    for found in dates(f"{day.day}/{day.month}", on=written):
        assert isinstance(found, Days)
        assert (day.month, day.day) == (2, 29) or abs((found.first - written).days) <= 183


SAID = (
    *(
        "hai",
        "năm",
        "nam",
        "mươi",
        "trăm",
        "nghìn",
        "triệu",
        "tỷ",
        "rưỡi",
        "linh",
        "mốt",
        "nửa",
        "chục",
        "k",
        "tr",
        "đ",
    ),
    *("đồng", "củ", "lít", "vay", "tuổi", "tháng", "tuần", "ngày", "mai", "thứ", "cuối", "mùng", "rằm", "tết", "sinh"),
    *("lên", "con", "mấy", "sau", "trước", "nữa", "từ", "đến", "/", "-", ".", ",", "5", "15", "2026", "1.500.000", "0"),
    *("9999", "99999999999999999999999", "٤٥", "１２", "\u0301", "\u200b", "quý", "sn", "52", "âm", "2tr5", "t"),
)
anything = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(SAID), max_size=14).map(" ".join),
    st.lists(st.sampled_from(SAID)).map("".join),
)


@given(anything, st.dates())
@settings(max_examples=examples(500), deadline=None)
def test_nothing_is_raised_and_all_stands_in_the_text(text: str, on: date) -> None:
    for found in (*amounts(text), *ages(text, on=on), *dates(text, on=on)):
        assert 0 <= found.start < found.end <= len(text)
    for amount in amounts(text):
        assert 0 <= amount.dong <= 10**15
    for age in ages(text, on=on):
        assert 0 <= age.count <= 130
    for days in dates(text, on=on):
        assert not isinstance(days, Days) or days.first <= days.last


@given(anything)
@settings(max_examples=examples(300), deadline=None)
def test_what_is_found_does_not_overlap(text: str) -> None:
    for found in (amounts(text), ages(text, on=WRITTEN), dates(text, on=WRITTEN)):
        assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece", ["7", "hai trăm ", "1.000.", "15/", "năm ", "2tr5 ", "triệu ", "\u0301", "con 3 tháng "]
)
def test_a_flood_is_read_in_part(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    assert all(token.end <= LOOKED_AT for token in tokens(text))
    amounts(text), ages(text, on=WRITTEN), dates(text, on=WRITTEN)


def test_folding_does_not_change_what_money_is_meant() -> None:
    for text in ("vay hai triệu rưỡi", "mất 500k", "lương 3 triệu 2"):
        assert [one.dong for one in amounts(fold(text))] == [one.dong for one in amounts(text)]
