"""What somebody writes right after a notice: kept with it for its officers, and said so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from content.reminding import Rule, the_evening_before
from core.campaigns import ReplyWords
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
    ReminderAsked,
    RemindersOff,
    SeparationAsked,
    Turn,
    WishesChanged,
)
from core.text import fold
from handlers import asking_notices, reminding
from handlers.context import LOCAL, Context
from handlers.dates import spoken_time
from handlers.selfcheck import check as checks

WITHIN = timedelta(days=7)  # later words are about something else
_EITHER = re.compile(r"(?<=[bcdghklmnprstvx])y\Z")
_WHO = "toi tui em minh chau con bac co chu anh chi ong ba"
# Folded words of courtesy around an answer; none that turns it round, or asks.
_BEFORE = frozenset(f"{_WHO} cho xin muon da vang u uh ok thi nha gia dinh va".split())
_AFTER = frozenset(f"{_WHO} cho nhe nha a ah ak di voi luon ngay roi cam on nho giup gium dum can bo".split())
_HINDERED = f"{_WHO} da vang xin loi nha bi ban viec met om nen"
_CANNOT_COME = re.compile(
    rf"(?:(?:{'|'.join(_HINDERED.split())}) )*"
    r"khong (?:(?:the )?(?:di|den|tham gia|tham du)(?: hop| hoc| lop)? duoc|the (?:di|den|tham gia|tham du))"
    rf"(?: (?:{'|'.join(sorted(_AFTER))}|nua|dau|vi|ban|viec|met|om|xa|qua))*"
    r"|(?:sorry )?(?:i |we )?(?:cannot|can not|can t|cant) (?:come|go)(?: sorry)?"
)
DONE = ("selfcheck.result", "request.ready")  # states in which nothing is asked
OWN_WORD = 5  # letters: shorter ones ("có", "1") answer many things, and only the notice just before
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
    | WishesChanged
)


def declared(ctx: Context) -> Turn | None:
    """A word that the notice asked for, in any spelling and however politely, has the answer that the notice gives.

    Such a word is the whole message: nothing else that it could mean goes before it.
    """
    notice = _notice(ctx)
    if ctx.message.payload is not None or not ctx.folded or _busy(ctx):
        return None
    for each in _asking(ctx, notice):
        if (one := _meant(ctx.folded, each.replies)) is not None:
            turn = ctx.tell(one.said(ctx.lang), ctx.button("officer"), ctx.button("menu"))
            turn = turn.event(NoticeAnswered(campaign_id=each.campaign_id, text=ctx.text[:WORDS], word=one.words[0]))
            return _reminding(ctx, turn, one, each.campaign_id)
    return _cannot_come(ctx, notice) if _CANNOT_COME.fullmatch(ctx.folded) else None


def _asking(ctx: Context, notice: NoticeTold | None) -> Sequence[NoticeTold]:
    """The notice just before, and those of the last days with words that mean nothing else."""

    def own(one: ReplyWords) -> bool:
        return all(len(fold(word)) >= OWN_WORD for word in one.words)

    earlier = [replace(one, replies=tuple(filter(own, one.replies))) for one in ctx.person.asking]
    return [*([notice] if notice is not None else []), *earlier]


def _cannot_come(ctx: Context, notice: NoticeTold | None) -> Turn | None:
    """As the button below the reminder says it: nobody has to wait for that, whatever they wrote since."""
    signed_up = [one.campaign_id for one in ctx.person.reminders if one.rule.startswith(f"{Rule.COURSE}:")]
    asked = notice is not None and any(one.remind is not None for one in notice.replies)
    number = notice.campaign_id if asked and notice is not None else next(iter(signed_up), None)
    if number is None:
        return None
    turn = ctx.say("reminder.stays_away", ctx.button("officer"), ctx.button("menu"))
    word = ctx.words.text("button.course_no")
    turn = turn.event(NoticeAnswered(campaign_id=number, text=ctx.text[:WORDS], word=word))
    return turn.event(RemindersOff(rule=f"{Rule.COURSE}:{number}"))


def _meant(said: str, replies: Sequence[ReplyWords]) -> ReplyWords | None:
    """The one whose word stands there alone, or else alone among words of courtesy; None where two do."""
    words = _spelt(said)
    keys = [(one, [_spelt(fold(word)) for word in one.words]) for one in replies]
    exact = [one for one, asked in keys if words in asked]
    polite = [one for one, asked in keys if any(_alone(key, words) for key in asked)]
    found = exact or polite
    return found[0] if exact or len(found) == 1 else None


def _spelt(folded: str) -> list[str]:
    """Words by one spelling of what is written with either letter: "đăng ký", "đăng kí"."""
    return [_EITHER.sub("i", word) for word in folded.split()]


def _alone(key: list[str], words: list[str]) -> bool:
    at = next((at for at in range(len(words)) if words[at : at + len(key)] == key), None)
    return at is not None and _BEFORE.issuperset(words[:at]) and _AFTER.issuperset(words[at + len(key) :])


def _reminding(ctx: Context, turn: Turn, said: ReplyWords, campaign: int) -> Turn:
    """Who signs up for something is told of it the evening before; who says another word is not."""
    rule = f"{Rule.COURSE}:{campaign}"
    moment = the_evening_before(said.remind, ctx.now) if said.remind is not None else None
    if moment is None or said.remind is None:
        return turn.event(RemindersOff(rule=rule))
    local = moment.astimezone(LOCAL)
    told = ctx.fill("reminder.course_set", hour=spoken_time(local.time(), ctx.lang), day=ctx.day_text(local.date()))
    asked = ReminderAsked(rule=rule, moments=(moment,), about=said.remind, campaign_id=campaign)
    return turn.then(ctx.tell(told)).event(asked).event(reminding.agreed(said.remind))


def kept(ctx: Context, turn: Turn) -> Turn:
    """The turn, with any other words kept as an answer to the notice before them, which the person is told.

    Not what was asked for in private or while a question of ours waits, and not what has nothing to do with officers.
    """
    notice = _notice(ctx)
    asked = _busy(ctx) or ctx.message.payload is not None or turn.private
    if notice is None or asked or not ctx.text or not turn.replies:
        return turn
    doubts = turn.waiting is not None and turn.waiting.state == asking_notices.STATE
    if any(isinstance(event, NO_ANSWER) for event in turn.events) or turn.learnt or doubts:
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
