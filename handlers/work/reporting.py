"""What somebody says of a job of their own accord, with no question of ours above it: their lead moves by that."""

from collections.abc import Mapping

from core.conversation import Turn
from core.leads import LeadState, LeadTold, Why
from handlers.besides import asks
from handlers.context import Context
from handlers.routing import Router
from handlers.work import asking
from handlers.work.leads import with_their_words
from handlers.work.progress import Progress, progress_in, worked

router = Router("work.reporting")

_ACTS: Mapping[Progress, LeadState] = {
    Progress.HIRED: LeadState.STARTED,
    Progress.STILL: LeadState.MONTH,
    Progress.LEFT: LeadState.GAVE_UP,
}


@router.before_understanding
def told(ctx: Context) -> Turn | None:
    """ "Họ nhận rồi, mai đi làm", "vẫn đang làm": of whoever agreed that their search for work is kept."""
    if ctx.message.payload is not None or not asking.has_profile(ctx) or asks(ctx.text):
        return None
    heard = progress_in(ctx.folded)
    if heard is None or not heard.plainly:
        return None
    unpaid = heard.why is Why.UNPAID
    buttons = (ctx.button("officer"), ctx.button("work_see", "work"), ctx.button("menu"))
    turn = ctx.say("lead.unpaid_none" if unpaid else "lead.none", *buttons)
    turn = turn.event(LeadTold(act=_ACTS[heard.progress], why=heard.why, worked=worked(ctx.folded)))
    return with_their_words(ctx, turn) if unpaid else turn
