"""Ages of the people a text speaks of, in years or months.

An age is "7 tuổi", "tám tư tuổi", "18 tháng tuổi", "cháu 18 tháng" (behind a word for a child), "lên ba", "75t" behind
a word for a person, "tuổi bảy mươi", "ngoài 70", and a year of birth ("sinh năm 1952", "sn 52"), counted as the
difference of the years. Half years are months ("2 tuổi rưỡi" is 30). "bảy mươi mấy", "gần", "hơn", "khoảng" are about.
Rules are no one's age: "dưới 6 tuổi", "từ 75 tuổi", "đủ 16 tuổi trở lên", "độ tuổi 15-60"; but "mẹ em trên 80 tuổi" is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from core.text.lists import words
from core.text.numerals import Number, below_thousand, digit, scale
from core.text.tokens import Tokens, tokens

_YEARS_AT_MOST, _MONTHS_AT_MOST = 120, 72
_LIFETIME = 130  # years back that someone can be born
_CHILD = (
    "cháu",
    "con",
    "bé",
    "em",
    "đứa",
    "trẻ",
    "nhóc",
    "thằng",
    "gái",
    "trai",
    "út",
    "mới",
    "được",
    "hơn",
    "gần",
    "nay",
)
_CHILD_SAID = words("chau con be em dua nhoc cu ut")
_PERSON = _CHILD_SAID | words(
    """
    toi tui minh ba ong me bo cha ma ngoai noi bac chu co di anh chi vo chong cu u mu
    """
)
_KIN = words(
    """
    me bo cha ma ba ong cu noi ngoai em toi tui con chau vo chong chi anh bac co chu di minh u
    """
)
_VAGUE = ("mấy", "mươi mấy", "hơn", "ngoài", "lẻ")
_NOT_MONTHS = words("nay truoc sau luong qua nua mot roi tien moi toi vua dau cuoi lien")
_LEN_NOT = words(
    """
    trieu tr k ngan nghin lop gio bac lan cap hang chuc tram tang ngay thang dong muoi
    """
)


class Unit(Enum):
    """What an age is counted in."""

    YEARS = "năm"
    MONTHS = "tháng"


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """The age of somebody, and where it stands."""

    count: int  # 0 to 130 years, 0 to 72 months
    unit: Unit
    about: bool = False  # "bảy mươi mấy", "gần 80": the count is the number that was said
    start: int  # in the text, in characters
    end: int


def ages(text: str, *, on: date | None = None) -> tuple[Age, ...]:
    """The ages in a text, in the order they stand there. Of the first 10,000 characters.

    Years of birth are read when the day `on` is given. Linear in the length of the text; never raises.

    >>> [(age.count, age.unit.value) for age in ages("bà tám mươi tư tuổi, cháu 18 tháng")]
    [(84, 'năm'), (18, 'tháng')]
    """
    return tuple(_ages(tokens(text), on))


def _ages(read: Tokens, on: date | None) -> Iterator[Age]:
    at = 0
    while at < len(read):
        found = _born(read, at, on) or _counted(read, at) or _reached(read, at)
        if found is None:
            at += 1
            continue
        count, unit, about, end = found
        if 0 <= count <= (_LIFETIME if unit is Unit.YEARS else _MONTHS_AT_MOST):
            yield Age(count=count, unit=unit, about=about, start=read[at].start, end=read[end - 1].end)
        at = end


_Found = tuple[int, Unit, bool, int]  # count, unit, about, the index behind


def _years(read: Tokens, at: int) -> Number | None:
    """A number that can be of years: "70", "bảy mươi", "tám tư", "hai lăm"."""
    value = read.value(at)
    if value is not None:
        if read.said(at - 1) in ("/", ",", ".") and read.joined(at):
            return None
        return Number(value, at + 1) if value <= _YEARS_AT_MOST else None
    tens, ones = digit(read, at), digit(read, at + 1)
    if tens and tens > 1 and ones and read.said(at + 2) == "tuoi" and read.said(at + 1) != "nam":
        return Number(Fraction(10 * tens + ones), at + 2)
    return below_thousand(read, at)


def _counted(read: Tokens, at: int) -> _Found | None:
    """As "7 tuổi", "bảy mươi mấy tuổi", "18 tháng tuổi", "cháu 18 tháng", "75t"."""
    said = _years(read, at)
    if said is None:
        return None
    end, about = said.end, _about(read, at)
    if read.means(end, *_VAGUE) and read.means(end + 1, "tuổi"):
        end, about = end + 1, True
    if read.means(end, "tuổi"):
        return None if _rule(read, at, end + 1) else _with_half(read, said.value, end + 1, about=about)
    return _without_years(read, at, end, int(said.value), about=about) if said.value.denominator == 1 else None


def _without_years(read: Tokens, at: int, end: int, count: int, *, about: bool) -> _Found | None:
    """What follows a whole number of an age, where "tuổi" is not the next word."""
    if read.means(end, "tháng") and read.means(end + 1, "tuổi"):
        return None if _rule(read, at, end + 2) else (count, Unit.MONTHS, about, end + 2)
    if read.means(end, "tháng") and _child_before(read, at) and not _goes_on(read, end + 1):
        return count, Unit.MONTHS, about, end + 1
    person = _person_before(read, at, 4)
    if person and read.means(end, "mấy") and count >= 20 and count % 10 == 0:
        return count, Unit.YEARS, True, end + 1
    if person and read.said(end) == "t" and read.joined(end) and count >= 2:
        return count, Unit.YEARS, about, end + 1
    return None


def _with_half(read: Tokens, years: Fraction, end: int, *, about: bool) -> _Found:
    """As "2 tuổi rưỡi" and "2 tuổi 3 tháng" in months, all else in years."""
    months = read.whole(end)
    if read.means(end, "rưỡi"):
        return int(years * 12) + 6, Unit.MONTHS, about, end + 1
    if months is not None and months < 12 and read.means(end + 1, "tháng") and years < 6:
        return int(years * 12) + months, Unit.MONTHS, about, end + 2
    if years.denominator > 1:
        return int(years * 12), Unit.MONTHS, about, end
    return int(years), Unit.YEARS, about, end


def _about(read: Tokens, at: int) -> bool:
    return read.means(at - 1, "khoảng", "gần", "hơn", "ngoài", "tầm", "chừng", "độ", "trên")


def _rule(read: Tokens, at: int, end: int) -> bool:
    """Whether an age is of a rule, and of nobody in particular."""
    if (
        read.means(end, "trở")
        or read.means(at - 1, "dưới")
        or (read.means(at - 2, "độ") and read.means(at - 1, "tuổi"))
    ):
        return True
    if read.means(at - 1, "từ", "đến", "tới") or read.said(at - 1) == "-":
        return not _person_before(read, at - 1, 1)
    return read.means(at - 1, "trên") and read.said(at - 2) not in _KIN


def _child_before(read: Tokens, at: int) -> bool:
    """Whether a child is spoken of right before: "cháu 18 tháng", "con em mới được 5 tháng", "bé nay 9 tháng"."""
    words = [read.said(index) for index in range(at - 4, at)]
    near = read.means(at - 1, *_CHILD)
    return near and not _CHILD_SAID.isdisjoint(words) and not {"bau", "thai", "mang", "hoc", "no", "sinh"} & set(words)


def _goes_on(read: Tokens, at: int) -> bool:
    return read.said(at) in _NOT_MONTHS or read.value(at) is not None


def _person_before(read: Tokens, at: int, words: int) -> bool:
    return not _PERSON.isdisjoint(read.said(index) for index in range(at - words, at))


def _reached(read: Tokens, at: int) -> _Found | None:
    """As "lên ba", "tuổi bảy mươi", "ngoài 70 rồi"."""
    if read.means(at, "lên") and _person_before(read, at, 3):
        said = _years(read, at + 1)
        if said and 1 <= said.value <= 12 and said.value.denominator == 1 and read.said(said.end) not in _LEN_NOT:
            end = said.end + read.means(said.end, "tuổi")
            return int(said.value), Unit.YEARS, False, end
    if read.means(at, "tuổi") and not read.means(at - 1, "độ"):
        about = read.means(at + 1, "ngoài", "gần", "hơn", "đã")
        said = _years(read, at + 1 + about)
        if (
            said
            and 10 <= said.value <= _YEARS_AT_MOST
            and scale(read, said.end) is None
            and said.value.denominator == 1
        ):
            return int(said.value), Unit.YEARS, about, said.end
    if read.means(at, "ngoài") and _person_before(read, at, 4):
        said = _years(read, at + 1)
        if said and 30 <= said.value <= _YEARS_AT_MOST and _ends(read, said.end):
            return int(said.value), Unit.YEARS, True, said.end
    return None


def _ends(read: Tokens, at: int) -> bool:
    return read.said(at) in ("", ".", ",", ";", "!", "?", "\n", "roi", "ma", "song", "khong", "o", "con")


def _born(read: Tokens, at: int, on: date | None) -> _Found | None:
    """As "sinh năm 1952", "sn 52", "sinh năm năm hai", "sinh ngày 12/5/1952"."""
    if on is None or not (read.said(at) == "sn" or read.means(at, "sinh", "đẻ")):
        return None
    start = at + 1
    while start < at + 8 and (
        read.said(start) in ("nam", ":", "-", "ngay", "thang", "/", ".") or _day_part(read, start)
    ):
        start += 1
        if read.said(start - 1) == "nam" and read.said(at) != "sn" and digit(read, start):
            break
    year, end = _birth_year(read, start, on)
    if year is None or not 0 <= on.year - year <= _LIFETIME or (start == at + 1 and year < 1900):
        return None
    return on.year - year, Unit.YEARS, False, end


def _day_part(read: Tokens, at: int) -> bool:
    """Whether a number is a day or a month before the year of birth."""
    part = read.whole(at)
    return part is not None and part <= 31 and (read.said(at + 1) in ("/", "-", ".", "thang", "nam"))


def _birth_year(read: Tokens, at: int, on: date) -> tuple[int | None, int]:
    said, year = read.said(at), read.whole(at)
    if year is not None and len(said) == 4:
        return year, at + 1
    if year is not None and len(said) == 2:
        return (1900 if year > on.year % 100 else 2000) + year, at + 1
    tens, ones = digit(read, at), digit(read, at + 1)
    if tens and ones is not None and read.said(at - 1) == "nam":
        return 1900 + 10 * tens + ones, at + 2
    spoken = below_thousand(read, at)
    if spoken and read.said(at - 1) == "nam" and 20 <= spoken.value < 100:
        return 1900 + int(spoken.value), spoken.end
    return None, at
