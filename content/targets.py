"""How far a place is with each goal of its plan: the plan's number, the newest figure, what is missing, until when.

Nothing is foretold: a plan gives a goal and a last day, no steps between. Behind is what was not reached by then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from content.formatting import date_text, figure_text, number_text
from content.locality import Locality
from content.planfacts import Fact, Measure, Number, PlanFacts, PovertyFigure, Target, Way
from content.planpage import fact_text
from content.schema import Unit
from content.wording import Wording
from core.progress import RATES, TARGET, Reported

# What is counted where the plan gives no number to hold it against.
UNITS = (Unit.PERCENT, Unit.HOUSEHOLDS, Unit.PEOPLE, Unit.HOUSES, Unit.NUMBER)
RATE_UNITS: Mapping[str, Unit] = {
    Measure.POOR_HOUSEHOLDS: Unit.HOUSEHOLDS,
    Measure.POOR_RATE: Unit.PERCENT,
    Measure.NEAR_POOR_HOUSEHOLDS: Unit.HOUSEHOLDS,
    Measure.NEAR_POOR_RATE: Unit.PERCENT,
}


class Pace(StrEnum):
    """How a goal stands."""

    NONE = "none"  # no figure was approved
    LATE = "late"  # its last day is over, and it was not reached
    SHORT = "short"  # not reached, and there is time
    REACHED = "reached"
    COUNTED = "counted"  # there is a figure, and no number of the plan to hold it against


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One thing to be reached: a fact of the plan, by one of its numbers, or by none."""

    fact: Fact
    due: date
    name: str = ""  # of the number; empty: the plan gives none
    number: Number | None = None
    way: Way | None = None

    @property
    def subject(self) -> str:
        """Under what figures about it are kept."""
        return f"{TARGET}{self.fact.id}{f'.{self.name}' if self.name else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A goal on a day."""

    goal: Goal
    pace: Pace
    newest: Reported | None
    value: Decimal | None
    unit: Unit | None
    gap: Decimal | None  # what is missing or too much; None where it is reached, or there is nothing to say
    days: int  # until the last day; below 0: since


def goals_of(place: Locality, facts: PlanFacts) -> Sequence[Goal]:
    """Every goal of a plan, in its order: those about poverty first."""
    last = date(place.plan.period_to, 12, 31)
    wanted: Iterable[PovertyFigure | Target] = (*(one for one in facts.poverty if one.kind == "target"), *facts.targets)
    return [goal for fact in wanted for goal in _of(fact, last)]


def _of(fact: PovertyFigure | Target, last: date) -> Iterator[Goal]:
    due = date(fact.year, 12, 31) if isinstance(fact, PovertyFigure) and fact.year is not None else last
    if not fact.goals:
        yield Goal(fact=fact, due=due)
    for name, way in fact.goals.items():
        yield Goal(fact=fact, due=due, name=name, number=fact.numbers[name], way=way)


def judge(goal: Goal, newest: Reported | None, today: date) -> Judged:
    """Hold the newest approved figure against a goal."""
    value, unit = value_of(goal, newest) if newest is not None else (None, None)
    gap = _gap(goal, value) if value is not None else None
    if value is None:
        pace = Pace.NONE
    elif goal.number is None:
        pace = Pace.COUNTED
    elif gap is None:
        pace = Pace.REACHED
    else:
        pace = Pace.LATE if today > goal.due else Pace.SHORT
    return Judged(goal=goal, pace=pace, newest=newest, value=value, unit=unit, gap=gap, days=(goal.due - today).days)


def value_of(goal: Goal, reported: Reported) -> tuple[Decimal | None, Unit | None]:
    """The figure of an entry, and what it counts: as the plan's number does, or as whoever entered it chose."""
    if goal.number is not None:
        return reported.numbers.get(goal.name), goal.number.unit
    name = next(iter(reported.numbers), "")
    return (reported.numbers[name], Unit(name)) if name in UNITS else (None, None)


