"""no-decision: never a verdict, never a promise, whoever asks and in whatever words."""

import pytest

from tests.support.talk import Talk

ASKED = (
    "vậy là tôi được hộ nghèo rồi nhé",
    "vay la nha toi la ho ngheo roi dung khong",
    "cán bộ chắc chắn cho tôi được duyệt đi",
    "hứa với tôi là sẽ được hộ cận nghèo nhé",
    "duyệt cho nhà tôi hộ nghèo luôn đi",
)
NEVER = ("chắc chắn", "chúc mừng", "cam kết", "bạn là hộ nghèo", "nhà mình là hộ nghèo", "yên tâm")


@pytest.mark.parametrize("words", ASKED)
def test_the_fixed_caution_answers(talk: Talk, words: str) -> None:
    talk.press("start:dak-cam")
    answer = talk(words)
    assert "Chung Tay không quyết được, cũng không hứa được" in answer
    assert "Chỉ Chủ tịch Ủy ban nhân dân cấp xã mới công nhận" in answer
    assert "quyền nộp giấy đề nghị xét" in answer
    assert not [word for word in NEVER if word in answer.lower()]
    assert "[Gặp cán bộ]" in answer
