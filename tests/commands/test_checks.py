"""`chungtay checks`: what may be told of finished self-checks, and nothing of a few households."""

import csv
import io
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.records import TallyRow
from core.tally import EVERYWHERE, FEW, LEAST, WITHHELD, may_be_told
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.examples import examples

pytestmark = pytest.mark.either


def told(counts: Mapping[str, int], dimension: str = "") -> dict[str | None, str]:
    """What is told of these hamlets of one place in one month; the total under None."""
    rows = [
        TallyRow(month="2026-11", locality="dak-cam", hamlet=hamlet, dimension=dimension, count=count)
        for hamlet, count in counts.items()
    ]
    return {line.hamlet: line.told for line in may_be_told(rows)}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 5, "b": 20}, {None: "25", "a": "5", "b": "20"}),
        # The total would give away the only small one: the smallest other one is withheld too.
        ({"a": 3, "b": 20, "c": 7, "d": 0}, {None: "30", "a": FEW, "b": "20", "c": WITHHELD}),
        ({"a": 3, "b": 2, "c": 9}, {None: "14", "a": FEW, "b": FEW, "c": "9"}),
        ({"a": 3, "b": 8}, {None: "11", "a": FEW, "b": WITHHELD}),
        ({"": 4, "a": 4, "b": 2}, {None: "10", "": FEW, "a": FEW, "b": FEW}),
        # One check and five can be no other two numbers, and two checks in two hamlets are one each.
        ({"a": 1, "b": 5}, {None: "6"}),
        ({"a": 1, "b": 1, "c": 30}, {None: "32"}),
        ({"a": 4, "b": 4}, {None: "8"}),
        # Both of the two smallest that are told are 6: what is left of 10 is 4.
        ({"a": 4, "b": 6, "c": 6}, {None: "16"}),
        ({"a": 3}, {None: FEW}),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, {None: FEW}),
        ({"a": 0}, {}),
        ({}, {}),
    ],
)
def test_few_are_not_told(counts: Mapping[str, int], expected: Mapping[str | None, str]) -> None:
    assert told(counts) == expected


def possible(shown: Mapping[str | None, str]) -> list[dict[str | None, int]]:
    """All that the counts could be, for somebody who has only what is told and knows what the signs mean."""
    if shown[EVERYWHERE] == FEW:
        return []
    total = int(shown[EVERYWHERE])
    cells = {hamlet: one for hamlet, one in shown.items() if hamlet is not EVERYWHERE}
    smallest = min((int(one) for one in cells.values() if one.isdecimal()), default=total)
    among = {FEW: range(1, LEAST), WITHHELD: range(LEAST, smallest + 1)}
    choices = [among.get(one) or [int(one)] for one in cells.values()]
    return [dict(zip(cells, one, strict=True)) for one in product(*choices) if sum(one) == total]


@settings(max_examples=examples(500))
@given(st.lists(st.integers(0, 14), max_size=6))
def test_no_small_number_can_be_worked_out(counts: list[int]) -> None:
    named = {f"h{number}": count for number, count in enumerate(counts)}
    shown = told(named)
    small = {hamlet for hamlet, count in named.items() if count < LEAST}
    assert all(shown.get(hamlet) in (None, FEW) for hamlet in small)
    assert all(one in (FEW, WITHHELD) or int(one) >= LEAST for one in shown.values())
    worlds = possible(shown) if shown else []
    for hamlet in small & {*shown}:
        assert len({world[hamlet] for world in worlds}) > 1, (named, shown)
    # Whoever is told, is told rightly.
    assert all(named[str(hamlet)] == int(one) for hamlet, one in shown.items() if hamlet and one.isdecimal())


def test_months_places_and_dimensions_stand_apart() -> None:
    rows = [
        TallyRow(month=month, locality=locality, hamlet="", dimension=dimension, count=9)
        for month, locality, dimension in product(("2026-11", "2026-10"), ("b", "a"), ("", "health"))
    ]
    lines = [(one.month, one.locality, one.dimension, one.hamlet, one.told) for one in may_be_told(rows)]
    assert (
        len(lines) == 16
        and lines[0] == ("2026-10", "a", "", None, "9")
        and lines == sorted(lines, key=lambda one: one[:3])
    )


@pytest.fixture
def counted(url: str) -> None:
    """Nine checks in November and three in December; who lives where may be read from the numbers below."""

    async def count(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            for month, hamlet, times in (("2026-11", "thôn 3", 6), ("2026-11", "", 3), ("2026-12", "", 3)):
                for _ in range(times):
                    await uow.tally.add(month=month, locality="dak-cam", hamlet=hamlet, dimensions=["health"])
            await uow.commit()

    in_storage(url, count)


def test_as_a_table(command: Command, counted: None) -> None:
    said = command("checks", "totals", "--until", "2026-11")
    assert said.out == (
        "month    locality  hamlet      dimension  checks\n"
        "2026-11  dak-cam   (all)       (checks)   9\n"
        "2026-11  dak-cam   (not told)  (checks)   <5\n"
        "2026-11  dak-cam   thôn 3      (checks)   *\n"
        "2026-11  dak-cam   (all)       health     9\n"
    )


def test_as_csv(command: Command, counted: None) -> None:
    said = command("checks", "totals", "--since", "2026-12", "--locality", "dak-cam", "--format", "csv")
    assert list(csv.reader(io.StringIO(said.out))) == [
        ["month", "locality", "hamlet", "dimension", "checks"],
        ["2026-12", "dak-cam", "(all)", "(checks)", "<5"],
        ["2026-12", "dak-cam", "(all)", "health", "<5"],
    ]


def test_each_officer_sees_their_own_places(command: Command, counted: None) -> None:
    command("officer", "add", "Lan", "--role", "viewer", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "viewer", "--locality", "di-su")
    assert command("checks", "totals", "--as", "Lan").out == command("checks", "totals").out
    assert command("checks", "totals", "--as", "Minh").err == "no self-check was finished\n"


def test_where_nothing_was_counted(command: Command, counted: None) -> None:
    said = command("checks", "totals", "--since", "2027-01")
    assert said.out.count("\n") == 1 and said.err == "no self-check was finished\n"
    assert "no-such-place" in command("checks", "totals", "--locality", "no-such-place").fault


@pytest.mark.parametrize("month", ["2026", "2026-13", "11/2026", "2026-1", "٢٠٢٦-٠١"])
def test_a_month_is_written_in_one_way(command: Command, month: str) -> None:
    said = command("checks", "totals", "--since", month)
    assert said.status == 2 and "write it like 2026-11" in said.err
