"""Giving out tasks: the duties of the plan with a day each, or one in words of one's own."""

from starlette.responses import Response

from content.formatting import capital, date_text
from content.locality import Locality
from core.officers import Right
from core.tasks import NewTask
from handlers import tasking
from handlers.reported import Acting, read_day
from handlers.tasking import MOST_TEXT, due_fault, plan_tasks, text_fault
from web.bubbles import time_text
from web.console.access import access_place
from web.console.days import with_days
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept
from web.console.tasks.listing import PAGE
from web.console.visit import Visit

NEW, PLAN = f"{PAGE}/{{place}}/new", f"{PAGE}/{{place}}/plan"
TYPED = ("text", "office", "helper", "due")
DAYS = tuple(f"due_{number}" for number in range(120))  # a field for each duty of a plan


async def _place(visit: Visit) -> Locality:
    return await access_place(visit, visit.request.path_params["place"], Right.ASSIGN_TASKS)


async def show_new(visit: Visit) -> Response:
    """GET /console/tasks/{place}/new."""
    place = await _place(visit)
    return new_page(visit, place, typed=await kept(visit, NEW.format(place=place.id)))


def new_page(visit: Visit, place: Locality, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form for a task in words of one's own."""
    words = visit.words
    return visit.page(
        "task-new.html",
        status=trouble.status if trouble else 200,
        href=NEW.format(place=place.id),
        back=f"{PAGE}?at={place.id}",
        place=place.place.get(words.lang),
        offices=[(one.id, one.name.get(words.lang)) for one in place.offices],
        most=MOST_TEXT,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_new(visit: Visit) -> Response:
    """POST /console/tasks/{place}/new."""
    place, words = await _place(visit), visit.words
    fields = {name: visit.form.get(name) for name in TYPED}
    offices = {one.id for one in place.offices}
    faults = {
        "text": text_fault(fields["text"]),
        "office": "" if fields["office"] in offices else "empty",
        "helper": "same" if fields["helper"] and fields["helper"] == fields["office"] else "",
        "due": due_fault(fields["due"], visit.now),
    }
    due = read_day(fields["due"])
    wrong = {
        name: words.text(f"console.task.fault.{name}.{fault}", most=MOST_TEXT)
        for name, fault in faults.items()
        if fault
    }
    if wrong or due is None:
        trouble = Trouble(text=words.text("console.figure.wrong"), faults=with_days(visit, wrong, fields))
        return new_page(visit, place, typed=Typed(fields=fields), trouble=trouble)
    helper = fields["helper"] if fields["helper"] in offices else ""
    text = fields["text"].strip()
    new = NewTask(locality=place.id, office=fields["office"], helper=helper, text=text, due=due)
    await tasking.give(visit.site.storage, [new], _acting(visit))
    await forget(visit, NEW.format(place=place.id))
    return visit.go(PAGE, at=place.id, done="task-made")


def _acting(visit: Visit) -> Acting:
    return Acting(officer=visit.officer.name, now=visit.now, once=visit.once)


async def show_plan(visit: Visit) -> Response:
    """GET /console/tasks/{place}/plan."""
    place = await _place(visit)
    return await plan_page(visit, place, typed=await kept(visit, PLAN.format(place=place.id)))


async def plan_page(visit: Visit, place: Locality, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """Every duty of the plan, by office, with the day for which it was given out last."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        given = dict(await uow.tasks.duties(place.id))
    names = {one.id: one.name.get(words.lang) for one in place.offices}
    groups: dict[str, list[dict[str, str]]] = {}
    for field, one in zip(DAYS, plan_tasks(place), strict=False):
        said = [one.duty.section]
        said += [words.text("console.task.yearly")] if one.duty.every else []
        if one.duty.also:
            helpers = ", ".join(names[each] for each in one.duty.also)
            said.append(words.text("console.tasks.with", office=helpers))
        if one.key in given:
            said.append(words.text("console.task.given", day=date_text(given[one.key], words.lang)))
        line = {"field": field, "text": capital(one.duty.text.get(words.lang)), "about": ", ".join(said)}
        groups.setdefault(names[one.office.id], []).append(line)
    return visit.page(
        "task-plan.html",
        status=trouble.status if trouble else 200,
        href=PLAN.format(place=place.id),
        back=f"{PAGE}?at={place.id}",
        place=place.place.get(words.lang),
        plan=place.plan.short.get(words.lang),
        groups=list(groups.items()),
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_plan(visit: Visit) -> Response:
    """POST /console/tasks/{place}/plan: every duty with a day becomes a task; all of them or, with a fault, none."""
    place, words = await _place(visit), visit.words
    fields, wrong, new = {}, {}, []
    for field, one in zip(DAYS, plan_tasks(place), strict=False):
        fields[field] = typed = visit.form.get(field)
        due = read_day(typed)
        if not typed.strip():
            continue
        if fault := due_fault(typed, visit.now):
            wrong[field] = words.text(f"console.task.fault.due.{fault}")
        elif due is not None:
            helper, text = next(iter(one.duty.also), ""), capital(one.duty.text.vi)
            common = {"locality": place.id, "office": one.office.id, "helper": helper, "text": text}
            new.append(NewTask(**common, section=one.duty.section, duty=one.key, due=due))
    if wrong or not new:
        told = "console.figure.wrong" if wrong else "console.task.no-day"
        trouble = Trouble(text=words.text(told), faults=wrong)
        return await plan_page(visit, place, typed=Typed(fields=fields), trouble=trouble)
    await tasking.give(visit.site.storage, new, _acting(visit))
    await forget(visit, PLAN.format(place=place.id))
    return visit.go(PAGE, at=place.id, done="tasks-made")
