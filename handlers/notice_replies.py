"""What somebody writes right after a notice: kept with it for its officers, and said so."""

from datetime import timedelta

from content.reminding import Rule, the_evening_before
from core.campaigns import ReplyWords
from core.contacts import Purpose
from core.conversation import (
    CodeAsked,
    ConsentGiven,
    ErasureRequested,
    JoinAgreed,
    JoinCodeTyped,
    JoinOffered,
    NoticeAnswered,
    NoticeDoubted,
    NoticesAsked,
    NoticeTold,
    ReminderAsked,
    RemindersOff,
    SeparationAsked,
    Turn,
)
from core.text import fold
from handlers.context import LOCAL, Context
from handlers.dates import spoken_time
from handlers.selfcheck import check as checks

KEPT_AFTER = timedelta(days=60)  # of a course: the day is kept for a while
WITHIN = timedelta(days=7)  # later words are about something else
DONE = ("selfcheck.result", "request.ready")  # states in which nothing is asked
WORDS = 1_000  # characters that are kept
NO_ANSWER = (
    ReminderAsked
    | RemindersOff
    | NoticeAnswered
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
            turn = turn.event(NoticeAnswered(campaign_id=notice.campaign_id, text=ctx.text[:WORDS], word=one.words[0]))
            return _reminding(ctx, turn, one, notice.campaign_id)
    return None


def _reminding(ctx: Context, turn: Turn, said: ReplyWords, campaign: int) -> Turn:
    """Who signs up for something is told of it the evening before; who says another word is not."""
    rule = f"{Rule.COURSE}:{campaign}"
    moment = the_evening_before(said.remind, ctx.now) if said.remind is not None else None
    if moment is None or said.remind is None:
        return turn.event(RemindersOff(rule=rule))
    local = moment.astimezone(LOCAL)
    told = ctx.fill("reminder.course_set", hour=spoken_time(local.time(), ctx.lang), day=ctx.day_text(local.date()))
    asked = ReminderAsked(rule=rule, moments=(moment,), about=said.remind, campaign_id=campaign)
    consent = ConsentGiven(purpose=Purpose.REMINDERS, expires_at=said.remind + KEPT_AFTER, wording="reminder.kept")
    return turn.then(ctx.tell(told)).event(asked).event(consent)


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
