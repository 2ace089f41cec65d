"""support-routing: from what a household lacks to the help that exists here, whom to ask and what to bring."""

import pytest

from tests.capabilities.asking import live, sourced
from tests.support.talk import Talk

DIMENSIONS = {
    "Giúp việc làm": ("Vay vốn làm ăn", "Tìm việc làm"),
    "Giúp y tế": ("Thẻ bảo hiểm y tế",),
    "Giúp học hành": ("Tiền học phí",),
    "Giúp nhà ở": ("Làm nhà, sửa nhà",),
    "Giúp nước, nhà tiêu": ("Nước sạch",),
    "Giúp nghe, xem tin": ("Điện thoại, mạng",),
}
EVERYTHING = ("1 2 3 4 5 6", "1 2 3 4", "không có gì")  # what lacks in the quick check


def lacking_everything(talk: Talk, locality: str, income: str) -> None:
    live(talk, locality)
    for one in ("tự kiểm tra", "nhanh", "4", income, "đúng rồi", *EVERYTHING):
        talk(one)


@pytest.mark.parametrize("income", ["2 triệu", "6 triệu", "11 triệu", "40 triệu"])
def test_every_dimension_names_help_an_office_and_a_source(talk: Talk, income: str) -> None:
    lacking_everything(talk, "dak-cam", income)
    shown = talk("nhà mình được gì") + talk("xem mặt khác")
    for button, topics in DIMENSIONS.items():
        assert f"[{button}]" in shown, button
        answer = talk.press(f"check-help:{DIMENSION_IDS[button]}")
        assert any(one in answer for one in topics), answer
        assert "Hỏi ở: " in answer
        assert sourced(answer)
        assert "[Gặp cán bộ]" in answer


DIMENSION_IDS = {
    "Giúp việc làm": "employment",
    "Giúp y tế": "health",
    "Giúp học hành": "education",
    "Giúp nhà ở": "housing",
    "Giúp nước, nhà tiêu": "water-sanitation",
    "Giúp nghe, xem tin": "information",
}


def test_what_a_household_lacks_is_kept_only_with_a_yes_and_goes_with_one_press(talk: Talk) -> None:
    lacking_everything(talk, "dak-cam", "2 triệu")
    kept = talk.rows("needs")
    asked = (talk("nhà mình được gì"), talk("Báo tin cho nhà mình"))[1]
    assert "nhà mình thiếu về việc làm, y tế" in asked and "Cán bộ phường Đăk Cấm" in asked and "365 ngày" in asked
    talk("Không giữ")
    assert talk.rows("needs") == kept
    talk("giữ kết quả")
    assert "Đã giữ" in talk("đồng ý")
    assert talk.rows("needs") == kept + len(DIMENSIONS)
    assert "Nhà mình thiếu về: " in talk("dữ liệu của tôi")
    assert "Đã xóa" in talk("Thôi giữ điều thiếu")
    assert talk.rows("needs") == kept
    assert "Nhà mình thiếu về" not in talk("dữ liệu của tôi")


def test_help_is_told_as_that_of_a_recognised_household(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in ("tự kiểm tra", "nhanh", "4", "6 triệu", "đúng rồi", "6", "không", "1 2"):
        talk(one)
    assert "có thể thuộc diện xét hộ cận nghèo" in talk("kết quả")
    assert "Dưới đây là khi được công nhận hộ cận nghèo." in talk.press("check-help:health")


def test_two_places_name_two_offices(talk: Talk) -> None:
    told = set()
    for locality in ("dak-cam", "di-su"):
        lacking_everything(talk, locality, "2 triệu")
        answer = talk.press("check-help:housing")
        told.add(next(line for line in answer.split("\n") if "Hỏi ở: " in line))
        talk("xóa câu trả lời")
    assert len(told) == 2


def test_only_what_lacks_is_offered_first(talk: Talk) -> None:
    live(talk, "dak-cam")
    for one in ("tự kiểm tra", "nhanh", "4", "2 triệu", "đúng rồi", "6", "không", "1 2"):
        talk(one)
    answer = talk("nhà mình được gì")
    assert "thiếu ở 1 mặt: y tế" in answer
    assert "[Giúp y tế]" in answer
    assert "[Giúp nhà ở]" not in answer
