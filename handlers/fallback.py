"""What was not understood: said so, the nearest topics offered, then an officer. Never the same text twice running."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from content.understanding import Decision
from core.conversation import Turn
from core.messages import AttachmentKind, Unread, attachment_to_json
from core.text import fold
from handlers import again, danger, handover
from handlers.context import Context
from handlers.remarks import NAMED
from handlers.routing import Router

router = Router("fallback")

TAKES_FILES = ("handover.words", "handover.confirm", "question.", "danger.")  # states that want whatever comes
TOO_LONG = 2000  # characters; a machine cannot answer well on more, but an officer can
_POINTS_AT_IT = re.compile(
    r"\b(?:giay|to|anh|hinh|don|cai|tin|thu|so|the|van|bao|tho|nhu|file) (?:nay|ni|do|kia)\b"
    r"|\b(?:trong|xem) (?:anh|hinh)\b|^day la\b"
)
CAN_BE_ANSWERED = (Decision.ANSWER, Decision.SEVERAL, Decision.CAUTION)  # words beside a picture


@router.before_all
def unreadable(ctx: Context) -> Turn | None:  # noqa: PLR0911 - a list of what cannot be read, one below the other
    """Files, nothing at all, or far too much: each has its own kind answer."""
    waiting = ctx.person.conversation.waiting
    if (ctx.message.attachments or ctx.message.unread) and (alarm := danger.carry_on(ctx)):
        return alarm
    if ctx.message.unread in NAMED and not ctx.text and not ctx.message.attachments:
        unseen = ctx.say(f"unread.{ctx.message.unread}", ctx.button("officer"), ctx.button("menu"))
        return _still_waiting(ctx, unseen)
    if waiting is not None and waiting.state.startswith(TAKES_FILES):
        return None
    if len(ctx.text) > TOO_LONG:
        turn = ctx.say("too_long", ctx.button("hand_over", "handover"), ctx.button("menu"))
        return turn.wait("handover.offered", **_draft(ctx))
    if ctx.message.unread in (Unread.CONTACT, Unread.LOCATION):
        return _for_an_officer(ctx, f"unread.{ctx.message.unread}")
    if ctx.message.attachments:
        beside = "beside." if ctx.text else ""
        return _with_answer(ctx) or _for_an_officer(ctx, f"file.{beside}{_kind(ctx)}")
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


def _kind(ctx: Context) -> str:
    kind = ctx.message.attachments[0].kind
    return {AttachmentKind.IMAGE: "image", AttachmentKind.AUDIO: "audio"}.get(kind, "other")


def _with_answer(ctx: Context) -> Turn | None:
    """What the words beside a picture ask is answered; the picture itself is offered to an officer."""
    if ctx.locality is None or _POINTS_AT_IT.search(fold(ctx.text)):
        return None
    # By themselves: words that only go on about the topic before are more likely about the picture.
    if ctx.understanding.read(ctx.text).decision not in CAN_BE_ANSWERED:
        return None
    answer = again.answer(ctx, ctx.text)
    offered = ctx.say(f"file.beside.{_kind(ctx)}", ctx.button("hand_over", "handover"), ctx.button("menu"))
    return answer.then(offered).wait("handover.offered", **_draft(ctx))


def _for_an_officer(ctx: Context, message_id: str) -> Turn:
    turn = ctx.say(message_id, ctx.button("hand_over", "handover"), ctx.button("will_write", "write_first"))
    return turn.wait("handover.confirm", **_draft(ctx))


def _draft(ctx: Context) -> dict[str, Any]:
    files = [attachment_to_json(one) for one in ctx.message.attachments]
    return {"text": ctx.text, "topic": handover.topic_of(ctx, ctx.person.conversation.topic), "files": files}


@router.decision(Decision.UNKNOWN)
def unknown(ctx: Context, nearest: Sequence[str] = ()) -> Turn:
    """First the nearest topics, the second time an officer, the third time the words go on (voice.md A13)."""
    waiting = ctx.person.conversation.waiting
    if waiting is not None and waiting.state == "handover.offered" and waiting.data["files"]:
        return handover.more_words(ctx, **waiting.data)  # what is no question of its own is about the picture
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
