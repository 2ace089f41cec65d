"""Courses that somebody asks for in their own words, by a trade or without; where there is none the wish is noted."""

import re

from core.conversation import Turn
from core.needs import NeedKind
from core.training import CoursesAsked
from handlers.context import Context
from handlers.needs.asking import note, own_words
from handlers.routing import Router
from handlers.training import joining

router = Router("training.naming")

TYPED = 16  # words of a question about courses
# Schools have classes too, and what a course costs or who pays is a topic's.
_SCHOOL = re.compile(
    r"\blop (?:\d|mot\b|hai\b|ba\b|mam|mau|choi|la\b|chu\b|xoa mu|bo tuc|pho cap|hoc them)"
    r"|\b(?:ho tro|mien phi|tien|hoc phi|vay|von|con (?:toi|em|tui|minh|nha|chau)|chau nha|mu chu|giao vien|truong)\b"
)
_ANY_CLASS = re.compile(
    r"\b(?:co|mo|day|con|dang|sap) (?:\w+ ){0,3}?(?:lop|khoa)(?: hoc| day| nghe)*\b(?: \w+){0,6}?"
    r" (?:khong|nao|gi|chua)\b"
    r"|\b(?:lop|khoa)(?: hoc| day)? nghe (?:nao|gi)\b"
)
_LEARNS = re.compile(r"\b(?:toi|tui|em|minh|chau) (?:muon|can|dinh|xin)\b|\b(?:muon|dang ky|ghi ten|xin) (?:di )?hoc\b")
_WANTS = re.compile(r"\b(?:muon|dang ky|ghi ten|xin) (?:di )?(?:hoc|lop)(?: nghe)?\b")
_TELL_ME = re.compile(
    r"\b(?:khi nao|bao gio|luc nao|chung nao|hoi nao|neu|co) (?:\w+ ){0,3}(?:lop|khoa)\b(?: \w+){0,5}"
    r" (?:bao|nhan|keu|goi)\b"
)


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """ "Có lớp sửa xe máy không", "đăng ký học sửa xe máy": the courses; "khi nào mở lớp thì báo": a wish, noted."""
    if ctx.message.payload is not None or ctx.folded.count(" ") >= TYPED or _SCHOOL.search(ctx.folded):
        return None
    if _TELL_ME.search(ctx.folded):
        return note(ctx, NeedKind.COURSE, own_words(ctx))
    trades = ctx.content.trades
    found = trades.named_in(_LEARNS.sub(" ", ctx.folded))
    if not _ANY_CLASS.search(ctx.folded) and not (found and _WANTS.search(ctx.folded)):
        return None
    if not found:
        return joining.courses(ctx)
    members = tuple(one for one, group in trades.group_of.items() if found[0] in (one, group))
    event = CoursesAsked(trade=found[0], named=trades.title(found[0], ctx.lang), members=members)
    return joining.stranger(ctx) or ctx.say("training.none", ctx.button("officer")).event(event)


@router.press("course-wish")
def wish(ctx: Context, trade: str) -> Turn:
    """What they wish to learn, for the officers, after a yes."""
    if trade not in {*ctx.content.trades.all, *ctx.content.trades.groups}:
        return joining.courses(ctx)
    title = ctx.content.trades.title(trade, "vi")
    return note(ctx, NeedKind.COURSE, f"học {title[:1].lower()}{title[1:]}")
