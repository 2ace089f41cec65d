"""Which part of a card a question asks for, beyond the short answer."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from content.cards import Card, Passage
from content.schema import HouseholdStatus
from core.text import fold

LONGEST = 12  # words; a longer message is a question of its own

# Words of any question, which say nothing of its matter ("the" is left in: it may be "thẻ").
COMMON = frozenset(
    """
    ai bao biet cai cho chua chung co con cua da dau di do duoc em gi giup hay ho hoi khi khong la lam lau len lo mau
    may minh mot muon nao nay ne nha nhe nhieu nhung o oi phai qua ra roi sao tai thi toi tui va vay ve voi xin
    """.split()  # noqa: SIM905 - one word below the other would hide the list
)
# Stand between two words that belong together: "mất cái thẻ", "bị mất thẻ".
BETWEEN = frozenset({"cai", "chiec", "bi", "lo"})
TELLING = 4  # letters of a word that may lead to a heading by itself; shorter ones mean too many things
# Begin a heading and are left out when one asks: "(người) đang có thai".
LEADING = frozenset({"nguoi", "nha", "tre", "viec", "ai"})
# In order: the first that fits counts. The words are folded: no marks, small letters.
_PARTS = (
    (
        "basis",
        r"\b(?:can cu|(?:van ban|luat|nghi dinh|quyet dinh|thong tu|dieu) (?:nao|gi|so may)|theo luat|co luat"
        r"|dua (?:vao|theo|tren) (?:dau|gi|luat)"
        r"|which law|legal basis)\b",
    ),
    # "nộp giấy ở đâu" asks for the place, though it names the paper
    (
        "where",
        r"\b(?:(?:nop|nap|dem|gui|dua)(?: \w+){0,5} (?:o dau|cho nao|noi nao|cho ai|den dau|dau)"
        r"|len dau|goi ai|so dien thoai)\b",
    ),
    (
        "time",
        r"\b(?:bao gio|khi nao|bao lau|may ngay|may thang|luc nao|chung nao|ngay nao|co lau khong|lau khong|co ket qua"
        r"|when|how long)\b",
    ),
    (
        "cost",
        r"\b(?:mat (?:bao nhieu )?(?:tien|phi)|(?:phai|co) (?:tra|dong|nop) (?:tien|phi)(?: gi)?(?: khong)?$"
        r"|ton (?:bao nhieu )?(?:tien|phi)|le phi"
        r"|what does it cost|free)\b",
    ),
    ("bring", r"\b(?:giay(?: to)?|mang (?:gi|theo)|ho so|can (?:gi|nhung gi)|don (?:gi|nao)|mau|papers?|bring)\b"),
    (
        "where",
        r"\b(?:(?:di|toi|qua) dau(?: (?:vay|the|a|ha|day|gio|nhi))?$|o dau|cho nao|noi nao|nop dau|den dau"
        r"|hoi ai|gap ai|ai lo|phong nao|cho mo|where|who do i ask)\b",
    ),
    ("how", r"\b(?:thu tuc|lam sao|lam the nao|lam gi|cach|lam nhu the nao|mot cua|nhu nao|how)\b"),
    ("what", r"\b(?:bao nhieu|duoc gi|giup gi|ho tro gi|duoc may|muc|may tien|bao tien|how much|what do)\b"),
    ("who", r"\b(?:ai duoc|nhung ai|ho can ngheo|ho ngheo|moi thoat ngheo|dieu kien|nha nao|who)\b"),
)
# The more telling first: "hộ mới thoát nghèo" holds "nghèo" as well.
_STATUSES = (
    (HouseholdStatus.NEWLY_ESCAPED, r"(?:moi|vua|da|het) thoat (?:can )?ngheo|thoat ngheo roi|newly escaped"),
    (HouseholdStatus.NEAR_POOR, r"can ngheo|near.?poor"),
    (HouseholdStatus.AVERAGE, r"(?:muc song )?trung binh|average"),
    (HouseholdStatus.POOR, r"(?:ho|nha|dien|so) ngheo|po households?"),  # "poor" reads like keys for "pổ",
)
_NOT = re.compile(r"\b(?:chua|khong|chang)(?: (?:phai|duoc|la|co|thuoc|vao|vo|dien|con|du))* $")  # before one of them
_NO_PAPER = re.compile(
    r"\b(?:chua|khong|chang)(?: (?:phai|duoc|la|co|thuoc|vao|vo|dien|con|du|ten|trong|nam))*"
    r" (?:(?:so|giay|ho|nha|dien|danh sach) )+(?:can )?ngheo\b"
)
_COMPILED_STATUSES = tuple((status, re.compile(rf"\b(?:{words})\b")) for status, words in _STATUSES)
# "lãi mấy phân", "lãi nhiu": asks what a heading calls "tiền lãi bao nhiêu".
_INTEREST = re.compile(r"\b(?:tien )?lai (?:suat|may|bn|bao nhieu|nhieu|the nao|cao|nhu the nao)(?: phan(?: tram)?)?\b")
# "Chuẩn nghèo mới", "mức mới": what a heading calls "mức mới", and holds from a later year on.
_NEW_LINE = re.compile(
    r"\b(?:chuan|muc)(?: xet| thu nhap)?(?: (?:ho )?(?:can )?ngheo)? moi\b"
    r"(?! (?:thoat|thang|nguoi|nam|ngay|nha|ho|khau|lan|mon|em|chau|dua|con|dot)\b)|new (?:poverty )?line"
)
_EACH = re.compile(r"\bmoi(?= (?:nguoi|thang|nha|khau)\b)")  # "mức mỗi người" is no "mức mới"
_NEXT_YEAR = re.compile(r"\b(?:(?:sang|qua) nam|nam (?:sau|toi)|next year)\b")
_YEAR = re.compile(r"\b20\d\d\b")
# Money that is asked for, and told.
_MONEY_ASKED = re.compile(
    r"\b(?:thu nhap|tien|luong|muc)\b.*\b(?:bao nhieu|may)\b|\b(?:bao nhieu|may) (?:tien|dong|trieu)\b|\bincome\b"
)
_MONEY_TOLD = re.compile(r"\d[.,]\d|\d ?(?:%|đồng|VND)")
_FIGURES = {
    "time": re.compile(r"\d (?:ngay|gio|thang|nam|tuan|working days?|days?|months?|years?)\b"),
    "what": re.compile(r"\d (?:dong|trieu|nghin|ty|kg|phan tram|vnd|percent)\b"),
}
_COMPILED = tuple((part, re.compile(pattern)) for part, pattern in _PARTS)


def status_asked(text: str) -> HouseholdStatus | None:
    """The kind of household that a question names.

    >>> status_asked("còn hộ cận nghèo thì sao"), status_asked("nhà tôi mới thoát nghèo")
    (<HouseholdStatus.NEAR_POOR: 'near-poor'>, <HouseholdStatus.NEWLY_ESCAPED: 'newly-escaped'>)
    >>> status_asked("75 tuổi chưa phải hộ nghèo")
    """
    folded = fold(text)
    for status, pattern in _COMPILED_STATUSES:
        if any(_NOT.search(folded[: found.start()]) is None for found in pattern.finditer(folded)):
            return status
    return None


def part_asked(text: str) -> str | None:
    """The part of a card ("basis", "time", "cost", "bring", "where", "how", "what", "who") that a follow-up asks for.

    >>> part_asked("thế giấy tờ gì?"), part_asked("cảm ơn")
    ('bring', None)
    """
    folded = fold(text)
    if folded.count(" ") >= LONGEST:
        return None
    return next((part for part, pattern in _COMPILED if pattern.search(folded)), None)


def has_figure(text: str, part: str) -> bool:
    """Whether a text has a length of time (for "time") or an amount (for "what"), in figures.

    >>> has_figure("trong 15 ngày làm việc", "time"), has_figure("trong 15 ngày làm việc", "what")
    (True, False)
    """
    pattern = _FIGURES.get(part)
    return pattern is not None and pattern.search(fold(text)) is not None


def not_poor(text: str) -> bool:
    """Whether somebody says that theirs is no poor household.

    >>> not_poor("ko có sổ hộ nghèo vay được ko"), not_poor("hộ nghèo vay được không")
    (True, False)
    """
    return _NO_PAPER.search(fold(text)) is not None


def coming_asked(text: str, card: Card, today: date) -> int | None:
    """The detail about a later year, where the words ask what will change: "sang năm có gì mới", "chuẩn mới"."""
    folded = fold(text)
    years = {year for year in map(int, _YEAR.findall(folded)) if year > today.year}
    if not years and (_NEXT_YEAR.search(folded) or _NEW_LINE.search(folded)):
        years = {today.year + 1}
    named = [re.compile(rf"\b{year}\b") for year in sorted(years)]
    return next((at for at, one in enumerate(card.details) if any(year.search(one.text) for year in named)), None)


def leaves_money_out(text: str, passage: Passage) -> bool:
    """Whether a question asks for a sum, and a passage has none."""
    return _MONEY_ASKED.search(fold(text)) is not None and _MONEY_TOLD.search(passage.text) is None


def detail_asked(text: str, card: Card, *, in_texts: bool) -> int | None:
    """The number of the detail that speaks of what was asked, None when none clearly does.

    A part of its heading said word for word decides; else pairs of words: those of the question that the card's own
    title does not have, found in a detail's heading or, with `in_texts`, in its text.
    """
    words = _words(text)
    asked, said = _pairs_of(words) - _our_pairs(f"{card.title} . {card.button}"), f" {' '.join(words)} "
    telling = {word for word in words if len(word) >= TELLING} - COMMON - _ours(f"{card.title} {card.button}")
    scores = [
        (
            6 * any(f" {part} " in said for part in _headings(detail))
            + 3 * len(asked & _our_pairs(detail.title))
            + _together(telling & _ours(detail.title))
            + (len(asked & _our_pairs(detail.text)) if in_texts else 0),
            -number,
        )
        for number, detail in enumerate(card.details)
        if detail.status is None
    ]
    best = max(scores, default=(0, 0))
    return -best[1] if best[0] > 0 else None


def _together(words: frozenset[str] | set[str]) -> int:
    """What words shared with a heading are worth: one alone may be chance."""
    return 2 * len(words) if len(words) > 1 else 0


def _headings(detail: Passage) -> frozenset[str]:
    """The parts of a heading, and what its button says, as far as they are more than common words."""
    return _heads(detail.title, detail.button or "")


@cache
def _heads(title: str, button: str) -> frozenset[str]:
    parts = [*re.split(r"[,;:()]", title), button]
    heads = (_words(part) for part in parts)
    bare = (head[1:] if head[:1] and head[0] in LEADING else head for head in heads)
    return frozenset(" ".join(head) for head in bare if len(head) > 1 and set(head) - COMMON)


def _words(text: str) -> list[str]:
    folded = _EACH.sub("tung", fold(text))
    named = status_asked(text) is not None  # "hộ mới thoát nghèo lãi bao nhiêu": the passage about them says it
    return _telling_words(folded if named else _INTEREST.sub("tien lai bao nhieu", folded))


@cache
def _ours(text: str) -> frozenset[str]:
    """The words of a heading or a passage of a card, remembered: there are as many as the packs hold."""
    return frozenset(_telling_words(fold(text)))


def _telling_words(folded: str) -> list[str]:
    return [word for word in folded.split(" ") if word not in BETWEEN]


@cache
def _our_pairs(text: str) -> frozenset[str]:
    """The pairs of words of a heading or a passage of a card, remembered."""
    return frozenset(_pairs_of(_telling_words(fold(text))))


def _pairs_of(words: Sequence[str]) -> set[str]:
    return {f"{one} {two}" for one, two in pairwise(words) if not COMMON & {one, two}}
