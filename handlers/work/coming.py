"""Job fairs looked up in the transaction of the turn; who comes and who does not is kept there, with the reminder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from content.catalogue import Catalogue
from content.event_words import (
    employers_text,
    page_link,
    rule_of,
    seats_text,
    short,
    source_text,
    title_text,
    when_text,
    where_text,
)
from content.formatting import date_text
from content.reminding import day_of, the_evening_before
from content.wording import Wording, wording
from core.contacts import Consent, ContactStatus, Purpose
from core.conversation import Event, Person
from core.delivery import NewDelivery
from core.events import (
    CHANGED,
    OFF,
    REMINDED,
    Announced,
    EventJoined,
    EventLeaving,
    EventLeft,
    EventNamed,
    EventsAsked,
    EventStanding,
    EventState,
    FairAsked,
    Seat,
)
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.reminders import Gone
from core.storage import UnitOfWork
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.instead import instead, put
from handlers.work import fair_asked

EVENTS = (EventsAsked, EventJoined, EventNamed, EventLeft, EventLeaving, FairAsked)
MOST = 20  # events that come, one behind the other
MOST_TO_LEAVE = 4  # beside a button that leaves none
YES_OR_NO = (("event_out", "event-out"), ("event_stay", "event-stay"))  # names and payloads
WORDING = "event.kept"  # what somebody reads above the button


class Coming:
    """What people ask and say of job fairs."""

    def __init__(self, content: Catalogue, address: str) -> None:
        self._content, self._address = content, address

    async def act(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """Carry out such an event; gives the replies, the last of theirs with what came of it."""
        if isinstance(happened.event, EventLeaving):
            question = await self._leaving(uow, person, happened.event, now)
            alone = question is not None and len(question.quick_replies) == len(YES_OR_NO)
            if question is None:
                question = replies[happened.own(replies)[-1]].message
            return await instead(uow, happened, replies, question, ends=not alone)
        if isinstance(happened.event, FairAsked):
            return await self._asked_of(uow, person, happened, replies, now)
        said = await self._said(uow, person, happened.event, now)
        if said is None:
            return replies
        return await instead(uow, happened, replies, said)

    async def _said(self, uow: UnitOfWork, person: Person, event: Event, now: datetime) -> OutboundMessage | None:
        match event:
            case EventsAsked(start=start):
                return await self._next(uow, person, start, now)
            case EventJoined():
                return await self._join(uow, person, event, now)
            case EventNamed():
                return await self._name(uow, person, event)
            case EventLeft():
                return await self._leave(uow, person, event.event_id, now)
        return None

    async def _asked_of(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """What the announcement says that they mean, its buttons below; where it is over, the reply stands."""
        assert isinstance(happened.event, FairAsked)  # noqa: S101
        one = await uow.events.get(happened.event.event_id)
        if one is None or one.locality != person.contact.locality or one.state is not EventState.VERIFIED:
            return replies
        if one.standing(now) is EventStanding.OVER:
            return replies
        words, last = wording(person.contact.language), happened.own(replies)[-1]
        text, source = fair_asked.told(one, happened.event.about, words), self._source(one, words, now)
        return put(replies, happened, replace(replies[last].message, text=text, source=source))

    async def _next(self, uow: UnitOfWork, person: Person, start: int, now: datetime) -> OutboundMessage | None:
        found = await uow.events.coming(person.contact.locality or "", now, MOST)
        if start >= len(found):
            return None
        seat = await uow.events.seat(found[start].id, person.contact.id)
        following = start + 1 if start + 1 < len(found) else None
        return self._bubble(wording(person.contact.language), found[start], seat, following, now)

    def _bubble(
        self, words: Wording, one: Announced, seat: Seat | None, following: int | None, now: datetime
    ) -> OutboundMessage:
        event, mine = one.event, seat.number if seat else None
        link = page_link(self._address, one)
        lines = [
            short(title_text(event, words)),
            words.text("event.time", said=when_text(event, words)),
            words.text("event.where", said=short(where_text(event))),
            words.text("event.employers", said=short(employers_text(event))) if event.employers else "",
            words.text("event.bring", said=short(event.bring)) if event.bring else "",
            words.text("event.contact", said=short(event.contact)),
            words.text("event.yours", number=mine) if mine is not None else seats_text(one, words),
            words.text("event.page", link=link) if link else "",
            "" if mine is not None or one.left == 0 else words.text(WORDING),
        ]
        buttons = [] if mine is not None or one.left == 0 else [("event_yes", f"event-yes:{one.id}")]
        buttons += [("course_no", f"event-no:{one.id}") if mine is not None else ("event_no", f"event-pass:{one.id}")]
        buttons += [("event_more", f"events:{following}")] if following is not None else []
        buttons += [("work", "work"), ("officer", "officer")]
        return _message(words, lines, buttons, self._source(one, words, now))

    async def _join(self, uow: UnitOfWork, person: Person, asked: EventJoined, now: datetime) -> OutboundMessage | None:
        one = await uow.events.get(asked.event_id)
        contact, words = person.contact, wording(person.contact.language)
        if one is None or one.locality != contact.locality or one.state is not EventState.VERIFIED:
            return None
        if one.standing(now) is EventStanding.OVER:
            return None
        before = await uow.events.seat(one.id, contact.id)
        seat = await uow.events.take(one.id, contact.id, now)
        if seat is None:
            return self._plain(person, "event.no_seat", one.id, title=short(title_text(one.event, words)))
        if before is None:
            await _agreed(uow, person, one, asked.keep_days, now)
            await uow.audit.append([_entry(now, contact.id, "event.joined", one.id)])
        moment = the_evening_before(one.event.starts_at, now)
        if moment is not None:
            rule = rule_of(REMINDED, one.id)
            await uow.reminders.plan(contact.id, rule, [moment], about=one.event.starts_at, now=now)
        return self._joined(person, one, seat.number, now, late=moment is None)

    def _joined(self, person: Person, one: Announced, number: int, now: datetime, *, late: bool) -> OutboundMessage:
        words = wording(person.contact.language)
        stopped = person.contact.status is ContactStatus.STOPPED
        then = "event.not_reminded" if stopped else "event.changes_told" if late else "event.reminded"
        link = page_link(self._address, one)
        lines = [
            words.text("event.joined", number=number, title=short(title_text(one.event, words))),
            words.text("event.time", said=when_text(one.event, words)),
            words.text("event.where", said=short(where_text(one.event))),
            words.text(then, you=_you(person, words)),
            words.text("event.calendar", link=f"{link}.ics") if link else "",
        ]
        buttons = [("event_name", f"event-name:{one.id}"), ("course_no", f"event-no:{one.id}"), ("menu", "menu")]
        return _message(words, lines, buttons, self._source(one, words, now))

    async def _name(self, uow: UnitOfWork, person: Person, asked: EventNamed) -> OutboundMessage | None:
        contact = person.contact.id
        these = [asked.event_id] if asked.event_id else await uow.events.held(contact)
        named = [one for one in these if await uow.events.name(one, contact, asked.name)]
        return self._plain(person, "event.named", named[0], name=asked.name) if named else None

    async def _leave(self, uow: UnitOfWork, person: Person, number: int, now: datetime) -> OutboundMessage | None:
        contact = person.contact.id
        if not await uow.events.leave(number, contact):
            return None
        for name in (REMINDED, CHANGED, OFF):
            await uow.reminders.call_off(contact, Gone.ASKED, rule_of(name, number))
        if not await uow.events.held(contact):
            await uow.people.withdraw(contact, Purpose.EVENTS)
        await uow.audit.append([_entry(now, contact, "event.left", number)])
        return self._plain(person, "event.left_it", number)

    async def _leaving(
        self, uow: UnitOfWork, person: Person, asked: EventLeaving, now: datetime
    ) -> OutboundMessage | None:
        """Which seat would go, and a yes or a no; of several each has a button of its own. None where there is none."""
        words, mine = wording(person.contact.language), []
        for number in await uow.events.held(person.contact.id):
            one = await uow.events.get(number)
            if one is not None and one.event.ends_at > now and asked.event_id in (0, number):
                mine.append(one)
        if not mine:
            return None
        told = [
            {"title": short(title_text(one.event, words)), "day": date_text(day_of(one.event.starts_at), words.lang)}
            for one in mine[:MOST_TO_LEAVE]
        ]
        if len(mine) == 1:
            message_id = "event.leave_again" if asked.again else "event.leave"
            buttons = [(name, f"{payload}:{mine[0].id}") for name, payload in YES_OR_NO]
            return _message(words, [words.text(message_id, **told[0])], buttons)
        lines = [words.text("event.leave.line", number=at, **one) for at, one in enumerate(told, 1)]
        shown = [
            QuickReply(label=words.text("button.event_out_number", number=at), payload=f"event-out:{one.id}")
            for at, one in enumerate(mine[:MOST_TO_LEAVE], 1)
        ]
        stay = QuickReply(label=words.text("button.event_stay"), payload="event-stay:0")
        text = "\n".join([words.text("event.leave.which"), *lines])
        return OutboundMessage(text=text, quick_replies=(*shown, stay))

    def _source(self, one: Announced, words: Wording, now: datetime) -> str:
        known = one.locality if one.locality in self._content.localities else None
        place = self._content.place(locality=known, on=now.astimezone(LOCAL).date(), lang=words.lang)
        return source_text(one, place, words)

    @staticmethod
    def _plain(person: Person, message_id: str, number: int, **values: object) -> OutboundMessage:
        words = wording(person.contact.language)
        again = [("event_yes", f"event-yes:{number}")] if message_id == "event.left_it" else []
        again += [("course_no", f"event-no:{number}")] if message_id == "event.named" else []
        text = words.text(message_id, you=_you(person, words), **values)
        return _message(words, [text], [*again, ("events", "events"), ("officer", "officer"), ("menu", "menu")])


async def _agreed(uow: UnitOfWork, person: Person, one: Announced, days: int, now: datetime) -> None:
    """That they come is kept until so many days after it; what holds for longer stays as it is."""
    until = one.event.ends_at + timedelta(days=days)
    mine = [each.expires_at for each in person.consents if each.purpose is Purpose.EVENTS]
    consent = Consent(purpose=Purpose.EVENTS, granted_at=now, expires_at=max([until, *mine]), wording=WORDING)
    await uow.people.consent(person.contact.id, consent)
    entry = _entry(now, person.contact.id, "consent.given", one.id)
    await uow.audit.append([replace(entry, detail={"purpose": Purpose.EVENTS.value})])


def _you(person: Person, words: Wording) -> str:
    own = person.contact.address_word if words.lang == "vi" else None
    return own or words.text("address.default")


def _message(
    words: Wording, lines: Sequence[str], buttons: Sequence[tuple[str, str]], source: str | None = None
) -> OutboundMessage:
    shown = tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in buttons)
    return OutboundMessage(text="\n".join(line for line in lines if line), source=source, quick_replies=shown[:5])


def _entry(now: datetime, contact: int, action: str, number: int) -> AuditEntry:
    return AuditEntry(at=now, actor=f"contact:{contact}", action=action, subject=f"event:{number}")
