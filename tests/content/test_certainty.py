"""The whole table of confidence, grades and days: no combination is told more surely than it is."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.certainty import EMERGENCY_NUMBERS, Certainty, of_claim, of_value, weakest
from content.schema import Confidence, Grade, Unit, Value

GRADES = [frozenset(some) for some in chain.from_iterable(combinations(Grade, n) for n in range(len(Grade) + 1))]
START, END = date(2026, 1, 1), date(2026, 12, 31)


def value(confidence: Confidence, *, text: str | None = None) -> Value:
    raw = {"from": START, "to": END, "value": text or Decimal(1), "document": "Luật", "confidence": confidence}
    return Value.model_validate(raw)


def expected(confidence: Confidence, grades: frozenset[Grade]) -> Certainty:
    if confidence is Confidence.RECALLED or confidence is Confidence.COMPUTED or not grades:
        return Certainty.UNVERIFIED  # computed from nothing is worth nothing
    return Certainty.CERTAIN if grades & {Grade.A, Grade.B} else Certainty.REPORTED


@pytest.mark.parametrize("confidence", Confidence)
def test_the_table(confidence: Confidence) -> None:
    told = {grades: of_value(value(confidence), Unit.VND, grades, on=START) for grades in GRADES}
    assert told == {grades: expected(confidence, grades) for grades in GRADES}


@pytest.mark.parametrize("confidence", Confidence)
def test_outside_its_days_nothing_is_valid(confidence: Confidence) -> None:
    for day in (START - timedelta(days=1), END + timedelta(days=1)):
        told = {grades: of_value(value(confidence), Unit.VND, grades, on=day) for grades in GRADES}
        assert told == dict.fromkeys(GRADES, Certainty.EXPIRED)


def test_both_ends_of_its_days_belong_to_a_value() -> None:
    for day in (START, END):
        assert of_value(value(Confidence.QUOTED), Unit.VND, [Grade.A], on=day) is Certainty.CERTAIN


@given(bases=st.lists(st.sampled_from(Certainty), min_size=1))
def test_a_computation_is_as_certain_as_its_weakest_value(bases: list[Certainty]) -> None:
    told = of_value(value(Confidence.COMPUTED), Unit.VND, [], on=START, bases=bases)
    assert told in bases
    assert all(list(Certainty).index(told) >= list(Certainty).index(base) for base in bases)
    assert told is weakest(bases)


@pytest.mark.parametrize("number", sorted(EMERGENCY_NUMBERS))
@pytest.mark.parametrize("confidence", Confidence)
def test_emergency_numbers_are_never_hedged(number: str, confidence: Confidence) -> None:
    for day in (START, END + timedelta(days=400)):
        assert of_value(value(confidence, text=number), Unit.PHONE, [], on=day) is Certainty.CERTAIN


def test_another_telephone_number_is_judged_like_any_figure() -> None:
    assert of_value(value(Confidence.RECALLED, text="19009068"), Unit.PHONE, [], on=START) is Certainty.UNVERIFIED


def test_a_plan_is_certain_of_itself_and_only_reports_the_law() -> None:
    assert of_claim(Confidence.QUOTED, [Grade.D], of_plan=True) is Certainty.CERTAIN
    assert of_claim(Confidence.QUOTED, [Grade.D]) is Certainty.REPORTED
    assert of_claim(Confidence.QUOTED, [Grade.C], of_plan=True) is Certainty.REPORTED


def test_a_computed_claim_without_figures_is_reported_at_best() -> None:
    assert of_claim(Confidence.COMPUTED, [Grade.A]) is Certainty.REPORTED
