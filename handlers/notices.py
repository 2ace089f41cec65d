"""Notices of the ward: stopped with a word at any time, and wanted again with another."""

from datetime import timedelta

from core.contacts import ContactStatus, Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from handlers.context import Context
from handlers.routing import Router
from handlers.subscribing import reading, themes

router = Router("notices")

AGREED_FOR = timedelta(days=730)  # as long as a list of the ward is good
# States in which "dừng" has a meaning of its own, and those in which words for an officer are being written.
OWN = ("selfcheck", "request", "danger")
DRAFTS = ("handover.", "question.words", "selfcheck.start")
NAMED = frozenset({"tin", "thong", "theo", "dang", "news"})  # a word of it, and it is about notices whatever waits


@router.before_all
def stopped(ctx: Context) -> Turn | None:
    """ "Dừng" in any spelling, whatever is awaited: where it may mean something else, both are offered."""
    if ctx.message.payload is not None or not reading.stops_all(ctx.text):
        return None
    waiting = ctx.person.conversation.waiting
    if waiting is None or not NAMED.isdisjoint(ctx.folded.split()):
        return stop(ctx)
    if waiting.state.startswith(DRAFTS):
        return ctx.say("cancelled.or_stop", ctx.button("notices_stop_all"), ctx.button("menu")).drop()
    return None if reading.doubtful(ctx.text) or waiting.state.startswith(OWN) else stop(ctx)


@router.action("action:unsubscribe")
@router.word("dừng nhận tin", "dừng tin", "thôi nhận tin", "không nhận tin nữa", "hủy nhận tin", "stop news")
@router.press("notices-stop")
def stop(ctx: Context, topic: str = "") -> Turn:
    """Nothing is sent from now on but answers; a list of the ward does not change that.

    Below a notice, its kind alone is stopped.
    """
    theme = themes.of_topic(ctx, topic) or themes.said(ctx)
    if theme is not None:
        return themes.stop(ctx, theme.id)
    if ctx.contact.status is ContactStatus.STOPPED:
        return ctx.say("notices.stopped_before", ctx.button("notices_again"), ctx.button("menu"))
    turn = ctx.say("notices.stopped", ctx.button("notices_again"), ctx.button("notices_alerts"), ctx.button("menu"))
    return turn.learn(status=ContactStatus.STOPPED).event(ConsentWithdrawn(purpose=Purpose.NOTICES))


@router.press("notices_stop_all")
def stop_all(ctx: Context, _: str = "") -> Turn:
    """Whatever it was about."""
    return stop(ctx)


@router.press("notices_alerts")
def alerts(ctx: Context, _: str = "") -> Turn:
    """Nothing but what is urgent."""
    turn = themes.change(ctx, ctx.say("notices.alerts", ctx.button("notices_again"), ctx.button("menu")))
    return turn.learn(status=ContactStatus.ALERTS).event(_agreed(ctx))


@router.press("notices_again")
@router.word("nhận tin lại", "nhận lại tin", "news again")
def again(ctx: Context, _: str = "") -> Turn:
    """Whoever had stopped it, or rests, may be written to again: about what they had chosen before."""
    if ctx.contact.status is ContactStatus.ACTIVE and not themes.rests(ctx) and not ctx.person.stopped:
        return themes.show(ctx)
    turn = ctx.say("notices.again", ctx.button("wishes"), ctx.button("menu"))
    turn = themes.change(ctx, turn, muted_until=None, stopped=frozenset())
    return turn.learn(status=ContactStatus.ACTIVE, muted_until=None).event(_agreed(ctx))


def _agreed(ctx: Context) -> ConsentGiven:
    return ConsentGiven(purpose=Purpose.NOTICES, expires_at=ctx.now + AGREED_FOR, wording="notices.again")
