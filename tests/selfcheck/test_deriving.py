"""From a household to the indicators: the law's own boundaries, and nothing guessed from what is not known."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.selfcheck.answers import Household
from content.selfcheck.deriving import dependents, income_per_person, indicators
from content.selfcheck.schema import Fact

MAYBE = st.none() | st.booleans()
COUNT = st.none() | st.integers(0, 9)
HOMES = st.builds(
    Household,
    members=st.none() | st.integers(1, 9),
    children=COUNT,
    allowance=COUNT,
    income=st.none() | st.integers(0, 20_000_000),
    floor=st.none() | st.fractions(0, 200, max_denominator=10),
    facts=st.dictionaries(st.sampled_from(Fact), st.booleans()),
)


@pytest.mark.parametrize(
    ("members", "children", "allowance", "expected"),
    [(4, 2, 0, False), (4, 2, 1, True), (5, 3, 0, True), (5, 3, None, True), (5, 2, None, None), (5, None, 1, None)],
)
def test_dependents_are_more_than_half(
    members: int, children: int | None, allowance: int | None, expected: bool | None
) -> None:
    assert dependents(Household(members=members, children=children, allowance=allowance)) is expected


@pytest.mark.parametrize(("area", "expected"), [(32, False), (Fraction(319, 10), True), (40, False)])
def test_eight_square_metres_a_person_is_enough(area: Fraction, expected: bool) -> None:
    assert indicators(Household(members=4, floor=Fraction(area)))["housing_area"] is expected


def test_a_share_is_never_rounded_into_the_line() -> None:
    assert income_per_person(Household(members=3, income=4_500_000)) == 1_500_000
    assert income_per_person(Household(members=3, income=4_500_001)) == 1_500_001
    assert income_per_person(Household(members=None, income=1)) is None


@pytest.mark.parametrize(
    ("weak", "expected"),
    [
        ({Fact.WEAK_WALL: True, Fact.WEAK_ROOF: True}, True),
        ({Fact.WEAK_WALL: True}, None),
        ({Fact.WEAK_WALL: True, Fact.WEAK_ROOF: False, Fact.WEAK_FRAME: False}, False),
        ({Fact.WEAK_ROOF: False, Fact.WEAK_FRAME: False}, False),
        ({}, None),
    ],
)
def test_two_of_three_parts(weak: dict[Fact, bool], expected: bool | None) -> None:
    assert indicators(Household(facts=weak))["housing_quality"] is expected


def test_without_children_nothing_of_children_is_lacking() -> None:
    found = indicators(Household(children=0))
    assert (found["nutrition"], found["child_schooling"]) == (False, False)


@given(HOMES, st.sampled_from(Fact), st.booleans())
def test_a_further_fact_never_overturns_what_was_decided(home: Household, fact: Fact, value: bool) -> None:
    if fact in home.facts:
        return
    # What is asked outright stands for what it sums up: both are never asked in one check.
    if fact in (Fact.MAKESHIFT, Fact.CROWDED, Fact.MANY_DEPENDENTS):
        return
    before = indicators(home)
    after = indicators(replace(home, facts={**home.facts, fact: value}))
    assert all(after[name] is known for name, known in before.items() if known is not None)


@given(HOMES, st.integers(0, 9), st.integers(0, 9))
def test_a_further_number_never_overturns_what_was_decided(home: Household, children: int, allowance: int) -> None:
    before = dependents(home)
    whole = replace(
        home,
        children=home.children if home.children is not None else children,
        allowance=home.allowance if home.allowance is not None else allowance,
    )
    assert before is None or dependents(whole) is before
