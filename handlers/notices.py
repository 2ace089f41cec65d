"""Notices of the ward: stopped with a word at any time, and wanted again with another."""

from datetime import timedelta

from core.contacts import ContactStatus, Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from handlers import localities
from handlers.context import Context
from handlers.routing import Router

router = Router("notices")

AGREED_FOR = timedelta(days=730)  # as long as a list of the ward is good


@router.action("action:unsubscribe")
@router.word("dừng nhận tin", "dừng tin", "thôi nhận tin", "không nhận tin nữa", "hủy nhận tin", "stop news")
@router.press("notices-stop")
def stop(ctx: Context, _: str = "") -> Turn:
    """Nothing is sent from now on but answers; a list of the ward does not change that."""
    if ctx.contact.status is ContactStatus.STOPPED:
        return ctx.say("notices.stopped_before", ctx.button("notices_again"), ctx.button("menu"))
    turn = ctx.say("notices.stopped", ctx.button("notices_again"), ctx.button("menu"))
    return turn.learn(status=ContactStatus.STOPPED).event(ConsentWithdrawn(purpose=Purpose.NOTICES))


@router.press("notices_again")
@router.word("nhận tin lại", "nhận lại tin", "news again")
def again(ctx: Context, _: str = "") -> Turn:
    """Whoever had stopped it may be written to again."""
    if ctx.contact.status is not ContactStatus.STOPPED:
        return wanted(ctx)
    expires = ctx.now + AGREED_FOR
    given = ConsentGiven(purpose=Purpose.NOTICES, expires_at=expires, wording="notices.again")
    turn = ctx.say("notices.again", *localities.start_buttons(ctx))
    return turn.learn(status=ContactStatus.ACTIVE).event(given)


@router.action("action:subscribe")
def wanted(ctx: Context, _: str = "") -> Turn:
    """Who is written to already hears that; there are no regular notices yet, and others hear so."""
    if ctx.contact.status is ContactStatus.STOPPED:
        return again(ctx)
    if any(one.purpose is Purpose.NOTICES and one.expires_at > ctx.now for one in ctx.person.consents):
        return ctx.say("notices.already", ctx.button("sent"), ctx.button("mydata"), ctx.button("menu"))
    return ctx.say("no_notices", *localities.start_buttons(ctx))
