"""What a report on a place and a period is made of: rows as storage gives them, and the figures that are their counts.

Page, paper and sheets say the same because all of them take their numbers from here.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from statistics import median_low
from typing import NamedTuple, Protocol

from core.campaigns import Campaign
from core.caps import LOCAL
from core.periods import Period, PeriodKind
from core.progress import Reported as Figure
from core.questions import QuestionState
from core.records import Effect, TallyRow
from core.report import EXPLAINED, FATES, LEFT_OUT, WHYS, Fate, Home, Reported, Told, Why
from core.tally import Cell, Together, over_months

MINUTE = timedelta(minutes=1)
WEEK = 7  # days of a part of a month in the picture
# Viet Nam has had one time, without summer time, since 1975; reckoned so it takes a third of the time.
ZONE = timezone(timedelta(hours=7))
ERASED = "erased"  # under which a campaign's counts have what went with a person


def minutes(span: timedelta) -> int:
    """Whole minutes of a span, at least 0 for one that is not negative."""
    return span // MINUTE


class QuestionRow(NamedTuple):
    """A question without its words and without the way to whoever asked it. A year of a town has ten thousand."""

    id: int
    locality: str
    hamlet: str  # empty where it is not known, or the person was erased
    topic: str  # empty where it is about none
    office: str
    state: QuestionState
    urgent: bool
    created_at: datetime
    due_at: datetime
    answered_at: datetime | None  # when an officer first answered; it stays when the words are deleted

    @property
    def waited(self) -> int | None:
        """Minutes until that answer, nights and holidays included."""
        return minutes(self.answered_at - self.created_at) if self.answered_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody who is known, by number alone."""

    id: int
    locality: str
    since: datetime
    agreed: bool  # to notices
    channels: tuple[str, ...]  # kinds, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCounts:
    """How many people of some places are known at the end of a period, as storage has them now."""

    known: int
    new: int  # came within the period
    agreed: int
    channels: Mapping[str, int]  # by kind of channel: people with an address there; one may be at several


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts:
    """What came of vacancies and courses within a period."""

    vacancies: int = 0  # verified within it
    courses: int = 0
    interested: int = 0  # somebody and a vacancy: who wants two counts twice
    started: int = 0  # began to work within it
    enrolled: int = 0  # somebody and a course
    finished: int = 0  # of those


class WorkFigure(StrEnum):
    """The figures about work and training: the names of `WorkCounts`, each with the rows that it counts."""

    VACANCIES = "vacancies"
    COURSES = "courses"
    INTERESTED = "interested"
    STARTED = "started"
    ENROLLED = "enrolled"
    FINISHED = "finished"


class WorkThing(StrEnum):
    """What a row about work and training is a row of."""

    VACANCY = "vacancy"
    COURSE = "course"
    LEAD = "lead"
    LEARNER = "learner"


