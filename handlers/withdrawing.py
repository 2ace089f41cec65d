"""Taking back what one signed up for, in words that do not say what: it is asked before anything goes."""

import re

from core.contacts import Purpose
from core.conversation import Turn
from core.messages import QuickReply
from handlers import cases
from handlers.context import Context
from handlers.needs import asking as needs
from handlers.routing import Router
from handlers.subscribing import themes
from handlers.work import events

router = Router("withdrawing")

BUSY = ("selfcheck", "request", "danger", "handover.", "question.words")  # where even that is something else
LISTENS = ("", cases.ANSWERED, events.STATE)  # what may wait meanwhile
_ME = r"(?:toi|em|e|minh|tui|con|chau|bac|chi|anh|co|chu|ong|ba|nha toi|nha em)"
_AFTER = rf"(?: (?:nua|dau|nhe|nha|a|ah|roi|di|luon|voi|dum|giup|gium|ho|cho {_ME}|{_ME}|can bo|oi))*"
_BEFORE = rf"(?:(?:da|thoi|a|cho|xin|muon|nho|nhung|chac|hom do|hom ay|bua do|bua ay|mai|{_ME}) )*"
_FAIR = r"(?: (?:ngay hoi|hoi cho|phien giao dich|hoi nghi)(?: (?:viec lam|viec))?)"
_BARE = re.compile(rf"{_BEFORE}(?:huy|bo|xoa|rut|thoi)(?: cai)? (?:dang ky|dk)(?: roi| lai| nay)?{_AFTER}")
_TAKES_BACK = re.compile(rf"{_BEFORE}rut(?: lai| lui| ra| ten| khoi| danh sach)*{_AFTER}")
_DOES_NOT_COME = re.compile(
    rf"{_BEFORE}(?:ban|ban viec|ket viec|om|met|ban qua)?(?: (?:roi|nen|qua|{_ME}))* ?"
    rf"(?:khong|thoi khong|chang|k) (?:di|den|tham gia|du)(?: duoc){_FAIR}?{_AFTER}(?: (?:vi|tai|do) .+)?"
    rf"|{_BEFORE}(?:khong|chang|k) (?:di|den|tham gia|du){_FAIR}? (?:nua|dau){_AFTER}"
    rf"|{_BEFORE}(?:huy|bo|rut|thoi)(?: dang ky| ten)?{_FAIR}{_AFTER}|(?:i )?can(?: t|not) come"
)
_ENOUGH = frozenset({"thoi", "huy", "huy bo", "rut", "bo", "thoi huy", "huy di", "thoi bo", "thoi khong", "cancel"})


@router.before_all
def asked(ctx: Context) -> Turn | None:
    """None where nothing was signed up for, or the words are an answer to something else."""
    waiting = ctx.person.conversation.waiting
    state = waiting.state if waiting is not None else ""
    bare = _BARE.fullmatch(ctx.folded) is not None
    if ctx.message.payload is not None or (state not in LISTENS and (not bare or state.startswith(BUSY))):
        return None
    rut = _TAKES_BACK.fullmatch(ctx.folded) is not None
    if not (bare or rut or ctx.folded in _ENOUGH or _DOES_NOT_COME.fullmatch(ctx.folded)):
        return None
    if shown := _shown(ctx, rut=rut):
        return shown
    if bare or (rut and enrolled(ctx) and not events.holds_seat(ctx)):
        return _which(ctx)
    return events.leaving(ctx) if ctx.folded not in _ENOUGH - {"rut"} and events.holds_seat(ctx) else None


def _shown(ctx: Context, *, rut: bool) -> Turn | None:
    """What the last bubble told of, and could be left there."""
    offered = ctx.person.conversation.offered
    payloads = [one.payload for one in offered]
    fair = next((one.partition(":")[2] for one in payloads if one.startswith("event-no:")), "")
    if fair.isdecimal() and events.holds_seat(ctx):
        return events.leaving(ctx, int(fair))
    stated = [one for one in offered if one.payload.startswith("stated-back:")]
    if rut and not stated and "stated-mine" in payloads:
        return needs.mine(ctx)
    if not stated or not (rut or ctx.folded in _ENOUGH):
        return None
    if len(stated) == 1:
        return needs.withdraw(ctx, stated[0].payload.partition(":")[2]) if rut else None
    return ctx.say("stated.back_which", *stated, ctx.button("menu"))


def enrolled(ctx: Context) -> bool:
    """Whether they are on the list of a course, or were."""
    return any(one.purpose is Purpose.TRAINING and one.expires_at > ctx.now for one in ctx.person.consents)


def _which(ctx: Context) -> Turn | None:
    """What of all that they signed up for; None where it is notices alone, or nothing."""
    agreed = {one.purpose for one in ctx.person.consents if one.expires_at > ctx.now}
    found: list[QuickReply] = [ctx.button("out_of_fair", "event-leaving")] if events.holds_seat(ctx) else []
    if enrolled(ctx):
        found.append(ctx.button("out_of_course", "my-courses"))
    if Purpose.STATED in agreed:
        found.append(ctx.button("stated_mine", "stated-mine"))
    if Purpose.WORK in agreed:
        found.append(ctx.button("out_of_work", "work-forget"))
    if not found:
        return None
    if len(found) == 1 and events.holds_seat(ctx) and not themes.agrees(ctx):
        return events.leaving(ctx)
    notices = (ctx.button("notices_stop_all"),) if themes.agrees(ctx) else (ctx.button("menu"),)
    return ctx.say("withdraw.which", *found, *notices)


@router.press("event-leaving")
def from_the_fair(ctx: Context, _: str = "") -> Turn:
    """The fair is what they meant; which one, and whether, is asked."""
    return events.leaving(ctx)
