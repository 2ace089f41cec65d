"""What officers published about a plan, told beside what the plan says: newest figures of its goals, rates by year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from content.locality import Locality
from content.planfacts import Fact, PlanFacts, PovertyFigure, Target
from content.planpage import PlanItem, fact_text
from content.targets import Goal, goals_of, judge, rate_year, rates_text, value_text
from content.wording import Wording
from core.progress import Reported

POVERTY = "poverty"  # the goals about poor households, beside the six dimensions and the general ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The approved figures of a place, as they are told on a day."""

    place: Locality
    facts: PlanFacts
    reported: Sequence[Reported]
    on: date
    words: Wording

    def goals(self, part: str) -> Sequence[Goal]:
        """The goals of one part of the plan; of all of it for ""."""
        found = goals_of(self.place, self.facts)
        return [goal for goal in found if part in ("", part_of(goal.fact))]

    def told(self, fact: Fact) -> str:
        """A fact of the plan, and behind it the newest figures of its goals."""
        said = [fact_text(fact, self.words.lang)]
        if isinstance(fact, PovertyFigure | Target) and self.reported:
            goals = [goal for goal in goals_of(self.place, self.facts) if goal.fact is fact]
            said += filter(None, (self.value(goal) for goal in goals))
        return " ".join(said)

    def value(self, goal: Goal) -> str:
        """The newest figure of a goal in a sentence or two; empty where none was published."""
        newest = next((one for one in self.reported if one.subject == goal.subject), None)
        return value_text(judge(goal, newest, self.on), self.words)

    def items(self, facts: Iterable[Fact]) -> list[PlanItem]:
        """These facts as they are told."""
        return [PlanItem(self.told(fact), fact.section) for fact in facts]

    def years(self) -> Sequence[int]:
        """The years whose rates were published, the latest first."""
        return sorted((year for one in self.reported if (year := rate_year(one)) is not None), reverse=True)

    def rates(self, years: Iterable[int]) -> list[PlanItem]:
        """The rates of these years. They rest on a document of their own, not on the plan."""
        by_year = {rate_year(one): one for one in self.reported}
        return [PlanItem(rates_text(by_year[year], self.words)) for year in years if year in by_year]


def part_of(fact: Fact) -> str:
    """Which part of the plan a goal belongs to."""
    if isinstance(fact, PovertyFigure):
        return POVERTY
    return (fact.dimension or "general") if isinstance(fact, Target) else "general"
