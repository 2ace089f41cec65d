"""How far a place is with its plan: every goal with the newest figure, what is missing, and a picture of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from starlette.responses import Response

from content.formatting import date_text, number_text
from content.locality import Locality
from content.planfacts import Target
from content.planpage import fact_text
from content.targets import (
    Goal,
    Judged,
    Pace,
    document_text,
    gap_text,
    goal_name,
    goal_text,
    goals_of,
    judge,
    rate_year,
    rates_text,
    short_text,
)
from content.wording import Wording
from core.caps import LOCAL
from core.errors import NotFoundError
from core.officers import Right
from core.progress import Reported, Standing
from web.console.access import access_place, reads
from web.console.states import Mark
from web.console.visit import Visit
from web.workbook import download, workbook

PAGE = "/console/targets"
MARKS = {
    Pace.NONE: ("■", "danger"),
    Pace.LATE: ("■", "danger"),
    Pace.SHORT: ("◐", "busy"),
    Pace.REACHED: ("●", "good"),
    Pace.COUNTED: ("○", "plain"),
}
# In the order of the picture.
ORDER = (Pace.REACHED, Pace.SHORT, Pace.LATE, Pace.COUNTED, Pace.NONE)
WIDTH, ROW, BAR = 336, 44, 16  # of the picture's own units: its width, and what one bar takes


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """What the list shows of a goal."""

    href: str
    text: str
    about: str  # which of the six dimensions, and the section of the plan
    goal: str
    value: str
    told: str  # as of when, by which document
    gap: str
    due: str
    left: str  # days until then, or since
    mark: Mark
    waiting: int = 0  # entries that nobody checked yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the picture."""

    kind: str
    label: str
    y: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How many goals stand where."""

    title: str  # the finding
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = 0
    bar: int = BAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """What storage and plan say about a place."""

    place: Locality
    judged: Sequence[Judged]
    entries: Sequence[Reported] = field(repr=False)

    def waiting(self, subject: str) -> int:
        """How many entries about it nobody checked."""
        return sum(one.subject == subject and one.standing is Standing.WAITING for one in self.entries)


def today(visit: Visit) -> date:
    """The day where people live."""
    return visit.now.astimezone(LOCAL).date()


def places(visit: Visit, right: Right) -> list[tuple[str, str]]:
    """The places where this officer has a right, by id and name."""
    known = visit.console.content.localities
    return [(one, known[one].place.get(visit.words.lang)) for one in known if reads(visit.officer, one, right)]


async def chosen_place(visit: Visit, right: Right) -> Locality:
    """The place that the address asks for, else the first one. Raises NotFoundError as `access_place` does."""
    mine = places(visit, right)
    asked = visit.request.query_params.get("at") or (mine[0][0] if mine else "")
    return await access_place(visit, asked, Right.READ_TOTALS)


async def standings(visit: Visit, place: Locality) -> Standings:
    """Every goal of the place held against its newest approved figure: one statement."""
    facts = visit.console.content.plans.get(place.id)
    async with visit.site.storage.read() as uow:
        entries = await uow.progress.newest(place.id)
    approved = {one.subject: one for one in entries if one.standing is Standing.APPROVED}
    goals = goals_of(place, facts) if facts is not None else ()
    judged = [judge(goal, approved.get(goal.subject), today(visit)) for goal in goals]
    return Standings(place=place, judged=judged, entries=entries)


def goal_of(visit: Visit, place: Locality, target: str) -> Goal:
    """A goal by what stands in the address of its page. Raises NotFoundError."""
    facts = visit.console.content.plans.get(place.id)
    goals = goals_of(place, facts) if facts is not None else ()
    found = next((goal for goal in goals if slug(goal) == target), None)
    if found is None:
        raise NotFoundError("no such target", where=target)
    return found


def slug(goal: Goal) -> str:
    """What stands for a goal in an address."""
    return goal.subject.partition(":")[2]


def mark_of(words: Wording, pace: Pace) -> Mark:
    """How a goal's state looks and reads."""
    sign, kind = MARKS[pace]
    return Mark(sign=sign, kind=kind, word=words.text(f"console.targets.pace.{pace}"))


def days_text(words: Wording, one: Judged) -> str:
    """Until when, and how many days that is."""
    return words.text("console.targets.until", day=date_text(one.goal.due, words.lang), left=left_text(words, one))


def left_text(words: Wording, one: Judged) -> str:
    """How many days until its last one, or since."""
    return words.text(
        "console.targets.left" if one.days >= 0 else "console.targets.over", days=number_text(abs(one.days), words.lang)
    )


