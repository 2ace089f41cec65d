"""What a turn's events do, in the transaction of the turn."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.catalogue import Catalogue
from core.contacts import URN, Consent, Purpose
from core.conversation import (
    AnswerAsked,
    CheckFinished,
    CodeAsked,
    ConsentGiven,
    ConsentWithdrawn,
    ErasureRequested,
    ExportRequested,
    JoinAgreed,
    JoinCodeTyped,
    JoinOffered,
    Misread,
    NeedsTold,
    NoticeDoubted,
    NoticesAsked,
    OfficerCodeTyped,
    PaperAsked,
    Person,
    PictureAsked,
    QuestionAsked,
    QuestionClosed,
    QuestionExtended,
    SeparationAsked,
    StandingAsked,
    TalkEnded,
)
from core.delivery import NewDelivery
from core.labour import LabourTold
from core.messages import Attachment
from core.misreadings import WORDS
from core.ports import FileStore, Papers
from core.private import masked
from core.questions import Author, Entry, QuestionState
from core.records import AuditEntry, NewMisreading, NewQuestion
from core.reminders import Gone
from core.storage import UnitOfWork
from core.text import fold
from handlers import coded, joined, sent, wished
from handlers.context import LOCAL
from handlers.erasing import erase_person
from handlers.happened import Happened
from handlers.labour import telling as telling_work
from handlers.market.acting import MARKET, Done, Market
from handlers.needs import keeping
from handlers.needs.keeping import NEEDS
from handlers.officer_chats import binding, telling
from handlers.officer_chats.around import Ground
from handlers.standing import Standing
from handlers.tallying import hamlet_of
from handlers.training.acting import TRAINING, Classes
from handlers.training.wishes import SURVEYS, Wishes
from handlers.work.coming import EVENTS, Coming
from handlers.work.finding import WORK, Jobs
from handlers.work.needed import NEEDED, Needed

PRIVATE_FOR = timedelta(days=1)  # how long a reply is kept that repeats what was told in private

Hash = Callable[[URN], bytes]


@dataclass(frozen=True, slots=True)
class Acted:
    """What the events of a batch led to: its replies, files whose last owner may be gone, and who is somebody else."""

    replies: list[NewDelivery]
    left: list[str]
    moved: Mapping[URN, int]  # addresses that belong to another contact now


@dataclass(frozen=True, slots=True)
class _OwnData:
    replies: list[NewDelivery]
    left: list[str]  # files whose last owner may be gone
    entry: AuditEntry


class _Stated:
    """What somebody says that they need, and who of their household works."""

    def __init__(self, content: Catalogue) -> None:
        self._content = content

    async def act(
        self, uow: UnitOfWork, person: Person, one: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        looking = coded.Looking(self._content, person, now)
        if isinstance(one.event, LabourTold):
            return await telling_work.act(uow, looking, one, replies)
        return await keeping.act(uow, looking, one, replies)


Room = Jobs | Classes | Wishes | Coming | Needed | _Stated | Standing


class Consequences:
    """Carries out events; everything that an inspector may ask about leaves an audit entry."""

    def __init__(self, files: FileStore, papers: Papers, content: Catalogue, keyed_hash: Hash, chats: Ground) -> None:
        self._files, self._papers, self._content = files, papers, content
        self._keyed_hash, self._chats = keyed_hash, chats
        # What somebody asks of lists of the place, by the events that ask.
        self._lists: tuple[
            tuple[tuple[type, ...], Jobs | Classes | Wishes | Coming | Needed | _Stated | Standing], ...
        ] = (
            (WORK, Jobs(content)),
            (TRAINING, Classes()),
            (SURVEYS, Wishes()),
            (EVENTS, Coming(content, chats.address)),
            (NEEDED, Needed(content)),
            ((*NEEDS, LabourTold), _Stated(content)),
            ((StandingAsked,), Standing()),
        )

    async def act(
        self,
        uow: UnitOfWork,
        events: Sequence[Happened],
        people: Mapping[int, Person],
        said: Sequence[NewDelivery],
        now: datetime,
    ) -> Acted:
        """Carry out the events of a batch; gives its replies, with the files attached that were asked for."""
        replies, left = list(said), list[str]()
        entries: list[AuditEntry] = []
        moved: dict[URN, int] = {}
        await uow.misreadings.add(
            [_misreading(people[one.contact], one.event, now) for one in events if isinstance(one.event, Misread)]
        )
        for one in sorted(events, key=lambda each: isinstance(each.event, JoinAgreed | SeparationAsked)):
            # Those last: nobody else's events are about a contact that is no more.
            contact, event = one.contact, one.event
            if await wished.act(uow, contact, event, now):
                continue
            if (done_there := await self._in_rooms(uow, people[contact], one, replies, now)) is not None:
                replies = done_there.replies
                entries += done_there.entries
                continue
            match event:
                case QuestionAsked() | QuestionExtended() | QuestionClosed() | TalkEnded():
                    entries.append(await self._question(uow, people[contact], event, now))
                    replies += await self._tell_officers(uow, people[contact], event, now)
                case ConsentGiven() | ConsentWithdrawn() | NeedsTold():
                    entries += await _consented(uow, contact, event, now)
                case NoticesAsked() | NoticeDoubted():
                    replies = await sent.act(uow, sent.Looking(self._content, people[contact], now), one, replies)
                case CheckFinished():
                    await self._count(uow, people[contact], event, now)
                case PaperAsked() | PictureAsked():
                    replies = _attached(replies, one, await self._made(event), now, event.reply)
                case CodeAsked() | AnswerAsked():
                    replies = await coded.act(uow, coded.Looking(self._content, people[contact], now), one, replies)
                case JoinOffered() | JoinCodeTyped() | JoinAgreed() | SeparationAsked():
                    done = await joined.act(uow, one, replies, moved, now)
                    replies, moved = done.replies, {**moved, **done.moved}
                    entries += done.entries
                case OfficerCodeTyped():
                    bound = await binding.typed(
                        uow, people[contact], one, replies, keyed_hash=self._chats.keyed_hash, now=now
                    )
                    replies = bound.replies
                    entries += bound.entries
                case ExportRequested() | ErasureRequested():
                    kept = await self._own_data(uow, one, replies, now)
                    replies = kept.replies
                    left += kept.left
                    entries.append(kept.entry)
        await uow.audit.append(entries)
        return Acted(replies, left, moved)

    async def _in_rooms(
        self, uow: UnitOfWork, person: Person, one: Happened, replies: list[NewDelivery], now: datetime
    ) -> Done | None:
        """Work, needs and the market look after their own; None for what is of none of them."""
        for kinds, room in self._lists:
            if isinstance(one.event, kinds):
                return Done(await room.act(uow, person, one, replies, now))
        if isinstance(one.event, MARKET):
            return await Market(uow=uow, content=self._content, person=person, now=now).act(one, replies)
        return None

    async def _own_data(self, uow: UnitOfWork, one: Happened, replies: list[NewDelivery], now: datetime) -> _OwnData:
        """What is kept about a person is handed to that person, or erased."""
        contact = one.contact
        if isinstance(one.event, ExportRequested):
            replies = _attached(replies, one, [await self._export(uow, contact)], now)
            return _OwnData(replies, [], _entry(now, contact, "data.exported", f"contact:{contact}"))
        left = await erase_person(uow, contact, self._keyed_hash, now)
        return _OwnData(replies, left, _entry(now, contact, "data.erased", f"contact:{contact}"))

    async def _question(
        self,
        uow: UnitOfWork,
        person: Person,
        event: QuestionAsked | QuestionExtended | QuestionClosed | TalkEnded,
        now: datetime,
    ) -> AuditEntry:
        match event:
            case QuestionAsked():
                return await self._ask(uow, person, event, now)
            case QuestionExtended():
                return await self._extend(uow, person, event, now)
            case QuestionClosed():
                state = QuestionState.WITHDRAWN if event.withdrawn else QuestionState.CLOSED
                await uow.questions.set_state(event.question_id, state)
                return _entry(now, person.contact.id, f"question.{state}", f"question:{event.question_id}")
            case TalkEnded():
                await uow.desk.talk(event.question_id, None)
                return _entry(now, person.contact.id, "question.talk-ended", f"question:{event.question_id}")

    async def _tell_officers(
        self,
        uow: UnitOfWork,
        person: Person,
        event: QuestionAsked | QuestionExtended | QuestionClosed | TalkEnded,
        now: datetime,
    ) -> list[NewDelivery]:
        """A question, or further words in it, in the chats of those who may answer; what is over is taken back."""
        if isinstance(event, TalkEnded):
            return []
        if isinstance(event, QuestionClosed):
            await uow.chats.recall()
            return []
        more = isinstance(event, QuestionExtended)
        question = await uow.questions.get(
            str(event.question_id) if isinstance(event, QuestionExtended) else event.code
        )
        if question is None:
            return []
        asked = telling.Asked(question=question, asker=person.contact, more=more)
        return await telling.question(uow, self._content, asked, at_night=self._chats.at_night, now=now)

    async def _ask(self, uow: UnitOfWork, person: Person, event: QuestionAsked, now: datetime) -> AuditEntry:
        papers = await self._made(event.paper) if event.paper is not None else []
        question_id = await uow.questions.open(
            NewQuestion(
                code=event.code,
                contact_id=person.contact.id,
                locality=person.contact.locality,
                office=event.office,
                topic=event.topic,
                kind=event.kind,
                urgent=event.urgent,
                created_at=now,
                due_at=event.due_at,
                entry=Entry(author=Author.CITIZEN, at=now, text=event.text, attachments=(*event.attachments, *papers)),
            )
        )
        action = "question.opened.urgent" if event.urgent else "question.opened"
        return _entry(now, person.contact.id, action, f"question:{question_id}", topic=event.topic)

    async def _extend(self, uow: UnitOfWork, person: Person, event: QuestionExtended, now: datetime) -> AuditEntry:
        entry = Entry(author=Author.CITIZEN, at=now, text=event.text, attachments=event.attachments)
        state = QuestionState.ANSWERED if event.settled else QuestionState.OPEN
        await uow.questions.add_entry(event.question_id, entry, state=state, due_at=event.due_at)
        if event.locality is not None:
            await uow.questions.place(event.question_id, event.locality)
        action = "question.reopened" if event.reopen else "question.extended"
        return _entry(now, person.contact.id, action, f"question:{event.question_id}")

    async def _count(self, uow: UnitOfWork, person: Person, event: CheckFinished, now: datetime) -> None:
        await uow.tally.add(
            month=now.astimezone(LOCAL).strftime("%Y-%m"),
            locality=person.contact.locality or "",
            hamlet=hamlet_of(self._content, person.contact),
            dimensions=event.lacking,
        )

    async def _made(self, event: PaperAsked | PictureAsked) -> list[Attachment]:
        if isinstance(event, PaperAsked):
            made = await self._papers.paper(event.paper, event.name, event.kinds)
        else:
            made = await self._papers.picture(event.picture, event.name, event.kinds)
        return [await self._files.put(one.name, one.media_type, one.content) for one in made]

    async def _export(self, uow: UnitOfWork, contact: int) -> Attachment:
        data = await uow.people.export(contact)
        content = json.dumps(data, ensure_ascii=False, indent=1).encode()
        return await self._files.put("chung-tay-du-lieu-cua-toi.json", "application/json", content)


def _attached(
    replies: list[NewDelivery], happened: Happened, files: Sequence[Attachment], now: datetime, reply: int = -1
) -> list[NewDelivery]:
    """The replies, with files behind those that one of the turn's own carries, the last if no other is meant.

    All of these hold what was told in private: the reply goes after its day, and the files with it.
    """
    place = happened.own(replies)[reply]
    message = replies[place].message
    message = replace(message, attachments=(*message.attachments, *files))
    told = replace(replies[place], message=message, forget_at=now + PRIVATE_FOR)
    return [*replies[:place], told, *replies[place + 1 :]]


def _misreading(person: Person, event: Misread, now: datetime) -> NewMisreading:
    return NewMisreading(
        contact_id=person.contact.id,
        locality=person.contact.locality,
        at=now,
        day=now.astimezone(LOCAL).date(),
        why=event.why,
        text=masked(event.text)[:WORDS],
        folded=fold(masked(event.text)[:WORDS])[:WORDS],
        read_as=", ".join(event.read_as) or None,
    )


async def _consented(
    uow: UnitOfWork, contact: int, event: ConsentGiven | ConsentWithdrawn | NeedsTold, now: datetime
) -> list[AuditEntry]:
    """A consent comes, or goes with what was kept by it; what is kept by it comes with a ConsentGiven of its own."""
    match event:
        case NeedsTold():
            await uow.people.keep_needs(contact, event.dimensions)
            return []
        case ConsentGiven():
            consent = Consent(purpose=event.purpose, granted_at=now, expires_at=event.expires_at, wording=event.wording)
            await uow.people.consent(contact, consent)
            action = "consent.given"
        case ConsentWithdrawn():
            await uow.people.withdraw(contact, event.purpose)
            if event.purpose in (Purpose.NOTICES, Purpose.WORK):
                await uow.job_news.take_back(contact, now)
            if event.purpose is Purpose.NOTICES:
                await uow.campaigns.cancel_for(contact, now)
            if event.purpose in (Purpose.NOTICES, Purpose.REMINDERS):
                await uow.reminders.call_off(contact, Gone.STOPPED)
            action = "consent.withdrawn"
    return [_entry(now, contact, action, f"contact:{contact}", purpose=event.purpose)]


def _entry(now: datetime, contact: int, action: str, subject: str, **detail: str | None) -> AuditEntry:
    return AuditEntry(at=now, actor=f"contact:{contact}", action=action, subject=subject, detail=detail)
