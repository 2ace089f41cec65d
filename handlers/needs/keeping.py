"""Needs as a turn states them: kept in its transaction, listed, taken back; and told when an officer settled one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from content.catalogue import Catalogue
from content.formatting import capital, date_text
from content.wording import Wording, wording
from core.conversation import Person
from core.delivery import NewDelivery
from core.messages import OutboundMessage, QuickReply
from core.needs import Need, NeedsAsked, NeedState, NeedStated, NeedWithdrawn, NewNeed, Settled
from core.questions import spoken_code
from core.records import AuditEntry
from core.storage import UnitOfWork
from handlers.coded import Looking
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.instead import instead, put
from handlers.tallying import hamlet_said

NEEDS = (NeedStated, NeedsAsked, NeedWithdrawn)
LISTED = 6  # needs in one bubble
BACK = 3  # buttons that take one back, beside two others


async def act(uow: UnitOfWork, looking: Looking, happened: Happened, replies: list[NewDelivery]) -> list[NewDelivery]:
    """Carry out what somebody stated, asked or took back; gives the replies, the last of theirs with what was found."""
    content, person, now = looking.content, looking.person, looking.now
    known = await uow.stated.of(person.contact.id)
    words = wording(person.contact.language)
    match happened.event:
        case NeedStated() as event:
            waits = next((one for one in known if one.kind is event.kind and one.state is NeedState.OPEN), None)
            if waits is not None:
                return await _known_already(uow, happened, replies, event.code, _known(waits, words))
            await _write(uow, content, person, event, now)
        case NeedsAsked() if known:
            return await instead(uow, happened, replies, listed(known, words))
        case NeedWithdrawn(code=code):
            one = next((one for one in known if one.code == code and one.state is NeedState.OPEN), None)
            if one is None:
                missing = replies[happened.own(replies)[-1]].message
                return put(replies, happened, replace(missing, text=words.text("stated.missing")))
            await uow.stated.step(one, Settled(to=NeedState.WITHDRAWN, by=""), now)
            await uow.audit.append([_entry(now, person, "need.withdrawn", one.id, kind=one.kind)])
    return replies


async def _known_already(
    uow: UnitOfWork, happened: Happened, replies: list[NewDelivery], code: str, known: OutboundMessage
) -> list[NewDelivery]:
    """The replies with this in place of the one that told the code: of two stated at once it may be the first."""
    own = happened.own(replies)
    at = next((one for one in own if spoken_code(code) in replies[one].message.text), own[-1])
    if at == own[-1]:
        return await instead(uow, happened, replies, known)
    return [*replies[:at], replace(replies[at], message=replace(known, quick_replies=())), *replies[at + 1 :]]


async def _write(uow: UnitOfWork, content: Catalogue, person: Person, event: NeedStated, now: datetime) -> None:
    new = NewNeed(
        code=event.code,
        locality=person.contact.locality or "",
        hamlet=hamlet_said(content, person.contact.locality or "", person.contact.hamlet or ""),
        kind=event.kind,
        words=event.words,
        contact_id=person.contact.id,
    )
    number = await uow.stated.add(new, now)
    await uow.audit.append([_entry(now, person, "need.stated", number, kind=event.kind)])


def listed(known: Sequence[Need], words: Wording) -> OutboundMessage:
    """The needs of somebody, the newest first, with buttons that take back what waits."""
    lines = [words.text("stated.list")]
    lines += [line_of(one, words) for one in known[:LISTED]]
    waiting = [one.code for one in known[:LISTED] if one.state is NeedState.OPEN][:BACK]
    back = [
        QuickReply(label=words.text("button.stated_back", code=spoken_code(code)), payload=f"stated-back:{code}")
        for code in waiting
    ]
    buttons = (*back, *_buttons(words, stated_more="stated", menu="menu"))
    return OutboundMessage(text="\n".join(lines), quick_replies=buttons)


def line_of(one: Need, words: Wording) -> str:
    """A need, and what became of it."""
    day = date_text(one.met_on or one.stated_at.astimezone(LOCAL).date(), words.lang)
    kind = words.text(f"need.kind.{one.kind}")
    return words.text(f"stated.line.{one.state}", code=spoken_code(one.code), kind=kind, day=day)


def _known(one: Need, words: Wording) -> OutboundMessage:
    day = date_text(one.stated_at.astimezone(LOCAL).date(), words.lang)
    kind = words.text(f"need.kind.{one.kind}")
    text = words.text("stated.known", code=spoken_code(one.code), kind=capital(kind), day=day)
    return OutboundMessage(text=text, quick_replies=_buttons(words, stated_more="stated", stated_mine="stated-mine"))


def _buttons(words: Wording, **shown: str) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown.items())


def told(content: Catalogue, one: Need, person: Person, after: Settled, now: datetime) -> OutboundMessage:
    """The bubble that says what became of a need."""
    lang = person.contact.language
    words, day = wording(lang), now.astimezone(LOCAL).date()
    known = one.locality if one.locality in content.localities else None
    text = words.text(
        f"stated.told.{after.to}",
        code=spoken_code(one.code),
        kind=words.text(f"need.kind.{one.kind}"),
        place=content.place(locality=known, on=day, lang=lang),
        day=date_text(after.met_on or day, lang),
        told=after.told,
    )
    source = words.text("answer.source", day=date_text(day, lang))
    return OutboundMessage(
        text=text, source=source, quick_replies=_buttons(words, officer="officer", stated_mine="stated-mine")
    )


def _entry(now: datetime, person: Person, action: str, number: int, **detail: str) -> AuditEntry:
    return AuditEntry(
        at=now, actor=f"contact:{person.contact.id}", action=action, subject=f"need:{number}", detail=dict(detail)
    )
