"""Days written with numbers, and days of the moon: "15/10", "ngày 15 tháng 10 năm 2026", "mùng 3 tết", "rằm tháng 7".

Each function looks whether such a day begins at a token, for `days.py`.
"""

from datetime import date
from typing import NamedTuple

from core.text import spans
from core.text.lists import words
from core.text.numerals import COUNTED_AFTER_DIGIT, below_thousand, scale
from core.text.spans import Span
from core.text.tokens import Tokens


class Found(NamedTuple):
    """What was found: a span of days, a day of the moon, or neither for what only looks like a day."""

    end: int  # the index of the token behind it
    span: Span | None = None
    moon: tuple[int | None, int | None] | None = None  # day and month


_NUMBERED = words(
    """
    so nha hem ngo ngach kiet qd nd tt nq dieu khoan lop hoc cong to khu duong diem muc du
    """
)
_COUNTED = words("ngay thang nam gia so kg lit lon suat mau sao ha nguoi ho")
_TIMES = COUNTED_AFTER_DIGIT | words("trieu tr k ngan nghin kg lit mot tram chuc")
_MONTHS = {"gieng": ("giêng", 1), "chap": ("chạp", 12)}
_TWO_DIGIT_YEARS_AHEAD = 20  # "15/10/26" is 2026; what would be further ahead is of the century before


def small(read: Tokens, at: int, most: int) -> tuple[int, int] | None:
    """A whole number from 1 to `most` in digits or words, and the index behind it."""
    number = read.whole(at)
    if number is None:
        said = below_thousand(read, at)
        if said is None:
            return None
        number, end = int(said.value), said.end
    else:
        end = at + 1
    return (number, end) if 1 <= number <= most else None


def full_year(read: Tokens, at: int, on: date, *, short: bool = False) -> int | None:
    """A year of four digits from 1900 to 2199, or of two when that is meant."""
    said, number = read.said(at), read.whole(at)
    if number is not None and len(said) == 4:
        return number if 1900 <= number < 2200 else None
    if not short or number is None or len(said) != 2:
        return None
    century = on.year - on.year % 100
    return century + number - (100 if number > on.year % 100 + _TWO_DIGIT_YEARS_AHEAD else 0)


def in_figures(read: Tokens, at: int, on: date) -> Found | None:
    """As "15/10", "15-10-2026", "15.10.2026", "10/2026"."""
    parts, end = _parts(read, at)
    if len(parts) < 2:
        return None
    nothing = Found(end)
    if read.said(at - 1) in _NUMBERED or (read.said(end) == "/" and read.joined(end)) or read.said(end) == "%":
        return nothing
    if len(parts) == 3:
        year = full_year(parts, 2, on, short=True)
        one = spans.day(year, _int(parts, 1), _int(parts, 0)) if year else None
        return _solar_or_moon(read, end, one, one) or nothing
    if full_year(parts, 1, on):
        return Found(end, spans.month(_int(parts, 1), _int(parts, 0)) if 1 <= _int(parts, 0) <= 12 else None)
    named = read.means(at - 1, "ngày")
    if (read.said(at + 1) != "/" and not named) or read.said(end) in _COUNTED or parts.said(0) + parts.said(1) == "247":
        return nothing
    return _day_and_month(read, end, _int(parts, 0), _int(parts, 1), on) or nothing


def _parts(read: Tokens, at: int) -> tuple[Tokens, int]:
    """Two or three numbers with one sign between, and the index behind them."""
    said = read.said(at)
    if said.count(".") == 2 and read.value(at) is None:  # "15.10.2026" is one token
        first = read[at]
        return Tokens(first._replace(said=part) for part in said.split(".")), at + 1
    if read.whole(at) is None or (read.said(at - 1) in ("/", "-") and read.joined(at)):
        return Tokens(), at
    numbers, end, sign = [read[at]], at + 1, read.said(at + 1)
    while len(numbers) < 3 and sign in ("/", "-") and read.said(end) == sign and read.whole(end + 1) is not None:
        if not read.joined(end) and sign == "-":
            break
        numbers.append(read[end + 1])
        end += 2
    return Tokens(numbers), end


def _int(read: Tokens, at: int) -> int:
    return read.whole(at) or 0


def _solar_or_moon(read: Tokens, end: int, first: date | None, last: date | None) -> Found | None:
    if first is None or last is None:
        return None
    if _of_the_moon(read, end):
        return Found(_behind_moon(read, end), moon=(first.day, first.month))
    return Found(end, (first, last))


def _of_the_moon(read: Tokens, at: int) -> bool:
    return read.means(at, "âm") or read.said(at) == "al" or (read.said(at) == "(" and read.means(at + 1, "âm"))


def _behind_moon(read: Tokens, at: int) -> int:
    at += read.said(at) == "("
    return at + 1 + (read.said(at + 1) == "lich")


