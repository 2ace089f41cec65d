"""What is true, asked by topic, place, day and language."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Self, TypeVar

from content.cards import Card, CardMaker, Passage
from content.firms import Firm
from content.formatting import capital, date_text
from content.hamlets import subject_of
from content.library import Library
from content.local import Overlay, Packed, told
from content.locality import Locality, Slogan
from content.offices import OfficeAnswer, committee_text, office_answer, offices_answer, place_text, telephone
from content.placeholders import PLACE
from content.planbook import PlanBook
from content.planfacts import PlanFacts, Target
from content.schema import Figure, Policy, Source, Theme, Topic
from content.selfcheck.schema import Questionnaire
from content.series.schema import Holiday, Series
from content.series.telling import PostTold, lacking, own_line
from content.standards.applying import used_on
from content.standards.rules import Rules
from content.standards.schema import Application, Standard
from content.telling import Teller
from content.trades import Trades
from content.wording import Wording, wording
from core.errors import NotFoundError
from core.local_content import Change
from core.progress import Reported
from core.suiting import Position
from core.text import fold

T = TypeVar("T")

_HAMLETS_KEPT = 10_000  # spellings of hamlets
_CARDS_KEPT = 512  # a card takes 2 ms to make and is the same for everybody all day
_KINDS = ("phuong", "xa", "thi xa", "thi tran", "thanh pho", "tp", "tx", "p")


class Catalogue:
    """All packs, read and found sound. Holds no clock: the day is an argument of every question."""

    def __init__(self, library: Library) -> None:
        """Take over the records of a library without faults."""
        self.topics: Mapping[str, Topic] = library.topics()
        self.themes: Mapping[str, Theme] = library.themes()
        self.trades = Trades(library.occupations())
        self.sources: Mapping[str, Source] = library.sources()
        self.localities: Mapping[str, Locality] = {item.value.id: item.value for item in library.localities()}
        self.plans: Mapping[str, PlanFacts] = {
            name: folder.plan.value for name, folder in library.folders.items() if folder.plan and folder.locality
        }
        # The pack that extends no other: what holds in the whole country.
        self.national = next(name for name, folder in library.folders.items() if _root(library, name) == name)
        names = (self.national, *self.localities)
        self._figures = {name: library.figures(name) for name in names}
        self._policies = {name: library.policies(name) for name in names}
        packs = {name: folder.pack.value for name, folder in library.folders.items() if folder.pack}
        self._checked = {name: packs[name].as_of for name in names}
        self._as_of = {name: packs[_root(library, name)].as_of for name in names}
        self._card = lru_cache(maxsize=_CARDS_KEPT)(self._make_card)
        self._standards = {name: library.standards(name) for name in names}
        self._applications = {name: library.applications(name) for name in names}
        self._rules = lru_cache(maxsize=None)(self._make_rules)
        self._questionnaires = {name: library.questionnaire(name) for name in names}
        self._series = {name: library.series(name) for name in names}
        self._holidays = {name: library.holidays(name) for name in names}
        self._own_lines = {name: tuple(one.value for one in library.folders[name].own_lines) for name in names}
        # A licence holds in the whole country, whoever listed it.
        self.firms: Sequence[Firm] = tuple(one.value for folder in library.folders.values() for one in folder.firms)
        self._spoken = {place.id: _spoken_names(place) for place in self.localities.values()}
        self.packed = Packed(
            localities=self.localities, policies=self._policies, figures=self._figures, topics=self.topics
        )
        self._packed_card = self._card
        self.overlay = Overlay()
        self._position = lru_cache(maxsize=_HAMLETS_KEPT)(self._make_position)

    def apart(self) -> Self:
        """The same packs for somebody else, who may lay something else over them."""
        other = copy(self)
        other.lay(())
        return other

    def lay(self, changes: Iterable[Change]) -> None:
        """From now on these changes of places, and no others, are told over the packs."""
        self.overlay = self.packed.overlay(changes)
        self.localities = {**self.packed.localities, **self.overlay.localities}
        changed = bool(self.overlay.localities)
        self._card = lru_cache(maxsize=_CARDS_KEPT)(self._make_card) if changed else self._packed_card
        self._position = lru_cache(maxsize=_HAMLETS_KEPT)(self._make_position)

    def position(self, locality: str | None, hamlet: str | None) -> Position | None:
        """Where the meeting house of somebody's hamlet is, however they typed it; None where no officer entered it.

        Looked up once for each spelling, as long as nothing else is told.
        """
        return self._position(locality, hamlet) if locality in self.overlay.positions and hamlet else None

    def _make_position(self, locality: str, hamlet: str) -> Position | None:
        found = self.overlay.positions.get(locality, {})
        return found.get(subject_of(self.localities.get(locality), hamlet))

    def local_answer(self, topic: str, *, locality: str | None, on: date, lang: str = "vi") -> Passage | None:
        """What a place itself answers about a topic on a day, besides the card; None where it says nothing."""
        found = self.overlay.answers.get((locality or "", topic))
        return told(found, self.localities[locality or ""], on, wording(lang)) if found is not None else None

    def topic(self, topic: str) -> Topic:
        """A topic by id. Raises NotFoundError naming those that exist."""
        return _found(self.topics, topic, "topic")

    def topic_at(self, address: str) -> Topic | None:
        """The topic whose page has this address, or had it before the topic was given a slug: its id."""
        found = (one for one in self.topics.values() if address == one.address)
        return next(found, self.topics.get(address))

    def locality(self, locality: str) -> Locality:
        """A locality by id. Raises NotFoundError naming those that exist."""
        return _found(self.localities, locality, "locality")

    def find_locality(self, text: str) -> list[Locality]:
        """The localities a person may mean: by id, name or alias, with or without marks, alone or in a sentence.

        The surest kind of match alone counts: the very name, then a name within the text, then its beginning.
        """
        asked = fold(text)
        bare = _without_kind(asked)
        if not bare:
            return []
        for fits in (bare.__eq__, lambda name: f" {name} " in f" {asked} ", lambda name: _begins(name, bare)):
            found = [place for place in self.localities.values() if any(map(fits, self._spoken[place.id]))]
            if found:
                return found
        return []

    def beyond_name(self, text: str, locality: str) -> str:
        """What a text says, folded, besides the name of a place and what such names begin with."""
        left = f" {fold(text)} "
        province = fold(self.localities[locality].province.vi)
        for name in sorted((*self._spoken[locality], *_KINDS, "tinh", province), key=len, reverse=True):
            left = left.replace(f" {name} ", "  ")
        return " ".join(left.split())

    def has_card(self, topic: str, *, locality: str | None, on: date) -> bool:
        """Whether the topic can be answered on a day."""
        policy = self.policy(topic, locality=locality)
        return policy is not None and policy.valid_from <= on and (policy.valid_to is None or on <= policy.valid_to)

    def card(self, topic: str, *, locality: str | None, on: date, lang: str = "vi") -> Card | None:
        """What is told about a topic in a place on a day; None when no card holds then.

        A place not yet known (None) gets the national answer, with "Ủy ban nhân dân xã, phường nơi mình ở".
        Raises NotFoundError for a topic or a locality that does not exist.
        """
        return self._card(topic, locality, on, lang)

    def standards(self, *, locality: str | None = None) -> Mapping[str, Standard]:
        """The poverty standards, by id, also those that are only named. Raises NotFoundError."""
        return self._standards[self._pack(locality)]

    def standards_used(self, on: date, *, locality: str | None = None) -> list[Application]:
        """Which standards are used on a day and for what, in the order of the file. Raises NotFoundError."""
        return used_on(self._applications[self._pack(locality)], on)

    def rules(self, standard: str, *, locality: str | None = None) -> Rules | None:
        """A standard ready to assess by; None where its indicators are not held. Raises NotFoundError."""
        return self._rules(standard, self._pack(locality))

    def questionnaire(self, *, locality: str | None = None) -> Questionnaire | None:
        """The questions of the self-check; None where no pack holds any. Raises NotFoundError."""
        return self._questionnaires[self._pack(locality)]

    def _make_rules(self, standard: str, pack: str) -> Rules | None:
        found = _found(self._standards[pack], standard, "standard")
        return Rules(found, self.sources) if found.held else None

    def _pack(self, locality: str | None) -> str:
        return self.locality(locality).id if locality else self.national

    def _make_card(self, topic: str, locality: str | None, on: date, lang: str) -> Card | None:
        self.topic(topic)
        policy = self.policy(topic, locality=locality)
        if policy is None or not self.has_card(topic, locality=locality, on=on):
            return None
        return self._maker(policy, topic, locality, on, lang).card()

    def _maker(self, policy: Policy, topic: str, locality: str | None, on: date, lang: str) -> CardMaker:
        words, place = wording(lang), self.locality(locality) if locality else None
        return CardMaker(
            policy=policy,
            topic=self.topics[topic],
            place=place,
            office=office_answer(place, self.topics[topic], on, words),
            offices=offices_answer(place, on, words),
            targets=self._targets(topic, locality),
            teller=self.teller(topic, locality=locality, on=on, words=words),
            as_of=self._as_of[locality or self.national],
        )

    def series(self, *, locality: str | None) -> Mapping[str, Series]:
        """The ready-made posts that a place may choose from, by id. Raises NotFoundError."""
        return self._series[self._pack(locality)]

    def holidays(self, *, locality: str | None) -> Sequence[Holiday]:
        """The public holidays as they hold in a place. Raises NotFoundError."""
        return self._holidays[self._pack(locality)]

    def post(self, series: str, post: str, *, locality: str, on: date, lang: str = "vi") -> PostTold | None:
        """What a post says in a place on a day; None where nothing it rests on holds then.

        Raises NotFoundError for a series or a locality that does not exist, KeyError for a post.
        """
        chosen = _found(self.series(locality=locality), series, "series").post(post)
        policy, words = self.policy(chosen.topic, locality=locality), wording(lang)
        if policy is None or not self.has_card(chosen.topic, locality=locality, on=on):
            return None
        said = self._maker(policy, chosen.topic, locality, on, lang).post(chosen)
        if said is None:
            return None
        text, source = said
        own = own_line(self._own_lines.get(locality, ()), series, post, on.year)
        if own is not None:
            text = f"{text}\n{own.text.get(words.lang)}"
            # Advice is the word of the place, which stands above every notice: only the line has a source to tell.
            source = own.source if chosen.advice else words.text("series.own_source", source=source, own=own.source)
        return PostTold(text=text, source=source, lacks=lacking(chosen, own, _own_words(self.locality(locality))))

    def _targets(self, topic: str, locality: str | None) -> tuple[Target, ...]:
        plan = self.plans.get(locality or "")
        return tuple(target for target in plan.targets if topic in target.topics) if plan else ()

    def plan(self, *, locality: str, on: date, lang: str = "vi", reported: Sequence[Reported] = ()) -> PlanBook | None:
        """What the local plan says, page by page, with what officers published of its goals.

        None where only its offices are known. Raises NotFoundError.
        """
        place, facts = self.locality(locality), self.plans.get(locality)
        if facts is None:
            return None
        words = wording(lang)
        return PlanBook(place=place, facts=facts, topics=self.topics, on=on, words=words, reported=reported)

    def plan_checked(self, locality: str) -> date:
        """The day on which a locality's pack was last checked as a whole."""
        return self._checked[locality]

    def office(self, topic: str, *, locality: str | None, on: date, lang: str = "vi") -> OfficeAnswer:
        """Whom to ask about a topic, also where there is no card. Raises NotFoundError as `card` does."""
        place, words = self.locality(locality) if locality else None, wording(lang)
        answer = office_answer(place, self.topic(topic), on, words)
        answer = replace(answer, text=capital(answer.text))
        if answer.plan is None:
            return answer
        cited = f"{answer.plan}, {answer.section}" if answer.section else answer.plan
        day = date_text(min(on, self._checked[locality or self.national]), words.lang)
        return replace(answer, source=words.text("card.source", documents=cited, date=day))

    def place(self, *, locality: str | None, on: date, lang: str = "vi") -> str:
        """The place as it is named on a day: "phường Đăk Cấm", or "xã, phường nơi mình ở"."""
        return place_text(self.locality(locality) if locality else None, on, wording(lang))

    def committee(self, *, locality: str | None, on: date, lang: str = "vi") -> str:
        """The People's Committee to go to on a day. Raises NotFoundError."""
        return committee_text(self.locality(locality) if locality else None, on, wording(lang))

    def telephone(self, *, locality: str | None, on: date, lang: str = "vi") -> tuple[str, str] | None:
        """The number of the place to call on a day, and the office whose it is ("" for the duty telephone).

        None where the ward has entered no number. Raises NotFoundError on an unknown locality.
        """
        return telephone(self.locality(locality) if locality else None, on, wording(lang))

    def checked(self, *, locality: str | None) -> date:
        """The day up to which the law told in a place was checked. Raises NotFoundError."""
        return self._as_of[self._pack(locality)]

    def slogan(self, locality: str) -> Slogan | None:
        """The slogan as the local plan words it."""
        return self.locality(locality).slogan

    def understanding_texts(self) -> Mapping[str, Sequence[str]]:
        """Plain texts of each topic: titles in both languages, and what its national card says first."""
        texts: dict[str, list[str]] = {}
        for topic in self.topics.values():
            said = [topic.title.vi, topic.button.vi, topic.title.en, topic.button.en]
            policy = self._policies[self.national].get(topic.id)
            if policy is not None:
                # Advice ("mang giấy đến hỏi") and the passages behind buttons speak of everything a little.
                said += [policy.answer.vi, *(line.text.vi for _, line in policy.lines.items() if not line.advice)]
            plain = (" ".join(PLACE.sub(" ", text).split()) for text in said)
            texts[topic.id] = [text for text in plain if text]
        return texts

    def policy(self, topic: str, *, locality: str | None) -> Policy | None:
        """The card of a topic as it is written, the nearest pack's first. Raises NotFoundError for the locality."""
        if locality:
            self.locality(locality)
        return self._policies[locality or self.national].get(topic)

    def figures(self, *, locality: str | None) -> Mapping[tuple[str, str], Figure]:
        """The figures that hold in a place, by topic and id."""
        return self._figures[locality or self.national]

    def teller(self, topic: str, *, locality: str | None, on: date, words: Wording) -> Teller:
        """What fills in the texts of a topic."""
        place = self.localities.get(locality) if locality else None
        local = {
            "office": office_answer(place, self.topics[topic], on, words).text,
            "offices": offices_answer(place, on, words).text,
            "place": place_text(place, on, words),
            "committee": committee_text(place, on, words),
            "plan": place.plan.short.get(words.lang) if place else words.text("card.plan.title"),
            **(_own_words(place) if place else {}),
        }
        return Teller(
            on=on,
            words=words,
            topic=topic,
            topics=self.topics,
            figures=self.figures(locality=locality),
            sources=self.sources,
            local=local,
        )


def _root(library: Library, name: str) -> str:
    return library.chain(name)[-1].name


def _own_words(place: Locality) -> dict[str, str]:
    """The slogan and the movement as the plan words them, where it names any."""
    movement = next((one.name for one in place.movement if one.kind == "movement"), None)
    slogan = place.slogan.text if place.slogan else None
    return {name: word for name, word in (("slogan", slogan), ("movement", movement)) if word}


def _found(known: Mapping[str, T], name: str, kind: str) -> T:
    if name not in known:
        raise NotFoundError(f'no {kind} "{name}"', mend="there are: " + ", ".join(sorted(known)))
    return known[name]


def _spoken_names(place: Locality) -> frozenset[str]:
    # Not `place`: of a unit that has ended it begins with "khu vực", which may be any hamlet's.
    names = (place.id, place.name.vi, place.short.vi, *place.aliases)
    return frozenset(_without_kind(fold(name)) for name in names)


def _without_kind(name: str) -> str:
    for kind in sorted(_KINDS, key=len, reverse=True):
        if name.startswith(f"{kind} "):
            return name.removeprefix(f"{kind} ")
    return name


def _begins(name: str, asked: str) -> bool:
    # Two letters begin too many names.
    return len(asked) >= 3 and name.startswith(asked)
