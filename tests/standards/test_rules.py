"""The rules over the whole space of households: sound, tight, and saying rightly what would settle a doubt."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as some

from content import loader
from content.catalogue import Catalogue
from content.certainty import Certainty
from content.standards.rules import Assessment, Rules
from content.standards.schema import INCOME, Area, HouseholdClass

STANDARDS = ("nd07-2021", "nd351-2025")
# What the decrees say, written out once more: line and bound of the average living standard, by area.
LAW = {
    ("nd07-2021", Area.RURAL): (1_500_000, 2_250_000),
    ("nd07-2021", Area.URBAN): (2_000_000, 3_000_000),
    ("nd351-2025", Area.RURAL): (2_200_000, 3_300_000),
    ("nd351-2025", Area.URBAN): (2_800_000, 4_200_000),
}
BOUNDARIES = sorted({bound + step for bounds in LAW.values() for bound in bounds for step in (-1, 0, 1)} | {0, 10**9})
POOR, NEAR_POOR, AVERAGE, ABOVE = HouseholdClass


@cache
def catalogue() -> Catalogue:
    return loader.load_catalogue()


@cache
def rules(standard: str) -> Rules:
    found = catalogue().rules(standard)
    assert found is not None
    return found


def names(standard: str) -> tuple[str, ...]:
    return tuple(item.id for item in rules(standard).standard.indicators)


def by_law(standard: str, area: Area, income: int, lacking: int) -> HouseholdClass:
    """One household of which everything is known."""
    line, average = LAW[standard, area]
    if income <= line:
        return POOR if lacking >= 3 else NEAR_POOR
    return AVERAGE if income <= average else ABOVE


def completions(standard: str, income: int | None, lacks: Mapping[str, bool | None]) -> Iterator[tuple[int, int]]:
    """Every way of filling in what is not known, as an income and a number lacking."""
    known = [lacks[name] for name in names(standard) if lacks.get(name) is not None]
    least, unknown = sum(map(bool, known)), len(names(standard)) - len(known)
    incomes = BOUNDARIES if income is None else (income,)
    yield from itertools.product(incomes, range(least, least + unknown + 1))


def classes(standard: str, area: Area, income: int | None, lacks: Mapping[str, bool | None]) -> set[HouseholdClass]:
    return {by_law(standard, area, *filled) for filled in completions(standard, income, lacks)}


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_household_of_which_all_is_known(standard: str) -> None:
    """All 4,096 ways to lack something; for each number lacking, both areas and every income beside a bound."""
    held, ids = rules(standard), names(standard)
    assert len(ids) == 12
    seen = set()
    for answers in itertools.product((True, False), repeat=12):
        lacks: dict[str, bool | None] = dict(zip(ids, answers, strict=True))
        lacking = sum(answers)
        incomes = BOUNDARIES if lacking not in seen else (LAW[standard, Area.RURAL][0],)
        areas = Area if lacking not in seen else (Area.RURAL,)
        seen.add(lacking)
        for area, income in itertools.product(areas, incomes):
            found = held.assess(area, income, lacks)
            assert found.possible == {by_law(standard, area, income, lacking)}
            assert found.settled_by == () == found.unknown


areas, incomes = some.sampled_from(list(Area)), some.none() | some.sampled_from(BOUNDARIES) | some.integers(0, 10**7)


def answers(standard: str) -> some.SearchStrategy[dict[str, bool | None]]:
    """Any answers, many of them unknown; some keys missing, some of another standard."""
    return some.fixed_dictionaries(
        {}, optional=dict.fromkeys((*names(standard), "waste", "info_devices"), some.sampled_from([True, False, None]))
    )


@pytest.mark.parametrize("standard", STANDARDS)
@given(data=some.data())
def test_possible_is_what_some_completion_reaches(standard: str, data: some.DataObject) -> None:
    """Sound: no completion falls outside. Tight: each class is reached by one."""
    area, income, lacks = data.draw(areas), data.draw(incomes), data.draw(answers(standard))
    assert rules(standard).assess(area, income, lacks).possible == classes(standard, area, income, lacks)


@pytest.mark.parametrize("standard", STANDARDS)
@given(data=some.data())
def test_settled_by_is_each_unknown_that_alone_leaves_one_class(standard: str, data: some.DataObject) -> None:
    area, income, lacks = data.draw(areas), data.draw(incomes), data.draw(answers(standard))
    found = rules(standard).assess(area, income, lacks)
    assert found.unknown == (*([INCOME] if income is None else []), *_unknown(standard, lacks))
    settles = []
    for name in found.unknown if len(found.possible) > 1 else ():
        answered = (
            [classes(standard, area, one, lacks) for one in BOUNDARIES]
            if name == INCOME
            else [classes(standard, area, income, {**lacks, name: answer}) for answer in (True, False)]
        )
        if all(len(one) == 1 for one in answered):
            settles.append(name)
    assert found.settled_by == tuple(settles)


def _unknown(standard: str, lacks: Mapping[str, bool | None]) -> list[str]:
    return [name for name in names(standard) if lacks.get(name) is None]


@pytest.mark.parametrize("standard", STANDARDS)
@given(data=some.data())
def test_the_order_of_answers_does_not_matter(standard: str, data: some.DataObject) -> None:
    area, income, lacks = data.draw(areas), data.draw(incomes), data.draw(answers(standard))
    again = dict(data.draw(some.permutations(list(lacks.items()))))
    assert rules(standard).assess(area, income, lacks) == rules(standard).assess(area, income, again)


@pytest.mark.parametrize("standard", STANDARDS)
@given(data=some.data())
def test_one_more_answer_never_adds_a_class(standard: str, data: some.DataObject) -> None:
    area, income, lacks = data.draw(areas), data.draw(incomes), data.draw(answers(standard))
    before = rules(standard).assess(area, income, lacks)
    for name in _unknown(standard, lacks):
        for answer in (True, False):
            assert rules(standard).assess(area, income, {**lacks, name: answer}).possible <= before.possible


@pytest.mark.parametrize("standard", STANDARDS)
@given(data=some.data())
def test_a_result_is_as_certain_as_what_it_rests_on(standard: str, data: some.DataObject) -> None:
    """Certain: the same outcome when what is not certain is not known. Else it names what it rests on."""
    area, income, lacks = data.draw(areas), data.draw(incomes), data.draw(answers(standard))
    held = rules(standard)
    found = held.assess(area, income, lacks)
    doubtful = {"health_insurance", "info_devices"} if standard == "nd07-2021" else set(names(standard))
    sure = held.assess(area, income, {name: answer for name, answer in lacks.items() if name not in doubtful})
    same = (sure.possible, sure.settled_by) == (found.possible, found.settled_by)
    beyond = income is not None and income > LAW[standard, area][0]
    if beyond:  # the new standard's average living standard is remembered only
        same = standard == "nd07-2021"
    assert found.certainty is (Certainty.CERTAIN if same else Certainty.UNVERIFIED)
    assert bool(found.doubtful) is not same
    assert set(found.doubtful) <= ({INCOME} if beyond else doubtful)


def test_both_standards_of_a_day() -> None:
    """In autumn 2026 two are used, before and after it one; each names the text it is used by."""

    def used(on: date) -> list[tuple[str, str, str]]:
        return [(one.standard, one.purpose.value, one.document) for one in catalogue().standards_used(on)]

    recognition = ("nd07-2021", "recognition", "Nghị định 351/2025/NĐ-CP")
    review = ("nd351-2025", "review", "Thông tư 25/2026/TT-BNNMT")
    assert used(date(2026, 8, 31)) == [recognition]
    assert used(date(2026, 9, 1)) == used(date(2026, 12, 31)) == [recognition, review]
    assert used(date(2027, 1, 1)) == [("nd351-2025", "recognition", "Nghị định 351/2025/NĐ-CP")]
    assert used(date(2025, 12, 31)) == [("nd07-2021", "recognition", "Nghị định 07/2021/NĐ-CP")]
    assert used(date(2021, 12, 31))[0][0] == "qd59-2015"
    assert catalogue().rules("qd59-2015") is None
    assert used(date(2015, 12, 31)) == used(date(2031, 1, 1)) == []


def test_what_is_told_of_a_result() -> None:
    found = rules("nd07-2021").assess(Area.URBAN, 2_000_000, {"toilet": True, "water": True, "telecom": False})
    assert found == Assessment(
        possible=frozenset({POOR, NEAR_POOR}),
        certainty=Certainty.CERTAIN,
        deprived=("water", "toilet"),
        unknown=tuple(name for name in names("nd07-2021") if name not in {"water", "toilet", "telecom"}),
        settled_by=(),
        doubtful=(),
    )
