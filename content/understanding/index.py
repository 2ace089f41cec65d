"""Which labels a message is near to: its likeness to each label's examples, together and one by one.

Every example is a vector of its features, weighted by how rare they are (tf-idf, term counts 0 or 1). A label's score
is the cosine to the sum of its examples plus the mean cosine to its `NEIGHBOURS` nearest ones: the sum knows what a
topic is about, the neighbours know one peculiar way of saying it. Since both come from the same products, one walk
through the posting lists of the message's features is enough.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

NEIGHBOURS = 3


class Index:
    """Labelled examples, ready to be compared with. Built once, never changed; the same input, the same scores."""

    def __init__(self, examples: Iterable[tuple[str, frozenset[str]]]) -> None:
        self.labels: list[str] = []  # of each example
        self._postings: dict[str, list[int]] = {}
        kept: list[frozenset[str]] = []
        # Those of a label stand together: where each begins and ends is all that is needed to find them.
        for place, (label, found) in enumerate(sorted(examples, key=lambda example: example[0])):
            for feature in found:
                self._postings.setdefault(feature, []).append(place)
            self.labels.append(label)
            kept.append(found)
        total = len(kept)
        self._unknown = math.log(1 + total) ** 2
        # Sums over sets are exact (fsum): their order differs from process to process, the figures must not.
        # The square, since each product needs the weight twice: once for the message, once for the example.
        self._squares = {feature: math.log(1 + total / len(places)) ** 2 for feature, places in self._postings.items()}
        squares = self._squares
        self._lengths = [math.sqrt(math.fsum(squares[feature] for feature in found)) or 1.0 for found in kept]
        self._sums = self._lengths_of_sums(kept)
        starts = [place for place, label in enumerate(self.labels) if place == 0 or self.labels[place - 1] != label]
        self._spans = [(self.labels[start], start, end) for start, end in pairwise([*starts, total])]

    def _lengths_of_sums(self, kept: list[frozenset[str]]) -> dict[str, float]:
        sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for label, found, length in zip(self.labels, kept, self._lengths, strict=True):
            here = sums[label]
            share = 1 / length
            for feature in found:
                here[feature] += share
        return {
            label: math.sqrt(math.fsum(self._squares[feature] * share * share for feature, share in here.items()))
            or 1.0
            for label, here in sums.items()
        }

    def scores(self, found: frozenset[str]) -> dict[str, float]:
        """A score from 0 to 2 for each label that shares a feature; labels that share none are left out."""
        products = [0.0] * len(self.labels)
        length = 0.0
        for feature in sorted(found):  # for the same reason
            square = self._squares.get(feature)
            if square is None:
                length += self._unknown
                continue
            length += square
            for place in self._postings[feature]:
                products[place] += square
        scale = 1 / math.sqrt(length) if length else 0.0
        scores = {}
        for label, start, end in self._spans:
            near = [p / q for p, q in zip(products[start:end], self._lengths[start:end], strict=True) if p]
            if near:
                near.sort(reverse=True)
                scores[label] = scale * (sum(near) / self._sums[label] + sum(near[:NEIGHBOURS]) / NEIGHBOURS)
        return scores

    def known(self, found: frozenset[str]) -> bool:
        """Whether any feature was seen in an example."""
        return any(feature in self._postings for feature in found)
