"""What somebody writes right after a notice: kept with it for its officers, and said so."""

from datetime import timedelta

from core.conversation import (
    CodeAsked,
    ErasureRequested,
    JoinAgreed,
    JoinCodeTyped,
    JoinOffered,
    NoticeAnswered,
    NoticeDoubted,
    NoticesAsked,
    NoticeTold,
    SeparationAsked,
    Turn,
)
from core.text import fold
from handlers.context import Context
from handlers.selfcheck import check as checks

WITHIN = timedelta(days=7)  # later words are about something else
DONE = ("selfcheck.result", "request.ready")  # states in which nothing is asked
WORDS = 1_000  # characters that are kept
NO_ANSWER = (
    NoticeAnswered
    | NoticeDoubted
    | NoticesAsked
    | ErasureRequested
    | CodeAsked
    | JoinOffered
    | JoinCodeTyped
    | JoinAgreed
    | SeparationAsked
)


def declared(ctx: Context) -> Turn | None:
    """A word that the notice asked for, with or without marks, has the answer that the notice gives.

    Such a word is the whole message: nothing else that it could mean goes before it.
    """
    notice = _notice(ctx)
    if notice is None or ctx.message.payload is not None or not ctx.folded or _busy(ctx):
        return None
    for one in notice.replies:
        if ctx.folded in {fold(word) for word in one.words}:
            turn = ctx.tell(one.said(ctx.lang), ctx.button("officer"), ctx.button("menu"))
            return turn.event(NoticeAnswered(campaign_id=notice.campaign_id, text=ctx.text[:WORDS], word=one.words[0]))
    return None


def kept(ctx: Context, turn: Turn) -> Turn:
    """The turn, with any other words kept as an answer to the notice before them, which the person is told.

    Not what was asked for in private or while a question of ours waits, and not what has nothing to do with officers.
    """
    notice = _notice(ctx)
    asked = _busy(ctx) or ctx.message.payload is not None or turn.private
    if notice is None or asked or not ctx.text or not turn.replies:
        return turn
    if any(isinstance(event, NO_ANSWER) for event in turn.events) or turn.learnt:
        return turn
    event = NoticeAnswered(campaign_id=notice.campaign_id, text=ctx.text[:WORDS])
    if turn.missed:
        # Not understood as a question: then it is an answer, and nothing else.
        return ctx.say("notice.answered", ctx.button("officer"), ctx.button("menu")).event(event)
    return turn.then(ctx.tell(ctx.fill("notice.kept"))).event(event)


def _busy(ctx: Context) -> bool:
    """Whether a question of ours waits, an alarm, or a self-check that goes on after something else was asked."""
    waiting, check = ctx.person.conversation.waiting, checks.of(ctx)
    open_ = check is not None and (check.at is not None or (bool(check.form) and "sent" not in check.form))
    return open_ or (waiting is not None and waiting.state not in DONE)


def _notice(ctx: Context) -> NoticeTold | None:
    notice = ctx.person.notice
    return notice if notice is not None and ctx.now - notice.at <= WITHIN else None
