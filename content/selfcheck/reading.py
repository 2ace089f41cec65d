"""What a typed answer to a question of the self-check says, in any spelling."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from content.selfcheck.answers import UNKNOWN
from content.selfcheck.schema import Kind, Question
from core.text import amounts, clean, fold
from core.text.money import Amount
from core.text.numerals import number
from core.text.tokens import tokens

STEP = Fraction(7, 10)  # metres: about what a grown person's step measures; shown where it is reckoned with
_WEEKS, _MONTHS = 52, 12  # of a year
_MOST_MONTH = 200_000_000  # đồng a month from one source: beyond it, it is read back
_LEAST_MONTH = 50_000
_DONT_KNOW = re.compile(
    r"^(?:(?:da|toi|em|tui|minh|bac|chau|con|cai nay|cai do|thi|cung|thiet|that|noi that|gio|o|a|u|ai) )*"
    r"(?:khong|hong|hok|chang|cha|chua|ko|khum|hem|k|chiu|quen|dek|deo|no)"
    r"(?: (?:co|the|con|he|duoc))*"
    r"(?: (?:biet|bit|bic|ro|nho|chac|hieu|mat|roi|luon|thoi|chiu|nua|noi|ra|tinh duoc|dem duoc|de y|ranh))+"
    r"(?: .{0,24})?$"
    r"|^(?:chiu|quen|khong ro|hong ro|hok bit|ai biet|dont know|i dont know|no idea|not sure|lam sao biet)$"
)
_DECLINES = re.compile(
    r"^(?:\w+ ){0,3}(?:khong|ko|k|hong|chang|ngai|thoi) (?:muon |thich |tien |dam )?(?:noi|ke|tra loi|khai)"
    r"(?: \w+){0,3}$"
    r"|^(?:chuyen )?rieng tu$|^ngai(?: lam| qua)?$"
)
_NO_MONEY = re.compile(
    r"^(?:da |u |a |thi )*(?:khong|hong|hok|chang|cha|chua|ko|k)"
    r"(?: (?:co|gi|dong nao|tien|tien nao|dong|xu nao|het|dau|ca|a))*$"
)
_NONE = re.compile(
    r"^(?:da |u |a |thi )*(?:khong|hong|hok|chang|cha|chua|ko|k|no|none|nobody|dau)"
    r"(?: (?:co|ai|gi|em nao|nguoi nao|dieu nao|cai nao|phan nao|het|dau|ca|nao|mo|em mo|ai mo|chi|a|luon|con|nha"
    r"|chau nao|tien nao))*$"
)
# Said within a sentence these mean anything.
_ONLY_ALONE = frozenset(("co", "khong", "dung", "phai", "du", "thieu"))
_NEGATION = frozenset(("khong", "ko", "k", "hong", "chang", "chua", "het", "khoi"))
_BROKEN = frozenset(("hu", "hong", "vo", "mat"))
_BETWEEN = frozenset(("ma", "bi", "thi", "da", "dang", "nhung"))
_RANGE = re.compile(r"^\s*(?:[-–~]|den|toi|hoac|hay|den chung)?\s*$")
_PER_DAY = re.compile(r"\b(?:ngay|cong|moi ngay|mot ngay|buoi)\b")
_DAYS = re.compile(r"(?:(\w+(?: \w+)?) (?:ngay|cong|buoi)\b)|(?:\bngay (?:lam )?(\d+)\b)")
# "10 triệu 1 vụ" are ten million, one season: what is counted does not belong to the sum before it.
_UNITS_APART = re.compile(
    r"(triệu|trieu|tr|nghìn|nghin|ngàn|ngan|k) (\d+ ?(?:vụ|vu|mùa|mua|lứa|lua|đợt|dot|buổi|buoi|công|cong)\b)"
)
_OF_EACH = re.compile(r"\b(?:moi nguoi|1 nguoi|mot nguoi|luc .*luc|co khi|hom co hom|bua co bua)\b|^\W*nguoi\b")
_OFF = re.compile(r"\btr(?:ừ|ư|u)\b", re.IGNORECASE)
_MONTHS_APART = re.compile(r"\bthang (?:nay|truoc|roi|ni)\b.*\bthang (?:nay|truoc|roi|ni)\b")
_PER_YEAR = re.compile(
    r"\b(?:nam nay|nam ni|nam ngoai|nam roi|nam truoc|xx nam|nam xx|tet|mot nam|moi nam|1 nam|ca nam|hang nam"
    r"|nam duoc|nam thu|tinh nam|per year|a year)\b"
)
_PER_WEEK = re.compile(r"\b(?:mot tuan|moi tuan|1 tuan|tuan duoc|hang tuan|tuan|a week)\b")
_SEASONS = re.compile(r"\b(\w+(?: \w+)?)?(?:^| )(?:vu|lua|dot|lan|(?:mot|moi|1|duoc|ca) mua|mua (?:duoc|nay|xx))\b")
_MONTHS_LONG = re.compile(r"\b(\w+(?: \w+)?) thang\b")
_OTHER_UNIT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:m2|m²|mét|met|m|tuổi|tuoi|tháng|thang|tr|triệu|k)\b", re.IGNORECASE)
_GROWN = re.compile(r"\blon\b|\btruong thanh\b|\blay vo\b|\blay chong\b|\bo rieng\b")
_METRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m2|m²|m vuong|met vuong|mét vuông|thuoc vuong)", re.IGNORECASE)
_TIMES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m|met)?\s*[x×*]\s*(\d+(?:[.,]\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer as it was read. `sure` is False where the reading should be shown and confirmed."""

    value: Any
    sure: bool = True


