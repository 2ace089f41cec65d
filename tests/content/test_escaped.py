"""The months of newly escaped households, counted from their own date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from content.escaped import after, reminders, terms

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (date(2023, 12, 20), [date(2026, 11, 20)]),  # 35 months ago: one reminder, now
        (date(2024, 6, 20), [date(2027, 5, 21)]),
        (date(2023, 11, 20), [date(2026, 11, 20)]),  # the last day
        (date(2023, 11, 19), []),
        (date(2023, 10, 20), []),  # 37 months ago
    ],
)
def test_one_reminder_and_none_when_it_is_over(knowledge: Knowledge, left: date, expected: list[date]) -> None:
    found = terms(knowledge.content, left, locality="dak-cam", on=TODAY)
    assert [one.id for one in found] == ["loan", "plan"]
    assert reminders(found, TODAY) == expected


def test_every_term_names_its_document(knowledge: Knowledge) -> None:
    for locality in (None, *knowledge.content.localities):
        for one in terms(knowledge.content, date(2025, 3, 15), locality=locality, on=TODAY):
            assert one.document
            assert one.last == date(2028, 3, 15)


@given(DAYS, st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_end_of_a_shorter_month(day: date, months: int) -> None:
    later = after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and later.day >= 28)
