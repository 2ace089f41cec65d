"""`fold`: the key under which texts are compared."""

import re
from functools import lru_cache

from core.text.characters import bare
from core.text.keys import TELEX_AT_MOST, telex, without_vni
from core.text.lists import words
from core.text.regions import MARKERS, in_standard_words
from core.text.shorthand import AS_THEY_ARE, SHORT_WORDS
from core.text.syllables import RUN_AT_LEAST, common, is_syllable, split

# Letters typed one for another: "fuong", "fi", "jup", "wan", "khog"; doubled ones stand for one.
_OTHER_LETTERS = (
    (re.compile(r"([a-z])\1(?<=[a-z]{3})|([a-z])\2(?=[a-z])"), r"\1\2"),
    (re.compile(r"\Af(?=[aeiouy])"), "ph"),
    (re.compile(r"\Aj(?=[aeouy])"), "gi"),
    (re.compile(r"\Aw(?=[aeiy])"), "qu"),
    (re.compile(r"([aeiouy])g\Z"), r"\1ng"),
)
# The words around which letters belong to an address: nothing there is split.
_ADDRESS_ENDS = words("com vn net org gov edu info xyz gmail yahoo hotmail icloud outlook")
_ADDRESS = _ADDRESS_ENDS | words("http https www w")


def fold(text: str) -> str:
    """The key under which texts are compared: lower-case words without marks, one space between them.

    The same text with and without Vietnamese marks, in NFC or NFD, with "hoà" or "hòa", in capitals, with stretched
    letters, raw Telex or VNI keys, words written together, chat short forms or regional words that have one reading
    gives the same key. No digit is lost but VNI keys (`keys.py` says which). `fold(fold(x)) == fold(x)`. Linear in
    the length of the text; never raises.

    >>> fold("Nhà em KHÔNGGG có thẻ BHYT, lm lại ntn?")
    'nha em khong co the bao hiem y te lam lai nhu the nao'
    >>> fold("d9u7o7c5 hok, toimuonvaytien man nha")
    'duoc khong toi muon vay tien lam nha'
    """
    words = without_vni(bare(text)).split()
    known = common().known
    for at, word in enumerate(words):
        if word not in known:
            words[at] = _spelt_out(word, words, at)
    key = " ".join(words)
    words = key.split()
    return key if MARKERS.isdisjoint(words) else " ".join(in_standard_words(words))


@lru_cache(maxsize=4096)
def fold_ours(text: str) -> str:
    """`fold` of a name, a label or a heading of ours, remembered. Never for what a person wrote: that is not kept."""
    return fold(text)


def same_words(a: str, b: str) -> bool:
    """Whether two texts say the same words, whatever their marks, capitals and punctuation: a typed button label."""
    return fold(a) == fold(b) != ""


def spelt_out(word: str) -> str:
    """A bare word with its chat short form spelt out, or its raw keys read, where it has any; one or more words."""
    known = SHORT_WORDS.get(word)
    if known is not None:
        return known
    if (
        len(word) > TELEX_AT_MOST
        or not word.isascii()
        or not word.isalpha()
        or word in AS_THEY_ARE
        or is_syllable(word)
    ):
        return word
    read = telex(word)
    return SHORT_WORDS.get(read) or (read if is_syllable(read) else _in_usual_letters(word))


def _in_usual_letters(word: str) -> str:
    """A word with letters typed for others, as a syllable; any other word as it is."""
    tried = word
    for pattern, letters in _OTHER_LETTERS:
        tried = pattern.sub(letters, tried)
    if tried == word:
        return word
    tried = SHORT_WORDS.get(tried) or telex(tried)
    return tried if " " in tried or is_syllable(tried) else word


def _spelt_out(word: str, words: list[str], at: int) -> str:
    """The same for a word among others: what is written together is split as well, unless it is of an address."""
    read = spelt_out(word)
    if read != word or len(word) < RUN_AT_LEAST or not word.isascii() or not word.isalpha() or word in AS_THEY_ARE:
        return read
    if is_syllable(word) or _in_address(words, at):
        return word
    return " ".join(split(word)) or word


def _in_address(words: list[str], at: int) -> bool:
    """Whether a word stands in an address: "dichvucong gov vn", "www tinhte vn", "ten gmail com"."""
    before = words[max(0, at - 1) : at]
    # One word on each side, and those that no rule changes: so the key of the key is the same.
    return not (_ADDRESS_ENDS.isdisjoint(words[at + 1 : at + 2]) and _ADDRESS.isdisjoint(before))
