"""Typed answers of the self-check, in people's spelling."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load_catalogue
from content.selfcheck.answers import UNKNOWN
from content.selfcheck.floors import floor
from content.selfcheck.money import goods, money
from content.selfcheck.reading import read, unclear, unknown
from content.selfcheck.schema import Questionnaire
from content.selfcheck.sentences import facts


@pytest.fixture(scope="module")
def questions() -> Questionnaire:
    found = load_catalogue().questionnaire()
    assert found is not None
    return found


# What was typed, đồng a month, and whether it needs no confirmation.
MONEY = (
    ("150k/ngày, 20 ngày", 3_000_000, True),
    ("ngày 150 nghìn, tháng làm 20 ngày", 3_000_000, True),
    ("250 nghìn, 18 ngày", 4_500_000, True),
    ("1 thang lam 20 ngay, moi ngay 250k", 5_000_000, True),
    ("mỗi ngày được trăm rưởi, làm 25 ngày", 3_750_000, True),
    ("50 nghin 1 ngay ban ve so 28 ngay", 1_400_000, True),
    ("2tr5", 2_500_000, True),
    ("hai triệu rưỡi", 2_500_000, True),
    ("khoảng 3tr", 3_000_000, True),
    ("3000000", 3_000_000, True),
    ("lương 4tr200", 4_200_000, True),
    ("hưu 2.350.000", 2_350_000, True),
    ("3 triệu 1 tháng", 3_000_000, True),
    ("moi thang 3 trieu", 3_000_000, True),
    ("một năm 24 triệu", 2_000_000, True),
    ("6 triệu / năm", 500_000, True),
    ("cả năm được 30 triệu", 2_500_000, True),
    ("tuần 500k", 2_166_666, True),
    ("mỗi vụ 8 triệu, 2 vụ", 1_333_333, True),
    ("vụ 10tr một năm 3 vụ", 2_500_000, True),
    ("một năm hai vụ mỗi vụ 6 triệu", 1_000_000, True),
    ("12 triệu, 6 tháng", 2_000_000, True),
    ("chồng 5 triệu, vợ 3 triệu", 8_000_000, True),
    ("không có", 0, True),
    ("2-3 triệu", 2_500_000, False),
    ("hai ba triệu", 2_500_000, False),
    ("từ 2 đến 3 triệu", 2_500_000, False),
    ("150", 150_000, False),
    ("5", 5_000_000, False),
    ("-5 triệu", -5_000_000, False),
    ("999999999 triệu", 999_999_999_000_000, False),
    ("10 nghìn", 10_000, False),
    # As players of citizens typed them.
    ("ban 2 con heo nam 12tr", 1_000_000, True),
    ("nam ni mat mua, nam ngoai 20 trieu", 1_666_666, True),
    ("tet gui 2 trieu", 166_666, True),
    ("mùa được 8 triệu", 666_666, False),
    ("10 trieu 1 vu", 833_333, True),
    ("cafe nam 30tr tru phan 12tr", 1_500_000, False),
    ("muoi trieu tru tien xang 2 trieu", 8_000_000, False),
    ("thang nay 3 trieu thang truoc 5 trieu", 4_000_000, False),
    ("chong 200 ngan 1 ngay vo 150 ngan, 20 ngay", 7_000_000, True),
    ("200 ngàn một bữa, tháng 15 bữa", 3_000_000, True),
    ("2 tấn lúa bán dc 14tr 1 năm", 1_166_666, True),
    ("lúa 2 vụ, mỗi vụ 6 triệu", 1_000_000, True),
    ("nửa tháng 1tr", 2_000_000, True),
    ("mỗi tháng 2tr mà chỉ 6 tháng", 1_000_000, True),
    ("mỗi chuyến 5 triệu, tháng 2 chuyến", 10_000_000, True),
    ("3 tháng 1 lứa heo lời 4tr", 1_333_333, True),
    ("năm ngoái 24tr năm nay 10tr", 1_416_666, False),
    ("250k", 250_000, False),
    ("nợ 20 triệu", 20_000_000, False),
    ("lương 4 triệu nợ 10 triệu", 14_000_000, False),
    ("heo bán 2 con 8tr", 8_000_000, False),
    ("1 sào được 3 triệu, tui có 5 sào", 3_000_000, False),
    ("4 củ", 4_000_000, False),
    ("5 chai", 5_000_000, False),
    ("hai củ rưỡi", 2_500_000, False),
    ("3 xị", 300_000, False),
    ("ngày 150, 20 ngày", 3_000_000, False),
    ("300/ngay, thang 15 ngay", 4_500_000, False),
    ("luc 500k luc 1 trieu", 750_000, False),
    ("2 triệu lúc có lúc không", 2_000_000, False),
    ("540k 1 nguoi 2 nguoi", 1_080_000, False),
    ("mỗi người 540 nghìn, hai người", 1_080_000, False),
    ("người 3tr người 2tr", 5_000_000, False),
)
FLOORS = (
    ("40m2", 40, True),
    ("40 mét vuông", 40, True),
    ("bốn mươi mét vuông", 40, True),
    ("dài 6 mét, ngang 4 mét", 24, True),
    ("6x4", 24, True),
    ("4m x 12m", 48, True),
    ("6 m ngang 4,5 m", 27, True),
    ("ngang 4 dài 10", 40, True),
    ("dài 10 bước, ngang 10 bước", 49, True),
    ("3m2", 3, False),
    ("900 mét vuông", 900, False),
    ("2 tầng mỗi tầng 30m", 60, False),
    ("nhà 2 tầng 60 mét vuông", 60, False),
    ("50m đất", 50, False),
    ("khoảng 30-40m", 35, False),
)
UNKNOWNS = (
    "không biết",
    "ko bit",
    "quên rồi",
    "hổng biết nữa",
    "k nhớ",
    "chịu",
    "chả biết",
    "em cũng không rõ lắm",
    "không nhớ rõ",
    "khong biet tinh sao",
    "khong muon noi",
    "không muốn nói",
    "ngại nói lắm",
)


@pytest.mark.parametrize(("text", "dong", "sure"), MONEY)
def test_money_a_month(text: str, dong: int, sure: bool) -> None:
    said = money(text)
    assert said is not None
    assert (said.value["month"], said.sure) == (dong, sure)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 200k", {"day": 200_000}),
        ("ngày 2 trăm lúc có lúc không", {"day": 200_000}),
        ("ngay 2 tram", {"day": 200_000}),
        ("300/ngay", {"day": 300_000}),
        ("bán vé số ngày 150", {"day": 150_000}),
        ("ngày được 80", {"day": 80_000}),
        ("mỗi người 2 triệu", {"each": 2_000_000}),
        ("nguoi 2tr", {"each": 2_000_000}),
    ],
)
def test_what_is_still_to_be_asked_of_an_amount(text: str, value: dict[str, int]) -> None:
    said = money(text)
    assert said is not None
    assert said.value == value


def test_a_harvest_is_no_money() -> None:
    assert goods("2 tấn lúa")
    assert not goods("2 triệu tiền lúa")


@pytest.mark.parametrize(
    "text",
    [
        "nhiều lắm",
        "xin chào",
        "tiền công ngày có ngày không",
        "2 tấn lúa",
        "moi nguoi ngay 200k",
        "mỗi chuyến 5 triệu",
        "chua co con",
    ],
)
def test_no_money(text: str) -> None:
    assert money(text) is None


@pytest.mark.parametrize(("text", "area", "sure"), FLOORS)
def test_floor_area(text: str, area: int, sure: bool) -> None:
    said = floor(text)
    assert said is not None
    assert (said.value["cm2"], said.sure) == (area * 10_000, sure)


@pytest.mark.parametrize(
    "text", ["rộng lắm", "2-3 triệu", "1 2 3", "2 phòng", "một gian hai chái", "1 sào", "không", "100 mét đất, nhà 40"]
)
def test_no_floor(text: str) -> None:
    assert floor(text) is None


@pytest.mark.parametrize("text", UNKNOWNS)
def test_not_known(text: str) -> None:
    assert unknown(text)


@pytest.mark.parametrize("text", ["không có ai", "không", "5", "hai triệu", "không em nào"])
def test_none_is_not_unknown(text: str) -> None:
    assert not unknown(text)


CHOSEN: tuple[tuple[str, str, Any], ...] = (
    ("members", "5", 5),
    ("members", "năm người", 5),
    ("members", "không biết", UNKNOWN),
    ("children", "không có", 0),
    ("children", "0", 0),
    ("children", "khong co em mo", 0),
    ("area", "o xa", "rural"),
    ("area", "Nhà ở phường", "urban"),
    ("area", "2", "urban"),
    ("grown", "1 3", ["no-job", "untrained"]),
    ("grown", "1,3", ["no-job", "untrained"]),
    ("grown", "số 2", ["no-contract"]),
    ("grown", "0", []),
    ("grown", "không có ai", []),
    ("grown", "làm thuê không hợp đồng", ["no-contract"]),
    ("uninsured", "có người chưa có", "lacking"),
    ("uninsured", "ko có ai có thẻ", "lacking"),
    ("sources", "tiền già, con cho", ["allowance", "sent"]),
    ("sources", "đánh cá", ["farm"]),
    ("kids", "1 đứa nghỉ, 1 đứa còi", ["out-of-school", "malnourished"]),
    ("home", "nhà tạm, ko có nhà vs", ["makeshift", "no-toilet"]),
    ("parts", "nhà lá, vách đất, cột tre", ["wall", "frame", "roof"]),
    ("water", "giếng đào có nắp", "covered"),
    ("water", "giếng khoan", "piped"),
    ("water", "giếng không nắp", "open"),
    ("toilet", "nhà cầu dội nước", "hygienic"),
    ("toilet", "không có nhà vệ sinh", "other"),
    ("uninsured", "đủ hết", "all"),
    ("uninsured", "không biết", UNKNOWN),
    ("sources", "ruộng với làm thuê", ["wage", "farm"]),
    ("parts", "mái với vách", ["wall", "roof"]),
    ("water", "giếng hở", "open"),
    ("water", "nước máy", "piped"),
    ("toilet", "chưa có", "other"),
    ("things", "điện thoại, tivi", ["phone", "tv"]),
    ("things", "điện thoại, tivi hư rồi", ["phone"]),
    ("sources", "khong lam ruong nua, chi con tro cap", ["allowance"]),
    ("grown", "không có hợp đồng, đi làm thuê", ["no-contract"]),
)


@pytest.mark.parametrize(("question", "text", "value"), CHOSEN)
def test_answers(questions: Questionnaire, question: str, text: str, value: object) -> None:
    said = read(questions.question(question), text)
    assert said is not None
    assert said.value == value


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("area", "3"),
        ("grown", "9"),
        ("grown", "trời ơi dài quá"),
        ("members", "đông lắm"),
        ("allowance", "me tui bịnh không đi làm được"),
        ("children", "chau 3 thang"),
        ("allowance", "tui 81 tuoi"),
        ("allowance", "2 tấn lúa"),
        ("grown", "lam thue co hop dong"),
        ("grown", "khong ai that nghiep"),
        ("parts", "tuong xay cot go mai ton"),
        ("uninsured", "khong ai co"),
        ("water", "khong co nuoc may"),
        ("toilet", "tu hoai hu roi"),
        ("sources", "ai nuoi bo"),
        ("uninsured", "có hết trừ ông nội"),
        ("home", "mái dột thôi"),
        ("people", "có bảo hiểm hết"),
        ("members", "20tr tiền nhà"),
        ("water", "nước giếng"),
        ("water", "giếng đào"),
        ("water", "nước suối"),
        ("toilet", "có nhà cầu"),
    ],
)
def test_no_answer(questions: Questionnaire, question: str, text: str) -> None:
    assert read(questions.question(question), text) is None


def test_several_numbers_are_added_up_and_asked(questions: Questionnaire) -> None:
    said = read(questions.question("members"), "2 vợ chồng với 3 đứa")
    assert said is not None
    assert (said.value, said.sure) == (5, False)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("members", "vợ chồng tui", 2),
        ("members", "hai vợ chồng với 1 đứa", 3),
        ("members", "vo chong voi 3 dua", 5),
        ("members", "có mình tui", 1),
        ("members", "ở một mình", 1),
        ("uninsured", "có", "lacking"),
        ("uninsured", "chưa", "lacking"),
        ("uninsured", "không", "all"),
        ("uninsured", "có rồi", "all"),
        ("kids", "bé 2 tuổi chưa đi học", ["out-of-school"]),
        ("people", "thất nghiệp, ông nội bệnh", ["no-work"]),
        ("grown", "thằng lớn 18 học hết lớp 9 nghỉ, tui đi phụ hồ", ["no-contract", "untrained"]),
        ("parts", "nhà xây", []),
        ("parts", "nhà tạm hết", ["wall", "frame", "roof"]),
    ],
)
def test_what_may_be_meant_otherwise_is_read_back(
    questions: Questionnaire, question: str, text: str, value: object
) -> None:
    said = read(questions.question(question), text)
    assert said is not None
    assert (said.value, said.sure) == (value, False)


@pytest.mark.parametrize(
    ("question", "text", "asked"),
    [
        ("water", "nước giếng", "Giếng có nắp che"),
        ("water", "giếng khoan", None),
        ("toilet", "có nhà cầu", "Có dội nước"),
    ],
)
def test_what_fits_several_options_is_asked_back(
    questions: Questionnaire, question: str, text: str, asked: str | None
) -> None:
    found = unclear(questions.question(question), text)
    chosen = read(questions.question(question), text)
    if asked is None:
        assert chosen is not None
    else:
        assert chosen is None
        assert found is not None
        assert found.ask.vi.startswith(asked)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nhà 5 người, 2 đứa nhỏ, mẹ già", {"members": 5, "children": 2}),
        ("nhà tui 7 khẩu 3 đứa con nít đi học, bà già có trợ cấp", {"members": 7, "children": 3, "allowance": 1}),
        ("2 người già có trợ cấp", {"allowance": 2}),
        ("không có con nhỏ, nhà 2 người", {"members": 2, "children": 0}),
        ("hai con bò", {}),
        ("3 con heo, 10 con gà", {}),
        ("xin chào", {}),
    ],
)
def test_several_facts_in_one_sentence(text: str, found: dict[str, int]) -> None:
    assert facts(text) == found


@given(st.text(max_size=60))
def test_nothing_typed_breaks_a_reader(text: str) -> None:
    catalogue = load_catalogue_once()
    for question in catalogue.questions:
        read(question, text)
    facts(text)


def load_catalogue_once() -> Questionnaire:
    if not _READ:
        found = load_catalogue().questionnaire()
        assert found is not None
        _READ.append(found)
    return _READ[0]


_READ: list[Questionnaire] = []
