"""Numbers as people say and type them: "hai triệu rưỡi", "2tr5", "một trăm hai mươi nghìn", "1.500.000", "triệu hai".

The one reader of spoken numbers, for money, ages and days. With marks a number word must be the right one ("năm", not
"nam" or "nằm"); without marks it is taken for the number, and where the rest of the text has marks only before
"mươi", "trăm", "nghìn" and the like ("sau" is "after" otherwise).
"""

from fractions import Fraction
from typing import NamedTuple

from core.text.lists import words
from core.text.tokens import Tokens

_DIGITS = {
    "khong": (0, "không"),
    "mot": (1, "một mốt"),
    "hai": (2, "hai"),
    "ba": (3, "ba"),
    "bon": (4, "bốn"),
    "tu": (4, "tư"),
    "nam": (5, "năm"),
    "lam": (5, "lăm"),
    "nham": (5, "nhăm"),
    "sau": (6, "sáu"),
    "bay": (7, "bảy bẩy"),
    "tam": (8, "tám"),
    "chin": (9, "chín"),
}
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_TYPED_SCALES = {"k": 10**3, "tr": 10**6, "trd": 10**6, "trđ": 10**6}
_SCALE_WORDS = words("nghìn ngàn nghin ngan triệu trieu tỷ tỉ ty ti triêu triẹu")
_TENS, _OF_A_NUMBER = frozenset(("muoi", "chuc")), frozenset(("muoi", "chuc", "tram", *_SCALES))
_VAGUE = words("may vai hang bac dam nhieu chuc tram")
# "k" apart from its number is "không", unless the number ends a thought there.
_BEHIND_K = frozenset(("", "/", ".", ",", ";", "!", "?", ")", "-", "\n", "mot", "moi", "dong", "tien", "thoi"))
# What is counted: a digit before it belongs to it, not to the number before ("hai triệu ba tháng").
COUNTED_AFTER_DIGIT = words(
    """
    thang nam nguoi con ngay tuoi lan chau dua dot ky tuan gio khau ho nha lop bua suat em be lao cai chiec
    """
)
_WHEN = words("ngoai nay truoc toi sau kia")


class Number(NamedTuple):
    """A number that was read."""

    value: Fraction
    end: int  # the index of the token behind it
    scale: int = 1  # the first of nghìn, triệu, tỷ that was said; 1 without
    round: int = 1  # 10 or 100 where it ends in "chục" or "trăm" and has no scale
    halved: bool = False  # "trăm rưỡi", "triệu rưỡi"


def digit(tokens: Tokens, at: int) -> int | None:
    """A word from "không" to "chín", or None."""
    token = tokens.at(at)
    value, typed = _DIGITS.get(token.said, (None, ""))
    if value is None or not (token.typed == token.said or token.typed in typed.split()):
        return None
    if token.said == "nam" and _when(tokens, at + 1):
        return None
    if token.plain and token.typed not in typed.split() and tokens.said(at + 1) not in _OF_A_NUMBER:
        return None
    return value


def below_thousand(tokens: Tokens, at: int) -> Number | None:
    """A spoken number from 0 to 999, or None."""
    hundreds = digit(tokens, at)
    if hundreds is not None and tokens.means(at + 1, "trăm"):
        return _hundreds(tokens, at + 2, hundreds)
    if tokens.means(at, "trăm") and tokens.said(at - 1) not in _VAGUE:
        return _hundreds(tokens, at + 1, 1)
    tens = _tens(tokens, at)
    if tens is not None:
        return tens
    return None if hundreds is None else Number(Fraction(hundreds), at + 1)


def _hundreds(tokens: Tokens, at: int, hundreds: int) -> Number:
    """What stands behind "trăm"."""
    value = Fraction(100 * hundreds)
    if tokens.means(at, "rưỡi", "rưởi"):
        return Number(value + 50, at + 1, round=100, halved=True)
    last = digit(tokens, at + 1)
    if last is not None and tokens.means(at, "linh", "lẻ"):
        return Number(value + last, at + 2)
    tens = _tens(tokens, at)
    if tens is not None:
        return Number(value + tens.value, tens.end, round=tens.round)
    last = digit(tokens, at)
    if last and not counted(tokens, at + 1):
        return Number(value + 10 * last, at + 1, round=100)  # "trăm hai"
    return Number(value, at, round=100)


