"""priority-groups: which priority minorities, people of merit, women and disabled people have, and where"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    ("người dân tộc thiểu số được ưu tiên gì", ("không phải đóng học phí",)),
    ("con liệt sĩ hộ nghèo có được ưu tiên không", ("người có công được luật sư giúp",)),
    ("phụ nữ hộ nghèo được ưu tiên gì", ("Quyết định 2415/QĐ-TTg",)),
    ("người khuyết tật được hỗ trợ gì", ("810.000 đồng",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_the_priority_of_the_local_plan_is_told_as_that_plans(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "người dân tộc thiểu số được ưu tiên gì", "không phải đóng học phí")
    answer = told(talk, "kế hoạch ưu tiên ai", "phụ nữ", "người có công")
    assert "Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm" in answer
