"""Whether words may answer what is asked about a course or for a survey: a name, a hamlet, "tối"."""

from handlers.context import Context
from handlers.training import joining, surveying

PARTS_OF_DAY = ("toi", "buoi toi")  # without its marks "tối" is "tôi", which alone sounds like despair


def may_answer(ctx: Context) -> bool:
    """A name, a hamlet or a part of the day, where one is waited for."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state not in (joining.STATE, surveying.STATE):
        return False
    if waiting.state == surveying.STATE:
        step = surveying.step_of(ctx, waiting.data)
    else:
        step = joining.step_of(ctx, waiting.data)
    if step == "hours":
        return ctx.folded in PARTS_OF_DAY
    return step in ("name", "hamlet") and len(ctx.folded.split()) <= joining.MOST_WORDS
