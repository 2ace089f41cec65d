"""Days of the calendar that words name, counted from a day: the arithmetic of `days.py`. Nothing here raises."""

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]  # the first and the last day


def day(year: int, month: int, number: int) -> date | None:
    """A day, or None when there is no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shifted(on: date, days: int) -> date | None:
    """The day so many days later, or None beyond the calendar."""
    try:
        return on + timedelta(days=days)
    except OverflowError:
        return None


def nearest(on: date, month: int, number: int) -> date | None:
    """The day of that month which is nearest to `on`; of two as near the coming one."""
    tried = (day(on.year + more, month, number) for more in (1, 0, -1))
    return min((one for one in tried if one), key=lambda one: abs(one - on), default=None)


def nearest_year(on: date, month: int) -> int:
    """The year whose month of that number is nearest to `on`; of two as near the coming one."""
    return min((on.year + more for more in (1, 0, -1)), key=lambda year: abs(12 * (year - on.year) + month - on.month))


def days(first: date | None, last: date | None) -> Span | None:
    return (first, last) if first and last else None


def month(year: int, number: int, part: str = "") -> Span | None:
    """A month or its "đầu" (1 to 10), "giữa" (11 to 20) or "cuối" (from 21); numbers beyond 12 run into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not 1 <= year <= 9999:
        return None
    first, last = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, 0)}.get(part, (1, 0))
    return days(day(year, number, first), day(year, number, last or monthrange(year, number)[1]))


def months(year: int, first: int, last: int) -> Span | None:
    """From a month to another of the year."""
    one, other = month(year, first), month(year, last)
    return (one[0], other[1]) if one and other else None


def year(number: int, part: str = "") -> Span | None:
    """A year or its "đầu" (January to March), "giữa" (May to August) or "cuối" (October to December)."""
    return months(number, *{"dau": (1, 3), "giua": (5, 8), "cuoi": (10, 12)}.get(part, (1, 12)))


def week(on: date, later: int, part: str = "") -> Span | None:
    """A week from Monday to Sunday, or its "đầu" (two days), "giữa" (two days) or "cuối" (Saturday and Sunday)."""
    first, last = {"dau": (0, 1), "giua": (2, 3), "cuoi": (5, 6)}.get(part, (0, 6))
    monday = 7 * later - on.weekday()
    return days(shifted(on, monday + first), shifted(on, monday + last))
