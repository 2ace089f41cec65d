"""A message in pieces short enough to search, however long it is."""

import re
from functools import cached_property

from content.understanding.signs import english
from core.text import clean, fold

LONGEST = 20_000  # characters: more than any person types, and a bound for what a flood of text may cost
_TAIL = 2_000  # of a longer text the end is looked at too: what matters most is often said last
_WORDS = 60
_OVERLAP = 20
_SENTENCE_END = re.compile(r"[.!?;\n]+(?=\s|$)")


class Window:
    """One piece in the forms in which it is searched, each made once."""

    def __init__(self, text: str) -> None:
        self.lowered = clean(text).lower()
        self._text = text

    @cached_property
    def folded(self) -> str:
        return fold(self.lowered)

    @cached_property
    def english(self) -> str:
        return english.words(self._text)

    def folded_as(self, meant: str) -> str:
        """`meant`, which is `lowered` with some words changed, folded."""
        return self.folded if meant == self.lowered else fold(meant)


def windows(text: str) -> list[Window]:
    """The sentences of a message; one without end (dictated text) is cut into pieces that overlap."""
    pieces: list[str] = []
    looked_at = text if len(text) <= LONGEST else f"{text[:LONGEST]}\n{text[-_TAIL:]}"
    for sentence in _SENTENCE_END.split(looked_at):
        words = sentence.split()
        while words:
            pieces.append(" ".join(words[:_WORDS]))
            words = words[_WORDS - _OVERLAP :] if len(words) > _WORDS else []
    return [Window(piece) for piece in pieces]
