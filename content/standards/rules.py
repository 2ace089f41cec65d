"""The rules of a poverty standard: what a household may be, by what is known of it and what is not.

The law (Nghị định 07/2021/NĐ-CP, Điều 3; the same form in Nghị định 351/2025/NĐ-CP): with an income per person up to
the line of its area, the line included, a household that lacks `lacking` indicators or more is poor and one that lacks
fewer is near-poor; above the line and up to the second bound it has an average living standard; else it is above.

Every indicator is true (lacking), false or unknown, and the income may be unknown. `possible` holds exactly the classes
that some way of filling in the unknowns leads to. A result is as certain as the weakest value it rests on, and it
rests on the values without which other classes were possible or another answer would settle it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from content.certainty import Certainty, of_claim
from content.schema import Grade, Source
from content.standards.schema import INCOME, Amount, Area, Checked, HouseholdClass, Standard

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR
AVERAGE_LIVING, ABOVE = HouseholdClass.AVERAGE_LIVING, HouseholdClass.ABOVE
_LEVELS = (Certainty.CERTAIN, Certainty.REPORTED, Certainty.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a household may be by one standard. Ids are in the order of the standard, income first."""

    possible: frozenset[HouseholdClass]
    certainty: Certainty  # never EXPIRED
    deprived: tuple[str, ...]  # indicators it lacks
    unknown: tuple[str, ...]  # indicators not known, and "income" when that is not
    settled_by: tuple[str, ...]  # of `unknown`: each alone would leave one class, whatever its answer
    doubtful: tuple[str, ...]  # values the result rests on that are not certain: indicators, "income"


@dataclass(frozen=True, slots=True)
class _Bound:
    """A bound of income, in đồng per person and month, and how sure it is."""

    value: int
    level: int


class _Outcome(NamedTuple):
    """The classes that are possible, and what alone would leave one of them."""

    possible: frozenset[HouseholdClass]
    settled_by: int


_BY_NOTHING, _BY_INCOME, _BY_THE_LAST = range(3)


