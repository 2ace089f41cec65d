"""The way back to a self-check, below the answer to something else that was asked in the middle of it."""

from dataclasses import replace

from core.conversation import ErasureRequested, Turn
from handlers.context import Context
from handlers.selfcheck import check as checks

BUTTONS = 5  # in one message (voice.md A5)


def going_on(ctx: Context, turn: Turn) -> Turn:
    """The turn with a button that leads back, where there is room for it."""
    waiting = ctx.person.conversation.waiting
    if not turn.replies or (waiting is not None and waiting.state.startswith("danger.")):
        return turn
    if any(isinstance(event, ErasureRequested) for event in turn.events):
        return turn
    aside = turn.notes is None and not turn.forgets_notes and turn.waiting is None
    last, check = turn.replies[-1], checks.of(ctx)
    leads_back = any(one.payload.startswith("check") for one in last.quick_replies)
    if not aside or leads_back or len(last.quick_replies) >= BUTTONS or check is None or check.at is None:
        return turn
    button = ctx.button("go_on_check", "check-go:resume")
    return replace(turn, replies=(*turn.replies[:-1], replace(last, quick_replies=(*last.quick_replies, button))))
