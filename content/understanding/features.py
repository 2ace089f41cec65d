"""What a message is known by: five kinds of features, each a block of its own.

`words` are words and pairs of words as they sound, so that s/x, ch/tr, l/n, hỏi/ngã and the word ends make no
difference; `pieces` are two to five letters of a word, for misspelt and joined words; `typed` are words and pairs as
they were typed, so that "điện" is not "diện"; `ending` are the last words, where a story asks; `concepts` are what the
lexicon finds named, one by one and two by two. What each brings is in docs/understanding.md.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator

from content.understanding.lexicon import Lexicon
from core.text import clean, fold, sounds, typed_words

LONGEST = 2_000  # characters that are looked at: four times the longest story people tell
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
ENDING = 9  # words
# How much each block weighs beside the others; chosen on examples held back.
BLOCKS = {"words": 1.0, "pieces": 0.7, "typed": 1.0, "ending": 0.5, "concepts": 0.5}

Counts = dict[str, int]
Blocks = tuple[Counts, ...]


def blocks_of(lexicon: Lexicon) -> Callable[[str, str], Blocks]:
    """What turns a message, folded and as typed, into the counted features of each block, in the order of `BLOCKS`."""

    def blocks(folded: str, typed: str) -> Blocks:
        sounding = sounds(folded).split()
        return (
            Counter(_words_and_pairs(sounding)),
            Counter(_pieces(folded)),
            Counter(_words_and_pairs(typed.split())),
            Counter(_words_and_pairs(sounding[-ENDING:])),
            dict.fromkeys(_concepts(lexicon.concepts(typed, folded)), 1),
        )

    return blocks


def read(text: str) -> tuple[str, str]:
    """A message folded and as typed, its first `LONGEST` characters."""
    return fold(text[:LONGEST]), typed_words(clean(text[:LONGEST]))


def _words_and_pairs(words: list[str]) -> Iterator[str]:
    yield from words
    for one, two in itertools.pairwise(words):
        yield f"{one} {two}"


def _concepts(found: frozenset[str]) -> Iterator[str]:
    """Each, and each two together: borrowing beside a school is another matter than borrowing beside a cow."""
    ordered = sorted(found)
    yield from ordered
    for one, two in itertools.combinations(ordered, 2):
        yield f"{one} {two}"


def _pieces(folded: str) -> Iterator[str]:
    for word in folded.split():
        framed = f" {word} "
        for length in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            if len(framed) <= length:
                yield framed
                break
            for at in range(len(framed) - length + 1):
                yield framed[at : at + length]
