"""An officer's answer, on its way back into the citizen's own channel."""

import unicodedata
from dataclasses import replace
from datetime import datetime

from content import formatting
from content.catalogue import Catalogue
from content.wording import wording
from core.console_storage import Once
from core.contacts import URN
from core.conversation import Conversation, Person, Waiting
from core.delivery import NewDelivery
from core.errors import ChungTayError, NotFoundError, StaleError
from core.messages import Attachment, OutboundMessage, QuickReply
from core.officers import Right
from core.questions import Author, Entry, Question, QuestionState, spoken_code
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers import cases, drafts
from handlers.context import LOCAL
from handlers.permission import demand
from handlers.talking import TALK_LASTS
from handlers.turns import FORGET_AFTER
from handlers.typed import with_numbers

MAX_ANSWER = 4000  # characters: what the bubble of every channel holds, together with its frame
MAX_NAME = 60  # characters
PRIVATE = ("selfcheck.", "request.", "mydata.")  # what is asked there waits, whatever an officer answers


async def answer_question(
    storage: Storage,
    content: Catalogue,
    *,
    key: str,
    text: str,
    officer: str,
    now: datetime,
    attachments: tuple[Attachment, ...] = (),
    seen: int | None = None,
    once: Once | None = None,
) -> Question:
    """Add an officer's answer to a question and queue it for the person, in one transaction.

    `seen` is the version of the question that the officer looked at; None: whatever it is. A form that was sent before
    (`once`) changes nothing. Raises NotAllowedError; NotFoundError when there is no such question; StaleError when it
    is not as it was seen; ChungTayError when its person is gone or took it back, or the text is empty or longer than
    MAX_ANSWER.
    """
    officer = officer_name(officer)
    _demand_fit(key, text)
    await _demand_right(storage, key, officer, now)
    async with storage.write() as uow:
        question, person = await _found(uow, key)
        if once is not None and not await uow.forms.claim(once, now):
            return question
        demand_seen(question, seen)
        entry = Entry(author=Author.OFFICER, officer=officer, at=now, text=text.strip(), attachments=attachments)
        await uow.questions.add_entry(question.id, entry, state=QuestionState.ANSWERED)
        if question.talks(now):
            await uow.desk.talk(question.id, now + TALK_LASTS)
        message = told(content, question, person, entry)
        conversation = _after_answer(person.conversation, question, message, entry)
        (message,) = with_numbers([message], conversation)
        await uow.people.save([replace(person, conversation=conversation)])
        urn = (await uow.people.addresses(person.contact.id))[0]
        await uow.outbox.add([_delivery(question, person, urn, message, now)])
        await uow.chats.recall()
        await uow.audit.append(
            [
                AuditEntry(
                    at=now, actor=f"officer:{officer}", action="question.answered", subject=f"question:{question.id}"
                )
            ]
        )
        await uow.commit()
    return question


def demand_seen(question: Question, seen: int | None) -> None:
    """Raises StaleError where a question is not as an officer saw it."""
    if seen is not None and question.version != seen:
        raise StaleError("it was changed meanwhile", where=f"question {question.code}", mend="look at it again")


async def _demand_right(storage: Storage, key: str, officer: str, now: datetime) -> None:
    """Raises NotAllowedError where this officer may not answer in the question's place, for its office."""
    async with storage.read() as uow:
        question = await uow.questions.get(key)
    if question is None:
        return  # told below
    places = [question.locality] if question.locality else []
    subject = f"question:{question.id}"
    office = question.office or ""
    await demand(storage, officer, Right.ANSWER, localities=places, office=office, subject=subject, now=now)


def _after_answer(before: Conversation, question: Question, message: OutboundMessage, entry: Entry) -> Conversation:
    """What is said next is likely about this answer, unless the person was just asked something else."""
    now = entry.at
    if before.expires_at is not None and before.expires_at <= now:
        before = Conversation(version=before.version)
    waiting, draft = before.waiting, drafts.still(before, now)
    data = {"question": question.id, "since": now.isoformat(), "draft": draft}
    if question.urgent and (waiting is None or not waiting.state.startswith(PRIVATE)):
        told = waiting.data.get("told", []) if waiting is not None and waiting.state.startswith("danger.") else []
        waiting = Waiting(state=cases.ALARM, data={**data, "told": told, "asked": "?" in entry.text})
    elif waiting is None or draft is not None or waiting.state == cases.ANSWERED:
        waiting = Waiting(state=cases.ANSWERED, data=data)
    return replace(
        before,
        waiting=waiting,
        offered=message.quick_replies,
        version=before.version + 1,
        expires_at=now + FORGET_AFTER,
    )


def officer_name(name: str) -> str:
    """The name of an officer for the log. Raises ChungTayError when it is no line of 1 to 60 printable characters.

    >>> officer_name(" chị Lan ")
    'chị Lan'
    """
    name = unicodedata.normalize("NFC", name.strip(" "))
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise ChungTayError(f"a name has 1 to {MAX_NAME} printable characters on one line", where="--as")
    return name


def _demand_fit(key: str, text: str) -> None:
    if not text.strip():
        raise ChungTayError("the answer is empty", where=f"question {key}", mend="write it after --text")
    if len(text.strip()) > MAX_ANSWER:
        what = f"the answer has {len(text.strip()):,} characters, more than {MAX_ANSWER:,}"
        raise ChungTayError(what, where=f"question {key}", mend="shorten it, or attach a file")


async def _found(uow: UnitOfWork, key: str) -> tuple[Question, Person]:
    question = await uow.questions.get(key)
    if question is None:
        raise NotFoundError("no such question", where=key, mend="see: chungtay questions list")
    person = await uow.people.get(question.contact_id) if question.contact_id is not None else None
    if person is None:
        raise ChungTayError("the person had their data erased: nobody can be answered", where=f"question {key}")
    # Read again now that the person is held: they may have taken it back a moment ago.
    question = await uow.questions.get(key) or question
    if question.state is QuestionState.WITHDRAWN:
        raise ChungTayError("the person took this question back", where=f"question {key}")
    return question, person


def told(content: Catalogue, question: Question, person: Person, entry: Entry) -> OutboundMessage:
    """The bubble that brings the answer (voice.md T18)."""
    lang = person.contact.language
    words = wording(lang)
    known = question.locality if question.locality in content.localities else None
    place = content.place(locality=known, on=entry.at.astimezone(LOCAL).date(), lang=lang)
    text = words.text("answer.arrived", code=spoken_code(question.code), answer=entry.text, place=place)
    source = words.text("answer.source", day=formatting.date_text(entry.at.astimezone(LOCAL).date(), lang))
    buttons = tuple(
        QuickReply(label=words.text(f"button.{name}"), payload=f"question-{name}:{question.id}")
        for name in ("clear", "add", "disagree")
    )
    return OutboundMessage(text=text, source=source, quick_replies=buttons, attachments=entry.attachments)


def _delivery(question: Question, person: Person, urn: URN, message: OutboundMessage, now: datetime) -> NewDelivery:
    # Each answer is told once, however often the command is repeated with the same moment.
    key = f"answer:{question.id}:{int(now.timestamp() * 1_000_000)}"
    return NewDelivery(dedup_key=key, urn=urn, contact_id=person.contact.id, message=message, available_at=now)
