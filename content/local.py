"""What a place says itself, laid over what the packs say of it.

It is told as the place's own word, with its document, article and day; of a hamlet only how far work is from it. Where
the packs have changed what it stands on, it is not told: somebody looks at it again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from content.cards import Passage
from content.formatting import capital, date_text
from content.hamlets import DEGREES, knows_hamlet, position_of
from content.locality import Decided, Locality, Office
from content.offices import decided_text, place_text
from content.record import Text
from content.schema import Figure, Policy
from content.wording import Wording
from core.caps import LOCAL
from core.local_content import Change, Fields, Kind, Place
from core.suiting import Position

SOURCE = ("document", "article", "dated")
OFFICE = ("name_vi", "name_en", "address_vi", "address_en", "hours_vi", "hours_en", "phone", *SOURCE)
ANSWER = ("question", "answer_vi", "answer_en", "office", "until", *SOURCE)
HAMLET = ("hamlet", *DEGREES)
FIELDS: Mapping[Kind, tuple[str, ...]] = {Kind.OFFICE: OFFICE, Kind.HAMLET: HAMLET, Kind.ANSWER: ANSWER}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAnswer:
    """What a place answers about a topic, checked by two of its officers."""

    question: str
    answer: Text
    office: str  # the id of the office whose word it is; empty: the whole place's
    decided: Decided
    since: date  # the day on which a second officer put it in force
    until: date | None  # the last day on which it is told; None: no end is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is in force of all places."""

    marks: tuple[int, ...] = ()  # the numbers of the changes that it was made from
    localities: Mapping[str, Locality] = field(default_factory=dict)  # only those that are told otherwise
    answers: Mapping[tuple[str, str], LocalAnswer] = field(default_factory=dict)  # by place and topic
    positions: Mapping[str, Mapping[str, Position]] = field(default_factory=dict)  # of hamlets, by place and subject
    again: tuple[Change, ...] = ()  # not told: the packs say something else of it since


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What the packs say of the places, without anything over it."""

    localities: Mapping[str, Locality]
    policies: Mapping[str, Mapping[str, Policy]]
    figures: Mapping[str, Mapping[tuple[str, str], Figure]]
    topics: Iterable[str]

    def office(self, about: Place) -> Office | None:
        """The office that a change is about."""
        place = self.localities.get(about.locality)
        return next((one for one in place.offices if one.id == about.subject), None) if place else None

    def knows(self, about: Place) -> bool:
        """Whether there is such a thing in such a place."""
        if about.kind is Kind.OFFICE:
            return self.office(about) is not None
        if about.kind is Kind.HAMLET:
            place = self.localities.get(about.locality)
            return place is not None and knows_hamlet(about, place)
        return about.locality in self.localities and about.subject in self.topics

    def ground(self, about: Place) -> str:
        """SHA-256 of all that the packs say of a thing: another one means that it has to be looked at again."""
        office = self.office(about)
        said: object = office_fields(office) if office is not None and about.kind is Kind.OFFICE else None
        if about.kind is Kind.ANSWER and self.knows(about):
            card = self.policies[about.locality].get(about.subject)
            figures = self.figures[about.locality].items()
            said = [
                card.model_dump_json(warnings=False) if card else "",
                *(one.model_dump_json(warnings=False) for (topic, _), one in sorted(figures) if topic == about.subject),
            ]
        return sha256(json.dumps([about.kind, about.subject, said]).encode()).hexdigest()

    def fields(self, about: Place) -> Fields:
        """A thing as the packs have it: an office's words; of an answer nothing."""
        office = self.office(about) if about.kind is Kind.OFFICE else None
        return office_fields(office) if office is not None else {}

    def overlay(self, changes: Iterable[Change]) -> Overlay:
        """What these changes come to; those whose ground has moved are not told."""
        found = sorted(changes, key=lambda one: one.id)
        again = tuple(one for one in found if not self.knows(one.about) or one.ground != self.ground(one.about))
        told = [one for one in found if one not in again and one.after]
        places, positions = dict[str, Locality](), dict[str, dict[str, Position]]()
        for one in told:
            if one.about.kind is Kind.OFFICE:
                before = places.get(one.about.locality, self.localities[one.about.locality])
                places[before.id] = _with_office(before, one)
            elif one.about.kind is Kind.HAMLET:
                positions.setdefault(one.about.locality, {})[one.about.subject] = position_of(one.after)
        answers = {
            (one.about.locality, one.about.subject): _answer(one) for one in told if one.about.kind is Kind.ANSWER
        }
        marks = tuple(one.id for one in found)
        return Overlay(marks=marks, localities=places, answers=answers, positions=positions, again=again)


def office_fields(office: Office) -> Fields:
    """What may be changed of an office, as a form has it; what is empty is left out."""
    name, decided = office.called or office.name, office.decided
    fields = {"name_vi": name.vi, "name_en": name.en, "phone": office.phone or ""}
    for key, text in (("address", office.address), ("hours", office.hours)):
        fields |= {f"{key}_vi": text.vi, f"{key}_en": text.en} if text else {}
    if decided:
        fields |= {"document": decided.document, "article": decided.article, "dated": decided.dated.isoformat()}
    return {key: text for key, text in fields.items() if text}


def _with_office(place: Locality, change: Change) -> Locality:
    offices = tuple(_as_told(one, change.after) if one.id == change.about.subject else one for one in place.offices)
    return place.model_copy(update={"offices": offices})


def _as_told(office: Office, said: Fields) -> Office:
    name = Text(vi=said["name_vi"], en=said.get("name_en") or said["name_vi"])
    # Without an English name of its own the plan's stays, as long as the Vietnamese one does.
    renamed = name.vi != office.name.vi or said.get("name_en", office.name.en) != office.name.en
    return office.model_copy(
        update={
            "called": name if renamed else None,
            "address": _text(said, "address"),
            "hours": _text(said, "hours"),
            "phone": said.get("phone"),
            "decided": decided_of(said),
        }
    )


def _answer(change: Change) -> LocalAnswer:
    said, settled = change.after, change.settled_at or change.proposed_at
    return LocalAnswer(
        question=said["question"],
        answer=Text(vi=said["answer_vi"], en=said.get("answer_en") or said["answer_vi"]),
        office=said.get("office", ""),
        decided=decided_of(said),
        since=settled.astimezone(LOCAL).date(),
        until=date.fromisoformat(said["until"]) if said.get("until") else None,
    )


def decided_of(said: Fields) -> Decided:
    """The document of a change. Raises KeyError where it names none: no change is kept without."""
    return Decided(document=said["document"], article=said["article"], dated=date.fromisoformat(said["dated"]))


def _text(said: Fields, key: str) -> Text | None:
    """A text in both languages; without an English one the Vietnamese one stands for it."""
    vi = said.get(f"{key}_vi")
    return Text(vi=vi, en=said.get(f"{key}_en") or vi) if vi else None


def told(answer: LocalAnswer, place: Locality, on: date, words: Wording) -> Passage | None:
    """An answer as a citizen reads it on a day; None once its last day is over."""
    if answer.until is not None and answer.until < on:
        return None
    offices = {one.id: (one.called or one.name).get(words.lang) for one in place.offices}
    here = capital(place_text(place, on, words))
    source = words.text(
        "local.source",
        source=decided_text(answer.decided, words),
        office=offices.get(answer.office, here),
        date=date_text(answer.since, words.lang),
    )
    text = f"{answer.question}\n{answer.answer.get(words.lang)}"
    return Passage(title=words.text("local.title", place=here), text=text, source=source)
