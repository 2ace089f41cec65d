"""Answers words that had to wait for something else, as if they had come just now."""

import re
from dataclasses import replace

from content.understanding import Decision
from core.conversation import Turn
from handlers.context import Context

_POINTS_AT_IT = re.compile(
    r"\b(?:giay|to|anh|hinh|don|cai|tin|thu|so|the|van|bao|tho|nhu|file) (?:nay|ni|do|kia)\b"
    r"|\b(?:trong|xem) (?:anh|hinh)\b|^day la\b"
)
# Log odds that 17 of 20 questions of ours have: surely one of its own, not about what came along or was said before.
SURE = 1.8
_ANSWERED = (Decision.ANSWER, Decision.SEVERAL, Decision.CAUTION)
_TELL = ("action:training", "action:jobs", "action:donate", "action:selfcheck")  # told something, nothing is done


def beside(ctx: Context) -> Turn | None:
    """What the words beside a picture ask; None where they ask nothing, or are about the picture."""
    if not ctx.text or ctx.locality is None or _POINTS_AT_IT.search(ctx.folded):
        return None
    # By themselves: words that only go on about the topic before are more likely about the picture.
    reading = ctx.understanding.read(ctx.text)
    told = reading.decision in _ANSWERED or (reading.decision is Decision.ACTION and reading.labels[0] in _TELL)
    if not told or reading.sure < SURE:
        return None
    return answer(ctx, ctx.text)


def answer(ctx: Context, text: str) -> Turn:
    """The turn for `text` in this person's present situation, with nothing awaited."""
    # The table of routers is built from the modules that call this one.
    from handlers import ROUTERS
    from handlers.routing import dispatch

    person = replace(ctx.person, conversation=replace(ctx.person.conversation, waiting=None))
    message = replace(ctx.message, text=text, payload=None, attachments=())
    return dispatch(ROUTERS, replace(ctx, person=person, message=message))
