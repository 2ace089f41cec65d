"""Days that officers type in forms: those that no calendar has, and those without a whole year."""

import calendar
import re

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b.*|(\d{4})-(\d{2})-(\d{2})\b.*")
_YEARLESS = re.compile(r"(\d{1,2})/(\d{1,2})(\b(?![/.-]).*)|(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(\b.*)")


def with_year(typed: str, year: int) -> str | None:
    """What was typed with its year written out, this one where none was; None where nothing was left out.

    >>> with_year("5/12", 2026), with_year("5/12 20:00", 2026), with_year("5.12.27", 2026), with_year("5/12/2026", 2026)
    ('05/12/2026', '05/12/2026 20:00', '05/12/2027', None)
    """
    found = _YEARLESS.fullmatch(typed.strip())
    if found is None:
        return None
    short, given = found[1] is None, found[6] and 2000 + int(found[6])
    day, month = (int(found[4]), int(found[5])) if short else (int(found[1]), int(found[2]))
    rest = found[7] if short else found[3]
    whole = f"{day:02}/{month:02}/{given or year}{rest}"
    return whole if 1 <= month <= 12 and 1 <= day <= 31 else None


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
