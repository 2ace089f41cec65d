"""Yes and no in people's own words, as an answer to a question of ours."""

import re
from collections.abc import Iterator

from content.understanding.windows import windows
from core.text import clean, fold

_LONGEST = 7  # words; who writes more says something else as well
_POLITE = re.compile(
    r"^(?:(?:da|vang|u|uh|a|o|thi|vay|the) )+(?=\w\w)"
    r"|(?: (?:a|ah|ak|nhe|nhen|nha|nghen|di|voi|can bo|ad|co|chu|anh|chi|em|e|toi|tui|minh|bac|chau|con|oi|luon|do|dum"
    r"|gium|giup|ho|ma|day|thoi|roi|ne|nua|ngay|lien|dau|cam on|cho (?:toi|em|tui|minh|chau|con|bac)))+$"
)
_DO = r"(?:chuyen|gui|giu|luu|nho|hoi|goi|lam|dang ky|ghi|bao|xoa|nhan|tiep|dua|cho|cho giu|cho luu|cho chuyen|cho gui)"
_ME = "(?:toi|em|e|tui|minh|chau|con|bac)"
_NOT = "(?:khong|hong|no|chang|thoi|thoi khoi|khoi|chua|dung|thoi dung|chua can|khoi can|khong can|khong muon)"
_NO = re.compile(
    r"(?:khong|hong|hem|chang|no|dau|thoi|thui|khoi|chua|dek|deo|no|nope"
    rf"|{_NOT} (?:\w+ )?{_DO}"
    rf"|(?:{_ME} )?(?:khong|hong|chua|no|chang|thoi khong|thoi khoi|dau co)"
    r" (?:can|muon|dong y|chiu|thich|cho|duoc|phai|chap nhan|nhat tri)"
    r"|thoi (?:khong|khoi|dung|hong|bo)(?: can)?|khoi can|tu choi|bo di|huy|de sau|de khi khac|khong dau)"
)
_YES = re.compile(
    r"(?:dong y|duoc|cung duoc|the cung duoc|sao cung duoc|thoi duoc|u|uh|uhm|um|ua|vang|da|da vang|vang da|co|co chu"
    r"|ok|oke|oki|okie|okay|okela|yes|yep|dung vay|dung the|phai|chiu|dong tinh|nhat tri|chap nhan|tat nhien|duoc chu"
    rf"|u duoc|ok duoc|co dong y|{_ME} dong y|tiep tuc|lam tiep"
    rf"|(?:cu |nho |nho (?:ad|can bo|co|chu) |hay |xin |muon |co |dong y |duoc |ok |u |uh ){{0,2}}{_DO}"
    r"(?: (?:giup|dum|gium|ho|can bo|len|qua|cho can bo|lai|cau hoi|thong tin|so|don|giu|luu|di|luon|ngay|nhe|a))*)"
)
# Typed with its marks, "đúng" is yes and "đừng" is no; without them neither is sure.
_RIGHT = re.compile(r"\bđúng\b", re.IGNORECASE)
_DO_NOT = re.compile(r"\bđừng\b", re.IGNORECASE)
_NO_TOO = re.compile(r"(?:dung|khoi|khong|thoi)\b")
_DOUBT = re.compile(r"\b(?:khong|khoi|thoi)\b")
_QUESTION = re.compile(r"\?|\b(?:duoc|co|dung|phai|chua|the|nao|gi|sao|dau) (?:khong|hong|hem|chua|nao)\b")


def assent(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else: a question, a longer message, another matter.

    What is not clearly a yes is never one: consent hangs on it. Any spelling, with or without marks.
    """
    said = clean(text[:200])
    folded = fold(said)
    if not folded or folded.count(" ") >= _LONGEST or len(windows(said)) > 2 or _asks(said, folded):
        return None
    if _DO_NOT.search(said):
        return False if _NO_TOO.match(_core(folded)) else None
    if _RIGHT.search(said):
        return None if _DOUBT.search(folded) else True
    return next((answer for answer, words in ((False, _NO), (True, _YES)) if _fits(words, folded)), None)


def _fits(words: re.Pattern[str], folded: str) -> bool:
    return any(words.fullmatch(one) for one in _cores(folded))


def _asks(said: str, folded: str) -> bool:
    return "?" in said or (" " in folded and _QUESTION.search(folded) is not None)


def _core(folded: str) -> str:
    """What is left without the polite words around it; at least one word."""
    return list(_cores(folded))[-1]


def _cores(folded: str) -> Iterator[str]:
    """The words, and what is left of them when one polite word after the other is taken away."""
    before = ""
    while before != folded:
        yield folded
        before, folded = folded, _POLITE.sub("", folded).strip() or folded
