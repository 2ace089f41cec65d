"""What words stand for a hamlet of a place, and where on the map it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from content.locality import Locality
from core.local_content import Fields, Place
from core.suiting import Position
from core.text import fold

HAMLET_WORDS = ("thon", "to", "lang", "ban", "khu", "ap", "xom", "buon", "khoi")  # how a hamlet's name begins
MOST_WORDS = 5  # "khu phố Nguyễn Du 2": what is longer tells more than where
MOST_SUBJECT = 80  # characters
NORTH, EAST = (8.0, 24.0), (102.0, 110.0)  # degrees between which the hamlets of Viet Nam lie
DEGREES = ("latitude", "longitude")
_NUMBER = r"\d{1,3}(?:[.,]\d{1,12})?"
_ONE = re.compile(_NUMBER)
# As maps give them to be copied: "14.35, 107.98"; with commas in the numbers, something else stands between them.
_BOTH = re.compile(rf"\(?\s*({_NUMBER})\s*(?:[;/|]|,\s|\s)\s*({_NUMBER})\s*\)?|(\d{{1,3}}\.\d+),(\d{{1,3}}\.\d+)")


def hamlet_named(place: Locality | None, hamlet: str) -> str:
    """The hamlet that words stand for: as the pack names it, else folded as typed if that can be a hamlet's name.

    Empty for what is none: somebody may have typed whose house it is instead.
    """
    typed = fold(hamlet)
    known = place.hamlet(typed) if place else None
    if known is not None:
        return known.name
    words = typed.split()
    return typed if 1 < len(words) <= MOST_WORDS and words[0] in HAMLET_WORDS else ""


def subject_of(place: Locality | None, hamlet: str) -> str:
    """By what a hamlet is known in what its place says itself, however it was typed; empty for what is none."""
    return fold(hamlet_named(place, hamlet)).replace(" ", "-")


def knows_hamlet(about: Place, place: Locality | None) -> bool:
    """Whether a change is about what can be a hamlet of its place."""
    subject = about.subject
    return 0 < len(subject) <= MOST_SUBJECT and subject == subject_of(place, subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Degrees:
    """What an officer typed of where something is, read."""

    position: Position | None = None  # rounded to about a metre
    wrong: Mapping[str, str] = field(default_factory=dict)  # by field: empty, degrees, outside


def degrees(latitude: str, longitude: str) -> Degrees:
    """Two numbers with a point or a comma, or both of them in either field.

    >>> degrees("14,35", "107.98").position, degrees("14.35, 107.98", "").position
    ((14.35, 107.98), (14.35, 107.98))
    >>> degrees("14.35", "").wrong, degrees("x", "48.85").wrong
    ({'longitude': 'empty'}, {'latitude': 'degrees', 'longitude': 'outside'})
    """
    typed = [" ".join(one.replace("°", " ").split()) for one in (latitude, longitude)]
    if typed.count("") == 1 and (both := _BOTH.fullmatch(typed[0] or typed[1])):
        typed = [both[1] or both[3], both[2] or both[4]]
    wrong, found = dict[str, str](), list[float]()
    for name, text, (least, most) in zip(DEGREES, typed, (NORTH, EAST), strict=True):
        value = float(text.replace(",", ".")) if _ONE.fullmatch(text) else None
        if value is None:
            wrong[name] = "degrees" if text else "empty"
        elif not least <= value <= most:
            wrong[name] = "outside"
        else:
            found.append(round(value, 5))
    return Degrees(wrong=wrong) if wrong else Degrees(position=(found[0], found[1]))


def position_of(said: Fields) -> Position:
    """Where a hamlet is as it was put in force. Raises KeyError where it is not said."""
    return float(said["latitude"]), float(said["longitude"])
