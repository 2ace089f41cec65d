"""A text that is too long for one message, cut where a reader would pause."""

import re

# Best first: after a line, after a sentence, between words.
_PAUSES = (re.compile(r"\n+"), re.compile(r"(?<=[.!?…:;])\s+"), re.compile(r"\s+"))


def utf16_length(text: str) -> int:
    """How long phones count a text: signs beyond the basic plane, such as most emoji, count twice.

    >>> utf16_length("nghèo"), utf16_length("🌾")
    (5, 2)
    """
    return len(text) + sum(sign > "\uffff" for sign in text)


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units, together the whole text but for the spaces at the cuts.

    A line's end in the second half of what fits is the best cut, then a sentence's, then a word's; a word longer than
    half a part is cut in its middle.

    >>> split("Một câu. Hai câu. Ba.", 12)
    ['Một câu.', 'Hai câu. Ba.']
    """
    parts = []
    text = text.strip()
    while utf16_length(text) > limit:
        end = _fitting(text, limit)
        cut, after = _best_cut(text, end)
        parts.append(text[:cut].rstrip())
        text = text[after:].lstrip()
    return [*parts, text] if text else parts


def _fitting(text: str, limit: int) -> int:
    """How many characters fit."""
    length = 0
    for number, sign in enumerate(text):
        length += 1 + (sign > "\uffff")
        if length > limit:
            return number
    return len(text)


def _best_cut(text: str, end: int) -> tuple[int, int]:
    """Where the part ends and where the next one begins."""
    for pause in _PAUSES:
        # One sign more is looked at: a pause may begin just where the part is full.
        found = [one for one in pause.finditer(text, 0, end + 1) if end // 2 < one.start() <= end]
        if found:
            return found[-1].start(), found[-1].end()
    return end, end
