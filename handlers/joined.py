"""What codes for joining lead to, in the transaction of the turn: both devices are told, and the log has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from content.wording import wording
from core.contacts import URN, Contact
from core.conversation import JoinAgreed, JoinCodeTyped, JoinOffered, SeparationAsked, Waiting
from core.delivery import NewDelivery
from core.joining import JoinCode, spoken_join_code
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.storage import UnitOfWork
from handlers import drafts
from handlers.channels import spoken_channel
from handlers.happened import Happened
from handlers.joining import MINUTES, SURE
from handlers.tries import too_many

EARLIER = 12  # buttons at another device that still count, as of bubbles further up
# What can be pressed below each answer: labels by name, with the payload where it is another one.
BELOW = {
    "joining.own": ("join_again=join", "menu"),
    "joining.already": ("mydata", "menu"),
    "joining.used": ("officer", "menu"),
    "joining.expired": ("officer", "menu"),
    "joining.unknown": ("officer", "menu"),
    "questions.too_many_codes": ("officer", "menu"),
    "joining.sure": ("join_yes=join-yes:{code}", "join_no=join-no"),
    "joining.done": ("mydata", "menu"),
    "joining.told": ("separate=separate:{address}", "mydata"),
    "joining.split_off": ("join", "menu"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it: the batch's replies, addresses that belong to another contact now, and entries of the log."""

    replies: list[NewDelivery]
    moved: Mapping[URN, int] = field(default_factory=dict)
    entries: Sequence[AuditEntry] = ()


async def act(
    uow: UnitOfWork, happened: Happened, replies: list[NewDelivery], moved: Mapping[URN, int], now: datetime
) -> Done:
    """Carry out an event about joining; `moved` are addresses that belong to another contact since this batch began."""
    urn = replies[happened.own(replies)[-1]].urn
    match happened.event:
        case JoinOffered(code=code, expires_at=expires_at):
            await uow.joins.offer(happened.contact, urn, code, expires_at)
        case JoinCodeTyped() as event:
            return Done(replies=await _typed(uow, happened, event, replies, now))
        case JoinAgreed() as event:
            return await _agreed(uow, replace(happened, contact=moved.get(urn, happened.contact)), event, replies, now)
        case SeparationAsked() as event:
            one = replace(happened, contact=moved.get(urn, happened.contact))
            return await _separated(uow, one, event, replies, now)
    return Done(replies=replies)


async def _typed(
    uow: UnitOfWork, happened: Happened, event: JoinCodeTyped, replies: list[NewDelivery], now: datetime
) -> list[NewDelivery]:
    """A code was typed: asked once whether both are the same person's, or told why that cannot be."""
    place = happened.own(replies)[-1]
    message_id, given = await _standing(uow, happened.contact, replies[place].urn, event.code, now)
    answer = await _answer(uow, happened.contact, message_id, event.code, given)
    await _shown(uow, happened.contact, answer.quick_replies, asked=event.code if message_id == "joining.sure" else "")
    return _said(replies, place, answer)


async def _agreed(
    uow: UnitOfWork, happened: Happened, event: JoinAgreed, replies: list[NewDelivery], now: datetime
) -> Done:
    """Both addresses are one person's from now on; the one where the code was given is told how to undo it."""
    place, contact = happened.own(replies)[-1], happened.contact
    urn = replies[place].urn
    message_id, given = await _standing(uow, contact, urn, event.code, now)
    if given is None or message_id != "joining.sure":
        answer = await _answer(uow, contact, message_id, event.code, given)
        await _shown(uow, contact, answer.quick_replies)
        return Done(replies=_said(replies, place, answer))
    joined = await uow.joins.join(contact, event.code, now)
    person = await uow.people.get(joined.kept) if joined is not None else None
    if joined is None or person is None:
        return Done(replies=replies)  # somebody else has the other contact at this moment: it can be pressed again
    here = next(one.id for one in person.addresses if one.urn == urn)
    answer = await _answer(uow, joined.kept, "joining.done", event.code, given)
    told = await _answer(uow, joined.kept, "joining.told", event.code, replace(given, urn=urn, address_id=here))
    await _shown(uow, joined.kept, answer.quick_replies, elsewhere=told.quick_replies)
    return Done(
        replies=[*_said(replies, place, answer), _to(given.urn, joined.kept, told, happened, now)],
        moved=dict.fromkeys(joined.moved, joined.kept),
        entries=[_entry(now, contact, "contact.joined", joined.kept, dropped=joined.dropped, address=here)],
    )