def read(question: Question, text: str) -> Said | None:
    """The answer in a text, None where it holds none. "Không biết" is an answer: UNKNOWN."""
    folded = fold(text)
    if not folded:
        return None
    if question.kind is Kind.NUMBER:
        return _count(text, folded)
    chosen = _chosen(question, text, folded) if question.kind in (Kind.ONE, Kind.SOME) else None
    if chosen is None and unknown(text):
        return Said(value=UNKNOWN)
    if question.kind is Kind.AMOUNT:
        return money(text)
    return floor(text) if question.kind is Kind.FLOOR else chosen


def unknown(text: str) -> bool:
    """ "Không biết", "quên rồi", "chịu": not known, in any spelling.

    >>> [unknown(one) for one in ("ko biet", "quên rồi", "chịu", "không có")]
    [True, True, True, False]
    """
    folded = fold(text)
    if _NONE.match(folded) is not None:
        return False
    return _DONT_KNOW.match(folded) is not None or _DECLINES.match(folded) is not None


def none(text: str) -> bool:
    """ "Không", "không có ai": none of it."""
    return _NONE.match(fold(text)) is not None


def numbers(text: str) -> list[Fraction]:
    """The numbers of a text, written or spoken, in their order.

    >>> [int(one) for one in numbers("dài 6 mét, ngang bốn mét")]
    [6, 4]
    """
    read_, at, found = tokens(text), 0, []
    while at < len(read_):
        said = number(read_, at)
        if said is not None:
            found.append(said.value)
        at = said.end if said is not None else at + 1
    return found


def _count(text: str, folded: str) -> Said | None:
    if _NONE.match(folded):
        return Said(value=0)
    if unknown(text):
        return Said(value=UNKNOWN)
    negative = re.match(r"^\s*[-–]\s*\d", text) is not None
    counted = _OTHER_UNIT.sub(" ", text)
    found = [one for one in numbers(counted) if one.denominator == 1 and (one or "0" in counted)]
    if not found:
        return None
    # "2 vợ chồng với 3 đứa": added up and read back.
    return Said(
        value=-int(found[0]) if negative else int(sum(found)), sure=len(found) == 1 and not _GROWN.search(folded)
    )


def _chosen(question: Question, text: str, folded: str) -> Said | None:
    ids = [one.id for one in question.options]
    if _only_numbers(folded):
        picked = [int(one) for one in re.findall(r"\d{1,4}", text)]  # "1,3" are two numbers here
        if picked == [0] and question.kind is Kind.SOME:
            return Said(value=[])
        return _picked(question, ids, picked)
    if question.kind is Kind.SOME and (_NONE.match(folded) or _is_label(question, folded)):
        return Said(value=[])
    named = list(_named(question, folded))
    if not named:
        return None
    if question.kind is Kind.ONE:
        best = max(named)
        return Said(value=best[1], sure=len({one for _, one in named}) == 1)
    return Said(value=[one for one in ids if one in {id_ for _, id_ in named}])


