"""Whether what was typed may be an answer to the question of ours that waits, before it is taken for anything else."""

from content.selfcheck import reading
from content.selfcheck.steps import question_of
from handlers.context import Context
from handlers.request import fields
from handlers.selfcheck import check as checks

NAME_WORDS = 6  # of a person; what has more is rather a sentence
ASKS = "request.ask"


def may_answer(ctx: Context) -> bool:
    """Whether the words can be read as the answer that is awaited.

    Among answers about one's household many a word sounds like a danger: "hai mẹ con", "chồng mất rồi". What is none of
    them is heard as it is anywhere else.
    """
    waiting, check = ctx.person.conversation.waiting, checks.of(ctx)
    if waiting is None or check is None:
        return False
    if waiting.state == ASKS:
        return _fills_the_field(ctx, check)
    if waiting.state == checks.ASK and check.at is not None:
        question, _ = question_of(checks.questions(ctx), check.at)
        return reading.read(question, ctx.text) is not None
    return waiting.state.startswith("selfcheck.")


def _fills_the_field(ctx: Context, check: checks.Check) -> bool:
    field = next((name for name in fields.FIELDS if name not in check.form), None)
    if field is None or (field == "name" and ctx.folded.count(" ") >= NAME_WORDS):
        return False
    return fields.read(field, ctx.text, ctx.today).again is None
