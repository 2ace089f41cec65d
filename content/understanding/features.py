"""What two messages are compared by: words as they sound, pairs of them, and pieces of four letters."""

import itertools
import re
from functools import lru_cache

from core.text import fold

PIECE = 4  # letters: measured against 3, 5 and mixtures (docs/understanding.md)
LONGEST = 2_000  # characters that are looked at: four times the longest story people tell

# Sounds that are written one for another: s/x, ch/tr, l/n, d/gi/r, c/k/q, y/i and the ends -n/-ng/-nh, -c/-ch/-t.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\bngh", "ng"),
        (r"\bgh", "g"),
        (r"\btr", "ch"),
        (r"\bx", "s"),
        (r"\bn(?![gh])", "l"),
        (r"\bgi(?=[aeouy])", "d"),
        (r"\bgi", "di"),
        (r"\b[rz]", "d"),
        (r"\bf", "ph"),
        (r"\b(?:k(?!h)|q)", "c"),
        (r"n[gh]\b", "n"),
        (r"c(?:h)?\b", "t"),
        (r"y", "i"),
    )
)


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


def sounds(folded: str) -> str:
    """A folded text with sounds that are often mixed up in writing made one.

    >>> sounds("luat xu tro giup"), sounds("luat su cho dup")
    ('luat su cho dup', 'luat su cho dup')
    """
    return " ".join(_sound(word) for word in folded.split())


@lru_cache(maxsize=4096)  # about as many different words as the examples have; a message brings few new ones
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
