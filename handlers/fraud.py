"""Fraud: what was seen of it, what not to do, whom to ask; passed on to an officer with a press (voice.md T39)."""

import re
from collections.abc import Mapping
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
_SHORT = 14  # words of what is said on, once somebody was warned
# How to get the money back, and where to report it; that those people go on; who they are.
_BACK = re.compile(
    r"\b(?:lay|doi|tra|xin) (?:duoc )?lai\b|\blay duoc tien\b|\bcong an (?:o|cho|xa nao)"
    r"|\b(?:bao|trinh|goi|gap|hoi|den|ra) cong an\b|\btrinh bao\b|\bto cao (?:no|ho(?! ngheo)|o dau|the nao|sao)"
    r"|\b(?:bao|goi|hoi|keu|cau cuu) (?:ai|so nao|so may|o dau|cho nao|dau)\b"
)
_GO_ON = re.compile(
    r"\b(?:no|ho(?! (?:can )?ngheo)|ben do|ben kia|nguoi do|thang do)\b.*\b(?:van|cu|lai|con|dang)\b"
    r".*\b(?:goi|nhan|doi|bat|keu|doa|hoi|ep|chui)\b"
    r"|\b(?:goi|nhan tin|doi) (?:hoai|them|mai)\b|\b(?:bi|dang) (?:no |ho )?(?:doa|hu doa|khung bo)\b"
)
_WHO_THEY_ARE = re.compile(
    r"\d(?:[ .-]?\d){7,}|\b(?:ten|so|zalo|face|facebook|nick|sdt|stk|so tai khoan|so dien thoai)\b.*\b(?:no|ho|la)\b"
)
_LATER = re.compile(
    r"(?:\w+ ){0,4}(?:lam sao|sao|lam gi|phai lam gi|the nao|tinh sao)(?: (?:bay gio|gio|day|a|vay|nua))*"
)


@router.before_all
def fraud(ctx: Context) -> Turn | None:
    """What looks like a fraud gets the warning; who has paid already hears what to do now."""
    if ctx.message.payload is not None or _answers_a_question(ctx) or ctx.reading.decision is not Decision.FRAUD:
        return None
    if "paid" in ctx.reading.labels:
        return _report(ctx, paid(ctx), has_paid=True)
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
        return _report(ctx, paid(ctx), has_paid=True)
    said = ctx.folded.split()
    if warned.get("topic") == TOPIC and len(said) <= _SHORT and (told := _said_on(ctx, warned)) is not None:
        return told
    of_it = len(said) <= _FEW and _OF_IT.issuperset(said) and _ASKS_OF_IT.search(ctx.folded)
    if not of_it or warned.get("topic") != TOPIC:
        return None
    seen = tells(str(warned["text"]), windows(str(warned["text"])))
    known = ABROAD in ctx.content.topics and "abroad" in seen
    button = ctx.topic_button(ABROAD) if known else ctx.button("paid")
    message_id = "fraud.do_not_go" if "abroad" in seen else "fraud.do_not"
    turn = ctx.say(message_id, ctx.button("report_fraud", "officer"), button, ctx.button("menu"))
    return turn.wait("handover.ready", **warned)


def _said_on(ctx: Context, warned: Mapping[str, Any]) -> Turn | None:
    """What somebody says on who was warned, or has paid; None where it is about something else."""
    report, gone = ctx.button("report_fraud", "officer"), ctx.button("paid")
    has_paid = bool(warned.get("paid"))
    if _WHO_THEY_ARE.search(ctx.folded):
        more = {**warned, "text": "\n".join((str(warned["text"]), ctx.text))}
        return ctx.say("fraud.noted", report, ctx.button("menu")).wait("handover.ready", **more)
    if _GO_ON.search(ctx.folded):
        buttons = (report, ctx.button("menu")) if has_paid else (report, gone, ctx.button("menu"))
        return ctx.say("fraud.go_on", *buttons).wait("handover.ready", **warned)
    if has_paid and (_BACK.search(ctx.folded) or _LATER.fullmatch(ctx.folded)):
        return ctx.say("fraud.paid_more", report, ctx.button("menu")).wait("handover.ready", **warned)
    return paid(ctx) if _BACK.search(ctx.folded) else None


def _report(ctx: Context, turn: Turn, *, has_paid: bool = False) -> Turn:
    # Pressing "report" passes these very words on; nothing is passed on without that press.
    return turn.wait("handover.ready", text=ctx.text, topic=TOPIC, files=[], paid=has_paid)


@router.press("paid")
def paid(ctx: Context, _: str = "") -> Turn:
    """Money is gone: the bank first, then the police. What was read before can still be reported."""
    turn = ctx.say("fraud.paid", ctx.button("report_fraud", "officer"), ctx.button("menu"))
    waiting = ctx.person.conversation.waiting
    ready = waiting is not None and waiting.state == "handover.ready"
    return turn.wait("handover.ready", **{**waiting.data, "paid": True}) if ready and waiting else turn
