"""What people say of notices and reminders, and whether they let us in, is written down in the turn's transaction."""

from datetime import datetime, timedelta

from core.conversation import (
    Event,
    NoticeAnswered,
    NoticeHadEffect,
    ReachChanged,
    ReminderAsked,
    RemindersOff,
    WishesChanged,
)
from core.job_news import ABOUT
from core.reminders import Gone
from core.storage import UnitOfWork
from core.wishes import turned_down

MISSED_FOR = timedelta(days=7)  # replies that somebody missed while they had blocked us are sent after all


async def act(uow: UnitOfWork, contact: int, event: Event, now: datetime) -> bool:
    """Carry out such an event; False for any other."""
    match event:
        case NoticeAnswered():
            # A page may send any number: what somebody never got they do not answer.
            if not await uow.campaigns.went_to(event.campaign_id, contact):
                return True
            await uow.campaigns.answered(event.campaign_id, contact, event.text, event.word, now)
        case NoticeHadEffect():
            await uow.campaigns.affected(event.campaign_id, contact, event.effect, now)
        case WishesChanged(wishes=wishes):
            await uow.people.wish(contact, wishes.wanted, wishes.stopped)
            await uow.campaigns.cancel_unwanted(contact, wishes, now)
            if turned_down(ABOUT, wishes, now) is not None:
                await uow.job_news.take_back(contact, now)
        case ReminderAsked():
            await uow.reminders.plan(
                contact, event.rule, event.moments, about=event.about, now=now, campaign_id=event.campaign_id
            )
        case RemindersOff():
            await uow.reminders.call_off(contact, Gone.ASKED, event.rule)
        case ReachChanged():
            await uow.people.refuse(event.urn, event.refusal, now)
            if event.refusal is None:
                await uow.outbox.try_again(event.urn, since=now - MISSED_FOR, now=now)
        case _:
            return False
    return True
