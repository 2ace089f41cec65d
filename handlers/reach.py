"""Whether and where somebody can be written to: blocked and let in again, and groups, where nobody is answered."""

from datetime import datetime, timedelta

from core.contacts import Refusal
from core.conversation import ReachChanged, Turn
from handlers import localities
from handlers.context import Context
from handlers.routing import Router

router = Router("reach")

DECLINED = "group.declined"
DECLINED_FOR = timedelta(hours=1)  # it can still be read further up


@router.press("reach")
def reach(ctx: Context, change: str) -> Turn:
    """The channel says that we were blocked, or let in again: noted, and nothing said."""
    refusal = Refusal.BLOCKED if change == "blocked" else None
    return Turn().event(ReachChanged(urn=ctx.message.urn, refusal=refusal))


@router.press("met")
def met(ctx: Context, _: str = "") -> Turn:
    """Somebody followed the account or opened its chat: greeted the first time. Later only let in, and nothing said.

    Both may come, in any order, and with a first message besides: a conversation that has begun is not disturbed.
    """
    if ctx.person.conversation.version == 0:
        return localities.greeting(ctx)
    return Turn().event(ReachChanged(urn=ctx.message.urn, refusal=None))


@router.press("group")
def group(ctx: Context, _: str = "") -> Turn:
    """Somebody called us in front of others: a household's matters are not talked about there. Said once an hour."""
    waiting = ctx.person.conversation.waiting
    told = waiting.data["told"] if waiting is not None and waiting.state == DECLINED else None
    if told is not None and ctx.now - datetime.fromisoformat(told) < DECLINED_FOR:
        return Turn()
    return ctx.say("group.declined").wait(DECLINED, told=ctx.now.isoformat())
