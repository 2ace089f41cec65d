"""On which days posts are due."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.series.schema import Holiday, Series
from content.series.when import Due, due, holidays, silent, tet, working_days_after
from core.caps import LOCAL, quiet

TEXT = {"vi": "Một", "en": "One"}


def made(begins: dict[str, object], days: Sequence[int | None], **more: object) -> Series:
    posts = [{"id": f"p{n}", "topic": "housing", "title": TEXT, "text": TEXT, "day": day} for n, day in enumerate(days)]
    return Series.model_validate(
        {
            "id": "made",
            "title": TEXT,
            "why": TEXT,
            "begins": begins,
            "hour": "18:00",
            "late_hours": 24,
            "good_for_days": 3,
            "posts": posts,
            **more,
        }
    )


def days_of(found: Sequence[Due]) -> list[tuple[str, str]]:
    return [(one.post.id, f"{one.at:%Y-%m-%d}" if one.at else one.why) for one in found]


# Mồng 1 Tết by computation, checked against the years that have passed; in 2030 China's is a day later.
@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, "02-10"), (2025, "01-29"), (2026, "02-17"), (2027, "02-06"), (2028, "01-26"), (2030, "02-02")],
)
def test_tet_is_that_of_viet_nam(year: int, day: str) -> None:
    assert tet(year) == date.fromisoformat(f"{year}-{day}")
    assert [silent(tet(year) + timedelta(days=n)) for n in (-1, 0, 1, 2, 3)] == [False, True, True, True, False]


def test_a_yearly_series_comes_every_year_and_ends_on_its_day() -> None:
    month = made({"yearly": "10-17"}, [0, 32, 33], until="11-18")
    assert days_of(due(month, date(2026, 1, 1), date(2027, 12, 31))) == [
        ("p0", "2026-10-17"),
        ("p1", "2026-11-18"),
        ("p0", "2027-10-17"),
        ("p1", "2027-11-18"),
    ]
    assert days_of(due(month, date(2026, 10, 18), date(2027, 10, 16))) == [("p1", "2026-11-18")]
    # Where the ceremony is on another day, an officer names it.
    assert days_of(due(month, date(2026, 1, 1), date(2026, 12, 31), begins=date(2026, 10, 20)))[0] == (
        "p0",
        "2026-10-20",
    )


def test_posts_around_tet_leave_its_first_days_alone() -> None:
    series = made({"tet": -28}, [0, 21, 28, 29, 30, 31])
    assert days_of(due(series, date(2026, 12, 1), date(2027, 3, 31))) == [
        ("p0", "2027-01-09"),
        ("p1", "2027-01-30"),
        ("p2", "tet"),
        ("p3", "tet"),
        ("p4", "tet"),
        ("p5", "2027-02-09"),
    ]


def test_an_alert_does_not_wait_for_tet_to_pass() -> None:
    storm = made({"named": True}, [0], urgent=True)
    assert days_of(due(storm, date(2027, 1, 1), date(2027, 12, 31), begins=date(2027, 2, 6))) == [("p0", "2027-02-06")]


def test_a_series_that_wants_a_day_says_so() -> None:
    with pytest.raises(ValueError, match="an officer names"):
        due(made({"named": True}, [0]), date(2027, 1, 1), date(2027, 12, 31))


def test_a_segment_comes_in_turn_on_its_weekday_or_the_next_day_of_work() -> None:
    segment = made({"weekly": "thursday"}, [None, None])
    found = due(segment, date(2026, 11, 21), date(2026, 12, 31), free=frozenset({date(2026, 12, 10)}))
    assert days_of(found) == [
        ("p0", "2026-11-26"),
        ("p1", "2026-12-03"),
        ("p0", "2026-12-11"),
        ("p1", "2026-12-17"),
        ("p0", "2026-12-24"),
        ("p1", "2026-12-31"),
    ]
    assert days_of(due(segment, date(2026, 11, 21), date(2026, 11, 30), after="p0")) == [("p1", "2026-11-26")]


def test_a_segment_rests_in_a_full_week_and_loses_nothing() -> None:
    segment = made({"weekly": "thursday"}, [None, None, None])
    taken = [date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 8)]
    found = due(segment, date(2026, 11, 23), date(2026, 12, 13), taken=taken)
    assert days_of(found) == [("p0", "2026-11-26"), ("p1", "2026-12-10")]


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.integers(0, 500), st.integers(1, 60))
def test_a_segment_never_comes_twice_a_week_nor_at_night_nor_at_tet(first: date, length: int, posts: int) -> None:
    segment = made({"weekly": "saturday"}, [None] * posts)
    found = due(segment, first, first + timedelta(days=length))
    moments = [one.at for one in found if one.at is not None]
    assert len(moments) == len(found) == len({moment.isocalendar()[:2] for moment in moments})
    assert not any(quiet(moment) or silent(moment.date()) for moment in moments)
    assert [one.post.id for one in found] == [f"p{n % posts}" for n in range(len(found))]


def test_holidays_follow_their_rule_until_the_days_of_a_year_are_announced() -> None:
    name = {"vi": "a", "en": "b"}
    rules = [
        Holiday.model_validate({"id": "a", "name": name, "yearly": "09-02"}),
        Holiday.model_validate({"id": "b", "name": name, "lunar": "03-10"}),
        Holiday.model_validate({"id": "c", "name": name, "days": {2027: [date(2027, 2, 5)]}}),
    ]
    assert set(holidays(rules, 2026)) == {date(2026, 9, 2), date(2026, 4, 26)}
    assert date(2027, 2, 5) in holidays(rules, 2027)
    moved = [Holiday.model_validate({"id": "a", "name": name, "yearly": "09-02", "days": {2026: [date(2026, 9, 1)]}})]
    assert set(holidays(moved, 2026)) == {date(2026, 9, 1)} and set(holidays(moved, 2027)) == {date(2027, 9, 2)}


def test_the_hour_is_that_of_viet_nam() -> None:
    (one,) = due(made({"yearly": "10-17"}, [0]), date(2026, 10, 1), date(2026, 10, 31))
    assert one.at == datetime(2026, 10, 17, 18, 0, tzinfo=LOCAL)


FIXED = [
    Holiday.model_validate({"id": "n", "name": TEXT, "yearly": "04-30"}),
    Holiday.model_validate({"id": "l", "name": TEXT, "yearly": "05-01"}),
    Holiday.model_validate({"id": "h", "name": TEXT, "lunar": "03-10"}),
]


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-11-20", 3, "2026-11-25"),  # a weekend between
        ("2027-02-04", 1, "2027-02-10"),  # the eve, a weekend, and the third and fourth day of Tết
        ("2027-02-04", 3, "2027-02-12"),
        ("2026-04-24", 3, "2026-04-29"),
        ("2026-04-29", 1, "2026-05-04"),  # two holidays and a weekend
        ("2026-04-24", 1, "2026-04-27"),  # Hùng Kings' day was on Sunday, 26 April
        ("2025-04-04", 1, "2025-04-08"),  # and in 2025 on Monday, 7 April
    ],
)
def test_working_days_pass_by_weekends_holidays_and_tet(day: str, count: int, then: str) -> None:
    assert working_days_after(date.fromisoformat(day), count, FIXED).isoformat() == then


def test_what_was_announced_for_a_year_counts() -> None:
    announced = Holiday.model_validate({"id": "tet", "name": TEXT, "days": {2027: ["2027-02-10", "2027-02-11"]}})
    assert working_days_after(date(2027, 2, 4), 1, [announced]) == date(2027, 2, 12)
