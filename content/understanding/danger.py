"""Signs that somebody is in danger, read from folded words so that any spelling counts.

Missing one may cost a life, a false alarm costs a message with telephone numbers: where a sign without diacritics has
two readings, the dangerous one counts, unless typed diacritics or the words around say otherwise. Each kind has what
tells it and what only looks like it: animals, machines, ways of speaking ("nóng muốn chết"), names of programmes
("xóa đói giảm nghèo"), questions about bills and benefits, and what is over. A comma parts words that would make a sign
together: "rửa chén, có con nhỏ" is no "chẹn cổ con".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.understanding.reading import DANGERS
from content.understanding.signs import disaster, english, hunger, medical, suicide, violence
from content.understanding.signs.marks import told_apart
from content.understanding.signs.notation import MASKED
from content.understanding.windows import Window
from core.text import fold

# Where one thing said within a sentence ends and the next begins.
_PAUSE = re.compile(r"[,:()/\"“”…]|\s[-–—]+(?=\s)|\.\.")
_PARTED = "zc"  # stands for a pause that is heard; no Vietnamese word, but one that a gap in a sign reaches over
_WORDS_OF_ONE = 3  # a sign of so many words, or of fewer, is said in one breath


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind of danger: what tells of it, what is struck out before, and what excuses a whole sentence."""

    name: str
    found: re.Pattern[str]
    looks_like: re.Pattern[str] | None = None
    another_matter: re.Pattern[str] | None = None
    in_one_breath: bool = False  # whether short signs end with a pause; illness and floods are told in steps

    def is_told_by(self, folded: str, parts: Sequence[str] = ()) -> bool:
        """Whether folded words tell of it; `parts` are the same words, as pauses part them."""
        if self.found.search(folded) is None or (self.another_matter and self.another_matter.search(folded)):
            return False
        heard = _parted(folded, parts, self.found) if self.in_one_breath else folded
        return self.found.search(self.looks_like.sub(MASKED, heard) if self.looks_like else heard) is not None


_KINDS = (
    _Kind(
        name="violence",
        found=violence.FOUND,
        looks_like=violence.LOOKS_LIKE,
        another_matter=violence.ANOTHER_MATTER,
        in_one_breath=True,
    ),
    _Kind(name="suicide", found=suicide.FOUND, looks_like=suicide.LOOKS_LIKE),
    _Kind(
        name="medical",
        found=medical.FOUND,
        looks_like=medical.LOOKS_LIKE,
        another_matter=medical.ANOTHER_MATTER,
    ),
    _Kind(name="hunger", found=hunger.FOUND, looks_like=hunger.LOOKS_LIKE, in_one_breath=True),
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
        meant = told_apart(piece.lowered)
        folded, parts = piece.folded_as(meant), _PAUSE.split(meant)
        found.update(kind.name for kind in _KINDS if kind.is_told_by(folded, parts))
        found.update(_in_english(piece.english))
    return tuple(name for name in DANGERS if name in found)


def _parted(folded: str, parts: Sequence[str], found: re.Pattern[str]) -> str:
    """The words with each pause set between them that lies within a short sign.

    >>> _parted("oc vit siet co con dau", ("ốc vít siết", " cổ con đau"), violence.FOUND)
    'oc vit siet zc co con dau'
    """
    clauses = [fold(part).split() for part in parts]
    words = [word for clause in clauses for word in clause]
    if " ".join(words) != folded:  # words on both sides of a pause were read as one
        return folded
    pauses = sorted({sum(map(len, clauses[:at])) for at in range(1, len(clauses))} - {0, len(words)}, reverse=True)
    for pause in pauses:  # from the last: those before it keep their place
        if any(_short_across(sign, folded, pause) for sign in found.finditer(folded)):
            words.insert(pause, _PARTED)
    return " ".join(words)


def _short_across(sign: re.Match[str], folded: str, pause: int) -> bool:
    """Whether a sign has few words, and a pause among them, which stands before the word of that number."""
    first = folded.count(" ", 0, sign.start())
    last = first + sign[0].count(" ")
    return first < pause <= last and last - first < _WORDS_OF_ONE


def _in_english(words: str) -> list[str]:
    said = english.LOOKS_LIKE.sub(MASKED, words)
    found = [kind for kind, pattern in english.FOUND.items() if pattern.search(said)]
    if found and english.ANOTHER_MATTER.search(said):
        return [kind for kind in found if kind in english.NEVER_EXCUSED]
    return found
