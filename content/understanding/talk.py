"""What a message is that asks nothing: a greeting, thanks, a goodbye, an opening, "say it again", anger.

Told by the whole message, word by word: one word more that is none of these, and it is read for what it asks.
"""

import re
from collections.abc import Callable

from content.understanding.reading import TALKS
from content.understanding.signs import talk
from content.understanding.signs.notation import MASKED
from core.text import clean, fold

GREETING, THANKS, BYE, OPENING, AGAIN, ANGRY = TALKS
_LONGEST = 16  # words; what is longer tells something
_PORRIDGE = re.compile(r"\b(?:cháo|hồng)\b", re.IGNORECASE)  # no greeting and no "no", though they fold like one
_GRANDMOTHER = re.compile(r"\bmệ\b", re.IGNORECASE)  # "mệ nỏ biết" is no oath
# The first of these that is said names the whole: "chào cán bộ, cho hỏi chút" opens.
_KINDS = tuple(
    (name, re.compile(rf"\b{words}\b"))
    for name, words in (
        (BYE, talk.NO_MORE),
        (AGAIN, talk.AGAIN),
        (OPENING, talk.OPENING),
        (GREETING, talk.GREETING),
        (BYE, talk.BYE),
        (THANKS, talk.THANKS),
        (BYE, talk.NO),
    )
)
_ANY = "|".join((talk.AGAIN, talk.OPENING, talk.GREETING, talk.NO_MORE, talk.BYE, talk.NO, talk.THANKS, talk.FILLER))
_ALL = re.compile(rf"(?:(?:{_ANY})(?: |$))+")
_MAY_WE = re.compile(r"\bduoc (?:khong|hong|hem)$")  # "nhà tôi có được không" asks, though "được" also accepts
_RUDE = re.compile(talk.RUDE)
_RUDE_WITH_MARKS = re.compile(talk.RUDE_WITH_MARKS, re.IGNORECASE)
_FEW = 2  # words that an oath may leave
_LETTERS, _SHORT = 2, 40  # letters that say too little; signs looked at


def without_porridge(text: str) -> str:
    """The text without "cháo", which folds like the greeting, and "hồng", which folds like a regional "no"."""
    return _PORRIDGE.sub(MASKED, text)


def smalltalk(folded: str) -> str | None:
    """One of `reading.TALKS` when the whole message, folded, is small talk, or None."""
    if not folded or folded.count(" ") >= _LONGEST:
        return None
    if _ALL.fullmatch(folded) is None:
        return None
    kind = next((name for name, words in _KINDS if words.search(folded)), None)
    return None if kind == THANKS and _MAY_WE.search(folded) else kind


def angry(text: str, folded: str, asks: Callable[[str], bool]) -> bool:
    """Whether a message is rude and asks nothing; `asks` tells whether what the oaths leave of it is a question."""
    folded = fold(_GRANDMOTHER.sub(MASKED, clean(text))) if _GRANDMOTHER.search(text) else folded
    if _RUDE.search(folded) is None and _RUDE_WITH_MARKS.search(clean(text[:2_000])) is None:
        return False
    rest = " ".join(_RUDE.sub(" ", folded).split())
    return rest.count(" ") < _FEW or not asks(rest)


def too_little(text: str, folded: str) -> bool:
    """Whether nothing can be understood from it: no word, figures only, or one or two letters ("k", "nh").

    Two letters that are words as they stand ("ừ", "ok") are small talk, which is looked for as well.
    """
    words = folded.split()
    typed = [sign for sign in text[:_SHORT] if sign.isalnum()]
    return all(word.isdecimal() for word in words) or (len(typed) <= _LETTERS and len(text) < _SHORT)