class Rules:
    """A standard made ready to assess households. Nothing of it changes after it is made."""

    def __init__(self, standard: Standard, sources: Mapping[str, Source]) -> None:
        """Raises ValueError for a standard whose indicators are not held."""
        if not standard.held or standard.line is None or standard.lacking is None:
            raise ValueError(f"the indicators of {standard.id} are not held")
        grades = {name: source.grade for name, source in sources.items()}
        self.standard = standard
        self._levels = {item.id: _level(item, grades) for item in standard.indicators}
        self._from, self._from_level = standard.lacking.value, _level(standard.lacking, grades)
        self._lines = {area: _bound(standard.line.of(area), grades) for area in Area}
        self._averages = {area: _bound(standard.average.of(area), grades) for area in Area} if standard.average else {}

    def assess(self, area: Area, income: int | None, lacks: Mapping[str, bool | None]) -> Assessment:
        """What a household may be.

        `income` is in đồng per person and month, 0 or more; `lacks` holds an indicator's id with True where the
        household lacks it, False where it does not, None or nothing where that is not known. Other keys are passed
        over.
        """
        deprived: list[str] = []
        unknown: list[str] = []
        answered, lacking = [0] * len(_LEVELS), [0] * len(_LEVELS)  # by how sure the indicator is
        for name, level in self._levels.items():
            answer = lacks.get(name)
            if answer is None:
                unknown.append(name)
                continue
            answered[level] += 1
            if answer:
                deprived.append(name)
                lacking[level] += 1
        outcome = self._outcome(area, income, len(deprived), len(unknown), _LAST)
        level = self._level(area, income, outcome, lacking, answered)
        settled_by = {_BY_NOTHING: (), _BY_INCOME: (INCOME,), _BY_THE_LAST: tuple(unknown)}[outcome.settled_by]
        return Assessment(
            possible=outcome.possible,
            certainty=_LEVELS[level],
            deprived=tuple(deprived),
            unknown=tuple(unknown) if income is not None else (INCOME, *unknown),
            settled_by=settled_by,
            doubtful=() if level == 0 else self._doubtful(area, income, outcome.possible, lacks),
        )

    def _outcome(self, area: Area, income: int | None, deprived: int, unknown: int, level: int) -> "_Outcome":
        """What follows when only values at least as sure as `level` count: the others are in `unknown`."""
        possible = self._possible(area, income, deprived, unknown, level)
        if len(possible) == 1:
            return _Outcome(possible, _BY_NOTHING)
        if income is None:
            # Above the line there is one class for every income; within it the indicators must have decided.
            decided = len(self._within(deprived, unknown, level)) == 1 and self._bounds_hold(area, level)
            return _Outcome(possible, _BY_INCOME if decided else _BY_NOTHING)
        # Within the line, and both classes possible: one answer decides when it is the last one and it tips.
        return _Outcome(possible, _BY_THE_LAST if unknown == 1 and deprived == self._from - 1 else _BY_NOTHING)

    def _possible(
        self, area: Area, income: int | None, deprived: int, unknown: int, level: int
    ) -> frozenset[HouseholdClass]:
        """The classes that can be reached when only values at least as sure as `level` count."""
        found = self._within(deprived, unknown, level)
        line, average = self._lines[area], self._averages.get(area)
        if income is None or line.level > level:
            return found | _WITH_AVERAGE if average else found | _ABOVE
        if income <= line.value:
            return found
        if average is None:
            return _ABOVE
        if average.level > level:
            return _WITH_AVERAGE
        return _AVERAGE if income <= average.value else _ABOVE

    def _bounds_hold(self, area: Area, level: int) -> bool:
        """Whether every income falls into one band when only values at least as sure as `level` count."""
        average = self._averages.get(area)
        return self._lines[area].level <= level and (average is None or average.level <= level)

    def _within(self, deprived: int, unknown: int, level: int) -> frozenset[HouseholdClass]:
        """The classes of a household whose income is within the line."""
        if self._from_level > level:
            return _POOR_OR_NEAR
        if deprived >= self._from:
            return _POOR
        return _NEAR if deprived + unknown < self._from else _POOR_OR_NEAR

    def _level(
        self, area: Area, income: int | None, outcome: "_Outcome", lacking: list[int], answered: list[int]
    ) -> int:
        """The strongest level whose values alone lead to the same outcome."""
        deprived, unknown = 0, len(self._levels)
        for level in range(_LAST):
            deprived += lacking[level]
            unknown -= answered[level]
            if self._outcome(area, income, deprived, unknown, level) == outcome:
                return level
        return _LAST

    def _doubtful(
        self, area: Area, income: int | None, possible: frozenset[HouseholdClass], lacks: Mapping[str, bool | None]
    ) -> tuple[str, ...]:
        """The values that are not certain and that this result rests on, together if not alone."""
        found: list[str] = []
        above_line = POOR not in possible and NEAR_POOR not in possible
        average = self._averages.get(area)
        if self._lines[area].level or (income is not None and above_line and average and average.level):
            found.append(INCOME)
        if not above_line:
            found += [name for name, level in self._levels.items() if level and lacks.get(name) is not None]
        return tuple(found)


_LAST = len(_LEVELS) - 1
_POOR, _NEAR, _ABOVE = frozenset({POOR}), frozenset({NEAR_POOR}), frozenset({ABOVE})
_AVERAGE = frozenset({AVERAGE_LIVING})
_POOR_OR_NEAR, _WITH_AVERAGE = _POOR | _NEAR, _AVERAGE | _ABOVE


def _level(item: Checked, grades: Mapping[str, Grade]) -> int:
    return _LEVELS.index(of_claim(item.confidence, _known(item.sources, grades)))


def _known(sources: Iterable[str], grades: Mapping[str, Grade]) -> list[Grade]:
    return [grades[name] for name in sources if name in grades]


def _bound(amount: Amount, grades: Mapping[str, Grade]) -> _Bound:
    return _Bound(amount.value, _level(amount, grades))
