"""Vacancies that somebody asks for by their trade, in their own words; nothing is kept of it."""

import re

from core.conversation import Turn
from core.work import OfferKind, WorkAsked
from handlers.context import Context
from handlers.routing import Router
from handlers.work import asking

router = Router("work.naming")

TYPED = 16  # words of such a question
_ME = r"(?:(?:toi|em|minh|tui|chau|con|chi|anh|co|chu|bac) )?"
_AT_LAST = r"(?: (?:phu hop|hop voi (?:toi|em|minh|tui)|gan nha|o day|nao do|gi do|voi|a|nhe|ngay))*"
_WISHES = re.compile(rf"{_ME}(?:(?:dang|muon|dinh|cho) )*{_ME}(?:(?:tim|kiem|xin) viec|muon di lam)(?: lam)?{_AT_LAST}")
_SUITS = re.compile(
    r"co viec (?:nao|gi|chi)(?: lam)? (?:phu hop|hop)(?: voi)?(?: (?:toi|em|minh|tui))?(?: (?:khong|hong))?"
)
SHORT = 6  # words of a trade that is named in place of a yes or a no
_SOMEBODY = r"(?:ai|cho nao|noi nao|cong ty nao|cty nao|quan nao|nha nao|xuong nao|o dau)"
_ASKS = re.compile(
    r"\b(?:co|con) (?:\w+ ){0,2}viec\b.*\bkhong\b|\bviec (?:\w+ ){1,4}(?:con|co) khong\b"
    r"|\b(?:tim|kiem|xin|can|muon lam) viec (?!cho\b)\w+"
    rf"|\b{_SOMEBODY}\b.*\b(?:thue|tuyen|can|nhan|muon|keu)\b|\b(?:tuyen|thue) (?:\w+ ){{1,5}}(?:khong|nao)\b"
)
# A class, a loan, a firm abroad, a trade that was lost or is offered: another matter.
_ANOTHER = re.compile(
    r"\b(?:hoc|lop|khoa|muon vay|vay (?:tien|duoc|bao)|von|nuoc ngoai"
    r"|xuat khau|nhat|han quoc|dai loan|coc|phi|tien|luong|ngheo|mat viec|nghi viec"
    r"|khong (?:tim|kiem|xin|can|muon)|thoi (?:tim|kiem|khong)|biet lam|dang lam"
    r"|bao hiem|ho tro|mua|ban lai|tu van|can gi|can giay)\b"
)


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """ "Có việc phụ hồ không", "ai thuê rửa chén": the vacancies of that trade, one by one."""
    said = ctx.folded
    if ctx.message.payload is not None or said.count(" ") >= TYPED or _ANOTHER.search(said) or not _ASKS.search(said):
        return None
    found = ctx.content.trades.named_in(said)
    return by_trade(ctx, found[0]) if found else None


@router.before_understanding
def wished(ctx: Context) -> Turn | None:
    """ "Tôi muốn kiếm việc làm gần nhà", "có việc nào hợp với em không": as if it had been pressed."""
    plain = ctx.message.payload is None and (_WISHES.fullmatch(ctx.folded) or _SUITS.fullmatch(ctx.folded))
    return asking.work(ctx) if plain else None


@router.before_understanding
def in_place_of_a_yes(ctx: Context) -> Turn | None:
    """ "May", "nấu ăn cũng được", where it was asked whether something may be kept: that trade's; nothing is kept."""
    waiting = ctx.person.conversation.waiting
    asked_for = waiting is not None and waiting.state == asking.CONSENT and ctx.message.payload is None
    if not asked_for or ctx.folded.count(" ") >= SHORT or _ANOTHER.search(ctx.folded):
        return None
    found = ctx.content.trades.named_in(ctx.folded)
    return by_trade(ctx, found[0]) if found else None


@router.press("work-trade")
def by_trade(ctx: Context, said: str) -> Turn:
    """The vacancies of one trade, or of its group, from a place in their list on."""
    trade, _, start = said.partition(":")
    trades = ctx.content.trades
    if trade not in {*trades.all, *trades.groups}:
        return asking.work(ctx)
    title = trades.title(trade, ctx.lang)
    look, news = ctx.button("work_suiting", "work"), ctx.button("work_news", "work-news")
    turn = ctx.say("work.none_of", look, news, ctx.button("officer"), trade=title[:1].lower() + title[1:])
    place = int(start) if start.isascii() and start.isdecimal() and len(start) <= 2 else 0
    return asking.stranger(ctx) or turn.event(WorkAsked(kind=OfferKind.VACANCY, start=place, trade=trade))
