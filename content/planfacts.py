"""What a local plan says besides its offices: figures, targets, projects and the rest, each with the plan's section.

All of it is told as that plan's, for its years, and is replaced as a whole when the next plan comes.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from content.locality import Section
from content.record import Id, Record, Text, Words
from content.schema import Day, Dimension, Unit

Year = Annotated[int, Field(ge=2000, le=2100)]
NumberId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Measure(StrEnum):
    """What plans count poverty by. The ids of the numbers of a poverty figure; others may stand beside them."""

    POOR_HOUSEHOLDS = "poor-households"
    POOR_RATE = "poor-rate"
    NEAR_POOR_HOUSEHOLDS = "near-poor-households"
    NEAR_POOR_RATE = "near-poor-rate"


class Way(StrEnum):
    """On which side of a number of the plan the goal is."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    BELOW = "below"  # the plan says "below": the number itself is not there yet


class Number(Record):
    """A number of the plan, exactly as it stands there."""

    value: Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
    unit: Unit


class Fact(Record):
    """One thing the plan says, in our words: a sentence or two with {number-id} for each of its numbers."""

    id: Id
    text: Text
    section: Section
    numbers: Mapping[NumberId, Number] = Field(default_factory=dict)
    topics: tuple[Id, ...] = ()  # whose answers it belongs to


# Which of the numbers are to be reached, and from which side; empty: the plan gives none that could be measured.
Goals = Mapping[NumberId, Way]


class PovertyFigure(Fact):
    """How many households are poor or near-poor, or are to be."""

    year: Year | None = None  # None: no year of its own
    kind: Literal["actual", "target"]
    goals: Goals = Field(default_factory=dict)


class Counted(Record):
    """How a target is counted from what people here were led to; see content/employment.py."""

    by: Literal["connected", "helped"]
    households: tuple[Literal["poor", "near-poor", "newly-escaped"], ...]  # whose people the plan means


class Target(Fact):
    """What the plan wants to reach."""

    dimension: Dimension | None  # None: a general one
    need_only: bool = False  # it counts only those who state a need; the text says so
    goals: Goals = Field(default_factory=dict)
    counted: Counted | None = None  # None: not by what is kept here


class Project(Record):
    """A project or a part of the plan that has people, work and money of its own."""

    id: Id
    no: Annotated[int, Field(ge=0, le=20)]  # 0: the plan does not number its parts
    sub: Annotated[int, Field(ge=0, le=20)] = 0  # 0: no sub-project
    name: Text
    lead: tuple[Id, ...] = ()  # offices
    also: tuple[Id, ...] = ()
    lead_basis: Literal["assigned", "reading", "none"]  # reading: the nearest duty; none: nobody is named
    for_whom: Text | None = None
    work: tuple[Text, ...] = ()  # what is done, a few words each, with a small first letter
    money: Mapping[Literal["total", "central", "local"], Number] = Field(
        default_factory=dict
    )  # empty: the plan names no amount
    topics: tuple[Id, ...] = ()
    section: Section


class Month(Record):
    """The peak month "Vì người nghèo" in the plan."""

    name: Words | None = None  # as the plan words it; None: the plan does not speak of it
    owner: tuple[Id, ...] = ()  # offices
    text: Text | None = None
    section: Section | None = None


class Document(Record):
    """A document the plan is based on."""

    document: Words
    day: Day | None = None
    issuer: Words
    about: Text
    section: Section


class PlanFacts(Record):
    """The file plan.yaml of a locality."""

    poverty: tuple[PovertyFigure, ...] = ()
    targets: tuple[Target, ...] = ()
    projects: tuple[Project, ...] = ()
    policies: tuple[Fact, ...] = ()  # other help the plan speaks of
    priorities: tuple[Fact, ...] = ()  # who comes first
    funding: tuple[Fact, ...] = ()  # where the money comes from
    fund: tuple[Fact, ...] = ()  # what it says of the fund "Vì người nghèo"
    channels: tuple[Fact, ...] = ()  # where policy is told
    disclosure: tuple[Fact, ...] = ()  # what is made public
    feedback: tuple[Fact, ...] = ()  # where difficulties are reported
    processes: tuple[Fact, ...] = ()  # review, surveys, training, monitoring
    counts: tuple[Fact, ...] = ()  # how many wards, hamlets
    goals: tuple[Fact, ...] = ()
    solutions: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()
    month: Month
    remarks: tuple[Words, ...] = ()  # for officers: what is to be compared with the original, in Vietnamese


LISTS = tuple(
    name
    for name in PlanFacts.model_fields
    if name not in {"poverty", "targets", "projects", "documents", "month", "remarks"}
)
