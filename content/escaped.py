"""Newly escaped households: what still counts for them, until when, and on which day they should be reminded.

The loan has a rule for the whole country (Quyết định 28/2015/QĐ-TTg: at most three years after leaving the list; the
figure newly-escaped.years). The thirty-six months stand in local plans only; a plan tells them with the fact of the
id NEWLY_ESCAPED. Neither counts once its last day is over: the household is then no longer newly escaped.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from content.catalogue import Catalogue
from content.planfacts import LISTS, Fact, PlanFacts

TOPIC = "newly-escaped"
NEWLY_ESCAPED = "newly-escaped-time"
REMINDED_BEFORE = timedelta(days=30)  # of the last day: time enough to ask, and not forgotten again
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One rule that still counts a household as newly escaped for a time."""

    id: str  # "loan" or "plan"
    months: int
    last: date  # the last day that counts
    document: str
    section: str | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on a day; the last day does."""
        return on <= self.last

    @property
    def reminder(self) -> date:
        """The day of the one reminder."""
        return self.last - REMINDED_BEFORE


def terms(catalogue: Catalogue, left: date, *, locality: str | None, on: date, lang: str = "vi") -> list[Term]:
    """What is counted from the day on which a household left the list, in the order of its last days."""
    found = [*_loan(catalogue, left, locality, on), *_plan(catalogue, left, locality, lang)]
    return sorted(found, key=lambda one: (one.last, one.id))


def reminders(found: Sequence[Term], on: date) -> list[date]:
    """The days on which a household is still to be reminded, each once; none when everything is over."""
    return sorted({max(one.reminder, on) for one in found if one.holds(on)})


def _loan(catalogue: Catalogue, left: date, locality: str | None, on: date) -> list[Term]:
    figure = catalogue.figures(locality=locality).get((TOPIC, "years"))
    value = figure.at(on) if figure else None
    if value is None or not isinstance(value.value, Decimal):
        return []
    months = int(value.value * MONTHS)
    return [Term(id="loan", months=months, last=after(left, months), document=value.document)]


def _plan(catalogue: Catalogue, left: date, locality: str | None, lang: str) -> list[Term]:
    plan = catalogue.plans.get(locality or "")
    fact = _told(plan) if plan else None
    if fact is None or locality is None:
        return []
    months = int(fact.numbers["months"].value)
    name = catalogue.locality(locality).plan.short.get(lang)
    return [Term(id="plan", months=months, last=after(left, months), document=name, section=fact.section)]


def _told(plan: PlanFacts) -> Fact | None:
    """The fact in which a plan says how long a household counts."""
    facts = (fact for name in (*LISTS, "targets") for fact in getattr(plan, name))
    return next((one for one in facts if one.id == NEWLY_ESCAPED and "months" in one.numbers), None)


def after(day: date, months: int) -> date:
    """The day so many months later; where that month is shorter, its last day.

    >>> after(date(2024, 1, 31), 1), after(date(2023, 11, 20), 36)
    (datetime.date(2024, 2, 29), datetime.date(2026, 11, 20))
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
