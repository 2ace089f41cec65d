"""social-insurance-info: what the State pays of voluntary social insurance, and how to join"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    (
        "hộ nghèo đóng bảo hiểm xã hội tự nguyện được hỗ trợ bao nhiêu",
        (
            "Bảo hiểm xã hội tự nguyện",
            "50 phần trăm",
        ),
    ),
    (
        "bao hiem xa hoi tu nguyen cho ho can ngheo",
        (
            "Bảo hiểm xã hội tự nguyện",
            "40 phần trăm",
        ),
    ),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)
