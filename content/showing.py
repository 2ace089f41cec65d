"""An answer laid out for the officer who signs it off: what a citizen reads, and how sure each figure in it is."""

from collections.abc import Collection, Iterator
from datetime import date
from textwrap import fill, indent

from content.cards import Card, Passage
from content.catalogue import Catalogue
from content.formatting import capital, date_text, figure_text
from content.placeholders import PLACE, FigurePlace, places
from content.schema import Confidence, Figure, Value
from content.telling import Teller
from content.wording import Wording, wording

WIDTH = 100  # columns; longer lines are folded


def shown(catalogue: Catalogue, topic: str, *, locality: str, on: date, lang: str = "vi") -> str:
    """The answer to a topic in a place on a day, as plain text.

    Where no card holds on the day: the office to ask, and the topics that have a card.
    Raises NotFoundError for a topic or a locality that does not exist.
    """
    words = wording(lang)
    card = catalogue.card(topic, locality=locality, on=on, lang=lang)
    place = capital(catalogue.place(locality=locality, on=on, lang=lang))
    heading = words.text("card.show.heading", place=place, date=date_text(on, lang))
    head = f"{catalogue.topics[topic].title.get(lang)}\n{heading}"
    if card is None:
        office = catalogue.office(topic, locality=locality, on=on, lang=lang)
        there = ", ".join(one for one in catalogue.topics if catalogue.has_card(one, locality=locality, on=on))
        return "\n\n".join((head, _told(office.text, office.source), words.text("card.show.no_card", topics=there)))
    return "\n\n".join((head, *_card(card, catalogue, words), *_figures(catalogue, topic, locality, on, words)))


def _card(card: Card, catalogue: Catalogue, words: Wording) -> Iterator[str]:
    length = len(card.short) + 1 + len(card.source)
    yield f"{words.text('card.show.first', count=length)}\n{_told(card.short, card.source)}"
    buttons = " ".join(f"[{catalogue.topics[topic].button.get(words.lang)}]" for topic in card.next)
    certainty = words.text(f"card.show.{card.certainty}")
    yield f"{words.text('card.show.next')}: {buttons}\n{words.text('card.show.certainty', certainty=certainty)}"
    yield _passages(words.text("card.show.parts"), card.sections.values())
    if card.details:
        yield _passages(words.text("card.show.details"), card.details)
    if card.ask_officer:
        asked = "\n".join(f"  - {text}" for text in card.ask_officer)
        yield f"{words.text('card.show.officer')}\n{asked}"


def _passages(heading: str, passages: Collection[Passage]) -> str:
    titles = (f"{one.title} [{one.button}]" if one.button else one.title for one in passages)
    parts = [f"  {title}\n{_told(one.text, one.source, '    ')}" for title, one in zip(titles, passages, strict=True)]
    return "\n".join((heading, *parts))


def _told(text: str, source: str | None, margin: str = "  ") -> str:
    lines = [*text.split("\n"), *([source] if source else [])]
    return "\n".join(indent(fill(line, WIDTH - len(margin), subsequent_indent="  "), margin) for line in lines)


def _figures(catalogue: Catalogue, topic: str, locality: str, on: date, words: Wording) -> Iterator[str]:
    """Each figure of the topic, and those of others that its card uses, with all their values."""
    teller = catalogue.teller(topic, locality=locality, on=on, words=words)
    figures, keys = catalogue.figures(locality=locality), figure_keys(catalogue, topic, locality)
    if keys:
        blocks = ("\n".join(_figure(teller, key, figures[key], topic)) for key in keys)
        yield "\n".join((words.text("card.show.figures"), *blocks))


def figure_keys(catalogue: Catalogue, topic: str, locality: str) -> list[tuple[str, str]]:
    """The figures of a topic, and behind them those of others that its card uses."""
    keys = [key for key in catalogue.figures(locality=locality) if key[0] == topic]
    return keys + [key for key in _borrowed(catalogue, topic, locality) if key not in keys]


def _borrowed(catalogue: Catalogue, topic: str, locality: str) -> list[tuple[str, str]]:
    policy = catalogue.policy(topic, locality=locality)
    lines = [line for _, line in policy.passages()] if policy else []
    texts = [*([policy.answer.vi] if policy else []), *(line.text.vi for line in lines)]
    found = (place for text in texts if PLACE.search(text) for place in places(text))
    return list(
        dict.fromkeys(place.resolve(topic, catalogue.topics) for place in found if isinstance(place, FigurePlace))
    )


def _figure(teller: Teller, key: tuple[str, str], figure: Figure, topic: str) -> Iterator[str]:
    words = teller.words
    told = teller.figure(FigurePlace(".".join(key) if key[0] != topic else key[1]))
    yield f"  {'.'.join(key) if key[0] != topic else key[1]}: {figure.what.get(words.lang)}"
    for value in figure.values:
        state = told.certainty if value is told.value else None
        certainty = words.text(f"card.show.{state}" if state else "card.show.other_day")
        said = figure_text(value.value, figure.unit, words.lang)
        yield f"    {said} · {days_text(value, words)} · {certainty}"
        yield f"      {origin_text(teller, value)}"


def days_text(value: Value, words: Wording) -> str:
    """From when to when a value holds."""
    days = {"start": date_text(value.from_, words.lang)} if value.from_known else {}
    days |= {"end": date_text(value.to, words.lang)} if value.to else {}
    message = {("start",): "from", ("start", "end"): "between", ("end",): "until", (): "now"}[tuple(days)]
    return words.text(f"card.show.{message}", **days)


def origin_text(teller: Teller, value: Value, *, titles: bool = False) -> str:
    """The document of a value with its article, where it was found (by number, or by title), and how it was checked."""
    words = teller.words
    found = [(name, teller.sources[name]) for name in value.sources]
    named = [f"{one.title if titles else name} ({one.grade})" for name, one in found]
    document = f"{value.document}, {value.article}" if value.article else value.document
    computed = value.confidence is Confidence.COMPUTED
    figures = {"figures": ", ".join(value.from_figures)} if computed else {}
    return words.text(
        "card.show.figure.source",
        document=document,
        sources=", ".join(named) or words.text("card.show.figure.none"),
        checked=words.text(f"card.show.{value.confidence}", **figures),
    )
