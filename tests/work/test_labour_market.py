"""The labour market in numbers: counted by hand beside it, nothing of a few people, no trend of a few seats."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.labour_market import (
    ANY,
    TREND_LEAST,
    WAGE_LEAST,
    Counted,
    LabourPicture,
    Said,
    TradeLine,
    Vacancy,
    picture_of,
)
from core.periods import read_period
from core.tally import LEAST
from core.work import Paid
from handlers.labour_market import months_of

MONTHS = months_of(read_period("2026-Q4"))
GROUPS = {"sewing": "sewing-group", "tailoring": "sewing-group", "mason": "building"}


def vacancy(occupation: str, month: int, seats: int | None = None, wage: int | None = None) -> Vacancy:
    paid = Paid.MONTH if wage else Paid.AGREED
    at = MONTHS[month] + timedelta(days=5)
    return Vacancy(occupation=occupation, verified_at=at, seats=seats, paid=paid, wage=wage)


def counted(
    vacancies: list[Vacancy] | None = None,
    before: list[Vacancy] | None = None,
    seekers: list[Said] | None = None,
    interest: list[Said] | None = None,
    looking: int = 0,
) -> LabourPicture:
    found = Counted(
        vacancies=vacancies or [],
        before=before or [],
        seekers=seekers or [],
        interest=interest or [],
        looking=looking,
    )
    return picture_of(found, GROUPS, MONTHS)


def line(found: LabourPicture, group: str) -> TradeLine:
    return next(one for one in found.lines if one.group == group)


def test_seats_by_month_and_group_as_counted_by_hand() -> None:
    found = counted(
        [
            vacancy("sewing", 0, 10),
            vacancy("tailoring", 0, 2),
            vacancy("sewing", 2, 5),
            vacancy("mason", 1),
            vacancy("mason", 1, 30),
            vacancy("new-trade", 1, 4),
        ]
    )
    assert [(one.group, one.seats, one.total, one.offers) for one in found.lines] == [
        ("building", (0, 31, 0), 31, 2),
        ("sewing-group", (12, 0, 5), 17, 3),
        ("new-trade", (0, 4, 0), 4, 1),
    ]
    assert (found.seats, found.offers) == ((12, 35, 5), 6)


def test_wages_are_the_middle_of_each_kind_by_itself_and_never_of_a_few() -> None:
    months = [vacancy("sewing", 0, 1, wage) for wage in (6_000_000, 7_000_000, 7_500_000, 9_000_000, 30_000_000)]
    day = [Vacancy(occupation="sewing", verified_at=MONTHS[0], paid=Paid.DAY, wage=300_000)] * (WAGE_LEAST - 1)
    piece = [Vacancy(occupation="sewing", verified_at=MONTHS[0], paid=Paid.PIECE, wage=5_000)] * 9
    assert line(counted([*months, *day, *piece]), "sewing-group").wages == {Paid.MONTH: 7_500_000}
    assert line(counted([*months, *day, day[0]]), "sewing-group").wages[Paid.DAY] == 300_000
    even = [vacancy("mason", 0, 1, wage) for wage in (1_000_000, 2_000_000, 3_000_400, 4_000_000, 5_000_000, 6_000_000)]
    assert line(counted(even), "building").wages == {Paid.MONTH: 3_500_000}


def test_a_trend_only_where_both_quarters_have_enough() -> None:
    def trend(before: int, now: int) -> object:
        found = line(counted([vacancy("sewing", 0, now)], [vacancy("sewing", 0, before)]), "sewing-group")
        return found.trend and found.trend.now - found.trend.before

    assert trend(TREND_LEAST, TREND_LEAST + 5) == 5 and trend(30, 12) == -18
    assert trend(TREND_LEAST - 1, 90) is trend(90, TREND_LEAST - 1) is None


def test_people_as_counted_by_hand() -> None:
    found = counted(
        seekers=[
            Said(month=0, trades=("sewing", "tailoring"), count=6),
            Said(month=0, trades=("sewing-group", "mason"), count=5),
            Said(month=2, trades=(), count=8),
        ],
        interest=[Said(month=1, trades=("mason",), count=7)],
        looking=19,
    )
    told = {one.group: (one.seekers, one.interest) for one in found.lines}
    assert told == {"sewing-group": (11, 0), "building": (5, 7), ANY: (8, 0)}, "two trades of one group are one wish"
    assert (found.seekers, found.interest, found.looking) == (19, 7, 19)


SAID = st.lists(
    st.builds(
        Said,
        month=st.integers(0, 2),
        trades=st.lists(st.sampled_from([*GROUPS]), max_size=1).map(tuple),
        count=st.integers(1, 12),
    ),
    max_size=12,
)


@given(SAID)
def test_nothing_is_told_of_a_few_people(said: list[Said]) -> None:
    found = counted(seekers=said, looking=sum(one.count for one in said))
    for cell in (*(one.seekers for one in found.lines), found.seekers, found.looking):
        assert not isinstance(cell, int) or cell == 0 or cell >= LEAST
    months = {one.group: [0, 0, 0] for one in found.lines}
    for one in said:
        months[GROUPS[one.trades[0]] if one.trades else ANY][one.month] += one.count
    for group, counts in months.items():
        cell = line(found, group).seekers
        if any(0 < count < LEAST for count in counts):
            assert not isinstance(cell, int), "a month of a few makes no plain sum"
