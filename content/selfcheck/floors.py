"""The floor area in a typed answer."""

import re
from fractions import Fraction
from typing import Any

from content.selfcheck.numbers import numbers
from content.selfcheck.said import Said
from core.text import amounts, fold

STEP = Fraction(7, 10)  # metres: about what a grown person's step measures; shown where it is reckoned with
_LEAST, _MOST = 4, 500  # square metres: beyond them a house is read back
_METRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m2|m²|m vuong|met vuong|mét vuông|thuoc vuong)", re.IGNORECASE)
_TIMES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m|met)?\s*[x×*]\s*(\d+(?:[.,]\d+)?)")
_STOREYS = re.compile(r"\b(\d+|hai|ba|bon) (?:tang|lau|tam)\b")
_NO_AREA = re.compile(r"\b(?:phong|gian|chai|sao|cong dat|ha|mau|met dat|m dat)\b(?!.*\bm2\b)")
_RANGE = re.compile(
    r"(\d+)\s*(?:m|mét|met)?\s*(?:-|–|đến|den|tới|toi|hay|hoặc)\s*(\d+)\s*(?:m2|m²|m|mét|met|\s|$)", re.IGNORECASE
)
_NOT_THE_HOUSE = re.compile(r"\b(?:dat|vuon|san|ruong|ca vuon|luon dat)\b")


def floor(text: str) -> Said | None:
    """The floor area in a text: square metres, or length by width in metres or steps; of several storeys together.

    >>> said = floor("2 tầng, mỗi tầng 30m2")
    >>> (said.value["cm2"], said.sure) if said else None
    (600000, False)
    """
    folded = fold(text)
    if re.match(r"^\s*[-–]\s*\d", text):
        return Said(value={"cm2": 0, "said": []})
    if re.match(r"^(?:khong|ko|k|hong)\b", folded):
        return None
    if _NO_AREA.search(folded):
        return None
    storeys = _STOREYS.search(folded)
    if storeys is not None:
        return _storeys(text, numbers(storeys.group(1)), "moi tang" in folded or "1 tang" in folded)
    if (whole := _METRES.search(text.replace("mét vuông", "m2"))) is not None:
        return _area(_decimal(whole.group(1)), [], sure=_NOT_THE_HOUSE.search(folded) is None)
    return _sides(text, folded)


def _sides(text: str, folded: str) -> Said | None:
    """Length by width, or one number of square metres."""
    if (between := _RANGE.search(text)) is not None and not amounts(text):
        return _area(Fraction(int(between.group(1)) + int(between.group(2)), 2), [], sure=False)
    if (times := _TIMES.search(text)) is not None:
        sides = [_decimal(times.group(1)), _decimal(times.group(2))]
    else:
        sides = numbers(text)
    if not 0 < len(sides) < 3 or amounts(text):
        return None
    if len(sides) == 1:
        return _area(sides[0], [], sure=_NOT_THE_HOUSE.search(folded) is None)
    paced = "buoc" in folded
    unit = STEP if paced else Fraction(1)
    way = ["steps" if paced else "sides", *(float(one) for one in sides)]
    return _area(sides[0] * sides[1] * unit * unit, way)


def _storeys(text: str, count: list[Fraction], each: bool) -> Said | None:
    """ "2 tầng, mỗi tầng 30 mét": each storey is counted where it says so; all is read back."""
    measured = _METRES.search(text.replace("mét vuông", "m2"))
    found = [_decimal(measured.group(1))] if measured else [one for one in numbers(text) if one not in (*count, 1)]
    if len(found) != 1 or len(count) != 1:
        return None
    way = ["storeys", float(count[0]), float(found[0])] if each else []
    return _area(found[0] * (count[0] if each else 1), way, sure=False)


def _decimal(typed: str) -> Fraction:
    return Fraction(typed.replace(",", "."))


def _area(square_metres: Fraction, way: list[Any], *, sure: bool = True) -> Said:
    likely = _LEAST <= square_metres <= _MOST
    return Said(value={"cm2": int(square_metres * 10_000), "said": way}, sure=sure and likely)
