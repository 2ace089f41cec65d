"""nutrition-counselling: food for small children, what is not known; danger signs send to the doctor at once"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

WEIGHED = "chậm lớn thì đưa đến trạm y tế cân, đo"
CASES = (
    (
        "con tôi 2 tuổi suy dinh dưỡng thấp còi có được hỗ trợ gì không",
        (
            "Dinh dưỡng",
            "trạm y tế",
        ),
    ),
    (
        "uống vitamin a ngày nào",
        (
            "vitamin A",
            "01/6",
        ),
    ),
    ("dang co thai thi an uong the nao", ("thai",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


@pytest.mark.parametrize("words", ["con tôi bỏ bú, co giật", "chau sot cao khong ha, tim tai"])
def test_danger_signs_are_answered_before_anything_else(talk: Talk, words: str) -> None:
    talk.press("start:dak-cam")
    told(talk, "dinh dưỡng trẻ em thế nào", WEIGHED)
    assert "115" in talk(words)


def test_the_card_names_the_danger_signs(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "dinh dưỡng trẻ em thế nào", WEIGHED)
    answer = talk("Dấu hiệu nguy hiểm")
    assert "bỏ bú" in answer and "co giật" in answer and "115" in answer


def test_a_visit_that_is_asked_for_reaches_the_officers(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "dinh dưỡng trẻ em thế nào", WEIGHED)
    talk("gặp cán bộ")
    talk("nhờ cán bộ y tế đến nhà xem cháu chậm lớn")
    assert "Mã của bà con" in talk("đồng ý")
