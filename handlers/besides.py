"""A question in the middle of a form of ours: it is answered, and the form's question comes again below the answer."""

import re

from content.understanding import Decision
from core.conversation import Turn
from core.text import fold
from handlers import again
from handlers.context import Context

# What surely asks, in folded words. Single ones are left out: "ai", "sao" and "may" are names, and trades.
_ASKS = re.compile(
    r"\b(?:bao nhieu|bao lau|bao gio|khi nao|chung nao|hoi nao|may gio|may ngay|may buoi|may thang|may bua|o dau"
    r"|cho nao|the nao|lam sao|sao vay|tai sao|vi sao|cho ai|ban ai|ai mua|gap ai|hoi ai|nguoi nao|lop nao|viec nao"
    r"|cai nao|la gi|lam gi vay|gi vay|gi nua|giay gi|nghe gi"
    r"|how|what|when|where|which|why|who)\b"
    r"|\b(?:co|duoc|phai|can|con|da|het) (?:\w+ ){0,8}(?:khong|chua)"
    r"(?: (?:a|vay|ha|ta|nhi|the|em|chi|anh|co|chu|ban|can bo))*$"
    r"|\bduoc (?:khong|chua)\b"
)
_KNOWN = (Decision.ANSWER, Decision.SEVERAL, Decision.CHOOSE, Decision.CAUTION)
# Log odds: in a form most words are about the form. Less sure, and the card of another matter would be no answer.
_SURE, _ACT_SURE = 3.0, 2.0


def asks(text: str) -> bool:
    """Whether words plainly ask something, and are no answer.

    >>> [asks(one) for one in ("co mat tien ko", "hoc may gio", "Nguyen Thi Ai", "khong", "thôn 3?")]
    [True, True, False, False, True]
    """
    return "?" in text or _ASKS.search(fold(text)) is not None


def beside(ctx: Context, question: Turn) -> Turn:
    """The answer to what somebody asks in the middle of a form, and the form's question again."""
    reading = ctx.reading
    sure = _ACT_SURE if reading.decision is Decision.ACTION else _SURE
    if reading.decision not in (*_KNOWN, Decision.ACTION) or reading.sure < sure:
        return ctx.say("besides.unknown", ctx.button("officer")).then(question)
    told = again.answer(ctx, ctx.text)
    # What looks something up, or asks something itself, is another matter that has begun.
    return told if told.waiting is not None or told.events else told.then(question)
