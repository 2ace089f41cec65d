"""Greetings, thanks, a first "may I ask", and anger: answered shortly, with the way on."""

from collections.abc import Sequence

from content.understanding import Decision
from core.conversation import Turn
from handlers import localities
from handlers.context import Context
from handlers.routing import Router

router = Router("smalltalk")


@router.decision(Decision.SMALLTALK)
def reply(ctx: Context, labels: Sequence[str] = ()) -> Turn:
    """Each kind its own short answer; nobody is greeted twice for being polite."""
    kind = labels[0] if labels else ""
    if kind == "angry":
        return ctx.say("angry", ctx.button("officer"), ctx.button("topics"))
    if kind == "again":
        return simpler(ctx)
    if ctx.contact.locality is None or kind == "greeting":
        return localities.greeting(ctx)
    return ctx.say("ask_away" if kind == "opening" else "smalltalk", *localities.start_buttons(ctx))


def simpler(ctx: Context) -> Turn:
    """ "Say it again, simply": the first sentence alone, and a person to ask (voice.md V9)."""
    topic = ctx.person.conversation.topic
    known = topic is not None and topic in ctx.content.topics
    card = ctx.content.card(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang) if known and topic else None
    if card is None:
        return ctx.say("ask_away", *localities.start_buttons(ctx))
    first = card.short.split("\n")[0]
    turn = ctx.say("simpler", ctx.button("officer"), ctx.topic_button(card.topic), answer=first, source=card.source)
    return turn.about(card.topic)
