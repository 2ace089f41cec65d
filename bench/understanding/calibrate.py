"""Find the figures of `content/understanding/scope.py` and the limits of `ngrams.py` on our own examples.

    python bench/understanding/calibrate.py [--curve]

The utterances are split into five parts by situation ("who", within a label), so that no situation stands in the
index and in what is asked of it; out-of-scope texts, whose situations are broad, are split one by one. The
development questions are not read; small talk, which is known word by word, is not asked. Prints the weights of the
logistic regression, the share refused at several cuts, and how often the first label is right by how far the second
is behind.
"""

import argparse
import math
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from content.loader import PACKS_DIR, load_catalogue
from content.understanding import scope
from content.understanding.corpus import Corpus, load_corpus
from content.understanding.features import features
from content.understanding.index import Index
from content.understanding.ngrams import _HELPERS, _OUTSIDE, plain
from content.understanding.reading import NONE
from content.understanding.scope import Scope

PARTS = 5
Example = tuple[str, frozenset[str]]


def part_of(corpus: Corpus) -> list[int]:
    """Which part each utterance belongs to."""
    situations = sorted({(one.label, one.who) for one in corpus})
    random.Random(3).shuffle(situations)
    part = {situation: number % PARTS for number, situation in enumerate(situations)}
    return [
        number % PARTS if plain(one.label) in _OUTSIDE else part[one.label, one.who]
        for number, one in enumerate(corpus)
    ]


def held_back(corpus: Corpus, told: list[Example]) -> list[tuple[bool, tuple[float, float, float], float, bool]]:
    """For each utterance: in scope or not, the three figures, how far the second label is behind, first label right."""
    parts, said = part_of(corpus), [(plain(one.label), features(one.text)) for one in corpus]
    rows = []
    for part in range(PARTS):
        known = [example for example, number in zip(said, parts, strict=True) if number != part] + told
        index = Index(known)
        words = Scope(
            (found for label, found in known if label not in _OUTSIDE | _HELPERS),
            (found for label, found in known if label == NONE),
        )
        for (label, found), number in zip(said, parts, strict=True):
            if number != part or label in _HELPERS or label == "smalltalk":
                continue
            scores = index.scores(found)
            best = sorted(((s, name) for name, s in scores.items() if name not in _OUTSIDE | _HELPERS), reverse=True)
            best += [(0.0, ""), (0.0, "")]
            other = max(scores.get(name, 0.0) for name in _OUTSIDE)
            gap = 1 - best[1][0] / best[0][0] if best[0][0] else 0.0
            rows.append((label not in _OUTSIDE, (best[0][0], other, words.words(found)), gap, best[0][1] == label))
    return rows


def fit(rows: list[tuple[bool, tuple[float, float, float], float, bool]]) -> list[float]:
    """Weights of a logistic regression, both classes counting alike, by gradient steps on standardised figures."""
    figures = [row[1] for row in rows]
    means = [sum(column) / len(rows) for column in zip(*figures, strict=True)]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(rows)) or 1.0
        for column, mean in zip(zip(*figures, strict=True), means, strict=True)
    ]
    points = [
        [1.0, *((value - mean) / spread for value, mean, spread in zip(row, means, spreads, strict=True))]
        for row in figures
    ]
    inside = sum(row[0] for row in rows)
    share = {True: len(rows) / 2 / inside, False: len(rows) / 2 / (len(rows) - inside)}
    weights = [0.0] * 4
    for _ in range(600):
        slope = [0.0] * 4
        for point, row in zip(points, rows, strict=True):
            chance = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, point, strict=True))))
            for at, value in enumerate(point):
                slope[at] += share[row[0]] * (row[0] - chance) * value
        kept = [1.0, 0.9985, 0.9985, 0.9985]  # shrunk a little towards none, the constant excepted
        weights = [w * keep + 1.5 * s / len(rows) for w, s, keep in zip(weights, slope, kept, strict=True)]
    plain = [w / spread for w, spread in zip(weights[1:], spreads, strict=True)]
    return [weights[0] - sum(w * mean for w, mean in zip(plain, means, strict=True)), *plain]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--curve", action="store_true", help="more cuts")
    args = parser.parse_args()
    corpus = load_corpus(sorted(PACKS_DIR.glob("*/utterances")))
    texts = load_catalogue().understanding_texts()
    told = [(label, features(text)) for label in sorted(texts) for text in texts[label]]
    rows = held_back(corpus, [example for example in told if example[1]])
    weights = fit(rows)
    sure = [weights[0] + sum(w * x for w, x in zip(weights[1:], row[1], strict=True)) for row in rows]
    inside = sorted(value for value, row in zip(sure, rows, strict=True) if row[0])
    outside = [value for value, row in zip(sure, rows, strict=True) if not row[0]]
    cut = inside[int(scope.WRONGLY_REFUSED * len(inside))]
    print(f"CONSTANT, BEST, OTHER, WORDS = {weights[0] - cut:.3f}, " + ", ".join(f"{w:.3f}" for w in weights[1:]))
    steps = range(1, 31) if args.curve else (2, 4, 6, 8, 10, 15)
    for percent in steps:
        at = inside[int(percent / 100 * len(inside))]
        refused = sum(value < at for value in outside) / len(outside)
        print(f"cut {at - cut:+.2f}: {percent:2d} % of ours refused wrongly, {100 * refused:.0f} % of others refused")
    right = [row[3] for row in rows if row[0]]
    print(f"first label right, situations held back: {100 * sum(right) / len(right):.1f} % of {len(right)}")
    for low, high in ((0, 0.02), (0.02, 0.04), (0.04, 0.06), (0.06, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 2)):
        near = [row[3] for row in rows if row[0] and low <= row[2] < high]
        share = 100 * sum(near) / (len(near) or 1)
        print(f"second behind by {low:.2f}-{high:.2f}: {len(near):4d} texts, {share:.0f} % right")


if __name__ == "__main__":
    main()