async def _separated(
    uow: UnitOfWork, happened: Happened, event: SeparationAsked, replies: list[NewDelivery], now: datetime
) -> Done:
    """An address is somebody of its own again; where that is not the one at hand, it is told there too."""
    place, contact = happened.own(replies)[-1], happened.contact
    urn = replies[place].urn
    apart = await uow.joins.separate(contact, event.address_id, now)
    if apart is None:
        return Done(replies=replies)  # it is so already
    said = list(replies)
    if apart.urn == urn:
        await _shown(uow, apart.contact_id, replies[place].message.quick_replies)
    else:
        answer = await _answer(uow, apart.contact_id, "joining.split_off", "", None)
        await _shown(uow, apart.contact_id, answer.quick_replies)
        said.append(_to(apart.urn, apart.contact_id, answer, happened, now))
    entry = _entry(now, contact, "contact.separated", apart.contact_id, address=event.address_id)
    return Done(replies=said, moved={apart.urn: apart.contact_id}, entries=[entry])


async def _standing(uow: UnitOfWork, contact: int, urn: URN, code: str, now: datetime) -> tuple[str, JoinCode | None]:
    """What is to be said to somebody who typed this code here; guessing is soon over."""
    if await too_many(uow, urn.account, contact, now):
        return "questions.too_many_codes", None
    given = await uow.joins.find(code)
    if given is None:
        await uow.questions.wrong_code(urn.account, contact, now)
        return "joining.unknown", None
    if given.contact_id == contact:
        return ("joining.own" if given.urn == urn and not given.used else "joining.already"), given
    if given.used:
        return "joining.used", given
    return ("joining.expired" if given.expires_at <= now else "joining.sure"), given


async def _answer(uow: UnitOfWork, contact: int, message_id: str, code: str, given: JoinCode | None) -> OutboundMessage:
    """A message to this contact, about the device that `given` names."""
    person = await uow.people.get(contact)
    who = person.contact if person is not None else Contact(id=contact)
    words = wording(who.language)
    you = (who.address_word if who.language == "vi" else None) or words.text("address.default")
    channel = spoken_channel(given.urn, who.language) if given is not None else ""
    values = {
        "you": you,
        "You": you[:1].upper() + you[1:],
        "code": spoken_join_code(code),
        "minutes": MINUTES,
        "channel": channel,
        "Channel": channel[:1].upper() + channel[1:],
    }
    pressed = {"code": code, "address": given.address_id if given is not None else ""}
    buttons = []
    for one in BELOW[message_id]:
        name, _, payload = one.partition("=")
        buttons.append(QuickReply(label=words.text(f"button.{name}"), payload=(payload or name).format(**pressed)))
    return OutboundMessage(text=words.text(message_id, **values), quick_replies=tuple(buttons))


async def _shown(
    uow: UnitOfWork,
    contact: int,
    buttons: tuple[QuickReply, ...],
    *,
    asked: str = "",
    elsewhere: tuple[QuickReply, ...] = (),
) -> None:
    """Note what stands below the last message: it was decided after the turn. What waits for an answer goes on.

    With the code that was `asked` about, a yes or a no is awaited, and what waits for an officer waits beside it.
    Buttons `elsewhere` are below the last message at another device: their labels count when they are typed.
    """
    person = await uow.people.get(contact)
    if person is None or (not asked and person.conversation.waiting is not None):
        return
    before = person.conversation
    data = {"code": asked, "draft": drafts.pending(before)}
    waiting = Waiting(state=SURE, data=data) if asked else None
    earlier = (*elsewhere, *before.earlier)[:EARLIER] if elsewhere else before.earlier
    talk = replace(before, waiting=waiting, offered=buttons, earlier=earlier, version=before.version + 1)
    await uow.people.save([replace(person, conversation=talk)])


def _said(replies: list[NewDelivery], place: int, message: OutboundMessage) -> list[NewDelivery]:
    return [*replies[:place], replace(replies[place], message=message), *replies[place + 1 :]]


def _to(urn: URN, contact: int, message: OutboundMessage, happened: Happened, now: datetime) -> NewDelivery:
    key = f"joined:{happened.replies}"
    return NewDelivery(dedup_key=key, urn=urn, contact_id=contact, message=message, available_at=now)


def _entry(now: datetime, contact: int, action: str, subject: int, **detail: int) -> AuditEntry:
    return AuditEntry(at=now, actor=f"contact:{contact}", action=action, subject=f"contact:{subject}", detail=detail)