class WorkRow(NamedTuple):
    """One of the rows behind the figures of work and training: by numbers alone, nothing that somebody wrote."""

    thing: WorkThing
    id: int
    locality: str
    offer: int  # the vacancy or course that it is, or is about
    at: datetime  # verified; the interest told; the name put down
    started_at: datetime | None  # to work: of a lead alone
    counts: frozenset[WorkFigure]  # the figures that it is counted in


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The single rows behind the figures of a report, for whoever may see them."""

    people: Sequence[PersonRow]
    work: Sequence[WorkRow]


class Asked(StrEnum):
    """The figures about questions, each with the rows that it counts."""

    ALL = "asked"
    URGENT = "urgent"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


COUNTED: Mapping[Asked, Callable[[QuestionRow, datetime], bool]] = {
    Asked.ALL: lambda _row, _now: True,
    Asked.URGENT: lambda row, _now: row.urgent,
    Asked.ANSWERED: lambda row, _now: row.answered_at is not None or row.state is QuestionState.ANSWERED,
    Asked.UNANSWERED: lambda row, _now: row.state is QuestionState.OPEN and row.answered_at is None,
    Asked.OVERDUE: lambda row, now: row.state is QuestionState.OPEN and row.due_at < now,
    Asked.WITHDRAWN: lambda row, _now: row.state is QuestionState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which places and which period a report is."""

    places: tuple[str, ...]  # ids, at least one
    period: Period

    @property
    def subject(self) -> str:
        """As the log names it."""
        place = self.places[0] if len(self.places) == 1 else f"{len(self.places)} places"
        return f"report:{place}:{self.period.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that a report tells, as of one moment. Notices and tallies as they may be told."""

    wanted: Wanted
    now: datetime
    people: PeopleCounts
    questions: tuple[QuestionRow, ...]  # by id
    notices: tuple[Told, ...]  # begun in the period and for these places alone, the oldest first
    elsewhere: int  # notices begun in the period that went to other places as well: not counted here
    checks: tuple[TallyRow, ...] = field(repr=False)  # not for people's eyes before `tallies`
    work: WorkCounts = WorkCounts()
    reported: tuple[Figure, ...] = ()  # of the one place: the newest approved figure of each subject

    def count(self, which: Asked) -> int:
        """One figure about questions."""
        counts = COUNTED[which]
        return len(self.questions) if which is Asked.ALL else sum([counts(one, self.now) for one in self.questions])

    def rows(self, which: Asked) -> list[QuestionRow]:
        """The questions that this figure counts."""
        counts = COUNTED[which]
        return [one for one in self.questions if counts(one, self.now)]

    def waits(self) -> tuple[int, int] | None:
        """Minutes until the first answer: what half of the answered ones took at most, and the longest."""
        found = [one.answered_at - one.created_at for one in self.questions if one.answered_at is not None]
        return (minutes(median_low(found)), minutes(max(found))) if found else None

    def topics(self) -> list[tuple[str, int]]:
        """Questions by topic, the most first; "" is about none of them."""
        counted = Counter(one.topic for one in self.questions)
        return sorted(counted.items(), key=lambda one: (-one[1], not one[0], one[0]))

    def by_place(self) -> Mapping[str, int]:
        """Questions by locality."""
        return Counter(one.locality for one in self.questions)

    def by_hamlet(self) -> Mapping[str, Cell]:
        """Questions by hamlet of the one place, as they may be told."""
        local = [one.created_at.astimezone(ZONE) for one in self.questions]
        counted = Counter(
            (at.year, at.month, one.locality, one.hamlet) for one, at in zip(self.questions, local, strict=True)
        )
        rows = [
            TallyRow(month=f"{year}-{month:02}", locality=place, hamlet=hamlet, dimension="", count=number)
            for (year, month, place, hamlet), number in counted.items()
        ]
        place, told = self.wanted.places[0], over_months(rows)
        return {hamlet: told.of(place, hamlet, "") for hamlet in told.hamlets(place)}

    def tallies(self) -> Together:
        """Self-checks by place, hamlet and dimension ("": the checks themselves)."""
        return over_months(self.checks)

    def parts(self) -> list[tuple[int, int, int]]:
        """The period in parts: its number, how many were asked in it, how many of these were answered by now.

        Days of a month by sevens from its first, months of a longer period. Parts that have not begun are left out.
        """
        month, first = self.wanted.period.kind is PeriodKind.MONTH, self.wanted.period.first.month

        def part(day: date) -> int:
            return (day.day - 1) // WEEK if month else day.month - first

        asked = Counter([part(one.created_at.astimezone(ZONE)) for one in self.questions])
        answered = Counter([part(one.created_at.astimezone(ZONE)) for one in self.rows(Asked.ANSWERED)])
        last = part(min(self.now.astimezone(LOCAL).date(), self.wanted.period.last))
        return [(at, asked[at], answered[at]) for at in range(last + 1)]


class Monitor(Protocol):
    """Counts and rows of places and periods: as many statements for a million people as for one."""

    async def one_moment(self) -> None:
        """All that follows in this transaction is of one moment; asked for first."""

    async def people(self, places: Collection[str], period: Period, now: datetime) -> PeopleCounts:
        """Who was known when the period ended, of those who still are."""

    async def questions(
        self, places: Collection[str], period: Period, named: Callable[[str, str], str]
    ) -> Sequence[QuestionRow]:
        """What was asked in the period, by id; `named` reads a hamlet of a place as people named it."""

    async def work(self, places: Collection[str], period: Period) -> WorkCounts:
        """What came of vacancies and courses."""

    async def notices(self, period: Period) -> Sequence[tuple[Campaign, Mapping[Effect, int], int]]:
        """Notices of which the sending began in the period, the oldest first, each with its counts.

        And how many people did what after it, and how many of them stopped anything.
        """

    async def person_rows(self, places: Collection[str], period: Period, now: datetime) -> Sequence[PersonRow]:
        """The people whom `people` counts, by id."""

    async def work_rows(self, places: Collection[str], period: Period) -> Sequence[WorkRow]:
        """What `work` counts: vacancies and courses, leads, learners, each by id."""


def counted(one: Campaign, effects: Mapping[Effect, int], stopped: int) -> Reported:
    """What the counts of a campaign say: they outlive its ledger, and do not know where people live."""
    rows: Counter[tuple[Home, Fate, Why | None]] = Counter()
    states = [(state, "", number) for state, number in one.counts.items() if state != ERASED]
    for state, why, number in (*states, *((LEFT_OUT, reason, number) for reason, number in one.left_out.items())):
        fate = FATES[state]
        rows[Home(), fate, WHYS.get(why, Why.OTHER) if fate in EXPLAINED else None] += number
    return Reported(
        campaign=one,
        approved_at=None,
        rows=rows,
        effects={(Home(), effect): number for effect, number in effects.items()},
        stopped={Home(): stopped},
        answers={},
        gone=one.counts.get(ERASED, 0),
        expired=True,
    )
