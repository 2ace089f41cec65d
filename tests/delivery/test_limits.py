"""How fast, how often and when: the rules by themselves."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns import read_notice
from core.caps import CAPS, LOCAL, free_at, quiet
from scheduler.limits import Place, Rate, Rates
from tests.support.chance import SeededChance

MOMENTS = st.integers(0, 10**9).map(lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


class Server:
    """Takes messages at moments of its own between their leaving and their answer."""

    def __init__(self, most: int) -> None:
        self.now, self.took = 0.0, []
        self.rate = Rate(most, lambda: self.now)
        self._ends: list[tuple[float, float, float, Place]] = []

    def until(self, moment: float) -> None:
        """What is answered by then is."""
        for end, began, _, place in sorted(self._ends, key=lambda one: one[0]):
            if end <= moment:
                self.now = end
                self._landed(began, place)
        self._ends = [one for one in self._ends if one[0] > moment]
        self.now = moment

    def _landed(self, began: float, place: Place) -> None:
        now, self.now = self.now, began
        with place:
            self.now = now

    def send(self, there: float, back: float, *, notice: bool) -> None:
        """One leaves now, and is there and answered so many seconds later."""
        place = self.rate.take(notice=notice)
        self.took.append(self.now + there)
        self._ends.append((self.now + there + back, self.now, there, place))


WAYS = st.tuples(st.floats(0.001, 0.7), st.floats(0.001, 0.7))  # seconds there and back
STEPS = st.lists(st.tuples(st.floats(0, 0.4), WAYS, st.booleans()), min_size=1, max_size=200)


@given(STEPS, st.integers(1, 40))
def test_never_more_than_the_limit_within_any_second_of_the_servers(
    steps: list[tuple[float, tuple[float, float], bool]], most: int
) -> None:
    server = Server(most)
    for wait, (there, back), notices in steps:
        server.until(server.now + wait)
        for _ in range(server.rate.room_for_notices() if notices else server.rate.room()):
            server.send(there, back, notice=notices)
    assert all(sum(start <= one < start + 0.999999 for one in server.took) <= most for start in server.took)


@pytest.mark.parametrize(("most", "way"), [(30, 0.001), (30, 0.03), (1000, 0.002)])
def test_the_limit_is_used(most: int, way: float) -> None:
    """Over ten seconds after the first, with more to send than may leave; the way takes as long each time."""
    server = Server(most)
    while server.now < 11:
        for _ in range(server.rate.room_for_notices()):
            server.send(way, way, notice=True)
        server.until(server.now + 0.002)
    used = sum(1 <= one < 11 for one in server.took) / 10
    assert 0.97 * most <= used <= most


@pytest.mark.parametrize("every", [0.07, 0.1, 0.5])
@pytest.mark.parametrize("slowest", [0.01, 0.1])
def test_replies_find_room_beside_many_notices(every: float, slowest: float) -> None:
    """However long it goes on: no part of a second is left without places, and nearly all of the limit is used."""
    server, chance = Server(30), SeededChance()
    waits: list[float] = []
    waiting: list[float] = []  # since when each does
    due = 0.0
    while server.now < 40:
        if server.now >= due:
            waiting.append(server.now)
            due += every
        for _ in range(min(server.rate.room(), len(waiting))):
            waits.append(server.now - waiting.pop(0))
            server.send(0.01, slowest * chance.fraction(), notice=False)
        for _ in range(server.rate.room_for_notices()):
            server.send(0.01, slowest * chance.fraction(), notice=True)
        server.until(server.now + 0.005)
    assert len(waits) > 19 / every and max(waits[len(waits) // 10 :]) <= 0.12
    assert sum(10 <= one < 30 for one in server.took) >= 0.85 * 600  # a few are kept for replies


def test_no_room_before_a_share_is_given_and_none_after_it_ran_out() -> None:
    now = 0.0
    rates = Rates({"telegram": 30}, shared=True, now=lambda: now)
    rate = rates.of("telegram.main")
    assert rate is not None and rate.room() == 0 and rate.free_in() == math.inf
    rate.give(8, until=3.0)
    assert rate.room() == 8
    now = 3.0
    assert rate.room() == 0 and rate.free_in() == math.inf


def test_what_never_left_takes_no_place() -> None:
    rate = Rate(1, lambda: 0.0)
    place = rate.take()
    assert rate.room() == 0
    place.give_back()
    place.give_back()
    assert rate.room() == 1


def test_a_channel_without_a_limit_has_none() -> None:
    rates = Rates({"telegram": 1})
    assert rates.take("webchat.main") is None and rates.of("webchat.main") is None


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


def test_what_is_kept_for_replies_is_waited_for_and_not_asked_again_and_again() -> None:
    server = Server(30)
    for _ in range(9):
        server.send(0.01, 0.01, notice=False)
    server.until(1.5)  # they count no longer; places are kept for as many
    while server.now < 2.3:
        for _ in range(server.rate.room_for_notices()):
            server.send(0.01, 0.01, notice=True)
        server.until(server.now + 0.05)
    assert server.rate.room() > 0 and server.rate.room_for_notices() == 0
    assert server.rate.free_in() > 0.05
