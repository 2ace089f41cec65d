"""What the files of `standards/` in a pack say: a poverty standard, and which one is used on which day."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from content.record import Id, Record, Text, Words
from content.schema import Claim, Confidence

IndicatorId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]


class Area(StrEnum):
    """Where a household lives, as the income lines tell apart: a xã counts as rural, a phường as urban."""

    RURAL = "rural"
    URBAN = "urban"


class HouseholdClass(StrEnum):
    """What a household may be recognised as, the poorest first."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE_LIVING = "average_living"
    ABOVE = "above"


class Purpose(StrEnum):
    """What a standard is used for on a day."""

    RECOGNITION = "recognition"  # lists and certificates of that day
    REVIEW = "review"  # looked at as well, for the lists of later years


class Checked(Claim):
    """A statement of a standard: it always says how it was checked."""

    confidence: Confidence


class Amount(Checked):
    """One number of a standard."""

    value: Annotated[int, Field(strict=True, gt=0)]
    figure: Words | None = None  # the same number among the figures, topic.id: the two must agree


class ByArea(Record):
    """An amount for each area, đồng per person and month; both belong to the income that is within."""

    rural: Amount
    urban: Amount

    def of(self, area: Area) -> Amount:
        return self.rural if area is Area.RURAL else self.urban


class StandardDimension(Record):
    """One of the basic services that are looked at."""

    id: Id
    name: Text


class Indicator(Checked):
    """One thing that a household may lack. Confidence and sources are those of its threshold."""

    id: IndicatorId
    dimension: Id
    name: Text
    threshold: Text | None = None  # when it is lacking; None: not known to us


class Standard(Checked):
    """A poverty standard. Without indicators it is only named: nobody can be assessed by it."""

    id: Id
    title: Text
    document: Words
    article: Words | None = None
    from_: date = Field(alias="from")
    to: date
    line: ByArea | None = None  # income up to which a household is poor or near-poor
    average: ByArea | None = None  # income up to which it has an average living standard; None: no such class
    lacking: Amount | None = None  # poor from this number of indicators lacking, near-poor with fewer
    dimensions: tuple[StandardDimension, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def held(self) -> bool:
        """Whether we hold enough of it to assess a household."""
        return bool(self.indicators)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.to < self.from_:
            raise ValueError("'to' lies before 'from'")
        if not self.indicators:
            return self
        missing = [name for name in ("line", "lacking", "dimensions") if not getattr(self, name)]
        if missing:
            raise ValueError(f"has indicators but no {missing[0]}")
        return self


class Application(Checked):
    """A stretch of time during which a standard is used; both days belong to it."""

    id: Words
    purpose: Purpose
    from_: date = Field(alias="from")
    to: date
    standard: Id
    note: Text  # one sentence: why this one
    document: Words
    article: Words | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to < self.from_:
            raise ValueError("'to' lies before 'from'")
        return self

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.from_ <= on <= self.to


INCOME: Literal["income"] = "income"  # stands beside the indicators where an unknown is named
