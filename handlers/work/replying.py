"""What somebody says below a vacancy or a job fair that was shown, in words instead of by its buttons."""

import re

from content.understanding.circumstances import stops_looking
from core.conversation import Turn
from core.work import OfferKind, Unfit
from handlers.context import Context
from handlers.routing import Router
from handlers.work import asking, events, leads, naming, news

router = Router("work.replying")

MOST_WORDS = 12
ONLY_LOOKS = "work-ask"  # stands below what is shown to who told nothing
LISTS = ("work-list:", "work-browse:")
_LEAD = re.compile(r"lead-(?:share|chat|employer|wait|stop|began|why):(\d+)")
_BECAUSE = re.compile(r"\b(?:vi|tai|do|boi)\b")
_ME = r"(?:toi |em |minh |tui |nha toi )?"
# A bare "ừ" may only mean that it was read: what is kept hangs on clearer words.
# "Ok", "việc này được đó" before it; and somebody else's name, where one person writes for another.
_BEFORE = r"(?:(?:ok|oke|u|uh|vang|da|duoc|hay|on|roi|vay|thi|viec|cai|nay|do|day|a) )*"
_OTHERS = r"(?:(?:chi|anh|co|chu|bac|ong|ba|me|chong|vo) (?:(?!khong|ko|k|chua|chang|het)\w+ ){0,2})?"
_LIKES = re.compile(
    rf"{_BEFORE}{_OTHERS}{_ME}(?:thich|ung|quan tam|muon lam|hop|chiu|dong y)"
    r"(?: (?:viec|cho|nay|lam|do|a|roi|nhe|nha))*"
)
_GOES = re.compile(rf"{_ME}(?:co |se )*(?:di|den|tham gia|dang ky|dong y)(?: (?:chu|a|nhe|duoc|ngay hoi|du|luon|di))*")
_VERB = "(?:hop|thich|ung|quan tam|lam|chiu|duoc|di)"
_NOT = re.compile(rf"{_ME}(?:khong|ko|k|chang)(?: {_VERB})*(?: (?:viec|nay|dau|a|lam|nhe))*")
_NOT_FOR = re.compile(
    rf"{_ME}(?:khong|chang)(?: {_VERB})+(?: (?:viec|nay|dau|lam))*(?: (?:vi|tai|do|boi|tai vi|boi vi|ly do|la|ma))*"
    r" (?P<why>.+)"
)
_END = "(?: (?:qua|lam|nha|the|vay|roi|a|di|khong duoc|di khong duoc|khong noi|lam khong noi))*"
_WHY = {
    Unfit.FAR: re.compile(rf"(?:(?:thay|cho|lam|duong|di|viec|nay|do|o) )*xa{_END}"),
    Unfit.WAGE: re.compile(rf"(?:(?:luong|tien|cong|tra) )*(?:it tien|thap|re|it|ba bot)(?: tien)?{_END}"),
    Unfit.TRADE: re.compile(
        rf"{_ME}(?:khong|ko|k|chua|chang) biet (?:lam )?(?:nghe|viec) (?:nay|do)"
        rf"|(?:khong|trai|sai) (?:dung )?nghe{_END}"
    ),
    Unfit.HOURS: re.compile(
        rf"(?:(?:phai|lam|di|viec|nay|gio|ca) )*(?:(?:ban |ca )?(?:dem|khuya)|som|tang ca|giac(?: khong hop)?){_END}"
    ),
    Unfit.OTHER: re.compile(rf"(?:(?:viec|nay|lam|cai|do|thay) )*(?:nang|cuc|vat va)(?: nhoc)?{_END}"),
}
_MORE = re.compile(
    r"(?:(?:toi|cho|con|muon|thi) )*(?:xem|coi) (?:nua|tiep|them|viec khac|cai khac)"
    r"(?: (?:di|nhe|nha|viec|khac|a|nua|coi|xem|thu))*"
    r"|(?:(?:con|co|xem) )*(?:viec|cai|cho) (?:nao )?khac(?: (?:khong|di|nua|nao|nhe|nha))*"
)
_FORGETS = re.compile(r"(?:thoi )?quen (?:het|het tat ca|luon|moi thu)(?: (?:di|nhe|nha|luon|roi|dum|giup|toi|cho))*")