def _picked(question: Question, ids: list[str], picked: list[int]) -> Said | None:
    """Options by their numbers; a number that none has makes the whole unreadable."""
    if not all(0 < one <= len(ids) for one in picked) or (question.kind is Kind.ONE and len(picked) != 1):
        return None
    chosen = sorted({one - 1 for one in picked})
    return Said(value=ids[chosen[0]] if question.kind is Kind.ONE else [ids[one] for one in chosen])


def _only_numbers(folded: str) -> bool:
    return re.fullmatch(r"(?:(?:so|cau|chon|muc|va|voi|bam|o|y)? ?\d+ ?)+", folded) is not None


def _is_label(question: Question, folded: str) -> bool:
    return question.none is not None and folded in {fold(question.none.vi), fold(question.none.en)}


def _named(question: Question, folded: str) -> Iterator[tuple[int, str]]:
    """Options by what people call them, with the length of the words that were found; a word said "no" of is none."""
    said = f" {folded} "
    for option in question.options:
        if any(_affirmed(fold(one), said) for one in option.unless):
            continue
        texts = [option.shown("vi"), option.shown("en"), *option.words]
        for words in {fold(one) for one in texts}:
            whole = question.kind is Kind.ONE and words in _ONLY_ALONE
            if folded == words or (not whole and _affirmed(words, said)):
                yield len(words), option.id


def _affirmed(words: str, said: str) -> bool:
    """Whether words stand in a text without a "no" before them, and what they name is not broken."""
    for found in re.finditer(rf" {re.escape(words)} ", said):
        before, behind = said[: found.start()].split()[-3:], said[found.end() - 1 :].split()
        behind = [one for one in behind if one not in _BETWEEN][:1]
        if not _NEGATION & {*before} and not _BROKEN & {*behind}:
            return True
    return False


def money(text: str) -> Said | None:
    """đồng a month that a text tells, with how it was reckoned.

    Understands days of work ("150k/ngày, 20 ngày"), a week, a year, seasons ("mỗi vụ 8 triệu, 2 vụ"), a harvest for
    some months ("12 triệu, 6 tháng"), several people ("chồng 5 triệu, vợ 3 triệu") and a range, of which the middle is
    taken. A day's wage without the days gives {"day": đồng}.
    """
    text = _UNITS_APART.sub(r"\1, \2", clean(text))
    folded = fold(text)
    if _NO_MONEY.match(folded) or folded in ("0", "0 dong"):
        return Said(value={"month": 0, "said": []})
    found = list(amounts(text))
    if not found:
        return _bare_money(text, folded)
    if re.match(r"^\s*[-–]\s*\d", text):
        return Said(value={"month": -found[0].dong, "said": []}, sure=False)
    sums, ranged = _together(text, found)
    rest = fold(_without(text, found))
    if _OF_EACH.search(rest):
        return None
    if (off := _OFF.search(text)) is not None and found[0].start < off.start() < found[-1].start:
        sums, ranged = [found[0].dong - sum(one.dong for one in found[1:])], True
    if len(sums) > 1 and _MONTHS_APART.search(rest):
        sums, ranged = [sum(sums) // len(sums)], True
    value = _reckoned(rest, sums)
    if value is None:
        return None
    month = value.get("month")
    guessed = value.get("said", [])[:1] == ["seasons"] and not numbers(rest)  # how many a year was not said
    sure = not (ranged or guessed) and (month is None or month == 0 or _LEAST_MONTH <= month <= _MOST_MONTH)
    return Said(value=value, sure=sure)


def _bare_money(text: str, folded: str) -> Said | None:
    """ "150", "5": what is meant is likely thousands or millions, and is asked."""
    found = [one for one in numbers(text) if one > 0]
    if len(found) != 1 or not re.fullmatch(r"(?:khoang |chung |tam |co )*[\d.,]+(?: ruoi)?", folded):
        return None
    scale = 1_000_000 if found[0] < 100 else 1_000 if found[0] < 10_000 else 1
    return Said(value={"month": int(found[0] * scale), "said": []}, sure=False)


def _together(text: str, found: list[Amount]) -> tuple[list[int], bool]:
    """The amounts of a text; two with only "-" or "đến" between are one range, of which the middle counts."""
    sums, ranged = [found[0].dong], False
    for before, after in pairwise(found):
        between = text[before.end : after.start]
        if (
            _RANGE.match(fold(between) if between.strip(" -–~") else between)
            and before.dong <= after.dong
            and not ranged
        ):
            sums[-1] = (sums[-1] + after.dong) // 2
            ranged = True
        else:
            sums.append(after.dong)
    return sums, ranged


def _without(text: str, found: list[Amount]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start]} xx {text[one.end :]}"
    return text


