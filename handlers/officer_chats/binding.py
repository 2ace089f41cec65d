"""A chat becomes an officer's desk, and is a citizen's again: by a code from the console, and by a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from content.wording import wording
from core.console_storage import Once
from core.conversation import OfficerCodeTyped, Person
from core.delivery import NewDelivery
from core.messages import OutboundMessage, QuickReply
from core.officer_chats import (
    CHAT_CODE_FOR,
    CHAT_CODES,
    CHAT_CODES_WITHIN,
    OfficerChat,
)
from core.officers import Officer
from core.ports import Chance
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers.codes import new_join_code
from handlers.happened import Happened
from handlers.officer_chats.code import MINUTES
from handlers.tries import too_many

CodeHash = Callable[[str], bytes]
LIST = "officer-list"
LEAVE = "officer-leave"


def kept_hash(keyed_hash: CodeHash, code: str) -> bytes:
    """What is kept of a code."""
    return keyed_hash(f"officer chat:{code}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What came of a code that was typed."""

    replies: list[NewDelivery]
    entries: Sequence[AuditEntry] = field(default=())


async def typed(
    uow: UnitOfWork,
    person: Person,
    happened: Happened,
    replies: list[NewDelivery],
    *,
    keyed_hash: CodeHash,
    now: datetime,
) -> Bound:
    """In the transaction of the turn: bind the chat, or say why not. Guessing is soon over."""
    assert isinstance(happened.event, OfficerCodeTyped)  # noqa: S101
    place = happened.own(replies)[-1]
    urn, code = replies[place].urn, kept_hash(keyed_hash, happened.event.code)
    if await too_many(uow, urn.account, happened.contact, now):
        return Bound(replies=_said(replies, place, person, "questions.too_many_codes"))
    given = await uow.chats.code(code)
    if given is None or given.used or given.expires_at <= now:
        await uow.questions.wrong_code(urn.account, happened.contact, now)
        return Bound(replies=replies)
    if person.addresses:
        return Bound(replies=_said(replies, place, person, "officer-chat.joined"))
    officer = await uow.officers.get(given.officer_id)
    if officer is None or officer.retired_at is not None or not await uow.chats.bind(code, urn, now):
        return Bound(replies=replies)
    entry = _entry(officer, "chat.bound", urn.channel, now)
    buttons = (choice(person.contact.language, "officer-chat.list", LIST),)
    done = _said(replies, place, person, "officer-chat.bound", *buttons, officer=officer.name)
    return Bound(replies=done, entries=[entry])


def _said(
    replies: list[NewDelivery], place: int, person: Person, message_id: str, *buttons: QuickReply, **values: object
) -> list[NewDelivery]:
    words = wording(person.contact.language)
    you = words.text("address.default")
    text = words.text(message_id, you=you, You=you[:1].upper() + you[1:], minutes=MINUTES, **values)
    told = replace(replies[place], message=OutboundMessage(text=text, quick_replies=buttons))
    return [*replies[:place], told, *replies[place + 1 :]]


def choice(lang: str, message_id: str, payload: str, **values: object) -> QuickReply:
    """A button of an officer's chat; its label alone says what it is about, so it can be typed as well."""
    return QuickReply(label=wording(lang).text(f"{message_id}.button", **values), payload=payload)


# --- from the console ---


async def new_code(
    storage: Storage, keyed_hash: CodeHash, chance: Chance, officer: Officer, *, once: Once, now: datetime
) -> str | None:
    """A code for one chat of this officer, good once for CHAT_CODE_FOR; an older one is over.

    None where they made too many within the hour, or sent this form before: a code is shown once.
    """
    code = new_join_code(chance)
    async with storage.write() as uow:
        if not await uow.forms.claim(once, now):
            return None
        await uow.in_turn(f"chat codes {officer.id}")
        if await uow.chats.offered(officer.id, since=now - CHAT_CODES_WITHIN) >= CHAT_CODES:
            return None
        await uow.chats.offer(kept_hash(keyed_hash, code), officer.id, now=now, expires_at=now + CHAT_CODE_FOR)
        await uow.audit.append([_entry(officer, "chat.code-made", None, now)])
        await uow.commit()
    return code


async def chats_of(storage: Storage, officer: Officer) -> Sequence[OfficerChat]:
    """The chats in which they work."""
    async with storage.read() as uow:
        return await uow.chats.of(officer.id)


async def end(storage: Storage, officer: Officer, address_id: int, *, now: datetime) -> bool:
    """This chat is a citizen's again, and is told so. False where it is none of theirs."""
    async with storage.write() as uow:
        one = next((each for each in await uow.chats.of(officer.id) if each.address_id == address_id), None)
        if one is None or not await uow.chats.unbind(address_id, officer.id):
            return False
        words = wording(one.language)
        message = OutboundMessage(text=words.text("officer-chat.ended"))
        key = f"officer-left:{address_id}:{int(now.timestamp() * 1_000_000)}"
        told = NewDelivery(dedup_key=key, urn=one.urn, contact_id=one.contact_id, message=message, available_at=now)
        await uow.outbox.add([told])
        await uow.audit.append([_entry(officer, "chat.unbound", one.urn.channel, now)])
        await uow.commit()
    return True


def left(officer: Officer, chat: OfficerChat, now: datetime) -> AuditEntry:
    """What the log says of a chat that was left by a word in it."""
    return _entry(officer, "chat.unbound", chat.urn.channel, now)


def _entry(officer: Officer, action: str, channel: str | None, now: datetime) -> AuditEntry:
    detail = {"channel": channel} if channel else {}
    actor = f"officer:{officer.name}"
    return AuditEntry(at=now, actor=actor, action=action, subject=f"officer:{officer.id}", detail=detail)
