"""legal-aid-info: who is entitled and where, by locality; never an opinion on the case"""

import pytest

from tests.capabilities.asking import live, told
from tests.support.talk import Talk

CASES = (
    ("tranh chấp đất với hàng xóm, tôi có thắng kiện không", ("Luật Trợ giúp pháp lý 11/2017/QH14",)),
    (
        "trợ giúp pháp lý miễn phí ở đâu",
        ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường", "Luật Trợ giúp pháp lý 11/2017/QH14"),
    ),
    ("hộ cận nghèo có được luật sư giúp không", ("cận nghèo",)),
    ("nhờ luật sư cần mang giấy gì", ("giấy tờ của vụ việc",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_the_office_differs_by_locality(talk: Talk) -> None:
    for locality, office in (("dak-cam", "Văn phòng Hội đồng nhân dân"), ("phan-rang", "Phòng Tư pháp")):
        live(talk, locality)
        told(talk, "Luật sư giúp", "Luật Trợ giúp pháp lý")
        told(talk, "trợ giúp pháp lý ai lo", office)
