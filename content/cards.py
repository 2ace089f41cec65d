"""The answer to one topic in one place on one day, as ready texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.certainty import Certainty, of_claim, weakest
from content.formatting import capital, date_text
from content.grounds import claims, grounds, holds, last_day, stands
from content.locality import Locality
from content.offices import OfficeAnswer, years_text
from content.planfacts import Target
from content.planpage import fact_text
from content.schema import Basis, Confidence, HouseholdStatus, Line, Lines, Policy, Topic
from content.telling import Citation, Teller, Told, explain_working_days, joined
from content.wording import Wording

SHORT_AIM = 320  # characters of the first message with its source: one screen of a small phone (voice A1)
SHORT_LIMIT = 420  # what is never passed
PLAN_PASSAGE = 320  # characters of a passage about the local plan

_WANTED = ("what", "where", "who", "how", "bring", "time")  # which lines go into the first message, if they fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One part of an answer that can be read alone."""

    title: str  # "Mang theo", or the heading of a detail
    text: str
    source: str | None  # None where it states nothing that would need one
    button: str | None = None  # what a button that leads here says, 2 to 20 characters; details only
    status: HouseholdStatus | None = None  # the households a detail is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a citizen is told about a topic. All texts are final: nothing is left to fill in."""

    topic: str
    title: str
    button: str
    short: str  # the first message, without its source line
    source: str  # the source line of the first message
    sections: Mapping[str, Passage]  # who, what, how, where, bring, time as far as they apply; where and basis always
    details: tuple[Passage, ...]
    next: tuple[str, ...]  # topics people ask next
    ask_officer: tuple[str, ...]  # what only an officer can say
    certainty: Certainty  # the weakest of what the first message tells or had to leave out
    as_of: date  # the day up to which it was checked
    offices: tuple[str, ...]  # ids of the offices that handle it today


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMaker:
    """Builds one card. `as_of` is the day on which the pack was checked as a whole."""

    policy: Policy
    topic: Topic
    place: Locality | None
    office: OfficeAnswer  # who handles the topic: {office}
    offices: OfficeAnswer  # all offices of the place: {offices}
    targets: tuple[Target, ...] = ()  # of the local plan, in this matter
    teller: Teller
    as_of: date

    def card(self) -> Card:
        """The whole card."""
        lines = self._lines()
        answer = self._answer()
        notice = self._notice()
        first = {"answer": answer, **self._chosen(answer, lines, notice), **notice}
        short, source = self._message(first)
        return Card(
            topic=self.topic.id,
            title=self.topic.title.get(self._lang),
            button=self.topic.button.get(self._lang),
            short=short,
            source=source,
            sections={
                **{key: self._passage(self._label(key), line) for key, line in lines.items()},
                "where": self._passage(self._label("where"), *self._where()),
                "basis": self._basis(),
            },
            details=(*self._details(), *self._of_the_plan()),
            next=self.policy.next,
            ask_officer=tuple(self.teller.tell(text).text for text in self.policy.ask_officer_for),
            certainty=weakest(told.certainty for told in first.values()),
            as_of=min(self.as_of, self.teller.on),
            offices=self.office.offices,
        )

    def post(self, line: Line) -> tuple[str, str] | None:
        """A text about this matter that is sent unasked, and its source; None where it may not be told on the day."""
        told = self._told(line)
        if not self._stands(line) or told.certainty in {Certainty.EXPIRED, Certainty.UNVERIFIED}:
            return None
        day = date_text(self._checked([told]), self._lang)
        committee = capital(self.teller.local["committee"])
        documents = self._documents([told])
        source = self._words.text("series.source", documents=documents, date=day) if documents else committee
        return explain_working_days(self._alone(told), self._words), source

    @property
    def _words(self) -> Wording:
        return self.teller.words

    @property
    def _lang(self) -> str:
        return self._words.lang

    def _label(self, key: str) -> str:
        return self._words.text(f"card.label.{key}")

    def _answer(self) -> Told:
        """The first words; where they, or the line asked for most, rest on nothing any more, that is said once."""
        if not grounds(self.policy, None, self.teller.on):
            return Told(text=self._ended(None), certainty=Certainty.EXPIRED)
        told = self._with_basis(self.teller.tell(self.policy.answer), None)
        wanted = getattr(self.policy.lines, self.policy.first[0]) if self.policy.first else None
        if wanted is None or self._stands(wanted):
            return told
        return replace(told, text=f"{told.text}\n{self._ended(wanted)}", certainty=Certainty.EXPIRED)

    def _ended(self, line: Line | None) -> str:
        """What is said in place of a passage whose documents do not hold on the day (voice T10)."""
        day = last_day(self.policy, line, self.teller.on)
        if day is None:
            return self._words.text("card.rule.none")
        return self._words.text("card.rule.expired", date=date_text(day, self._lang))

    def _stands(self, line: Line) -> bool:
        return stands(self.policy, line, self.teller.on)

    def _lines(self) -> dict[str, Told]:
        told = {key: self._told(line) for key, line in self.policy.lines.items() if self._stands(line)}
        told["where"] = joined(self._where())
        return {key: told[key] for key in Lines.model_fields if key in told}

    def _where(self) -> tuple[Told, ...]:
        """Where to go: the card's own words first, where it has any, then the office."""
        line, office = self.policy.lines.where, self._cite_plan(Told(text=self.office.text), self.office)
        if line is None or not self._stands(line):
            return (office,)
        own = self._told(line)
        if "{office}" in line.text.vi:
            return (own,)
        return (own, replace(office, text=self._words.text("card.where.office", office=office.text)))

    def _notice(self) -> dict[str, Told]:
        notice = self.policy.notice
        return {"notice": self._told(notice)} if notice is not None and self._stands(notice) else {}

    def _details(self) -> Iterator[Passage]:
        for detail in self.policy.details:
            if self._stands(detail):
                button = detail.button.get(self._lang) if detail.button else None
                told = self._passage(detail.title.get(self._lang), self._told(detail))
                yield replace(told, button=button, status=detail.status)

    def _told(self, line: Line) -> Told:
        told = self.teller.tell(line.text, line, advice=line.advice)
        if claims(line):
            told = self._with_basis(told, line)
        if "{offices}" in line.text.vi:
            return self._cite_plan(told, self.offices)
        return self._cite_plan(told, self.office) if "{office}" in line.text.vi or "{plan}" in line.text.vi else told

    def _with_basis(self, told: Told, line: Line | None) -> Told:
        """Add the legal texts that a claim rests on; it is no surer than they are."""
        chosen = grounds(self.policy, line, self.teller.on)
        sure = [self.teller.claim(item) for item in chosen]
        cited = (Citation(item.document, item.article) for item in chosen)
        return replace(
            told,
            certainty=weakest([told.certainty, *sure]),
            doubt=weakest([told.doubt, *sure]),
            citations=(*cited, *told.citations),
        )

    def _cite_plan(self, told: Told, office: OfficeAnswer) -> Told:
        # That a plan is silent is told of the whole plan: it has no section for that.
        if office.plan is None:
            return told
        cited = Citation(office.plan, office.section)
        sure = weakest([told.doubt, self._plan_certainty()])
        return replace(told, doubt=sure, citations=(*told.citations, cited))

    def _plan_certainty(self) -> Certainty:
        """A plan's words are certain as that plan's, if we hold the plan itself."""
        names = [self.place.plan.source] if self.place else []
        return of_claim(Confidence.QUOTED, self.teller.grades(names), of_plan=True)

    def _chosen(self, answer: Told, lines: Mapping[str, Told], notice: Mapping[str, Told]) -> dict[str, Told]:
        """The lines of the first message: the most wanted that fit, in their fixed order."""
        wanted = [key for key in dict.fromkeys((*self.policy.first, *_WANTED)) if key in lines]
        chosen: dict[str, Told] = {}
        for key in wanted:
            tried = {name: lines[name] for name in Lines.model_fields if name in chosen or name == key}
            text, source = self._message({"answer": answer, **tried, **notice})
            # The most wanted line is told even where it makes the message longer than it should be.
            room = SHORT_LIMIT if key == wanted[0] else SHORT_AIM
            if len(text) + 1 + len(source) <= room:
                chosen = tried
        return chosen

    def _message(self, told: Mapping[str, Told]) -> tuple[str, str]:
        """The text and the source line of a message made of these parts; the first of them is the answer."""
        answer, *_ = told.values()
        parts = [answer.text]
        parts += [
            one.text if key == "notice" else self._words.text("card.line", label=self._label(key), text=one.text)
            for key, one in told.items()
            if one is not answer
        ]
        if self.policy.caution:
            parts.append(capital(self._words.text("card.caution", place=self.teller.local["place"])))
        parts += self._caveats(told)
        text = explain_working_days("\n".join(parts), self._words)
        return text, self._source(list(told.values())) or ""

    def _caveats(self, told: Mapping[str, Told]) -> list[str]:
        """Which parts are doubtful: one short sentence for each degree of doubt, not one after each number."""
        found = []
        for certainty, message in ((Certainty.REPORTED, "card.reported"), (Certainty.UNVERIFIED, "card.unverified")):
            parts = [self._label(key) for key, item in told.items() if item.doubt is certainty]
            if parts:
                found.append(self._words.text(message, parts=", ".join(parts)))
        return found

    def _passage(self, title: str, *parts: Told) -> Passage:
        """Parts of an answer as they are read alone, each on a line of its own and with its own doubt."""
        text = explain_working_days("\n".join(map(self._alone, parts)), self._words)
        return Passage(title=title, text=text, source=self._source(parts))

    def _alone(self, told: Told) -> str:
        text = capital(told.text)
        if told.doubt is Certainty.CERTAIN:
            return text
        return f"{text} {self._words.text(f'card.{told.doubt}.whole')}"

    def _basis(self) -> Passage:
        """The legal texts of the card that hold on the day."""
        lines = []
        for item in self.policy.legal_basis:
            if holds(item, self.teller.on):
                lines.append(self._in_use(item))
        everything = self._with_basis(Told(text=""), None)
        text = "\n".join(lines) or self._ended(None)
        return Passage(title=self._label("basis"), text=text, source=self._source([everything]))

    def _in_use(self, item: Basis) -> str:
        """One document with its days; a first day that nobody looked up is not told."""
        days = {"start": date_text(item.from_, self._lang)} if item.from_known else {}
        days |= {"end": date_text(item.to, self._lang)} if item.to else {}
        message = {
            ("start",): "card.basis.open",
            ("start", "end"): "card.basis.closed",
            ("end",): "card.basis.until",
            (): "card.basis.now",
        }[tuple(days)]
        return self._words.text(message, document=self._cited(Citation(item.document, item.article)), **days)

    def _of_the_plan(self) -> Iterator[Passage]:
        """What the local plan wants to reach in this matter, told as that plan's; no passage longer than a screen."""
        if self.place is None or not self.targets:
            return
        plan, sure = self.place.plan.short.get(self._lang), self._plan_certainty()
        title = self._words.text("card.plan.here", years=years_text(self.place, self._words))
        told: list[Told] = []
        for target in self.targets:
            one = Told(text=fact_text(target, self._lang), doubt=sure, citations=(Citation(plan, target.section),))
            if told and sum(len(item.text) + 1 for item in told) + len(one.text) > PLAN_PASSAGE:
                yield replace(self._passage(title, *told), button=self._words.text("card.plan.button"))
                told = []
            told.append(one)
        yield replace(self._passage(title, *told), button=self._words.text("card.plan.button"))

    def _source(self, told: Sequence[Told]) -> str | None:
        """The source line: every document that something told rests on, and the day up to which it was checked."""
        documents, day = self._documents(told), date_text(self._checked(told), self._lang)
        if documents:
            return self._words.text("card.source", documents=documents, date=day)
        unsourced = any(one.doubt is Certainty.UNVERIFIED for one in told)
        return self._words.text("card.source.none", date=day) if unsourced else None

    def _checked(self, told: Sequence[Told]) -> date:
        return min([self.as_of, self.teller.on, *(day for one in told for day in one.checked)])

    def _documents(self, told: Sequence[Told]) -> str:
        """Every document that something told rests on, each once with its articles."""
        merged: dict[str, list[str]] = {}
        for citation in (item for one in told for item in one.citations):
            articles = merged.setdefault(citation.document, [])
            if citation.article and not any(known.endswith(citation.article) for known in articles):
                articles[:] = [known for known in articles if not citation.article.endswith(known)]
                articles.append(citation.article)
        return "; ".join(self._cited(Citation(name, ", ".join(articles) or None)) for name, articles in merged.items())

    def _cited(self, citation: Citation) -> str:
        if citation.article is None:
            return citation.document
        return self._words.text("card.source.article", document=citation.document, article=citation.article)
