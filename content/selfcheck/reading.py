"""What a typed answer to a question of the self-check says, in any spelling."""

import re
from collections.abc import Iterator

from content.selfcheck.answers import UNKNOWN
from content.selfcheck.floors import floor
from content.selfcheck.money import money
from content.selfcheck.numbers import numbers
from content.selfcheck.said import Said
from content.selfcheck.schema import Kind, Question, Unclear
from core.text import fold

_DONT_KNOW = re.compile(
    r"^(?:(?:da|toi|em|tui|minh|bac|chau|con|cai nay|cai do|thi|cung|thiet|that|noi that|gio|o|a|u|ai) )*"
    r"(?:khong|hong|hok|hk|chang|cha|chua|ko|khum|hem|k|chiu|quen|dek|deo|no|mo|ai ma)"
    r"(?: (?:co|the|con|he|duoc))*"
    r"(?: (?:biet|bit|bic|bt|ro|nho|chac|hieu|mat|roi|luon|thoi|chiu|nua|noi|ra|tinh duoc|dem duoc|de y|ranh))+"
    r"(?: .{0,24})?$"
    r"|^(?:chiu|quen|khong ro|hong ro|hok bit|ai biet|dont know|i dont know|no idea|not sure|lam sao biet)$"
)
_DECLINES = re.compile(
    r"^(?:\w+ ){0,3}(?:khong|ko|k|hong|chang|ngai|thoi) (?:muon |thich |tien |dam )?(?:noi|ke|tra loi|khai)"
    r"(?: \w+){0,3}$"
    r"|^(?:chuyen )?rieng tu$|^ngai(?: lam| qua)?$"
)
_NONE = re.compile(
    r"^(?:da |u |a |thi )*(?:khong|hong|hok|hk|chang|cha|chua|ko|k|no|none|nobody|dau)"
    r"(?: (?:co|ai|gi|e|e nao|dua|dua nao|dua mo|nguoi mo"
    r"|lanh|duoc|dc|em nao|nguoi nao|dieu nao|cai nao|phan nao|het|dau|ca|nao|mo|em mo|ai mo|chi|a|luon|con|nha"
    r"|chau nao|tien nao))*$"
)
# Said within a sentence these mean anything.
_ONLY_ALONE = frozenset(("co", "khong", "dung", "phai", "du", "thieu", "khong co", "chua co"))
_NEGATION = frozenset(("khong", "ko", "k", "hong", "chang", "chua", "het", "khoi"))
_BROKEN = frozenset(("hu", "hong", "vo", "mat"))
_BETWEEN = frozenset(("ma", "bi", "thi", "da", "dang", "nhung"))
_PIECES = re.compile(r"[,;.+\n]|\bvới\b|\bvoi\b|\bvà\b", re.IGNORECASE)
_LONG = 8  # blanks: so long a sentence may say more than the words that were found in it
_PARTLY = re.compile(r"\btuoi\b|\btru\b|\b(?:chi|moi) (?:co )?(?:tui|toi|mot|1|em|con)\b|\bthieu\b")
_OTHER_UNIT = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:m2|m²|mét|met|m|tuổi|tuoi|tháng|thang|tr|triệu|k|tấn|tan|tạ|kg|ký|sào|sao|ha|vé|tờ"
    r"|ngày|ngay|năm(?! người)|thế hệ|the he|đời|doi)\b",
    re.IGNORECASE,
)
_GROWN = re.compile(r"\blon\b|\btruong thanh\b|\blay vo\b|\blay chong\b|\bo rieng\b")


def read(question: Question, text: str) -> Said | None:
    """The answer in a text, None where it holds none. "Không biết" is an answer: UNKNOWN."""
    folded = fold(text)
    if not folded:
        return None
    if question.kind is Kind.NUMBER:
        return _count(question, text, folded)
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


def unclear(question: Question, text: str) -> Unclear | None:
    """What the question asks back where an answer fits several of its options: a well may be covered or open."""
    return next((one for one in question.unclear if _vague(one, fold(text))), None)


def _vague(one: Unclear, folded: str) -> list[str]:
    return [words for words in map(fold, one.words) if _affirmed(words, f" {folded} ")]


