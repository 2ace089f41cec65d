"""One question: the citizen's words, what could be answered, and everything that can be done with it."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from content.locality import Office
from content.wording import Wording
from core.console_storage import Note
from core.contacts import Refusal
from core.officers import Officer, Right
from core.questions import Author, Question, QuestionState, spoken_code
from handlers.answers import MAX_ANSWER
from handlers.context import LOCAL
from handlers.holding import FINISHED, MOST_NOTE, answers
from handlers.talking import MOST_UPPER
from web.bubbles import FileLink, file_label, time_text
from web.console.kept import Typed, kept
from web.console.lines import kind_name, office_name, place_name
from web.console.questions.suggestions import advice, cards, opening, paragraphs, ready, told_numbers
from web.console.states import due_text, mark_of
from web.console.visit import Visit

LATELY, MOST_OTHERS = timedelta(days=7), 5  # what the same person asked besides


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An entry of the thread, or a note, as the page shows it."""

    who: str
    mine: bool  # an officer's
    time: str
    text: str = field(repr=False)
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What storage knows about a question besides itself."""

    notes: tuple[Note, ...]
    holder: tuple[int, str] | None
    refusal: Refusal | None
    colleagues: tuple[Officer, ...]
    others: tuple[Question, ...] = ()  # of the same person, of the last days, the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why what was posted was not done: what happened, and below which form it is said."""

    text: str
    form: str  # "answer", "note", "hold", "talk", "hand-over", "pass-up", "close"
    status: int = 422


def page_of(question: Question) -> str:
    """The address of a question's page."""
    return f"/console/questions/{question.id}"


async def show_question(visit: Visit) -> Response:
    """GET /console/questions/{id}, with what was being typed when a session ended."""
    assert visit.question is not None  # noqa: S101 - the table says so
    return await question_page(visit, visit.question, typed=await kept(visit, page_of(visit.question)))


async def question_page(
    visit: Visit,
    question: Question,
    *,
    typed: Typed | None = None,
    trouble: Trouble | None = None,
    preview: str = "",
) -> Response:
    """The page of a question, with what was typed into its forms."""
    around, words, typed = await _around(visit, question), visit.words, typed or Typed()
    may_act = answers(visit.officer, question)
    return visit.page(
        "question.html",
        status=trouble.status if trouble else 200,
        question=question,
        code=spoken_code(question.code),
        href=page_of(question),
        place=place_name(visit, question.locality),
        office=office_name(visit, question.locality, question.office),
        topic=_topic(visit, question),
        kind=kind_name(visit, question),
        mark=mark_of(question, held=around.holder is not None, now=visit.now, words=words),
        due=due_text(question, now=visit.now, words=words) if question.state is QuestionState.OPEN else "",
        holder=around.holder[1] if around.holder else "",
        talks=time_text(question.talk_until, now=visit.now, words=words)
        if question.talk_until is not None and question.talks(visit.now)
        else "",
        mine=around.holder is not None and around.holder[0] == visit.officer.id,
        thread=_thread(visit, question),
        notes=[_note(visit, one) for one in around.notes],
        numbers=told_numbers(visit, question) if question.urgent and question.state not in FINISHED else "",
        others=[(page_of(one), spoken_code(one.code), one.urgent) for one in around.others],
        unreached=words.text(f"console.unreached.{around.refusal}") if around.refusal else "",
        gone=question.contact_id is None or question.state is QuestionState.WITHDRAWN,
        finished=question.state in FINISHED,
        may_act=may_act,
        cards=cards(visit, question) if may_act else [],
        paragraphs=paragraphs(visit, question) if may_act else [],
        ready=ready(visit, question) if may_act else [],
        opening=opening(visit, question),
        colleagues=[(one.id, one.name) for one in around.colleagues],
        offices=_offices(visit, question),
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
        preview=preview,
        advice=advice(visit, preview, urgent=question.urgent) if preview else [],
        most=MAX_ANSWER,
        most_note=MOST_NOTE,
        common=_common(visit, question),
        most_upper=MOST_UPPER,
        answered=any(one.author is Author.OFFICER for one in question.thread),
    )


async def _around(visit: Visit, question: Question) -> Around:
    contacts = [question.contact_id] if question.contact_id is not None else []
    async with visit.site.storage.read() as uow:
        notes, holder = await uow.desk.notes(question.id), await uow.desk.holder(question.id)
        refusals = await uow.people.unreachable(contacts) if contacts else {}
        officers = await uow.officers.list()
        reach = visit.officer.reach(Right.READ_QUESTIONS)
        others = await uow.desk.beside(question, reach, since=visit.now - LATELY, limit=MOST_OTHERS)
    colleagues = tuple(one for one in officers if one.id != visit.officer.id and answers(one, question))
    refusal = next(iter(refusals.values()), None)
    return Around(notes=tuple(notes), holder=holder, refusal=refusal, colleagues=colleagues, others=tuple(others))


def _thread(visit: Visit, question: Question) -> list[Said]:
    words = visit.words
    return [
        Said(
            who=entry.officer or words.text("console.question.citizen"),
            mine=entry.author is Author.OFFICER,
            time=time_text(entry.at, now=visit.now, words=words),
            text=entry.text,
            files=tuple(
                FileLink(label=file_label(item, words), href=visit.site.files.link(item)) for item in entry.attachments
            ),
        )
        for entry in question.thread
    ]


def _note(visit: Visit, one: Note) -> Said:
    return Said(who=one.officer, mine=True, time=time_text(one.at, now=visit.now, words=visit.words), text=one.text)


def _topic(visit: Visit, question: Question) -> str:
    known = visit.console.content.topics.get(question.topic or "")
    return known.title.get(visit.words.lang) if known else visit.words.text("topic.other")


def _common(visit: Visit, question: Question) -> str:
    """Where an officer's answer is made one for everybody of the place; empty where nobody has answered yet."""
    place, content = question.locality or "", visit.console.content
    said = any(entry.author is Author.OFFICER for entry in question.thread)
    office = question.office or ""
    if not said or place not in content.localities:
        return ""
    if not visit.officer.may(Right.WRITE_CONTENT, localities=[place], office=office):
        return ""
    topic = question.topic if question.topic in content.topics else ""
    asked = {"question": question.id, **({"topic": topic} if topic else {})}
    return f"/console/content/{place}/answer?{urlencode(asked)}"


def _offices(visit: Visit, question: Question) -> list[tuple[str, str]]:
    """The other offices of the place today; first those that handle the topic, by the plan."""
    content, today = visit.console.content, visit.now.astimezone(LOCAL).date()
    place = content.localities.get(question.locality or "")
    if place is None or not visit.officer.may_somewhere(Right.ANSWER):
        return []
    topic = question.topic if question.topic in content.topics else None
    named = content.office(topic, locality=place.id, on=today).offices if topic else ()
    there = [one for one in place.offices if one.valid_to is None or today <= one.valid_to]
    there.sort(key=lambda one: one.id not in named)
    return [
        (one.id, _who_handles(visit.words, one, leads=one.id in named)) for one in there if one.id != question.office
    ]


def _who_handles(words: Wording, office: Office, *, leads: bool) -> str:
    """An office by its name, with what people go there for by the plan; marked where it leads this very matter."""
    name, lang = office.name.get(words.lang), words.lang
    named = f"{name} ({words.text('console.question.handles')})" if leads else name
    return f"{named}: {office.matters.text.get(lang)}" if office.matters else named
