"""What was not understood: said so, the nearest topics offered, then an officer. Never the same text twice running."""

from collections.abc import Sequence
from dataclasses import replace

from content.understanding import Decision
from content.understanding.talk import too_little
from core.conversation import Misread, Turn
from core.messages import AttachmentKind, Unread
from core.misreadings import Why
from handlers import again, cases, danger, drafts, handover, menu
from handlers.context import Context
from handlers.remarks import NAMED
from handlers.routing import Router
from handlers.typed import names_a_number, spoken_number

router = Router("fallback")

TAKES_FILES = ("handover.words", "handover.confirm", "question.words", "danger.")  # states that want whatever comes
NOTED = {Decision.UNKNOWN: Why.UNKNOWN, Decision.OUT_OF_SCOPE: Why.DECLINED}
TOO_LONG = 2000  # characters; a machine cannot answer well on more, but an officer can


@router.before_all
def unreadable(ctx: Context) -> Turn | None:  # noqa: PLR0911 - a list of what cannot be read, one below the other
    """Files, nothing at all, or far too much: each has its own kind answer."""
    waiting = ctx.person.conversation.waiting
    if (ctx.message.attachments or ctx.message.unread) and (alarm := danger.carry_on(ctx)):
        return alarm
    if waiting is not None and (draft := drafts.same_album(ctx)):
        # The first of them was answered already.
        return Turn().wait(waiting.state if waiting.state in drafts.STATES else drafts.KEPT, **draft)
    if ctx.message.unread in NAMED and not ctx.text and not ctx.message.attachments:
        unseen = ctx.say(f"unread.{ctx.message.unread}", ctx.button("officer"), ctx.button("menu"))
        return _still_waiting(ctx, unseen)
    if waiting is not None and waiting.state.startswith(TAKES_FILES):
        return None
    if len(ctx.text) > TOO_LONG:
        return _too_long(ctx)
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
def send_it(ctx: Context) -> Turn | None:
    """An order to send: what waits is sent; where nothing does, it is gone or sent already, and that is said."""
    if not handover.means_send(ctx):
        return None
    if drafts.pending(ctx.person.conversation) is not None:
        return handover.confirmed(ctx)
    if ctx.person.conversation.waiting is not None:
        return None
    return handover.already(ctx) or ctx.say("cancelled.nothing", ctx.button("topics"), ctx.button("officer"))


@router.before_understanding
def no_such_number(ctx: Context) -> Turn | None:
    """A number that stands on no button; zero leads back to the beginning, in whatever words."""
    offered = ctx.person.conversation.offered
    said = spoken_number(ctx.text) if names_a_number(ctx.text) else None
    if not offered or said is None:
        return None
    if said == 0:
        return menu.menu(ctx)
    return _still_waiting(ctx, ctx.say("no_such_number", *offered, number=str(said), count=len(offered)))


def _kind(ctx: Context) -> str:
    kind = ctx.message.attachments[0].kind
    return {AttachmentKind.IMAGE: "image", AttachmentKind.AUDIO: "audio"}.get(kind, "other")


def _too_long(ctx: Context) -> Turn:
    waiting = ctx.person.conversation.waiting
    asked = waiting is not None and waiting.state not in drafts.STATES and not waiting.state.startswith("question.")
    buttons = (ctx.button("hand_over", "handover"), ctx.button("keep_to_myself", "cancel"))
    if asked:  # what was asked before is the nearer matter
        return _still_waiting(ctx, ctx.say("too_long.asked", ctx.button("officer"), ctx.button("menu")))
    return ctx.say("too_long", *buttons).wait("handover.offered", **_draft(ctx))


def _file(ctx: Context) -> Turn:
    answer = again.beside(ctx)
    if drafts.pending(ctx.person.conversation) is not None:
        return handover.added(ctx, answer)
    if answer is None:
        return _for_an_officer(ctx, f"file.{'beside.' if ctx.text else ''}{_kind(ctx)}")
    buttons = (*cases.take_buttons(ctx), ctx.button("hand_over", "handover"), ctx.button("menu"))
    offered = ctx.say(f"file.beside.{_kind(ctx)}", *buttons)
    return answer.then(offered).wait("handover.offered", **_draft(ctx))


def _for_an_officer(ctx: Context, message_id: str) -> Turn:
    if drafts.pending(ctx.person.conversation) is not None:
        return handover.added(ctx)
    pass_on, later = ctx.button("hand_over", "handover"), ctx.button("will_write", "write_first")
    turn = ctx.say(message_id, *cases.take_buttons(ctx), pass_on, later, ctx.button("keep_to_myself", "cancel"))
    return turn.wait("handover.confirm", **_draft(ctx))


def _draft(ctx: Context) -> drafts.Draft:
    return drafts.with_message(ctx, handover.topic_of(ctx, ctx.person.conversation.topic))


@router.decision(Decision.UNKNOWN)
def unknown(ctx: Context, nearest: Sequence[str] = ()) -> Turn:
    """First the nearest topics, the second time an officer, the third time the words go on (voice.md A13)."""
    waiting = ctx.person.conversation.waiting
    if waiting is not None and waiting.state == "handover.offered" and waiting.data["files"]:
        return handover.added(ctx)  # what is no question of its own is about the picture
    return _noting(ctx, _not_understood(ctx, nearest))


def _not_understood(ctx: Context, nearest: Sequence[str]) -> Turn:
    misses = ctx.person.conversation.misses
    if misses == 0:
        buttons = [ctx.topic_button(one) for one in nearest[:2] if one in ctx.content.topics]
        first = "unknown.first" if buttons else "unknown.no_idea"
        return ctx.say(first, *buttons, ctx.button("other_topics", "topics"), ctx.button("officer")).miss()
    if misses == 1:
        turn = ctx.say("unknown.second", ctx.button("hand_over", "handover"), ctx.button("menu"))
        return turn.wait("handover.offered", text=ctx.text, topic=None, files=[]).miss()
    return handover.ask(ctx, {"text": ctx.text, "topic": None, "files": []}, "handover.offered").miss()


@router.decision(Decision.OUT_OF_SCOPE)
def out_of_scope(ctx: Context, _: Sequence[str] = ()) -> Turn:
    """Not our matter: what can be asked here instead; the second time, an officer."""
    message_id = "out_of_scope.again" if ctx.person.conversation.misses else "out_of_scope"
    return _noting(ctx, ctx.say(message_id, ctx.button("topics"), ctx.button("officer")).miss())


def _noting(ctx: Context, turn: Turn) -> Turn:
    """The turn, with the words for those who teach the machine: not what says too little, nor what an officer gets."""
    why = NOTED.get(ctx.reading.decision)
    writing = drafts.pending(ctx.person.conversation) is not None
    if why is None or writing or ctx.message.payload is not None or too_little(ctx.text, ctx.folded):
        return turn
    return turn.event(Misread(text=ctx.text, why=why))


@router.press("")
def old_button(ctx: Context, _: str = "") -> Turn:
    """A button whose meaning is gone: answered safely."""
    return ctx.say("old_button", ctx.button("topics"), ctx.button("menu"))
