"""What becomes of somebody's interest in a vacancy: from the first yes to three months in the job, or why it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

PERSON = ""  # by whom a step is: the person; else an officer's name, or the machine
MACHINE = "scheduler"


class LeadState(StrEnum):
    """Where somebody stands with a vacancy."""

    INTERESTED = "interested"
    CONTACTED = "contacted"
    INTERVIEW = "interview"
    STARTED = "started"
    MONTH = "one_month"  # still there after one month
    QUARTER = "three_months"
    GAVE_UP = "gave_up"


WORKING = (LeadState.STARTED, LeadState.MONTH, LeadState.QUARTER)
WAITING = (LeadState.INTERESTED, LeadState.CONTACTED, LeadState.INTERVIEW)
# From where a lead may go where. Whoever gave up may be taken up again.
NEXT: Mapping[LeadState, tuple[LeadState, ...]] = {
    LeadState.INTERESTED: (LeadState.CONTACTED, LeadState.INTERVIEW, LeadState.STARTED, LeadState.GAVE_UP),
    LeadState.CONTACTED: (LeadState.INTERVIEW, LeadState.STARTED, LeadState.GAVE_UP),
    LeadState.INTERVIEW: (LeadState.STARTED, LeadState.GAVE_UP),
    LeadState.STARTED: (LeadState.MONTH, LeadState.QUARTER, LeadState.GAVE_UP),
    LeadState.MONTH: (LeadState.QUARTER, LeadState.GAVE_UP),
    LeadState.QUARTER: (LeadState.GAVE_UP,),
    LeadState.GAVE_UP: (LeadState.INTERESTED, LeadState.CONTACTED),
}


class LeadAct(StrEnum):
    """What happened to a lead besides its states."""

    AGREED = "agreed"  # the officer may get their way of contact
    REFUSED = "refused"
    EMPLOYER_AGREED = "employer_agreed"
    EMPLOYER_REFUSED = "employer_refused"
    ASKED = "asked"  # a follow-up question went out
    ANSWERED = "answered"  # it was answered, and nothing is another: they still wait
    SILENCED = "silenced"  # they want no more questions
    WROTE = "wrote"  # an officer wrote to them


class Why(StrEnum):
    """Why somebody gave up."""

    FAR = "far"
    WAGE = "wage"
    HARD = "hard"
    HOURS = "hours"
    REFUSED = "refused"  # the employer took somebody else
    UNPAID = "unpaid"  # worked, and was not paid
    OTHER = "other"


class Ask(StrEnum):
    """A follow-up question."""

    BEGAN = "began"  # did you start?
    MONTH = "one_month"  # are you still there?
    QUARTER = "three_months"


MOST_ASKED = 2  # times that one question is asked about one lead: the number that the house sets
RULE = "lead"  # of a reminder: "lead:12:began"
# After how many days each is asked, and asked again where there was no answer: since the interest, since the start.
AFTER: Mapping[Ask, tuple[int, ...]] = {Ask.BEGAN: (7, 14), Ask.MONTH: (30, 37), Ask.QUARTER: (90, 97)}
assert all(len(days) <= MOST_ASKED for days in AFTER.values())  # noqa: S101
# Where a lead must stand for a question to make sense.
ASKED_IN: Mapping[Ask, tuple[LeadState, ...]] = {
    Ask.BEGAN: WAITING,
    Ask.MONTH: (LeadState.STARTED,),
    Ask.QUARTER: (LeadState.STARTED, LeadState.MONTH),
}


def rule_of(lead_id: int, ask: Ask) -> str:
    """The rule of the reminder that asks this.

    >>> rule_of(12, Ask.BEGAN), read_rule("lead:12:began"), read_rule("course:3")
    ('lead:12:began', (12, <Ask.BEGAN: 'began'>), None)
    """
    return f"{RULE}:{lead_id}:{ask}"


def read_rule(rule: str) -> tuple[int, Ask] | None:
    """Which lead a reminder is about, and what it asks; None where it is about something else."""
    name, _, rest = rule.partition(":")
    number, _, ask = rest.partition(":")
    return (int(number), Ask(ask)) if name == RULE and number.isdecimal() and ask in set(Ask) else None


def asked_on(ask: Ask, since: date, taken: Sequence[date] = ()) -> list[date]:
    """The days on which a question is asked: none on which another one is asked of the same person already.

    >>> asked_on(Ask.BEGAN, date(2026, 11, 20), [date(2026, 11, 27)])
    [datetime.date(2026, 11, 28), datetime.date(2026, 12, 4)]
    """
    days: list[date] = []
    for after in AFTER[ask]:
        day = since + timedelta(days=after)
        while day in taken or day in days:
            day += timedelta(days=1)
        days.append(day)
    return days


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLead:
    """A lead as it begins; where and of which household is kept as it was then, for the counts."""

    locality: str
    offer_id: int
    contact_id: int
    hamlet: str = ""  # as the pack names it
    status: str = ""  # of the household by the ward's list; empty: not on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Somebody and a vacancy."""

    id: int
    locality: str
    offer_id: int
    contact_id: int | None  # None: the person had their data erased; the lead is a nameless count
    state: LeadState
    begun_at: datetime
    moved_at: datetime
    started_at: datetime | None = None  # stays when they leave later: they were connected
    why: Why | None = None
    officer_may: bool | None = None  # get their way of contact; None: not said
    employer_may: bool | None = None
    phone: str = field(default="", repr=False)  # as they typed it for this
    hamlet: str = ""
    status: str = ""
    silent: bool = False  # wants no questions
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """A lead with what a list shows of its person and its vacancy."""

    lead: Lead
    title: str
    employer: str
    reference: str = ""  # of the vacancy, in the file it came with
    name: str = field(default="", repr=False)  # of the person; empty where the officer may not have it
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadStep:
    """What happened to a lead, when and by whom."""

    at: datetime
    act: str  # a LeadState or a LeadAct
    by: str = PERSON
    text: str = field(default="", repr=False)  # a reason, or what an officer wrote


class LeadShow(StrEnum):
    """Which leads a list shows."""

    WAITING = "waiting"  # for an officer's first word
    OPEN = "open"  # not working yet, and not given up
    WORKING = "working"
    GAVE_UP = "gave_up"
    ALL = "all"


STATES: Mapping[LeadShow, tuple[LeadState, ...]] = {
    LeadShow.WAITING: (LeadState.INTERESTED,),
    LeadShow.OPEN: WAITING,
    LeadShow.WORKING: WORKING,
    LeadShow.GAVE_UP: (LeadState.GAVE_UP,),
    LeadShow.ALL: tuple(LeadState),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Somebody of a place who looks for work, without a name: what a share is counted from.

    Somebody who went (erased, looking no longer, or their consent over) is still one person with all their leads; who
    comes back afterwards is a new one.
    """

    contact_id: int | None  # None: they went
    lead_id: int | None  # the one that says most; None: they told what they look for, and no more
    state: LeadState | None
    status: str
    hamlet: str
    begun_at: datetime | None
    started_at: datetime | None
    leads: tuple[int, ...] = ()  # all of theirs in the place, the one that says most first


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTold:
    """The person says where they stand with a job, and not with which: the lead that it fits is looked for."""

    act: LeadState  # STARTED, MONTH for "still there", or GAVE_UP
    why: Why | None = None
    worked: bool = False  # they tell of days at work: it may be a job that they had not said they began


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadSaid:
    """The person says something of a vacancy they are interested in; what comes of it takes the reply's place."""

    offer_id: int | None  # None: of all of them
    act: LeadState | LeadAct
    why: Why | None = None
    phone: str = field(default="", repr=False)