def _day_and_month(read: Tokens, end: int, number: int, month: int, on: date) -> Found | None:
    """A day and a month, with what stands behind: the moon, a year, or neither."""
    if not 1 <= month <= 12:
        return None
    if _of_the_moon(read, end) and 1 <= number <= 30:
        return Found(_behind_moon(read, end), moon=(number, month))
    year, behind = year_behind(read, end, on)
    one = spans.day(year, month, number) if year else spans.nearest(on, month, number)
    if one is None:
        return None
    if _of_the_moon(read, behind):
        return Found(_behind_moon(read, behind), moon=(number, month))
    return Found(behind, (one, one))


def year_behind(read: Tokens, at: int, on: date) -> tuple[int | None, int]:
    """The year said here ("năm 2026", "/2026", "năm ngoái"), and the index behind it."""
    if read.said(at) in ("/", "-") and full_year(read, at + 1, on):
        return full_year(read, at + 1, on), at + 2
    at_name = at + (read.said(at) == ",")
    if read.means(at_name, "năm"):
        year = full_year(read, at_name + 1, on)
        if year:
            return year, at_name + 2
        later = YEARS_LATER.get(read.said(at_name + 1))
        if later is not None:
            return on.year + later, at_name + 2
    return None, at


YEARS_LATER = {"nay": 0, "ni": 0, "ngoai": -1, "truoc": -1, "roi": -1, "kia": -2, "sau": 1, "toi": 1}


def with_month(read: Tokens, at: int, on: date) -> Found | None:
    """As "ngày 15 tháng 10 năm 2026", "ngày 15", "15 tháng 10"."""
    named = read.means(at, "ngày", "hôm") and not read.said(at - 1).isdecimal()
    said = small(read, at + named, 31)
    if said is None:
        return None
    number, end = said
    if read.said(end) in ("/", "-") and read.whole(end + 1) is not None:  # in figures
        return None
    month = month_named(read, end)
    if month is None:
        apart = read.said(end) not in _TIMES or read.said(end + 1) in YEARS_LATER
        alone = named and read.means(at, "ngày") and read.whole(at + 1) is not None and apart
        return _this_month(read, end, number, on) if alone else None
    name, end = month
    if read.said(end - 1) in _MONTHS:
        return Found(end, moon=(number, name))
    long = read.said(at - 1) in _BEFORE_A_SPAN or read.whole(at) is None or read.said(end) in _TIMES
    if not named and long and not full_year(read, end + 1, on):  # "hưởng 6 tháng 1 lần"
        return None
    return _day_and_month(read, end, number, name, on)


_BEFORE_A_SPAN = words("duoc hon trong moi khoang hang gan bau thai them tron du suot ca")


def _this_month(read: Tokens, end: int, number: int, on: date) -> Found | None:
    """As "ngày 15", "ngày 15 tháng sau"."""
    later = 0
    if read.means(end, "tháng") and read.said(end + 1) in ("nay", "ni", "sau", "toi", "truoc", "roi"):
        later = {"nay": 0, "ni": 0, "sau": 1, "toi": 1}.get(read.said(end + 1), -1)
        end += 2
    elif _of_the_moon(read, end):
        return Found(_behind_moon(read, end), moon=(number, None)) if number <= 30 else None
    span = spans.month(on.year, on.month + later)
    one = spans.day(span[0].year, span[0].month, number) if span else None
    return Found(end, spans.days(one, one)) if one else None


def month_named(read: Tokens, at: int) -> tuple[int, int] | None:
    """As "tháng 10", "tháng mười hai", "tháng giêng": the month and the index behind it."""
    if not read.means(at, "tháng"):
        return None
    typed, number = _MONTHS.get(read.said(at + 1), ("", 0))
    if number and read.means(at + 1, typed):
        return number, at + 2
    said = small(read, at + 1, 12) if read.at(at + 1).typed != "sau" else None  # "thang sau" is the next one
    if said is None or scale(read, said[1]) or read.said(said[1]) in ("tram", "chuc", "tr", "k"):
        return None
    return said


def of_the_moon(read: Tokens, at: int, _on: date) -> Found | None:
    """As "mùng 3 tết", "rằm tháng 7", "30 tết", "tháng chạp"."""
    if read.means(at, "mùng", "mồng", "mùn"):
        said = small(read, at + 1, 10)
        return _moon(read, said[1], said[0]) if said else None
    if read.means(at, "rằm"):
        return _moon(read, at + 1, 15)
    if read.means(at + 1, "tết") and (read.whole(at) or 0) in range(20, 31):
        return Found(at + 2, moon=(read.whole(at), 12))
    month = month_named(read, at)
    if month and read.said(month[1] - 1) in _MONTHS:
        return Found(month[1], moon=(None, month[0]))
    return None


def _moon(read: Tokens, end: int, number: int) -> Found:
    """The day of a moon month that is named behind it, or of none."""
    if read.means(end, "tết"):
        return Found(end + 1, moon=(number, 1))
    if read.said(end) == "/" and (read.whole(end + 1) or 0) in range(1, 13):
        return Found(end + 2, moon=(number, read.whole(end + 1)))
    month = month_named(read, end)
    if month is None:
        return Found(_behind_moon(read, end) if _of_the_moon(read, end) else end, moon=(number, None))
    end = month[1]
    return Found(_behind_moon(read, end) if _of_the_moon(read, end) else end, moon=(number, month[0]))
