"""Notices of the ward: stopped with a word at any time, and wanted again with another."""

import re

from content.schema import Theme
from core.contacts import AGREED_FOR, ContactStatus, Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from handlers import fallback
from handlers.context import Context
from handlers.routing import Router
from handlers.subscribing import reading, themes, ways

router = Router("notices")

# States in which "dừng" has a meaning of its own, and those in which words for an officer are being written.
OWN = ("selfcheck", "request", "danger")
DRAFTS = ("handover.", "question.words", "selfcheck.start")
# A word of it, and it is about notices whatever waits.
NAMED = frozenset({"tin", "thong", "theo", "dang", "news", "messages", "notices"})
SENDING = frozenset({"gui", "chuyen", "send", "sending"})
NO_YES = ("locality.choose", "locality.hamlet", "wishes.", "remind.", "notice.")  # where "dung" cannot be "đúng"
# "Không gửi tin này nữa" while one writes to an officer is about what was written; these words are about notices.
_THEIRS = re.compile(
    r"\b(?:nhan|thong bao|tin bao|theo doi|xa|phuong|uy ban|cho (?:toi|tui|em|minh|chau|con|ba|nha)|me|news|notices)\b"
)
_UNSENT = re.compile(
    r"(?:thoi )?(?:khong|dung|khoi)(?: muon)? (?:gui|chuyen) (?:tin|tin nhan|cau|cai)"
    r"(?: (?:nay|do|kia))?(?: (?:nua|dau|a))*"
)
_THIS_KIND = re.compile(r"\b(?:tin|cai|loai|kieu|thong bao)(?: tin)? (?:nay|kia|do|vua roi)\b|\bthis (?:news|one)\b")


@router.before_all
def stopped(ctx: Context) -> Turn | None:
    """ "Dừng" in any spelling, whatever is awaited: where it may mean something else, both are offered."""
    waiting = ctx.person.conversation.waiting
    writing = waiting is not None and waiting.state.startswith(DRAFTS)
    said = ctx.folded.split()
    unsent = writing and _UNSENT.fullmatch(ctx.folded) is not None
    if ctx.message.payload is not None or not (unsent or reading.stops_all(ctx.text)):
        return None
    if waiting is None or not (NAMED.isdisjoint(said) or (writing and _own_words(ctx))):
        return stop(ctx)
    if writing:
        return ctx.say("cancelled.or_stop", ctx.button("notices_stop_all"), ctx.button("menu")).drop()
    unsure = reading.doubtful(ctx.text) and not waiting.state.startswith(NO_YES)
    return None if unsure or waiting.state.startswith(OWN) else stop(ctx)


@router.before_understanding
def left(ctx: Context) -> Turn | None:
    """A bare "dung" that answered nothing: what was begun is left, nothing is sent, and stopping notices is offered."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state.startswith(OWN) or not reading.doubtful(ctx.text):
        return None
    return ctx.say("cancelled.or_stop", ctx.button("notices_stop_all"), ctx.button("menu")).drop()


def _own_words(ctx: Context) -> bool:
    """Whether it is the person's own message that is not to be sent."""
    return not SENDING.isdisjoint(ctx.folded.split()) and not _THEIRS.search(ctx.folded)


@router.action("action:unsubscribe")
def understood(ctx: Context) -> Turn:
    """Words that sound like a wish to stop: done where they say so; else nothing is changed before it is asked."""
    named = reading.theme_meant(ctx.text, ctx.content.themes.values())
    if themes.said(ctx) is not None or (named is None and reading.clearly_stops(ctx.text)):
        return stop(ctx)
    about = reading.about_notices(ctx.text)
    if not about and (named or not themes.agrees(ctx)):
        return fallback.unknown(ctx, ctx.content.themes[named].topics if named else ())
    if ctx.contact.status is ContactStatus.STOPPED:
        return stop(ctx)
    return ways.offer_fewer(ctx, named)


@router.word("dừng nhận tin", "dừng tin", "thôi nhận tin", "không nhận tin nữa", "hủy nhận tin", "stop news")
def stop_in_words(ctx: Context) -> Turn | None:
    """The same in words; "đừng tin" is no such wish."""
    return None if reading.right_or_trust(ctx.text) else stop(ctx)


@router.press("notices-stop")
def stop(ctx: Context, topic: str = "") -> Turn:
    """Nothing is sent from now on but answers; a list of the ward does not change that.

    Below a notice, its kind alone is stopped.
    """
    theme = themes.of_topic(ctx, topic) or themes.said(ctx) or _of_the_notice(ctx)
    if theme is not None:
        return themes.stop(ctx, theme.id)
    if topic:
        return ways.offer_fewer(ctx)  # a kind that the packs no longer have
    if ctx.contact.status is ContactStatus.STOPPED:
        return ctx.say("notices.stopped_before", ctx.button("notices_again"), ctx.button("menu"))
    message_id = "notices.stopped_reminders" if ctx.person.reminders else "notices.stopped"
    turn = ctx.say(message_id, ctx.button("notices_again"), ctx.button("notices_alerts"), ctx.button("menu"))
    return turn.learn(status=ContactStatus.STOPPED).event(ConsentWithdrawn(purpose=Purpose.NOTICES))


def _of_the_notice(ctx: Context) -> Theme | None:
    """The kind of the notice that came last, of which somebody says "dừng tin này"."""
    notice = ctx.person.notice
    if notice is None or ctx.message.payload is not None or not _THIS_KIND.search(ctx.folded):
        return None
    return next(filter(None, (themes.of_topic(ctx, one) for one in notice.topics)), None)


@router.press("notices_stop_all")
def stop_all(ctx: Context, _: str = "") -> Turn:
    """Whatever it was about."""
    return stop(ctx)


@router.press("notices_alerts")
@router.word("chỉ nhận tin bão lũ", "chỉ nhận tin khẩn")
def alerts(ctx: Context, _: str = "") -> Turn:
    """Nothing but what is urgent."""
    if (place := themes.placeless(ctx, "chỉ nhận tin bão lũ")) is not None:
        return place
    turn = ctx.say("notices.alerts", ctx.button("notices_again"), ctx.button("menu"))
    return themes.change(ctx, turn, status=ContactStatus.ALERTS).event(_agreed(ctx))


@router.press("notices_again")
@router.word("nhận tin lại", "nhận lại tin", "news again")
def again(ctx: Context, _: str = "") -> Turn:
    """Whoever had stopped it, or rests, may be written to again: about what they had chosen before."""
    if (place := themes.placeless(ctx, "nhận lại tin")) is not None:
        return place
    if ctx.contact.status is ContactStatus.ACTIVE and not themes.rests(ctx) and not ctx.person.stopped:
        return themes.show(ctx)
    turn = ctx.say("notices.again", ctx.button("wishes"), ctx.button("menu"))
    wants = {"status": ContactStatus.ACTIVE, "muted_until": None, "stopped": frozenset[str]()}
    return themes.change(ctx, turn, **wants).event(_agreed(ctx))


@router.before_understanding
def again_in_own_words(ctx: Context) -> Turn | None:
    """ "Cho bà nhận tin lại"."""
    return again(ctx) if ctx.message.payload is None and reading.again(ctx.text) else None


def _agreed(ctx: Context) -> ConsentGiven:
    return ConsentGiven(purpose=Purpose.NOTICES, expires_at=ctx.now + AGREED_FOR, wording="notices.again")
