"""From a household to what the law counts: the twelve indicators and the income per person.

The thresholds are those of the annex of Nghị định 07/2021/NĐ-CP (the same indicators stand in Nghị định 351/2025):
dependants are more than half of the members, less than 8 square metres a person, two of walls, frame and roof that do
not last. Nothing is guessed from an unknown; what the known part decides already is decided.
"""

from collections.abc import Mapping

from content.selfcheck.answers import Household
from content.selfcheck.schema import Fact

LEAST_AREA = 8  # square metres a person; less is lacking
WEAK_PARTS = 2  # of walls, frame and roof

# The facts that each indicator rests on, beside numbers.
FACTS: Mapping[str, tuple[Fact, ...]] = {
    "employment": (Fact.NO_JOB, Fact.NO_CONTRACT),
    "dependents": (Fact.MANY_DEPENDENTS,),
    "nutrition": (Fact.MALNOURISHED,),
    "health_insurance": (Fact.UNINSURED,),
    "adult_education": (Fact.UNTRAINED,),
    "child_schooling": (Fact.OUT_OF_SCHOOL,),
    "housing_quality": (Fact.WEAK_WALL, Fact.WEAK_FRAME, Fact.WEAK_ROOF, Fact.MAKESHIFT),
    "housing_area": (Fact.CROWDED,),
    "water": (Fact.CLEAN_WATER,),
    "toilet": (Fact.CLEAN_TOILET,),
    "telecom": (Fact.ONLINE,),
    "info_devices": (Fact.DEVICE,),
}


def indicators(home: Household) -> dict[str, bool | None]:
    """Each indicator: True where the household lacks it, False where not, None where that is not known."""
    facts = home.facts
    return {
        "employment": _any(facts, Fact.NO_JOB, Fact.NO_CONTRACT),
        "dependents": dependents(home),
        "nutrition": _of_children(home, Fact.MALNOURISHED),
        "health_insurance": facts.get(Fact.UNINSURED),
        "adult_education": facts.get(Fact.UNTRAINED),
        "child_schooling": _of_children(home, Fact.OUT_OF_SCHOOL),
        "housing_quality": _weak(facts),
        "housing_area": _crowded(home),
        "water": _not(facts.get(Fact.CLEAN_WATER)),
        "toilet": _not(facts.get(Fact.CLEAN_TOILET)),
        "telecom": _not(facts.get(Fact.ONLINE)),
        "info_devices": _not(facts.get(Fact.DEVICE)),
    }


def income_per_person(home: Household) -> int | None:
    """đồng a person and month, or None.

    Rounded up to a whole đồng: a line of whole đồng is then passed exactly where the true share passes it.
    """
    if home.income is None or not home.members:
        return None
    return -(-home.income // home.members)


def dependents(home: Household) -> bool | None:
    """Whether dependants are more than half: exactly half is not."""
    asked = home.facts.get(Fact.MANY_DEPENDENTS)
    if asked is not None or not home.members:
        return asked
    known = (home.children or 0) + (home.allowance or 0)
    if 2 * known > home.members:
        return True
    return False if home.children is not None and home.allowance is not None else None


def _of_children(home: Household, fact: Fact) -> bool | None:
    return False if home.children == 0 else home.facts.get(fact)


def _crowded(home: Household) -> bool | None:
    if home.floor is None or not home.members:
        return home.facts.get(Fact.CROWDED)
    return home.floor < LEAST_AREA * home.members


def _weak(facts: Mapping[Fact, bool]) -> bool | None:
    if Fact.MAKESHIFT in facts:
        return facts[Fact.MAKESHIFT]
    parts = [facts.get(one) for one in (Fact.WEAK_WALL, Fact.WEAK_FRAME, Fact.WEAK_ROOF)]
    if parts.count(True) >= WEAK_PARTS:
        return True
    return None if parts.count(True) + parts.count(None) >= WEAK_PARTS else False


def _any(facts: Mapping[Fact, bool], *names: Fact) -> bool | None:
    values = [facts.get(name) for name in names]
    if True in values:
        return True
    return None if None in values else False


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value
