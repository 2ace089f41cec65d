"""What `series/<id>.yaml` of a pack and `series.yaml` of a locality may say.

A series is a plan of several posts over a period (the peak month), or one that begins on a day an officer names (a
course). A segment is one post a week, in order, on the same weekday and hour.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from content.record import Id, Record, Text, Words
from content.schema import Line

FIRST_HOUR, LAST_HOUR = (7, 0), (20, 15)  # nothing between 20:30 and 07:00; the last quarter is for the sending
MOST_LATE = 24 * 7  # hours
_HOUR = re.compile(r"(\d\d):(\d\d)")
_DAY = re.compile(r"(\d\d)-(\d\d)")


class Weekday(StrEnum):
    """On which day of the week a segment comes."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def _hour(raw: object) -> tuple[int, int]:
    """Hour and minute, local time."""
    match = _HOUR.fullmatch(raw) if isinstance(raw, str) else None
    found = (int(match[1]), int(match[2])) if match else None
    if found is None or found[1] > 59 or not FIRST_HOUR <= found <= LAST_HOUR:
        raise ValueError('must be an hour from "07:00" to "20:15", in quotation marks')
    return found


def _month_day(raw: object) -> tuple[int, int]:
    """Month and day; never 29 February."""
    match = _DAY.fullmatch(raw) if isinstance(raw, str) else None
    try:
        day = date(2027, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError('must be a day of every year as "month-day", such as "10-17"')
    return day.month, day.day


Hour = Annotated[tuple[int, int], PlainValidator(_hour)]
MonthDay = Annotated[tuple[int, int], PlainValidator(_month_day)]


class Begins(Record):
    """The day from which a series counts; one of the four."""

    yearly: MonthDay | None = None
    tet: int | None = Field(default=None, ge=-60, le=30)  # days after the first day of the lunar year
    named: Literal[True] | None = None  # an officer names the day: of a course, a job fair, a storm
    weekly: Weekday | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(getattr(self, name) is not None for name in type(self).model_fields) != 1:
            raise ValueError("must be one of yearly, tet, named and weekly")
        return self

    def told(self) -> str:
        """The rule in a few words, for officers."""
        if self.yearly is not None:
            return f"each year from {self.yearly[1]:02}/{self.yearly[0]:02}"
        if self.tet is not None:
            return f"each year from {abs(self.tet)} days {'before' if self.tet < 0 else 'after'} Tết"
        return f"each {self.weekly}" if self.weekly else "on a day you name"


class Room(StrEnum):
    """What of the place's own a post has room for."""

    FIGURE = "figure"
    STORY = "story"
    PLACE = "place"  # where, when, whom to call here
    NONE = "none"


class Post(Line):
    """One post; its figures and documents are those of its topic's card."""

    id: Id
    topic: Id
    title: Text  # for officers
    day: int | None = Field(default=None, ge=-30, le=366)  # days after the series begins; a segment's posts have none
    hour: Hour | None = None  # another hour than the series'
    room: Room = Room.NONE


class Series(Record):
    """A set of posts, proposed to every place and sent by none that has not approved it."""

    id: Id
    title: Text
    why: Text  # for officers: when to use it
    begins: Begins
    until: MonthDay | None = None  # the last day of a yearly one
    hour: Hour
    late_hours: int = Field(ge=1, le=MOST_LATE)  # later than this after its hour a post is skipped, and that is told
    good_for_days: int = Field(ge=1, le=60)  # so long it may wait for people's caps
    urgent: bool = False  # asks for no quiet hours and no caps: alerts alone
    posts: Annotated[tuple[Post, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _days(self) -> Self:
        weekly = self.begins.weekly is not None
        if any((post.day is None) is not weekly for post in self.posts):
            raise ValueError("every post of a series has a day, no post of a weekly segment has one")
        if self.until is not None and self.begins.yearly is None:
            raise ValueError("until: is for a series that begins on a day of every year")
        return self

    def post(self, post: str) -> Post:
        """A post by id. Raises KeyError."""
        return next(one for one in self.posts if one.id == post)


class OwnLine(Record):
    """What a place adds to a post: its own figure, its own story, where and when here."""

    series: Id
    post: Id
    year: int | None = Field(default=None, ge=2020, le=2100)  # None: every year
    text: Text
    source: Words  # whose word it is, told with it
    fills: bool = True  # false: it is not what the post has room for, which is told as lacking still


class Holiday(Record):
    """A public holiday: its rule, and for single years the very days, which take the place of the rule."""

    id: Id
    name: Text
    yearly: MonthDay | None = None
    lunar: MonthDay | None = None  # month and day of the Vietnamese calendar
    days: Mapping[int, tuple[date, ...]] = Field(default_factory=dict)  # by year, as announced

    @model_validator(mode="after")
    def _a_rule(self) -> Self:
        if (self.yearly is not None) + (self.lunar is not None) > 1 or not (self.yearly or self.lunar or self.days):
            raise ValueError("must have yearly, or lunar, or days")
        wrong = [day for year, days in self.days.items() for day in days if day.year != year]
        if wrong:
            raise ValueError(f"days: {wrong[0]} stands under another year")
        return self
