"""farm-technique: seeds, sick crops and animals, classes; a question reaches the officers"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    ("lúa bị sâu bệnh phải làm sao", ("Giống, phân bón",)),
    ("xin giống lúa vụ tới", ("Giống, phân bón",)),
    ("lop day ky thuat chan nuoi", ("Giống, phân bón",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_a_question_comes_to_the_officers(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "lúa bị sâu bệnh phải làm sao", "Giống, phân bón")
    talk("gặp cán bộ")
    talk("lúa nhà tôi vàng lá từ gốc")
    assert "Mã của bà con" in talk("đồng ý")