def _reckoned(rest: str, sums: list[int]) -> dict[str, Any] | None:
    """Amounts and the words around them as đồng a month; `said` keeps the way, to be shown."""
    total = sum(sums)
    if _PER_DAY.search(rest):
        return _by_day(rest, sums)
    seasons = list(_SEASONS.finditer(rest))
    if seasons:
        counts = [_last_number(one.group(1) or "") for one in seasons]
        times = max((one for one in counts if one is not None and one <= 12), default=1)
        return {"month": total * times // _MONTHS, "said": ["seasons", total, times]}
    if _PER_YEAR.search(rest) or _PER_WEEK.search(rest):
        yearly = _PER_YEAR.search(rest) is not None
        return {"month": total * (1 if yearly else _WEEKS) // _MONTHS, "said": ["year" if yearly else "week", total]}
    months = _months(rest)
    if months is not None and months > 1:
        return {"month": total // months, "said": ["months", total, months]}
    return {"month": total, "said": ["sum", *sums] if len(sums) > 1 else []}


def _by_day(rest: str, sums: list[int]) -> dict[str, Any] | None:
    """A day's wage by the days of a month; of several people with days of their own nothing is made."""
    days, day = _days(rest), sum(sums)
    if days is None:
        return {"day": day}
    several = len(sums) > 1 and len({one for one in _all_days(rest) if one > 1}) > 1
    return {"month": day * days, "said": ["days", day, days]} if 0 < days <= 31 and not several else None


def _days(rest: str) -> int | None:
    return next((one for one in _all_days(rest) if one > 1), None)


def _all_days(rest: str) -> list[int]:
    counted = (_last_number(found.group(1) or found.group(2) or "") for found in _DAYS.finditer(rest))
    return [one for one in counted if one is not None]


def _months(rest: str) -> int | None:
    for found in _MONTHS_LONG.finditer(rest):
        counted = _last_number(found.group(1))
        if counted is not None and 0 < counted <= 24:
            return counted
    return None


def _last_number(text: str) -> int | None:
    counted = [one for one in numbers(text) if one.denominator == 1]
    return int(counted[-1]) if counted else None


def floor(text: str) -> Said | None:
    """The floor area in a text: square metres, or length by width in metres or steps."""
    folded = fold(text)
    if re.match(r"^\s*[-–]\s*\d", text):
        return Said(value={"cm2": 0, "said": []})
    if (whole := _METRES.search(text.replace("mét vuông", "m2"))) is not None:
        return _area(_decimal(whole.group(1)), [])
    if (times := _TIMES.search(text)) is not None:
        sides = [_decimal(times.group(1)), _decimal(times.group(2))]
    else:
        sides = numbers(text)
    if not 0 < len(sides) < 3 or amounts(text):
        return None
    if len(sides) == 1:
        return _area(sides[0], [])
    paced = "buoc" in folded
    unit = STEP if paced else Fraction(1)
    way = ["steps" if paced else "sides", *(float(one) for one in sides)]
    return _area(sides[0] * sides[1] * unit * unit, way)


def _decimal(typed: str) -> Fraction:
    return Fraction(typed.replace(",", "."))


def _area(square_metres: Fraction, way: list[Any]) -> Said:
    sure = 4 <= square_metres <= 500
    return Said(value={"cm2": int(square_metres * 10_000), "said": way}, sure=sure)
