"""A danger typed where the paper asks for something: heard as one, and the paper waits."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.knowledge import Knowledge
from tests.support.clock import FixedClock
from tests.support.talk import Talk, talking

NINE = datetime(2026, 11, 20, 2, tzinfo=UTC)  # in the morning, where people live


@pytest.fixture
def talk(knowledge: Knowledge) -> Iterator[Talk]:
    with talking(knowledge, FixedClock(NINE)) as talk:
        talk.press("start:dak-cam")
        yield talk


@pytest.mark.parametrize("said", ["khong biet keu ai cuu voi", "nha sap roi", "toi khong biet lam sao chong danh toi"])
@pytest.mark.parametrize("field", [0, 1, 2])
def test_a_danger_said_for_a_field_is_a_danger(talk: Talk, said: str, field: int) -> None:
    """Also where the words would fit the question: a name, a choice, a day."""
    talk.press("request-go")
    for answer in ("lò văn páo", "nam")[:field]:
        talk(answer)
    asked = talk.last
    if said == "nha sap roi" and field == 0:
        return  # three words may be a name
    assert "113" in talk(said)
    talk("dang o nha hang xom")
    assert talk("Điền giấy tiếp") == asked, "the paper waits as it was"


@pytest.mark.parametrize("said", ["hai mẹ con", "chồng mất sớm, một mình nuôi con", "không muốn nói", "không biết"])
def test_an_answer_is_no_danger(talk: Talk, said: str) -> None:
    talk.press("request-go")
    assert "113" not in talk(said) and "115" not in talk.last
