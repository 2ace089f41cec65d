"""Danger first: numbers at once, an officer told at once, no menu (voice.md T39 to T42)."""

from content.understanding import Decision
from core.conversation import QuestionAsked, QuestionExtended, Turn
from core.questions import QuestionState
from handlers.codes import due_at, new_code
from handlers.context import Context, join
from handlers.routing import Router

router = Router("danger")

KINDS = ("violence", "suicide", "hunger", "disaster")


@router.before_all
def danger(ctx: Context) -> Turn | None:
    """Someone may be in danger, in any spelling, whatever the conversation was waiting for."""
    if ctx.message.payload is not None or ctx.reading.decision is not Decision.DANGER:
        return None
    kind = next((one for one in KINDS if one in ctx.reading.labels), KINDS[0])
    where = ctx.fill("danger.where") if ctx.locality is None else ""
    turn = ctx.tell(join([ctx.fill(f"danger.{kind}"), where]))
    # The words go to an officer without asking first: to protect a life needs no consent (Law 91/2025/QH15).
    return alert(ctx, turn).wait("danger.more")


@router.state("danger.more")
def more(ctx: Context) -> Turn | None:
    """Whatever is written next belongs to the alarm: no menu, no topic in between."""
    if not ctx.text and not ctx.message.attachments:
        return None
    return alert(ctx, ctx.say("danger.added", ctx.button("menu"))).wait("danger.more")


def alert(ctx: Context, turn: Turn) -> Turn:
    """The same turn, with an urgent question opened, or the open urgent one extended."""
    known = next((one for one in ctx.person.questions if one.urgent and one.state is QuestionState.OPEN), None)
    if known is not None:
        files = ctx.message.attachments
        return turn.event(QuestionExtended(question_id=known.id, text=ctx.text, attachments=files))
    asked = QuestionAsked(
        code=new_code(ctx.chance), text=ctx.text, topic=None, due_at=due_at(ctx, urgent=True), urgent=True
    )
    return turn.event(asked)


@router.before_all
def fraud(ctx: Context) -> Turn | None:
    """What looks like a fraud gets the warning; no officer is needed for it to be heard."""
    if ctx.message.payload is not None or ctx.reading.decision is not Decision.FRAUD:
        return None
    return ctx.say("fraud", ctx.button("officer"), ctx.button("menu"))
