"""What a lead becomes by what its person says: kept, dated, with the questions that follow, and a word back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from content.catalogue import Catalogue
from content.following import question_buttons, question_text, short, you_of
from content.formatting import capital
from content.reminding import at, day_of
from content.wording import wording
from core.conversation import Person
from core.leads import (
    AFTER,
    ASKED_IN,
    NEXT,
    PERSON,
    WAITING,
    WORKING,
    Ask,
    Lead,
    LeadAct,
    LeadLine,
    LeadSaid,
    LeadState,
    LeadStep,
    LeadTold,
    NewLead,
    Why,
    asked_on,
    rule_of,
)
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.reminders import Gone
from core.storage import UnitOfWork
from core.work import Posted, Unfit
from handlers.tallying import hamlet_of

_WHY = {Unfit.FAR: Why.FAR, Unfit.WAGE: Why.WAGE, Unfit.HOURS: Why.HOURS}
REASONS = (Why.FAR, Why.WAGE, Why.HARD, Why.REFUSED, Why.OTHER)  # as many as a bubble has buttons
MOST_ASKED_OF = 4  # as many as are told apart by a button each
AID = "legal-aid"
_ALLOWS: Mapping[LeadAct, dict[str, bool]] = {
    LeadAct.AGREED: {"officer": True},
    LeadAct.REFUSED: {"officer": False, "employer": False},
    LeadAct.EMPLOYER_AGREED: {"employer": True},
    LeadAct.EMPLOYER_REFUSED: {"employer": False},
}


async def begin(uow: UnitOfWork, content: Catalogue, person: Person, posted: Posted, now: datetime) -> Lead:
    """Somebody is interested: a lead, and the days on which they are asked what became of it."""
    contact = person.contact
    new = NewLead(
        locality=posted.locality,
        offer_id=posted.id,
        contact_id=contact.id,
        hamlet=hamlet_of(content, contact),
        status=contact.household_status or "",
    )
    lead, fresh = await uow.leads.begin(new, now)
    if fresh:
        await plan(uow, lead, (Ask.BEGAN,), now)
        await uow.audit.append([entry(lead, "begun", PERSON, now)])
    return lead


async def not_fit(uow: UnitOfWork, person: Person, offer_id: int, why: Unfit | None, now: datetime) -> None:
    """They say that it does not suit them after all."""
    lead = await uow.leads.of(person.contact.id, offer_id)
    if lead is not None and lead.state is not LeadState.GAVE_UP:
        reason = _WHY.get(why, Why.OTHER) if why is not None else None
        await move(uow, lead, LeadState.GAVE_UP, LeadStep(at=now, act=LeadState.GAVE_UP), reason)


async def move(uow: UnitOfWork, lead: Lead, to: LeadState, step: LeadStep, why: Why | None = None) -> bool:
    """It stands elsewhere from now on, and what is asked of it is what fits; False where it is not as it was seen."""
    if not await uow.leads.step(lead, to, step, why):
        return False
    for ask, states in ASKED_IN.items():
        if to not in states and lead.contact_id is not None:
            await uow.reminders.call_off(lead.contact_id, Gone.OVER, rule_of(lead.id, ask))
    if to is LeadState.STARTED:
        await uow.work.seat(lead.offer_id)  # the last one taken closes the vacancy by itself
        await plan(uow, lead, (Ask.MONTH, Ask.QUARTER), step.at)
    if to is LeadState.INTERESTED:
        await plan(uow, lead, (Ask.BEGAN,), step.at)
    await uow.audit.append([entry(lead, "moved", step.by, step.at, to=to.value)])
    return True


async def plan(uow: UnitOfWork, lead: Lead, asks: tuple[Ask, ...], now: datetime) -> None:
    """Ask on these days, on none of which the same person is asked something else of this kind."""
    if lead.contact_id is None or lead.silent:
        return
    others = [one for one in await uow.reminders.of(lead.contact_id) if one.rule.startswith("lead:")]
    taken = [day_of(one.due_at) for one in others]
    for ask in asks:
        days = asked_on(ask, day_of(now), taken)
        taken += days
        moments = [at(day) for day in days]
        await uow.reminders.plan(lead.contact_id, rule_of(lead.id, ask), moments, about=now, now=now)


async def said(
    uow: UnitOfWork, content: Catalogue, person: Person, event: LeadSaid | LeadTold, now: datetime
) -> OutboundMessage | None:
    """Keep what somebody says of a vacancy; what they read then. None where they have no such lead."""
    contact = person.contact.id
    if isinstance(event, LeadTold):
        return await _told(uow, content, person, event, now)
    if event.offer_id is None:
        for each in await uow.leads.of_person(contact):
            await _silence(uow, each, now)
        return None
    lead = await uow.leads.of(contact, event.offer_id)
    line = await uow.leads.line(lead.id) if lead is not None else None
    if lead is None or line is None:
        return None
    if isinstance(event.act, LeadAct):
        await _act(uow, lead, event, now)
    elif lead.state is not event.act:
        if event.act not in NEXT[lead.state]:
            return _word(content, person, line, "lead.known", now)
        await move(uow, lead, event.act, LeadStep(at=now, act=event.act), event.why)
    elif event.why is not None:
        step = LeadStep(at=now, act=LeadState.GAVE_UP, text=event.why.value)
        await uow.leads.reason(lead, event.why, step)
    return _back(content, person, line, event, now)


async def _told(
    uow: UnitOfWork, content: Catalogue, person: Person, event: LeadTold, now: datetime
) -> OutboundMessage | None:
    """The same of a vacancy that is not named: the one lead that it fits moves; of several it is asked which."""
    mine = await uow.leads.of_person(person.contact.id)
    working = [one for one in mine if one.state in WORKING]
    waiting = [one for one in mine if one.state in WAITING]
    fits = waiting if event.act is LeadState.STARTED else working
    if event.act is LeadState.GAVE_UP and not working and event.worked:
        fits = waiting
    if event.act is LeadState.STARTED and not waiting and working:
        return _words(content, person, "lead.known", now)
    begun = event.act is not LeadState.MONTH or bool(working)
    fits = fits if begun else waiting
    if len(fits) > 1:
        return await _which(uow, content, person, [(one, _act_of(one, event, now)) for one in fits], now)
    line = await uow.leads.line(fits[0].id) if fits else None
    if line is None:
        return None
    if not begun:  # "still there", of a job of which nobody was told that it began
        text = question_text(Ask.BEGAN, line, person.contact)
        return OutboundMessage(text=text, quick_replies=question_buttons(Ask.BEGAN, fits[0].offer_id, person.contact))
    act = _act_of(fits[0], event, now)
    if act is None:
        return _word(content, person, line, "lead.said.still", now)
    return await said(uow, content, person, LeadSaid(offer_id=fits[0].offer_id, act=act, why=event.why), now)


def _act_of(lead: Lead, event: LeadTold, now: datetime) -> LeadState | None:
    """As which state it is said; None where they are still there and no month has passed since they began."""
    if event.act is not LeadState.MONTH:
        return event.act
    since = now - (lead.started_at or lead.moved_at)
    asked = next((one for one in (Ask.QUARTER, Ask.MONTH) if since.days >= AFTER[one][0]), None)
    state = {Ask.QUARTER: LeadState.QUARTER, Ask.MONTH: LeadState.MONTH}.get(asked) if asked else None
    return None if state is None or state is lead.state else state


async def _which(
    uow: UnitOfWork, content: Catalogue, person: Person, these: list[tuple[Lead, LeadState | None]], now: datetime
) -> OutboundMessage:
    """Of which vacancy they speak: a line and a button for each."""
    words, lines, buttons = wording(person.contact.language), [], []
    for at_, (lead, act) in enumerate(these[:MOST_ASKED_OF], 1):
        line = await uow.leads.line(lead.id)
        named = {"title": short(line.title), "employer": short(line.employer)} if line is not None else {}
        lines.append(words.text("lead.which.line", number=at_, **named))
        label = words.text("button.lead_number", number=at_)
        buttons.append(QuickReply(label=label, payload=_payload(lead.offer_id, act)))
    return OutboundMessage(
        text="\n".join([words.text("lead.which", **_names(content, person, now)), *lines]), quick_replies=tuple(buttons)
    )


def _payload(offer: int, act: LeadState | None) -> str:
    if act is LeadState.STARTED:
        return f"lead-began:{offer}"
    return f"lead-stop:{offer}" if act is LeadState.GAVE_UP else f"lead-still:{offer}:{act or LeadState.MONTH}"


async def _act(uow: UnitOfWork, lead: Lead, event: LeadSaid, now: datetime) -> None:
    assert isinstance(event.act, LeadAct)  # noqa: S101
    if event.act is LeadAct.SILENCED:
        await _silence(uow, lead, now)
        return
    if event.act in _ALLOWS:
        # A number that is not to be had any more is not kept.
        phone = "" if event.act is LeadAct.REFUSED else event.phone or None
        await uow.leads.allow(lead.id, **_ALLOWS[event.act], phone=phone)
    await uow.leads.note(lead.id, LeadStep(at=now, act=event.act))
    await uow.audit.append([entry(lead, event.act.value, PERSON, now)])


async def _silence(uow: UnitOfWork, lead: Lead, now: datetime) -> None:
    if not lead.silent:
        await uow.leads.silence(lead.id)
        await uow.leads.note(lead.id, LeadStep(at=now, act=LeadAct.SILENCED))
        await uow.audit.append([entry(lead, LeadAct.SILENCED.value, PERSON, now)])


def ask_officer(content: Catalogue, person: Person, posted: Posted, now: datetime) -> OutboundMessage:
    """Whether the officer may call: asked as soon as somebody is interested."""
    words, phone = wording(person.contact.language), person.contact.phone
    told = {**_names(content, person, now), **({"phone": phone} if phone else {})}
    text = words.text("lead.ask_officer_known" if phone else "lead.ask_officer", **told)
    buttons = (("lead_share", f"lead-share:{posted.id}"), ("lead_chat", f"lead-chat:{posted.id}"))
    more = (("work_see", "work"), ("officer", "officer"))
    return OutboundMessage(text=text, quick_replies=_buttons(person, (*buttons, *more)))


def _back(content: Catalogue, person: Person, line: LeadLine, event: LeadSaid, now: datetime) -> OutboundMessage:
    offer = line.lead.offer_id
    if event.act is LeadAct.AGREED:
        yes, no = (f"lead-employer:{offer}:{one}" for one in ("yes", "no"))
        return _word(content, person, line, "lead.ask_employer", now, ("lead_employer", yes), ("lead_no", no))
    if event.act is LeadState.GAVE_UP and event.why is None:
        reasons = [(f"lead_why_{one}", f"lead-why:{offer}:{one}") for one in REASONS]
        return _word(content, person, line, "lead.ask_why", now, *reasons)
    if event.act is LeadState.GAVE_UP and event.why is Why.UNPAID:
        message = _word(content, person, line, "lead.said.unpaid", now, ("officer", "officer"), ("work_see", "work"))
        known = content.topics.get(AID)
        label = known.button.get(person.contact.language) if known is not None else ""
        aid = (QuickReply(label=label, payload=f"topic:{AID}"),) if label else ()
        return replace(message, quick_replies=(message.quick_replies[0], *aid, *message.quick_replies[1:]))
    name = f"lead.said.{event.act}"
    return _word(content, person, line, name, now)


def _words(content: Catalogue, person: Person, name: str, now: datetime) -> OutboundMessage:
    text = wording(person.contact.language).text(name, **_names(content, person, now))
    shown = (("work_see", "work"), ("officer", "officer"), ("menu", "menu"))
    return OutboundMessage(text=text, quick_replies=_buttons(person, shown))


def _word(
    content: Catalogue, person: Person, line: LeadLine, name: str, now: datetime, *buttons: tuple[str, str]
) -> OutboundMessage:
    words = wording(person.contact.language)
    told = {**_names(content, person, now), "title": short(line.title), "employer": short(line.employer)}
    shown = buttons or (("work_see", "work"), ("officer", "officer"), ("menu", "menu"))
    return OutboundMessage(text=words.text(name, **told), quick_replies=_buttons(person, shown))


def _names(content: Catalogue, person: Person, now: datetime) -> dict[str, str]:
    words, locality = wording(person.contact.language), person.contact.locality
    known = locality if locality in content.localities else None
    place = content.place(locality=known, on=day_of(now), lang=words.lang)
    you = you_of(person.contact, words)
    return {"you": you, "You": capital(you), "place": place, "Place": capital(place)}


def _buttons(person: Person, shown: tuple[tuple[str, str], ...]) -> tuple[QuickReply, ...]:
    words = wording(person.contact.language)
    return tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown)


def entry(lead: Lead, act: str, by: str, now: datetime, **detail: str) -> AuditEntry:
    """What the log keeps of it."""
    actor = f"contact:{lead.contact_id}" if by == PERSON else f"officer:{by}"
    return AuditEntry(at=now, actor=actor, action=f"lead.{act}", subject=f"lead:{lead.id}", detail=dict(detail))
