"""What a locality's file may say: its plan, its offices and who handles what, each with the plan's section."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from content.record import Id, Record, Text, Words
from core.text import fold

# "mục II.3.1.a"; what stands before the first heading or after the last has no number, silence has no place at all.
_SECTION = r"(mục [IVX]+(\.\d+)*(\.[a-zđ])?(\.\d+)*|phần mở đầu|phần cuối|toàn kế hoạch)"
Section = Annotated[str, StringConstraints(pattern=rf"^{_SECTION}(, {_SECTION})*$")]


LANDLINE = re.compile(r"02\d*")
LANDLINE_DIGITS = 11  # with the code of the province; a mobile number has 10


def _phone(value: str) -> str:
    if LANDLINE.fullmatch(value) and len(value) != LANDLINE_DIGITS:
        raise ValueError(f'"{value}" is no telephone number: a landline has {LANDLINE_DIGITS} digits, as "02603862000"')
    if re.fullmatch(r"02\d{9}|0[35789]\d{8}|1[89]00\d{4,6}|1\d{2}", value) is None:
        raise ValueError(f'"{value}" is no telephone number: 10 or 11 digits from 0 on, without spaces, in quotes')
    return value


Phone = Annotated[str, AfterValidator(_phone)]  # of an office, a duty line, an 1800 or 1900 line, or a short number


class Kind(StrEnum):
    """What a locality is called."""

    PHUONG = "phuong"
    XA = "xa"
    THI_XA = "thi-xa"
    THANH_PHO = "thanh-pho"


class Duty(Record):
    """What a plan gives an office to do, in our words, as it stands in a list: with a small first letter."""

    text: Text
    section: Section
    also: tuple[Id, ...] = ()  # offices that the plan names as helping with it
    every: Literal["year"] | None = None  # how often, where the plan says so; the plans name no days


class Matters(Record):
    """What people go to an office for, in the few words of a list of offices."""

    text: Text
    section: Section


class Decided(Record):
    """By which document a place decided what it has filled in."""

    document: Words
    article: Words
    dated: date


class Office(Record):
    """An office named by a plan. Address, hours, phone and landmark are filled in by the ward."""

    id: Id
    name: Text  # in full: no abbreviation
    duties: tuple[Duty, ...] = ()
    matters: Matters | None = None  # without it the office stands in no list
    valid_from: date | None = None
    valid_to: date | None = None  # the last day it existed
    successor: Text | None = None  # who does it now; empty until the ward fills it in
    address: Text | None = None
    hours: Text | None = None
    phone: Phone | None = None
    landmark: Text | None = None
    called: Text | None = None  # what it is called now, where that is not the plan's name for it
    decided: Decided | None = None  # what the words above rest on, where officers entered them here


class Handles(Record):
    """Which offices handle a topic, by the plan."""

    topic: Id
    lead: Annotated[tuple[Id, ...], Field(min_length=1)]
    also: tuple[Id, ...] = ()
    basis: Literal["assigned", "project", "reading"]  # reading: the nearest duty; the plan does not say it outright
    section: Section


class Named(Record):
    """A topic the plan speaks of but gives to no office."""

    topic: Id
    section: Section


class Plan(Record):
    """The local poverty-reduction plan."""

    title: Words
    issuer: Words
    period_from: Annotated[int, Field(ge=2000, le=2100)]
    period_to: Annotated[int, Field(ge=2000, le=2100)]
    short: Text  # "Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm"
    note: Words | None = None
    source: str  # id of the plan in a sources.yaml

    @property
    def years(self) -> str:
        """ "2024" or "2025-2030"."""
        same = self.period_from == self.period_to
        return str(self.period_from) if same else f"{self.period_from}-{self.period_to}"


class Movement(Record):
    """A movement or a peak month as the plan names it."""

    name: Words
    kind: Literal["movement", "campaign", "segment", "month", "slogan"]
    note: Text | None = None  # what the plan uses it for
    section: Section


class Slogan(Record):
    """A slogan exactly as the plan words it."""

    text: Words
    section: Section


class Places(Record):
    """Places the ward fills in."""

    reception: Text | None = None
    legal_aid: Text | None = None


class Hamlet(Record):
    """A hamlet, filled in by the ward."""

    id: Id
    name: Words
    aliases: tuple[Words, ...] = ()


class Locality(Record):
    """One ward, commune, town or city, as its plan and the ward itself describe it."""

    id: Id
    name: Text
    kind: Kind
    level: Literal["commune", "district"]
    valid_to: date | None = None  # the last day it existed; districts ended on 30 June 2025
    successor: Text | None = None  # the ward or commune that took its place, once known
    place: Text  # with its kind, as in "phường Đăk Cấm"
    short: Text  # for buttons
    province: Text
    aliases: tuple[Words, ...] = ()
    area: Literal["rural", "urban", "both"]
    plan: Plan
    offices: Annotated[tuple[Office, ...], Field(min_length=1)]
    who: tuple[Handles, ...] = ()
    named_no_office: tuple[Named, ...] = ()
    not_named: tuple[Id, ...] = ()
    movement: tuple[Movement, ...] = ()
    slogan: Slogan | None = None
    hamlets: tuple[Hamlet, ...] = ()
    duty_phone: Phone | None = None
    places: Places = Places()

    def hamlet(self, said: str) -> Hamlet | None:
        """The hamlet whose name, other name or id this is, in any spelling; None where there is none."""
        asked = fold(said)
        for one in self.hamlets:
            if asked and asked in (fold(one.name), fold(one.id), *map(fold, one.aliases)):
                return one
        return None
