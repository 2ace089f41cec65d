"""What people call things: words and phrases of everyday speech, gathered into concepts.

A model that has seen "liệt" beside disability learns nothing about "cụt": the lexicon tells it that both are the same
concept. It is a file of the packs (`lexicon/*.yaml`), so that a ward can add its own words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.faults import Fault
from content.understanding.corpus import laid_over
from content.yamlfile import FaultError, error_in, read_path
from core.text import fold, typed_words

LONGEST_PHRASE = 4  # words; longer ones are not met
_ALSO_BARE = "~"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases as typed, with their marks, and as folded, with the concepts each stands for."""

    typed: Mapping[str, tuple[str, ...]]
    folded: Mapping[str, tuple[str, ...]]

    def concepts(self, typed: str, folded: str) -> frozenset[str]:
        """The concepts that a message names; it is given as typed words and as folded words."""
        found: set[str] = set()
        for words, phrases in ((typed.split(), self.typed), (folded.split(), self.folded)):
            for first in range(len(words)):
                for last in range(first + 1, min(first + LONGEST_PHRASE, len(words)) + 1):
                    if (concepts := phrases.get(" ".join(words[first:last]))) is not None:
                        found.update(concepts)
        return frozenset(found)


def lexicon_faults(files: Iterable[Path]) -> list[Fault]:
    """The first fault of each file that has one."""
    found = []
    for path in files:
        try:
            _read(path)
        except FaultError as error:
            found.append(error.fault)
    return found


class _Concepts(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    concepts: dict[str, list[str]] = Field(min_length=1)


def lexicon_files(folders: Iterable[Path]) -> list[Path]:
    """The lexicon files of the folders of packs, in the order in which they are read."""
    return laid_over(folders, "*/lexicon/*.yaml")


def load_lexicon(files: Iterable[Path]) -> Lexicon:
    """Read the concepts of all files; the same concept in two files is one. Raises ContentError with file and line."""
    typed: dict[str, set[str]] = {}
    folded: dict[str, set[str]] = {}
    for path in files:
        for concept, phrases in _read(path).items():
            for phrase in phrases:
                words = typed_words(phrase)
                typed.setdefault(words, set()).add(concept)
                # One syllable without marks may be ten words: it counts only where the file says so.
                if " " in words or phrase.endswith(_ALSO_BARE):
                    folded.setdefault(fold(words), set()).add(concept)
    return Lexicon(typed=_ordered(typed), folded=_ordered(folded))


def _ordered(phrases: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {phrase: tuple(sorted(concepts)) for phrase, concepts in phrases.items()}


def _read(path: Path) -> Mapping[str, list[str]]:
    file = read_path(path)
    try:
        concepts = _Concepts.model_validate(file.data).concepts
    except ValidationError as error:
        first = error.errors()[0]
        raise error_in(file, first["loc"], first["msg"], "write concepts: with a list of phrases each") from error
    for concept, phrases in concepts.items():
        for number, phrase in enumerate(phrases):
            if not fold(phrase):
                raise error_in(file, ("concepts", concept, number), "has no words", "write what people call it")
    return concepts