def about_text(words: Wording, goal: Goal) -> str:
    """Which dimension it is about, and where the plan says so."""
    dimension = goal.fact.dimension if isinstance(goal.fact, Target) else "poverty"
    return words.text(
        "console.targets.about",
        about=words.text(f"console.targets.{dimension or 'general'}"),
        section=goal.fact.section,
    )


def line_of(visit: Visit, found: Standings, one: Judged) -> GoalLine:
    """The line of a goal."""
    words, goal, newest = visit.words, one.goal, one.newest
    told = ""
    if newest is not None:
        day = date_text(newest.as_of, words.lang)
        told = words.text("console.targets.told", day=day, document=document_text(newest, words))
    return GoalLine(
        href=f"{PAGE}/{found.place.id}/{slug(goal)}",
        text=goal_name(words, goal),
        about=about_text(words, goal),
        goal=goal_text(goal, words) or words.text("console.targets.no-number"),
        value=short_text(one.value, one.unit, words) if one.value is not None and one.unit is not None else "",
        told=told,
        gap=gap_text(one, words),
        due=date_text(one.goal.due, words.lang),
        left=left_text(words, one),
        mark=mark_of(words, one.pace),
        waiting=found.waiting(goal.subject),
    )


def picture_of(words: Wording, judged: Sequence[Judged]) -> Picture:
    """A bar for each state, from zero, with its number beside its name."""
    counts = {pace: sum(one.pace is pace for one in judged) for pace in ORDER}
    most = max([1, *counts.values()])
    bars = tuple(
        Bar(
            kind=pace,
            label=words.text(
                "console.targets.bar",
                sign=MARKS[pace][0],
                name=words.text(f"console.targets.pace.{pace}"),
                number=counts[pace],
            ),
            y=ROW * place,
            width=round(WIDTH * counts[pace] / most),
        )
        for place, pace in enumerate(ORDER)
    )
    title = words.text(
        "console.targets.picture",
        reached=counts[Pace.REACHED],
        all=sum(one.goal.number is not None for one in judged),
        none=counts[Pace.NONE],
        late=counts[Pace.LATE],
        unknown=sum(one.pace is Pace.NONE and one.days < 0 for one in judged),
    )
    return Picture(title=title, bars=bars, height=ROW * len(bars))


async def show_targets(visit: Visit) -> Response:
    """GET /console/targets?at=: every goal of a place."""
    place = await chosen_place(visit, Right.READ_TOTALS)
    found, words = await standings(visit, place), visit.words
    rates = [one for one in found.entries if rate_year(one) is not None and one.standing is Standing.APPROVED]
    newest = max(rates, key=lambda one: one.subject, default=None)
    return visit.page(
        "targets.html",
        place=place.place.get(words.lang),
        at=place.id,
        places=places(visit, Right.READ_TOTALS),
        plan=place.plan.short.get(words.lang),
        lines=[line_of(visit, found, one) for one in found.judged],
        picture=picture_of(words, found.judged),
        day=date_text(today(visit), words.lang),
        rates=rates_text(newest, words) if newest else "",
        waiting=[
            (f"/console/figures/{one.id}", entry_name(visit, place, one), one.entered_by)
            for one in found.entries
            if one.standing is Standing.WAITING
        ],
        here=PAGE,
    )


def entry_name(visit: Visit, place: Locality, one: Reported) -> str:
    """What figures are about, in a few words of the plan; what no plan holds any more by its subject."""
    words, year = visit.words, rate_year(one)
    if year is not None:
        return words.text("console.rates.name", year=year)
    facts = visit.console.content.plans.get(place.id)
    goals = goals_of(place, facts) if facts is not None else ()
    goal = next((goal for goal in goals if goal.subject == one.subject), None)
    return goal_name(words, goal) if goal is not None else one.subject


async def show_sheet(visit: Visit) -> Response:
    """GET /console/targets/sheet?at=: the same as an XLSX file, figures as numbers."""
    place = await chosen_place(visit, Right.READ_TOTALS)
    found, words = await standings(visit, place), visit.words
    heads = ("target", "section", "goal", "value", "unit", "as-of", "document", "gap", "until", "days", "state")
    rows = []
    for one in found.judged:
        newest = one.newest
        rows.append(
            (
                fact_text(one.goal.fact, words.lang),
                one.goal.fact.section,
                goal_text(one.goal, words),
                one.value,
                words.text(f"console.targets.unit.{one.unit}") if one.unit is not None else "",
                newest.as_of if newest is not None else None,
                document_text(newest, words) if newest is not None else "",
                gap_text(one, words),
                one.goal.due,
                one.days,
                words.text(f"console.targets.pace.{one.pace}"),
            )
        )
    header = [words.text(f"console.head.{one}") for one in heads]
    return download(f"chi-tieu-{place.id}", workbook(words.text("console.nav.targets"), header, rows))
