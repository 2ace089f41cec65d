"""Greetings and thanks, answered shortly, with the way on."""

from content.understanding import Decision
from core.conversation import Turn
from core.text import fold
from handlers import localities
from handlers.context import Context
from handlers.routing import Router

router = Router("smalltalk")

GREETING_WORDS = ("chao", "hello", "hi", "alo", "xin")


@router.decision(Decision.SMALLTALK)
def reply(ctx: Context, _: object = None) -> Turn:
    """A greeting is greeted; anything else polite gets "here when needed"."""
    if ctx.contact.locality is None or any(word in fold(ctx.text).split(" ") for word in GREETING_WORDS):
        return localities.greeting(ctx)
    return ctx.say("smalltalk", *localities.start_buttons(ctx))
