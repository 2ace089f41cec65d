"""What a turn's events do, in the transaction of the turn."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.catalogue import Catalogue
from content.wording import wording
from core.contacts import URN, Consent, Purpose
from core.conversation import (
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
    PaperAsked,
    Person,
    PictureAsked,
    QuestionAsked,
    QuestionClosed,
    QuestionExtended,
    SeparationAsked,
)
from core.delivery import NewDelivery
from core.messages import Attachment
from core.misreadings import WORDS
from core.ports import FileStore, Papers
from core.questions import Author, Entry, QuestionState
from core.records import AuditEntry, NewMisreading, NewQuestion
from core.reminders import Gone
from core.storage import UnitOfWork
from core.text import fold
from handlers import joined, sent, wished
from handlers.cases import state_line
from handlers.context import LOCAL
from handlers.erasing import erase_person
from handlers.happened import Happened
from handlers.tallying import hamlet_of
from handlers.tries import too_many

PRIVATE_FOR = timedelta(days=1)  # how long a reply is kept that repeats what was told in private

Hash = Callable[[URN], bytes]


@dataclass(frozen=True, slots=True)
class Acted:
    """What the events of a batch led to: its replies, files whose last owner may be gone, and who is somebody else."""

    replies: list[NewDelivery]
    left: list[str]
    moved: Mapping[URN, int]  # addresses that belong to another contact now


class Consequences:
    """Carries out events; everything that an inspector may ask about leaves an audit entry."""

    def __init__(self, files: FileStore, papers: Papers, content: Catalogue, keyed_hash: Hash) -> None:
        self._files, self._papers, self._content = files, papers, content
        self._keyed_hash = keyed_hash

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
            match event:
                case QuestionAsked() | QuestionExtended() | QuestionClosed():
                    entries.append(await self._question(uow, people[contact], event, now))
                case ConsentGiven() | ConsentWithdrawn() | NeedsTold():
                    entries += await _consented(uow, contact, event, now)
                case NoticesAsked() | NoticeDoubted():
                    replies = await sent.act(uow, sent.Looking(self._content, people[contact], now), one, replies)
                case CheckFinished():
                    await self._count(uow, people[contact], event, now)
                case PaperAsked() | PictureAsked():
                    replies = _attached(replies, one, await self._made(event), now, event.reply)
                case CodeAsked():
                    replies = await self._state(uow, people[contact], one, replies, now)
                case JoinOffered() | JoinCodeTyped() | JoinAgreed() | SeparationAsked():
                    done = await joined.act(uow, one, replies, moved, now)
                    replies, moved = done.replies, {**moved, **done.moved}
                    entries += done.entries
                case ExportRequested():
                    replies = _attached(replies, one, [await self._export(uow, contact)], now)
                    entries.append(_entry(now, contact, "data.exported", f"contact:{contact}"))
                case ErasureRequested():
                    left += await erase_person(uow, contact, self._keyed_hash, now)
                    entries.append(_entry(now, contact, "data.erased", f"contact:{contact}"))
        await uow.audit.append(entries)
        return Acted(replies, left, moved)

    async def _question(
        self, uow: UnitOfWork, person: Person, event: QuestionAsked | QuestionExtended | QuestionClosed, now: datetime
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

    async def _ask(self, uow: UnitOfWork, person: Person, event: QuestionAsked, now: datetime) -> AuditEntry:
        papers = await self._made(event.paper) if event.paper is not None else []
        question_id = await uow.questions.open(
            NewQuestion(
                code=event.code,
                contact_id=person.contact.id,
                locality=person.contact.locality,
                office=event.office,
                topic=event.topic,
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
        await uow.questions.add_entry(event.question_id, entry, state=QuestionState.OPEN, due_at=event.due_at)
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

    async def _state(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """The state of the question with this code, told to whoever has it; guessing is soon over."""
        assert isinstance(happened.event, CodeAsked)  # noqa: S101
        last, code = happened.own(replies)[-1], happened.event.code
        account, lang = replies[last].urn.account, person.contact.language
        if await too_many(uow, account, person.contact.id, now):
            text = wording(lang).text("questions.too_many_codes")
        else:
            found = await uow.questions.get(code)
            if found is None or found.code != code or found.state is QuestionState.WITHDRAWN:
                await uow.questions.wrong_code(account, person.contact.id, now)
                return replies
            topic = self._content.topics.get(found.topic or "")
            title = topic.title.get(lang) if topic else wording(lang).text("topic.other")
            text = state_line(found, title, lang)
        told = replace(replies[last], message=replace(replies[last].message, text=text))
        return [*replies[:last], told, *replies[last + 1 :]]

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
        text=event.text[:WORDS],
        folded=fold(event.text[:WORDS])[:WORDS],
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
            if event.purpose is Purpose.NOTICES:
                await uow.campaigns.cancel_for(contact, now)
            if event.purpose in (Purpose.NOTICES, Purpose.REMINDERS):
                await uow.reminders.call_off(contact, Gone.STOPPED)
            action = "consent.withdrawn"
    return [_entry(now, contact, action, f"contact:{contact}", purpose=event.purpose)]


def _entry(now: datetime, contact: int, action: str, subject: str, **detail: str | None) -> AuditEntry:
    return AuditEntry(at=now, actor=f"contact:{contact}", action=action, subject=subject, detail=detail)
