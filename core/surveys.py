"""What people of a place wish to learn: a survey between two days, one answer a person, counted without names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from core.tally import LEAST, apart
from core.training import Household

SMALLEST, LARGEST = 25, 35  # people in a class, as plans and courses count; this program's own reckoning rests on it
TREND_FROM = 20  # answers for a trade in both surveys: fewer say nothing of a trend
TREND_BY = 5  # percentage points by which a share must have moved
NOTHING = "none"  # a trade: they wish to learn none
UNNAMED = ""  # nothing was said

CHOICES: Mapping[str, tuple[str, ...]] = {
    "season": ("early", "middle", "late", "any"),
    "hours": ("morning", "afternoon", "evening", "any"),
    "reach": ("here", "daily", "stay"),
    "schooling": ("none", "primary", "lower", "upper"),
    "care": ("yes", "no"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody answered; what is empty they did not say."""

    trade: str = UNNAMED  # a group of occupations, or NOTHING
    season: str = ""
    hours: str = ""
    reach: str = ""
    schooling: str = ""
    care: str = ""
    household: Household = Household.UNSAID

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: what was not said is left out."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def read_wish(plain: Mapping[str, Any]) -> Wish:
    """A wish as `Wish.plain` wrote it."""
    return Wish(**{**plain, "household": Household(plain.get("household", Household.UNSAID))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey of a place; open from its first to its last day."""

    id: int
    locality: str
    first: date
    last: date
    by: str
    at: datetime
    version: int = 0

    def open(self, on: date) -> bool:
        """Whether people can answer on a day."""
        return self.first <= on <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, without whose it is."""

    wish: Wish
    hamlet: str = ""


Cell = tuple[str, Household]  # a hamlet and a kind of household


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What may be told of the answers: of a few people nothing, not even by taking sums apart.

    The trades are parts of all answers. Of a trade whose number is told its cells are parts of that number, and no
    other sum of them is told.
    """

    all: int
    trades: Mapping[str, str]
    cells: Mapping[str, Mapping[Cell, str]]
    others: Mapping[str, Mapping[str, str]]  # by question, then by answer

    def number(self, trade: str) -> int | None:
        """How many wish a trade; None where that is not told."""
        told = self.trades.get(trade, "")
        return int(told) if told.isdecimal() else None


def table(answers: Sequence[Answer]) -> Table:
    """Count, and hide what is small."""
    trades = apart(Counter(one.wish.trade for one in answers))
    cells = {
        trade: apart(Counter((one.hamlet, one.wish.household) for one in answers if one.wish.trade == trade))
        for trade, told in trades.items()
        if told.isdecimal()
    }
    others = {name: apart(Counter(getattr(one.wish, name) for one in answers)) for name in CHOICES}
    return Table(all=len(answers), trades=trades, cells=cells, others=others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How many classes a number of people makes."""

    trade: str
    people: int
    classes: int
    left: int  # for whom these classes have no seat
    moved: int | None = None  # percentage points of all answers since the survey before; None: too few to say


def classes(people: int) -> tuple[int, int]:
    """How many classes of 25 to 35, as few as hold everybody, and who is left over where no number holds them all.

    >>> classes(24), classes(30), classes(40), classes(60), classes(100)
    ((0, 24), (1, 0), (1, 5), (2, 0), (3, 0))
    """
    fewest = -(-people // LARGEST)
    if fewest * SMALLEST <= people:
        return fewest, 0
    some = people // SMALLEST
    return some, people - some * LARGEST if some else people


def forecasts(now: Table, before: Table | None) -> list[Forecast]:
    """Of each trade that is told with a number, the most wished first."""
    found = []
    for trade in now.trades:
        people = now.number(trade)
        if people is None or trade in (NOTHING, UNNAMED):
            continue
        many, left = classes(people)
        found.append(Forecast(trade=trade, people=people, classes=many, left=left, moved=_moved(now, before, trade)))
    return sorted(found, key=lambda one: (-one.people, one.trade))


def _moved(now: Table, before: Table | None, trade: str) -> int | None:
    then, people = before.number(trade) if before else None, now.number(trade)
    if before is None or then is None or people is None or min(then, people) < TREND_FROM:
        return None
    return round(100 * people / now.all - 100 * then / before.all)


# --- events of a conversation ---


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAsked:
    """What would be kept, or that there is no survey now, takes the reply's place."""

    keep: int  # days


@dataclass(frozen=True, slots=True)
class SurveyBegun:
    """They said yes: the first question stays as it is, or it takes its place that there is no survey any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyTold:
    """Their answer takes the place of an earlier one; the consent comes with it."""

    wish: Wish = field(repr=False)
    hamlet: str = ""


SurveyEvent = SurveyAsked | SurveyBegun | SurveyTold
assert LEAST <= TREND_FROM <= SMALLEST  # noqa: S101
