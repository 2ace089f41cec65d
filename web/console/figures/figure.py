"""Figures that somebody entered, as another officer checks them: beside what holds now, with the citizens' sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from content.figure_doubts import rate_doubts, year_doubts
from content.formatting import capital, date_text
from content.locality import Locality
from content.planpage import fact_text
from content.targets import (
    RATE_UNITS,
    Goal,
    document_text,
    goal_text,
    goals_of,
    judge,
    rate_year,
    rates_text,
    short_text,
    value_of,
    value_text,
)
from core.errors import NotAllowedError, StaleError
from core.officers import Right
from core.progress import Reported, Standing
from handlers import reported
from handlers.reported import MOST_WHY, Acting, WrongFigureError
from web.bubbles import time_text
from web.console.access import access_figure
from web.console.figures.target import Trouble, by_text, standing_mark, value_doubt
from web.console.figures.targets import PAGE, about_text, entry_name, slug, today
from web.console.kept import Typed, forget, kept
from web.console.visit import Visit

FIGURE = "/console/figures/{id}"
TYPED = ("why",)
STEPS = {"approve": Standing.APPROVED, "return": Standing.RETURNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a figure says, now and in what is published."""

    name: str
    before: str
    now: str


async def show_figure(visit: Visit) -> Response:
    """GET /console/figures/{id}."""
    one = await access_figure(visit, visit.request.path_params["id"], Right.READ_TOTALS)
    return await figure_page(visit, one, typed=await kept(visit, FIGURE.format(id=one.id)))


async def figure_page(visit: Visit, one: Reported, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as it is now."""
    words, place = visit.words, visit.console.content.localities[one.locality]
    async with visit.site.storage.read() as uow:
        published = await uow.progress.published(one.locality)
    before = next((each for each in published if each.subject == one.subject and each.id != one.id), None)
    goal = _goal(visit, place, one)
    name = entry_name(visit, place, one)
    officer, year = visit.officer, rate_year(one)
    may = officer.may(Right.APPROVE_FIGURES, localities=[one.locality]) and one.standing is Standing.WAITING
    back = f"{PAGE}/{place.id}/{'rates' if year is not None else slug(goal) if goal else ''}"
    return visit.page(
        "figure.html",
        status=trouble.status if trouble else 200,
        href=FIGURE.format(id=one.id),
        back=back if year is not None or goal else f"{PAGE}?at={place.id}",
        place=place.place.get(words.lang),
        title=words.text("console.figure.title", about=about_text(words, goal)) if goal else name,
        name=name,
        text=fact_text(goal.fact, words.lang) if goal else "",
        section=goal.fact.section if goal else "",
        plan=place.plan.short.get(words.lang),
        goal=goal_text(goal, words) if goal else "",
        shown=_shown(visit, goal, one, before),
        has_before=before is not None,
        as_of=str(year) if year is not None else date_text(one.as_of, words.lang),
        document=document_text(one, words),
        entered=by_text(visit, one.entered_by, one.entered_at),
        checked=by_text(visit, one.checked_by, one.checked_at) if one.checked_by and one.checked_at else "",
        why=one.why,
        mark=standing_mark(visit, one),
        sentence=rates_text(one, words)
        if year is not None
        else value_text(judge(goal, one, today(visit)), words)
        if goal
        else "",
        older=before is not None and before.as_of > one.as_of,
        may_check=may,
        own=officer.name == one.entered_by,
        most=MOST_WHY,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
        doubts=_doubts(visit, place, one, published) if one.standing is Standing.WAITING else [],
    )


def _doubts(visit: Visit, place: Locality, one: Reported, published: Sequence[Reported]) -> list[str]:
    """What looks wrong, as its writer was told it: it was entered all the same."""
    year, goal = rate_year(one), _goal(visit, place, one)
    if year is not None:
        found = rate_doubts(one.numbers, visit.words, place=place.place.get(visit.words.lang))
        return [*found, *year_doubts(year, one.numbers, published, visit.words)]
    before = next((each for each in published if each.subject == one.subject), None)
    found = [value_doubt(visit, goal, one.numbers, before)] if goal is not None else []
    return [text for text in found if text]


def _goal(visit: Visit, place: Locality, one: Reported) -> Goal | None:
    facts = visit.console.content.plans.get(place.id)
    goals = goals_of(place, facts) if facts is not None else ()
    return next((goal for goal in goals if goal.subject == one.subject), None)


def _shown(visit: Visit, goal: Goal | None, one: Reported, before: Reported | None) -> list[Shown]:
    words = visit.words
    if rate_year(one) is not None:
        return [
            Shown(
                name=words.text(f"console.rates.{name}"),
                before=short_text(before.numbers[name], unit, words) if before else "",
                now=short_text(one.numbers[name], unit, words),
            )
            for name, unit in RATE_UNITS.items()
        ]
    said, name = ["", ""], ""
    for at, each in enumerate((before, one)):
        value, unit = value_of(goal, each) if goal is not None and each is not None else (None, None)
        if value is not None and unit is not None:
            said[at], name = short_text(value, unit, words), words.text(f"console.targets.unit.{unit}")
    return [Shown(name=capital(name), before=said[0], now=said[1])]


async def post_step(visit: Visit) -> Response:
    """POST /console/figures/{id}/approve and …/return."""
    one = await access_figure(visit, visit.request.path_params["id"], Right.APPROVE_FIGURES)
    to = STEPS[visit.request.url.path.rpartition("/")[2]]
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    why = visit.form.get("why") if to is Standing.RETURNED else ""
    try:
        await reported.check(visit.site.storage, one.id, to, acting, why=why)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.figure.checked"), status=409))
    except NotAllowedError:
        return await _again(visit, Trouble(text=visit.words.text("console.figure.own"), status=403))
    except WrongFigureError as error:
        text = visit.words.text(f"console.figure.fault.why.{error.faults['why']}", most=MOST_WHY)
        return await _again(visit, Trouble(text=text, faults={"why": text}))
    await forget(visit, FIGURE.format(id=one.id))
    return visit.go(FIGURE.format(id=one.id), done=f"figure-{to}")


async def _again(visit: Visit, trouble: Trouble) -> Response:
    one = await access_figure(visit, visit.request.path_params["id"], Right.READ_TOTALS)
    return await figure_page(visit, one, typed=Typed(fields={"why": visit.form.get("why")}), trouble=trouble)
