"""relapse-watch: what still counts for a household that left the list, until when, and what when trouble returns."""

from datetime import date

import pytest

from bot.knowledge import Knowledge
from content.escaped import reminders, terms
from tests.capabilities.asking import live, sourced
from tests.support.talk import Talk

TODAY = date(2026, 11, 20)


def test_the_months_are_counted_from_the_own_date(talk: Talk) -> None:
    live(talk, "dak-cam")
    assert "[Tính đến ngày nào]" in talk("nhà tôi mới thoát nghèo")
    talk("Tính đến ngày nào")
    answer = talk("15/3/2025")
    assert "Vay vốn: 36 tháng, còn được xét đến hết ngày 15/3/2028." in answer
    assert "Kế hoạch ở đây: 36 tháng, còn tính đến hết ngày 15/3/2028." in answer
    assert sourced(answer)
    assert "[Làm giấy đề nghị]" in answer


@pytest.mark.parametrize(
    ("left", "counts"), [("20/12/2023", True), ("20/11/2023", True), ("19/11/2023", False), ("20/10/2023", False)]
)
def test_after_thirty_six_months_it_is_over(talk: Talk, left: str, counts: bool) -> None:
    live(talk, "dak-cam")
    talk("tính hạn thoát nghèo")
    answer = talk(left)
    assert ("không còn tính là mới thoát nghèo" in answer) is not counts


def test_a_place_whose_plan_says_nothing_tells_the_loan_only(talk: Talk) -> None:
    live(talk, "hong-linh")
    talk("tính hạn thoát nghèo")
    answer = talk("15/3/2025")
    assert "Vay vốn" in answer
    assert "Kế hoạch ở đây" not in answer


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (date(2023, 12, 20), [date(2026, 11, 20)]),  # 35 months ago: one reminder, now
        (date(2024, 6, 20), [date(2027, 5, 21)]),
        (date(2023, 10, 20), []),  # 37 months ago: nothing any more
    ],
)
def test_one_reminder_and_none_when_it_is_over(knowledge: Knowledge, left: date, expected: list[date]) -> None:
    found = terms(knowledge.content, left, locality="dak-cam", on=TODAY)
    assert reminders(found, TODAY) == expected


def test_trouble_again_leads_to_the_request(talk: Talk) -> None:
    live(talk, "dak-cam")
    talk("tính hạn thoát nghèo")
    talk("15/3/2025")
    assert "Mẫu số 01" in talk("Làm giấy đề nghị")
