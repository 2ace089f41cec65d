"""Work that somebody looks for on behalf of another: whose it is, is asked once, and nothing of the other is kept."""

import re

from content.understanding.assent import assent
from core.conversation import Turn
from core.text import clean, fold
from handlers.context import ELSEWHERE, Context, join
from handlers.routing import Router
from handlers.who import call
from handlers.work import asking

router = Router("work.for_others")

STATE = "work.for_whom"
MOST_WORDS = 16
MOST_ANSWERED = 6  # words of an answer to for whom
_DOES = r"(?:tim|kiem|xin|hoi|ghi(?: ten)?|dang ky|ke|nop|lam)"
_FOR = r"(?:cho|giup(?: cho)?|dum(?: cho)?|gium(?: cho)?|ho(?: cho)?|thay(?: cho)?)"
_LOOKS = re.compile(
    rf"\b(?:{_DOES} (?:\w+ ){{0,3}}(?:viec|viec lam) (?:\w+ ){{0,2}}?{_FOR}|{_DOES} {_FOR}|viec {_FOR}) "
)
_TITLE = "(?:bà|ông|chị|anh|cô|chú|bác|dì|cậu|mợ|thím|ba|ong|chi|co|chu|bac|di|cau|thim)"
# Named by a name or by rank among the children of a house; a title alone is how people call themselves.
_NAMED = re.compile(
    rf"\b(?i:{_TITLE}) (?:(?-i:[A-ZĐÀ-Ỹ]\w*)|(?i:hai|tư|tu|năm|nam|sáu|sau|bảy|bay|tám|tam|chín|chin|út)\b)"
)
_SOMEBODY = re.compile(
    r"\b(?:hang xom|nguoi (?:khac|quen|ta|cung (?:thon|xom|lang)|trong (?:thon|xom|lang|to))|ban (?:toi|em|tui|be)"
    r"|ba con (?:trong|o) |(?:nha|ho) (?:ben canh|ke ben)|mot (?:nguoi|ba|ong|chi|anh) )"
)
_FAMILY = re.compile(
    r"\b(?:con (?:trai|gai|toi|em|ut|ca|dau|re)|thang con|dua con|cho con|vo|chong|me|ma|cha|bo|chau"
    r"|ong ba (?:noi|ngoai)"
    r"|(?:anh|chi|em) (?:trai|gai|ruot|ho|dau|re)|nha (?:toi|em|minh|tui|con|chau))\b"
)
_ELSE = re.compile(
    r"\b(?:hoc|lop|tin|bao hiem|the|vay|tro cap|ho ngheo|giay|khong|o dau|bao nhieu|sao|luat su|hoi han)\b"
)
_OTHERS = re.compile(
    rf"(?:(?:tim|hoi|viec|da|la|toi|em) )*(?:{_FOR} )?(?:nguoi khac|hang xom|nguoi ta|ho|nguoi quen)(?: .*)?"
)
_OURS = re.compile(
    rf"(?:(?:tim|hoi|viec|da|la) )*(?:{_FOR} )?(?:nha )?(?:minh|toi|tui|em|nha toi|nha em|nha minh)(?: .*)?"
)


def for_another(text: str) -> bool:
    """Whether somebody looks for work, or has it written down, for a person who is no family of theirs.

    >>> [for_another(f"tìm việc cho {one}") for one in ("chị Sáu hàng xóm", "con trai", "chị", "bà Năm")]
    [True, False, False, True]
    """
    said = " ".join(clean(text).split())
    folded = fold(said)
    if folded.count(" ") >= MOST_WORDS or not _LOOKS.search(f"{folded} ") or _ELSE.search(folded):
        return False
    return not _FAMILY.search(folded) and bool(_NAMED.search(said) or _SOMEBODY.search(f"{folded} "))


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """ "Tìm việc cho chị Sáu hàng xóm", "ghi giúp bà Năm": whose matter it is; their name is not kept."""
    if ctx.message.payload is not None or ctx.locality is None or ctx.contact.locality == ELSEWHERE:
        return None
    return _ask(ctx) if for_another(ctx.text) else None


def _ask(ctx: Context) -> Turn:
    buttons = (ctx.button("for_us", "work"), ctx.button("for_another", "work-for-another"), ctx.button("officer"))
    return ctx.say("work.for_whom", *buttons).wait(STATE).in_private()


@router.state(STATE)
def read_typed(ctx: Context) -> Turn | None:
    """The same in words; what is neither is about something else."""
    if for_another(ctx.text) or _OTHERS.fullmatch(ctx.folded) or _names_one(ctx):
        return another(ctx).in_private()
    if _OURS.fullmatch(ctx.folded):
        return asking.work(ctx)
    return None if assent(ctx.text) is None else _ask(ctx)


def _names_one(ctx: Context) -> bool:
    """ "Giúp chị hàng xóm", "chị Sáu": an answer to for whom, which names nobody of the family."""
    somebody = _NAMED.search(ctx.text) or _SOMEBODY.search(f"{ctx.folded} ")
    other = _FAMILY.search(ctx.folded) or _ELSE.search(ctx.folded)
    return bool(somebody) and not other and ctx.folded.count(" ") < MOST_ANSWERED


@router.press("work-for-another")
def another(ctx: Context, _: str = "") -> Turn:
    """An officer writes it down where that person agrees; here nothing of theirs is kept."""
    text = join([ctx.fill("work.for_another"), call(ctx)])
    return ctx.tell(text, ctx.button("officer"), ctx.button("work_browse", "work-browse"), ctx.button("menu"))
