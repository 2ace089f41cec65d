"""Whether a message is about anything we know: one figure, positive for yes.

Three things speak for it or against it: how near the best label is, how near the examples of other matters are, and
whether its words are those of questions we answer or of others. They are joined by a logistic regression, whose
weights `bench/understanding/calibrate.py` finds on examples held back from the index. There the cut 0 refuses
`WRONGLY_REFUSED` of our own topic and action examples; the curve is in docs/understanding.md.
"""

import math
from collections.abc import Iterable

WRONGLY_REFUSED = 0.06
CONSTANT, BEST, OTHER, WORDS = -2.049, 7.802, -3.755, 0.643


class Scope:
    """How much each feature of the examples speaks for being in scope, or against it."""

    def __init__(self, inside: Iterable[frozenset[str]], outside: Iterable[frozenset[str]]) -> None:
        seen_inside, count_inside = _counts(inside)
        seen_outside, count_outside = _counts(outside)
        self._known = math.log((count_outside + 1) / (count_inside + 1))
        self._odds = {
            feature: math.log((seen_inside.get(feature, 0) + 0.5) / (seen_outside.get(feature, 0) + 0.5))
            for feature in seen_inside | seen_outside
        }

    def words(self, found: frozenset[str]) -> float:
        """The log odds of the features, those never seen left out; grows with the square root of the length."""
        odds = self._odds
        seen = [odds[feature] for feature in sorted(found) if feature in odds]
        return (sum(seen) + len(seen) * self._known) / math.sqrt(len(found) or 1)

    def sure(self, *, best: float, other: float, found: frozenset[str]) -> float:
        """How sure it is that the message is in scope: log odds, 0 is the cut."""
        return CONSTANT + BEST * best + OTHER * other + WORDS * self.words(found)


def _counts(examples: Iterable[frozenset[str]]) -> tuple[dict[str, int], int]:
    counts: dict[str, int] = {}
    number = 0
    for found in examples:
        number += 1
        for feature in found:
            counts[feature] = counts.get(feature, 0) + 1
    return counts, number
