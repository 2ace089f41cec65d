"""What a page of the local plan is, before it is told on a channel."""

from dataclasses import dataclass

from content.formatting import figure_text
from content.placeholders import PLACE
from content.planfacts import Fact, Number
from core.messages import Table


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One thing the plan says, ready to be told."""

    text: str
    section: str | None = None  # None: the plan does not say it; it is said about the plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """What is told about one part of the plan."""

    key: str
    title: str
    over: str = ""  # that the plan's years are over; said on every bubble of the page
    lead: tuple[str, ...] = ()  # sentences before the list: of which years it is, what it does not say
    items: tuple[PlanItem, ...] = ()
    table: Table | None = None
    onward: tuple[str, ...] = ()  # keys of pages that follow from this one
    plan: str  # the plan's name, for the source line


def fact_text(fact: Fact, lang: str) -> str:
    """A fact with its numbers filled in."""
    return PLACE.sub(lambda match: number_said(fact.numbers[match[1]], lang), fact.text.get(lang))


def number_said(number: Number, lang: str) -> str:
    """A number with its unit."""
    return figure_text(number.value, number.unit, lang)