@router.before_understanding
def to_a_vacancy(ctx: Context) -> Turn | None:
    """A yes, a no, or why not: about the vacancy that was shown last, where it came in the message before."""
    number, why = _of(ctx, "work-yes"), _reason(ctx.folded)
    asked = number or _of(ctx, "work-why").partition(":")[0]  # also where the reasons stand below the last message
    if why is not None and asked:
        return asking.because(ctx, f"{asked}:{why}")
    if not number:
        return None
    if _LIKES.fullmatch(ctx.folded):
        return asking.suits(ctx, number)
    if _NOT.fullmatch(ctx.folded):
        return asking.suits_not(ctx, number)
    return _more(ctx) if _MORE.fullmatch(ctx.folded) else None


def _more(ctx: Context) -> Turn:
    if of_trade := _of(ctx, "work-trade"):
        return naming.by_trade(ctx, of_trade)
    return asking.more(ctx, _next(ctx)) if _next(ctx) else asking.none_left(ctx, OfferKind.VACANCY)


@router.before_understanding
def while_looking(ctx: Context) -> Turn | None:
    """The same of who only looks: nothing is remembered for them, and that is said."""
    offered = ctx.person.conversation.offered
    if not _may_answer(ctx) or not any(one.payload == ONLY_LOOKS for one in offered):
        return None
    following = _next(ctx)
    if _MORE.fullmatch(ctx.folded) and (of_trade := _of(ctx, "work-trade")):
        return naming.by_trade(ctx, of_trade)
    if _MORE.fullmatch(ctx.folded):
        return news.browse(ctx, following) if following else _said(ctx, "work.no_more")
    about_it = any(one.fullmatch(ctx.folded) for one in (_LIKES, _NOT)) or _reason(ctx.folded) is not None
    return _said(ctx, "work.only_looks") if about_it else None


def _said(ctx: Context, message_id: str) -> Turn:
    more = [one for one in ctx.person.conversation.offered if one.payload.startswith(LISTS)]
    return ctx.say(
        message_id, *more[:1], ctx.button("work_suiting", ONLY_LOOKS), ctx.button("officer"), ctx.button("menu")
    )


@router.before_understanding
def takes_back(ctx: Context) -> Turn | None:
    """ "Thôi không làm nữa": out of what they were interested in; "quên hết đi", "không tìm nữa": what they told."""
    if ctx.message.payload is not None or not asking.has_profile(ctx):
        return None
    if _FORGETS.fullmatch(ctx.folded):
        buttons = (ctx.button("work_forget", "work-forget"), ctx.button("erase"), ctx.button("keep_as_is", "menu"))
        return ctx.say("work.forget_which", *buttons)
    if stops_looking(ctx.folded):
        return ctx.say("work.forget_ask", ctx.button("work_forget", "work-forget"), ctx.button("keep_as_is", "menu"))
    talk = ctx.person.conversation
    number = next((found[1] for one in (*talk.offered, *talk.earlier) if (found := _LEAD.match(one.payload))), None)
    return leads.withdraw(ctx, number) if number and leads.quits(ctx.folded) else None


def _reason(folded: str) -> Unfit | None:
    """Why something does not suit, alone or behind "không hợp vì"; None where no such thing is said."""
    behind = _NOT_FOR.fullmatch(folded)
    said = [folded, *([behind["why"]] if behind else [])]
    found = next((one for one, words in _WHY.items() if any(words.fullmatch(each) for each in said)), None)
    return Unfit.OTHER if found is None and behind and _BECAUSE.search(folded) else found


def _next(ctx: Context) -> str:
    """Where the next of the list is; empty where there is none."""
    found = next((one for one in ctx.person.conversation.offered if one.payload.startswith(LISTS)), None)
    return found.payload.partition(":")[2] if found is not None else ""


@router.before_understanding
def to_a_fair(ctx: Context) -> Turn | None:
    """The same of a job fair: they come, or do not."""
    number = _of(ctx, "event-yes")
    if not number:
        return None
    if _GOES.fullmatch(ctx.folded):
        return events.comes(ctx, number)
    return events.passes(ctx, number) if _NOT.fullmatch(ctx.folded) else None


def _of(ctx: Context, name: str) -> str:
    """Whose button of this name stands below the last message; empty where none does, or something else is awaited."""
    if not _may_answer(ctx):
        return ""
    found = (one.payload.partition(":") for one in ctx.person.conversation.offered)
    return next((rest for said, _, rest in found if said == name), "")


def _may_answer(ctx: Context) -> bool:
    waits = ctx.person.conversation.waiting is not None
    return ctx.message.payload is None and not waits and ctx.folded.count(" ") < MOST_WORDS
