"""What another model changes: which rows of the corpus it reads otherwise."""

from typing import NamedTuple

from content.understanding.corpus import Corpus
from content.understanding.reading import Reading, Understanding


class Change(NamedTuple):
    """A text, and what was and is to be done with it."""

    text: str
    before: str
    after: str


def changes(before: Understanding, after: Understanding, corpus: Corpus) -> list[Change]:
    """The rows that stand by themselves and are read otherwise now. Takes 3 ms a row."""
    read = (changed(before, after, row.text) for row in corpus.utterances)
    return [one for one in read if one.before != one.after]


def changed(before: Understanding, after: Understanding, text: str) -> Change:
    """How one text was and is read."""
    return Change(text, told(before.read(text)), told(after.read(text)))


def told(reading: Reading) -> str:
    """A reading in a few words: "answer housing", "unknown"."""
    labels = "" if reading.best == "none" else ", ".join(reading.labels)
    return f"{reading.decision} {labels}".strip()
