"""social-protection-info: the right kind of monthly support for each case, with source and date"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    ("mẹ tôi 80 tuổi không có lương hưu được bao nhiêu một tháng", ("540.000 đồng",)),
    ("con tôi bị khuyết tật nặng được hưởng gì", ("810.000 đồng",)),
    ("cháu mồ côi cả cha lẫn mẹ ở với bà", ("1.350.000 đồng", "810.000 đồng")),
    ("một mình nuôi con nhỏ hộ nghèo có được trợ cấp không", ("nuôi con",)),
    ("làm giấy khuyết tật ở đâu", ("Mẫu số 01",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)
