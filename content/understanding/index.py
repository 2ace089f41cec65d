"""Which labels a message is near to: its likeness to each label's examples, together and one by one.

Every example is a vector of its features, weighted by how rare they are (tf-idf, term counts 0 or 1). A label's score
is the cosine to the sum of its examples plus the mean cosine to its `NEIGHBOURS` nearest ones: the sum knows what a
topic is about, the neighbours know one peculiar way of saying it. Since both come from the same products, one walk
through the posting lists of the message's features is enough.
"""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 3

Floats = NDArray[np.float64]


class Index:
    """Labelled examples, ready to be compared with. Built once, never changed; the same input, the same scores."""

    def __init__(self, examples: Iterable[tuple[str, frozenset[str]]]) -> None:
        # Those of a label stand together: where each begins is all that is needed to find them.
        kept = sorted(examples, key=lambda example: example[0])
        places: dict[str, list[int]] = {}
        for place, (_, found) in enumerate(kept):
            for feature in found:
                places.setdefault(feature, []).append(place)
        labels = [label for label, _ in kept]
        starts = [place for place, label in enumerate(labels) if place == 0 or labels[place - 1] != label]
        self._labels = [labels[start] for start in starts]
        self._starts = np.array(starts, np.intp)
        self._counts = np.diff([*starts, len(kept)])
        self._owners = np.repeat(np.arange(len(starts)), self._counts)  # which label each example has
        self._postings = {feature: np.array(where, np.intp) for feature, where in places.items()}
        self._unknown = math.log(1 + len(kept)) ** 2
        # The square, since each product needs the weight twice: once for the message, once for the example.
        self._squares = {feature: math.log(1 + len(kept) / len(where)) ** 2 for feature, where in places.items()}
        # Sums over sets are exact (fsum): their order differs from process to process, the figures must not.
        self._lengths = np.array(
            [math.sqrt(math.fsum(self._squares[feature] for feature in found)) or 1.0 for _, found in kept], np.float64
        )
        self._sums = self._lengths_of_sums(kept)

    def _lengths_of_sums(self, kept: list[tuple[str, frozenset[str]]]) -> Floats:
        sums: dict[str, dict[str, float]] = {label: {} for label in self._labels}
        for (label, found), length in zip(kept, self._lengths.tolist(), strict=True):
            here = sums[label]
            share = 1 / length
            for feature in found:
                here[feature] = here.get(feature, 0.0) + share
        exact = (
            math.sqrt(math.fsum(self._squares[feature] * share * share for feature, share in here.items())) or 1.0
            for here in sums.values()
        )
        return np.array(list(exact), np.float64)

    def scores(self, found: frozenset[str]) -> dict[str, float]:
        """A score from 0 to 2 for each label that shares a feature; labels that share none are left out."""
        known = sorted(found & self._postings.keys())  # for the same reason
        if not known:
            return {}
        squares = [self._squares[feature] for feature in known]
        postings = [self._postings[feature] for feature in known]
        length = math.sqrt(math.fsum(squares) + self._unknown * (len(found) - len(known)))
        products = np.bincount(
            np.concatenate(postings), np.repeat(squares, [len(one) for one in postings]), len(self._owners)
        )
        alike = products / self._lengths
        scores = (np.add.reduceat(alike, self._starts) / self._sums + self._nearest(alike) / NEIGHBOURS) / length
        return {label: score for label, score in zip(self._labels, scores.tolist(), strict=True) if score}

    def _nearest(self, alike: Floats) -> Floats:
        """Of each label the sum of its `NEIGHBOURS` greatest; where it has fewer, of all."""
        left, total = alike.copy(), np.zeros(len(self._labels))
        for _ in range(NEIGHBOURS):
            best = np.maximum.reduceat(left, self._starts)
            total += best
            # The first of those that are as great is taken away.
            great = np.flatnonzero(left == best[self._owners])
            owners = self._owners[great]
            first = np.ones(len(great), np.bool_)
            np.not_equal(owners[1:], owners[:-1], out=first[1:])
            left[great[first]] = 0.0
        return total
