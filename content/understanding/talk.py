"""What a message is that asks nothing: a greeting, thanks, a goodbye, an opening, "say it again", anger.

Told by the whole message, word by word: one word more that is none of these, and it is read for what it asks.
"""

import re
from collections.abc import Callable

from content.understanding.reading import TALKS
from content.understanding.signs import talk
from core.text import clean

GREETING, THANKS, BYE, OPENING, AGAIN, ANGRY = TALKS
_LONGEST = 16  # words; what is longer tells something
_PORRIDGE = re.compile(r"\bcháo\b", re.IGNORECASE)  # no greeting, though it folds like one
# The first of these that is said names the whole: "chào cán bộ, cho hỏi chút" opens.
_KINDS = tuple(
    (name, re.compile(rf"\b{words}\b"))
    for name, words in (
        (AGAIN, talk.AGAIN),
        (OPENING, talk.OPENING),
        (GREETING, talk.GREETING),
        (BYE, talk.BYE),
        (THANKS, talk.THANKS),
        (BYE, talk.NO),
    )
)
_ANY = "|".join((talk.AGAIN, talk.OPENING, talk.GREETING, talk.BYE, talk.NO, talk.THANKS, talk.FILLER))
_ALL = re.compile(rf"(?:(?:{_ANY})(?: |$))+")
_RUDE = re.compile(talk.RUDE)
_RUDE_WITH_MARKS = re.compile(talk.RUDE_WITH_MARKS, re.IGNORECASE)
_FEW = 2  # words that an oath may leave


def smalltalk(text: str, folded: str) -> str | None:
    """One of `reading.TALKS` when the whole message is small talk, or None; `folded` is the folded text."""
    if not folded or folded.count(" ") >= _LONGEST or _PORRIDGE.search(text):
        return None
    if _ALL.fullmatch(folded) is None:
        return None
    return next((name for name, words in _KINDS if words.search(folded)), None)


def angry(text: str, folded: str, asks: Callable[[str], bool]) -> bool:
    """Whether a message is rude and asks nothing; `asks` tells whether what the oaths leave of it is a question."""
    if _RUDE.search(folded) is None and _RUDE_WITH_MARKS.search(clean(text[:2_000])) is None:
        return False
    rest = " ".join(_RUDE.sub(" ", folded).split())
    return rest.count(" ") < _FEW or not asks(rest)


def too_little(folded: str) -> bool:
    """Whether nothing can be understood from it: no word, figures only, or one or two letters."""
    words = folded.split()
    return all(word.isdecimal() for word in words) or sum(map(len, words)) <= 2
