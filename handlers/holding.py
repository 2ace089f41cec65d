"""What officers do with a question besides answering it: whose hands it is in, whose office, notes, closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from content.catalogue import Catalogue
from core.console_storage import Note, Once
from core.errors import ChungTayError, NotFoundError, StaleError
from core.officers import Officer, Right
from core.questions import Question, QuestionState
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers import informing, looking
from handlers.context import LOCAL

MOST_NOTE = 2000  # characters
FINISHED = (QuestionState.CLOSED, QuestionState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody acts on a question, as they saw it, with a form that counts once."""

    key: str
    officer: str
    seen: int
    once: Once
    now: datetime


async def hold(storage: Storage, act: Act, holder: str | None) -> None:
    """Take it, give it to a colleague, or (None) back to those that wait.

    Raises NotFoundError for a colleague who may not answer here, NotAllowedError, StaleError.
    """
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    async with storage.write() as uow:
        found = await uow.officers.find(holder) if holder is not None else None
        if holder is not None and (found is None or not answers(found, one)):
            raise NotFoundError("no such officer here", where=holder)
        person = await informing.talked_to(uow, one, act.now)
        before = await uow.desk.holder(one.id)
        if await begun(uow, one, act):
            await uow.desk.hold(one.id, found.id if found else None, act.now)
            if found is None or before is None or before[0] != found.id:
                await informing.talk_over(uow, one, person, act.now)
            detail = {"holder": found.id if found else None}
            await uow.audit.append([entry(act, one, "question.held" if found else "question.returned", detail)])
            await uow.commit()


async def hand_over(storage: Storage, content: Catalogue, act: Act, *, office: str, note: str) -> None:
    """Another office of the place answers for it from now on, and nobody has it. The person hears it when they ask.

    Raises NotFoundError for an office that is not there now, NotAllowedError, StaleError, ChungTayError.
    """
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    place = content.localities.get(one.locality or "")
    today = act.now.astimezone(LOCAL).date()
    there = {each.id for each in place.offices if each.valid_to is None or today <= each.valid_to} if place else set()
    demand_short(note)
    async with storage.write() as uow:
        person = await informing.talked_to(uow, one, act.now)
        if await begun(uow, one, act):
            demand_open(one)
            if office not in there or office == one.office:
                raise NotFoundError("no such office here", where=office)
            await uow.desk.place_at(one.id, office)
            await uow.desk.hold(one.id, None, act.now)
            await informing.talk_over(uow, one, person, act.now)
            await uow.chats.recall()
            await noted(uow, one, act, note)
            detail = {"from": one.office, "to": office}
            await uow.audit.append([entry(act, one, "question.handed-over", detail)])
            await uow.commit()


async def close(storage: Storage, act: Act, *, note: str) -> None:
    """Settle it without another answer; the note says why. Raises NotAllowedError, StaleError, ChungTayError."""
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    demand_words(note)
    async with storage.write() as uow:
        person = await informing.talked_to(uow, one, act.now)
        if await begun(uow, one, act):
            demand_open(one)
            await informing.talk_over(uow, one, person, act.now)
            await uow.questions.set_state(one.id, QuestionState.CLOSED)
            await uow.chats.recall()
            await noted(uow, one, act, note)
            await uow.audit.append([entry(act, one, "question.closed", {})])
            await uow.commit()


async def note(storage: Storage, act: Act, *, text: str) -> None:
    """Add a note that officers read. Nobody needs to have seen the last change for it.

    Raises NotAllowedError, ChungTayError.
    """
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    demand_words(text)
    async with storage.write() as uow:
        if await uow.forms.claim(act.once, act.now):
            await noted(uow, one, act, text)
            await uow.audit.append([entry(act, one, "question.noted", {})])
            await uow.commit()


def answers(officer: Officer, question: Question) -> bool:
    """Whether this officer may answer this question."""
    places = [question.locality] if question.locality else []
    return officer.may(Right.ANSWER, localities=places, office=question.office or "")


async def begun(uow: UnitOfWork, one: Question, act: Act) -> bool:
    """Whether this form is acted on: False where it was sent before.

    Raises StaleError where the question is not as it was seen.
    """
    if not await uow.forms.claim(act.once, act.now):
        return False
    if not await uow.desk.touch(one.id, act.seen):
        raise StaleError("it was changed meanwhile", where=f"question {one.code}", mend="look at it again")
    return True


async def noted(uow: UnitOfWork, one: Question, act: Act, text: str) -> None:
    """Keep a note, where there is one."""
    if text.strip():
        await uow.desk.note(one.id, Note(officer=act.officer, at=act.now, text=text.strip()))


def demand_open(one: Question) -> None:
    """Raises ChungTayError where nobody waits for an answer any more."""
    if one.state in FINISHED:
        raise ChungTayError("it is closed, or was taken back", where=f"question {one.code}")


def demand_words(text: str) -> None:
    """Raises ChungTayError for a note that is empty or too long."""
    if not text.strip():
        raise ChungTayError("the note is empty", where="note")
    demand_short(text)


def demand_short(text: str) -> None:
    """Raises ChungTayError for a note longer than MOST_NOTE."""
    if len(text.strip()) > MOST_NOTE:
        raise ChungTayError(f"the note is longer than {MOST_NOTE:,} characters", where="note", mend="shorten it")


def entry(act: Act, one: Question, action: str, detail: Mapping[str, str | int | None]) -> AuditEntry:
    """What an officer did to a question, for the log: no words."""
    return AuditEntry(
        at=act.now, actor=f"officer:{act.officer}", action=action, subject=f"question:{one.id}", detail=detail
    )
