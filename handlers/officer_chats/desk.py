"""A chat that is an officer's desk: each message is worked off by itself, with the handlers of the console.

What an act needs (a right, a provider's answer, a transaction of its own) does not fit into the transaction in which
citizens' messages are handled. So the update waits until all of it is done: whoever dies in between finds it again, and
an act that was done already is counted once (`core.console_storage.Once`).
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.catalogue import Catalogue
from core.console_storage import Once
from core.conversation import Conversation, Person
from core.delivery import NewDelivery
from core.errors import StorageError
from core.messages import InboundMessage, OutboundMessage, attachment_to_json
from core.officer_chats import ANSWERED
from core.ports import Channel, Clock
from core.questions import CODE_ALPHABET
from core.records import NewMessage
from core.storage import Storage
from core.text import fold, fold_ours
from handlers.lines import as_lines
from handlers.officer_chats import answering, approving, telling
from handlers.officer_chats.around import DROP, FREE, LOOK, LOOSE, REASON, SURE, WORDS, At, Draft, Ground, Told
from handlers.officer_chats.binding import LEAVE, LIST, left
from handlers.typed import pressed, with_numbers

KEPT_FOR = timedelta(days=7)  # what a chat waits for
_SIGNS = rf"[{CODE_ALPHABET}]{{3}}"
_TO_CODE = re.compile(rf"\s*({_SIGNS})[ .\-]?({_SIGNS})\s*[:：]\s*(.+)", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(rf"(?P<what>tra loi|answer|xem|show)? ?(?P<one>{_SIGNS}) ?(?P<two>{_SIGNS})", re.IGNORECASE)
_NOTICE = re.compile(r"(?P<what>duyet|approve|tra lai|return|xem|show|doc|read) (?:tin|notice) (?P<number>\d{1,9})")
_LEAVE = ("rời bàn", "roi ban", "leave desk", "leave the desk")
_LIST = ("việc", "việc đang chờ", "menu", "về đầu", "what waits", "list")


async def list_all(at: At, _: str = "") -> Told:
    """What waits for this officer."""
    questions, to_answer = await answering.waits(at)
    notices, to_read = await approving.waits(at)
    lines = [at.words.text("officer-chat.list", officer=at.officer.name), *questions, *notices]
    lines.append(at.words.text("officer-chat.list.how"))
    return at.tell("\n".join(lines), *to_answer, *to_read).still(at.waiting)


async def leave(at: At, _: str = "") -> Told:
    """The chat is a citizen's again."""
    return replace(at.say("officer-chat.left"), leaves=True)


async def drop(at: At, _: str = "") -> Told:
    """What was begun is not done."""
    return at.say("officer-chat.dropped", at.to_list)


Press = Callable[[At, str], Awaitable[Told]]
PRESSES: Mapping[str, Press] = {
    LIST: list_all,
    LEAVE: leave,
    DROP: drop,
    telling.ANSWER: answering.begin,
    telling.THREAD: answering.thread,
    answering.SEND: answering.send,
    answering.EDIT: answering.edit,
    telling.APPROVE: approving.approve,
    telling.RETURN: approving.give_back,
    telling.PAGE: approving.page,
    approving.READ: approving.read,
    approving.YES: approving.confirm,
}


async def answered(at: At) -> Told:
    """What an officer is answered."""
    text = at.message.text.strip()
    if at.message.payload is None and (told := await _replied(at, text)):
        return told
    payload = _payload(at)
    name, _, argument = (payload or "").partition(":")
    if name in PRESSES:
        return await PRESSES[name](at, argument)
    if payload is not None and not text:
        return await list_all(at)  # a button from the time when it was a citizen's chat
    return await _addressed(at, text) or await _awaited(at, text) or await _loose(at, text)


async def _replied(at: At, text: str) -> Told | None:
    """A reply to the message that brought a question is its answer, whatever else was begun."""
    if at.message.reply_to is None:
        return None
    async with at.storage.read() as uow:
        shown = await uow.chats.shown(at.chat.urn, at.message.reply_to)
    named = [one for one in shown.quick_replies if one.payload.startswith(f"{telling.ANSWER}:")] if shown else []
    if len(named) != 1:
        return None  # the list of what waits names several
    _, key, seen = named[0].payload.split(":")
    return await answering.look(at, answering.written(at, key, text, int(seen)))


