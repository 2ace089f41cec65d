"""From waiting updates to queued replies, in one transaction.

Waiting updates of different people share a transaction and its statements. Where that transaction fails, updates
are tried one by one, so that one person's trouble is nobody else's; and one that cannot be handled even then is
answered with an apology instead of being tried for ever.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from content.catalogue import Catalogue
from content.understanding import Understanding
from core.contacts import URN
from core.conversation import ErasureRequested, Misread, Person, ReachChanged, Turn
from core.delivery import NewDelivery
from core.errors import StorageError
from core.messages import InboundMessage, OutboundMessage
from core.ports import Chance, Channel, Clock, FileStore, Papers
from core.progress import Reported
from core.records import NewMessage, WaitingUpdate
from core.storage import Storage, UnitOfWork
from core.windows import window_of
from handlers.consequences import PRIVATE_FOR, Consequences
from handlers.context import Context, FiguresWantedError, Keeping
from handlers.erasing import clear
from handlers.happened import Happened
from handlers.lines import as_lines
from handlers.officer_chats.around import Ground
from handlers.officer_chats.desk import ChatDesk
from handlers.routing import Router
from handlers.turns import Taken, take
from handlers.typed import with_numbers
from handlers.wished import MISSED_FOR

REACHED = ("reach:blocked", "reach:open", "group")  # what a channel itself says, in an officer's chat too
BATCH = 200  # updates in one transaction: more makes everybody wait for the last, fewer costs statements


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All that conversations stand on, put together by the composition root."""

    storage: Storage
    channels: Mapping[str, Channel]  # by account
    routers: Sequence[Router]
    content: Catalogue
    understanding: Understanding
    clock: Clock
    chance: Chance
    files: FileStore
    papers: Papers
    keeping: Keeping
    keyed_hash: Callable[[URN], bytes]  # of an address, for the list of erasures
    chats: Ground  # what officers' own chats need
    on_fault: Callable[[str, BaseException], None]  # tells an engineer; gets no personal data


@dataclass
class _Work:
    """What one batch will write."""

    people: dict[int, Person]
    done: list[int] = field(default_factory=list)
    heard: list[NewMessage] = field(default_factory=list)
    said: list[NewDelivery] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # files of people who were erased
    held: set[int] = field(default_factory=set)  # people whose later updates wait for the next batch
    figures: dict[str, Sequence[Reported]] = field(default_factory=dict)  # what places published, once it was asked for
    at_desk: list[tuple["_Said", int]] = field(default_factory=list)  # what officers wrote in their own chats, by whom
    alive: dict[URN, datetime] = field(default_factory=dict)  # the last sign of life, where the channel has a window


@dataclass
class _Said:
    """One message of a person, and the updates that brought it."""

    updates: list[int]
    message: InboundMessage

    def add(self, update: int, message: InboundMessage) -> None:
        self.updates.append(update)
        self.message = replace(
            self.message,
            text="\n".join(text for text in (self.message.text, message.text) if text),
            attachments=(*self.message.attachments, *message.attachments),
            unread=self.message.unread or message.unread,
        )