def _tens(tokens: Tokens, at: int) -> Number | None:
    if tokens.means(at, "mười", "mươi"):
        return _units(tokens, at + 1, 10)
    if tokens.means(at, "chục") and tokens.said(at - 1) not in _VAGUE:
        return _units(tokens, at + 1, 10)
    tens = digit(tokens, at)
    if not tens:
        return None
    if tokens.said(at + 1) in _TENS and tokens.means(at + 1, "mươi", "mười", "chục"):
        return _units(tokens, at + 2, 10 * tens)
    if tokens.at(at + 1).typed in ("lăm", "nhăm", "mốt"):  # "hai lăm"
        return Number(Fraction(10 * tens + (digit(tokens, at + 1) or 0)), at + 2)
    return None


def _units(tokens: Tokens, at: int, tens: int) -> Number:
    """What stands behind "mươi" or "chục"."""
    if tokens.said(at - 1) == "chuc":
        if tokens.means(at, "rưỡi", "rưởi"):
            return Number(Fraction(tens + 5), at + 1, round=10, halved=True)
        return Number(Fraction(tens), at, round=10)
    last, after = digit(tokens, at), tokens.said(at + 1)
    # After "mươi" five is "lăm"; "năm" is years, unless the number goes on.
    if not last or after in ("muoi", "tram", "chuc") or (tokens.said(at) == "nam" and not goes_on(tokens, at + 1)):
        return Number(Fraction(tens), at)
    return Number(Fraction(tens + last), at + 1)


def goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a number goes on here, or its years are named."""
    return tokens.said(at) in _SCALES or tokens.said(at) == "tuoi"


def counted(tokens: Tokens, at: int) -> bool:
    """Whether the word here is something that is counted; "năm ngoái" and the like are not."""
    said = tokens.said(at)
    return said in COUNTED_AFTER_DIGIT and not (said == "nam" and _when(tokens, at + 1))


def _when(tokens: Tokens, at: int) -> bool:
    """Whether "năm" before this word is a year: "năm ngoái", "năm sau" (but "năm sáu triệu")."""
    said = tokens.said(at)
    six = said == "sau" and (tokens.at(at).typed == "sáu" or tokens.said(at + 1) in _OF_A_NUMBER)
    return said in _WHEN and not six


def scale(tokens: Tokens, at: int) -> int | None:
    """1,000, a million or a milliard where "nghìn", "k", "triệu", "tr", "tỷ" stands, or None."""
    token = tokens.at(at)
    if token.said in _SCALES:
        return _SCALES[token.said] if token.typed in _SCALE_WORDS else None
    if tokens.value(at - 1) is None or token.said not in _TYPED_SCALES:
        return None
    if (
        token.said == "k"
        and not tokens.joined(at)
        and (tokens.said(at + 1) not in _BEHIND_K or (tokens.value(at - 1) or 0) < 10)
    ):
        return None
    return _TYPED_SCALES[token.said]


def number(tokens: Tokens, at: int) -> Number | None:
    """The number that begins here, with all its parts, or None. At most a step a token of it."""
    first = _half(tokens, at) or _part(tokens, at)
    if first is None:
        return _scale_alone(tokens, at)
    times = scale(tokens, first.end)
    if times is None:
        return first
    value, end = first.value * times, first.end + 1
    beyond = scale(tokens, end)
    if times == 10**3 and beyond == 10**9:  # "hai nghìn tỷ"
        return Number(value * beyond, end + 1, scale=beyond)
    return _rest(tokens, end, value, times)


def _rest(tokens: Tokens, end: int, value: Fraction, times: int) -> Number:
    """What follows the first scale: smaller scales, a half, or the rest without one."""
    first = times
    while True:
        if tokens.means(end, "rưỡi", "rưởi"):
            return Number(value + Fraction(times, 2), end + 1, scale=first, halved=True)
        zero = tokens.means(end, "linh", "lẻ")
        part = _part(tokens, end + zero)
        if part is None:
            return Number(value, end, scale=first)
        smaller = scale(tokens, part.end)
        if smaller is None:
            added = _tail(tokens, end + zero, part, times, literal=zero)
            return Number(value + added, part.end if added else end, scale=first)
        if smaller >= times or part.value >= 1000:
            return Number(value, end, scale=first)
        value, end, times = value + part.value * smaller, part.end + 1, smaller


def _tail(tokens: Tokens, at: int, part: Number, times: int, *, literal: bool) -> Fraction:
    """What a last part without a scale adds: "2tr5", "2 triệu 300", "hai triệu ba", "triệu hai"; 0 when it is apart."""
    said, apart = part.value, not tokens.joined(at)
    if apart and counted(tokens, part.end):
        return Fraction(0)
    if tokens.value(at) is not None:
        return _tail_in_digits(tokens, at, times, apart=apart)
    if literal or tokens.said(at) == "khong":
        return said
    return said * Fraction(times, 10 if said < 10 else 1000)


def _tail_in_digits(tokens: Tokens, at: int, times: int, *, apart: bool) -> Fraction:
    """The same of one to three digits."""
    digits, after = tokens.said(at), tokens.said(at + 1)
    if (
        not digits.isdecimal()
        or len(digits) > 3
        or (apart and (tokens.said(at - 1) == "k" or after in ("/", "-", "%")))
    ):
        return Fraction(0)
    if len(digits) == 2 and digits[0] != "0":  # "1tr50": fifty thousand
        return int(digits) * Fraction(times, 1000)
    return int(digits) * Fraction(times, 10 ** len(digits))


def _part(tokens: Tokens, at: int) -> Number | None:
    """A number in digits, or one below a thousand in words."""
    value = tokens.value(at)
    if value is None:
        return below_thousand(tokens, at)
    if tokens.means(at + 1, "chục") or tokens.means(at + 1, "trăm"):
        times = 10 if tokens.said(at + 1) == "chuc" else 100
        half = tokens.means(at + 2, "rưỡi", "rưởi")
        return Number(value * times + half * times // 2, at + 2 + half, round=times, halved=half)
    return _grouped_by_spaces(tokens, at) or Number(value, at + 1)


def _grouped_by_spaces(tokens: Tokens, at: int) -> Number | None:
    """As "1 500 000": groups of three with one space between, the last of zeros."""
    end, digits = at + 1, tokens.said(at)
    if len(digits) > 3 or not digits.isdecimal() or digits[0] == "0":
        return None
    while end - at < 5 and len(tokens.said(end)) == 3 and tokens.said(end).isdecimal():
        if tokens[end].start != tokens[end - 1].end + 1:
            break
        digits, end = digits + tokens.said(end), end + 1
    return Number(Fraction(int(digits)), end) if end > at + 1 and digits.endswith("000") else None


def _half(tokens: Tokens, at: int) -> Number | None:
    """As "nửa" before a scale."""
    if tokens.means(at, "nửa") and scale(tokens, at + 1):
        return Number(Fraction(1, 2), at + 1)
    return None


def _scale_alone(tokens: Tokens, at: int) -> Number | None:
    """As "triệu hai", "tỷ rưỡi", "nghìn mốt": one, with what follows; a scale alone is none."""
    times = scale(tokens, at)
    if times is None or tokens.said(at - 1) in _VAGUE or tokens.value(at - 1) is not None:
        return None
    if tokens.means(at + 1, "rưỡi", "rưởi"):
        return Number(Fraction(3 * times, 2), at + 2, scale=times, halved=True)
    last = digit(tokens, at + 1)
    if not last or counted(tokens, at + 2) or scale(tokens, at + 2) or tokens.said(at + 2) in _OF_A_NUMBER:
        return None
    return Number(times + Fraction(last * times, 10), at + 2, scale=times)
