"""One topic of a place, or one part of its plan: every word with its source, its days and how sure it is."""

from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from content.certainty import Certainty
from content.formatting import capital, date_text, figure_text
from content.placeholders import FigurePlace
from content.schema import Figure, Value
from content.showing import days_text, figure_keys, origin_text
from content.telling import Teller
from core.errors import NotFoundError
from core.local_content import Kind, Place
from core.messages import Table
from core.officers import Right
from handlers import plan
from web.console.content.access import access_place, may
from web.console.content.reading import View, address, certainty_mark, view_of
from web.console.content.words import ChangeLine, form_of, line_of, today_of
from web.console.lines import place_name
from web.console.states import Mark
from web.console.visit import Visit

INNER = ("targets:", "project:")  # pages of a plan that stand within another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A passage of a card or of the plan."""

    title: str
    text: str = field(repr=False)
    source: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A value of a figure during one stretch of time."""

    what: str
    value: str
    days: str
    origin: str
    mark: Mark | None  # None: it holds on another day than the one that is looked at


async def show_topic(visit: Visit) -> Response:
    """GET /console/content/{place}/topics/{topic}?on=."""
    place = await access_place(visit, visit.request.path_params["place"])
    content, lang, words = visit.console.content, visit.words.lang, visit.words
    topic = content.topics.get(visit.request.path_params["topic"])
    if topic is None:
        raise NotFoundError("no such topic")
    view, about = view_of(visit, place), Place(locality=place, kind=Kind.ANSWER, subject=topic.id)
    card = content.card(topic.id, locality=place, on=view.on, lang=lang)
    office = content.office(topic.id, locality=place, on=view.on, lang=lang)
    own = content.local_answer(topic.id, locality=place, on=view.on, lang=lang)
    standing, history = await _changes(visit, about)
    passages = (*card.sections.values(), *card.details) if card else ()
    first = (
        Part(title=words.text("console.content.first"), text=card.short, source=card.source)
        if card
        else Part(title=words.text("console.content.no-card"), text=capital(office.text), source=office.source or "")
    )
    return visit.page(
        "content-topic.html",
        title=topic.title.get(lang),
        heading_place=place_name(visit, place),
        **_around(visit, view),
        first=first,
        mark=certainty_mark(visit, card.certainty) if card else None,
        own=Part(title=own.title, text=own.text, source=own.source or "") if own else None,
        parts=[Part(title=one.title, text=one.text, source=one.source or "") for one in passages],
        figures=_figures(visit, view, topic.id),
        waiting=standing,
        history=history,
        edit=form_of(about) if _may_write(visit, place) else "",
        ask_officer=card.ask_officer if card else (),
    )


def _may_write(visit: Visit, place: str) -> bool:
    about = Place(locality=place, kind=Kind.ANSWER, subject="")
    offices = ("", *(one.id for one in visit.console.content.localities[place].offices))
    return any(may(visit, Right.WRITE_CONTENT, about, one) for one in offices)


async def _changes(visit: Visit, about: Place) -> tuple[list[ChangeLine], list[ChangeLine]]:
    async with visit.site.storage.read() as uow:
        found = await uow.local.history(about)
    lines = [line_of(visit, one) for one in found]
    return [one for one, change in zip(lines, found, strict=True) if change.state == "proposed"], lines


def _around(visit: Visit, view: View) -> dict[str, Any]:
    """The day, and the way back."""
    today = view.on == today_of(visit)
    return {
        "view": view,
        "today": today,
        "on": date_text(view.on, visit.words.lang),
        "back": address(view.place, "" if today else view.on.isoformat()),
    }


def _figures(visit: Visit, view: View, topic: str) -> list[FigureLine]:
    content, words = visit.console.content, visit.words
    teller = content.teller(topic, locality=view.place, on=view.on, words=words)
    figures = content.figures(locality=view.place)
    return [
        _figure(visit, teller, key, figures[key], value)
        for key in figure_keys(content, topic, view.place)
        for value in figures[key].values
    ]


def _figure(visit: Visit, teller: Teller, key: tuple[str, str], figure: Figure, value: Value) -> FigureLine:
    told = teller.figure(FigurePlace(".".join(key) if key[0] != teller.topic else key[1]))
    return FigureLine(
        what=figure.what.get(visit.words.lang),
        value=figure_text(value.value, figure.unit, visit.words.lang),
        days=days_text(value, visit.words),
        origin=origin_text(teller, value, titles=True),
        mark=certainty_mark(visit, told.certainty or Certainty.CERTAIN) if value is told.value else None,
    )


async def show_plan(visit: Visit) -> Response:
    """GET /console/content/{place}/plan/{part}?on=: a part of the local plan, with its section and what it says."""
    place = await access_place(visit, visit.request.path_params["place"])
    view, key = view_of(visit, place), visit.request.path_params["part"]
    book = visit.console.content.plan(locality=place, on=view.on, lang=visit.words.lang)
    page = book.page(key) if book is not None and key in ("home", *plan.PARTS) else None
    if page is None:
        raise NotFoundError("no such part of a plan")
    # Of goals and projects the page is a list of pages: all of them stand here together.
    inner = [book.page(one) for one in page.onward if one.startswith(INNER)] if book is not None else []
    pages = [page, *(one for one in inner if one is not None and one.items)]
    parts = [
        (one.title, [Part(title="", text=item.text, source=item.section or "") for item in one.items]) for one in pages
    ]
    lead = "\n".join(filter(None, (page.over, *(page.lead if len(pages) == 1 else ()))))
    items = [item for one in pages for item in one.items]
    source = plan.source_line(
        visit.console.content, place, page, items, on=view.on, words=visit.words, table=page.table is not None
    )
    return visit.page(
        "content-plan.html",
        title=page.title,
        heading_place=place_name(visit, place),
        **_around(visit, view),
        lead=lead,
        parts=parts,
        table=page.table,
        source=source,
    )
