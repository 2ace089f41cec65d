"""What is told of a day that was typed as days are, and that is none."""

from collections.abc import Mapping

from content.days import missing_day
from web.console.visit import Visit


def no_such_day(visit: Visit, typed: str) -> str:
    """That its month has no such day; empty where that is not what is wrong."""
    found = missing_day(typed)
    if found is None:
        return ""
    day, month, year = found
    return visit.words.text("console.no-such-day", day=day, month=month, year=year)


def with_days(visit: Visit, faults: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field; of a day that is none, why it is none."""
    return {name: no_such_day(visit, typed.get(name, "")) or text for name, text in faults.items()}
