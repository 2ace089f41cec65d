"""self-check: in at most twenty taps, nameless, what a household may be, lacks and why; never a verdict."""

from pathlib import Path

import pytest

from tests.capabilities.asking import live, sourced
from tests.support.talk import Talk

MOST_TAPS = 20
QUICK_TAPS = 8
# Seven people, three sources of income, both areas, nothing skipped.
LONGEST = (
    "tự kiểm tra",
    "làm đủ",
    "phường",
    "7",
    "3",
    "1",
    "2 3",
    "1",
    "có người chưa có thẻ",
    "1 2 4",
    "150k/ngày, 20 ngày",
    "mỗi vụ 8 triệu, 2 vụ",
    "2tr350",
    "đúng rồi",
    "1 3",
    "dài 9 bước, ngang 6 bước",
    "giếng hở",
    "chưa có",
    "2",
)
QUICK = ("tự kiểm tra", "nhanh", "4", "3 triệu", "đúng rồi", "1 4", "1 3", "không có gì")


def test_the_longest_household_is_through_in_twenty_taps(talk: Talk) -> None:
    live(talk, "phan-rang")
    answers = [talk(one) for one in LONGEST]
    assert len(LONGEST) <= MOST_TAPS
    assert "Câu 1, còn khoảng" in answers[1]
    assert "Nhà mình có thể thuộc diện xét hộ nghèo." in answers[-1]
    assert "Nhà mình thiếu 10 điều" in answers[-1]
    assert sourced(answers[-1])


def test_the_quick_check_takes_eight(talk: Talk) -> None:
    live(talk, "dak-cam")
    answers = [talk(one) for one in QUICK]
    assert len(QUICK) <= QUICK_TAPS
    assert "Nhà mình có thể thuộc diện xét hộ nghèo." in answers[-1]
    assert "Chưa rõ: xử lý rác thải." in answers[-1]  # the one thing whose threshold nobody holds


def test_the_result_decides_nothing_and_names_who_does(talk: Talk) -> None:
    live(talk, "dak-cam")
    answer = [talk(one) for one in QUICK][-1]
    assert "Đây chưa phải quyết định." in answer
    assert "Chủ tịch Ủy ban nhân dân phường Đăk Cấm" in answer
    assert "(Phiếu B)" in answer
    assert "chậm nhất ngày 14/12/2026" in answer
    assert not any(word in answer.lower() for word in ("chúc mừng", "rất tiếc", "chắc chắn", "bạn là hộ nghèo"))


def test_each_thing_says_why(talk: Talk) -> None:
    live(talk, "phan-rang")
    for one in LONGEST:
        talk(one)
    listed = talk("vì sao từng điều?")
    answer = talk(next(line.split(".")[0].strip() for line in listed.split("\n") if "Diện tích nhà ở" in line))
    assert "26,5 mét vuông, 7 người, mỗi người 3,8 mét vuông" in answer
    assert "nhỏ hơn 8 mét vuông" in answer
    assert sourced(answer)


def test_a_picture_comes_along(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in QUICK:
        talk(one)
    assert talk.files() == ["sau-mat-cua-nha-minh.png"]
    assert talk.content().startswith(b"\x89PNG")


def test_nothing_that_was_typed_stays_anywhere(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in ("tự kiểm tra", "nhanh", "4", "chồng 3.456.700 đồng"):
        talk(one)
    # Long enough that what is sealed does not hold them by chance.
    assert not talk.holds("456.700") and not talk.holds("3456700")


def test_what_was_read_as_a_question_of_its_own_stays_private_too(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in ("tự kiểm tra", "làm đủ", "tui 81 tuoi moi thang duoc 777k tro cap nguoi gia duoc khong vay"):
        talk(one)
    assert not talk.holds("777k")


def test_an_older_button_confirms_nothing_that_was_not_shown(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in ("tự kiểm tra", "nhanh", "4", "150"):
        talk(one)
    assert "mỗi tháng làm chừng mấy ngày" in talk("ngày 200 nghìn").lower()
    assert "Cả nhà mình kiếm" in talk.press("check-yes")


def test_right_below_an_older_sum_does_not_confirm_the_new_one(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in ("tự kiểm tra", "làm đủ", "2", "0", "0", "không", "đủ hết", "1 2", "3 triệu"):
        talk(one)
    assert "Ruộng, rẫy" in talk.press("check-say:sum:yes")
    assert "Tính như vậy đúng chưa?" in talk("1 triệu")


def test_one_word_deletes_the_answers(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in QUICK:
        talk(one)
    assert "đang giữ câu trả lời" in talk("xem dữ liệu của tôi")
    talk("tự kiểm tra")
    talk("xóa câu trả lời")
    assert "đang giữ câu trả lời" not in talk("xem dữ liệu của tôi")
    assert "[Làm đủ các câu]" in talk("tự kiểm tra")


@pytest.mark.parametrize("answer", ["0", "45", "-3"])
def test_what_cannot_be_is_asked_again(talk: Talk, answer: str) -> None:
    live(talk, "dak-cam")
    talk("tự kiểm tra")
    talk("làm đủ")
    assert "Số người: phải từ 1 đến 40" in talk(answer)


def test_the_questions_are_data(talk: Talk) -> None:
    file = Path("content/packs/vn/selfcheck/questions.yaml").read_text("utf-8")
    live(talk, "dak-cam")
    talk("tự kiểm tra")
    question = talk("làm đủ").split("\n")[1].strip()
    assert question in file
