"""How a vacancy or a course is told: what it is, why it suits, and whose word it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from content.formatting import capital, date_text
from content.reminding import day_of
from content.wording import Wording
from content.work.wording import because_text, line, place_text, short, until_text, wage_text
from core.leads import WORKING, Lead
from core.messages import OutboundMessage, QuickReply
from core.suiting import Match
from core.work import OfferKind, Posted


def bubble(
    match: Match, number: int, following: int | None, words: Wording, verified: tuple[str, date]
) -> OutboundMessage:
    """One offer with its buttons; `following` is the next one's place in the list, `verified` is where and when."""
    posted, offer = match.posted, match.posted.offer
    kind = offer.kind.value
    lines = [
        words.text(f"work.{kind}", number=number, title=short(offer.title), employer=short(offer.employer)),
        place_text(match, words),
        wage_text(offer, words) if offer.kind is OfferKind.VACANCY else "",
        line(words, "work.hours", offer.hours),
        line(words, "work.length", offer.length),
        words.text("work.opens", day=date_text(offer.opens, words.lang)) if offer.opens else "",
        words.text("work.age", age=offer.age_from) if offer.age_from else "",
        words.text("work.health", health=short(offer.health), basis=short(offer.basis)) if offer.health else "",
        line(words, "work.degree", offer.degree),
        line(words, "work.papers", offer.papers),
        line(words, "work.lodging", offer.lodging),
        line(words, "work.support", offer.support),
        line(words, "work.priority", offer.priority),
        until_text(posted, words),
        because_text(match, words),
    ]
    return OutboundMessage(
        text="\n".join(one for one in lines if one),
        source=source(posted, words, verified),
        quick_replies=_buttons(match, following, words),
    )


def noted(message: OutboundMessage, lead: Lead, you: str, words: Wording) -> OutboundMessage:
    """The same of a vacancy for which somebody spoke before: since when, and what can be said of it now."""
    working = lead.state in WORKING
    since = (lead.started_at or lead.moved_at) if working else lead.begun_at
    said = words.text(
        "work.begun_on" if working else "work.interested_on",
        You=capital(you),
        day=date_text(day_of(since), words.lang),
    )
    stays = [] if working else [("lead_began", f"lead-began:{lead.offer_id}")]
    stays.append(("lead_left" if working else "lead_out", f"lead-stop:{lead.offer_id}"))
    others = [one for one in message.quick_replies if not one.payload.startswith(("work-yes:", "work-no:"))]
    return replace(message, text=f"{said}\n{message.text}", quick_replies=(*_pressed(stays, words), *others))


def source(posted: Posted, words: Wording, verified: tuple[str, date]) -> str:
    """Whose word it is, and where and when it was looked at."""
    place, day = verified
    employer = short(posted.offer.employer)
    return words.text("work.source", employer=employer, place=place, day=date_text(day, words.lang))


def seen_all(words: Wording) -> OutboundMessage:
    """Nothing is new to them, and something that suits they have seen."""
    shown = [("work_again", f"work-list:{OfferKind.VACANCY}:0"), ("events", "events")]
    shown += [("work_change", "work-change"), ("officer", "officer")]
    return OutboundMessage(text=words.text("work.none_new"), quick_replies=_pressed(shown, words))


def plain_bubble(
    match: Match, number: int, following: int | None, words: Wording, verified: tuple[str, date]
) -> OutboundMessage:
    """The same for who keeps nothing here: whom to ask stands in it, for nothing can be noted for them."""
    message = bubble(match, number, following, words, verified)
    kind = match.posted.offer.kind.value
    shown = [("work_more", f"work-browse:{kind}:{following}")] if following is not None else []
    shown += [("work_suiting", "work-ask"), ("officer", "officer"), ("menu", "menu")]
    buttons = tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown)
    return replace(message, text=f"{message.text}\n{contact_text(match.posted, words)}", quick_replies=buttons)


def with_next_of(message: OutboundMessage, trade: str, following: int | None, words: Wording) -> OutboundMessage:
    """The same with the next of its trade, or with all others behind the last one, in the place of the job fairs."""
    name, payload = ("work_see", f"work-browse:{OfferKind.VACANCY}:0")
    if following is not None:
        name, payload = ("work_more", f"work-trade:{trade}:{following}")
    more = QuickReply(label=words.text(f"button.{name}"), payload=payload)
    kept = [one for one in message.quick_replies if one.payload != "events"]
    at = next((place for place, one in enumerate(kept) if not one.payload.startswith(("work-yes", "work-no"))), 0)
    return replace(message, quick_replies=(*kept[:at], more, *kept[at:]))


def contact_text(posted: Posted, words: Wording) -> str:
    """Whom to ask; the officers where the offer names nobody."""
    contact = posted.offer.contact
    return words.text("work.contact", contact=short(contact)) if contact else words.text("work.no_contact")


def _buttons(match: Match, following: int | None, words: Wording) -> tuple[QuickReply, ...]:
    number, kind = match.posted.id, match.posted.offer.kind.value
    course = match.posted.offer.kind is OfferKind.COURSE
    suits = ("course_join", f"course-join:{number}") if course else ("work_yes", f"work-yes:{number}")
    shown = [suits, ("work_no", f"work-no:{number}")]
    shown += [("work_more", f"work-list:{kind}:{following}")] if following is not None else []
    shown += [] if following is not None else [("events", "events")]
    shown += [("work_change", "work-change"), ("officer", "officer")]
    return _pressed(shown, words)


def _pressed(shown: Sequence[tuple[str, str]], words: Wording) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown)
