"""How sure a statement is, from how it was checked, what it rests on, and the day it is told.

The rule, for a value or a claim told on a day:

=============================  ============================  ===========
checked as                     sources                       certainty
=============================  ============================  ===========
quoted, cross-checked          at least one of grade A or B  certain
quoted, cross-checked          only grades C, D, O           reported
quoted, cross-checked          none                          unverified
recalled                       any                           unverified
computed                       as the weakest figure it was computed from
any                            not in force on that day      expired
=============================  ============================  ===========

What a local plan says (grade D) is certain as a statement of that plan, told with its years; as a statement of the
law it is only reported. The emergency numbers are certain always: nobody in danger is met with a hedge.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from content.schema import Confidence, Grade, Unit, Value

EMERGENCY_NUMBERS = frozenset({"111", "112", "113", "114", "115"})


class Certainty(StrEnum):
    """What may be said of a statement, the surest first."""

    CERTAIN = "certain"  # told plainly
    REPORTED = "reported"  # told with "chưa đối chiếu văn bản gốc"
    UNVERIFIED = "unverified"  # a figure is left out; a claim is told with "chưa kiểm chứng"
    EXPIRED = "expired"  # never told, never computed with


_ORDER = tuple(Certainty)
_OFFICIAL = frozenset({Grade.A, Grade.B})


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """The certainty of a combination; of nothing at all it is certain."""
    return max(certainties, key=_ORDER.index, default=Certainty.CERTAIN)


def of_claim(confidence: Confidence, grades: Iterable[Grade], *, of_plan: bool = False) -> Certainty:
    """The certainty of a statement that has no dates of its own.

    `of_plan` marks what is told as the words of a local plan. A computed claim has no figures here to be judged by,
    so it counts as reported at best.
    """
    held = set(grades)
    if confidence is Confidence.RECALLED or not held:
        return Certainty.UNVERIFIED
    if confidence is Confidence.COMPUTED:
        return Certainty.REPORTED
    enough = _OFFICIAL | {Grade.D} if of_plan else _OFFICIAL
    return Certainty.CERTAIN if held & enough else Certainty.REPORTED


def of_value(
    value: Value, unit: Unit, grades: Iterable[Grade], *, on: date, bases: Iterable[Certainty] = ()
) -> Certainty:
    """The certainty of one figure told on a day. `bases` are those of the figures it was computed from."""
    if unit is Unit.PHONE and value.value in EMERGENCY_NUMBERS:
        return Certainty.CERTAIN
    if on < value.from_ or (value.to is not None and on > value.to):
        return Certainty.EXPIRED
    if value.confidence is not Confidence.COMPUTED:
        return of_claim(value.confidence, grades)
    rests_on = list(bases)
    return weakest(rests_on) if rests_on else Certainty.UNVERIFIED
