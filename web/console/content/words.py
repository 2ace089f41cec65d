"""Content in an officer's words: what a change is about, how it stands, what is new in it, how citizens read it."""

from dataclasses import dataclass, field
from datetime import date

from content.formatting import date_text
from content.hamlets import position_of
from content.local import FIELDS, told
from content.local_reading import DAYS
from content.offices import desk_text
from content.wording import LANGUAGES, wording
from core.caps import LOCAL
from core.events import map_link
from core.local_content import Change, ChangeState, Fields, Kind, Place
from web.bubbles import moment_text
from web.console.lines import office_name, place_name
from web.console.notices.words import Change as Changed
from web.console.notices.words import runs
from web.console.states import Mark
from web.console.visit import Visit

PAGE = "/console/content"
_MARKS = {
    ChangeState.PROPOSED: ("◇", "warning"),
    ChangeState.IN_FORCE: ("✓", "good"),
    ChangeState.REPLACED: ("–", "plain"),
    ChangeState.RETURNED: ("◐", "busy"),
    ChangeState.WITHDRAWN: ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change as a line of a list."""

    href: str
    what: str
    place: str
    said: str = field(repr=False)  # by whom and when
    mark: Mark
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words as a citizen reads them."""

    lang: str
    name: str
    text: str = field(repr=False)
    source: str = field(default="", repr=False)


def today_of(visit: Visit) -> date:
    """The day in Viet Nam."""
    return visit.now.astimezone(LOCAL).date()


def form_of(about: Place) -> str:
    """The address of the form in which a thing is changed."""
    return f"{PAGE}/{about.locality}/{about.kind}/{about.subject}"


def topic_of(place: str, topic: str) -> str:
    """The address of a topic's page."""
    return f"{PAGE}/{place}/topics/{topic}"


def name_of(visit: Visit, about: Place, said: Fields | None = None) -> str:
    """What a change is about, in the page's language; the bare id of what no pack holds any more.

    A hamlet that no pack lists is called as somebody wrote it, in `said`.
    """
    if about.kind is Kind.OFFICE:
        return office_name(visit, about.locality, about.subject)
    if about.kind is Kind.HAMLET:
        return visit.words.text("console.content.position-of", hamlet=hamlet_name(visit, about, said or {}))
    known = visit.console.content.topics.get(about.subject)
    title = known.title.get(visit.words.lang) if known else about.subject
    return visit.words.text("console.content.answer-about", topic=title)


def hamlet_name(visit: Visit, about: Place, said: Fields) -> str:
    """A hamlet by the name of its place's pack, else as somebody wrote it."""
    place = visit.console.content.localities.get(about.locality)
    known = place.hamlet(about.subject) if place else None
    return known.name if known else said.get("hamlet") or about.subject.replace("-", " ")


def map_of(said: Fields) -> str:
    """The address of a map on which somebody can look whether a hamlet's meeting house is there."""
    return map_link(*position_of(said))


def mark_of(visit: Visit, one: Change) -> Mark:
    """How a change stands; one in force that is not told stands out."""
    if one.state is ChangeState.IN_FORCE and one.id in {each.id for each in visit.console.content.overlay.again}:
        return Mark(sign="▲", kind="warning", word=visit.words.text("console.content.state.again"))
    sign, kind = _MARKS[one.state]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.content.state.{one.state}"))


def line_of(visit: Visit, one: Change) -> ChangeLine:
    """The line of a change."""
    words = visit.words
    time = moment_text(one.proposed_at, words)
    said = words.text("console.content.by", officer=one.proposed_by, time=time)
    if one.settled_by is not None and one.settled_at is not None:
        time = moment_text(one.settled_at, words)
        name = ChangeState.IN_FORCE if one.state is ChangeState.REPLACED else one.state
        said += f" {words.text(f'console.content.by.{name}', officer=one.settled_by, time=time)}"
    return ChangeLine(
        href=f"{PAGE}/changes/{one.id}",
        what=name_of(visit, one.about, {**one.before, **one.after}),
        place=place_name(visit, one.about.locality),
        said=said,
        mark=mark_of(visit, one),
        why=one.why,
    )


def shown(visit: Visit, about: Place, name: str, text: str) -> str:
    """A field as people read it: days and offices by their names."""
    if name in DAYS and text:
        try:
            return date_text(date.fromisoformat(text), visit.words.lang)
        except ValueError:
            return text
    if name == "office" and text:
        return office_name(visit, about.locality, text)
    return text


def changes(visit: Visit, about: Place, before: Fields, after: Fields) -> list[Changed]:
    """What is not as it was, field by field."""
    found = []
    for name in FIELDS[about.kind]:
        old, new = (shown(visit, about, name, each.get(name, "")) for each in (before, after))
        if old != new:
            found.append(Changed(name=visit.words.text(f"console.content.field.{name}"), runs=tuple(runs(old, new))))
    return found


def as_told(visit: Visit, one: Change) -> list[Told]:
    """A change as citizens read it once it is in force, in each language; nothing where it is taken away."""
    content, on = visit.console.content, today_of(visit)
    over = content.packed.overlay([one])
    if not one.after or one in over.again:
        return []
    found = []
    for lang in LANGUAGES:
        words = wording(lang)
        name = visit.words.text(f"console.compose.text.{lang}")
        if one.about.kind is Kind.OFFICE:
            place = over.localities[one.about.locality]
            office = next(each for each in place.offices if each.id == one.about.subject)
            text = f"{office.name.get(lang)}. {desk_text(office, words)}"
            found.append(Told(lang=lang, name=name, text=text))
        elif one.about.kind is Kind.HAMLET:
            found.append(Told(lang=lang, name=name, text=words.text("work.why.near", km="…")))
        else:
            place = content.localities[one.about.locality]
            passage = told(over.answers[one.about.locality, one.about.subject], place, on, words)
            if passage is not None:
                text = f"{passage.title}:\n{passage.text}"
                found.append(Told(lang=lang, name=name, text=text, source=passage.source or ""))
    return found
