"""The texts of a card as they are written: places that exist, no digit of their own, and the rules of the voice."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from content.certainty import EMERGENCY_NUMBERS
from content.faults import Fault
from content.library import Placed
from content.placeholders import PLACE, FigurePlace, places, read_place, sentences
from content.record import Text
from content.schema import Figure, HouseholdStatus, Line, Policy, Topic
from content.voice import DOCUMENT, TextKind, check_text
from content.yamlfile import Path

# What may hold digits in a text: the names of documents, their articles, forms and procedures.
_NAMED_DIGITS = re.compile(
    DOCUMENT
    + r"|(?:Điều|khoản|Article|[Cc]lause|[Pp]oint|Mẫu|Mẫu số|Form|Form No\.)\s?\d+[a-z]?|Phiếu [AB]\d?|\d\.\d{6}"
)
ASKED_ABOUT = (HouseholdStatus.POOR, HouseholdStatus.NEAR_POOR, HouseholdStatus.NEWLY_ESCAPED)
_BOUNDS = {
    "at_least": ("ít nhất", "tối thiểu", "trở lên", "từ "),
    "at_most": ("tối đa", "nhiều nhất", "trở xuống", "không quá", "cao nhất", "đến "),
}


def card_faults(
    item: Placed[Policy], topics: Mapping[str, Topic], figures: Mapping[tuple[str, str], Figure]
) -> Iterator[Fault]:
    """Faults in the texts of one card."""
    policy = item.value
    check = TextCheck(item, policy, topics, figures)
    yield from check.text(("answer",), policy.answer, TextKind.ANSWER)
    for key, line in policy.lines.items():
        yield from check.line(("lines", key), line, TextKind.LINE)
    if policy.notice is not None:
        yield from check.line(("notice",), policy.notice, TextKind.LINE)
    for index, detail in enumerate(policy.details):
        yield from name_faults(item, ("details", index, "title"), detail.title, TextKind.TITLE)
        yield from check.line(("details", index), detail, TextKind.DETAIL)
    for index, text in enumerate(policy.ask_officer_for):
        yield from check.text(("ask_officer_for", index), text, TextKind.LINE)
    yield from _button_faults(item, topics)
    yield from _status_faults(item)


def _status_faults(item: Placed[Policy]) -> Iterator[Fault]:
    """A card that speaks of one kind of household speaks of the three that people ask about, once each."""
    told = [detail.status for detail in item.value.details if detail.status is not None]
    for index, detail in enumerate(item.value.details):
        if detail.status is not None and told.count(detail.status) > 1:
            what = f'more than one detail is about "{detail.status}" households'
            yield item.fault(("details", index, "status"), what, "keep it at one of them")
    missing = [status.value for status in ASKED_ABOUT if status not in told]
    if told and missing:
        what = "no detail is about these households: " + ", ".join(missing)
        yield item.fault(("details",), what, "say what holds for them, or that the rule does not name them")


def _button_faults(item: Placed[Policy], topics: Mapping[str, Topic]) -> Iterator[Fault]:
    """Faults of the buttons of the details: their length, and two that could be taken for one another (voice A5)."""
    for lang in ("vi", "en"):
        seen = {topic.button.get(lang).casefold(): f"topic {topic.id}" for topic in topics.values()}
        for index, detail in enumerate(item.value.details):
            if detail.button is None:
                continue
            label, path = detail.button.get(lang), ("details", index, "button", lang)
            for rule, what in check_text(label, TextKind.BUTTON, lang):
                yield item.fault(path, f"{rule}: {what}", "mend the wording")
            if label.casefold() in seen:
                what = f'A5: the button "{label}" is already that of {seen[label.casefold()]}'
                yield item.fault(path, what, "choose other words")
            seen.setdefault(label.casefold(), f"details[{index}]")


def name_faults(item: Placed[Any], path: Path, text: Text, kind: TextKind) -> Iterator[Fault]:
    """Faults of a name or a button."""
    for lang in ("vi", "en"):
        for rule, what in check_text(text.get(lang), kind, lang):
            yield item.fault((*path, lang), f"{rule}: {what}", "mend the wording")


@dataclass(frozen=True, slots=True)
class TextCheck:
    """Texts about the matter of a card, of the card itself or of a post."""

    item: Placed[Any]
    policy: Policy  # whose figures and documents they use
    topics: Collection[str]
    figures: Mapping[tuple[str, str], Figure]

    def line(self, path: Path, line: Line, kind: TextKind) -> Iterator[Fault]:
        """Faults of a line: its text, and what its claim rests on."""
        yield from self.text((*path, "text"), line.text, kind)
        if line.confidence is None and not line.advice and not PLACE.search(line.text.vi):
            mend = "write confidence and sources, or advice: true where it only says what to do"
            yield self.item.fault(path, "a claim without confidence", mend)
        documents = [basis.document for basis in self.policy.legal_basis]
        for index, name in enumerate(line.basis):
            if name not in documents:
                yield self.item.fault((*path, "basis", index), f'"{name}" is not in legal_basis', "add it there")

    def text(self, path: Path, text: Text, kind: TextKind) -> Iterator[Fault]:
        """Faults of a text in both languages."""
        for lang in ("vi", "en"):
            written, here = text.get(lang), (*path, lang)
            for rule, what in check_text(written, kind, lang):
                yield self.item.fault(here, f"{rule}: {what}", "mend the wording")
            yield from self._digits(here, written)
            for match in PLACE.finditer(written):
                yield from self._place(here, match[1])
        yield from self._bounds((*path, "vi"), text.vi)
        if set(PLACE.findall(text.vi)) != set(PLACE.findall(text.en)):
            what = "does not have the same places as the Vietnamese text"
            yield self.item.fault((*path, "en"), what, "use the same {places}")

    def _digits(self, here: Path, written: str) -> Iterator[Fault]:
        plain = PLACE.sub("", written)
        if "{" in plain or "}" in plain:
            yield self.item.fault(here, "a brace without its partner", "write {figure-id}")
        for digits in re.findall(r"\d+", _NAMED_DIGITS.sub("", plain)):
            if digits not in EMERGENCY_NUMBERS:
                what = f'the digits "{digits}" stand in the text'
                yield self.item.fault(here, what, "make a figure of it and write {its-id}")

    def _place(self, here: Path, inside: str) -> Iterator[Fault]:
        place = read_place(inside)
        if place is None:
            mend = "write {figure-id}, {topic.figure-id} or {office}"
            yield self.item.fault(here, f'"{{{inside}}}" cannot be read', mend)
        elif isinstance(place, FigurePlace) and self._figure(place) is None:
            yield self.item.fault(here, f'no figure "{place.reference}"', "add it to figures/ or correct the name")
        elif isinstance(place, FigurePlace) and place.part == "from" and not self._start_is_known(place):
            what = f'"{{{inside}}}" tells a first day that is not known (from_known: false)'
            yield self.item.fault(here, what, "leave it out, or look the day up")

    def _figure(self, place: FigurePlace) -> Figure | None:
        return self.figures.get(place.resolve(self.policy.topic, self.topics))

    def _start_is_known(self, place: FigurePlace) -> bool:
        figure = self._figure(place)
        return figure is None or all(value.from_known for value in figure.values)

    def _bounds(self, here: Path, text: str) -> Iterator[Fault]:
        """A least or highest value must be told as one, in its own sentence."""
        for sentence in sentences(text):
            for place in places(sentence):
                figure = self._figure(place) if isinstance(place, FigurePlace) and place.part == "value" else None
                for flag, words in _BOUNDS.items() if figure else ():
                    flagged = figure is not None and any(getattr(value, flag) for value in figure.values)
                    if figure and flagged and not any(word in sentence.casefold() for word in words):
                        what = f'"{figure.id}" is {flag}, the sentence does not say so'
                        yield self.item.fault(here, what, f'write "{words[0]} ..."')
