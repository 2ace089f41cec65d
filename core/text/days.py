"""Days and spans of days in a text, counted from the day it was written.

- A day without a year is the nearest to that day ("15/10", "tháng 3"); a weekday alone is the next from that day on;
  "ngày 15" alone is of the running month.
- "đầu", "giữa", "cuối" are the thirds of a month, Monday and Tuesday to Saturday and Sunday of a week, and the months
  1 to 3, 5 to 8, 10 to 12 of a year. "tuần sau" is from Monday to Sunday. "2 tháng nữa" is that whole month.
- "mùng 3 tết", "rằm tháng 7", "23 tháng chạp", "15/7 âm" are of the moon: named, not turned into another calendar.
- What is no day: "24/7", numbers of documents ("07/2021/NĐ-CP"), of houses ("số 15/10"), of classes; "3 tháng", "mấy
  tháng trước"; "con thứ hai", "từ thứ hai đến thứ sáu"; a year of birth. "mai" is tomorrow only where no roof, name,
  funeral or trade is meant.
- "ngày mốt" is the day after tomorrow only with its marks, "tối nay" today only with them ("toi nay" is as often
  "tôi nay").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.text.spoken_days import of_month, of_year, relative_day, some_ago, weekly
from core.text.tokens import Tokens, tokens
from core.text.written_days import Found, in_figures, of_the_moon, with_month


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A day or a span of days, and where it stands."""

    first: date
    last: date  # the same as `first` for one day
    start: int  # in the text, in characters
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarDay:
    """A day of the moon calendar as it was named, and where it stands."""

    day: int | None  # 1 to 30; None for a whole month ("tháng chạp")
    month: int | None  # 1 to 12; None where none was said ("rằm")
    start: int
    end: int


# In this order: what says more of a day comes before what says less.
_READERS = (in_figures, of_the_moon, with_month, relative_day, some_ago, weekly, of_month, of_year)


def dates(text: str, *, on: date) -> tuple[Days | LunarDay, ...]:
    """The days in a text, in the order they stand there; `on` is the day it was written, where people live.

    Of the first 10,000 characters. Linear in the length of the text; never raises.

    >>> [(found.first.isoformat(), found.last.isoformat()) for found in dates("tuần sau", on=date(2026, 9, 15))]
    [('2026-09-21', '2026-09-27')]
    """
    return tuple(_dates(tokens(text), on))


def _dates(read: Tokens, on: date) -> Iterator[Days | LunarDay]:
    at = 0
    while at < len(read):
        found = next((one for reader in _READERS if (one := reader(read, at, on))), None)
        if found is None:
            at += 1
            continue
        yield from _named(read, at, found)
        at = found.end


def _named(read: Tokens, at: int, found: Found) -> Iterator[Days | LunarDay]:
    start, end = read[at].start, read[found.end - 1].end
    if found.moon:
        yield LunarDay(day=found.moon[0], month=found.moon[1], start=start, end=end)
    elif found.span:
        yield Days(first=found.span[0], last=found.span[1], start=start, end=end)