class Service:
    """Receives messages, runs handlers, saves and queues."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        windows = {account: window_of(one.capabilities) for account, one in desk.channels.items()}
        self._windows = {account: window for account, window in windows.items() if window is not None}
        self._consequences = Consequences(desk.files, desk.papers, desk.content, desk.keyed_hash, desk.chats)
        self._chats = ChatDesk(
            storage=desk.storage,
            channels=desk.channels,
            content=desk.content,
            clock=desk.clock,
            ground=desk.chats,
            on_fault=desk.on_fault,
        )

    async def handle_waiting(self, limit: int = BATCH) -> int:
        """Handle the oldest waiting updates; gives how many. Raises StorageError when the database is away."""
        try:
            return await self._batch(limit)
        except StorageError:
            raise
        except Exception as error:
            self._desk.on_fault("batch", error)
        try:
            return await self._batch(1)
        except StorageError:
            raise
        except Exception as error:
            self._desk.on_fault("update", error)
        return await self._batch(1, apologise=True)

    async def _batch(self, limit: int, *, apologise: bool = False) -> int:
        async with self._desk.storage.write() as uow:
            updates = await uow.inbox.claim(list(self._desk.channels), limit, now=self._desk.clock.now())
            if not updates:
                return 0
            now = self._desk.clock.now()  # not before anything of this was said
            found = await uow.people.load([one.urn for one in updates], now)
            work = _Work(people={person.contact.id: person for person in found.values()})
            for group in self._together(self._as_said(updates)):
                contact = found[group.message.urn].contact.id
                try:
                    self._handle(group, contact, work, now, apologise=apologise)
                except FiguresWantedError as wanted:
                    work.figures[wanted.locality] = await uow.progress.published(wanted.locality)
                    self._handle(group, contact, work, now, apologise=apologise)
            await self._write(uow, work, now)
            await uow.commit()
        await clear(self._desk.storage, self._desk.files, work.left, now)
        for said, contact in work.at_desk:
            await self._chats.handle(said.updates, said.message, contact)
        return len(work.done) + len(work.at_desk)

    def _as_said(self, updates: Sequence[WaitingUpdate]) -> list[WaitingUpdate]:
        """In the order of arrival, but each person's own in the order in which they were said.

        A provider may deliver a press before the text that was written earlier.
        """
        theirs: dict[URN, list[WaitingUpdate]] = {}
        for one in updates:
            theirs.setdefault(one.urn, []).append(one)
        for urn, mine in theirs.items():
            mine.sort(key=lambda one: self._desk.channels[urn.account].sequence(one.external_id))
        in_turn = {urn: iter(mine) for urn, mine in theirs.items()}
        return [next(in_turn[one.urn]) for one in updates]

    def _together(self, updates: Sequence[WaitingUpdate]) -> list[_Said]:
        """What each said; pictures that were sent together are one message."""
        said: list[_Said] = []
        last: dict[URN, _Said] = {}
        for update in updates:
            message = self._parse(self._desk.channels[update.urn.account], update)
            before = last.get(update.urn)
            if before is not None and message.album and before.message.album == message.album:
                before.add(update.id, message)
                continue
            said.append(_Said(updates=[update.id], message=message))
            last[update.urn] = said[-1]
        return said

    def _handle(self, said: _Said, contact: int, work: _Work, now: datetime, *, apologise: bool) -> None:
        if contact in work.held:
            return
        message = said.message
        if work.people[contact].officer_id is not None and message.payload not in REACHED:
            self._note_alive(message, Turn(), work, now)
            work.at_desk.append((said, contact))
            return
        context = Context(
            message=message,
            person=work.people[contact],
            content=self._desk.content,
            understanding=self._desk.understanding,
            now=now,
            chance=self._desk.chance,
            keeping=self._desk.keeping,
            figures=work.figures,
        )
        taken = self._apology(context) if apologise else self._take(context)
        work.done += said.updates
        self._note_alive(message, taken.turn, work, now)
        work.people[contact] = taken.person
        erased = any(isinstance(event, ErasureRequested) for event in taken.turn.events)
        silent = any(isinstance(event, ReachChanged) for event in taken.turn.events)  # nobody said anything
        if not erased and not silent:
            work.heard.append(
                NewMessage(
                    urn=message.urn,
                    contact_id=contact,
                    at=message.received_at,
                    external_id=message.external_id,
                    text=taken.said,
                    attachments=() if taken.turn.private else message.attachments,
                )
            )
        key = f"reply:{said.updates[0]}:"
        work.said += [
            self._reply(reply, message.urn, f"{key}{number}", None if erased else contact, now)
            for number, reply in enumerate(self._as_shown(taken, message.urn))
        ]
        work.events += [Happened(contact, event, key) for event in taken.turn.events]
        if any(not isinstance(event, Misread) for event in taken.turn.events):
            # What follows may speak of a question that has no number yet, or come from somebody who is gone.
            work.held.add(contact)

    def _note_alive(self, message: InboundMessage, turn: Turn, work: _Work, now: datetime) -> None:
        """When they did what the channel's window is counted from. Who blocks us did nothing that opens it."""
        left = any(isinstance(event, ReachChanged) and event.refusal is not None for event in turn.events)
        if message.interaction and not left and message.urn.account in self._windows:
            moment = min(message.sent_at or message.received_at, now)
            work.alive[message.urn] = max(moment, work.alive.get(message.urn, moment))

    def _as_shown(self, taken: Taken, urn: URN) -> Sequence[OutboundMessage]:
        """The bubbles of a turn; where a channel has no buttons, none of them speaks of pressing one."""
        replies = taken.turn.replies
        if self._desk.channels[urn.account].capabilities.buttons:
            return replies
        return as_lines(replies, taken.person.contact.language)

    def _reply(self, message: OutboundMessage, urn: URN, key: str, contact: int | None, now: datetime) -> NewDelivery:
        # Where no page shows a history, nobody needs a private reply once it was sent.
        unread_again = not self._desk.channels[urn.account].capabilities.confirms_delivery
        return NewDelivery(
            dedup_key=key,
            urn=urn,
            contact_id=contact,
            message=message,
            available_at=now,
            forget=contact is None or (message.private and unread_again),
            forget_at=now + PRIVATE_FOR if message.private else None,
        )

    def _parse(self, channel: Channel, update: WaitingUpdate) -> InboundMessage:
        try:
            return channel.parse(update.external_id, update.urn.path, update.raw, update.received_at)
        except Exception as error:
            self._desk.on_fault("parse", error)
            return InboundMessage(
                urn=update.urn, external_id=update.external_id, received_at=update.received_at, text=""
            )

    def _take(self, context: Context) -> Taken:
        try:
            return take(self._desk.routers, context)
        except FiguresWantedError:
            raise
        except Exception as error:
            self._desk.on_fault("handler", error)
            return self._apology(context)

    @staticmethod
    def _apology(context: Context) -> Taken:
        turn: Turn = context.say("machine_fault", context.button("officer"), context.button("menu"))
        before = context.person.conversation
        conversation = replace(before, waiting=None, offered=turn.replies[-1].quick_replies)
        turn = replace(turn, replies=with_numbers(turn.replies, conversation))
        person = replace(context.person, conversation=conversation)
        if before.notes is None:
            return Taken(person=person, turn=turn, said=context.message.text)
        # In the middle of a self-check it may have been an answer.
        return Taken(person=person, turn=turn.in_private(), said=context.words.text("private.said"))

    async def _write(self, uow: UnitOfWork, work: _Work, now: datetime) -> None:
        await uow.people.save([_moved_on(person) for person in work.people.values()])
        acted = await self._consequences.act(uow, work.events, work.people, work.said, now)
        work.left = acted.left
        erased = {one.contact for one in work.events if isinstance(one.event, ErasureRequested)}
        heard = [one for one in work.heard if one.contact_id not in erased]
        if heard:
            await uow.messages.add([replace(one, contact_id=acted.moved.get(one.urn, one.contact_id)) for one in heard])
        await uow.outbox.add([_of_now(one, acted.moved) for one in acted.replies if one.contact_id not in erased])
        if work.alive:
            for urn in await uow.people.interacted(work.alive, self._windows, now):
                await uow.outbox.try_again(urn, since=now - MISSED_FOR, now=now)
        await uow.inbox.finish(work.done, now)


def _of_now(one: NewDelivery, moved: Mapping[URN, int]) -> NewDelivery:
    """A reply to whom its address belongs now; a farewell belongs to nobody."""
    return replace(one, contact_id=moved.get(one.urn, one.contact_id)) if one.contact_id is not None else one


def _moved_on(person: Person) -> Person:
    conversation = replace(person.conversation, version=person.conversation.version + 1)
    return replace(person, conversation=conversation)
