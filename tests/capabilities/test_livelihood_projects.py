"""livelihood-projects: community livelihood groups: who may join, what is given, how to say so"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    (
        "muốn tham gia mô hình nuôi bò của xã",
        (
            "Cùng nuôi trồng",
            "trưởng thôn",
        ),
    ),
    ("dự án sinh kế cho hộ nghèo ai được", ("Cùng nuôi trồng",)),
    ("con giống của dự án bị chết có phải đền không", ("giống",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_a_wish_to_join_reaches_the_officers(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "muốn tham gia mô hình nuôi bò của xã", "Cùng nuôi trồng")
    talk("gặp cán bộ")
    talk("nhà tôi muốn vào nhóm nuôi bò")
    assert "Mã của bà con" in talk("đồng ý")
