"""What two messages are compared by: words as they sound, pairs of them, and pieces of four letters."""

import itertools

from core.text import fold, sounds

PIECE = 4  # letters: measured against 3, 5 and mixtures (docs/understanding.md)
LONGEST = 2_000  # characters that are looked at: four times the longest story people tell


def features(text: str) -> frozenset[str]:
    """All features of a message."""
    return folded_features(fold(text[:LONGEST]))


def folded_features(folded: str) -> frozenset[str]:
    """The features of a text that is folded already.

    Words carry a mark in front, so that a word of four letters is not taken for a piece.
    """
    words = sounds(folded).split()
    framed = f" {folded} "
    pieces = (framed[at : at + PIECE] for at in range(len(framed) - PIECE + 1))
    pairs = (f"{one}_{two}" for one, two in itertools.pairwise(words))
    return frozenset((*(f"_{word}" for word in words), *pairs, *pieces))
