"""Documents that officers' own words name."""

from datetime import date

import pytest

from bot.knowledge import Knowledge
from content.citations import Citation, Stands, citations

OLD, NEW = "Nghị định 07/2021/NĐ-CP", "Nghị định 351/2025/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        (OLD, date(2026, 12, 31), [Citation(document=OLD, stands=Stands.IN_FORCE)]),
        (OLD, date(2027, 1, 1), [Citation(document=OLD, stands=Stands.ENDED, day=date(2026, 12, 31))]),
        (NEW, date(2025, 6, 1), [Citation(document=NEW, stands=Stands.AHEAD, day=date(2026, 1, 1))]),
        (f"{OLD}, rồi 07/2021/NĐ-CP", date(2026, 12, 1), [Citation(document=OLD, stands=Stands.IN_FORCE)]),
        ("Nghị định số 7777/2026/NĐ-CP.", date(2026, 12, 1), ["Nghị định số 7777/2026/NĐ-CP"]),
        ("Thông báo 12/TB-UBND ngày 05/01/2027, 3/4 số hộ", date(2026, 12, 1), []),
    ],
)
def test_each_stands_as_the_cards_tell_it(
    knowledge: Knowledge, text: str, on: date, expected: list[Citation | str]
) -> None:
    found = citations(knowledge.content, text, locality="dak-cam", on=on)
    wanted = [Citation(document=one, stands=Stands.UNKNOWN) if isinstance(one, str) else one for one in expected]
    assert list(found) == wanted


@pytest.mark.parametrize(
    "number",
    [
        "1/2090/NĐ-CP",
        "2/NQ-CP",
        "3/QĐ-TTg",
        "4/CT-TTg",
        "5/2090/QH15",
        "6/NQ-UBTVQH15",
        "7/2090/TT-BTC",
        "8/TTLT-BTC-BLĐ",
    ],
)
def test_one_of_the_whole_state_that_nobody_here_knows_is_told(knowledge: Knowledge, number: str) -> None:
    found = citations(knowledge.content, f"Theo {number}.", locality="dak-cam", on=date(2026, 12, 1))
    assert [one.stands for one in found] == [Stands.UNKNOWN]
