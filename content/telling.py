"""Turn a written text into what is told on a day: figures filled in, nothing expired, nothing unverified.

The unit is the sentence: one that needs a figure which may not be told is left out whole, and a sentence that says so
stands in its place, once.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.certainty import Certainty, of_claim, of_value, weakest
from content.formatting import date_text, figure_text
from content.placeholders import PLACE, FigurePlace, places, read_place, sentences
from content.record import Text
from content.schema import Claim, Figure, Grade, Source, Value
from content.wording import Wording

OPEN = "…"  # stands for the last day of a value that has none; `content check` finds it
_WORKING_DAYS = re.compile(r"\d+ (?:ngày làm việc|working days?)")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that something told rests on."""

    document: str
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text as a person reads it, how sure it is, and what it rests on."""

    text: str
    certainty: Certainty = Certainty.CERTAIN  # the weakest of what is told and of what had to be left out
    doubt: Certainty = Certainty.CERTAIN  # the weakest of what is told: certain, reported or unverified
    citations: tuple[Citation, ...] = ()
    checked: tuple[date, ...] = ()  # the days on which its figures were checked


def joined(parts: Sequence[Told]) -> Told:
    """Several parts as one, each on a line of its own; as doubtful as the weakest of them."""
    return Told(
        text="\n".join(part.text for part in parts),
        certainty=weakest(part.certainty for part in parts),
        doubt=weakest(part.doubt for part in parts),
        citations=tuple(dict.fromkeys(item for part in parts for item in part.citations)),
        checked=tuple(day for part in parts for day in part.checked),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTold:
    """One figure on one day."""

    figure: Figure
    value: Value | None  # None when no value holds on that day
    certainty: Certainty
    bases: tuple["FigureTold", ...] = ()  # what it was computed from

    def values(self) -> list[Value]:
        """Its value and those it was computed from."""
        return [*([self.value] if self.value else []), *(value for base in self.bases for value in base.values())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """All that filling in a text needs to know."""

    on: date
    words: Wording
    topic: str
    topics: Collection[str]
    figures: Mapping[tuple[str, str], Figure]
    sources: Mapping[str, Source]
    local: Mapping[str, str]  # {office}, {place} and the like

    def tell(self, text: Text, claim: Claim | None = None, *, advice: bool = False) -> Told:
        """The text as it is told on the day; `claim` is how its own statements were checked."""
        lines = [[self._sentence(part) for part in sentences(line)] for line in text.get(self.words.lang).split("\n")]
        parts = [part for line in lines for part in line]
        own = self.claim(claim) if claim and claim.confidence and not advice else Certainty.CERTAIN
        return Told(
            text="\n".join(" ".join(dict.fromkeys(part.text for part in line if part.text)) for line in lines),
            certainty=weakest([own, *(part.certainty for part in parts)]),
            doubt=weakest([own, *(part.doubt for part in parts)]),
            citations=tuple(dict.fromkeys(item for part in parts for item in part.citations)),
            checked=tuple(day for part in parts for day in part.checked),
        )

    def claim(self, claim: Claim) -> Certainty:
        """How sure a statement without figures is."""
        assert claim.confidence is not None  # noqa: S101 - callers ask only for claims that were checked
        return of_claim(claim.confidence, self.grades(claim.sources))

    def grades(self, names: Iterable[str]) -> list[Grade]:
        """The grades of sources."""
        return [self.sources[name].grade for name in names]

    def figure(self, place: FigurePlace) -> FigureTold:
        """A figure as it stands on the day asked for."""
        told = self._figure(place.resolve(self.topic, self.topics), place.on or self.on)
        # A value asked for by its day ("{line@2026-12-31}") is not told after its end either.
        ended = told.value is not None and told.value.to is not None and told.value.to < self.on
        return replace(told, certainty=Certainty.EXPIRED) if ended else told

    def _figure(self, key: tuple[str, str], on: date, seen: frozenset[tuple[str, str]] = frozenset()) -> FigureTold:
        figure = self.figures[key]
        value = figure.at(on)
        if value is None or key in seen:
            return FigureTold(figure=figure, value=None, certainty=Certainty.EXPIRED)
        names = (FigurePlace(name).resolve(key[0], self.topics) for name in value.from_figures)
        bases = tuple(self._figure(name, on, seen | {key}) for name in names)
        certainty = of_value(
            value,
            figure.unit,
            self.grades(value.sources),
            on=on,
            bases=[base.certainty for base in bases],
        )
        return FigureTold(figure=figure, value=value, certainty=certainty, bases=bases)

    def _sentence(self, sentence: str) -> Told:
        if "{" not in sentence:
            return Told(text=sentence)  # nothing to fill in, as in most
        found = places(sentence)
        if any(isinstance(place, str) and place not in self.local for place in found):
            return Told(text="")  # a word of the place that this one does not have: a slogan, a movement
        used = [self.figure(place) for place in found if isinstance(place, FigurePlace)]
        worst = weakest(item.certainty for item in used)
        if worst in {Certainty.EXPIRED, Certainty.UNVERIFIED}:
            left_out = next(item for item in used if item.certainty is worst)
            return Told(text=self._instead(left_out), certainty=worst)
        values = [value for item in used for value in item.values()]
        return Told(
            text=PLACE.sub(lambda match: self._fill(match[1]), sentence),
            certainty=worst,
            doubt=worst,
            citations=tuple(dict.fromkeys(Citation(value.document, value.article) for value in values)),
            checked=tuple(value.checked for value in values if value.checked is not None),
        )

    def _instead(self, item: FigureTold) -> str:
        """What is said in place of a figure that may not be told (voice T10, T11)."""
        if item.certainty is Certainty.UNVERIFIED:
            return self.words.text("card.figure.unverified")
        ends = [value.to for value in item.figure.values if value.to is not None and value.to < self.on]
        if ends:
            return self.words.text("card.figure.expired", date=date_text(max(ends), self.words.lang))
        first = min(item.figure.values, key=lambda value: value.from_)
        if not first.from_known:
            return self.words.text("card.figure.none")
        return self.words.text("card.figure.later", date=date_text(first.from_, self.words.lang))

    def _fill(self, inside: str) -> str:
        place = read_place(inside)
        if not isinstance(place, FigurePlace):
            return self.local[inside]
        told, lang = self.figure(place), self.words.lang
        if told.value is None:
            raise KeyError(inside)  # a sentence with such a figure was replaced before
        if place.part == "from":
            return date_text(told.value.from_, lang)
        if place.part == "to":
            return date_text(told.value.to, lang) if told.value.to else OPEN
        return figure_text(told.value.value, told.figure.unit, lang)


def explain_working_days(text: str, words: Wording) -> str:
    """Say once in a message what working days are (voice A9)."""
    note = words.text("card.working_days")
    return _WORKING_DAYS.sub(lambda match: f"{match.group()} {note}", text, count=1)
