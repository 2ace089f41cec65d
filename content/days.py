"""Days that officers type in forms, and that no calendar has."""

import calendar
import re

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b.*|(\d{4})-(\d{2})-(\d{2})\b.*")


def missing_day(typed: str) -> tuple[int, int, int] | None:
    """Day, month and year that were written as a day is, where that month has no such day; None for anything else.

    >>> missing_day("31/02/2026"), missing_day("29-2-2028 20:00"), missing_day("2026-04-31"), missing_day("mai")
    ((31, 2, 2026), None, (31, 4, 2026), None)
    """
    found = _DAY.fullmatch(typed.strip())
    if found is None:
        return None
    day, month, year = map(int, (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4]))
    known = 1 <= month <= 12 and 1 <= day <= 31 and year > 0
    return (day, month, year) if known and day > calendar.monthrange(year, month)[1] else None
