"""Something in what waits to be sent is wrong: nothing is added or lost, and what can be mended is offered."""

import re

from content.understanding.assent import assent
from core.conversation import Turn
from core.messages import QuickReply
from handlers import answered, drafts, handover
from handlers.context import Context, join
from handlers.not_meant import says_so
from handlers.request import filling, sending
from handlers.routing import Router

router = Router("correcting")

LONGEST = 60  # characters of an order to take something out
WAITS = ("handover.confirm", "handover.offered")
TAKE_OUT = re.compile(
    r"(?:(?:thoi|da|u|cho|toi|em) )*(?:bo|xoa|lay|rut|go|khong gui|dung gui)"
    r"(?=.* (?:ra|so|dien thoai|vi tri|ban do)\b)"
    r"(?: (?:cai|so|so dien thoai|dien thoai|vi tri|ban do|cho|nay|do|kia|vua roi|ra|di|nhe|nha|a|giup|dum|ngoai))+"
    r"|(?:take|leave) (?:(?:it|that|the) )?(?:(?:number|place) )?out"
)


@router.before_all
def mistaken(ctx: Context) -> Turn | None:
    """ "Nhầm", "sai rồi": said of the words that wait, not to be sent with them."""
    waiting = ctx.person.conversation.waiting
    typed = ctx.message.payload is None and not ctx.message.attachments and ctx.message.unread is None
    if waiting is None or not typed or assent(ctx.text) is not None or not says_so(ctx.folded, after_answer=True):
        return None
    if waiting.state in (filling.READY, sending.CONSENT):
        return filling.mend(ctx)
    if waiting.state == answered.OFFERED:
        return _of_a_question(ctx, waiting.data["question"], waiting.data["text"])
    draft = drafts.pending(ctx.person.conversation) if waiting.state in WAITS else None
    if draft is None:
        return None
    buttons = (
        ctx.button("write_anew"),
        ctx.button("hand_over", "handover"),
        ctx.button("keep_to_myself", "cancel"),
    )
    what = drafts.spoken(ctx, draft, quoted=True)
    return ctx.say("handover.mistaken", *buttons, what=what).wait("handover.confirm", **draft)


def _of_a_question(ctx: Context, question: int, text: str) -> Turn:
    buttons = (
        QuickReply(label=ctx.words.text("button.write_anew"), payload=f"question-add:{question}"),
        QuickReply(label=ctx.words.text("button.add_this"), payload=f"question-send:{question}"),
        ctx.button("ask_else", "topics"),
    )
    what = drafts.quotation(ctx, text)
    return ctx.say("handover.mistaken", *buttons, what=what).wait(answered.OFFERED, question=question, text=text)


@router.press("write_anew")
def write_anew(ctx: Context, _: str = "") -> Turn:
    """The words go, to be written again; files that came with them stay."""
    draft = drafts.pending(ctx.person.conversation)
    if draft is None or draft["files"]:
        turn = handover.write_first(ctx)
        return turn.wait("handover.confirm", **{**draft, "text": "", "shared": []}) if draft else turn
    asked = "handover.what_again" if handover.agreed(ctx) else "handover.what"
    text = join([ctx.fill("handover.anew"), ctx.fill(asked)])
    return ctx.tell(text, ctx.button("menu")).drop().wait("handover.words", topic=draft["topic"])


@router.before_all
def not_with_it(ctx: Context) -> Turn | None:
    """ "Bỏ số ra": said of the number or place that joined what waits."""
    draft = drafts.pending(ctx.person.conversation)
    if draft is None or not draft.get("shared") or ctx.message.payload is not None:
        return None
    return take_out(ctx) if len(ctx.folded) <= LONGEST and TAKE_OUT.fullmatch(ctx.folded) else None


@router.press("take_out")
def take_out(ctx: Context, _: str = "") -> Turn:
    """What was shared last does not go with the rest."""
    draft = drafts.pending(ctx.person.conversation)
    if draft is None or not draft.get("shared"):
        return handover.already(ctx) or handover.officer(ctx)
    shared, left = drafts.without_last(draft)
    if not left["text"] and not left["files"]:
        return ctx.say("cancelled", ctx.button("topics"), ctx.button("menu")).drop()
    buttons = (ctx.button("hand_over", "handover"), ctx.button("keep_to_myself", "cancel"))
    named = ctx.fill(f"draft.{shared['kind']}")
    turn = ctx.say("handover.taken_out", *buttons, shared=named, what=drafts.spoken(ctx, left))
    return turn.wait("handover.confirm", **left)
