"""What an officer keeps an eye on in a place on a day: texts that soon end, and texts that nobody has verified.

The same rules as `chungtay content check` (`content/review.py`), told by topic for people instead of by file and line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from content.catalogue import Catalogue
from content.certainty import Certainty
from content.review import SOON, left_out, used
from content.schema import Confidence, Figure, Line, Policy, Value
from content.telling import Teller
from content.wording import wording


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Ends:
    """Something that is told and has a last day."""

    last: date
    topic: str  # empty: the local plan as a whole
    what: str  # what it is; empty: the document itself
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something whose certainty is less than certain on the day."""

    topic: str
    what: str
    certainty: Certainty
    document: str


def ending(content: Catalogue, *, locality: str, on: date, lang: str) -> list[Ends]:
    """What ends within 60 days of a day, or has ended with nothing in its place; the first to end first."""
    place, found = content.locality(locality), set[Ends]()
    last = date(place.plan.period_to, 12, 31)
    if last <= on + SOON:
        found.add(Ends(last=last, topic="", what="", document=place.plan.short.get(lang)))
    figures = content.figures(locality=locality)
    for topic, policy in _cards(content, locality, on):
        title = content.topics[topic].title.get(lang)
        if policy.valid_to is not None and policy.valid_to <= on + SOON:
            found.add(Ends(last=policy.valid_to, topic=topic, what=title, document=policy.legal_basis[0].document))
        for _, basis, _ in left_out(policy, on):
            found.add(Ends(last=basis.to or on, topic=topic, what="", document=basis.document))
        for _, one in used(policy, on):
            key = one.resolve(topic, content.topics)
            if (value := _ends(figures[key], on)) is not None and value.to is not None:
                what = figures[key].what.get(lang)
                found.add(Ends(last=value.to, topic=key[0], what=what, document=value.document))
    for (where, topic), answer in content.overlay.answers.items():
        if where == locality and answer.until is not None and answer.until <= on + SOON:
            document = answer.decided.document
            found.add(Ends(last=answer.until, topic=topic, what=answer.question, document=document))
    return sorted(found)


def doubtful(content: Catalogue, *, locality: str, on: date, lang: str) -> list[Doubt]:
    """Passages and figures of the cards of a place that are reported, unverified or not in force, card by card."""
    found: dict[Doubt, None] = {}
    words = wording(lang)
    for topic, policy in _cards(content, locality, on):
        teller = content.teller(topic, locality=locality, on=on, words=words)
        for path, line in policy.passages():
            sure = _of_line(teller, line)
            if sure is not Certainty.CERTAIN:
                what = words.text(f"card.label.{path[1]}") if path[0] == "lines" else _title(line, lang)
                document = next(iter(line.basis), policy.legal_basis[0].document)
                found[Doubt(topic=topic, what=what, certainty=sure, document=document)] = None
        for _, one in used(policy, on):
            told = teller.figure(one)
            if told.certainty is not Certainty.CERTAIN:
                value = told.value or told.figure.values[-1]
                what = told.figure.what.get(lang)
                found[Doubt(topic=topic, what=what, certainty=told.certainty, document=value.document)] = None
    return list(found)


def _cards(content: Catalogue, locality: str, on: date) -> Iterator[tuple[str, Policy]]:
    for topic in content.topics:
        policy = content.policy(topic, locality=locality)
        if policy is not None and content.has_card(topic, locality=locality, on=on):
            yield topic, policy


def _ends(figure: Figure, on: date) -> Value | None:
    """The value of a day, where it ends soon and none follows."""
    value = figure.at(on)
    if value is None or value.to is None or value.to > on + SOON:
        return None
    return value if figure.at(value.to + timedelta(days=1)) is None else None


def _of_line(teller: Teller, line: Line) -> Certainty:
    if line.advice or line.confidence in (None, Confidence.COMPUTED):
        return Certainty.CERTAIN  # what it says is in its figures
    return teller.claim(line)


def _title(line: Line, lang: str) -> str:
    title = getattr(line, "title", None)
    return title.get(lang) if title is not None else line.text.get(lang)
