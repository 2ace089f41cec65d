"""relapse-watch: what still counts for a household that left the list, until when, and what when trouble returns."""

import pytest

from tests.capabilities.asking import live, sourced
from tests.support.talk import Talk


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
    assert "Vay vốn: 36 tháng" in answer
    assert ("không còn tính là mới thoát nghèo" in answer) is not counts


def test_a_place_whose_plan_says_nothing_tells_the_loan_only(talk: Talk) -> None:
    live(talk, "hong-linh")
    talk("tính hạn thoát nghèo")
    answer = talk("15/3/2025")
    assert "Vay vốn" in answer
    assert "Kế hoạch ở đây" not in answer


@pytest.mark.parametrize(
    ("left", "day"),
    [
        ("20/12/2023", "20/11/2026"),  # 35 months ago: today
        ("20/6/2024", "21/5/2027"),
        ("20/10/2023", None),  # 37 months ago: nothing any more
    ],
)
def test_one_day_to_ask_again_and_none_when_it_is_over(talk: Talk, left: str, day: str | None) -> None:
    live(talk, "dak-cam")
    talk("tính hạn thoát nghèo")
    answer = talk(left)
    assert "Tính từ ngày" in answer
    assert answer.count("nên hỏi lại cán bộ từ ngày") == (day is not None)
    assert day is None or f"nên hỏi lại cán bộ từ ngày {day}." in answer


def test_trouble_again_leads_to_the_request(talk: Talk) -> None:
    live(talk, "dak-cam")
    talk("tính hạn thoát nghèo")
    assert "Gặp khó trở lại thì làm giấy đề nghị ngay." in talk("15/3/2025")
    assert "Mẫu số 01" in talk("Làm giấy đề nghị")
