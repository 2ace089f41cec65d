"""One goal of a place's plan: its history, and the form in which a figure is entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.responses import Response

from content.formatting import date_text
from content.locality import Locality
from content.planpage import fact_text
from content.schema import Unit
from content.targets import UNITS, Goal, document_text, gap_text, goal_text, judge, short_text, value_of, value_text
from core.errors import StaleError
from core.officers import Right
from core.progress import NewReported, Reported, Standing
from handlers import reported
from handlers.reported import Acting, day_fault, document_fault, number_fault, read_day, read_number
from web.bubbles import moment_text, time_text
from web.console.access import access_place
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


def fault_text(visit: Visit, fault: str) -> str:
    """What is wrong with a field, and how to mend it."""
    return visit.words.text(f"console.figure.fault.{fault}")


async def show_target(visit: Visit) -> Response:
    """GET /console/targets/{place}/{target}."""
    place = await access_place(visit, visit.request.path_params["place"], Right.READ_TOTALS)
    goal = goal_of(visit, place, visit.request.path_params["target"])
    page = f"{PAGE}/{place.id}/{slug(goal)}"
    return await target_page(visit, place, goal, typed=await kept(visit, page))


async def target_page(
    visit: Visit, place: Locality, goal: Goal, *, typed: Typed, trouble: Trouble | None = None
) -> Response:
    """The page, as it is now."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        history = await uow.progress.history(place.id, goal.subject, SHOWN)
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
        suggested=await suggested(visit, place, goal),
        unit=words.text(f"console.targets.unit.{goal.number.unit}") if goal.number is not None else "",
        units=[] if goal.number is not None else [(unit, words.text(f"console.targets.unit.{unit}")) for unit in UNITS],
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
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
    value, as_of = read_number(fields["value"]), read_day(fields["as_of"])
    if wrong or value is None or as_of is None or unit is None:
        trouble = Trouble(text=visit.words.text("console.figure.wrong"), faults=wrong)
        return await target_page(visit, place, goal, typed=typed, trouble=trouble)
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
        return await target_page(visit, place, goal, typed=typed, trouble=trouble)
    page = f"{PAGE}/{place.id}/{slug(goal)}"
    await forget(visit, page)
    return visit.go(page, done="figure-entered")


def chosen_unit(visit: Visit) -> Unit | None:
    """What the figure counts, where the plan gives no number."""
    return next((unit for unit in UNITS if unit.value == visit.form.get("unit")), None)


def seen_of(visit: Visit) -> int:
    """The number of the last entry that stood on the page when the form was made."""
    typed = visit.form.get("seen")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else -1
