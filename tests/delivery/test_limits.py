"""How fast, how often and when: the rules by themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns import read_notice
from core.caps import CAPS, LOCAL, free_at, quiet
from scheduler.limits import Rates

MOMENTS = st.integers(0, 10**9).map(lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


@given(st.lists(st.floats(0, 0.4), min_size=1, max_size=200), st.integers(1, 40))
def test_never_more_than_the_limit_within_any_second(steps: list[float], most: int) -> None:
    now, left = 0.0, []
    rates = Rates({"telegram": most}, lambda: now)
    for step in steps:
        now += step
        room = rates.room("telegram.main")
        assert room is not None
        for _ in range(room):
            rates.sent("telegram.main")
            left.append(now)
    assert all(sum(start <= one < start + 0.999999 for one in left) <= most for start in left)
    wait = rates.free_in()
    if wait is not None:
        now += wait + 1e-9
        assert rates.room("telegram.main")


def test_a_channel_without_a_limit_has_none() -> None:
    rates = Rates({"telegram": 1})
    rates.sent("webchat.main")
    assert rates.room("webchat.main") is None and rates.free_in() is None


@given(MOMENTS)
def test_quiet_hours_are_those_of_viet_nam(moment: datetime) -> None:
    local = moment.astimezone(LOCAL)
    minutes = local.hour * 60 + local.minute
    assert quiet(moment) is (minutes >= 20 * 60 + 30 or minutes < 7 * 60)


@given(st.lists(st.integers(0, 60 * 24 * 30), max_size=60))
def test_nobody_ever_gets_more_than_the_caps_allow(minutes: list[int]) -> None:
    got: list[datetime] = []
    start = datetime(2026, 11, 20, tzinfo=UTC)
    for minute in sorted(minutes):
        now = start + timedelta(minutes=minute)
        free = free_at(list(reversed(got)), now)
        if free is None:
            got.append(now)
        else:
            assert free > now and free_at(list(reversed(got)), free) is None
    for most, within in CAPS:
        assert all(sum(one <= other < one + within for other in got) <= most for one in got)


FILE = {
    "kind": "notice",
    "title": "a",
    "source": "b",
    "text": {"vi": "c"},
    "audience": {"localities": ["x", "y"]},
    "sending": {},
}
CHANGES = [
    {"text": {"vi": "d"}},
    {"text": {"vi": "c", "en": "c"}},
    {"source": "d"},
    {"title": "d"},
    {"audience": {"localities": ["x"]}},
    {"audience": {"not": {"localities": ["x", "y"]}}},
    {"sending": {"urgent": True}},
    {"sending": {"hold_back_seconds": 0}},
    {"sending": {"on_doubt": "hold"}},
    {"sending": {"not_after": "2026-12-01T00:00:00+07:00"}},
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_another_hash(change: dict[str, object]) -> None:
    assert read_notice({**FILE, **change}).hash() != read_notice(FILE).hash()


def test_what_means_the_same_has_the_same_hash() -> None:
    same = {**FILE, "audience": {"localities": ["y", "x", "y"]}, "sending": {"hold_back_seconds": 120, "urgent": False}}
    assert read_notice(same).hash() == read_notice(FILE).hash()
    again = read_notice(FILE)
    assert read_notice({"kind": "notice", **again.plain()}) == again
