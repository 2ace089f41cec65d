"""What only holds somebody back from work is no danger; with a danger beside it it excuses nothing."""

import pytest

from content.understanding import Decision, Understanding
from content.understanding.circumstances import nothing_else
from core.text import fold

HELD_BACK = (
    "con nhỏ, không có xe",
    "không có xe",
    "Con nhỏ, chưa có xe máy",
    "em có hai con nhỏ, không đi xa được",
    "nuôi con nhỏ, không có xe đi làm",
    "con nho, ko co xe",
    "không làm nặng được, con còn nhỏ",
    "chưa biết chạy xe, con nhỏ dưới 3 tuổi",
)
CALLS = ("em ơi", "toi", "tôi", "em", "con em", "em a", "chi oi")
DANGERS = (
    "em ơi chồng em đánh em",
    "em oi em muon chet",
    "con nhỏ sốt cao không có xe đi viện",
    "con nhỏ co giật, không có xe",
    "con nhỏ tím tái, không có xe",
    "con nhỏ, không có tiền, không có gạo",
    "con nhỏ không có xe đưa đi cấp cứu",
    "chồng đánh, con nhỏ, không có xe",
    "con nhỏ rơi xuống giếng, không có xe",
)


@pytest.mark.parametrize("text", HELD_BACK)
def test_what_holds_somebody_back_is_no_danger(understanding: Understanding, text: str) -> None:
    assert nothing_else(fold(text)) and understanding.read(text).decision is not Decision.DANGER


@pytest.mark.parametrize(
    "text", ["khong tim nua", "ko tim nua", "không tìm nữa", "toi ko can tim nua", "thôi khỏi", "k tim viec nua"]
)
def test_who_looks_for_nothing_any_more_is_in_no_danger(understanding: Understanding, text: str) -> None:
    assert understanding.read(text).decision is not Decision.DANGER


@pytest.mark.parametrize(
    "text", ["em khong biet lam nghe gi", "em ko biet hoc nghe gi bay gio", "chưa biết chọn nghề nào"]
)
def test_who_does_not_know_what_trade_to_choose_is_in_no_danger(understanding: Understanding, text: str) -> None:
    assert nothing_else(fold(text)) and understanding.read(text).decision is not Decision.DANGER


@pytest.mark.parametrize("text", ["em chán sống không biết làm nghề gì nữa", "khong biet lam nghe gi, chi muon chet"])
def test_despair_beside_it_is_heard(understanding: Understanding, text: str) -> None:
    assert not nothing_else(fold(text)) and understanding.read(text).decision is Decision.DANGER


@pytest.mark.parametrize(
    "text", ["ong noi tim khong dap nua", "khong tim duoc duong ve, lu cuon nha", "tim tai khong tho nua"]
)
def test_a_heart_that_stands_still_is_heard(understanding: Understanding, text: str) -> None:
    assert not nothing_else(fold(text)) and understanding.read(text).decision is Decision.DANGER


@pytest.mark.parametrize("text", DANGERS)
def test_a_danger_beside_it_is_heard(understanding: Understanding, text: str) -> None:
    assert not nothing_else(fold(text)) and understanding.read(text).decision is Decision.DANGER


@pytest.mark.parametrize("text", CALLS)
def test_who_only_calls_somebody_is_in_no_danger_yet(understanding: Understanding, text: str) -> None:
    assert understanding.read(text).decision is not Decision.DANGER
