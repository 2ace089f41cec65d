"""What officers do with leads: who waits for a word, moving one on, writing into the person's chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.catalogue import Catalogue
from content.following import short
from content.reminding import day_of
from content.wording import wording
from core.conversation import Person
from core.delivery import NewDelivery
from core.errors import ChungTayError, NotFoundError, StaleError
from core.leads import NEXT, Lead, LeadAct, LeadLine, LeadState, LeadStep, Why
from core.messages import OutboundMessage, QuickReply
from core.officers import Officer, Right
from core.storage import Storage, UnitOfWork
from handlers.permission import demand
from handlers.reported import Acting, WrongFigureError
from handlers.turns import FORGET_AFTER
from handlers.typed import with_numbers
from handlers.work import led

TOPIC = "job-connection"  # whose offices the plan names for it
MOST_TEXT = 700  # characters of what an officer writes into a chat
MOST_NOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an officer says when they move a lead on."""

    to: LeadState
    seen: int  # the version of the lead that they looked at
    text: str = ""
    why: Why | None = None


def offices(content: Catalogue, locality: str, on: date) -> Sequence[str]:
    """The offices of a place that look after it: those the plan names for finding work; "" for all of it."""
    return ("", *content.office(TOPIC, locality=locality, on=on).offices)


def may(content: Catalogue, officer: Officer, right: Right, locality: str, on: date) -> bool:
    """Whether somebody has the right for leads of a place: for all of it, or for an office that looks after work."""
    return any(officer.may(right, localities=[locality], office=one) for one in offices(content, locality, on))


def places(content: Catalogue, officer: Officer, right: Right, on: date) -> list[str]:
    """The places whose leads they may see or act on."""
    return [one for one in content.localities if may(content, officer, right, one, on)]


async def find(storage: Storage, number: int) -> LeadLine:
    """A lead with its person and vacancy. Raises NotFoundError."""
    async with storage.read() as uow:
        found = await uow.leads.line(number)
    if found is None:
        raise NotFoundError("no such lead", where=str(number))
    return found


async def demand_right(storage: Storage, content: Catalogue, locality: str, right: Right, acting: Acting) -> None:
    """Raises NotAllowedError, and leaves an entry in the log, where this officer may not do this there."""
    async with storage.read() as uow:
        known = await uow.officers.find(acting.officer)
    named = offices(content, locality, day_of(acting.now))
    holds = [one for one in named if known is not None and known.may(right, localities=[locality], office=one)]
    office, subject = (holds or [""])[0], f"leads:{locality}"
    await demand(storage, acting.officer, right, localities=[locality], office=office, subject=subject, now=acting.now)


async def move(storage: Storage, content: Catalogue, lead: Lead, said: Said, acting: Acting) -> None:
    """Say where somebody stands now. A form that was sent before changes nothing.

    Raises NotAllowedError; WrongFigureError where a reason is missing; StaleError where it is not as it was seen.
    """
    await demand_right(storage, content, lead.locality, Right.ANSWER, acting)
    note, to = said.text.strip(), said.to
    if to is LeadState.GAVE_UP and said.why is None:
        raise WrongFigureError({"why": "empty"})
    if len(note) > MOST_NOTE:
        raise WrongFigureError({"note": "long"})
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        now = await uow.leads.get(lead.id)
        step = LeadStep(at=acting.now, act=to, by=acting.officer, text=note)
        stale = now is None or now.version != said.seen or to not in NEXT[now.state]
        if now is None or stale or not await led.move(uow, now, to, step, said.why):
            raise StaleError("it was changed meanwhile", where=f"lead:{lead.id}", mend="look at it again")
        await uow.commit()


async def write(storage: Storage, content: Catalogue, lead: Lead, text: str, acting: Acting) -> None:
    """Write into the person's chat about it; whoever was waited for is contacted by that.

    Raises NotAllowedError; WrongFigureError where nothing or too much was written; ChungTayError where nobody is there.
    """
    await demand_right(storage, content, lead.locality, Right.ANSWER, acting)
    text = text.replace("\r\n", "\n").strip()
    if not 0 < len(text) <= MOST_TEXT:
        raise WrongFigureError({"text": "long" if text else "empty"})
    async with storage.write() as uow:
        line = await uow.leads.line(lead.id)
        contact = line.lead.contact_id if line is not None else None
        person = await uow.people.get(contact) if contact is not None else None
        urns = await uow.people.addresses(contact) if contact is not None else []
        if line is None or person is None or not urns:
            raise ChungTayError("nobody can be written to", where=f"lead:{lead.id}", mend="call them, or go there")
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        message = await _shown(uow, person, _told(content, person, line, text, acting), acting)
        key = f"lead:{lead.id}:{int(acting.now.timestamp() * 1_000_000)}"
        await uow.outbox.add(
            [NewDelivery(dedup_key=key, urn=urns[0], contact_id=contact, message=message, available_at=acting.now)]
        )
        await uow.leads.note(lead.id, LeadStep(at=acting.now, act=LeadAct.WROTE, by=acting.officer, text=text))
        if line.lead.state is LeadState.INTERESTED:
            step = LeadStep(at=acting.now, act=LeadState.CONTACTED, by=acting.officer)
            await led.move(uow, line.lead, LeadState.CONTACTED, step)
        await uow.audit.append([led.entry(line.lead, LeadAct.WROTE.value, acting.officer, acting.now)])
        await uow.commit()


def _told(content: Catalogue, person: Person, line: LeadLine, text: str, acting: Acting) -> OutboundMessage:
    words = wording(person.contact.language)
    place = content.place(locality=line.lead.locality, on=day_of(acting.now), lang=words.lang)
    offer = line.lead.offer_id
    shown = (("lead_began", f"lead-began:{offer}"), ("lead_stop", f"lead-stop:{offer}"), ("officer", "officer"))
    buttons = tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown)
    told = words.text("lead.wrote", place=place, title=short(line.title), text=text)
    return OutboundMessage(text=told, quick_replies=buttons)


async def _shown(uow: UnitOfWork, person: Person, message: OutboundMessage, acting: Acting) -> OutboundMessage:
    """Its buttons may be typed, as those of every bubble."""
    before = person.conversation
    talk = replace(
        before,
        offered=message.quick_replies,
        version=before.version + 1,
        expires_at=max(before.expires_at or acting.now, acting.now + FORGET_AFTER),
    )
    await uow.people.save([replace(person, conversation=talk)])
    return with_numbers([message], talk)[0]
