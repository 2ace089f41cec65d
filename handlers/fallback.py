"""What was not understood: said so, the nearest topics offered, then an officer. Never the same text twice running."""

from collections.abc import Sequence
from dataclasses import replace

from content.understanding import Decision
from core.conversation import Turn
from core.messages import AttachmentKind, Unread, attachment_to_json
from handlers import danger, handover
from handlers.context import Context
from handlers.remarks import NAMED
from handlers.routing import Router

router = Router("fallback")

TAKES_FILES = ("handover.words", "handover.confirm", "question.", "danger.")  # states that want whatever comes
TOO_LONG = 2000  # characters; nobody can be answered well on more, and no channel carries more


@router.before_all
def unreadable(ctx: Context) -> Turn | None:  # noqa: PLR0911 - a list of what cannot be read, one below the other
    """Files, nothing at all, or far too much: each has its own kind answer."""
    waiting = ctx.person.conversation.waiting
    if len(ctx.text) > TOO_LONG:
        return _still_waiting(ctx, ctx.say("too_long", ctx.button("officer"), ctx.button("menu")))
    if (ctx.message.attachments or ctx.message.unread) and (alarm := danger.carry_on(ctx)):
        return alarm
    if ctx.message.unread in NAMED and not ctx.text:
        unseen = ctx.say(f"unread.{ctx.message.unread}", ctx.button("officer"), ctx.button("menu"))
        return _still_waiting(ctx, unseen)
    if waiting is not None and waiting.state.startswith(TAKES_FILES):
        return None
    if ctx.message.unread in (Unread.CONTACT, Unread.LOCATION):
        return _for_an_officer(ctx, f"unread.{ctx.message.unread}")
    if ctx.message.attachments:
        return _file(ctx)
    if not ctx.text and ctx.message.payload is None:
        return _still_waiting(ctx, ctx.say("empty", ctx.button("topics"), ctx.button("officer")))
    return None


def _still_waiting(ctx: Context, turn: Turn) -> Turn:
    # What cannot be read is no answer: what was asked before stays asked.
    return replace(turn, waiting=ctx.person.conversation.waiting)


@router.before_understanding
def no_such_number(ctx: Context) -> Turn | None:
    """A number that stands on no button."""
    offered = ctx.person.conversation.offered
    if not offered or not (ctx.text.isdecimal() and len(ctx.text) < 3):
        return None
    return ctx.say("no_such_number", *offered, number=ctx.text, count=len(offered))


def _file(ctx: Context) -> Turn:
    kind = ctx.message.attachments[0].kind
    message_id = {AttachmentKind.IMAGE: "file.image", AttachmentKind.AUDIO: "file.audio"}.get(kind, "file.other")
    return _for_an_officer(ctx, message_id)


def _for_an_officer(ctx: Context, message_id: str) -> Turn:
    turn = ctx.say(message_id, ctx.button("hand_over", "handover"), ctx.button("will_write", "menu"))
    return turn.wait(
        "handover.confirm",
        text=ctx.text,
        topic=ctx.person.conversation.topic,
        files=[attachment_to_json(one) for one in ctx.message.attachments],
    )


@router.decision(Decision.UNKNOWN)
def unknown(ctx: Context, nearest: Sequence[str] = ()) -> Turn:
    """First the nearest topics, the second time an officer, the third time the words go on (voice.md A13)."""
    misses = ctx.person.conversation.misses
    if misses == 0:
        buttons = [ctx.topic_button(one) for one in nearest[:2] if one in ctx.content.topics]
        first = "unknown.first" if buttons else "unknown.no_idea"
        return ctx.say(first, *buttons, ctx.button("other_topics", "topics"), ctx.button("officer")).miss()
    if misses == 1:
        turn = ctx.say("unknown.second", ctx.button("hand_over", "handover"), ctx.button("menu"))
        return turn.wait("handover.offered", text=ctx.text, topic=None, files=[]).miss()
    return handover.offer(ctx, ctx.text, None).miss()


@router.decision(Decision.OUT_OF_SCOPE)
def out_of_scope(ctx: Context, _: Sequence[str] = ()) -> Turn:
    """Not our matter: what can be asked here instead; the second time, an officer."""
    message_id = "out_of_scope.again" if ctx.person.conversation.misses else "out_of_scope"
    return ctx.say(message_id, ctx.button("topics"), ctx.button("officer")).miss()


@router.press("")
def old_button(ctx: Context, _: str = "") -> Turn:
    """A button whose meaning is gone: answered safely."""
    return ctx.say("old_button", ctx.button("topics"), ctx.button("menu"))
