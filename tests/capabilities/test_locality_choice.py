"""locality-choice: first contact asks locality and hamlet; changeable; facts of two places are never mixed."""

import pytest

from tests.support.talk import Talk

# Asked in each place: what its own plan says, and nothing of the other's.
TOLD = {
    "trợ giúp pháp lý hỏi ai": ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường", "không nêu phòng nào"),
    "học nghề hỏi ai": ("Phòng Văn hóa - Xã hội phường", "Từ 01/7/2025 không còn cấp huyện"),
    "tiền điện nộp ở đâu": ("Ủy ban nhân dân phường Đăk Cấm", "Ủy ban nhân dân xã, phường nơi mình ở"),
}


def test_first_contact_asks_where_and_which_hamlet(talk: Talk) -> None:
    assert "xã, phường nào" in talk("xin chào")
    assert "[Đăk Cấm]" in talk.last and talk.last.count("[") <= 5
    assert "[Mường Lay]" in talk("Xem thêm nơi")
    assert "thôn, tổ dân phố nào" in talk("dak cam")
    assert "Thôn 3, phường Đăk Cấm" in talk("Thôn 3")


def test_a_question_is_kept_while_the_place_is_asked(talk: Talk) -> None:
    assert "xã, phường nào" in talk("trợ giúp pháp lý miễn phí hỏi ai")
    assert "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường" in talk("Đăk Cấm")
    assert "thôn 3, phường Đăk Cấm" in talk("thôn 3")


def test_the_place_can_be_changed(talk: Talk) -> None:
    talk("chào")
    talk("Đăk Cấm")
    talk("Bỏ qua")
    talk("đổi nơi")
    assert "Mường Lay" in talk("muong lay")


@pytest.mark.parametrize("question", TOLD)
def test_each_place_tells_its_own_facts_and_none_of_the_other(talk: Talk, question: str) -> None:
    talk("chào")
    in_dak_cam, in_muong_lay = TOLD[question]
    for place, own, others, other in (
        ("Đăk Cấm", in_dak_cam, in_muong_lay, "Mường Lay"),
        ("Mường Lay", in_muong_lay, in_dak_cam, "Đăk Cấm"),
    ):
        talk("đổi nơi")
        talk(place)
        talk("Bỏ qua")
        answer = talk(question)
        assert own in answer
        assert others not in answer and other not in answer


def test_a_link_brings_the_place_along(talk: Talk) -> None:
    assert "phường Đăk Cấm" in talk.press("start:dak-cam")
    assert "Văn phòng Hội đồng nhân dân" in talk("trợ giúp pháp lý hỏi ai")