def _payload(at: At) -> str | None:
    """A press, or what is typed for one. Where words are waited for, a number is words."""
    message = at.message
    if message.payload is not None or message.attachments:
        return message.payload
    if at.waiting.state in FREE or (at.waiting.state == SURE and at.waiting.data["number"]):
        said = fold(message.text)
        return next((one.payload for one in at.conversation.offered if said and fold_ours(one.label) == said), None)
    return pressed(message, at.conversation).payload


async def _addressed(at: At, text: str) -> Told | None:
    """Words that say themselves what they are about: a code, a number of a notice, a word for the desk."""
    if found_code := _TO_CODE.fullmatch(text):
        key = f"{found_code[1]}{found_code[2]}".upper()
        return await answering.look(at, answering.written(at, key, found_code[3].strip()))
    said = fold(text)
    if said in {fold(one) for one in _LEAVE}:
        return await leave(at)
    if said in {fold(one) for one in _LIST}:
        return await list_all(at)
    return await _named(at, said)


async def _named(at: At, said: str) -> Told | None:
    """A label of a button that stands further up, typed."""
    if code := _CODE.fullmatch(said):
        key = f"{code['one']}{code['two']}".upper()
        return await (answering.begin if code["what"] in ("tra loi", "answer") else answering.thread)(at, key)
    notice = _NOTICE.fullmatch(said)
    if notice is None:
        return None
    number, what = notice["number"], notice["what"]
    begin = {"duyet": telling.APPROVE, "approve": telling.APPROVE, "tra lai": telling.RETURN, "return": telling.RETURN}
    if what not in begin:
        return await approving.read(at, number)
    async with at.storage.read() as uow:
        shown = await uow.chats.last_shown(at.chat.urn, f"{begin[what]}:{number}:")
    if not shown:
        return await approving.read(at, number)  # nobody approves what they have not seen here
    return await PRESSES[begin[what]](at, shown.partition(":")[2])


async def _awaited(at: At, text: str) -> Told | None:
    """The answer to what was asked last."""
    waiting = at.waiting
    if waiting.state == WORDS:
        written = answering.written(at, str(waiting.data["question"]), text, waiting.data["seen"])
        return await answering.look(at, written)
    if waiting.state == REASON:
        return await approving.reason(at, text)
    if waiting.state == SURE:
        return await approving.type_number(at, text)
    if waiting.state == LOOK:
        again = Draft(
            key=str(waiting.data["question"]),
            text=waiting.data["text"],
            files=tuple(waiting.data["files"]),
            seen=waiting.data["seen"],
        )
        shown = await answering.look(at, again)
        first = at.words.text("officer-chat.look.first")
        return replace(shown, replies=(replace(shown.replies[0], text=f"{first}\n{shown.replies[0].text}"),))
    return None


async def _loose(at: At, text: str) -> Told:
    """Words of which nothing says to what they are an answer: kept, and asked."""
    if not text and not at.message.attachments:
        return await list_all(at)
    _, to_answer = await answering.waits(at)
    told = at.say("officer-chat.loose", *to_answer, at.to_list, officer=at.officer.name)
    files = [attachment_to_json(one) for one in at.message.attachments]
    return told.wait(LOOSE, text=text, files=files)


