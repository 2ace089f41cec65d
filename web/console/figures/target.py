"""One goal of a place's plan: its history, and the form in which a figure is entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from starlette.responses import Response

from content.figure_doubts import jump_doubt
from content.formatting import capital, date_text, number_text
from content.locality import Locality
from content.planfacts import PovertyFigure
from content.planpage import fact_text
from content.schema import Unit
from content.targets import (
    RATE_UNITS,
    UNITS,
    Goal,
    document_text,
    gap_text,
    goal_text,
    judge,
    measured_by,
    rates_for,
    short_text,
    value_of,
    value_text,
)
from core.errors import StaleError
from core.officers import Right
from core.progress import NewReported, Reported, Standing
from handlers import reported
from handlers.reported import Acting, day_fault, document_fault, number_fault, read_day, read_number
from web.bubbles import moment_text, time_text
from web.console.access import access_place
from web.console.days import with_days
from web.console.figures.targets import PAGE, about_text, days_text, goal_of, mark_of, slug, today
from web.console.kept import Typed, forget, kept
from web.console.leads.share import suggested
from web.console.states import Mark
from web.console.visit import Visit

TARGET = f"{PAGE}/{{place}}/{{target}}"
TYPED = ("value", "unit", "as_of", "document", "document_day")
SHOWN = 50  # entries of a history
STANDINGS = {
    Standing.WAITING: ("◇", "warning"),
    Standing.APPROVED: ("✓", "good"),
    Standing.RETURNED: ("–", "plain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """What a history shows of an entry."""

    href: str
    value: str
    as_of: str
    document: str
    entered: str
    checked: str
    why: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why nothing was entered: for the whole form, or by field."""

    text: str
    faults: Mapping[str, str] = field(default_factory=dict)
    status: int = 422


def standing_mark(visit: Visit, one: Reported) -> Mark:
    """How an entry stands."""
    sign, kind = STANDINGS[one.standing]
    return Mark(sign=sign, kind=kind, word=visit.words.text(f"console.figure.{one.standing}"))


def by_text(visit: Visit, officer: str, at: datetime) -> str:
    """Who did something, and when."""
    time = moment_text(at, visit.words)
    return visit.words.text("console.figure.by", officer=officer, time=time)


def entry_line(visit: Visit, one: Reported, value: str) -> EntryLine:
    """The line of an entry."""
    words = visit.words
    checked = ""
    if one.checked_by and one.checked_at:
        checked = by_text(visit, one.checked_by, one.checked_at)
    return EntryLine(
        href=f"/console/figures/{one.id}",
        value=value,
        as_of=date_text(one.as_of, words.lang),
        document=document_text(one, words),
        entered=by_text(visit, one.entered_by, one.entered_at),
        checked=checked,
        why=one.why,
        mark=standing_mark(visit, one),
    )


def sure_of(typed: Sequence[str]) -> str:
    """What a tick stands for: these numbers, and no others."""
    return " ".join("".join(one.split()) for one in typed)


def doubted(visit: Visit) -> Trouble:
    """What was typed looks wrong, and nobody said that it stands so in the document."""
    text = visit.words.text("console.figure.doubt.tick-first")
    return Trouble(text=visit.words.text("console.figure.doubted"), faults={"sure": text})


def fault_text(visit: Visit, fault: str) -> str:
    """What is wrong with a field, and how to mend it."""
    return visit.words.text(f"console.figure.fault.{fault}")


async def show_target(visit: Visit) -> Response:
    """GET /console/targets/{place}/{target}."""
    place = await access_place(visit, visit.request.path_params["place"], Right.READ_TOTALS)
    goal = goal_of(visit, place, visit.request.path_params["target"])
    page = f"{PAGE}/{place.id}/{slug(goal)}"
    typed = await kept(visit, page)
    if visit.request.query_params.get("use") == "rates" and (filled := await _from_rates(visit, place, goal)):
        typed = Typed(fields=filled)
    return await target_page(visit, place, goal, typed=typed)


