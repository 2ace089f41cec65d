"""Everything the five plans say can be asked for in words: every number, every office, every movement."""

import pytest

from bot.knowledge import Knowledge
from content.formatting import figure_text
from content.plantexts import facts_of
from tests.content.test_plans import FIVE
from tests.support.clock import FixedClock
from tests.support.talk import Talk, talking

QUESTIONS = (
    "năm nay giảm bao nhiêu hộ nghèo",
    "chỉ tiêu về việc làm",
    "chỉ tiêu về y tế",
    "chỉ tiêu về giáo dục",
    "chỉ tiêu về nhà ở",
    "chỉ tiêu về nước sạch",
    "chỉ tiêu về thông tin",
    "chỉ tiêu chung",
    "kế hoạch có những dự án nào",
    "tổng kinh phí của kế hoạch",
    "những phòng nào lo việc gì",
    "khẩu hiệu là gì",
    "kế hoạch ưu tiên ai",
    "kế hoạch còn giúp gì khác",
    "kế hoạch tuyên truyền ở đâu, có loa không",
    "kế hoạch có công khai gì không",
    "kế hoạch nói vướng mắc thì báo ai",
    "kế hoạch giám sát thế nào",
    "có bao nhiêu thôn",
    "mục đích của kế hoạch",
    "giải pháp giảm nghèo",
    "căn cứ của kế hoạch",
    "kế hoạch không nói đến việc nào",
    "kế hoạch nói gì về quỹ vì người nghèo",
)
MORE = "Xem tiếp phần này"


def whole(talk: Talk, question: str) -> str:
    """The answer, and what follows as long as there is more of it."""
    said = [talk(question)]
    while f"[{MORE}]" in said[-1]:
        said.append(talk(MORE))
        assert len(said) < 12, question
    return "\n".join(said)


# One place is always asked about, the other four in `make thorough`.
PLACES = [FIVE[0], *(pytest.param(one, marks=pytest.mark.thorough) for one in FIVE[1:])]


@pytest.mark.thorough
@pytest.mark.parametrize("locality", PLACES)
def test_every_number_office_and_movement_is_reached_by_a_question(knowledge: Knowledge, locality: str) -> None:
    content = knowledge.content
    place, plan = content.localities[locality], content.plans[locality]
    with talking(knowledge, FixedClock()) as talk:
        talk.press(f"start:{locality}")
        told = "\n".join(whole(talk, question) for question in QUESTIONS)
        topics = [topic.button.vi for topic in content.topics.values() if not topic.desk]
        told += "\n".join(whole(talk, f"kế hoạch nói gì về {topic.lower()}") for topic in topics)
    numbers = [number for _, fact in facts_of(plan) for number in fact.numbers.values()]
    numbers += [number for project in plan.projects for number in project.money.values()]
    missing = [text for one in numbers if (text := figure_text(one.value, one.unit, "vi")) not in told]
    missing += [office.name.vi for office in place.offices if office.name.vi not in told]
    missing += [one.name for one in place.movement if one.name not in told]
    missing += [one.document for one in plan.documents if one.document not in told]
    missing += [one.text.vi for _, one in facts_of(plan) if not one.numbers and one.text.vi not in told]
    assert missing == []
