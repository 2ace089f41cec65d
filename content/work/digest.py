"""What somebody reads of new offers: all of them in one message, each with why it suits, and how to go on or stop."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from content.catalogue import Catalogue
from content.formatting import capital, date_text
from content.wording import Wording, wording
from content.work.wording import because_text, line, place_text, short, until_text, wage_text
from core.caps import LOCAL
from core.contacts import Contact
from core.messages import OutboundMessage, QuickReply
from core.suiting import Match
from core.work import OfferKind, Posted

WITHIN = timedelta(days=2)  # later than this it is news no more
SHORT = 60  # characters of a name: up to three offers stand in one message


def digest(content: Catalogue, contact: Contact, found: Sequence[Match], now: datetime) -> OutboundMessage:
    """One message of these offers, the best first; it is not sent when the first of them is over."""
    words, today = wording(contact.language), now.astimezone(LOCAL).date()
    place = content.place(locality=contact.locality, on=today, lang=words.lang)
    head = words.text("job_news.head", Place=capital(place), count=len(found))
    parts = [_offer(number, one, words) for number, one in enumerate(found, 1)]
    return OutboundMessage(
        text="\n".join((head, *parts, words.text("job_news.stop"))),
        source=_source(found, words, place, today),
        quick_replies=_buttons(found, words),
        expires_at=min(now + WITHIN, *(_end_of(one.posted.offer.deadline) for one in found)),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LOCAL)


def _offer(number: int, match: Match, words: Wording) -> str:
    offer = match.posted.offer
    title, employer = short(offer.title, SHORT), short(offer.employer, SHORT)
    lines = [
        words.text(f"job_news.{offer.kind.value}", number=number, title=title, employer=employer),
        place_text(match, words, SHORT),
        wage_text(offer, words) if offer.kind is OfferKind.VACANCY else line(words, "work.support", offer.support),
        until_text(match.posted, words),
        because_text(match, words),
    ]
    return "\n".join(one for one in lines if one)


def _source(found: Sequence[Match], words: Wording, place: str, today: date) -> str:
    if len(found) > 1:
        return words.text("job_news.source", place=place)
    posted = found[0].posted
    day = date_text(_verified(posted, today), words.lang)
    return words.text("work.source", employer=short(posted.offer.employer), place=place, day=day)


def _verified(posted: Posted, today: date) -> date:
    return today if posted.verified_at is None else posted.verified_at.astimezone(LOCAL).date()


def _buttons(found: Sequence[Match], words: Wording) -> tuple[QuickReply, ...]:
    """That one suits, that there is more, and no more of this: all of them lead into "việc cho tôi"."""
    shown = [
        QuickReply(
            label=words.text("button.job_news_yes", number=number) if len(found) > 1 else words.text("button.work_yes"),
            payload=f"work-yes:{one.posted.id}",
        )
        for number, one in enumerate(found, 1)
    ]
    kind = found[0].posted.offer.kind.value
    return (
        *shown,
        QuickReply(label=words.text("button.work_more"), payload=f"work-list:{kind}:0"),
        QuickReply(label=words.text("button.job_news_stop"), payload="theme-stop:jobs"),
    )
