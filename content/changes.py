"""What a citizen would read differently between two days, or two versions of the packs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.cards import Card, Passage
from content.catalogue import Catalogue
from content.wording import wording

# The day up to which something was checked changes every day; it is no news.
_CHECKED = re.compile(r" (?:Tính đến ngày [\d/]+|As of \d+ \w+ \d{4})\.$", re.MULTILINE)
_INDENT = "\n    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One passage that is told otherwise, in some places."""

    localities: tuple[str, ...]
    topic: str
    passage: str  # "first", or the name of the part or the detail
    before: str | None  # None: it was not told
    after: str | None  # None: it is not told any more

    def __str__(self) -> str:
        lines = [f"{self.topic} / {self.passage} ({', '.join(self.localities)})"]
        for sign, text in (("-", self.before), ("+", self.after)):
            if text is not None:
                lines.append(f"  {sign} {text.replace(chr(10), _INDENT)}")
        return "\n".join(lines)


def differences(
    before: Catalogue, first: date, after: Catalogue, second: date, *, locality: str | None = None, lang: str = "vi"
) -> Iterator[Difference]:
    """All differences, topic by topic; what is the same in several places is told once.

    Raises NotFoundError for a locality that neither version has.
    """
    if locality is not None and locality not in before.localities:
        after.locality(locality)
    places = [locality] if locality else list(dict.fromkeys((*before.localities, *after.localities)))
    for topic in dict.fromkeys((*before.topics, *after.topics)):
        found: dict[tuple[str, str | None, str | None], list[str]] = {}
        for place in places:
            old, new = _told(before, topic, place, first, lang), _told(after, topic, place, second, lang)
            for name in dict.fromkeys((*old, *new)):
                if old.get(name) != new.get(name):
                    found.setdefault((name, old.get(name), new.get(name)), []).append(place)
        for (name, was, becomes), where in found.items():
            yield Difference(localities=tuple(where), topic=topic, passage=name, before=was, after=becomes)


def _told(catalogue: Catalogue, topic: str, place: str, on: date, lang: str) -> dict[str, str]:
    """Everything that is told about a topic in a place, by the name of the passage."""
    if topic not in catalogue.topics or place not in catalogue.localities:
        return {}
    card = catalogue.card(topic, locality=place, on=on, lang=lang)
    if card is None:
        office = catalogue.office(topic, locality=place, on=on, lang=lang)
        told = {"office": _joined(office.text, office.source)}
    else:
        told = dict(_passages(card))
    book = catalogue.plan(locality=place, on=on, lang=lang)
    page = book.page(f"topic:{topic}") if book else None
    if page is not None:
        said = (page.over, *page.lead, *(item.text for item in page.items))
        told[wording(lang).text("button.plan_home")] = "\n".join(filter(None, said))
    return told


def _passages(card: Card) -> Iterator[tuple[str, str]]:
    yield "first", _joined(card.short, card.source)
    parts: tuple[Passage, ...] = (*card.sections.values(), *card.details)
    for one in parts:
        yield one.title, _joined(one.text, one.source)


def _joined(text: str, source: str | None) -> str:
    return _CHECKED.sub("", f"{text}\n{source}" if source else text)
