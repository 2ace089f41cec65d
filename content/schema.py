"""What a content pack may say: one strict model for each file of `content/packs/`.

An unknown key, unit, confidence or kind is a fault; so is a text without its translation. What one file alone
cannot know (that a source, an office or a figure exists) is judged in `content/references.py`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, StringConstraints, model_validator

from content.locality import Locality as Locality  # noqa: PLC0414 - the whole schema can be had from here
from content.record import FigureId, Id, Record, Text, Words
from core.text import fold

Day = date  # the same type under a name that a field called "date" does not hide


class Grade(StrEnum):
    """How near a source stands to the official text."""

    A = "A"  # official text or portal entry, or a faithful copy of one
    B = "B"  # press, legal portal, university, local authority page
    C = "C"  # notes or data of third parties: not an official text
    D = "D"  # a local plan: tells what that plan says, for its years
    O = "O"  # own computation  # noqa: E741


class Confidence(StrEnum):
    """How a statement was checked when it was written into the pack."""

    CROSS_CHECKED = "cross-checked"  # two independent passages agree
    QUOTED = "quoted"  # one passage states it
    RECALLED = "recalled"  # from memory only
    COMPUTED = "computed"  # follows from other figures


class Unit(StrEnum):
    """What a value counts; decides how it is written (`content/formatting.py`)."""

    PERCENT = "percent"  # 70 phần trăm
    PERCENT_YEAR = "percent-year"  # 6,24% một năm
    VND = "vnd"  # 3.500.000 đồng (ba triệu rưỡi)
    VND_DAY = "vnd-day"  # ... một ngày
    VND_MONTH = "vnd-month"  # ... một tháng
    VND_YEAR = "vnd-year"  # ... một năm
    VND_PERSON_MONTH = "vnd-person-month"  # ... một người, một tháng
    DAYS = "days"  # 15 ngày
    WORKING_DAYS = "working-days"  # 7 ngày làm việc (không tính thứ Bảy, Chủ nhật, ngày lễ)
    MONTHS = "months"  # 36 tháng
    YEARS = "years"  # 5 năm
    AGE = "age"  # 75 tuổi
    KWH = "kwh"  # 30 số điện (kWh)
    KM = "km"  # 15 km
    SQUARE_METRES = "square-metres"  # 8 mét vuông
    KG = "kg"  # 15 kg
    PEOPLE = "people"  # 3 người
    HOUSEHOLDS = "households"  # 21 hộ
    HOUSES = "houses"  # 10 căn nhà
    POINTS = "points"  # 0,25 điểm phần trăm
    NUMBER = "number"  # 3
    PHONE = "phone"  # 1900 9068; the value is a string of digits
    DATE = "date"  # 05/01/2027
    DAY_MONTH = "day-month"  # 01/9; the value is a string "09-01" (month-day), the same every year
    TEXT = "text"  # the value is {vi, en}


class Source(Record):
    """Where a statement was found."""

    id: Annotated[str, StringConstraints(pattern=r"^S\d+[a-z]?$")]
    grade: Grade
    title: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None


class Claim(Record):
    """What every checked statement carries."""

    confidence: Confidence | None = None  # None: everything in it is a figure, which carries its own
    sources: tuple[str, ...] = ()


def _read_value(raw: object) -> Decimal | date | Text | str:
    """A number as an exact decimal, a date, a text in two languages, or a string of digits."""
    if isinstance(raw, dict):
        if set(raw) != {"vi", "en"} or not all(isinstance(text, str) and text.strip() for text in raw.values()):
            raise ValueError('a text needs both "vi" and "en", and nothing else')
        return Text(**raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Decimal(str(raw))
    if isinstance(raw, date | str | Decimal | Text):
        return raw
    raise ValueError("must be a number, a date, a string of digits or a text in vi and en")


class Value(Record):
    """One figure during one stretch of time; both days belong to it."""

    from_: date = Field(alias="from")
    from_known: bool = True  # False: `from` is only the day on which it was found in use, and is never told
    to: date | None = None  # None: no end is known
    value: Annotated[Decimal | date | Text | str, PlainValidator(_read_value)]
    at_least: bool = False  # the text must say "ít nhất"
    at_most: bool = False  # the text must say "tối đa", "nhiều nhất"
    document: Words
    article: Words | None = None
    confidence: Confidence
    sources: tuple[str, ...] = ()
    from_figures: tuple[str, ...] = ()  # with `computed`: what it was computed from
    checked: date | None = None  # None: the pack's `as_of`

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError("'to' lies before 'from'")
        return self


class Figure(Record):
    """One number (or date, or telephone number) of the law, with its history."""

    id: FigureId
    what: Text
    unit: Unit
    values: Annotated[tuple[Value, ...], Field(min_length=1)]

    def at(self, on: date) -> Value | None:
        """The value in force on a day; None when none is."""
        return next((item for item in self.values if item.from_ <= on and (item.to is None or on <= item.to)), None)


class Line(Claim):
    """One labelled line of a card, written as it stands after its label: a small first letter unless it is a name's.

    The label comes from the message catalogue. Where the line is read alone, its first letter becomes a capital.
    """

    text: Text
    advice: bool = False  # only says what to do, states no fact: needs neither confidence nor source
    basis: tuple[str, ...] = ()  # documents of `legal_basis` it rests on; empty: the first one. Ended: it is left out


class Lines(Record):
    """The lines of a card, in the order in which they are told."""

    who: Line | None = None
    what: Line | None = None
    how: Line | None = None
    where: Line | None = None
    bring: Line | None = None
    time: Line | None = None

    def items(self) -> list[tuple[str, Line]]:
        """The lines that apply, in order."""
        pairs = ((key, getattr(self, key)) for key in type(self).model_fields)
        return [(key, line) for key, line in pairs if line is not None]


class HouseholdStatus(StrEnum):
    """How a commune has recognised a household."""

    POOR = "poor"  # hộ nghèo
    NEAR_POOR = "near-poor"  # hộ cận nghèo
    NEWLY_ESCAPED = "newly-escaped"  # hộ mới thoát nghèo
    AVERAGE = "average"  # hộ có mức sống trung bình


class Detail(Line):
    """A passage behind "Xem thêm"."""

    title: Text
    button: Text | None = None  # 2 to 20 characters, no two alike in a card and none a topic's: leads to this passage
    status: HouseholdStatus | None = None  # the households it is about: it answers "còn hộ cận nghèo thì sao"


class Basis(Claim):
    """A legal document a card rests on, and when it is in force."""

    document: Words
    article: Words | None = None
    from_: date = Field(alias="from")
    from_known: bool = True  # False: `from` is only the day on which it was found in use, and is never told
    to: date | None = None
    replaces: Words | None = None
    confidence: Confidence


class Ending(Record):
    """A document that has ended, told once for every card and figure that rests on it."""

    document: Words  # as the cards name it
    to: date  # its last day
    replaced_by: Words | None = None  # for officers


class Policy(Record):
    """The card of one topic. Control flow is Python; this is only what is said."""

    topic: Id
    valid_from: date
    valid_to: date | None = None
    answer: Text  # the first words, at most 90 characters filled in
    lines: Lines
    first: tuple[Literal["who", "what", "how", "where", "bring", "time"], ...] = ()  # most wanted in the first message
    notice: Line | None = None  # a change on its way, one whole sentence in the first message while its `basis` holds
    details: tuple[Detail, ...] = ()
    caution: bool = False
    legal_basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    next: Annotated[tuple[Id, ...], Field(min_length=1, max_length=3)]
    ask_officer_for: tuple[Text, ...] = ()

    def passages(self) -> list[tuple[tuple[str | int, ...], Line]]:
        """Everything a card tells besides its first words, each with the key it stands under."""
        found: list[tuple[tuple[str | int, ...], Line]] = [(("lines", key), line) for key, line in self.lines.items()]
        found += [(("notice",), self.notice)] if self.notice else []
        return [*found, *((("details", index), detail) for index, detail in enumerate(self.details))]


class Dimension(StrEnum):
    """The six kinds of want the law measures."""

    EMPLOYMENT = "employment"
    HEALTH = "health"
    EDUCATION = "education"
    HOUSING = "housing"
    WATER_SANITATION = "water-sanitation"
    INFORMATION = "information"


class Topic(Record):
    """A matter people ask about."""

    id: Id
    slug: Id | None = None  # the last part of its page's address; the id where it has none
    title: Text
    dimension: Dimension | None
    button: Text  # 2 to 20 characters, told apart from all others
    desk: bool = False  # the matter is the office itself: no plan gives it to anybody

    @property
    def address(self) -> str:
        """What its page is called in an address."""
        return self.slug or self.id


class ThemeWords(Record):
    """What people write for a theme, in each language."""

    vi: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)


class Theme(Record):
    """Several topics under a name that everybody knows."""

    id: Id
    title: Text  # as it stands behind "tin"
    button: Text  # 2 to 20 characters
    topics: tuple[Id, ...] = Field(min_length=1)
    words: ThemeWords

    @property
    def folded(self) -> tuple[str, ...]:
        """Its words in both languages, as they are compared."""
        return tuple(dict.fromkeys(fold(one) for one in (*self.words.vi, *self.words.en)))


class Occupation(Record):
    """A trade by the name that people use for it."""

    id: Id
    title: Text
    words: tuple[Words, ...] = Field(min_length=1)  # other names, as adverts and people write them
    heavy: bool = False  # loads are lifted or carried all day
    skilled: bool = False  # learnt before it is done for a wage


class OccupationGroup(Record):
    """Trades that are near to each other: who can do one may be taken for another."""

    id: Id
    title: Text
    button: Text  # 2 to 20 characters
    occupations: tuple[Occupation, ...] = Field(min_length=1)


class Change(Record):
    """One line of a pack's changelog."""

    date: Day
    from_: Day = Field(alias="from")  # from which day people are answered differently
    change: Words
    document: Words | None = None
    localities: tuple[Id, ...] = ()  # empty: all that extend the pack


class Pack(Record):
    """What a folder of `content/packs/` is."""

    id: Id
    title: Words
    extends: Id | None = None
    as_of: date  # the day on which the pack was last checked as a whole
    changelog: Annotated[tuple[Change, ...], Field(min_length=1)]
