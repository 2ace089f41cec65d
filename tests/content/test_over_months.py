"""Tallies of several months: told from what is told of each month, and from nothing else."""

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.records import TallyRow
from core.tally import EVERYWHERE, FEW, LEAST, may_be_told, over_months
from tests.support.examples import examples

MONTHS, HAMLETS = ("2026-10", "2026-11", "2026-12"), ("", "a", "b", "c")
COUNTS = st.lists(st.integers(0, 9), min_size=12, max_size=12)


def rows(counts: list[int]) -> list[TallyRow]:
    """One number for each month and hamlet."""
    at = [(month, hamlet) for month in MONTHS for hamlet in HAMLETS]
    return [
        TallyRow(month=month, locality="x", hamlet=hamlet, dimension="", count=count)
        for (month, hamlet), count in zip(at, counts, strict=True)
    ]


@pytest.mark.thorough
@settings(max_examples=examples(300))
@given(COUNTS, st.randoms(use_true_random=False))
def test_whoever_has_the_months_learns_nothing_from_their_sum(counts: list[int], chance: Random) -> None:
    """Other counts of which the months tell the same give the same quarter."""
    months = may_be_told(rows(counts))
    hidden = {(one.month, one.hamlet) for one in months if one.told == FEW}
    other = list(counts)
    for _ in range(40):
        tried = list(counts)
        for number, one in enumerate(rows(counts)):
            told_apart = any(line.month == one.month and line.hamlet is not EVERYWHERE for line in months)
            if (one.month, one.hamlet) in hidden or (not told_apart and one.count):
                tried[number] = chance.randint(1, LEAST - 1)
        if may_be_told(rows(tried)) == months:
            other = tried
    assert over_months(rows(other)) == over_months(rows(counts))


@settings(max_examples=examples(300))
@given(COUNTS)
def test_what_is_told_is_true(counts: list[int]) -> None:
    told = over_months(rows(counts))
    for hamlet in (*HAMLETS, EVERYWHERE):
        true = sum(one.count for one in rows(counts) if hamlet in (EVERYWHERE, one.hamlet))
        cell = told.of("x", hamlet, "")
        if isinstance(cell, int):
            assert cell == true and (cell == 0 or cell >= LEAST)
        elif cell == FEW:
            assert 0 < true < LEAST
        elif cell is not None:
            assert true >= int(cell.removeprefix(">=")) >= LEAST


@pytest.mark.thorough
def test_no_small_number_follows_from_all_that_is_told_of_a_month() -> None:
    """Every month of three hamlets with up to twelve checks, and how many lacked one thing: whoever has what is told of
    checks and dimension, and knows how it is decided, has several numbers to choose from for each small one.
    """
    worlds: dict[object, list[tuple[tuple[int, ...], ...]]] = {}
    for checks in product(range(13), repeat=3):
        if LEAST <= sum(checks) <= 12:
            for lacking in product(*(range(one + 1) for one in checks)):
                told = may_be_told(month(checks, "") + month(lacking, "housing"))
                shown = tuple((one.hamlet, one.dimension, one.told) for one in told)
                worlds.setdefault(shown, []).append((checks, lacking))
    assert len(worlds) > 1000
    for shown, alike in worlds.items():
        for which, hamlet in product((0, 1), range(3)):
            numbers = {world[which][hamlet] for world in alike}
            assert len(numbers) > 1 or not 0 < min(numbers) < LEAST, (shown, alike)


def month(counts: Sequence[int], dimension: str) -> list[TallyRow]:
    """One month of three hamlets."""
    return [
        TallyRow(month="2026-11", locality="x", hamlet=hamlet, dimension=dimension, count=count)
        for hamlet, count in zip("abc", counts, strict=True)
    ]
