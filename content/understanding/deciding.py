"""Yes and no below a question whether something is to be done; also in words of the act itself: "xóa đi", "cứ giữ"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.understanding.assent import assent
from core.text import fold

MOST = 8  # words; who writes more says something else as well
_ME = r"(?:toi|em|e|tui|minh|chau|con|bac|chi|anh|co|chu|ong|ba)"
_BEFORE = rf"^(?:(?:da|vang|u|uh|a|o|ok|thi|vay|the|{_ME}|dong y|cu|xin|cho|muon|hay|co|oi) )+(?=\w\w)"
_AFTER = (
    r"(?: (?:a|ah|ak|nhe|nha|di|voi|roi|luon|dum|giup|gium|ho|ngay|day|nua|dau|ne|oi|thoi|can bo"
    r"|cho (?:toi|em|minh)))+$"
)
_AROUND = re.compile(rf"{_BEFORE}|{_AFTER}")
# Verbs that are a yes elsewhere; below such a question each act has words of its own.
_VERBS = re.compile(
    r"\b(?:chuyen|gui|giu|luu|nho|hoi|goi|lam|dang ky|ghi|bao|xoa|nhan|tiep|dua|cho|tham gia|di|hoc|thoi|bo|huy)\b"
)
_FAINT = re.compile(r"(?:(?:u|uh|uhm|um|ua|o|a|da)\b ?)+")


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of an act that is asked about, and of leaving it; folded, as patterns."""

    done: re.Pattern[str]
    left: re.Pattern[str]
    clear: bool = False  # it cannot be taken back: a bare "ừ" is asked about once more


DEEDS: Mapping[str, Deed] = {
    "erase": Deed(
        re.compile(
            r"xoa (?:het|tat ca|sach|toan bo|di|luon|du lieu)(?: (?:du lieu|het|di))*"
            r"|(?:dong y|co|u|uh|ok|vang|da|muon) xoa(?: (?:het|di|luon))*"
            r"|(?:yes )?(?:delete|erase)(?: it| all| everything)?"
        ),
        re.compile(
            r"(?:giu|de|cu de)(?: (?:lai|nguyen|do|yen|vay))*|(?:no )?keep(?: it)?"
            r"|(?:thoi )?(?:khong|dung|khoi|chua) xoa(?: (?:nua|gi|het|dau))*|(?:don t|do not) (?:delete|erase)(?: it)?"
        ),
        clear=True,
    ),
    "leave-course": Deed(
        re.compile(
            r"(?!thoi hoc$)(?:thoi|bo|nghi|khong|huy)(?: (?:khong|di))* (?:hoc|cho|lop|dang ky)"
            r"(?: (?:nghe|lop|nay|nua|dau|di|luon|nhe|a))*"
            r"|(?:yes )?leave(?: it)?"
        ),
        re.compile(
            r"(?:(?:thoi )?(?:van |tiep tuc ))?(?:giu|hoc|di hoc)(?: (?:cho|lai|nguyen|tiep))*|(?:van )?cho tiep"
            r"|(?:khong|dung) (?:thoi|bo|nghi)(?: hoc)?|(?:no )?stay"
        ),
    ),
    "leave-fair": Deed(
        re.compile(
            r"(?:bo|huy|rut|xoa)(?: (?:dang ky|ten|lai|cho|ra|khoi danh sach))*|(?:yes )?leave(?: it)?"
            r"|(?:thoi )?(?:ban |ban viec )?(?:khong|thoi) (?:di|tham gia|den)(?: (?:duoc|nua|dau))*"
        ),
        re.compile(
            r"(?:thoi )?(?:van |se |co )?(?:di|den|tham gia|giu)(?: (?:duoc|chu|cho|lai|nguyen))*"
            r"|(?:khong|dung) (?:bo|huy|rut)|(?:no )?(?:still going|i go|i will go)"
        ),
    ),
}


def decided(text: str, name: str, *, asked_again: bool = False) -> bool | None:
    """True where the act is wanted, False where it is not, None for anything else.

    >>> [decided(one, "erase") for one in ("dong y", "xoa di", "cu giu", "thoi", "uh", "vay von", "co")]
    [True, True, False, False, None, None, True]
    >>> decided("uh", "erase", asked_again=True), decided("ko di dc nua", "leave-fair")
    (True, True)
    """
    deed, folded = DEEDS[name], fold(text)
    if not folded or "?" in text or folded.count(" ") >= MOST:
        return None
    for words, answer in ((deed.left, False), (deed.done, True)):
        if words.fullmatch(folded) or words.fullmatch(_AROUND.sub("", folded)):
            return answer
    said = assent(text)
    if said and _VERBS.search(folded):
        return None
    if said and deed.clear and not asked_again and _FAINT.fullmatch(folded):
        return None
    return said
