"""Numbers, money and dates are written as offices and people in Viet Nam write them."""

# ruff: noqa: E501 - a case is one line of its table

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.formatting import date_text, day_month_text, figure_text, in_words, money_text, phone_text
from content.record import Text
from content.schema import Unit

WORDS = {
    0: "không",
    5: "năm",
    10: "mười",
    15: "mười lăm",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    35: "ba mươi lăm",
    105: "một trăm linh năm",
    110: "một trăm mười",
    1_000: "một nghìn",
    1_005: "một nghìn không trăm linh năm",
    150_000: "một trăm năm mươi nghìn",
    1_100_000: "một triệu một trăm nghìn",
    1_500_000: "một triệu rưỡi",
    2_789_000: "hai triệu bảy trăm tám mươi chín nghìn",
    3_500_000: "ba triệu rưỡi",
    4_005_000: "bốn triệu không trăm linh năm nghìn",
    10_500_000: "mười triệu rưỡi",
    100_000_000: "một trăm triệu",
    100_500_000: "một trăm triệu năm trăm nghìn",
    1_500_000_000: "một tỷ rưỡi",
    10_000_000_000: "mười tỷ",
    2_000_005_000: "hai tỷ không trăm linh năm nghìn",
}


@pytest.mark.parametrize("number", WORDS)
def test_numbers_in_words(number: int) -> None:
    assert in_words(number) == WORDS[number]


def heard(words: str) -> int:
    """Read number words back, by another way than they were made."""
    units = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6}
    units |= {"bảy": 7, "tám": 8, "chín": 9}
    total = group = last = scale = 0
    for word in words.split():
        if word in units:
            last = units[word]
        elif word == "mười":
            group, last = group + 10, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "trăm":
            group, last = group + last * 100, 0
        elif word in {"nghìn", "triệu", "tỷ"}:
            scale = {"nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}[word]
            total, group, last = total + (group + last) * scale, 0, 0
        elif word == "rưỡi":
            total += scale // 2
        else:
            assert word == "linh"
    return total + group + last


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_what_is_said_is_what_was_meant(number: int) -> None:
    assert heard(in_words(number)) == number


@pytest.mark.parametrize("number", [-1, 1_000_000_000_000])
def test_words_have_a_range(number: int) -> None:
    with pytest.raises(ValueError, match="from 0"):
        in_words(number)


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        (Decimal(70), Unit.PERCENT, "70 phần trăm", "70%"),
        (Decimal("6.24"), Unit.PERCENT_YEAR, "6,24% một năm", "6.24% a year"),
        (Decimal(999_999), Unit.VND, "999.999 đồng", "999,999 đồng"),
        (Decimal(1_500_000), Unit.VND_MONTH, "1.500.000 đồng (một triệu rưỡi) một tháng", "1,500,000 đồng a month"),
        (Decimal(50_000), Unit.VND_DAY, "50.000 đồng một ngày", "50,000 đồng a day"),
        (Decimal(700_000), Unit.VND_PERSON_MONTH, "700.000 đồng một người, một tháng", "700,000 đồng per person per month"),
        (Decimal(7), Unit.WORKING_DAYS, "7 ngày làm việc", "7 working days"),
        (Decimal(1), Unit.DAYS, "1 ngày", "1 day"),
        (Decimal(36), Unit.MONTHS, "36 tháng", "36 months"),
        (Decimal(30), Unit.KWH, "30 số điện (kWh)", "30 kWh"),
        (Decimal(8), Unit.SQUARE_METRES, "8 mét vuông", "8 square metres"),
        ("0912000345", Unit.PHONE, "0912 000 345", "0912 000 345"),
        ("12-14", Unit.DAY_MONTH, "14/12", "14 December"),
        (date(2026, 11, 20), Unit.DATE, "20/11/2026", "20 November 2026"),
        (Text(vi="mỗi quý", en="each quarter"), Unit.TEXT, "mỗi quý", "each quarter"),
    ],
)  # fmt: skip
def test_a_figure_with_its_unit(value: Decimal | date | Text | str, unit: Unit, vi: str, en: str) -> None:
    assert (figure_text(value, unit, "vi"), figure_text(value, unit, "en")) == (vi, en)


def test_every_unit_of_a_number_has_words() -> None:
    for unit in set(Unit) - {Unit.PHONE, Unit.DATE, Unit.DAY_MONTH, Unit.TEXT}:
        assert figure_text(Decimal(2), unit, "vi").startswith("2")
    with pytest.raises(TypeError, match="cannot be"):
        figure_text(Decimal(2), Unit.PHONE, "vi")


def test_a_zero_before_days_under_ten_and_the_first_two_months() -> None:
    days = [date(2027, 1, 5), date(2027, 2, 28), date(2027, 7, 5), date(2026, 10, 17)]
    assert [date_text(day, "vi") for day in days] == ["05/01/2027", "28/02/2027", "05/7/2027", "17/10/2026"]
    assert day_month_text("09-01", "vi") == "01/9"


def test_telephone_numbers_come_in_groups() -> None:
    assert [phone_text(one) for one in ("113", "18001096", "0260386212", "02603862123")] == [
        "113", "1800 1096", "0260 386 212", "0260 3862 123",
    ]  # fmt: skip


def test_english_money_needs_no_words() -> None:
    assert money_text(3_500_000, Unit.VND, "en") == "3,500,000 đồng"
