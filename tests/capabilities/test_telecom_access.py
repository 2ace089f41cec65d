"""telecom-access: what help for phones and internet there is and is not; every answer is plain text"""

import pytest

from tests.capabilities.asking import live, told
from tests.support.talk import Talk

CASES = (
    (
        "hộ nghèo có được tặng điện thoại thông minh không",
        (
            "31/12/2025",
            "Chung Tay chưa thấy khoản giúp mới",
        ),
    ),
    ("ho tro internet cho ho ngheo", ("ngày cuối là 31/12/2025",)),
    ("nhà không có sóng điện thoại", ("sóng",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_the_target_of_each_plan_is_told(talk: Talk) -> None:
    for locality, target in (
        ("dak-cam", "95 phần trăm"),
        ("hong-linh", "98 phần trăm"),
        ("phan-rang", "100 phần trăm"),
    ):
        live(talk, locality)
        told(talk, "hỗ trợ internet cho hộ nghèo", "khoản giúp mới của cả nước")
        told(talk, "kế hoạch có nói tới internet không", target)
