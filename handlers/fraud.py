"""Fraud: what was seen of it, what not to do, whom to ask; passed on to an officer with a press (voice.md T39)."""

import re

from content.understanding import Decision
from content.understanding.warnings import tells
from content.understanding.windows import windows
from core.conversation import Turn
from core.messages import QuickReply
from handlers import asking_notices
from handlers.context import Context, join
from handlers.routing import Router

router = Router("fraud")

SHORT = 80  # characters of an answer to a question of ours
HELD = frozenset({"abroad", "papers"})  # what people are drawn into who are then not let go
ABROAD = "overseas-work"
_GIVEN = re.compile(
    r"\b(?:doc|dua|gui|chuyen|bam|nhap|cho|nop|dong|coc|lam|khai|chup|tai|cai|quet)"
    r"(?: (?:ma|tien|khoan|cho|no|ho|het|so|link|vao|do|luon|mat)){0,4} roi\b|^(?:lo|da lo|lo roi|muon roi)\b"
)


@router.before_all
def fraud(ctx: Context) -> Turn | None:
    """What looks like a fraud gets the warning; who has paid already hears what to do now."""
    if ctx.message.payload is not None or _answers_a_question(ctx) or ctx.reading.decision is not Decision.FRAUD:
        return None
    if "paid" in ctx.reading.labels:
        return _report(ctx, paid(ctx))
    seen = tells(ctx.text, windows(ctx.text))
    return _report(ctx, asking_notices.if_asked(ctx, ctx.tell(_warning(ctx, seen), *_choices(ctx, seen))))


def _warning(ctx: Context, seen: tuple[str, ...]) -> str:
    """Never a verdict: what was seen, or only to be careful where nothing that was seen has a name."""
    named = "; ".join(ctx.words.text(f"fraud.tell.{one}") for one in seen)
    first = ctx.fill("fraud.signs", signs=named) if named else ctx.fill("fraud.careful")
    return join([first, ctx.fill("fraud"), ctx.fill("fraud.held") if HELD.intersection(seen) else ""])


def _choices(ctx: Context, seen: tuple[str, ...]) -> tuple[QuickReply, ...]:
    held = (ctx.button("held"),) if HELD.intersection(seen) else ()
    topic = (ctx.topic_button(ABROAD),) if ABROAD in ctx.reading.labels and ABROAD in ctx.content.topics else ()
    # The last one leads on where the words turn out to be a notice of ours (`handlers.sent`).
    return (ctx.button("report_fraud", "officer"), ctx.button("paid"), *held, *topic, ctx.button("menu"))


def _answers_a_question(ctx: Context) -> bool:
    """Short words in a self-check tell of the household's own money; what somebody was sent is longer."""
    waiting = ctx.person.conversation.waiting
    asked = waiting is not None and waiting.state.startswith(("selfcheck.", "request."))
    return asked and len(ctx.text) <= SHORT and "://" not in ctx.text


@router.state("handover.ready")
def given_already(ctx: Context, **_: object) -> Turn | None:
    """ "Tôi đọc rồi", said to the warning: money or a secret is gone."""
    return _report(ctx, paid(ctx)) if _GIVEN.search(ctx.folded) else None


def _report(ctx: Context, turn: Turn) -> Turn:
    # Pressing "report" passes these very words on; nothing is passed on without that press.
    return turn.wait("handover.ready", text=ctx.text, topic="feedback", files=[])


@router.press("paid")
def paid(ctx: Context, _: str = "") -> Turn:
    """Money is gone: the bank first, then the police. What was read before can still be reported."""
    turn = ctx.say("fraud.paid", ctx.button("report_fraud", "officer"), ctx.button("menu"))
    waiting = ctx.person.conversation.waiting
    ready = waiting is not None and waiting.state == "handover.ready"
    return turn.wait("handover.ready", **waiting.data) if ready and waiting else turn
