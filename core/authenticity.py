"""Whether words that somebody pasted are a notice that was sent: by its code, and word by word.

A code alone proves nothing, because anybody can copy it below other words: it only says with what to compare.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from core.text import fold

LETTERS = "ABCEFHLNPRUVXY"  # none that is also a number, a unit or a short form: "k", "d", "m", "t"
LEAST_ALIKE = 0.6  # of a notice's words in their order: less is another text
LEAST_PART = 6  # words, of which less says nothing
MOST_SHOWN = 8  # words
_CODE = re.compile(rf"\bma tin (?:so |la )?(\d{{1,9}})([{LETTERS.lower()}])\b")
_ALONE = re.compile(rf"(\d{{1,9}})([{LETTERS.lower()}])")
# What people write around what they paste.
_ABOUT = (
    "tin này nào kia đó đây có thật không phải đúng là lừa đảo giả của ai gửi vậy ạ ơi cho em tôi hỏi",
    "chị anh cô chú bác mình với xem giúp nhé hả nhỉ sai nguồn mã",
    "is this message real true from the ward source code",
)
_AROUND = frozenset(word for line in _ABOUT for word in fold(line).split())


class Standing(StrEnum):
    """What pasted words are."""

    SAME = "same"
    PART = "part"  # some of it, word by word
    ALTERED = "altered"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How pasted words stand to one notice."""

    standing: Standing
    alike: float  # the part of the notice's words that are there, 0 to 1
    added: str = ""  # the first words that the notice does not have
    missing: str = ""  # the first words of the notice that are not there


def notice_code(number: int) -> str:
    """The short code of a notice.

    >>> notice_code(15)
    '15L'
    """
    return f"{number}{_letter(number)}"


def coded(text: str) -> int | None:
    """The number of the notice whose code stands in a text ("Mã tin: 15L", or the code alone); None without any.

    >>> coded("Mã tin: 15L"), coded("15l"), coded("mã tin 15A")
    (15, 15, None)
    """
    folded = fold(text)
    found = _CODE.search(folded) or _ALONE.fullmatch(folded)
    if found is None or found[2].upper() != _letter(int(found[1])):
        return None
    return int(found[1])


def _letter(number: int) -> str:
    return LETTERS[(number * 5 + number // len(LETTERS)) % len(LETTERS)]


def compare(pasted: str, notice: str, frame: Iterable[str] = ()) -> Likeness:
    """Pasted words beside the words of a notice. `frame` is what stands around it: heading, source, how to stop."""
    told, said = _words(notice), _words(pasted)
    allowed = _AROUND | {one.folded for text in frame for one in _words(text)}
    matcher = SequenceMatcher(None, [one.folded for one in told], [one.folded for one in said], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    alike = sum(block.size for block in blocks) / max(1, len(told))
    added = _outside(said, [(block.b, block.size) for block in blocks])
    missing = _outside(told, [(block.a, block.size) for block in blocks])
    strange = [run for run in added if not {one.folded for one in run} <= allowed]
    if alike < 1 and not strange and len(blocks) == 1 and blocks[0].size >= LEAST_PART:
        return Likeness(standing=Standing.PART, alike=alike)
    if alike < LEAST_ALIKE:
        return Likeness(standing=Standing.OTHER, alike=alike)
    if alike == 1 and not strange:
        return Likeness(standing=Standing.SAME, alike=alike)
    return Likeness(standing=Standing.ALTERED, alike=alike, added=_shown(strange), missing=_shown(missing))


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    typed: str


def _words(text: str) -> list[_Word]:
    """The words of a text, each folded, with how it was typed."""
    return [_Word(folded, typed) for typed in text.split() for folded in fold(typed).split()]


def _outside(words: Sequence[_Word], inside: Sequence[tuple[int, int]]) -> list[Sequence[_Word]]:
    """The runs of words that lie in no block."""
    runs, at = [], 0
    for start, size in [*inside, (len(words), 0)]:
        if start > at:
            runs.append(words[at:start])
        at = max(at, start + size)
    return runs


def _shown(runs: Sequence[Sequence[_Word]]) -> str:
    """The first of these, as it was typed, shortened."""
    typed = list(dict.fromkeys(one.typed for one in runs[0])) if runs else []
    return " ".join(typed[:MOST_SHOWN]).rstrip(".,;:")
