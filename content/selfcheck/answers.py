"""What a person answered, as it is kept: plain values by step, and the household that they describe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from content.selfcheck.schema import Fact, Kind, Questionnaire
from content.standards.schema import Area

UNKNOWN = "?"  # kept for a question that the person could not answer

# By step: the id of a question, or "amount.wage". A number; an option's id; a list of ids; for money
# {"month": đồng, "said": how it was reckoned}; for a floor {"cm2": ..., "said": ...}; or UNKNOWN.
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What is known of a household; None and missing facts are not known."""

    area: Area | None = None
    members: int | None = None
    children: int | None = None  # under 16
    allowance: int | None = None  # old or disabled people with a monthly social allowance
    income: int | None = None  # đồng a month, of all together
    floor: Fraction | None = None  # square metres
    facts: Mapping[Fact, bool] = field(default_factory=dict)


def household(questionnaire: Questionnaire, answers: Answers, area: Area | None = None) -> Household:
    """The household that answers describe; `area` where the place alone decides it."""
    said = answers.get("area")
    return Household(
        area=area or (Area(said) if said in set(Area) else None),
        members=_number(answers, "members"),
        children=_number(answers, "children"),
        allowance=_number(answers, "allowance"),
        income=_income(answers),
        floor=Fraction(answers["floor"]["cm2"], 10_000) if isinstance(answers.get("floor"), dict) else None,
        facts=_facts(questionnaire, answers),
    )


def _number(answers: Answers, step: str) -> int | None:
    value = answers.get(step)
    return value if isinstance(value, int) else None


def _income(answers: Answers) -> int | None:
    total = answers.get("total")
    if isinstance(total, dict):
        return int(total["month"])
    sources = answers.get("sources")
    if not isinstance(sources, list):
        return None
    amounts = [answers.get(f"amount.{one}") for one in sources]
    if not all(isinstance(one, dict) for one in amounts):
        return None
    return sum(int(one["month"]) for one in amounts if one is not None)


def _facts(questionnaire: Questionnaire, answers: Answers) -> dict[Fact, bool]:
    """What was chosen is so; what was not chosen of a list is not."""
    found: dict[Fact, bool] = {}
    for question in questionnaire.questions:
        chosen = answers.get(question.id)
        if chosen is None or chosen == UNKNOWN or question.kind not in (Kind.ONE, Kind.SOME):
            continue
        ids = chosen if isinstance(chosen, list) else [chosen]
        if question.kind is Kind.SOME:
            found.update({fact: not value for one in question.options for fact, value in one.says.items()})
        for one in question.options:
            if one.id in ids:
                found.update(one.says)
    return found
