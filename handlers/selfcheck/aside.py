"""Something else that is asked in the middle of a self-check or a paper, and the way back below its answer."""

from dataclasses import replace

from content.understanding import Decision
from core.conversation import ErasureRequested, Turn
from core.messages import QuickReply
from handlers.context import Context
from handlers.request.fields import FIELDS
from handlers.selfcheck import check as checks

BUTTONS = 5  # in one message (voice.md A5)
# Words that are about a question of ours are no answer to it.
_OTHER = (Decision.ANSWER, Decision.SEVERAL, Decision.CHOOSE, Decision.CAUTION, Decision.SMALLTALK)
_ACT_SURE = 2.0  # log odds from which a thing to do is not an answer: "già rồi không làm nữa" unsubscribes nobody
_SURE = 3.0  # log odds from which words are rather a question of the person's own than an answer that was not read


def is_other(ctx: Context) -> bool:
    """A question of the person's own, or something they want done: answered, and the check goes on afterwards."""
    read = ctx.reading
    if read.decision is Decision.ACTION:
        return read.labels[0] != "action:selfcheck" and read.sure >= _ACT_SURE
    asks = read.decision in _OTHER and (read.sure >= _SURE or "?" in ctx.text)
    return asks and ctx.text.count(" ") >= 2


def go_on_button(ctx: Context) -> QuickReply | None:
    """What leads back to the paper or the check that was begun and is not finished; it waits for as long as it is kept.

    None where neither is.
    """
    check = checks.of(ctx)
    if check is None:
        return None
    filled = [name for name in FIELDS if name in check.form]
    begun = bool(filled) or (not check.answers and check.at is None)  # the paper alone, nothing of it told yet
    if begun and len(filled) < len(FIELDS):
        return ctx.button("go_on_request", "request-go")
    return ctx.button("go_on_check", "check-go:resume") if check.at is not None else None


def going_on(ctx: Context, turn: Turn) -> Turn:
    """The turn with a button that leads back, where there is room for it."""
    waiting = ctx.person.conversation.waiting
    if not turn.replies or (waiting is not None and waiting.state.startswith("danger.")):
        return turn
    if any(isinstance(event, ErasureRequested) for event in turn.events):
        return turn
    aside = turn.notes is None and not turn.forgets_notes and turn.waiting is None
    last, button = turn.replies[-1], go_on_button(ctx)
    if not aside or button is None or len(last.quick_replies) >= BUTTONS:
        return turn
    if any(one.payload.startswith(button.payload.split("-")[0]) for one in last.quick_replies):
        return turn  # it leads back already
    return replace(turn, replies=(*turn.replies[:-1], replace(last, quick_replies=(*last.quick_replies, button))))
