"""preferential-credit: which loans there are, ceiling and rate with date and source; no application and no fee here"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    (
        "vay vốn làm ăn hộ nghèo được bao nhiêu",
        (
            "100.000.000 đồng",
            "6,24%",
        ),
    ),
    ("hộ mới thoát nghèo vay vốn lãi bao nhiêu", ("7,8% một năm",)),
    ("vay giải quyết việc làm được mấy tiền", ("200.000.000 đồng",)),
    ("sinh viên vay vốn đi học", ("4.000.000 đồng",)),
    ("vay vốn nước sạch và vệ sinh", ("25.000.000 đồng",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_no_application_and_no_fee_is_taken_here(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "vay tạo việc làm", "Chung Tay không nhận giấy vay, không thu tiền")
