"""The shares that plans want of people who are helped to find work, counted from the leads of a place.

Each plan says whom it counts; which of its targets is counted how stands with the target itself (`counted` in the
place's plan.yaml), under the sentence and the section it is taken from:

- "connected" (Hồng Lĩnh, mục I.3.b, job-found: "ít nhất 80% người được giúp và tìm được việc", workers of poor,
  near-poor and newly escaped households): of those who were led to a vacancy, those who started in one;
- "helped" (job-advice: "100% người cần giúp tìm việc đều được giúp", counting only those who need it): of those who
  said that they look for work, those who were led to a vacancy.

A person counts once, however many vacancies they were led to; who left the job later was connected all the same.
Nothing of that changes when somebody has their data erased, looks no longer, or their consent ends: see
`core.leads.Sought`. Who only told that they look for work, and was led nowhere, needs no help any more when they stop.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from content.locality import Locality
from content.planfacts import Counted, PlanFacts, Target, Way
from content.targets import Goal, goals_of
from core.leads import Sought
from core.tally import LEAST, apart

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person of a share, without a name."""

    sought: Sought
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A target of a plan, as it stands by the leads."""

    goal: Goal
    counted: Counted
    rows: tuple[Row, ...]  # all that it is counted of

    @property
    def whole(self) -> int:
        """The denominator, in people."""
        return len(self.rows)

    @property
    def part(self) -> int:
        """The numerator."""
        return sum(row.reached for row in self.rows)

    @property
    def percent(self) -> Decimal | None:
        """To one place behind the comma; None where there is nobody."""
        if not self.rows:
            return None
        exact = HUNDRED * self.part / Decimal(self.whole)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0

    @property
    def reached(self) -> bool | None:
        """Whether the plan's number is reached; None where it gives none, or nobody is counted."""
        number = self.goal.number
        if number is None or not self.rows or self.goal.way is not Way.AT_LEAST:
            return None
        return HUNDRED * self.part >= number.value * self.whole

    def hamlets(self) -> Mapping[str, tuple[int, int]]:
        """Numerator and denominator of each hamlet; none at all where any of them would tell of fewer than LEAST."""
        wholes = _by_hamlet(self.rows)
        parts = _by_hamlet(row for row in self.rows if row.reached)
        others = (whole - parts.get(hamlet, 0) for hamlet, whole in wholes.items())
        numbers = (*wholes.values(), *parts.values(), *(one for one in others if one))
        if "" in wholes or len(wholes) < 2 or any(one < LEAST for one in numbers):
            return {}
        if not all(one.isdecimal() for counts in (wholes, parts) for one in apart(counts).values()):
            return {}
        return {hamlet: (parts.get(hamlet, 0), whole) for hamlet, whole in wholes.items()}


def shares_of(place: Locality, facts: PlanFacts | None, sought: Iterable[Sought]) -> Sequence[Share]:
    """Every target of a plan that is counted so, in its order."""
    people = list(sought)
    goals = goals_of(place, facts) if facts is not None else ()
    return [
        share_of(goal, goal.fact.counted, people)
        for goal in goals
        if isinstance(goal.fact, Target) and goal.fact.counted is not None
    ]


def share_of(goal: Goal, counted: Counted, people: Iterable[Sought]) -> Share:
    """One of them."""
    meant = [one for one in people if one.status in counted.households]
    if counted.by == "connected":
        rows = [Row(sought=one, reached=one.started_at is not None) for one in meant if one.lead_id is not None]
    else:
        rows = [Row(sought=one, reached=one.lead_id is not None) for one in meant]
    return Share(goal=goal, counted=counted, rows=tuple(rows))


def _by_hamlet(rows: Iterable[Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row.sought.hamlet] = found.get(row.sought.hamlet, 0) + 1
    return found
