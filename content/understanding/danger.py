"""Signs that somebody is in danger, read from folded words so that any spelling counts.

Missing one may cost a life, a false alarm costs a message with telephone numbers: where a sign without diacritics has
two readings, the dangerous one counts, unless typed diacritics or the words around say otherwise. Each kind has what
tells it and what only looks like it: animals, machines, ways of speaking ("nóng muốn chết"), names of programmes
("xóa đói giảm nghèo"), questions about bills and benefits, and what is over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from content.understanding.reading import DANGERS
from content.understanding.signs import disaster, english, hunger, medical, suicide, violence
from content.understanding.signs.marks import told_apart
from content.understanding.signs.notation import MASKED
from content.understanding.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind of danger: what tells of it, what is struck out before, and what excuses a whole sentence."""

    name: str
    found: re.Pattern[str]
    looks_like: re.Pattern[str] | None = None
    another_matter: re.Pattern[str] | None = None

    def is_told_by(self, folded: str) -> bool:
        if self.found.search(folded) is None or (self.another_matter and self.another_matter.search(folded)):
            return False
        return self.looks_like is None or self.found.search(self.looks_like.sub(MASKED, folded)) is not None


_KINDS = (
    _Kind(
        name="violence",
        found=violence.FOUND,
        looks_like=violence.LOOKS_LIKE,
        another_matter=violence.ANOTHER_MATTER,
    ),
    _Kind(name="suicide", found=suicide.FOUND, looks_like=suicide.LOOKS_LIKE),
    _Kind(
        name="medical",
        found=medical.FOUND,
        looks_like=medical.LOOKS_LIKE,
        another_matter=medical.ANOTHER_MATTER,
    ),
    _Kind(name="hunger", found=hunger.FOUND, looks_like=hunger.LOOKS_LIKE),
    _Kind(
        name="disaster",
        found=disaster.FOUND,
        looks_like=disaster.LOOKS_LIKE,
        another_matter=disaster.ANOTHER_MATTER,
    ),
)


def dangers(pieces: Iterable[Window]) -> tuple[str, ...]:
    """The kinds of danger that a message tells of, in the order of `reading.DANGERS`; empty for nearly every message.

    Read window by window (`windows`): what looks harmless in one sentence excuses no other.
    """
    found: set[str] = set()
    for piece in pieces:
        folded = piece.folded_as(told_apart(piece.lowered))
        found.update(kind.name for kind in _KINDS if kind.is_told_by(folded))
        found.update(_in_english(piece.english))
    return tuple(name for name in DANGERS if name in found)


def _in_english(words: str) -> list[str]:
    said = english.LOOKS_LIKE.sub(MASKED, words)
    found = [kind for kind, pattern in english.FOUND.items() if pattern.search(said)]
    if found and english.ANOTHER_MATTER.search(said):
        return [kind for kind in found if kind in english.NEVER_EXCUSED]
    return found
