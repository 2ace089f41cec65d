"""What somebody says of a job in their own words: hired, still there, gone from it and why, or not paid."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.leads import Why

MOST_WORDS = 24


class Progress(StrEnum):
    """Where somebody says they stand."""

    HIRED = "hired"
    STILL = "still"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Heard:
    """That, and why they left; `plainly` where a question of ours need not stand above it."""

    progress: Progress
    why: Why | None = None
    plainly: bool = True


_ME = r"(?:toi|em|minh|tui|con|chau|da|vang|u|vay|thi|roi)"
_WORKED = re.compile(
    r"\b(?:di|vao|vo|moi) lam\b|\blam (?:duoc |co )?(?:\d+|may|vai|mot|hai|ba|nua) (?:bua|ngay|tuan|thang)"
)
_LEFT = re.compile(
    r"\b(?:nghi|bo|thoi)(?: (?:lam|viec|o do|do|luon|ngang|mat)){0,3} (?:roi|luon)\b|\b(?:nghi|bo|thoi) (?:viec|lam)\b"
    r"|\bkhong (?:con )?lam (?:o do |do |viec do )?nua\b|\bbi (?:duoi|cho nghi|sa thai)\b"
)
_SURELY_LEFT = re.compile(
    r"\b(?:nghi|bo|thoi) (?:viec|lam)\b|\blam (?:o do |do )?nua\b|\bbi (?:duoi|cho nghi|sa thai)\b"
)
_NOT_PAID = re.compile(
    r"\b(?:khong|chua|chang|quyt|giam) (?:chiu |co |duoc |thay )?(?:tra|phat|nhan duoc|nhan)? ?(?:cho \w+ )?"
    r"(?:dong )?(?:tien (?:luong|cong)|luong|cong)\b"
    r"|\b(?:khong|chua|chang) (?:chiu |co |duoc |thay )?(?:tra|phat) (?:cho \w+ )?(?:dong |xu )?(?:tien|dong nao)\b"
    r"|\b(?:no|quyt|giam|an chan|bung|xu) (?:tien )?(?:luong|tien cong)\b"
)
_WHY = (
    (Why.UNPAID, _NOT_PAID),
    (
        Why.REFUSED,
        re.compile(r"\b(?:ho|chu|cong ty|ben do) (?:khong|chang) (?:nhan|lay|can)\b|\bbi (?:duoi|cho nghi)\b"),
    ),
    (Why.FAR, re.compile(r"\b(?:xa (?:qua|nha|lam)|duong xa|di xa)\b")),
    (Why.WAGE, re.compile(r"\bluong (?:thap|it|re|ba bot|khong du)|\bit tien\b|\btra (?:thap|it|re)\b")),
    (Why.HOURS, re.compile(r"\b(?:ca|lam) (?:dem|khuya)\b|\btang ca\b")),
    (Why.HARD, re.compile(r"\b(?:nang (?:qua|nhoc|lam)|viec nang|cuc (?:qua|lam)|vat va|met qua|khong noi)\b")),
)
_HIRED = re.compile(
    r"\b(?:ho|cong ty|chu|nguoi ta|xuong|ben do|co so|ben cong ty)(?: (?:da|moi|cung|chiu|dong y)){0,2} nhan"
    r"(?: (?:toi|em|minh|tui|con|vao|vo|lam|viec|luon)){0,3} roi\b"
    r"|\b(?:duoc|da|moi) nhan (?:viec|vao|vo|di)(?: lam)?\b|\bnhan viec roi\b"
    r"|\b(?:mai|mot|kia|hom nay|hom qua|(?:tuan|thang|bua) (?:sau|nay|toi)|thu (?:hai|ba|tu|nam|sau|bay|\d)|ngay \d+)"
    r"(?: (?:toi|em|la|thi|bat dau|se|con|minh|tui)){0,3} (?:di|vao|vo) lam\b"
    r"|\b(?:di|vao|vo) lam (?:roi|tu)\b|\bbat dau (?:di |vao |vo )?lam\b"
)
_STILL = re.compile(
    rf"(?:{_ME} )*(?:van (?:con )?(?:dang )?(?:di )?|(?:con |dang )+(?:di )?)lam"
    r"(?: (?:o|do|day|viec|cho|cong ty|binh thuong|on|tot|deu|a|nhe|chu|ma|nha|van|duoc|va)){0,6}"
)
_NOT = re.compile(r"\b(?:khong|chua|chang|dung|neu|dinh|tinh)\b")
# Something else is told of, or wanted: papers, help, other work; then it is no word about that job.
_ELSE = re.compile(
    r"\b(?:ho so|giay|don|(?:nhan|tang|cho) qua|gao|tro cap|hoc|lop|vay|ho tro|bao hiem|tim|kiem|muon"
    r"|can|xin|vien|thai san|he)\b"
    r"|\bviec (?:khac|moi|gi|nao)\b"
)


def progress_in(folded: str) -> Heard | None:
    """What folded words say of a job; None where they say nothing of one, or more than that.

    >>> progress_in("roi di lam 3 bua ma nghi roi tai chu khong tra tien")
    Heard(progress=<Progress.LEFT: 'left'>, why=<Why.UNPAID: 'unpaid'>, plainly=True)
    >>> progress_in("ho nhan roi mai di lam").progress.value, progress_in("van dang lam").progress.value
    ('hired', 'still')
    >>> progress_in("ho chua nhan"), progress_in("nop ho so ho nhan roi"), progress_in("con nghi hoc roi")
    (None, None, None)
    """
    if len(folded.split()) > MOST_WORDS or _ELSE.search(folded):
        return None
    left, unpaid = _LEFT.search(folded), _NOT_PAID.search(folded)
    if left or (unpaid and _WORKED.search(folded)):
        why = next((one for one, words in _WHY if words.search(folded)), None)
        surely = _SURELY_LEFT.search(folded) is not None or (why is not None and worked(folded))
        return Heard(Progress.LEFT, why, surely)
    if _STILL.fullmatch(folded):
        return Heard(Progress.STILL)
    return Heard(Progress.HIRED) if _HIRED.search(folded) and not _NOT.search(folded) else None


def worked(folded: str) -> bool:
    """Whether words tell of days at work: so they are of a job that was begun, though nobody was told."""
    return _WORKED.search(folded) is not None
