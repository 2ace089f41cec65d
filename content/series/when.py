"""On which days posts are due: days of every year, days around Tết, days after one that an officer names, one a week.

Tết by the Vietnamese calendar (UTC+7), not the Chinese one: in 2030 they differ by a day. On its first three days
nothing goes but alerts; no segment goes on a public holiday.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from apscheduler.triggers.cron import CronTrigger
from lunar_vn import LunarDate, lunar_to_solar

from content.series.schema import Holiday, Post, Series
from core.caps import LOCAL

Tells = Callable[[Post, date], bool]
SILENT = 3  # first days of Tết
# Five days, counted from the first (Bộ luật Lao động 2019, Điều 112, from memory: they are not told to anybody).
REST = range(-1, 4)
FULL_WEEK = 2  # posts in a week, beside which no segment goes: nobody gets more (core/caps.py)


@dataclass(frozen=True, slots=True)
class Due:
    """A post and its moment, with Viet Nam's zone; without one: why it is left out."""

    post: Post
    at: datetime | None
    why: str = ""


@cache
def tet(year: int) -> date:
    """The first day of the lunar year that begins in a year. Raises ValueError beyond 1900 to 2100."""
    return lunar_to_solar(LunarDate(1, 1, year))


def silent(day: date) -> bool:
    """Whether it is one of the days on which nobody wants to read notices."""
    return 0 <= (day - tet(day.year)).days < SILENT


def holidays(rules: Iterable[Holiday], year: int) -> Mapping[date, Holiday]:
    """The public holidays of a year; days that were announced for it take the place of the rule."""
    found: dict[date, Holiday] = {}
    for one in rules:
        if year in one.days:
            found |= dict.fromkeys(one.days[year], one)
        elif one.yearly is not None:
            found[date(year, *one.yearly)] = one
        elif one.lunar is not None:
            month, day = one.lunar
            found[lunar_to_solar(LunarDate(day, month, year))] = one
    return found


def working_days_after(day: date, count: int, rules: Sequence[Holiday] = ()) -> date:
    """The day `count` working days after a day: Monday to Friday, no public holiday, not in the five days of Tết.

    Which five, and which days are made up for, is announced for each year: what a ward writes into its holidays counts
    beside the eve and the first four.

    >>> working_days_after(date(2027, 2, 4), 1)  # Tết 2027 is on Saturday, 6 February
    datetime.date(2027, 2, 10)
    """
    while count > 0:
        day += timedelta(days=1)
        count -= works(day, rules)
    return day


def works(day: date, rules: Sequence[Holiday] = ()) -> bool:
    """Whether it is a working day, as `working_days_after` counts them.

    >>> works(date(2026, 11, 20)), works(date(2026, 11, 21)), works(date(2027, 2, 8))
    (True, False, False)
    """
    return day.weekday() < 5 and (day - tet(day.year)).days not in REST and day not in holidays(rules, day.year)


def due(
    series: Series,
    first: date,
    last: date,
    *,
    begins: date | None = None,
    free: Collection[date] = frozenset(),
    taken: Collection[date] = (),
    after: str | None = None,
    tells: Tells = lambda _post, _day: True,
) -> list[Due]:
    """The posts between two days, both included, in their order.

    `begins`: the day an officer named, for a series that wants one, or another first day than its rule's. `free`:
    public holidays. `taken`: the days on which other posts of the place are due, for a segment, which rests in a full
    week. `after`: the post of a segment that went last; none: from its first. `tells`: whether a post has something to
    say on a day; in a segment the next one that has takes its turn. Raises ValueError where the series wants
    a day and none is named.
    """
    if series.begins.weekly is not None:
        return list(_weekly(series, first, last, free=free, taken=taken, after=after, tells=tells))
    found: list[Due] = []
    for start in [begins] if begins else list(_starts(series, first, last)):
        end = date(start.year, *series.until) if series.until else date.max
        for post in sorted(series.posts, key=lambda one: (one.day or 0, one.hour or series.hour)):
            day = start + timedelta(days=post.day or 0)
            if first <= day <= min(last, end):
                found.append(_on(series, post, day))
    return found


def _starts(series: Series, first: date, last: date) -> Iterator[date]:
    """The days on which the series begins whose posts may fall between two days."""
    rule = series.begins
    if rule.named:
        raise ValueError("begins on a day that an officer names")
    for year in range(first.year - 1, last.year + 2):
        if rule.tet is not None:
            yield tet(year) + timedelta(days=rule.tet)
        elif rule.yearly is not None:
            month, day = rule.yearly
            trigger = CronTrigger(year=year, month=month, day=day, timezone=LOCAL)
            moment = trigger.get_next_fire_time(None, datetime(year, 1, 1, tzinfo=LOCAL))
            if moment is not None:
                yield moment.date()


def _on(series: Series, post: Post, day: date) -> Due:
    if silent(day) and not series.urgent:
        return Due(post, None, "tet")
    hour, minute = post.hour or series.hour
    return Due(post, datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL))


def _weekly(
    series: Series,
    first: date,
    last: date,
    *,
    free: Collection[date],
    taken: Collection[date],
    after: str | None,
    tells: Tells,
) -> Iterator[Due]:
    """One post a week, each in its turn: a week without one does not lose it."""
    turns = Turns(series.posts, after)
    for day in _week_days(series, first, last, free):
        week = day.isocalendar()[:2]
        if sum(other.isocalendar()[:2] == week for other in taken) < FULL_WEEK:
            post = turns.next(lambda one, day=day: tells(one, day))  # type: ignore[misc]
            if post is not None:
                yield _on(series, post, day)


def _week_days(series: Series, first: date, last: date, free: Collection[date]) -> Iterator[date]:
    """The weekday of every week, or the next day of that week on which it may come."""
    trigger = CronTrigger(day_of_week=str(series.begins.weekly)[:3], timezone=LOCAL)
    moment = trigger.get_next_fire_time(None, datetime(first.year, first.month, first.day, tzinfo=LOCAL))
    while moment is not None and moment.date() <= last:
        day = _not_free(moment.date(), free)
        if day <= last and day.isocalendar()[:2] == moment.date().isocalendar()[:2]:
            yield day
        moment = trigger.get_next_fire_time(moment, moment + timedelta(seconds=1))


class Turns:
    """Posts one after the other, round and round; one that has nothing to say waits until it has."""

    def __init__(self, posts: Sequence[Post], after: str | None) -> None:
        ids = [post.id for post in posts]
        turn = ids.index(after) + 1 if after in ids else 0
        self._waiting = deque([*posts[turn:], *posts[:turn]])

    def next(self, tells: Callable[[Post], bool]) -> Post | None:
        """The first in the row that has something to say; it goes to the end. None where none has."""
        for post in self._waiting:
            if tells(post):
                self._waiting.remove(post)
                self._waiting.append(post)
                return post
        return None


def _not_free(day: date, free: Collection[date]) -> date:
    """The day, or the next one on which offices work and somebody may read."""
    while day in free or silent(day):
        day += timedelta(days=1)
    return day
