"""Rows to weights: tf-idf by block, and for each column a linear support vector machine of scikit-learn."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from content.understanding.features import BLOCKS, Blocks
from content.understanding.lexicon import Lexicon
from content.understanding.model import Floats, Model
from content.understanding.training.rows import Row

SEEN_AT_LEAST = 2  # rows that must have a feature: what one person said once says nothing of others
COST = 1.0  # of an error, against the size of the weights
CARD_WEIGHT = 0.3  # of a text of our own beside what people say: official words, few of which are used


def fit(rows: Sequence[Row], columns: Sequence[str], blocks: Sequence[Blocks], lexicon: Lexicon) -> Model:
    """Train every column on the rows that say yes or no to it. The same rows give the same model."""
    vocabularies, rarity = _vocabularies(blocks)
    matrix = _matrix(blocks, vocabularies, rarity)
    weight = np.array([CARD_WEIGHT if row.card else 1.0 for row in rows])
    weights = np.zeros((len(rarity), len(columns)), np.float32)
    constants = np.full(len(columns), -1.0, np.float32)
    for number, column in enumerate(columns):
        told = np.array([place for place, row in enumerate(rows) if column in row.yes or column in row.no], np.intp)
        yes = np.array([column in rows[place].yes for place in told])
        if yes.any() and not yes.all():
            # One after the other: the solver's chance is one for the whole process, threads would mix it up.
            machine = LinearSVC(C=COST, random_state=0).fit(matrix[told], yes, sample_weight=weight[told])
            weights[:, number] = machine.coef_[0]
            constants[number] = machine.intercept_[0]
    return Model(
        columns=tuple(columns),
        vocabularies=vocabularies,
        rarity=rarity,
        weights=weights,
        constants=constants,
        lexicon=lexicon,
    )


def decisions_of(model: Model, blocks: Sequence[Blocks]) -> Floats:
    """What `Model.decisions` says, for many messages at once, one line each."""
    decided: Floats = _matrix(blocks, model.vocabularies, model.rarity) @ model.weights + model.constants
    return decided


def _vocabularies(blocks: Sequence[Blocks]) -> tuple[tuple[dict[str, int], ...], Floats]:
    """The features of each block that enough rows have, with their rows in the matrix, and how rare each is."""
    vocabularies, rarity = list[dict[str, int]](), list[float]()
    for number in range(len(BLOCKS)):
        seen: Counter[str] = Counter()
        for one in blocks:
            seen.update(one[number].keys())
        kept = sorted(feature for feature, count in seen.items() if count >= SEEN_AT_LEAST)
        vocabularies.append({feature: len(rarity) + row for row, feature in enumerate(kept)})
        rarity += [math.log((1 + len(blocks)) / (1 + seen[feature])) + 1 for feature in kept]
    return tuple(vocabularies), np.array(rarity, np.float32)


def _matrix(
    blocks: Sequence[Blocks], vocabularies: Sequence[Mapping[str, int]], rarity: Floats
) -> csr_matrix[np.float64]:
    """One line a text: what `Model.decisions` computes for one message, for all at once."""
    starts, places, values = [0], list[int](), list[NDArray[Any]]()
    for one in blocks:
        for vocabulary, counts, weight in zip(vocabularies, one, BLOCKS.values(), strict=True):
            known = [(vocabulary[feature], count) for feature, count in counts.items() if feature in vocabulary]
            if known:
                here = [place for place, _ in known]
                found = np.array([1 + math.log(count) for _, count in known]) * rarity[here]
                places += here
                values.append(found * (weight / math.sqrt(float(found @ found))))
        starts.append(len(places))
    return csr_matrix((np.concatenate(values), places, starts), shape=(len(blocks), len(rarity)))
