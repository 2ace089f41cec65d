"""health-support: who gets a card, a lost card, what is paid, and where, as the place has it"""

import pytest

from tests.capabilities.asking import live, told
from tests.support.talk import Talk

CASES = (
    ("mất thẻ bảo hiểm thì sao", ("Mất thẻ",)),
    ("cận nghèo có được thẻ bảo hiểm y tế không", ("Hộ cận nghèo",)),
    ("o oi nha con di dien ngheo ma mat cai the kham benh gio lam ri", ("Mất thẻ",)),
    ("nhà mới thoát nghèo có còn thẻ bảo hiểm y tế không", ("Luật 51/2024/QH15",)),
    ("viện phí hộ nghèo phải trả bao nhiêu", ("hộ nghèo",)),
    ("nằm viện hết nhiều tiền quá có ai giúp không", ("viện phí",)),
    ("bhyt ho ngheo lam o dau", ("Ở đâu", "Luật 51/2024/QH15")),
    ("bảo hiểm có trả tiền xe đi bệnh viện không", ("bảo hiểm",)),
)


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_answer_and_its_source(talk: Talk, question: str, words: tuple[str, ...]) -> None:
    talk.press("start:dak-cam")
    told(talk, question, *words)


def test_the_office_differs_by_locality(talk: Talk) -> None:
    found = set()
    for locality, office in (
        ("dak-cam", "Phòng Văn hóa - Xã hội phường"),
        ("phan-rang", "Trung tâm Y tế"),
        ("di-su", "Trạm Y tế"),
    ):
        live(talk, locality)
        told(talk, "thẻ bảo hiểm y tế hộ nghèo", "Luật 51/2024/QH15")
        found.add(told(talk, "thẻ bảo hiểm y tế ai lo", office))
    assert len(found) == 3
