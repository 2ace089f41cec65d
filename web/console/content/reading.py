"""What citizens of a place are told: what ends soon, what nobody verified, offices, answers, cards, the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from content.certainty import Certainty
from content.formatting import date_text, phone_text
from content.local_reading import day
from content.locality import Office
from content.outlook import doubtful, ending
from core.local_content import Change, Kind, Place
from core.officers import Right
from handlers import plan
from web.console.content import hamlets
from web.console.content.access import access_place, may, readable
from web.console.content.words import PAGE, ChangeLine, form_of, line_of, today_of, topic_of
from web.console.states import Mark
from web.console.visit import Visit

YEARS = range(2000, 2101)  # of which packs can say anything
NAMED = 2  # of what ends with a document, in a list
CERTAINTY = {
    Certainty.CERTAIN: ("✓", "good"),
    Certainty.REPORTED: ("◇", "busy"),
    Certainty.UNVERIFIED: ("▲", "warning"),
    Certainty.EXPIRED: ("■", "danger"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which place, as of which day."""

    place: str
    on: date
    fault: bool = False  # the day that was asked for is none

    def query(self, visit: Visit) -> str:
        """What an address says of the day; nothing where it is today."""
        return "" if self.on == today_of(visit) else f"?on={self.on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A topic in a list."""

    title: str
    href: str
    text: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """An office as citizens are told it."""

    name: str
    now: str  # what it is called now, where that differs
    phone: str
    address: str
    hours: str
    edit: str  # address of its form; empty where this officer may not change it


def view_of(visit: Visit, place: str) -> View:
    """The day of an address: `on`, as a date or as people write it."""
    said = visit.request.query_params.get("on", "").strip()
    found = day(said) if said else None
    found = found if found is not None and found.year in YEARS else None
    return View(place=place, on=found or today_of(visit), fault=bool(said) and found is None)


def certainty_mark(visit: Visit, certainty: Certainty) -> Mark:
    """How sure something is, as sign, colour and word (voice O7)."""
    sign, kind = CERTAINTY[certainty]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.content.certainty.{certainty}"))


async def show_content(visit: Visit) -> Response:
    """GET /console/content?at=&on=."""
    places = readable(visit)
    asked = visit.request.query_params.get("at", "")
    place = await access_place(visit, asked) if asked else next((one for one, _ in places), "")
    if not place:
        return visit.page("content-none.html")
    view = view_of(visit, place)
    content, lang = visit.console.content, visit.words.lang
    async with visit.site.storage.read() as uow:
        waiting = await uow.local.waiting([place])
    again = [one for one in content.overlay.again if one.about.locality == place]
    ends = _ending(visit, view)
    doubts = _doubtful(visit, view)
    return visit.page(
        "content.html",
        here=PAGE,
        view=view,
        places=places,
        on=date_text(view.on, lang),
        today=view.on == today_of(visit),
        waiting=[line_of(visit, one) for one in waiting],
        again=_again(visit, again),
        ends=ends,
        doubts=doubts,
        offices=_offices(visit, view),
        hamlets=await hamlets.rows(visit, place),
        new_hamlet=f"{PAGE}/{place}/hamlet" if may(visit, Right.WRITE_CONTENT, _hamlet(place)) else "",
        answers=_answers(visit, view),
        new_answer=f"{PAGE}/{place}/answer" if _may_write(visit, place) else "",
        cards=_cards(visit, view),
        plan=_plan(visit, view),
        learning=visit.officer.may_somewhere(Right.TEACH),
    )


def _hamlet(place: str) -> Place:
    return Place(locality=place, kind=Kind.HAMLET, subject="")


def _may_write(visit: Visit, place: str) -> bool:
    return any(one in ("", place) for one, _ in visit.officer.reach(Right.WRITE_CONTENT))


def _again(visit: Visit, found: Iterable[Change]) -> list[tuple[ChangeLine, str]]:
    """What is not told any more, each with the form in which it is proposed again."""
    return [(line_of(visit, one), f"{form_of(one.about)}?from={one.id}") for one in found]


