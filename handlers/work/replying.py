"""What somebody says below a vacancy or a job fair that was shown, in words instead of by its buttons."""

import re

from core.conversation import Turn
from core.work import Unfit
from handlers.context import Context
from handlers.routing import Router
from handlers.work import asking, events

router = Router("work.replying")

MOST_WORDS = 8
_ME = r"(?:toi |em |minh )?"
# A bare "ừ" may only mean that it was read: what is kept hangs on clearer words.
_LIKES = re.compile(rf"{_ME}(?:thich|ung|quan tam|muon lam|hop|chiu|dong y)(?: (?:viec|cho|nay|lam|do|a|roi))*")
_GOES = re.compile(rf"{_ME}(?:co |se )*(?:di|den|tham gia|dang ky|dong y)(?: (?:chu|a|nhe|duoc|ngay hoi|du|luon|di))*")
_NOT = re.compile(
    rf"{_ME}(?:khong|ko|k|chang)(?: (?:hop|thich|ung|quan tam|lam|chiu|duoc|di))*(?: (?:viec|nay|dau|a))*"
)
_WHY = {
    Unfit.FAR: re.compile(r"(?:thay |cho |lam )?xa(?: (?:qua|lam|nha|the|vay|roi|a))*"),
    Unfit.WAGE: re.compile(
        r"(?:luong |tien cong |cong )?(?:it tien|thap|re|it|ba bot)(?: (?:qua|lam|the|vay|a|tien))*"
    ),
    Unfit.TRADE: re.compile(rf"{_ME}(?:khong|ko|k|chua|chang) biet (?:lam )?(?:nghe|viec) (?:nay|do)"),
}


@router.before_understanding
def to_a_vacancy(ctx: Context) -> Turn | None:
    """A yes, a no, or why not: about the vacancy that was shown last, where it came in the message before."""
    number = _of(ctx, "work-yes")
    if not number:
        return None
    why = next((one for one, words in _WHY.items() if words.fullmatch(ctx.folded)), None)
    if why is not None:
        return asking.because(ctx, f"{number}:{why}")
    if _LIKES.fullmatch(ctx.folded):
        return asking.suits(ctx, number)
    return asking.suits_not(ctx, number) if _NOT.fullmatch(ctx.folded) else None


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
    if ctx.message.payload is not None or ctx.person.conversation.waiting or ctx.folded.count(" ") >= MOST_WORDS:
        return ""
    found = (one.payload.partition(":") for one in ctx.person.conversation.offered)
    return next((number for said, _, number in found if said == name), "")
