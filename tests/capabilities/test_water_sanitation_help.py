"""water-sanitation-help: clean water, latrines, the loan for both; whom to ask where the plan names somebody"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    ("giếng khoan nước đục, có mùi thì sao", ("Nước đổi màu", "Thử nước")),
    ("nước nào được coi là nước sạch", ("Quyết định 10/2024/QĐ-TTg",)),
    (
        "muốn làm nhà vệ sinh mà không có tiền",
        (
            "Nhà vệ sinh",
            "25.000.000 đồng",
        ),
    ),
    ("vay làm bể nước", ("25.000.000 đồng",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_in_di_su_latrines_are_the_health_stations_matter(talk: Talk) -> None:
    talk.press("start:di-su")
    told(talk, "nhà vệ sinh ai lo", "Trạm Y tế")
    told(talk, "làm nhà vệ sinh được giúp gì", "25.000.000 đồng")
