"""Months, quarters and years as offices report them, by the clocks of Viet Nam."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.caps import LOCAL

FIRST_YEAR, LAST_YEAR = 2000, 2999
_WRITTEN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?")


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month, a quarter or a year: `number` is the month, the quarter, or 1."""

    kind: PeriodKind
    year: int
    number: int = 1

    @property
    def key(self) -> str:
        """As an address and a command write it: "2026-11", "2026-Q4", "2026"."""
        ends = {PeriodKind.MONTH: f"-{self.number:02}", PeriodKind.QUARTER: f"-Q{self.number}"}
        return f"{self.year}{ends.get(self.kind, '')}"

    @property
    def months(self) -> tuple[str, ...]:
        """Its months in their order, as "2026-11"."""
        length = LENGTHS[self.kind]
        return tuple(f"{self.year}-{(self.number - 1) * length + at + 1:02}" for at in range(length))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * LENGTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = int(self.months[-1][5:])
        return (date(self.year + 1, 1, 1) if month == 12 else date(self.year, month + 1, 1)) - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), LOCAL)

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it any more."""
        return datetime.combine(self.last + timedelta(days=1), time(), LOCAL)

    @property
    def before(self) -> "Period":
        """The one of the same length before it."""
        return period_of(self.begins - timedelta(hours=1), self.kind)


def period_of(moment: datetime, kind: PeriodKind) -> Period:
    """The period of this length in which a moment lies.

    >>> from datetime import UTC
    >>> now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # the new year where people live
    >>> [period_of(now, kind).key for kind in PeriodKind]
    ['2027-01', '2027-Q1', '2027']
    """
    local = moment.astimezone(LOCAL)
    return Period(kind=kind, year=local.year, number=(local.month - 1) // LENGTHS[kind] + 1)


def read_period(text: str) -> Period:
    """A period as it is written. Raises ValueError.

    >>> read_period("2026-Q4").months
    ('2026-10', '2026-11', '2026-12')
    """
    found = _WRITTEN.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError("write a month like 2026-11, a quarter like 2026-Q4, or a year like 2026")
    year, month, quarter = found.groups()
    if month:
        return Period(kind=PeriodKind.MONTH, year=int(year), number=int(month))
    if quarter:
        return Period(kind=PeriodKind.QUARTER, year=int(year), number=int(quarter))
    return Period(kind=PeriodKind.YEAR, year=int(year))
