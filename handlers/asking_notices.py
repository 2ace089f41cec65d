"""What people may ask about notices: which ones came to them, and whether one that they saw is real."""

import re

from core.authenticity import coded
from core.conversation import NoticeDoubted, NoticesAsked, Turn
from handlers.context import Context
from handlers.routing import Router

router = Router("asking_notices")

STATE = "notice.doubted"
WORDS = 1_500  # characters of a pasted text that are looked at
LEAST = 40  # characters beside the question: less is no pasted text
_REAL = re.compile(
    r"\b(?:tin|tin nhan|thong bao|bai|cai) (?:nay|ni|kia|do|vua roi|vua nhan) (?:\w+ ){0,3}?"
    r"(?:that|thiet|gia|lua dao|lua|fake|dung)\b"
    r"|\b(?:tin|tin nhan|thong bao) (?:nay|do|vua roi) (?:\w+ ){0,3}?(?:cua|do) (?:phuong|xa|uy ban|chung tay) gui\b"
    r"|\b(?:tin|tin nhan|thong bao) (?:nay|do) (?:co )?phai (?:\w+ )?cua (?:phuong|xa|uy ban|chung tay)\b"
    r"|\bis (?:this|that|the) (?:message|notice|news|text) (?:real|true|from|fake|a scam)\b"
)
_ONLY_REAL = r"(?: (?:khong|vay|a|ha|hay|gia|con|ba|chi|anh|em|co|chu|bac|oi|the|nhi|chau|phai))*"
_ME = "(?:toi|tui|t|em|e|minh|chau|con|ba|ong|bac|co|chu|nha toi|nha minh|nha em)"
_SENT = re.compile(
    rf"\bgui (?:nhung )?(?:tin )?(?:gi|nao) (?:cho |toi ){_ME}\b"
    rf"|\b(?:cho {_ME} )?xem (?:lai )?(?:cac |nhung |may )?tin (?:da|moi) (?:gui|nhan)\b"
    rf"|\bsao (?:cu |lai )?(?:nhan|nt|nhan tin|gui|gui tin)(?: tin)? (?:cho )?{_ME} (?:hoai|mai|suot|nhieu)\b"
    r"|\bwhat (?:have|did) you (?:sent|send)(?: to)? me\b|\bwhy (?:do|did) you (?:send|text|write)(?: to)? me\b"
    rf"|\b(?:nhan|gui)(?: duoc)?(?: cho {_ME})? (?:nhung |may )?tin (?:gi|nao|nhan nao)\b"
    rf"|\b(?:sao|vi sao|tai sao) (?:lai |cu |{_ME} )?(?:lai )?(?:gui|nhan)(?: duoc)? (?:cai |may )?tin\b"
    r"|\bai (?:lai )?gui (?:cai )?tin\b"
)
_NUMBER = re.compile(r"ma tin (?:so |la )?\d{1,9} ?\w?")


@router.press("sent")
@router.word(
    "đã gửi gì cho tôi",
    "tin đã gửi",
    "tin đã nhận",
    "đã gửi tôi những gì",
    "đã gửi cho tôi những tin nào",
    "gửi gì cho tôi rồi",
    "sao tôi nhận tin này",
    "vì sao gửi tin này cho tôi",
    "sao gửi tin cho tôi",
    "what did you send me",
)
def told(ctx: Context, _: str = "") -> Turn:
    """The last notices, when each came, and why."""
    turn = ctx.say("sent.none", ctx.button("doubted"), ctx.button("mydata"), ctx.button("menu"))
    return turn.event(NoticesAsked())


@router.press("doubted")
@router.word("tin này có thật không", "tin này thật không", "tin thật không", "kiểm tra tin", "is this message real")
def ask(ctx: Context, _: str = "") -> Turn:
    """Whoever doubts a message is asked to paste it."""
    return ctx.say("sent.ask", ctx.button("officer"), ctx.button("menu")).wait(STATE)


@router.state(STATE)
def read(ctx: Context) -> Turn | None:
    """The pasted words, or the code; what is too short to be either is another matter."""
    found = pasted(ctx)
    if found is not None or ctx.message.payload is not None or (len(ctx.folded) < LEAST and coded(ctx.text) is None):
        return found
    return _compared(ctx)


@router.before_understanding
def pasted(ctx: Context) -> Turn | None:
    """A text with a code of ours in it, or the question whether it is real with the text itself."""
    if ctx.message.payload is not None:
        return None
    asked = _REAL.search(ctx.folded)
    if _NUMBER.fullmatch(ctx.folded):
        return _compared(ctx)
    if _SENT.search(ctx.folded) and len(ctx.folded) < 2 * LEAST:
        return told(ctx)
    if asked is not None and len(ctx.folded) - len(asked[0]) < LEAST and coded(ctx.text) is None:
        return ask(ctx)
    if asked is not None or (coded(ctx.text) is not None and "ma tin" in ctx.folded):
        return _compared(ctx)
    return None


def only_asks(ctx: Context) -> bool:
    """Whether the question if a message is real is all that is said: "tin này thật không con" tells of no hunger."""
    found = _REAL.match(ctx.folded)
    return found is not None and re.fullmatch(_ONLY_REAL, ctx.folded[found.end() :]) is not None


def if_asked(ctx: Context, turn: Turn) -> Turn:
    """A turn that says to be careful; where the words turn out to be a notice of ours, that is said in its place."""
    asked = _REAL.search(ctx.folded) is not None or coded(ctx.text) is not None
    asked = asked or (_waits(ctx) and len(ctx.folded) >= LEAST)  # "is it a scam" alone is nothing to compare
    return turn.event(NoticeDoubted(text=ctx.text[:WORDS])) if asked else turn


def _waits(ctx: Context) -> bool:
    waiting = ctx.person.conversation.waiting
    return waiting is not None and waiting.state == STATE


def _compared(ctx: Context) -> Turn:
    turn = ctx.say("sent.other", ctx.button("officer"), ctx.button("menu"))
    return turn.event(NoticeDoubted(text=ctx.text[:WORDS]))
