"""The labour market of a place in a quarter: seats that are offered, people who look, wages, and what comes of it.

Counted from verified vacancies and from what people told by consent. Seats are an employer's and told as they are;
people are told as `core.tally` allows. A figure of few offers says nothing of a trade: it is not shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Protocol

from core.tally import LEAST, Cell, apart, together
from core.work import Paid

ANY = "any"  # the trade of those who would take any
TREND_LEAST = 10  # seats, in both quarters: below it two numbers are no trend
WAGE_LEAST = 5  # offers that tell a sum: below it their middle is one employer's
WAGES = (Paid.MONTH, Paid.DAY, Paid.HOUR)  # told apart: nobody works the same hours for each
ROUNDED = 1_000  # đồng


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """What of a verified vacancy is counted."""

    occupation: str
    verified_at: datetime
    seats: int | None = None
    paid: Paid = Paid.AGREED
    wage: int | None = None  # đồng by `paid`: the middle of what is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How many people told the same in the same month: which trades they want, or that an offer suits them."""

    month: int  # of those that were asked for, from 0
    trades: tuple[str, ...]  # groups or occupations
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What storage says of a place and a quarter."""

    vacancies: Sequence[Vacancy]
    before: Sequence[Vacancy]  # of the quarter before, as far as this one has come
    seekers: Sequence[Said]
    interest: Sequence[Said]
    looking: int  # people who look for work at this moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Seats compared with the quarter before."""

    before: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeLine:
    """A group of trades in the quarter."""

    group: str
    seats: tuple[int, ...]  # by month
    offers: int
    seekers: Cell
    interest: Cell
    wages: Mapping[Paid, int] = field(default_factory=dict)  # đồng; only where WAGE_LEAST offers tell one
    seekers_in: tuple[Cell, ...] = ()  # by month
    wages_in: tuple[Mapping[Paid, int], ...] = ()  # by month; as `wages`
    trend: Trend | None = None  # only from TREND_LEAST seats on in both quarters

    @property
    def total(self) -> int:
        """Seats of the quarter."""
        return sum(self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourPicture:
    """All that may be told of the quarter: the trades that need most people first."""

    lines: tuple[TradeLine, ...]
    seats: tuple[int, ...]  # by month
    offers: int
    looking: Cell
    seekers: Cell
    interest: Cell
    trend: Trend | None = None
    seekers_in: tuple[Cell, ...] = ()  # by month


def picture_of(counted: Counted, group_of: Mapping[str, str], months: Sequence[datetime]) -> LabourPicture:
    """The picture. `months` are the first moments of the quarter's months."""
    seats = seats_by_group(counted.vacancies, group_of, months)
    before = {group: sum(one) for group, one in seats_by_group(counted.before, group_of, ()).items()}
    offers = Counter(_group(one, group_of) for one in counted.vacancies)
    seekers, interest = (_told(said, group_of, len(months)) for said in (counted.seekers, counted.interest))
    looked = [_few(one) for one in _by_month(counted.seekers, len(months))]
    wages, none = _wages(counted.vacancies, group_of), (0,) * len(months)
    wages_in = [_wages(each, group_of) for each in _monthly(counted.vacancies, months)]
    groups = {*seats, *seekers, *interest}
    lines = [
        TradeLine(
            group=group,
            seats=seats.get(group, none),
            offers=offers[group],
            seekers=together(seekers.get(group, none)),
            interest=together(interest.get(group, none)),
            wages=wages.get(group, {}),
            seekers_in=seekers.get(group, none),
            wages_in=tuple(each.get(group, {}) for each in wages_in),
            trend=_trend(before.get(group, 0), sum(seats.get(group, ()))),
        )
        for group in groups
    ]
    total = tuple(sum(one[at] for one in seats.values()) for at in range(len(months)))
    return LabourPicture(
        lines=tuple(sorted(lines, key=lambda one: (-one.total, one.group))),
        seats=total,
        offers=len(counted.vacancies),
        looking=_few(counted.looking),
        seekers=together(looked),
        seekers_in=tuple(looked),
        interest=together(_few(one) for one in _by_month(counted.interest, len(months))),
        trend=_trend(sum(before.values()), sum(total)),
    )


def seats_by_group(
    vacancies: Iterable[Vacancy], group_of: Mapping[str, str], months: Sequence[datetime]
) -> dict[str, tuple[int, ...]]:
    """Seats by group of trades and month; a vacancy that tells no number counts as one. Without months, in all."""
    found: dict[str, list[int]] = {}
    for one in vacancies:
        counts = found.setdefault(_group(one, group_of), [0] * max(1, len(months)))
        counts[_month(one, months)] += 1 if one.seats is None else one.seats
    return {group: tuple(counts) for group, counts in found.items()}


def _month(one: Vacancy, months: Sequence[datetime]) -> int:
    return sum(one.verified_at >= begins for begins in months[1:])


def _monthly(vacancies: Iterable[Vacancy], months: Sequence[datetime]) -> list[list[Vacancy]]:
    found: list[list[Vacancy]] = [[] for _ in months]
    for one in vacancies:
        found[_month(one, months)].append(one)
    return found


def _group(one: Vacancy, group_of: Mapping[str, str]) -> str:
    return group_of.get(one.occupation, one.occupation)


def _told(said: Sequence[Said], group_of: Mapping[str, str], months: int) -> dict[str, tuple[Cell, ...]]:
    """Of each group what may be told of each month by itself: what is told of all of them is made of that."""
    counts: list[Counter[str]] = [Counter() for _ in range(months)]
    for one in said:
        for group in {group_of.get(trade, trade) for trade in one.trades} or {ANY}:
            counts[one.month][group] += one.count
    groups = {group for each in counts for group in each}
    by_month: list[Mapping[str, str] | None] = [apart(each) if each else {} for each in counts]
    return {
        group: tuple(_cell(told, group, each) for told, each in zip(by_month, counts, strict=True)) for group in groups
    }


def _cell(told: Mapping[str, str] | None, group: str, counts: Mapping[str, int]) -> Cell:
    """What is told of a group in a month; None where that month is not told apart."""
    if not counts.get(group):
        return 0
    one = (told or {}).get(group)
    return None if one is None else int(one) if one.isdecimal() else one


def _by_month(said: Sequence[Said], months: int) -> list[int]:
    counts = [0] * months
    for one in said:
        counts[one.month] += one.count
    return counts


def _few(count: int) -> Cell:
    return count if count >= LEAST or not count else f"<{LEAST}"


def _wages(vacancies: Iterable[Vacancy], group_of: Mapping[str, str]) -> dict[str, dict[Paid, int]]:
    sums: dict[tuple[str, Paid], list[int]] = {}
    for one in vacancies:
        if one.wage is not None and one.paid in WAGES:
            sums.setdefault((_group(one, group_of), one.paid), []).append(one.wage)
    found: dict[str, dict[Paid, int]] = {}
    for (group, paid), told in sums.items():
        if len(told) >= WAGE_LEAST:
            found.setdefault(group, {})[paid] = round(median(told) / ROUNDED) * ROUNDED
    return found


def _trend(before: int, now: int) -> Trend | None:
    return Trend(before=before, now=now) if min(before, now) >= TREND_LEAST else None


class LabourMarket(Protocol):
    """Counts of work. A bounded number of statements, whatever the number of people."""

    async def vacancies(self, locality: str, begins: datetime, ends: datetime) -> Sequence[Vacancy]:
        """The vacancies of a place that were verified from one moment on, before another."""

    async def seekers(self, locality: str, months: Sequence[datetime], ends: datetime, now: datetime) -> Sequence[Said]:
        """The people of a place who look for work by a consent that holds, by the month in which they told so last."""

    async def interest(
        self, locality: str, months: Sequence[datetime], ends: datetime, now: datetime
    ) -> Sequence[Said]:
        """How often people said that a vacancy of a place suits them, by consent, by month and occupation."""

    async def looking(self, locality: str, now: datetime) -> int:
        """How many people of a place look for work, by a consent that holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededAsked:
    """Which trades need people in the person's place takes the reply's place; where nothing is known it stays."""
