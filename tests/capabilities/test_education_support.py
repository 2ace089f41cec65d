"""education-support: what preschool, school, boarding, student and disabled learner get, each apart"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    ("con học mẫu giáo có được tiền ăn trưa không", ("360.000 đồng",)),
    ("con học lớp 5 có phải đóng học phí không", ("không phải đóng học phí",)),
    (
        "con ở bán trú được bao nhiêu gạo",
        (
            "15 kg",
            "936.000 đồng",
        ),
    ),
    ("con khuyết tật đi học được hỗ trợ gì", ("Sinh viên khuyết tật không phải đóng học phí",)),
    ("con học đại học muốn vay tiền", ("4.000.000 đồng",)),
    ("tiền sách vở cho con hộ nghèo", ("Từ mầm non đến hết phổ thông",)),
    ("hộ cận nghèo có được tiền ăn trưa mẫu giáo không", ("cận nghèo",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)
