"""Surveys of what people wish to learn: begun between two days, counted, and what the counts come to."""

from dataclasses import dataclass

from starlette.responses import Response

from content.formatting import capital, date_text
from content.wording import Wording
from core.errors import StaleError
from core.officers import Right
from core.surveys import CHOICES, LARGEST, NOTHING, SMALLEST, TREND_BY, TREND_FROM, UNNAMED, Forecast, Survey, Table
from core.surveys import forecasts as forecasts_of
from core.surveys import table as table_of
from core.tally import FEW, LEAST, WITHHELD
from core.training import Household
from handlers.reported import WrongFigureError
from handlers.training import surveys
from handlers.training.surveys import Days
from web.bubbles import time_text
from web.console.access import access_in, access_place
from web.console.days import with_days
from web.console.figures.target import Trouble
from web.console.figures.targets import places, today
from web.console.kept import Typed, forget, kept
from web.console.lines import place_name
from web.console.training.access import PAGE as COURSES
from web.console.training.access import acting
from web.console.visit import Visit
from web.workbook import download, workbook

PAGE = f"{COURSES}/surveys"
SURVEY, NEW = f"{PAGE}/{{id}}", f"{PAGE}/{{place}}/new"
TYPED = ("first", "last")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is told of one trade."""

    name: str
    told: str
    households: tuple[str, ...] = ()  # heads of the columns
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a hamlet, and a figure for each kind of household


async def access_survey(visit: Visit, right: Right = surveys.READ) -> Survey:
    """A survey. Raises as access_in does."""
    one = await surveys.find(visit.site.storage, visit.request.path_params["id"])
    await access_in(visit, one.locality, f"survey:{one.id}", surveys.READ, right)
    return one


def told_text(told: str, words: Wording) -> str:
    """A figure as it may be told, in words where it is none."""
    if told == FEW:
        return words.text("console.survey.few", least=LEAST)
    return words.text("console.survey.withheld") if told == WITHHELD else told


def days_text(visit: Visit, one: Survey) -> str:
    """From when to when; one that was ended on its first day has no last one."""
    first, last = (date_text(day, visit.words.lang) for day in (one.first, one.last))
    name = "console.survey.days" if one.first <= one.last else "console.survey.days.ended"
    return visit.words.text(name, first=first, last=last)


def standing_text(visit: Visit, one: Survey) -> str:
    """Whether people can answer today."""
    now = today(visit)
    return visit.words.text(f"console.survey.{'open' if one.open(now) else 'coming' if now < one.first else 'over'}")


async def show_surveys(visit: Visit) -> Response:
    """GET /console/work/training/surveys."""
    mine = places(visit, surveys.READ)
    async with visit.site.storage.read() as uow:
        found = await uow.surveys.list([one for one, _ in mine])
    lines = [
        (f"{PAGE}/{one.id}", days_text(visit, one), place_name(visit, one.locality), many, standing_text(visit, one))
        for one, many in found
    ]
    giving = [(f"{PAGE}/{one}/new", name) for one, name in mine if visit.officer.may(surveys.ACT, localities=[one])]
    return visit.page("surveys.html", lines=lines, giving=giving, here=PAGE, back=COURSES)


async def show_new(visit: Visit) -> Response:
    """GET …/surveys/{place}/new."""
    place = await access_place(visit, visit.request.path_params["place"], surveys.ACT)
    return new_page(visit, place.id, typed=await kept(visit, NEW.format(place=place.id)))


def new_page(visit: Visit, place: str, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form for the two days."""
    return visit.page(
        "survey-new.html",
        status=trouble.status if trouble else 200,
        href=NEW.format(place=place),
        back=PAGE,
        place=place_name(visit, place),
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=visit.words) if typed.at else "",
        trouble=trouble,
    )


async def post_new(visit: Visit) -> Response:
    """POST …/surveys/{place}/new."""
    place, words = await access_place(visit, visit.request.path_params["place"], surveys.ACT), visit.words
    fields = {name: visit.form.get(name) for name in TYPED}
    try:
        await surveys.begin(visit.site.storage, place.id, Days(**fields), acting(visit))
    except WrongFigureError as error:
        wrong = {name: words.text(f"console.survey.fault.{fault}") for name, fault in error.faults.items()}
        trouble = Trouble(text=words.text("console.figure.wrong"), faults=with_days(visit, wrong, visit.form.fields))
        return new_page(visit, place.id, typed=Typed(fields=fields), trouble=trouble)
    except StaleError:
        trouble = Trouble(text=words.text("console.survey.meets"), status=409)
        return new_page(visit, place.id, typed=Typed(fields=fields), trouble=trouble)
    await forget(visit, NEW.format(place=place.id))
    return visit.go(PAGE, done="survey-begun")


async def _counted(visit: Visit, one: Survey) -> tuple[Table, list[Forecast], int]:
    """What may be told, what it comes to beside the survey before, and how many people the place has here."""
    async with visit.site.storage.read() as uow:
        answers = await uow.surveys.answers(one.id)
        earlier = [each for each, _ in await uow.surveys.list([one.locality]) if each.last < one.first]
        before = table_of(await uow.surveys.answers(earlier[0].id)) if earlier else None
        people = await uow.surveys.people(one.locality)
    counted = table_of(answers)
    return counted, forecasts_of(counted, before), people


