"""Whether a text limits the age of those who are taken, by years of age or of birth, with marks or without.

From 15 or 18 years, without an end, is what the law knows. Ages of others (children who are looked after), months,
and years at work are no limits.
"""

import re
import unicodedata
from collections.abc import Collection
from itertools import chain

_YEARS = r"(\d\d)"
_T = r" ?(?:tuoi|t\b)"  # "35 tuổi", "35t"
_TO = r" ?(?:-|–|—|~|den|toi|va|->|→) ?"
_WORD = r"(?:hai|ba|bon|nam|sau) muoi(?: (?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin))?"
_RANGES = (
    re.compile(rf"\b{_YEARS}(?:{_T})?{_TO}(?:duoi |het |khong qua |toi da )?{_YEARS}{_T}"),
    re.compile(rf"\btuoi(?! nghe)[ :]*(?:\w+ ){{0,3}}{_YEARS}(?:{_T})?{_TO}{_YEARS}\b(?! nam\b)"),
    re.compile(rf"\b{_YEARS}{_T}{_TO}{_YEARS}\b(?! nam\b)"),
)
_AT_MOST = r"(?:duoi|khong qua|khong tren|toi da|chua qua|chua den|den|toi|max|truoc|nho hon|<|<=|≤)"
_UPPER = (
    re.compile(rf"(?<!\w){_AT_MOST} ?(?:het )?{_YEARS}{_T}"),
    re.compile(rf"\btuoi(?! nghe)[ :]*(?:\w+ ){{0,2}}{_AT_MOST} ?{_YEARS}\b(?! nam\b)"),
    re.compile(rf"\b{_YEARS}{_T} (?:tro xuong|do lai|tro lai|do xuong)"),
    re.compile(rf"\b{_AT_MOST} {_WORD} tuoi"),
)
_LOWER = (
    re.compile(rf"\b(?:tu du|tu|du|tren|toi thieu|it nhat|tron|khong duoi) ?{_YEARS}{_T}"),
    re.compile(rf"\btuoi(?! nghe)[ :]*(?:\w+ ){{0,3}}{_YEARS}\b(?! nam\b)"),
    re.compile(rf"\b{_YEARS}(?:{_T} (?:tro len|do len)| ?\+{_T})"),
)
_BORN = re.compile(
    r"(?<!hoc )(?<!ve )(?<!tuyen )(?<!phat )(?<!khai )(?<!thi )(?<!tai )(?<!ky )(?<!san )\b(?:sinh|sn)"
    r"(?:[ :]+(?:nam|tu|truoc|sau|khoang|trong|ngay|cac))*[ :]*(19[4-9]\d|200\d|201[0-2])\b"
)
_GENERATION = re.compile(r"(?<!thep )(?<!sat )(?<!nhom )(?<!inox )(?<!khung )(?<!thanh )\bu ?[2-6][05]\b")
_OTHERS_AGE = re.compile(r"\b(?:tre|be|con|chau|hoc sinh|cu|nguoi gia|nguoi cao tuoi|thieu nhi|nguoi benh)\b")
_NOT_OF_PEOPLE = re.compile(r"\b(?:xe|tai|tan|cau|kg|hang|container|cont)\b")
_ALSO = re.compile(r"[^.;,]{0,12}\b(?:cung|van|deu)\b")
_NO_CHILDREN = re.compile(r"\b(?:khong (?:nhan|tuyen|su dung)|cam)\b[^.;]*$")
_NOT_TUOI = re.compile(r"\b(?:tươi|tưới|tuôi|tuối)\b")


def limits_age(text: str, taken: Collection[int]) -> bool:
    """Whether another age is asked for than being at least one of those that may be `taken`, in years.

    >>> [limits_age(one, (15, 18)) for one in ("từ 18 tuổi", "tuổi từ 18 đến 35", "sinh năm 1990", "lương 18-35 triệu")]
    [False, True, True, False]
    """
    said = _plain(text)
    ends = (found for one in (*_RANGES, *_UPPER) for found in one.finditer(said) if _is_an_end(said, found, taken))
    begins = (found for one in _LOWER for found in one.finditer(said) if int(found[1]) not in taken)
    others = (found for one in (_BORN, _GENERATION) for found in one.finditer(said))
    return any(not _excused(said, found) for found in chain(ends, begins, others))


def _is_an_end(said: str, found: re.Match[str], taken: Collection[int]) -> bool:
    """Whether it is an end; "không nhận người dưới 15 tuổi" is the begin."""
    below = found[0].startswith("duoi") and found.lastindex == 1 and int(found[1]) in taken
    return not (below and _NO_CHILDREN.search(said, 0, found.start()))


def _excused(said: str, found: re.Match[str]) -> bool:
    """Whether it is somebody else's age, a load, or said of those who are taken as well."""
    begin = max(said.rfind(sign, 0, found.start()) for sign in ".;,(\n") + 1
    before = said[begin : found.start()]
    weight = "tuoi" not in found[0] and "sinh" not in found[0] and _NOT_OF_PEOPLE.search(before)
    return bool(weight or _OTHERS_AGE.search(before) or _ALSO.match(said, found.end()))


def _plain(text: str) -> str:
    """Small letters without marks, one space between words; "tươi" is no "tuổi"."""
    lower = _NOT_TUOI.sub("_", unicodedata.normalize("NFC", text).lower()).replace("đ", "d")
    apart = unicodedata.normalize("NFD", lower)
    return " ".join("".join(one for one in apart if not unicodedata.combining(one)).split())