def _count(question: Question, text: str, folded: str) -> Said | None:
    if _NONE.match(folded):
        return Said(value=0)
    if unknown(text):
        return Said(value=UNKNOWN)
    negative = re.match(r"^\s*[-–]\s*\d", text) is not None
    worded, counted = _in_words(question, _OTHER_UNIT.sub(" ", text))
    found = [one for one in numbers(counted) if one.denominator == 1 and (one or "0" in counted)]
    if not found and not worded:
        return None
    # "vợ chồng với 3 đứa": added up and read back.
    sure = len(found) == 1 and not worded and not _GROWN.search(folded)
    return Said(value=-int(found[0]) if negative else worded + int(sum(found)), sure=sure)


def _in_words(question: Question, text: str) -> tuple[int, str]:
    """What words like "vợ chồng" count, and the text without them."""
    total = 0
    for words, count in question.counts.items():
        pattern = re.compile(rf"\b(?:(?:hai|2|một|mot|1) )?{re.escape(words)}\b", re.IGNORECASE)
        bare = re.compile(rf"\b(?:(?:hai|2|mot|1) )?{re.escape(fold(words))}\b", re.IGNORECASE)
        for each in (pattern, bare):
            if each.search(text) is not None:
                total, text = total + count, each.sub(" ", text)
    return total, text


def _chosen(question: Question, text: str, folded: str) -> Said | None:
    ids = [one.id for one in question.options]
    if _only_numbers(folded):
        picked = [int(one) for one in re.findall(r"\d{1,4}", text)]  # "1,3" are two numbers here
        if picked == [0] and question.kind is Kind.SOME:
            return Said(value=[])
        return _picked(question, ids, picked)
    if (whole := _whole(question, ids, folded)) is not None:
        return whole
    vague = [words for one in question.unclear for words in _vague(one, folded)]
    # "nước suối" is bottled water too: that "suối" stands in it says nothing.
    named = [(words, id_) for words, id_ in _named(question, folded) if not any(words in one for one in vague)]
    if not named:
        return None
    if question.kind is Kind.ONE:
        _, best = max((len(words), id_) for words, id_ in named)
        return Said(value=best, sure=len({id_ for _, id_ in named}) == 1)
    return Said(value=[one for one in ids if one in {id_ for _, id_ in named}], sure=_all_read(question, text, folded))


def _all_read(question: Question, text: str, folded: str) -> bool:
    """Whether each piece of a list says something: what nobody read would count as "no", and is shown instead."""
    pieces = [fold(one) for one in _PIECES.split(text) if fold(one)]
    read_ = all(any(True for _ in _named(question, one)) for one in pieces)
    return read_ and folded.count(" ") < _LONG and _PARTLY.search(folded) is None


def _whole(question: Question, ids: list[str], folded: str) -> Said | None:
    """Words that are the whole answer; those that may be meant otherwise are read back."""
    if question.kind is Kind.SOME and (_NONE.match(folded) or _is_label(question, folded)):
        return Said(value=[])
    for option in question.options:
        if folded in {fold(one) for one in option.perhaps}:
            return Said(value=option.id if question.kind is Kind.ONE else [option.id], sure=False)
    if folded in {fold(one) for one in question.none_words}:
        return Said(value=[], sure=False)
    return Said(value=ids, sure=False) if folded in {fold(one) for one in question.all_words} else None


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


def _named(question: Question, folded: str) -> Iterator[tuple[str, str]]:
    """What people call an option, and its id; a word said "no" of is none."""
    said = f" {folded} "
    for option in question.options:
        # "có hết trừ ông nội": what stands behind "hết" is not said no of.
        if any(_affirmed(fold(one), said.replace(" het ", " ")) for one in option.unless):
            continue
        texts = [option.shown("vi"), option.shown("en"), *option.words]
        for words in {fold(one) for one in texts}:
            whole = question.kind is Kind.ONE and words in _ONLY_ALONE
            if folded == words or (not whole and _affirmed(words, said)):
                yield words, option.id


def _affirmed(words: str, said: str) -> bool:
    """Whether words stand in a text without a "no" before them, and what they name is not broken."""
    for found in re.finditer(rf" {re.escape(words)} ", said):
        before, behind = said[: found.start()].split()[-3:], said[found.end() - 1 :].split()
        behind = [one for one in behind if one not in _BETWEEN][:1]
        if not _NEGATION & {*before} and not _BROKEN & {*behind}:
            return True
    return False
