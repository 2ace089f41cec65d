"""locality-choice: first contact asks locality and hamlet; changeable; facts of two places are never mixed."""

import pytest

from tests.support.talk import Talk

QUESTIONS = ("trợ giúp pháp lý hỏi ai", "học nghề hỏi ai", "tiền điện hộ nghèo", "xét hộ nghèo hỏi ai")


def test_first_contact_asks_where_and_which_hamlet(talk: Talk) -> None:
    assert "xã, phường nào" in talk("xin chào")
    assert "[Đăk Cấm]" in talk.last and "[Mường Lay]" in talk.last
    assert "thôn, tổ dân phố nào" in talk("dak cam")
    assert "Thôn 3, phường Đăk Cấm" in talk("Thôn 3")


def test_a_question_is_kept_while_the_place_is_asked(talk: Talk) -> None:
    assert "xã, phường nào" in talk("trợ giúp pháp lý miễn phí hỏi ai")
    talk("Đăk Cấm")
    assert "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường" in talk("Bỏ qua")


def test_the_place_can_be_changed(talk: Talk) -> None:
    talk("chào")
    talk("Đăk Cấm")
    talk("Bỏ qua")
    talk("đổi nơi")
    assert "Mường Lay" in talk("muong lay")


@pytest.mark.parametrize("question", QUESTIONS)
def test_facts_of_the_other_place_never_appear(talk: Talk, question: str) -> None:
    talk("chào")
    for place, other in (("Đăk Cấm", "Mường Lay"), ("Mường Lay", "Đăk Cấm")):
        talk("đổi nơi")
        talk(place)
        talk("Bỏ qua")
        assert other not in talk(question)


def test_a_link_brings_the_place_along(talk: Talk) -> None:
    assert "phường Đăk Cấm" in talk.press("start:dak-cam")
    assert "Văn phòng Hội đồng nhân dân" in talk("trợ giúp pháp lý hỏi ai")
