"""Never a verdict, never a promise: whoever asks for one gets the same plain words, and the right that stays."""

from content.understanding import Decision
from core.conversation import Turn
from handlers.context import Context
from handlers.routing import Router

router = Router("caution")

REVIEW = "household-review"


@router.before_understanding
def no_verdict(ctx: Context) -> Turn | None:
    """Only the chair of the commune's People's Committee recognises a household (Quyết định 24/2021/QĐ-TTg)."""
    if ctx.reading.decision is not Decision.CAUTION:
        return None
    card = ctx.content.card(REVIEW, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    return ctx.say(
        "caution",
        ctx.button("check"),
        ctx.topic_button(REVIEW),
        ctx.topic_button("poverty-standard"),
        ctx.button("officer"),
        source=card.source if card else None,
    ).about(REVIEW)