async def show_survey(visit: Visit) -> Response:
    """GET …/surveys/{id}."""
    one, words = await access_survey(visit), visit.words
    counted, forecasts, people = await _counted(visit, one)
    may = visit.officer.may(surveys.ACT, localities=[one.locality]) and one.last >= today(visit)
    others = [
        (
            words.text(f"console.survey.asked.{name}"),
            [(_choice(visit, name, value), told_text(told, words)) for value, told in counted.others[name].items()],
        )
        for name in CHOICES
    ]
    return visit.page(
        "survey.html",
        href=SURVEY.format(id=one.id),
        back=PAGE,
        survey=one,
        days=days_text(visit, one),
        standing=standing_text(visit, one),
        place=place_name(visit, one.locality),
        answered=answered_text(visit, counted.all, people),
        forecasts=[(_trade(visit, each.trade), forecast_text(visit, each)) for each in forecasts],
        how=words.text("console.survey.how", smallest=SMALLEST, largest=LARGEST, least=TREND_FROM, by=TREND_BY),
        trades=[_said(visit, counted, trade) for trade in _ordered(counted)],
        others=others,
        may=may,
    )


def answered_text(visit: Visit, answered: int, people: int) -> str:
    """How many answered, of how many who are known here; where fewer are known by now, only the first."""
    name = "of" if people >= answered else "of-unknown"
    return visit.words.text(f"console.survey.{name}", answered=answered, people=people)


def _ordered(counted: Table) -> list[str]:
    return sorted(counted.trades, key=lambda one: (-(counted.number(one) or 0), one))


def _trade(visit: Visit, trade: str) -> str:
    if trade in (NOTHING, UNNAMED):
        return visit.words.text(f"console.survey.trade.{trade or 'unsaid'}")
    return capital(visit.console.content.trades.title(trade, visit.words.lang))


def _choice(visit: Visit, name: str, value: str) -> str:
    return visit.words.text(f"button.survey_{name}_{value}" if value else "console.course.unsaid")


def _hamlet(visit: Visit, hamlet: str) -> str:
    return hamlet or visit.words.text("console.survey.no-hamlet")


def _said(visit: Visit, counted: Table, trade: str) -> Said:
    words, cells = visit.words, counted.cells.get(trade, {})
    kinds = [one for one in Household if any(one == kind for _, kind in cells)]
    rows = tuple(
        (_hamlet(visit, hamlet), tuple(told_text(cells.get((hamlet, kind), "0"), words) for kind in kinds))
        for hamlet in sorted({hamlet for hamlet, _ in cells})
    )
    heads = tuple(words.text(f"console.course.household.{one}") for one in kinds)
    return Said(name=_trade(visit, trade), told=told_text(counted.trades[trade], words), households=heads, rows=rows)


def forecast_text(visit: Visit, one: Forecast) -> str:
    """How many wish it, how many classes that makes, and whether it is more than the last time."""
    words = visit.words
    name = "none" if not one.classes else "left" if one.left else "all"
    said = words.text(f"console.survey.forecast.{name}", people=one.people, classes=one.classes, left=one.left)
    if one.moved is None:
        return said
    way = "same" if abs(one.moved) < TREND_BY else "more" if one.moved > 0 else "less"
    return f"{said} {words.text(f'console.survey.trend.{way}', points=abs(one.moved))}"


async def show_sheet(visit: Visit) -> Response:
    """GET …/surveys/{id}/sheet: what the page tells, as rows; nothing that it hides."""
    one, words = await access_survey(visit), visit.words
    counted, forecasts, _ = await _counted(visit, one)
    said = {each.trade: forecast_text(visit, each) for each in forecasts}
    rows: list[tuple[str | int, ...]] = []
    for trade in _ordered(counted):
        all_ = words.text("console.survey.all")
        rows.append((_trade(visit, trade), all_, all_, _cell(visit, counted.trades[trade]), said.get(trade, "")))
        for (hamlet, kind), told in sorted(counted.cells.get(trade, {}).items()):
            kind_text = words.text(f"console.course.household.{kind}")
            rows.append((_trade(visit, trade), _hamlet(visit, hamlet), kind_text, _cell(visit, told), ""))
    header = [
        words.text(f"console.survey.head.{each}") for each in ("trade", "hamlet", "household", "people", "forecast")
    ]
    return download(f"khao-sat-{one.id}", workbook(words.text("console.survey.title"), header, rows))


def _cell(visit: Visit, told: str) -> str | int:
    return int(told) if told.isdecimal() else told_text(told, visit.words)


async def post_end(visit: Visit) -> Response:
    """POST …/surveys/{id}/end."""
    one = await access_survey(visit, surveys.ACT)
    try:
        await surveys.end(visit.site.storage, one, acting(visit))
    except StaleError:
        return visit.go(SURVEY.format(id=one.id), done="survey-over")
    return visit.go(SURVEY.format(id=one.id), done="survey-ended")
