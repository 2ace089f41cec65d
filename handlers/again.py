"""Answers words that had to wait for something else, as if they had come just now."""

from dataclasses import replace

from core.conversation import Turn
from handlers.context import Context


def answer(ctx: Context, text: str) -> Turn:
    """The turn for `text` in this person's present situation, with nothing awaited."""
    # The table of routers is built from the modules that call this one.
    from handlers import ROUTERS
    from handlers.routing import dispatch

    person = replace(ctx.person, conversation=replace(ctx.person.conversation, waiting=None))
    message = replace(ctx.message, text=text, payload=None, attachments=())
    return dispatch(ROUTERS, replace(ctx, person=person, message=message))
