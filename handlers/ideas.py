"""An idea for a business of one's own, in one's own words: to the office that the plan names, for a word of advice."""

import re
from typing import Any

from content.understanding import Decision
from content.understanding.assent import assent
from core.conversation import Turn
from core.questions import QuestionKind
from handlers import handover, localities, topics
from handlers.context import ELSEWHERE, Context
from handlers.routing import Router

router = Router("ideas")

STATE = "idea.words"
TOPIC = "startup"
_ASKS = re.compile(
    r"(?:toi |em |minh |chau |con |nha toi )?(?:muon |can |xin |cho )?(?:gui|co|gop) (?:mot )?y tuong"
    r"(?: (?:lam an|kinh doanh|khoi nghiep|moi|san xuat|muon gui|nay|buon ban))*(?: (?:a|nhe|muon hoi|can tu van))*"
    r"|(?:send|i have) (?:an |my )?(?:business )?idea"
)

_REGISTERS = re.compile(r"\bdang ky (?:ho )?kinh doanh\b|\bho kinh doanh(?: ca the)?\b|\bgiay phep kinh doanh\b")
_STARTS = re.compile(r"\bkhoi (?:nghiep|su kinh doanh)\b|\bocop\b")
MOST_WORDS = 20


@router.press("idea")
@router.word("gửi ý tưởng", "ý tưởng làm ăn", "send an idea")
def ask(ctx: Context, _: str = "") -> Turn:
    """What the idea is; nothing goes before a yes."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("handover.elsewhere", ctx.button("place"), ctx.button("menu"))
    if ctx.locality is None:
        return localities.ask(ctx, pending="gửi ý tưởng")
    return ctx.say("idea.ask", ctx.button("menu")).wait(STATE)


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """In one's own words."""
    return ask(ctx) if _ASKS.fullmatch(ctx.folded.rstrip("?. ")) else None


@router.before_understanding
def starting(ctx: Context) -> Turn | None:
    """Registering a household business, and "khởi nghiệp" beside another matter: the card about starting one."""
    if ctx.message.payload is not None or TOPIC not in ctx.content.topics:
        return None
    registers = _REGISTERS.search(ctx.folded) is not None and ctx.folded.count(" ") < MOST_WORDS
    beside = ctx.reading.decision is Decision.CHOOSE and TOPIC in ctx.reading.labels and _STARTS.search(ctx.folded)
    return topics.answer(ctx, (TOPIC,)) if registers or beside else None


@router.state(STATE)
def read_words(ctx: Context, **_: Any) -> Turn | None:
    """The idea, with files where they come along. Thanks and a no are none."""
    if not ctx.message.attachments:
        if assent(ctx.text) is False:
            return ctx.say("cancelled", ctx.button("topics"), ctx.button("menu"))
        if not ctx.text:
            return ask(ctx)
        if ctx.reading.decision is Decision.SMALLTALK:
            return None
    return handover.offer(ctx, ctx.text, TOPIC, ctx.message.attachments, kind=QuestionKind.IDEA)
