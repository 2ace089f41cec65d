"""What people wish to learn: asked for by consent, one answer a person, counted so that nobody is known by it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from bot.knowledge import Knowledge
from core.surveys import NOTHING, Answer, Wish, forecasts, table
from core.tally import FEW
from core.training import Household
from tests.support.clock import FixedClock
from tests.support.talk import Talk, receiving

PERSONS = iter(range(10_000))
ANSWERS = ("may", "cuối năm", "tối", "trong xã", "lớp 9", "có", "thôn 3", "hộ nghèo")


@pytest.fixture
def somebody(knowledge: Knowledge) -> Iterator[Callable[[], Talk]]:
    with receiving(knowledge, FixedClock()) as room:

        def new() -> Talk:
            talk = room(f"wisher-{next(PERSONS)}")
            talk.press("start:dak-cam")
            return talk

        yield new


def surveyed(talk: Talk) -> None:
    talk.survey(date(2026, 11, 20), date(2026, 11, 30))


def test_nothing_is_asked_where_there_is_no_survey(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    assert "không có đợt khảo sát" in talk("khảo sát học nghề")
    surveyed(talk)
    assert "đến hết ngày 30/11/2026" in talk("khảo sát học nghề")


def test_eight_questions_each_of_which_may_be_passed_over(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    surveyed(talk)
    talk("khảo sát học nghề")
    said = talk("đồng ý")
    for number in range(1, 8):
        assert f"Câu {number}, có 8 câu." in said and "[Bỏ qua]" in said
        assert talk.rows("survey_answers") == talk.rows("consents") == 0
        said = talk("Bỏ qua")
    assert "[Không muốn nói]" in said
    assert "Cảm ơn" in talk("Không muốn nói")
    assert talk.rows("survey_answers") == talk.rows("consents") == 1


def test_one_answer_a_person_changed_seen_and_deleted(somebody: Callable[[], Talk]) -> None:
    talk, other = somebody(), somebody()
    surveyed(talk)
    for one in (talk, other):
        one("khảo sát học nghề")
        one("đồng ý")
        for answer in ANSWERS:
            one(answer)
    assert talk.rows("survey_answers") == 2 and not talk.holds("thôn 3, ")
    talk("khảo sát học nghề")
    talk("Trả lời lại")
    for answer in ("nấu ăn", *["bỏ qua"] * 6, "Không muốn nói"):
        talk(answer)
    assert talk.rows("survey_answers") == 2, "the new one takes the place of the old one"
    talk("tải dữ liệu của tôi")
    assert '"kitchen"' in talk.file() and '"sewing-group"' not in talk.file()
    assert "khảo sát học nghề, giữ đến hết ngày" in talk("dữ liệu của tôi")
    assert "Đã xóa câu trả lời" in talk("xóa câu trả lời khảo sát")
    assert talk.rows("survey_answers") == 1
    other("xóa dữ liệu của tôi")
    other.press("erase-now")
    assert other.rows("survey_answers") == 0


def test_odd_presses_change_nothing(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    surveyed(talk)
    talk.press("survey-say:trade=sewing-group")
    talk("khảo sát học nghề")
    talk.press("survey-agree")
    for odd in ("trade=no-such", "season=early", "care=yes", "x", "trade=pagex"):
        assert "Câu 1" in talk.press(f"survey-say:{odd}")
    for press in (
        "trade=sewing-group",
        "season=any",
        "hours=any",
        "reach=stay",
        "schooling=none",
        "care=no",
        "hamlet=",
    ):
        talk.press(f"survey-say:{press}")
    assert "Cảm ơn" in talk.press("survey-say:household=poor")


def wishes(many: int, trade: str, hamlet: str = "thôn 1", household: Household = Household.POOR) -> list[Answer]:
    return [Answer(wish=Wish(trade=trade, household=household), hamlet=hamlet)] * many


def test_the_table_is_the_mix_and_hides_what_is_small() -> None:
    told = table(
        [
            *wishes(30, "sewing-group"),
            *wishes(20, "sewing-group", "thôn 2", Household.NEAR_POOR),
            *wishes(12, "farm", "thôn 2"),
            *wishes(2, "farm", "thôn 1"),
            *wishes(8, NOTHING),
            *wishes(3, "kitchen"),
            *wishes(4, "driving"),
        ]
    )
    assert told.all == 79 and told.number("sewing-group") == 50 and told.number("farm") == 14
    assert told.trades["kitchen"] == told.trades["driving"] == FEW and told.number("kitchen") is None
    assert told.cells["sewing-group"] == {("thôn 1", Household.POOR): "30", ("thôn 2", Household.NEAR_POOR): "20"}
    assert "kitchen" not in told.cells and "2" not in told.cells["farm"].values()
    assert "12" not in told.cells["farm"].values(), "beside the total it would give the two away"


def test_the_forecast_says_classes_and_a_trend_only_of_many() -> None:
    before = table([*wishes(20, "sewing-group"), *wishes(10, "farm"), *wishes(20, "kitchen")])
    now = table([*wishes(60, "sewing-group"), *wishes(40, "farm"), *wishes(24, "kitchen"), *wishes(9, NOTHING)])
    found = {one.trade: (one.people, one.classes, one.left, one.moved) for one in forecasts(now, before)}
    assert found == {
        "sewing-group": (60, 2, 0, 5),
        "farm": (40, 1, 5, None),
        "kitchen": (24, 0, 24, -22),
    }
    assert [one.moved for one in forecasts(now, None)] == [None, None, None]


def test_an_answer_is_no_danger_and_a_danger_is_none_the_less(somebody: Callable[[], Talk]) -> None:
    talk = somebody()
    surveyed(talk)
    for said in ("khảo sát học nghề", "đồng ý", "may", "cuối năm"):
        talk(said)
    assert "Câu 4" in talk("tối"), "without its marks it is the word for oneself"
    assert "113" in talk("chong danh toi")
