"""What an answer to a question of the market says: how much, when, where, at what price; nothing is taken for it."""

import re

from content.goods import AMOUNT, plain
from content.understanding.assent import assent
from core.text import fold, fold_ours
from handlers.market.crossing import price_in

PLAIN = 6  # words of an answer that may stand as it is; of a sentence only what answers is taken
_EACH = re.compile(r" (?:moi|mot|1|hang) (?:ngay|tuan|thang|vu|lua|bua|phien)\b")
_COUNTED = re.compile(r"\b\d+(?:[.,]\d+)?\b(?: \w+)?")
_NUMBER = re.compile(
    r"\d|\b(?:nua|vai|may|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc|tram|nghin|ngan|it|nhieu|ca vuon|ca dan)\b"
)
_PRICED = re.compile(
    r"\d|\b(?:nghin|ngan|trieu|tram|chuc|dong|k|thoa thuan|thuong luong|tuy|theo gia|gia cho|gia thi truong|mac ca"
    r"|re|cho khong|cho)\b"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}(?!\d)"
    r"|\b(?:ngay|tuan|thang|nam|mai|mot|kia|hom|bua|sang|trua|chieu|toi|dem|luc|gio|bay gio|lien|mua|tet|vu|dot"
    r"|thu|chu nhat|cuoi|dau|giua|san|nao cung|khi|xong|chin|thu hoach|phien|cho|now|week|month|today|tomorrow)\b"
)
_PASSED = re.compile(
    r"(?:(?:toi|cung) )?(?:khong biet|chua biet|khong ro|khong chac|sao cung duoc|gi cung duoc|tuy)\b.*"
)
# "Ừ", "ok", "không": an answer to a yes or no, and to nothing else.
_BARE = ("u", "uh", "um", "uhm", "ua", "o", "a", "da", "vang", "ok", "oke", "khong", "duoc", "co", "thoi", "roi", "ko")


def says_nothing(text: str) -> bool:
    """Whether words are no more than a yes or a no.

    >>> [says_nothing(one) for one in ("uh", "ko", "thôn 3")]
    [True, True, False]
    """
    return assent(text) is not None or fold(text) in _BARE or fold_ours(text) in _BARE


def amount_of(text: str) -> str | None:
    """How much words say, out of a sentence too; "" where somebody does not know, None where they say nothing of it.

    >>> [amount_of(one) for one in ("tui co 200 qua moi ngay ban cho ai", "200", "hai chục con", "uh", "không biết")]
    ['200 qua moi ngay', '200', 'hai chục con', None, '']
    """
    words = text.split()
    folded = [plain(one).replace(" ", "") for one in words]
    line = " ".join(folded)
    if _PASSED.fullmatch(fold(text)):
        return ""
    if len(words) <= PLAIN and _NUMBER.search(line):
        return text
    found = AMOUNT.search(line) or _COUNTED.search(line)
    if found is None:
        return None
    each = _EACH.match(line, found.end()) or _EACH.search(line)
    first = line[: found.start()].count(" ")
    said = words[first : first + found.group().count(" ") + 1]
    if each is not None:
        start = line[: each.start() + 1].count(" ")
        said += words[max(start, first + len(said)) : start + each.group().strip().count(" ") + 1]
    return " ".join(said)


def time_of(text: str) -> str | None:
    """When, as it was written; None where it names no time. How much and what it costs are no days.

    >>> [time_of(one) for one in ("sáng mai", "uh", "trước Tết", "120k 1 kg")]
    ['sáng mai', None, 'trước Tết', None]
    """
    rest = AMOUNT.sub(" ", " ".join(plain(one) for one in price_in(text)[1].split()))
    return text if _TIME.search(fold(rest)) and not says_nothing(text) else None


def price_of(text: str, agreed: str) -> str | None:
    """The price; `agreed` where somebody names none; None where it says nothing of a price.

    >>> [price_of(one, "thỏa thuận") for one in ("ko", "150k một con", "gà ngon lắm")]
    ['thỏa thuận', '150k một con', None]
    """
    if assent(text) is False or _PASSED.fullmatch(fold(text)):
        return agreed
    return text if _PRICED.search(fold(text)) and not says_nothing(text) else None