def _ending(visit: Visit, view: View) -> list[Row]:
    """By day and topic, all that ends together on a line of its own."""
    content, lang = visit.console.content, visit.words.lang
    groups: dict[tuple[date, str], dict[str, dict[str, None]]] = {}
    for one in ending(content, locality=view.place, on=view.on, lang=lang):
        of_document = groups.setdefault((one.last, one.topic), {}).setdefault(one.document, {})
        of_document |= {one.what: None} if one.what else {}
    rows = []
    for (last, topic), together in groups.items():
        over = "danger" if last < view.on else "warning"
        mark = Mark(sign="■" if last < view.on else "▲", kind=over, word=date_text(last, lang))
        title = content.topics[topic].title.get(lang) if topic else visit.words.text("console.content.plan")
        href = topic_of(view.place, topic) if topic else f"{PAGE}/{view.place}/plan/home"
        rows.append(Row(title=title, href=href + view.query(visit), text=_together(visit, together), mark=mark))
    return rows


def _together(visit: Visit, documents: Mapping[str, Iterable[str]]) -> str:
    """What ends with each document; the first few, since the topic's page has all of it."""
    said = []
    for document, whats in documents.items():
        first, rest = list(whats)[:NAMED], list(whats)[NAMED:]
        named = ", ".join([*first, *([visit.words.text("console.content.ends.more", count=len(rest))] if rest else [])])
        said.append(f"{document}: {named}" if named else document)
    return "; ".join(said)


def _doubtful(visit: Visit, view: View) -> list[Row]:
    """By topic: how many passages and figures are how sure."""
    content, lang = visit.console.content, visit.words.lang
    counts: dict[str, dict[Certainty, int]] = {}
    for one in doubtful(content, locality=view.place, on=view.on, lang=lang):
        of_topic = counts.setdefault(one.topic, {})
        of_topic[one.certainty] = of_topic.get(one.certainty, 0) + 1
    rows = []
    for topic, numbers in counts.items():
        sure = [one for one in CERTAINTY if one in numbers]
        said = [visit.words.text(f"console.content.count.{one}", number=numbers[one]) for one in sure]
        href = topic_of(view.place, topic) + view.query(visit)
        rows.append(Row(title=content.topics[topic].title.get(lang), href=href, text=", ".join(said)))
    return rows


def _offices(visit: Visit, view: View) -> list[OfficeRow]:
    place = visit.console.content.localities[view.place]
    there = [one for one in place.offices if one.valid_to is None or view.on <= one.valid_to]
    return [_office(visit, view.place, one) for one in there]


def _office(visit: Visit, place: str, one: Office) -> OfficeRow:
    lang, about = visit.words.lang, Place(locality=place, kind=Kind.OFFICE, subject=one.id)
    return OfficeRow(
        name=one.name.get(lang),
        now=one.called.get(lang) if one.called else "",
        phone=phone_text(one.phone) if one.phone else "",
        address=one.address.get(lang) if one.address else "",
        hours=one.hours.get(lang) if one.hours else "",
        edit=form_of(about) if may(visit, Right.WRITE_CONTENT, about) else "",
    )


def _answers(visit: Visit, view: View) -> list[Row]:
    content, lang = visit.console.content, visit.words.lang
    return [
        Row(
            title=answer.question,
            href=topic_of(place, topic) + view.query(visit),
            text=content.topics[topic].title.get(lang),
        )
        for (place, topic), answer in content.overlay.answers.items()
        if place == view.place and (answer.until is None or view.on <= answer.until)
    ]


def _cards(visit: Visit, view: View) -> list[Row]:
    content, lang, words = visit.console.content, visit.words.lang, visit.words
    rows = []
    for topic in content.topics.values():
        card = content.card(topic.id, locality=view.place, on=view.on, lang=lang)
        mark = certainty_mark(visit, card.certainty) if card else None
        text = "" if card else words.text("console.content.no-card")
        href = topic_of(view.place, topic.id) + view.query(visit)
        rows.append(Row(title=topic.title.get(lang), href=href, text=text, mark=mark))
    return rows


def _plan(visit: Visit, view: View) -> list[Row]:
    book = visit.console.content.plan(locality=view.place, on=view.on, lang=visit.words.lang)
    if book is None:
        return []
    pages = [("home", book.page("home")), *((key, book.page(key)) for key in plan.PARTS)]
    return [
        Row(title=page.title, href=f"{PAGE}/{view.place}/plan/{key}{view.query(visit)}")
        for key, page in pages
        if page is not None and (key == "home" or page.items or page.table)
    ]


def address(place: str, on: str = "") -> str:
    """The address of a place's content."""
    return f"{PAGE}?{urlencode({'at': place, **({'on': on} if on else {})})}"
