"""Every topic of a locality as a page, told by the same cards as in the chat, as of today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from content.cards import Card
from content.formatting import date_text
from content.planbook import PlanBook
from content.schema import Topic
from core.messages import Table
from core.progress import Reported
from handlers import plan
from web.public.reading import Reading, reading_of
from web.public.responding import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a page, with what it rests on."""

    title: str
    text: str
    source: str | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """What is told about a topic."""

    first: Section  # the short answer, as the chat gives it
    sections: tuple[Section, ...] = ()
    ask_officer: tuple[str, ...] = ()
    next: tuple[Topic, ...] = ()


async def show_topics(request: Request) -> Response:
    """GET /{locality}/chu-de: all topics by theme."""
    reading = reading_of(request)
    words, topics = reading.words, reading.content.topics
    groups = [
        (theme.button.get(reading.lang), [_linked(reading, topics[one]) for one in theme.topics if one in topics])
        for theme in reading.content.themes.values()
    ]
    grouped = {one for theme in reading.content.themes.values() for one in theme.topics}
    others = [_linked(reading, one) for one in topics.values() if one.id not in grouped]
    if others:
        groups.append((words.text("public.topics.others"), others))
    return page(
        request,
        reading,
        "topics.html",
        title=words.text("public.topics.title", place=reading.named),
        description=words.text("public.topics.lead", place=reading.named),
        groups=groups,
    )


async def show_topic(request: Request) -> Response:
    """GET /{locality}/chu-de/{topic}: one topic; its id leads to its address."""
    reading = reading_of(request)
    topic = reading.content.topic_at(request.path_params["topic"])
    if topic is None:
        raise HTTPException(404)
    if topic.address != request.path_params["topic"]:
        return RedirectResponse(reading.link(f"/chu-de/{topic.address}"), status_code=301)
    told = page_of(reading, topic, await _published(reading, topic))
    title = topic.title.get(reading.lang)
    return page(
        request,
        reading,
        "topic.html",
        title=f"{title} · {reading.named}",
        description=" ".join(filter(None, (told.first.text, told.first.source))),
        heading=title,
        told=told,
        next=[_linked(reading, one) for one in told.next],
        ask=reading.chat(topic.id),
        date=date_text(reading.today, reading.lang),
    )


def _linked(reading: Reading, topic: Topic) -> tuple[str, str]:
    return reading.link(f"/chu-de/{topic.address}"), topic.title.get(reading.lang)


async def _published(reading: Reading, topic: Topic) -> Sequence[Reported]:
    """What officers published of the plan's goals; asked for on the page of the plan only."""
    if topic.id != plan.PLAN:
        return ()
    async with reading.site.storage.read() as uow:
        return await uow.progress.published(reading.place.id)


def page_of(reading: Reading, topic: Topic, reported: Sequence[Reported] = ()) -> TopicPage:
    """What is told about a topic in a place today."""
    content, place, on, lang = reading.content, reading.place.id, reading.today, reading.lang
    if topic.id == plan.PLAN and (told := _of_the_plan(reading, reported)) is not None:
        return _with_own(reading, topic, told)
    card = content.card(topic.id, locality=place, on=on, lang=lang)
    if card is not None:
        return _with_own(reading, topic, _of_a_card(reading, card))
    office = content.office(topic.id, locality=place, on=on, lang=lang)
    words = reading.words
    where = words.text("card.line", label=words.text("card.label.where"), text=office.text)
    text = words.text("topic.no_card", topic=topic.title.get(lang))
    return _with_own(reading, topic, TopicPage(first=Section(title="", text=f"{text}\n{where}", source=office.source)))


def _with_own(reading: Reading, topic: Topic, told: TopicPage) -> TopicPage:
    """The same, and right behind the first words what the place itself has answered."""
    own = reading.content.local_answer(topic.id, locality=reading.place.id, on=reading.today, lang=reading.lang)
    if own is None:
        return told
    return replace(told, sections=(Section(title=own.title, text=own.text, source=own.source), *told.sections))


def _of_a_card(reading: Reading, card: Card) -> TopicPage:
    passages = (*(one for key, one in card.sections.items() if key != "basis"), *card.details, card.sections["basis"])
    return TopicPage(
        first=Section(title="", text=card.short, source=card.source),
        sections=tuple(Section(title=one.title, text=one.text, source=one.source) for one in passages),
        ask_officer=card.ask_officer,
        next=tuple(reading.content.topics[one] for one in card.next if one in reading.content.topics),
    )


def _of_the_plan(reading: Reading, reported: Sequence[Reported]) -> TopicPage | None:
    """All that the local plan says, part by part; None where only its offices are known."""
    content, place, on = reading.content, reading.place.id, reading.today
    book = content.plan(locality=place, on=on, lang=reading.lang, reported=reported)
    home = book.page("home") if book else None
    if book is None or home is None:
        return None
    first = "\n".join(filter(None, (home.over, home.lead[0])))
    source = plan.source_line(
        reading.content, reading.place.id, home, home.items, on=reading.today, words=reading.words
    )
    return TopicPage(
        first=Section(title="", text=first, source=source),
        sections=tuple(_parts(reading, book)),
    )


def _parts(reading: Reading, book: PlanBook) -> Iterator[Section]:
    for key in (*(("progress",) if book.reported else ()), *plan.PARTS):
        part = book.page(key)
        if part is None or not (part.items or part.table):
            continue
        source = plan.source_line(
            reading.content, reading.place.id, part, part.items, on=reading.today, words=reading.words, table=True
        )
        lines = (*part.lead, *(f"• {one.text}" for one in part.items))
        yield Section(title=part.title, text="\n".join(lines), source=source, table=part.table)
