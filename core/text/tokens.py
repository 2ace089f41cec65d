"""A text as words, numbers and signs, each with where it stands: what money, ages and days are read from."""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from core.text.characters import bare
from core.text.keys import TELEX_AT_MOST, telex
from core.text.syllables import is_syllable

LOOKED_AT = 10_000  # characters: five times the longest message that is read; what stands behind is not looked at
_DIGITS_AT_MOST = 15  # a longer number is a code
_BESIDE = "[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]*"  # marks and unseen signs within a word
_TOKEN = re.compile(
    rf"(?P<word>(?:[^\W\d_]{_BESIDE})+)|(?P<number>\d+(?:[.,]\d+)*)|(?P<sign>[/~:+%.?!,;()\n-]|[\u2010-\u2015])"
)
_MARKED = re.compile("[\u00c0-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
_GROUPED = re.compile(r"\d{1,3}(?P<between>[.,])\d{3}(?:(?P=between)\d{3})*\Z")
_DECIMAL = re.compile(r"\d+[.,]\d{1,3}\Z")


class Token(NamedTuple):
    """A word, a number or a sign."""

    said: str  # a word bare of marks, in lower case; a number's digits and separators; the sign
    typed: str  # in lower case, NFC
    start: int  # in the text, counted in characters as Python does
    end: int
    value: Fraction | None = None  # of a number; None of a code ("15.10.2026", sixteen digits)
    plain: bool = False  # a word without marks in a text that has marks elsewhere


NOTHING = Token("", "", 0, 0)


@lru_cache(maxsize=512)
def _plain(word: str) -> str:
    """A word of ours without marks: never one that a person wrote."""
    return bare(word)


class Tokens(tuple[Token, ...]):
    """The tokens of a text. Reading before the first or behind the last gives an empty one."""

    def at(self, index: int) -> Token:
        return self[index] if 0 <= index < len(self) else NOTHING

    def said(self, index: int) -> str:
        return self.at(index).said

    def value(self, index: int) -> Fraction | None:
        return self.at(index).value

    def whole(self, index: int) -> int | None:
        """A number of one to four digits without separators, or None."""
        said = self.said(index)
        return int(said) if said.isdecimal() and len(said) <= 4 else None

    def joined(self, index: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return 0 < index < len(self) and self[index - 1].end == self[index].start

    def means(self, index: int, *words: str) -> bool:
        """Whether a word is one of these, typed without any marks or with just these."""
        token = self.at(index)
        return token.said != "" and any(token.typed in (word, _plain(word)) for word in words)


def tokens(text: str) -> Tokens:
    """The first `LOOKED_AT` characters of a text as tokens. Linear in its length; never raises."""
    text = text[:LOOKED_AT]
    marked = _MARKED.search(text) is not None
    return Tokens(_token(found, marked) for found in _TOKEN.finditer(text))


def _token(found: re.Match[str], marked: bool) -> Token:
    typed, start, end = found[0], found.start(), found.end()
    if found["number"] is not None:
        digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in typed)
        return Token(digits, digits, start, end, _value(digits))
    if found["sign"] is not None:
        return Token("-" if "\u2010" <= typed <= "\u2015" else typed, typed, start, end)
    said = bare(typed)
    if len(said) <= TELEX_AT_MOST and said.isascii() and not is_syllable(said):
        said = telex(said)
    typed = unicodedata.normalize("NFC", typed.lower())
    return Token(said, said if typed.isascii() else typed, start, end, plain=marked and typed.isascii())


def _value(digits: str) -> Fraction | None:
    """What a number with separators is: "1.500.000", "1,5", "2.5", "1500"."""
    if len(digits) > _DIGITS_AT_MOST + 5:
        return None
    if digits.isdecimal():
        return Fraction(int(digits)) if len(digits) <= _DIGITS_AT_MOST else None
    if _GROUPED.match(digits) and digits[0] != "0":
        return Fraction(int(digits.replace(".", "").replace(",", "")))
    if _DECIMAL.match(digits):
        whole, _, part = digits.replace(",", ".").partition(".")
        return int(whole) + Fraction(int(part), 10 ** len(part))
    return None
