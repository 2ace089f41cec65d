"""The local plan as pages that can be asked for one by one: figures, targets, projects, money, offices and the rest.

Everything is told as that plan's, for its years. A page without anything says that the plan is silent: nothing is
worked out from what it does not say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from content.formatting import capital, date_text, number_text
from content.locality import Locality, Movement, Office
from content.offices import committee_text, office_answer, years_text
from content.planfacts import Fact, Measure, Number, PlanFacts, PovertyFigure, Project
from content.planpage import PlanItem, PlanPage, number_said
from content.planprogress import POVERTY, Published
from content.schema import Dimension, Topic, Unit
from content.targets import RATE_UNITS, rate_year, short_text
from content.wording import Wording
from core.messages import Table
from core.progress import Reported

GENERAL = "general"
MONTH = "for-the-poor-month"  # the topic that the plan's own peak month belongs to
DUTIES = 3  # of an office told in one breath
DIMENSIONS = (*Dimension, GENERAL)
_POOR = (Measure.POOR_HOUSEHOLDS, Measure.POOR_RATE)
_NEAR_POOR = (Measure.NEAR_POOR_HOUSEHOLDS, Measure.NEAR_POOR_RATE)
# Pages that are a list of facts as they stand; the key is both the page's and the list's.
_LISTS = (
    "policies",
    "priorities",
    "channels",
    "disclosure",
    "feedback",
    "processes",
    "counts",
    "goals",
    "solutions",
    "fund",
)
# What the second menu leads to.
_MORE = (
    *("money", "movement", "priorities", "channels", "feedback", "disclosure", "policies", "processes"),
    *("fund", "goals", "solutions", "counts", "documents", "silent"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBook:
    """The plan of one place, as it is told on a day in a language."""

    place: Locality
    facts: PlanFacts
    topics: Mapping[str, Topic]
    on: date
    words: Wording
    reported: Sequence[Reported] = ()  # what officers published of its goals

    def page(self, key: str) -> PlanPage | None:
        """A page by its key; None when there is no such page."""
        name, _, rest = key.partition(":")
        makers: dict[str, Callable[[str], PlanPage | None]] = {
            "home": lambda _: self._home(),
            "more": lambda _: self._page("more", (), lead=(self._text("plan.which"),), onward=_MORE),
            "poverty": self._poverty,
            "progress": self._progress,
            "targets": self._targets,
            "projects": self._projects,
            "project": self._project,
            "money": lambda _: self._money(),
            "offices": self._offices,
            "movement": lambda _: self._movement(),
            "documents": lambda _: self._documents(),
            "silent": lambda _: self._silent(),
            "topic": self._about,
        }
        if name in makers:
            return makers[name](rest)
        return self._list(name) if name in _LISTS else None

    def keys(self) -> Iterator[str]:
        """Every page there is."""
        yield from (
            "home",
            "more",
            "poverty",
            "progress",
            "targets",
            *(f"targets:{one}" for one in DIMENSIONS),
            "projects",
            "money",
        )
        yield from (f"project:{project.id}" for project in self.facts.projects)
        yield from ("offices", "movement", "documents", "silent", *_LISTS)
        yield from (f"topic:{topic}" for topic in self.topics)

    # --- saying it ---

    @property
    def _years(self) -> str:
        return years_text(self.place, self.words)

    @property
    def _over(self) -> bool:
        return self.on.year > self.place.plan.period_to

    def _text(self, name: str, /, **values: object) -> str:
        return self.words.text(name, years=self._years, **values)

    def _page(
        self,
        key: str,
        items: Iterable[PlanItem],
        *,
        lead: Sequence[str] = (),
        table: Table | None = None,
        onward: Sequence[str] = (),
        title: str | None = None,
    ) -> PlanPage:
        # Whoever asks "this year" must not take an older plan's figure for this year's.
        over = self._text("plan.over", now=self.on.year) if self._over else ""
        return PlanPage(
            key=key,
            title=title or self.title(key),
            over=over,
            lead=tuple(lead),
            items=tuple(items),
            table=table,
            onward=tuple(onward),
            plan=self.place.plan.short.get(self.words.lang),
        )

    def title(self, key: str) -> str:
        """What a page is about."""
        name, _, rest = key.partition(":")
        if name == "targets" and rest:
            return self.words.text(f"button.plan_{rest}")
        if name == "topic":
            return self.topics[rest].button.get(self.words.lang)
        if name == "project":
            return self._called(next(one for one in self.facts.projects if one.id == rest))
        return self.words.text(f"button.plan_{name}")

    def speaks_of(self, topic: str) -> bool:
        """Whether the plan says anything of a topic besides who handles it."""
        told = [one.topics for one in self._all_facts()] + [one.topics for one in self.facts.projects]
        return any(topic in topics for topics in told)

    def label(self, key: str) -> str:
        """What a button that leads to a page says, 2 to 20 characters."""
        name, _, rest = key.partition(":")
        if name != "project":
            return self.title(key)
        return self._short_name(next(one for one in self.facts.projects if one.id == rest))

    def _short_name(self, project: Project) -> str:
        if not project.no:
            return self.words.text("button.plan_part", no=self.facts.projects.index(project) + 1)
        number = str(project.no)
        if project.sub:
            number = self.words.text("plan.with_sub", no=project.no, sub=project.sub)
        return self.words.text("button.plan_project", no=number)

    @property
    def _published(self) -> Published:
        return Published(place=self.place, facts=self.facts, reported=self.reported, on=self.on, words=self.words)

    def _told(self, facts: Iterable[Fact]) -> list[PlanItem]:
        return self._published.items(facts)

    def _onward(self, *keys: str) -> tuple[str, ...]:
        """These pages, and before them how far the place is where anything of that was published."""
        return ("progress", *keys) if self.reported else keys

    def _list(self, key: str) -> PlanPage:
        items = self._told(getattr(self.facts, key))
        return self._page(key, items, lead=() if items else (self._text("plan.nothing"),), onward=("home",))

    # --- the pages ---

    def _home(self) -> PlanPage:
        return self._page(
            "home",
            (),
            lead=(self._text("plan.home", issuer=self.place.plan.issuer), self._text("plan.which")),
            onward=("poverty", "targets", "projects", "offices", "more"),
        )

    def _poverty(self, year: str) -> PlanPage:
        """All figures, or those of a year that was asked for, where there are any."""
        figures = [one for one in self.facts.poverty if not year or str(one.year) == year] or self.facts.poverty
        lead = []
        for name, measures in (("poor", _POOR), ("near_poor", _NEAR_POOR)):
            told = {name for figure in self.facts.poverty for name in figure.numbers}
            if not told & {*measures, *(f"{measure}-below" for measure in measures)}:
                lead.append(self._text(f"plan.unknown.{name}"))
        years = {str(figure.year) for figure in self.facts.poverty if figure.year is not None}
        asked, published = year or str(self.on.year), self._published.years()
        known = years | {str(one) for one in published}
        if years and asked not in known and (year or not (self._over or published)):
            lead.append(self._text("plan.not_this_year", now=asked))
        return self._page(
            "poverty",
            [*self._published.rates(one for one in published if year in ("", str(one))), *self._told(figures)],
            lead=lead,
            table=self._poverty_table(self.facts.poverty),
            onward=self._onward("targets", "topic:household-review", "home"),
        )

    def _progress(self, part: str) -> PlanPage | None:
        """How far the place is: what was published of the goals of one part, or of all; else the goals alone."""
        if part not in ("", POVERTY, *DIMENSIONS):
            return None
        published = self._published
        goals = published.goals(part)
        known = [goal for goal in goals if published.value(goal)]
        rates = published.rates(published.years()[:1]) if part in ("", POVERTY) else []
        place = capital(self.place.place.get(self.words.lang))
        if not known:
            lead = (self._text("plan.progress.none", place=place),)
        else:
            lead = (self._text("plan.progress.some", known=len(known), all=len(goals)),)
        facts = list(dict.fromkeys(goal.fact.id for goal in known or goals))
        by_id = {goal.fact.id: goal.fact for goal in goals}
        return self._page(
            f"progress:{part}" if part else "progress",
            [*rates, *self._told(by_id[one] for one in facts)],
            lead=() if rates and not known else lead,
            onward=("targets", "poverty", "home"),
        )

    def _poverty_table(self, figures: Sequence[PovertyFigure]) -> Table | None:
        rows: dict[tuple[int, str], dict[str, str]] = {}
        for figure in figures:
            for name, measures in (("poor", _POOR), ("near_poor", _NEAR_POOR)):
                cell = ", ".join(self._cells(figure, measures))
                if figure.year is not None and cell:
                    rows.setdefault((figure.year, figure.kind), {})[name] = cell
        for one in self.reported:
            if (year := rate_year(one)) is not None:
                for name, measures in (("poor", _POOR), ("near_poor", _NEAR_POOR)):
                    said = [short_text(one.numbers[each], RATE_UNITS[each], self.words) for each in measures]
                    rows.setdefault((year, "published"), {})[name] = ", ".join(said)
        if not rows:
            return None
        head = (self._text("plan.column.year"), self._text("plan.column.poor"), self._text("plan.column.near_poor"))
        return Table(
            head=head,
            rows=tuple(
                (self._text(f"plan.row.{kind}", year=year), cells.get("poor", "-"), cells.get("near_poor", "-"))
                for (year, kind), cells in sorted(rows.items())
            ),
        )

    def _cells(self, figure: PovertyFigure, measures: Iterable[Measure]) -> Iterator[str]:
        for measure in measures:
            if measure in figure.numbers:
                yield _short(figure.numbers[measure], self.words)
            elif f"{measure}-below" in figure.numbers:
                yield self._text("plan.below", number=_short(figure.numbers[f"{measure}-below"], self.words))

    def _targets(self, dimension: str) -> PlanPage | None:
        if not dimension:
            found = [f"targets:{one}" for one in DIMENSIONS if self._of(one)]
            lead = (self._text("plan.which_dimension"),)
            return self._page("targets", (), lead=lead, onward=self._onward(*found))
        if dimension not in DIMENSIONS:
            return None
        items = self._told(self._of(dimension))
        return self._page(
            f"targets:{dimension}",
            items,
            lead=()
            if items
            else (self._text("plan.no_target", dimension=self.words.text(f"plan.dimension.{dimension}")),),
            onward=("targets", "home"),
        )

    def _of(self, dimension: str) -> list[Fact]:
        wanted = None if dimension == GENERAL else dimension
        return [target for target in self.facts.targets if target.dimension == wanted]

    def _called(self, project: Project) -> str:
        name = project.name.get(self.words.lang)
        if not project.no:
            return name
        return self._text("plan.sub" if project.sub else "plan.numbered", no=project.no, sub=project.sub, name=name)

    def _projects(self, number: str) -> PlanPage:
        """All of them, or those of one number."""
        found = [one for one in self.facts.projects if number in ("", str(one.no), f"{one.no}.{one.sub}")]
        if number and len(found) == 1:
            return self._one_project(found[0])
        if number and not any(one.no for one in self.facts.projects):
            return replace(self._projects(""), lead=(self._text("plan.unnumbered"),))
        if number and not found:
            missing = self._text("plan.no_project", number=number.replace(".", ", "))
            return self._page("projects", (), lead=(missing,), onward=("projects",))
        items = [PlanItem(f"{self._called(one)}. {self._amount(one)}", one.section) for one in found]
        return self._page("projects", items, onward=(*(f"project:{one.id}" for one in found), "money", "home"))

    def _project(self, id_: str) -> PlanPage | None:
        project = next((one for one in self.facts.projects if one.id == id_), None)
        return self._one_project(project) if project is not None else None

    def _one_project(self, project: Project) -> PlanPage:
        said = [self._leads(project), self._amount(project)]
        if project.for_whom is not None:
            said.append(self._text("plan.for_whom", whom=project.for_whom.get(self.words.lang)))
        if project.work:
            said.append(self._text("plan.work", work="; ".join(one.get(self.words.lang) for one in project.work)))
        items = [PlanItem(one, project.section) for one in said]
        return self._page(f"project:{project.id}", items, onward=("projects", "money", "home"))

    def _leads(self, project: Project) -> str:
        names = {office.id: office.name.get(self.words.lang) for office in self.place.offices}
        if not project.lead:
            return self._text("plan.lead.none")
        lead = ", ".join(names[one] for one in project.lead)
        then = ".then" if self._over else ""
        text = self._text(f"plan.lead.{project.lead_basis}{then}", offices=lead)
        also = ", ".join(names[one] for one in project.also if one not in project.lead)
        return f"{text} {self._text(f'plan.also{then}', offices=also)}" if also else text

    def _amount(self, project: Project) -> str:
        # A source that gives nothing, or all of it, is not told apart.
        total = project.money.get("total")
        apart = {key: one for key, one in project.money.items() if key == "total" or (one.value and one != total)}
        amounts = {key: number_said(number, self.words.lang) for key, number in apart.items()}
        if not amounts:
            return self._text("plan.no_amount")
        sources = (key for key in ("central", "local") if key in amounts)
        parts = [self._text(f"plan.amount.{key}", amount=amounts[key]) for key in sources]
        whole = self._text("plan.amount", amount=amounts["total"]) if "total" in amounts else ""
        return " ".join(filter(None, (whole, *parts)))

    def _money(self) -> PlanPage:
        paid = [one for one in self.facts.projects if one.money]
        items = self._told(self.facts.funding)
        items += [PlanItem(f"{self._called(one)}. {self._amount(one)}", one.section) for one in paid]
        rows = tuple(
            (self._short_name(one), _short(one.money["total"], self.words)) for one in paid if "total" in one.money
        )
        head = (self._text("plan.column.project"), self._text("plan.column.money"))
        return self._page(
            "money",
            items,
            lead=() if paid else (self._text("plan.no_amounts"),),
            table=Table(head=head, rows=rows) if rows else None,
            onward=("projects", "home"),
        )

    def _offices(self, office_id: str) -> PlanPage:
        """All offices, or one of them, with what the plan gives them."""
        offices = [one for one in self.place.offices if office_id in ("", one.id)] or self.place.offices
        ended = [office for office in self.place.offices if office.valid_to is not None and office.valid_to < self.on]
        lead = []
        if ended:
            since = max(office.valid_to for office in ended if office.valid_to is not None) + timedelta(days=1)
            committee = committee_text(self.place, self.on, self.words)
            lead.append(self._text("plan.ended", date=date_text(since, self.words.lang), committee=committee))
        elif self._over:
            lead.append(self._text("plan.now_ask", committee=committee_text(self.place, self.on, self.words)))
        return self._page(
            "offices",
            [item for office in offices for item in self._office(office)],
            lead=lead,
            onward=("offices", "silent", "home") if office_id else ("silent", "home"),
        )

    def _office(self, office: Office) -> Iterator[PlanItem]:
        """An office with what the plan gives it, a few duties at a time."""
        name = office.name.get(self.words.lang)
        if not office.duties:
            yield PlanItem(f"{name}.")
        for start in range(0, len(office.duties), DUTIES):
            some = office.duties[start : start + DUTIES]
            duties = "; ".join(duty.text.get(self.words.lang) for duty in some)
            sections = ", ".join(dict.fromkeys(duty.section for duty in some))
            yield PlanItem(self._text("plan.office", office=name, duties=duties), sections)

    def _movement(self) -> PlanPage:
        items = [self._moves(one) for one in self.place.movement]
        slogan = self.place.slogan
        if slogan is not None and not any(
            one.kind == "slogan" and one.name == slogan.text for one in self.place.movement
        ):
            items.insert(0, PlanItem(self._text("plan.movement.slogan", name=slogan.text), slogan.section))
        if not items:
            items.append(PlanItem(self._text("plan.no_movement")))
        return self._page("movement", [*items, self._month(), *self._told(self.facts.fund)], onward=("home",))

    def _month(self) -> PlanItem:
        month = self.facts.month
        if month.name is None:
            return PlanItem(self._text("plan.no_month"))
        names = {office.id: office.name.get(self.words.lang) for office in self.place.offices}
        said = [self._text("plan.month", name=month.name)]
        said += [month.text.get(self.words.lang)] if month.text else []
        if month.owner:
            said.append(self._text("plan.month_owner", offices=", ".join(names[one] for one in month.owner)))
        return PlanItem(" ".join(said), month.section)

    def _moves(self, one: Movement) -> PlanItem:
        text = self._text(f"plan.movement.{one.kind}", name=one.name)
        return PlanItem(f"{text} {one.note.get(self.words.lang)}" if one.note else text, one.section)

    def _documents(self) -> PlanPage:
        items = [
            PlanItem(
                self._text(
                    "plan.document.dated" if one.day else "plan.document",
                    document=one.document,
                    day=date_text(one.day, self.words.lang) if one.day else "",
                    issuer=one.issuer,
                    about=one.about.get(self.words.lang).rstrip("."),
                ),
                one.section,
            )
            for one in self.facts.documents
        ]
        return self._page("documents", items, onward=("home",))

    def _silent(self) -> PlanPage:
        def names(topics: Iterable[str]) -> str:
            return "; ".join(self.topics[topic].button.get(self.words.lang) for topic in topics)

        items = []
        if self.place.named_no_office:
            named = self.place.named_no_office
            sections = ", ".join(dict.fromkeys(part for one in named for part in one.section.split(", ")))
            items.append(PlanItem(self._text("plan.named", topics=names(one.topic for one in named)), sections))
        if self.place.not_named:
            items.append(PlanItem(self._text("plan.not_named", topics=names(self.place.not_named)), "toàn kế hoạch"))
        return self._page("silent", items, onward=("offices", "home"))

    def _about(self, topic: str) -> PlanPage | None:
        """What the plan says of a topic, and who handles it there."""
        if topic not in self.topics:
            return None
        matter = self.topics[topic]
        facts = [fact for fact in self._all_facts() if topic in fact.topics]
        items = self._told(facts)
        items += [
            PlanItem(f"{self._called(one)}. {self._leads(one)} {self._amount(one)}", one.section)
            for one in self.facts.projects
            if topic in one.topics
        ]
        if topic == MONTH and self.facts.month.name is not None:
            items.append(self._month())
        name = matter.button.get(self.words.lang)
        silent = topic in self.place.not_named
        unclear = any(one.topic == topic and one.basis == "reading" for one in self.place.who)
        lead = self._text(
            "plan.yes" if items else "plan.silent" if silent else "plan.unclear" if unclear else "plan.no_detail",
            topic=name,
        )
        office = office_answer(self.place, matter, self.on, self.words)
        committee = committee_text(self.place, self.on, self.words)
        whom = self.words.text("office.ask", committee=committee) if silent else office.text
        items.append(PlanItem(self._text("plan.who", office=capital(whom)), office.section))
        return self._page(f"topic:{topic}", items, lead=(lead,), onward=("home",))

    def _all_facts(self) -> Iterator[Fact]:
        yield from self.facts.poverty
        yield from self.facts.targets
        for name in (*_LISTS, "funding"):
            yield from getattr(self.facts, name)


def _short(number: Number, words: Wording) -> str:
    """A number for a cell of a table: no words beside the figures."""
    text = number_text(number.value, words.lang)
    if number.unit is Unit.PERCENT:
        return f"{text}%"
    return f"{text} đồng" if number.unit is Unit.VND else number_said(number, words.lang)
