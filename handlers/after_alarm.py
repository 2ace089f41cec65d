"""After an officer's answer to an alarm: what is written next reaches them at once, and the alarm is open again.

Nobody in danger is asked whether their words may go. Only thanks, and what asks about another matter, leave it settled.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from content.understanding import Decision
from content.understanding.assent import assent
from core.conversation import Turn
from core.questions import QuestionState
from handlers import again, answered, cases, danger
from handlers.context import Context, join
from handlers.routing import Router

router = Router("after_alarm")

ABOUT_IT = ("action:officer", "action:status")  # "họ chưa đến" asks where the help is that an officer promised
_HEARD = re.compile(r"(?:(?:da|vang|u|uh|ok|oke|a)(?: |$))+")


@router.state(cases.ALARM)
def hear(ctx: Context, question: int, told: Sequence[str] = (), *, asked: bool = False, **_: object) -> Turn | None:
    """What is said next; None where it is a matter of its own."""
    one = cases.alarm(ctx)
    if one is None:
        return answered.react(ctx, question)
    if one.state is not QuestionState.OPEN and not ctx.message.attachments:
        if not ctx.text or _another_matter(ctx):
            return None
        if _thanks(ctx, asked=asked):
            return _settled(ctx, told)
    return danger.add(ctx, list(told))


def _another_matter(ctx: Context) -> bool:
    """What clearly asks about one of our matters, or for something else than a person."""
    # By itself: what was talked about before the alarm does not matter.
    alone = replace(ctx, person=replace(ctx.person, conversation=replace(ctx.person.conversation, topic=None)))
    if alone.reading.sure < again.SURE:
        return False
    if alone.reading.decision is Decision.ACTION:
        return alone.reading.labels[0] not in ABOUT_IT
    return danger.asks_besides(alone)


def _thanks(ctx: Context, *, asked: bool) -> bool:
    """Thanks, or that it was read. A yes or a no is an answer where the officer had asked something."""
    if asked and assent(ctx.text) is not None:
        return False
    thanks = ctx.reading.decision is Decision.SMALLTALK and ctx.reading.labels[0] in ("thanks", "bye")
    return thanks or _HEARD.fullmatch(ctx.folded) is not None or answered.CLEAR.fullmatch(ctx.folded) is not None


def _settled(ctx: Context, told: Sequence[str]) -> Turn | None:
    """It stands with the others for the officer to read; nobody owes an answer to it."""
    one, waiting = cases.alarm(ctx), ctx.person.conversation.waiting
    if one is None or waiting is None:
        return None
    more = replace(cases.more_of(ctx, one, ctx.text, ()), settled=True, reopen=False, due_at=None)
    text = join([ctx.fill("danger.thanks"), danger.numbers(ctx, list(told))])
    return ctx.tell(text, ctx.button("menu")).event(more).wait(waiting.state, **waiting.data)
