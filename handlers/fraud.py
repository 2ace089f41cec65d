"""Fraud: what was seen of it, what not to do, whom to ask; passed on to an officer with a press (voice.md T39)."""

import re
from typing import Any

from content.understanding import Decision
from content.understanding.warnings import tells
from content.understanding.windows import windows
from core.conversation import Turn
from core.messages import QuickReply
from core.text.lists import words
from handlers import asking_notices
from handlers.context import Context, join
from handlers.routing import Router

router = Router("fraud")

SHORT = 80  # characters of an answer to a question of ours
HELD = frozenset({"abroad", "papers"})  # what people are drawn into who are then not let go
ABROAD = "overseas-work"
TOPIC = "feedback"  # what a report of it is about
_GIVEN = re.compile(
    r"\b(?:doc|dua|gui|chuyen|bam|nhap|cho|nop|dong|coc|lam|khai|chup|tai|cai|quet)"
    r"(?: (?:ma|tien|khoan|cho|no|ho|het|so|link|vao|do|luon|mat)){0,4} roi\b|^(?:lo|da lo|lo roi|muon roi)\b"
)
# "Vậy có đi được không", "nên làm không", "có thật không": asked of what was just warned of, and of nothing else.
_OF_IT = words(
    """
    a ai an ben bay cai cam campuchia can chac chau chi chua chuyen co con dang dao di do dong du duoc em gi gio ha
    han hay hong ho khong ky la lam lao lua luon ma minh mot nay nen nguoi nha nhan nhe nhi nhung no nop on phai qua roi
    sang sao ta the theo thi thiet that thu tien tin toan toi tui vay viec vo dzay rua dai loan trung quoc dung gia
    """
)
_ASKS_OF_IT = re.compile(
    r"\b(?:di|lam|nen|tin|theo|thu|nhan|that|thiet|lua|on|an toan|chac|chuyen|nop|dang ky|dung)\b"
    r".*\b(?:khong|chua|a|ha|nhi|duoc|sao|gi|gio|hong|nhe)$|^(?:\w+ ){0,3}sao(?: bay gio)?$"
)
_FEW = 9  # words of such a question


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
def said_to_it(ctx: Context, **warned: Any) -> Turn | None:
    """ "Tôi đọc rồi", said to the warning: money or a secret is gone. "Vậy có đi được không": the warning holds."""
    if _GIVEN.search(ctx.folded):
        return _report(ctx, paid(ctx))
    said = ctx.folded.split()
    of_it = len(said) <= _FEW and _OF_IT.issuperset(said) and _ASKS_OF_IT.search(ctx.folded)
    if not of_it or warned.get("topic") != TOPIC:
        return None
    seen = tells(str(warned["text"]), windows(str(warned["text"])))
    known = ABROAD in ctx.content.topics and "abroad" in seen
    button = ctx.topic_button(ABROAD) if known else ctx.button("paid")
    message_id = "fraud.do_not_go" if "abroad" in seen else "fraud.do_not"
    turn = ctx.say(message_id, ctx.button("report_fraud", "officer"), button, ctx.button("menu"))
    return turn.wait("handover.ready", **warned)


def _report(ctx: Context, turn: Turn) -> Turn:
    # Pressing "report" passes these very words on; nothing is passed on without that press.
    return turn.wait("handover.ready", text=ctx.text, topic=TOPIC, files=[])


@router.press("paid")
def paid(ctx: Context, _: str = "") -> Turn:
    """Money is gone: the bank first, then the police. What was read before can still be reported."""
    turn = ctx.say("fraud.paid", ctx.button("report_fraud", "officer"), ctx.button("menu"))
    waiting = ctx.person.conversation.waiting
    ready = waiting is not None and waiting.state == "handover.ready"
    return turn.wait("handover.ready", **waiting.data) if ready and waiting else turn
