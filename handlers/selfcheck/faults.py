"""What cannot be so, or hardly: asked again, or read back and confirmed; never silently changed."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from content.selfcheck.answers import UNKNOWN, Household
from content.selfcheck.schema import Kind, Question

_MOST_PER_PERSON = 100_000_000  # đồng a month: more is likely a slip of the keys
_LEAST_PER_PERSON = Fraction(3, 2)  # square metres: less is hardly a house


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An answer that is not taken as it is."""

    again: str | None = None  # the message that asks once more; None: it is read back and may be confirmed
    values: dict[str, Any] = field(default_factory=dict)


def doubt(question: Question, value: Any, home: Household, *, sure: bool) -> Doubt | None:
    """What is wrong with an answer beside the others, or None."""
    if value == UNKNOWN or question.kind in (Kind.ONE, Kind.SOME, Kind.SUM):
        return None if sure else Doubt()
    if question.kind is Kind.NUMBER:
        found = _number(question, value, home)
    else:
        found = _amount(value, home) if question.kind is Kind.AMOUNT else _floor(value, home)
    return found or (None if sure else Doubt())


def _number(question: Question, value: int, home: Household) -> Doubt | None:
    least, most, usual = question.least or 0, question.most or 0, question.usual or 0
    if not least <= value <= most:
        return Doubt(again="check.again.number", values={"least": least, "most": most})
    if question.id == "members" and (home.children or 0) + (home.allowance or 0) > value:
        return Doubt(again="check.again.fewer", values={"others": (home.children or 0) + (home.allowance or 0)})
    if question.id in ("children", "allowance") and home.members is not None:
        other = (home.allowance if question.id == "children" else home.children) or 0
        if value + other > home.members:
            return Doubt(again="check.again.more", values={"members": home.members, "room": home.members - other})
    if question.id == "children" and value == home.members:
        return Doubt()  # nobody grown up: likely a slip, and asked
    return Doubt() if value > usual else None


def _amount(value: dict[str, Any], home: Household) -> Doubt | None:
    month = value.get("month", 0)
    if month < 0:
        return Doubt(again="check.again.money")
    people = home.members or 1
    return Doubt() if month > _MOST_PER_PERSON * people else None


def _floor(value: dict[str, Any], home: Household) -> Doubt | None:
    area = Fraction(value["cm2"], 10_000)
    if area <= 0:
        return Doubt(again="check.again.floor")
    return Doubt() if home.members and area < _LEAST_PER_PERSON * home.members else None
