"""The few figures of a message from which it is judged: whether it is about anything known, and whether it goes on.

Used as they stand here both when a message is read and when the weights of these figures are found.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

from content.understanding.corpus import ALARMS, FRAUD, SMALLTALKS, UNCLEAR
from content.understanding.followup import asks_on, bare, matter
from content.understanding.model import GOES_ON, INSIDE, SMALLTALK, Floats
from content.understanding.reading import NONE

NOT_TOPICS = frozenset({NONE, SMALLTALK, *SMALLTALKS, *ALARMS, UNCLEAR, INSIDE, GOES_ON})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a model stand."""

    names: tuple[str, ...]
    known: tuple[int, ...]  # topics and actions
    inside: int
    none: int
    unclear: int
    smalltalk: int
    goes_on: int
    dangers: tuple[int, ...]  # in the order of `DANGERS`
    fraud: int

    @classmethod
    def of(cls, names: Sequence[str]) -> "Columns":
        """Find them. Raises ValueError when one is missing."""
        return cls(
            names=tuple(names),
            known=tuple(place for place, name in enumerate(names) if name not in NOT_TOPICS),
            inside=names.index(INSIDE),
            none=names.index(NONE),
            unclear=names.index(UNCLEAR),
            smalltalk=names.index(SMALLTALK),
            goes_on=names.index(GOES_ON),
            dangers=tuple(names.index(one) for one in ALARMS if one != FRAUD),
            fraud=names.index(FRAUD),
        )


def scope_figures(decided: Floats, columns: Columns, folded: str) -> tuple[float, ...]:
    """What tells whether a message is about anything known."""
    known = decided[list(columns.known)].tolist()
    best, second = heapq.nlargest(2, known)
    none, unclear = float(decided[columns.none]), float(decided[columns.unclear])
    return (
        float(decided[columns.inside]),
        best,
        best - second,
        sum(known) / len(known),
        none,
        unclear,
        max(none, unclear),
        math.log(folded.count(" ") + 1),
    )


def follow_figures(decided: Floats, columns: Columns, folded: str, after: str) -> tuple[float, ...]:
    """What tells whether a message goes on about the topic `after`."""
    here = columns.names.index(after)
    others = [place for place in columns.known if place != here]
    return (
        float(decided[columns.goes_on]),
        float(decided[here]),
        float(decided[others].max()),
        float(decided[columns.inside]),
        math.log(folded.count(" ") + 1),
        float(asks_on(folded)),
        float(bare(folded)) - float(bool(matter(folded))),
    )


def weighed(weights: Sequence[float], figures: Sequence[float]) -> float:
    """Log odds: the constant and the figures, each by its weight."""
    return weights[0] + sum(weight * figure for weight, figure in zip(weights[1:], figures, strict=True))
