"""The week as a drawing: what came and what was answered, day by day, with the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content.wording import Wording
from core.console_storage import DayCount
from web.bubbles import VIET_NAM

DAYS = 7
WIDTH, HEIGHT = 336, 150  # of the drawing's own units
TOP, BOTTOM = 20, 24  # for figures and for names of days
BAR, GAP = 16, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, with its figure above it."""

    kind: str  # "asked" or "answered"
    x: int
    y: int
    height: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBars:
    """One day."""

    name: str  # "thứ Hai"
    date: str  # "16/11"
    x: int  # its middle
    bars: tuple[Bar, Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Everything that the drawing and its table show."""

    title: str  # the finding
    days: tuple[DayBars, ...]
    base: int
    width: int = WIDTH
    height: int = HEIGHT
    bar: int = BAR


def week_days(now: datetime) -> Sequence[date]:
    """The last seven days where people live, today among them."""
    today = now.astimezone(VIET_NAM).date()
    return [today - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]


def week_of(counts: Sequence[DayCount], words: Wording) -> Week:
    """Bars from zero, both of a day beside each other."""
    asked, answered = sum(one.asked for one in counts), sum(one.answered for one in counts)
    most = max([1, *(number for one in counts for number in (one.asked, one.answered))])
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    days = []
    for place, one in enumerate(counts):
        middle = WIDTH * (2 * place + 1) // (2 * len(counts))
        lengths = [round(room * number / most) for number in (one.asked, one.answered)]
        left = (middle - BAR - GAP // 2, middle + GAP // 2)
        bars = (
            Bar(kind="asked", x=left[0], y=base - lengths[0], height=lengths[0], number=one.asked),
            Bar(kind="answered", x=left[1], y=base - lengths[1], height=lengths[1], number=one.answered),
        )
        name = words.text(f"console.weekday.{one.day.weekday()}")
        days.append(DayBars(name=name, date=f"{one.day.day:02}/{one.day.month}", x=middle, bars=bars))
    title = words.text("console.week.title", asked=asked, answered=answered)
    return Week(title=title, days=tuple(days), base=base)
