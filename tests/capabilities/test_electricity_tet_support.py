"""electricity-tet-support: the amount, when, who pays, what to do when it did not come; Tết"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    (
        "tiền điện hộ nghèo được bao nhiêu",
        (
            "59.520 đồng",
            "ba tháng trả một lần",
        ),
    ),
    (
        "quà tết cho hộ nghèo năm nay bao nhiêu",
        (
            "Quà Tết",
            "Chưa chắc",
        ),
    ),
    ("tet nay co gao khong", ("15 kg",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_a_payment_that_did_not_come_goes_to_the_officers_with_one_press(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "tiền điện hộ nghèo", "59.520 đồng")
    answer = talk("Chưa nhận được tiền")
    assert "[Gặp cán bộ]" in answer and "tiền điện" in answer.lower()