async def _from_rates(visit: Visit, place: Locality, goal: Goal) -> dict[str, str]:
    """The form filled in with what was published as the rate of a year; empty where that measures something else."""
    async with visit.site.storage.read() as uow:
        published = await uow.progress.published(place.id)
    measure, one = measured_by(goal), rates_for(goal, published)
    if measure is None or one is None:
        return {}
    day = one.document_day
    return {
        "value": number_text(one.numbers[measure], "vi"),
        "as_of": f"{one.as_of:%d/%m/%Y}",
        "document": one.document,
        "document_day": f"{day:%d/%m/%Y}" if day else "",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRates:
    """What the published rates have to do with a goal: a figure that can be used, or why there is none."""

    text: str
    use: str = ""  # the page with the form filled in
    rates: str = ""  # where rates are entered


def _rates_note(
    visit: Visit, place: Locality, goal: Goal, published: Sequence[Reported], history: Sequence[Reported]
) -> FromRates | None:
    """None where the goal is not about poor households, or has this very figure."""
    words, page = visit.words, f"{PAGE}/{place.id}"
    if not isinstance(goal.fact, PovertyFigure):
        return None
    measure, one = measured_by(goal), rates_for(goal, published)
    if measure is None:
        return FromRates(text=words.text("console.targets.rates.other")) if one is not None else None
    if one is None:
        return FromRates(text=words.text("console.targets.rates.none"), rates=f"{page}/rates")
    value = one.numbers[measure]
    known = (each for each in history if each.standing is not Standing.RETURNED and each.as_of == one.as_of)
    if any(each.numbers.get(goal.name) == value for each in known):
        return None
    text = words.text(
        "console.targets.rates.known",
        year=one.as_of.year,
        value=short_text(value, RATE_UNITS[measure], words),
        document=document_text(one, words),
    )
    may = visit.officer.may(Right.WRITE_FIGURES, localities=[place.id])
    return FromRates(text=text, use=f"{page}/{slug(goal)}?use=rates#enter" if may else "")


async def target_page(
    visit: Visit,
    place: Locality,
    goal: Goal,
    *,
    typed: Typed,
    trouble: Trouble | None = None,
    doubts: Sequence[str] = (),
) -> Response:
    """The page, as it is now."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        history = await uow.progress.history(place.id, goal.subject, SHOWN)
        published = await uow.progress.published(place.id)
    approved = [one for one in history if one.standing is Standing.APPROVED]
    one = judge(goal, max(approved, key=lambda each: (each.as_of, each.nth), default=None), today(visit))
    lines = []
    for each in history:
        value, unit = value_of(goal, each)
        told = short_text(value, unit, words) if value is not None and unit is not None else ""
        lines.append(entry_line(visit, each, told))
    return visit.page(
        "target.html",
        status=trouble.status if trouble else 200,
        href=f"{PAGE}/{place.id}/{slug(goal)}",
        back=f"{PAGE}?at={place.id}",
        text=fact_text(goal.fact, words.lang),
        about_text=about_text(words, goal),
        plan=place.plan.short.get(words.lang),
        goal=goal_text(goal, words) or words.text("console.targets.no-number"),
        value=value_text(one, words),
        gap=gap_text(one, words),
        due=days_text(words, one),
        mark=mark_of(words, one.pace),
        lines=lines,
        seen=max([each.id for each in history], default=0),
        may_enter=visit.officer.may(Right.WRITE_FIGURES, localities=[place.id]),
        from_rates=_rates_note(visit, place, goal, published, history),
        suggested=await suggested(visit, place, goal),
        unit=words.text(f"console.targets.unit.{goal.number.unit}") if goal.number is not None else "",
        units=[] if goal.number is not None else [(unit, words.text(f"console.targets.unit.{unit}")) for unit in UNITS],
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
        doubts=doubts,
        sure=sure_of([typed.get("value")]),
    )


async def post_enter(visit: Visit) -> Response:
    """POST …/enter: a figure with its day and document, for another officer to check."""
    place = await access_place(visit, visit.request.path_params["place"], Right.WRITE_FIGURES)
    goal = goal_of(visit, place, visit.request.path_params["target"])
    unit = goal.number.unit if goal.number is not None else chosen_unit(visit)
    fields = {name: visit.form.get(name) for name in TYPED}
    faults = {
        "value": number_fault(fields["value"], unit or Unit.NUMBER),
        "unit": "" if unit else "empty",
        "as_of": day_fault(fields["as_of"], visit.now),
        "document": document_fault(fields["document"]),
        "document_day": day_fault(fields["document_day"], visit.now) if fields["document_day"].strip() else "",
    }
    typed = Typed(fields=fields)
    wrong = {name: fault_text(visit, f"{name.replace('_', '-')}.{fault}") for name, fault in faults.items() if fault}
    wrong = with_days(visit, wrong, fields)
    value, as_of = read_number(fields["value"]), read_day(fields["as_of"])
    if wrong or value is None or as_of is None or unit is None:
        trouble = Trouble(text=visit.words.text("console.figure.wrong"), faults=wrong)
        return await target_page(visit, place, goal, typed=typed, trouble=trouble)
    doubts = await _doubts(visit, place, goal, {goal.name or unit.value: value})
    if doubts and visit.form.get("sure") != sure_of([fields["value"]]):
        return await target_page(visit, place, goal, typed=typed, trouble=doubted(visit), doubts=doubts)
    new = NewReported(
        locality=place.id,
        subject=goal.subject,
        numbers={goal.name or unit.value: value},
        as_of=as_of,
        document=fields["document"].strip(),
        document_day=read_day(fields["document_day"]),
    )
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    try:
        await reported.enter(visit.site.storage, new, acting, seen=seen_of(visit))
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.figure.stale"), status=409)
        return await target_page(visit, place, goal, typed=typed, trouble=trouble, doubts=doubts)
    page = f"{PAGE}/{place.id}/{slug(goal)}"
    await forget(visit, page)
    return visit.go(page, done="figure-entered")


async def _doubts(visit: Visit, place: Locality, goal: Goal, numbers: Mapping[str, Decimal]) -> list[str]:
    async with visit.site.storage.read() as uow:
        published = await uow.progress.published(place.id)
    before = next((one for one in published if one.subject == goal.subject), None)
    found = value_doubt(visit, goal, numbers, before)
    return [found] if found else []


def value_doubt(visit: Visit, goal: Goal, numbers: Mapping[str, Decimal], before: Reported | None) -> str:
    """Whether a goal's figure is grossly other than the published one of the same unit: a sentence, or nothing."""
    name, value = next(iter(numbers.items()), ("", None))
    published, unit = value_of(goal, before) if before is not None else (None, None)
    if value is None or before is None or published is None or unit is None or name not in before.numbers:
        return ""
    words = visit.words
    return jump_doubt(capital(words.text(f"console.targets.unit.{unit}")), value, published, unit, words)


def chosen_unit(visit: Visit) -> Unit | None:
    """What the figure counts, where the plan gives no number."""
    return next((unit for unit in UNITS if unit.value == visit.form.get("unit")), None)


def seen_of(visit: Visit) -> int:
    """The number of the last entry that stood on the page when the form was made."""
    typed = visit.form.get("seen")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else -1
