"""What is told of a day that was typed as days are, and that is none, or lacks its year."""

from collections.abc import Mapping

from content.days import missing_day, with_year
from core.caps import LOCAL
from web.console.visit import Visit


def no_such_day(visit: Visit, typed: str) -> str:
    """That its month has no such day, or that it lacks its year; empty where that is not what is wrong."""
    whole = with_year(typed, visit.now.astimezone(LOCAL).year)
    found = missing_day(whole or typed)
    if found is None:
        return visit.words.text("console.day-without-year", day=whole) if whole else ""
    day, month, year = found
    return visit.words.text("console.no-such-day", day=day, month=month, year=year)


def with_days(visit: Visit, faults: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field; of a day that is none, why it is none."""
    return {name: no_such_day(visit, typed.get(name, "")) or text for name, text in faults.items()}
