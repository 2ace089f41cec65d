"""Every row judged by a model that has seen nothing of its situation."""

import random
from collections.abc import Sequence

import numpy as np

from content.understanding.corpus import LEARNED
from content.understanding.features import Blocks
from content.understanding.lexicon import Lexicon
from content.understanding.model import Floats
from content.understanding.training.fit import decisions_of, fit
from content.understanding.training.rows import Row

PARTS = 4


def part_of(rows: Sequence[Row], parts: int = PARTS) -> list[int]:
    """Which part each row is held back with: all rows of a situation with the same; -1 for what is never held back."""
    every = sorted({row.situation for row in rows if not row.card})
    situations = [one for one in every if not one.startswith(LEARNED)]
    random.Random(3).shuffle(situations)
    # What was learnt from use moves nobody else to another part: figures before and after it can be compared.
    situations += [one for one in every if one.startswith(LEARNED)]
    place = {situation: number % parts for number, situation in enumerate(situations)}
    return [-1 if row.card else place[row.situation] for row in rows]


def held_back(
    rows: Sequence[Row], columns: Sequence[str], blocks: Sequence[Blocks], lexicon: Lexicon, parts: int = PARTS
) -> Floats:
    """The decisions for every row, one line each; of rows that are never held back, zeros."""
    decided = np.zeros((len(rows), len(columns)), np.float32)
    part = part_of(rows, parts)
    for number in range(parts):
        known = [place for place, one in enumerate(part) if one != number]
        asked = [place for place, one in enumerate(part) if one == number]
        model = fit([rows[place] for place in known], columns, [blocks[place] for place in known], lexicon)
        decided[asked] = decisions_of(model, [blocks[place] for place in asked])
    return decided
