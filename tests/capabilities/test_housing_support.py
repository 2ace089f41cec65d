"""housing-support: conditions and ways to a safe house, what is not known, and a need that officers get"""

import pytest

from tests.capabilities.asking import told
from tests.support.talk import Talk

CASES = (
    (
        "nhà dột nát muốn sửa",
        (
            "Làm nhà, sửa nhà",
            "Chưa chắc",
        ),
    ),
    ("nha sap vi bao co duoc ho tro khong", ("Nghị định 20/2021/NĐ-CP",)),
    ("hộ cận nghèo có được làm nhà không", ("cận nghèo",)),
    ("cần giấy gì để được sửa nhà", ("Quyết định 1198/QĐ-MTTW-ĐCT",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_a_need_gets_a_code(talk: Talk) -> None:
    talk.press("start:dak-cam")
    told(talk, "nhà dột nát muốn sửa", "Làm nhà, sửa nhà", "Mặt trận Tổ quốc")
    talk("gặp cán bộ")
    talk("nhà tôi dột, mái tôn bay mất một góc")
    assert "Mã của bà con" in talk("đồng ý")
