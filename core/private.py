"""What would lead to a person, found in a text that many will read: numbers of theirs, and addresses."""

import re

from core.text import amounts, fold

FEWEST = 8  # digits in a row: shorter ones are prices, years and houses

_DAY = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|\b(?:19|20)\d\d ?- ?(?:19|20)\d\d\b")
_DIGITS = re.compile(r"\+?\d(?:[ .\-]{0,2}\d)*")
_WRITTEN_OUT = re.compile(rf"\b(?:(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)(?: |$)){{{FEWEST},}}")
_MAIL = re.compile(r"\S@\S")
_NAME = re.compile(r"(?:^|\s)@\w{3,}")
_LINK = re.compile(
    r"https?:|www\.|\b(?:zalo|t|m|fb|facebook|telegram|tiktok)\.(?:me|com)\b|\b[a-z0-9-]+\.(?:com|vn|net|org|me|info)\b",
    re.IGNORECASE,
)


def private(text: str) -> str | None:
    """What kind of thing that leads to a person stands in it, or None.

    >>> private("gọi 0912 345 678"), private("vay 10.000.000 đồng"), private("hỏi giùm nam@ward.example")
    ('a telephone, identity or account number', None, 'an address')
    """
    if _MAIL.search(text) or _NAME.search(text) or _LINK.search(text):
        return "an address"
    text = _DAY.sub(" ", text)
    sums = [(one.start, one.end) for one in amounts(text)]
    for found in _DIGITS.finditer(text):
        of_money = any(start <= found.start() and found.end() <= end for start, end in sums)
        count = sum(sign.isdecimal() for sign in found.group())
        if count >= FEWEST and (found.group()[0] in "0+" or not of_money):
            return "a telephone, identity or account number"
    return "a number, written out" if _WRITTEN_OUT.search(fold(text)) else None


# A citizen's number has twelve digits, with or without gaps; neither a longer run nor a telephone number has.
_TWELVE = re.compile(r"(?<!\d)(?<!\d[ .\-])\d(?:[ .\-]?\d){11}(?![ .\-]?\d)")
HIDDEN = "●"  # in place of a digit


def masked(text: str) -> str:
    """A text in which no number of twelve digits stands: they are dots, but the last two.

    >>> masked("căn cước 079 085 001 234 nhé"), masked("gọi 0912 345 678")
    ('căn cước ●●● ●●● ●●● ●34 nhé', 'gọi 0912 345 678')
    """
    return _TWELVE.sub(lambda found: re.sub(r"\d", HIDDEN, found[0][:-2]) + found[0][-2:], text)


def holds_twelve(text: str) -> bool:
    """Whether a number of twelve digits stands in it."""
    return _TWELVE.search(text) is not None
