"""What a self-check comes to: by each standard that is used today, what the household may be and what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content.catalogue import Catalogue
from content.certainty import Certainty, weakest
from content.selfcheck.answers import Household
from content.selfcheck.deriving import income_per_person, indicators
from content.standards.rules import Assessment
from content.standards.schema import Application, Area, HouseholdClass, Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one standard says of a household."""

    use: Application
    standard: Standard
    possible: frozenset[HouseholdClass]
    certainty: Certainty
    settled_by: tuple[str, ...]
    doubtful: tuple[str, ...]

    @property
    def certain_class(self) -> HouseholdClass | None:
        """The one class that is left, if only one is."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None


def outcomes(catalogue: Catalogue, home: Household, *, locality: str | None, on: date) -> list[Outcome]:
    """One for each standard used on a day whose indicators we hold, in the order of their use."""
    found = []
    for use in catalogue.standards_used(on, locality=locality):
        rules = catalogue.rules(use.standard, locality=locality)
        if rules is None:
            continue
        areas = [home.area] if home.area else list(Area)
        lacks = indicators(home)
        found.append(_merged(use, rules.standard, [rules.assess(one, income_per_person(home), lacks) for one in areas]))
    return found


def _merged(use: Application, standard: Standard, assessed: Sequence[Assessment]) -> Outcome:
    """Where the area is not known, what either area leads to."""
    return Outcome(
        use=use,
        standard=standard,
        possible=frozenset(one for each in assessed for one in each.possible),
        certainty=weakest(one.certainty for one in assessed),
        settled_by=assessed[0].settled_by if len(assessed) == 1 else (),
        doubtful=assessed[0].doubtful,
    )


def by_dimension(standard: Standard, lacks: Mapping[str, bool | None]) -> dict[str, list[bool | None]]:
    """What each dimension's indicators say, in the order of the standard."""
    found: dict[str, list[bool | None]] = {one.id: [] for one in standard.dimensions}
    for indicator in standard.indicators:
        found[indicator.dimension].append(lacks.get(indicator.id))
    return found


# Which question tells an indicator: the first that a way has counts.
TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "income": ("sources", "total"),
    "employment": ("grown", "people"),
    "adult_education": ("grown", "people"),
    "dependents": ("children", "allowance", "people"),
    "nutrition": ("kids", "people"),
    "child_schooling": ("kids", "people"),
    "health_insurance": ("uninsured", "people"),
    "housing_quality": ("parts", "home"),
    "housing_area": ("floor", "home"),
    "water": ("water", "home"),
    "toilet": ("toilet", "home"),
    "telecom": ("things",),
    "info_devices": ("things",),
}
