"""What the offices of a place are to do: what is late, what is due soon, what is done; the same as an XLSX file."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from starlette.responses import Response

from content.formatting import date_text
from core.officers import Right
from core.tasks import SOON, Task, TaskShow, TaskState
from handlers.tasking import days_left
from web.console.figures.targets import places, today
from web.console.lines import office_name, place_name
from web.console.states import Mark
from web.console.visit import Visit
from web.workbook import download, workbook

PAGE = "/console/tasks"
ON_A_PAGE = 30
MOST_ROWS = 5_000  # of a sheet
MARKS = {
    "late": ("■", "danger"),
    "soon": ("▲", "warning"),
    "help": ("?", "warning"),
    "open": ("○", "plain"),
    "done": ("●", "good"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """What a list shows of a task."""

    href: str
    text: str
    section: str
    place: str
    office: str
    helper: str
    due: str
    left: str  # days until then, or since; empty where it is done
    mark: Mark


def name_of(visit: Visit, task: Task) -> str:
    """The name of the one state that matters most now: late, help, soon, open or done."""
    left = days_left(task, today(visit))
    if task.state is TaskState.DONE:
        return "done"
    if left < 0:
        return "late"
    return "help" if task.state is TaskState.HELP else "soon" if left <= SOON else "open"


def mark_of(visit: Visit, task: Task) -> Mark:
    """How its state looks and reads."""
    name = name_of(visit, task)
    sign, kind = MARKS[name]
    late_help = name == "late" and task.state is TaskState.HELP
    word = visit.words.text(f"console.tasks.state.{'late-help' if late_help else name}")
    return Mark(sign=sign, kind=kind, word=word)


def due_text(visit: Visit, task: Task) -> str:
    """Its day, and how many days that is."""
    day, left = date_text(task.due, visit.words.lang), left_text(visit, task)
    return visit.words.text("console.targets.until", day=day, left=left) if left else day


def left_text(visit: Visit, task: Task) -> str:
    """How many days until its day, or since; empty where it is done."""
    left = days_left(task, today(visit))
    if task.state is TaskState.DONE:
        return ""
    if left == 0:
        return visit.words.text("console.tasks.today")
    return visit.words.text("console.tasks.left" if left > 0 else "console.tasks.over", days=abs(left))


def line_of(visit: Visit, task: Task) -> TaskLine:
    """The line of a task."""
    return TaskLine(
        href=f"{PAGE}/{task.id}",
        text=task.text,
        section=task.section,
        place=place_name(visit, task.locality),
        office=office_name(visit, task.locality, task.office),
        helper=office_name(visit, task.locality, task.helper),
        due=date_text(task.due, visit.words.lang),
        left=left_text(visit, task),
        mark=mark_of(visit, task),
    )


async def show_tasks(visit: Visit) -> Response:
    """GET /console/tasks?at=&show=&page=: those of the officer's places and offices, the earliest day first."""
    asked, words = visit.request.query_params, visit.words
    show = next((one for one in TaskShow if one.value == asked.get("show")), TaskShow.OPEN)
    mine = places(visit, Right.READ_TASKS)
    at = next((one for one, _ in mine if one == asked.get("at")), "")
    typed = asked.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1
    reach, begin = visit.officer.reach(Right.READ_TASKS), (page - 1) * ON_A_PAGE
    async with visit.site.storage.read() as uow:
        found, total = await uow.tasks.page(reach, show, locality=at, limit=ON_A_PAGE, offset=begin)
        counts = await uow.tasks.counts(reach, today(visit), soon_of(visit), locality=at)
    pages = max(1, -(-total // ON_A_PAGE))
    link = f"{PAGE}?at={at}&show={show}&page="
    giving = [(one, name) for one, name in mine if visit.officer.may(Right.ASSIGN_TASKS, localities=[one])]
    return visit.page(
        "tasks.html",
        lines=[line_of(visit, one) for one in found],
        counts=words.text("console.tasks.counts", **asdict(counts)),
        late=counts.late,
        total=total,
        number=page,
        pages=pages,
        before=f"{link}{page - 1}" if page > 1 else "",
        after=f"{link}{page + 1}" if page < pages else "",
        show=show.value,
        shows=[(one.value, words.text(f"console.tasks.show.{one}")) for one in TaskShow],
        at=at,
        places=mine,
        giving=[(one, name) for one, name in giving if at in ("", one)],
        here=PAGE,
    )


def soon_of(visit: Visit) -> date:
    """The last day that counts as soon."""
    return today(visit) + timedelta(days=SOON)


async def show_sheet(visit: Visit) -> Response:
    """GET /console/tasks/sheet?at=: every task as a row, with its last word."""
    words = visit.words
    mine = places(visit, Right.READ_TASKS)
    at = next((one for one, _ in mine if one == visit.request.query_params.get("at")), "")
    async with visit.site.storage.read() as uow:
        reach = visit.officer.reach(Right.READ_TASKS)
        found, _ = await uow.tasks.page(reach, TaskShow.ALL, locality=at, limit=MOST_ROWS)
    heads = ("number", "task", "section", "place", "office", "helper", "due", "state", "given")
    rows = [
        (
            one.id,
            one.text,
            one.section,
            place_name(visit, one.locality),
            office_name(visit, one.locality, one.office),
            office_name(visit, one.locality, one.helper),
            one.due,
            mark_of(visit, one).word,
            one.made_by,
        )
        for one in found
    ]
    header = [words.text(f"console.head.{one}") for one in heads]
    return download(f"nhiem-vu{f'-{at}' if at else ''}", workbook(words.text("console.nav.tasks"), header, rows))