@dataclass(frozen=True, kw_only=True)
class ChatDesk:
    """Works off what officers write in their own chats."""

    storage: Storage
    channels: Mapping[str, Channel]
    content: Catalogue
    clock: Clock
    ground: Ground
    on_fault: Callable[[str, BaseException], None]

    async def handle(self, updates: Sequence[int], message: InboundMessage, contact: int) -> None:
        """Answer one message. Raises StorageError when the database is away: it is tried again then."""
        at = await self._around(updates, message, contact)
        if at is None:
            return  # a citizen's chat since a moment ago: the next batch has it
        try:
            told = await answered(at)
        except StorageError:
            raise
        except Exception as error:
            self.on_fault("officer chat", error)
            told = at.say("officer-chat.fault", at.to_list).still(at.waiting)
        try:
            await self._write(at, told, updates, contact)
        except StorageError:
            raise
        except Exception as error:
            # It would fail for ever, and with it whoever waits behind.
            self.on_fault("officer chat", error)
            async with self.storage.write() as uow:
                await uow.inbox.finish(updates, at.now)
                await uow.commit()

    async def _around(self, updates: Sequence[int], message: InboundMessage, contact: int) -> At | None:
        now = self.clock.now()
        async with self.storage.read() as uow:
            person = await uow.people.get(contact)
            chat = await uow.chats.at(message.urn)
            officer = await uow.officers.get(chat.officer_id) if chat is not None else None
        if person is None or chat is None:
            return None
        if officer is None or officer.retired_at is not None:
            async with self.storage.write() as uow:
                await uow.chats.unbind(chat.address_id, chat.officer_id)
                await uow.commit()
            return None
        return At(
            storage=self.storage,
            content=self.content,
            ground=self.ground,
            officer=officer,
            chat=chat,
            conversation=_fresh(person.conversation, now),
            message=message,
            now=now,
            once=Once(officer_id=officer.id, nonce=f"chat:{updates[0]}"),
        )

    async def _write(self, at: At, told: Told, updates: Sequence[int], contact: int) -> None:
        """The answer, what is waited for now, and the update as handled, in one transaction."""
        async with self.storage.write() as uow:
            person = await uow.people.get(contact)
            if person is None or not await uow.inbox.unhandled(updates):
                return  # another process was as far
            after = _after(at, told, person)
            replies = self._as_shown(told, after.conversation, at)
            if told.leaves:
                await uow.chats.unbind(at.chat.address_id, at.officer.id)
                await uow.audit.append([left(at.officer, at.chat, at.now)])
            await uow.people.save([after])
            await uow.messages.add([_heard(at, contact)])
            about = f"{ANSWERED}q{told.about}:" if told.about else "reply:"
            await uow.outbox.add(
                [
                    NewDelivery(
                        dedup_key=f"{about}{updates[0]}:{number}",
                        urn=at.chat.urn,
                        contact_id=contact,
                        message=reply,
                        available_at=at.now,
                    )
                    for number, reply in enumerate(replies)
                ]
            )
            await uow.inbox.finish(updates, at.now)
            await uow.commit()

    def _as_shown(self, told: Told, after: Conversation, at: At) -> Sequence[OutboundMessage]:
        free = after.waiting is not None and (
            after.waiting.state in FREE or (after.waiting.state == SURE and after.waiting.data["number"])
        )
        replies = told.replies if free else with_numbers(told.replies, after)
        if self.channels[at.chat.urn.account].capabilities.buttons:
            return replies
        return as_lines(replies, at.chat.language)


def _fresh(conversation: Conversation, now: datetime) -> Conversation:
    """What a chat waits for is forgotten after a week."""
    over = conversation.expires_at is not None and conversation.expires_at <= now
    return Conversation(version=conversation.version) if over else conversation


def _after(at: At, told: Told, person: Person) -> Person:
    offered = next((one.quick_replies for one in reversed(told.replies) if one.quick_replies), ())
    conversation = Conversation(
        waiting=told.waiting if not told.leaves else None,
        offered=offered,
        version=person.conversation.version + 1,
        expires_at=at.now + KEPT_FOR,
    )
    contact = replace(person.contact, last_inbound_at=at.message.received_at)
    return replace(person, contact=contact, conversation=conversation)


def _heard(at: At, contact: int) -> NewMessage:
    """The officer's own bubble: a button's label, or that something was written. The words stand in the question."""
    labels = {one.payload: one.label for one in at.conversation.offered}
    payload = _payload(at)
    label = labels.get(payload or "", at.message.text if payload is not None else "")
    return NewMessage(
        urn=at.message.urn,
        contact_id=contact,
        at=at.message.received_at,
        external_id=at.message.external_id,
        text=label or at.words.text("officer-chat.said"),
        attachments=at.message.attachments,
    )
