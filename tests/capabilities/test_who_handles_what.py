"""who-handles-what: for all topics in all places the office of the plan, or that the plan names none."""

import csv
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from tests.content.test_plans import FIVE
from tests.support.talk import Talk

TABLE = Path(__file__).parents[1] / "content" / "plans" / "who.tsv"
DESK = "contact"  # the matter is the offices themselves


def wanted(locality: str) -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["topic"]: row for row in csv.DictReader(file, delimiter="\t") if row["locality"] == locality}


@pytest.mark.parametrize("locality", FIVE)
def test_the_office_of_every_topic_is_the_plans(knowledge: Knowledge, talk: Talk, locality: str) -> None:
    content = knowledge.content
    names = {office.id: office.name.vi for office in content.localities[locality].offices}
    rows = wanted(locality)
    assert set(rows) == set(content.topics)
    talk.press(f"start:{locality}")
    for topic, row in rows.items():
        if topic == DESK:
            continue
        answer = talk.press(f"part:{topic}:where")
        for office in filter(None, row["offices"].split("; ")):
            assert names[office] in answer, (topic, answer)
        if row["treatment"] == "silent":
            assert "không nói đến việc này" in answer and "Ủy ban nhân dân" in answer, (topic, answer)
        if row["treatment"] == "named":
            assert "không nêu phòng nào lo việc này" in answer and "Ủy ban nhân dân" in answer, (topic, answer)
        assert "Điện thoại:" not in answer and "Địa chỉ:" not in answer, (topic, answer)  # none is known


@pytest.mark.parametrize(
    ("locality", "question", "office"),
    [
        ("dak-cam", "ai lo việc xét hộ nghèo", "Phòng Kinh tế, Hạ tầng và Đô thị phường"),
        ("dak-cam", "việc học nghề hỏi phòng nào", "Phòng Văn hóa - Xã hội phường"),
        ("phan-rang", "ai phụ trách thẻ bảo hiểm y tế", "Trung tâm Y tế thành phố"),
        ("hong-linh", "trợ giúp pháp lý phòng nào lo", "Phòng Tư pháp"),
        ("muong-lay", "ai phu trach hoc nghe", "Trung tâm Giáo dục nghề nghiệp"),
        ("di-su", "quỹ vì người nghèo ai phụ trách", "Ủy ban Mặt trận Tổ quốc phường"),
    ],
)
def test_asked_in_words(talk: Talk, locality: str, question: str, office: str) -> None:
    talk.press(f"start:{locality}")
    answer = talk(question)
    assert office in answer
    assert "Theo Kế hoạch" in answer