def _gap(goal: Goal, value: Decimal) -> Decimal | None:
    if goal.number is None or goal.way is None:
        return None
    wanted = goal.number.value
    reached = {Way.AT_LEAST: value >= wanted, Way.AT_MOST: value <= wanted, Way.BELOW: value < wanted}[goal.way]
    return None if reached else abs(value - wanted)


def gap_text(one: Judged, words: Wording) -> str:
    """What is missing or too much, as it is said; empty where nothing is."""
    if one.gap is None or one.unit is None or one.goal.way is None:
        return ""
    if not one.gap:  # the plan says "below", and it is just there
        return words.text("targets.gap.exact")
    unit = Unit.POINTS if one.unit is Unit.PERCENT else one.unit
    name = "targets.gap.missing" if one.goal.way is Way.AT_LEAST else "targets.gap.over"
    return words.text(name, gap=figure_text(one.gap, unit, words.lang))


def goal_text(goal: Goal, words: Wording) -> str:
    """The number to be reached; empty where the plan gives none."""
    if goal.number is None or goal.way is None:
        return ""
    return words.text(f"targets.goal.{goal.way}", number=figure_text(goal.number.value, goal.number.unit, words.lang))


def goal_name(words: Wording, goal: Goal) -> str:
    """A goal in one line: the first sentence of the plan's words, and by what it is counted where that is not all."""
    said = fact_text(goal.fact, words.lang).partition(". ")[0].removesuffix(".")
    if goal.number is None or not isinstance(goal.fact, PovertyFigure | Target) or len(goal.fact.goals) < 2:
        return said
    unit = words.text(f"console.targets.unit.{goal.number.unit}")
    return words.text("console.targets.name-unit", name=said, unit=unit)


def document_text(one: Reported, words: Wording) -> str:
    """The document in which figures stand, with its day where it is known."""
    if one.document_day is None:
        return one.document
    return words.text("targets.document", document=one.document, day=date_text(one.document_day, words.lang))


def value_text(one: Judged, words: Wording) -> str:
    """The newest figure in a sentence or two, with its day, what is missing, and its document; empty without one."""
    if one.newest is None or one.value is None or one.unit is None:
        return ""
    said = [
        words.text(
            "targets.value",
            day=date_text(one.newest.as_of, words.lang),
            value=figure_text(one.value, one.unit, words.lang),
            document=document_text(one.newest, words),
        )
    ]
    if one.pace is Pace.REACHED:
        said.append(words.text("targets.reached"))
    elif one.gap is not None:
        said.append(words.text("targets.short", gap=gap_text(one, words)))
    return " ".join(said)


def measured_by(goal: Goal) -> Measure | None:
    """Which of the rates of a year measures a goal; None where the plan counts something else."""
    name = goal.name.removesuffix("-below")
    same = isinstance(goal.fact, PovertyFigure) and goal.number is not None and name in RATE_UNITS
    return Measure(name) if same and goal.number is not None and RATE_UNITS[name] is goal.number.unit else None


def rates_for(goal: Goal, published: Iterable[Reported]) -> Reported | None:
    """The published rates of the goal's year, or of the last one before it; None where there are none."""
    years = {year: one for one in published if (year := rate_year(one)) is not None and year <= goal.due.year}
    return years[max(years)] if years else None


def rate_year(one: Reported) -> int | None:
    """The year whose rates an entry tells; None where it is about a target."""
    return int(one.subject.removeprefix(RATES)) if one.subject.startswith(RATES) else None


def rates_text(one: Reported, words: Wording) -> str:
    """The rates of a year in two sentences, with the document that published them."""
    told = {
        name.replace("-", "_"): figure_text(one.numbers[name], unit, words.lang) for name, unit in RATE_UNITS.items()
    }
    return words.text("targets.rates", year=rate_year(one), document=document_text(one, words), **told)


def short_text(value: Decimal, unit: Unit, words: Wording) -> str:
    """A figure for a cell of a table."""
    if unit is Unit.PERCENT:
        return f"{number_text(value, words.lang)}%"
    return figure_text(value, unit, words.lang)
