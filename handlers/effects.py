"""What a notice brought about: who stopped after it, or its kind, and who asked an officer something."""

from core.contacts import ContactStatus, Purpose
from core.conversation import ConsentWithdrawn, Event, NoticeHadEffect, QuestionAsked, Turn, WishesChanged
from core.records import Effect
from core.wishes import Wishes
from handlers.context import Context
from handlers.notice_replies import WITHIN


def noted(ctx: Context, turn: Turn) -> Turn:
    """The turn, with what it does noted for the last notice, if one came lately and nothing was written since."""
    notice = ctx.person.notice
    if notice is None or ctx.now - notice.at > WITHIN:
        return turn
    for effect in dict.fromkeys(filter(None, (_effect(ctx.person.wishes, one) for one in turn.events))):
        turn = turn.event(NoticeHadEffect(campaign_id=notice.campaign_id, effect=effect))
    return turn


def _effect(before: Wishes, event: Event) -> Effect | None:
    match event:
        case WishesChanged(wishes=wishes):
            return _narrowed(before, wishes)
        case ConsentWithdrawn(purpose=Purpose.NOTICES):
            return Effect.STOPPED
        case QuestionAsked():
            return Effect.QUESTION
        case _:
            return None


def _narrowed(before: Wishes, after: Wishes) -> Effect | None:
    if after.status is ContactStatus.ALERTS and before.status is ContactStatus.ACTIVE:
        return Effect.THEME
    if after.muted_until is not None and after.muted_until != before.muted_until:
        return Effect.MUTED
    return Effect.THEME if after.stopped > before.stopped or after.wanted < before.wanted else None
