"""One task: what happened to it, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from content.formatting import date_text
from core.errors import StaleError
from core.officers import Right
from core.tasks import Task, TaskAct, TaskEntry
from handlers import tasking
from handlers.reported import Acting, WrongFigureError
from handlers.tasking import FROM, MOST_TEXT, RIGHTS, Said
from web.bubbles import time_text
from web.console.access import access_in
from web.console.days import with_days
from web.console.figures.target import Trouble
from web.console.kept import Typed, kept, settle
from web.console.lines import office_name, place_name
from web.console.tasks.listing import PAGE, due_text, mark_of
from web.console.visit import Visit

TASK = f"{PAGE}/{{id}}"
ACTS = {"done": TaskAct.DONE, "help": TaskAct.HELP, "move": TaskAct.MOVED, "reopen": TaskAct.REOPENED}
# The fields of each act's part of the form, by what the handler calls them.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "done": {"text": "done_text", "document": "done_document"},
    "help": {"text": "help_text"},
    "move": {"due": "move_due"},
    "reopen": {"text": "reopen_text"},
}
TYPED = tuple(name for names in FIELDS.values() for name in names.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """What somebody did to it."""

    who: str
    time: str
    act: str
    text: str
    document: str


async def access_task(visit: Visit, number: int, right: Right) -> Task:
    """A task, of the office that does it or helps. Raises as access_in does."""
    one = await tasking.find(visit.site.storage, number)
    offices = [each for each in (one.office, one.helper) if each]
    await access_in(visit, one.locality, f"task:{one.id}", Right.READ_TASKS, right, offices=offices)
    return one


async def show_task(visit: Visit) -> Response:
    """GET /console/tasks/{id}."""
    one = await access_task(visit, visit.request.path_params["id"], Right.READ_TASKS)
    return await task_page(visit, one, typed=await kept(visit, TASK.format(id=one.id)))


async def task_page(visit: Visit, one: Task, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as it is now."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        history = await uow.tasks.history(one.id)
    acts = {name: tasking.may(visit.officer, RIGHTS[act], one) and one.state in FROM[act] for name, act in ACTS.items()}
    # A box that the task has no use for any more is not shown: nothing is said of what was typed into it.
    here = any(typed.get(field) for name, shown in acts.items() if shown for field in FIELDS[name].values())
    return visit.page(
        "task.html",
        status=trouble.status if trouble else 200,
        href=TASK.format(id=one.id),
        back=f"{PAGE}?at={one.locality}",
        task=one,
        place=place_name(visit, one.locality),
        office=office_name(visit, one.locality, one.office),
        helper=office_name(visit, one.locality, one.helper),
        due=due_text(visit, one),
        mark=mark_of(visit, one),
        history=[_line(visit, each) for each in history],
        acts=acts,
        most=MOST_TEXT,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at and here else "",
        trouble=trouble,
    )


def _line(visit: Visit, each: TaskEntry) -> HistoryLine:
    words, text = visit.words, each.text
    if each.act is TaskAct.MOVED:
        before, after = (date_text(date.fromisoformat(one), words.lang) for one in text.split())
        text = words.text("console.task.moved", before=before, after=after)
    return HistoryLine(
        who=each.officer,
        time=time_text(each.at, now=visit.now, words=words),
        act=words.text(f"console.task.act.{each.act}"),
        text=text,
        document=each.document,
    )


async def post_act(visit: Visit) -> Response:
    """POST /console/tasks/{id}/done, …/help, …/move and …/reopen."""
    name = visit.request.url.path.rpartition("/")[2]
    act, fields = ACTS[name], FIELDS[name]
    one = await access_task(visit, visit.request.path_params["id"], RIGHTS[act])
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    typed = {said: visit.form.get(field) for said, field in fields.items()}
    seen = visit.form.get("seen")
    said = Said(seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1, **typed)
    try:
        await tasking.act(visit.site.storage, one, act, acting, said)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.task.stale"), status=409))
    except WrongFigureError as error:
        wrong = {
            fields[where]: visit.words.text(f"console.task.fault.{where}.{fault}", most=MOST_TEXT)
            for where, fault in error.faults.items()
        }
        faults = with_days(visit, wrong, visit.form.fields)
        return await _again(visit, Trouble(text=visit.words.text("console.figure.wrong"), faults=faults))
    page = TASK.format(id=one.id)
    others = tuple(each for each in TYPED if each not in fields.values())
    await settle(visit, page, others, sent=())
    return visit.go(page, done=f"task-{name}")


async def _again(visit: Visit, trouble: Trouble) -> Response:
    one = await access_task(visit, visit.request.path_params["id"], Right.READ_TASKS)
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    return await task_page(visit, one, typed=typed, trouble=trouble)
