"""What offices are to do by a day: given out from the plan or freely, done with a document, or help is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from content.locality import Duty, Locality, Office
from core.caps import LOCAL
from core.errors import NotFoundError, StaleError
from core.officers import Officer, Right
from core.records import AuditEntry
from core.storage import Storage
from core.tasks import NewTask, Task, TaskAct, TaskEntry, TaskState
from handlers.permission import demand
from handlers.reported import MOST_DOCUMENT, Acting, WrongFigureError, read_day

MOST_TEXT = 1_000  # characters of a task, of a word about it
FURTHEST = 10  # years ahead: a day behind that is a slip of the keys
RIGHTS = {
    TaskAct.DONE: Right.WORK_TASKS,
    TaskAct.HELP: Right.WORK_TASKS,
    TaskAct.MOVED: Right.ASSIGN_TASKS,
    TaskAct.REOPENED: Right.ASSIGN_TASKS,
}
AFTER = {
    TaskAct.DONE: TaskState.DONE,
    TaskAct.HELP: TaskState.HELP,
    TaskAct.MOVED: TaskState.OPEN,
    TaskAct.REOPENED: TaskState.OPEN,
}
FROM = {
    TaskAct.DONE: (TaskState.OPEN, TaskState.HELP),
    TaskAct.HELP: (TaskState.OPEN,),
    TaskAct.MOVED: (TaskState.OPEN, TaskState.HELP),
    TaskAct.REOPENED: (TaskState.DONE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """A duty that the plan gives an office, as it can be given out."""

    key: str  # stays as long as the plan words it so
    office: Office
    duty: Duty


def plan_tasks(place: Locality) -> Sequence[PlanTask]:
    """Every duty of a plan, in its order."""
    return [
        PlanTask(key=f"{office.id}.{sha256(duty.text.vi.encode()).hexdigest()[:12]}", office=office, duty=duty)
        for office in place.offices
        for duty in office.duties
    ]


def due_fault(typed: str, now: datetime) -> str:
    """What is wrong with the day of a task: "empty", "day", "past" or "far"; empty: nothing."""
    day, today = read_day(typed), now.astimezone(LOCAL).date()
    if not typed.strip():
        return "empty"
    if day is None:
        return "day"
    return "past" if day < today else "far" if day.year > today.year + FURTHEST else ""


def text_fault(typed: str) -> str:
    """What is wrong with a text: "empty" or "long"; empty: nothing."""
    return "" if 0 < len(typed.strip()) <= MOST_TEXT else "long" if typed.strip() else "empty"


def may(officer: Officer, right: Right, task: Task) -> bool:
    """Whether this is allowed for a task: to whoever has the right for the office that does it, or helps."""
    offices = [task.office, *([task.helper] if task.helper else [])]
    return any(officer.may(right, localities=[task.locality], office=one) for one in offices)


async def give(storage: Storage, tasks: Sequence[NewTask], acting: Acting) -> int:
    """Give out tasks of one place, all or none; gives how many are new. Of a form sent before none is.

    Raises NotAllowedError.
    """
    place = tasks[0].locality
    right, subject = Right.ASSIGN_TASKS, f"tasks:{place}"
    await demand(storage, acting.officer, right, localities=[place], subject=subject, now=acting.now)
    made = 0
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return 0
        for one in tasks:
            number = await uow.tasks.add(one, acting.officer, acting.now)
            if number is None:
                continue
            made += 1
            await uow.tasks.note(number, TaskEntry(officer=acting.officer, at=acting.now, act=TaskAct.MADE))
            detail = {"office": one.office, "due": one.due.isoformat()}
            await uow.audit.append([_entry("task.made", f"task:{number}", acting, detail)])
        await uow.commit()
    return made


async def find(storage: Storage, number: int) -> Task:
    """A task by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.tasks.get(number)
    if one is None:
        raise NotFoundError("no such task", where=str(number))
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says when they do something to a task."""

    seen: int  # the version of the task that they looked at
    text: str = ""
    document: str = ""
    due: str = ""


async def act(storage: Storage, task: Task, what: TaskAct, acting: Acting, said: Said) -> None:
    """Do something to a task. A form that was sent before changes nothing.

    Raises NotAllowedError, WrongFigureError for what is missing, StaleError where it is not as it was seen.
    """
    right, subject = RIGHTS[what], f"task:{task.id}"
    helps = not await _may_as_owner(storage, task, right, acting)
    office = task.helper if helps and task.helper else task.office
    place = [task.locality]
    await demand(storage, acting.officer, right, localities=place, office=office, subject=subject, now=acting.now)
    _demand_said(what, said, acting.now)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        stale = task.version != said.seen or task.state not in FROM[what]
        due = read_day(said.due) if what is TaskAct.MOVED else None
        if stale or not await uow.tasks.step(task, AFTER[what], due=due):
            raise StaleError("it was changed meanwhile", where=subject, mend="look at it again")
        text = said.text.strip() if due is None else f"{task.due.isoformat()} {due.isoformat()}"
        document = said.document.strip() if what is TaskAct.DONE else ""
        entry = TaskEntry(officer=acting.officer, at=acting.now, act=what, text=text, document=document)
        await uow.tasks.note(task.id, entry)
        detail = {"document": document or None, "due": due.isoformat() if due else None}
        await uow.audit.append([_entry(f"task.{what}", subject, acting, detail)])
        await uow.chats.recall()  # a reminder that has not left would tell what is over
        await uow.commit()


async def _may_as_owner(storage: Storage, task: Task, right: Right, acting: Acting) -> bool:
    async with storage.read() as uow:
        known = await uow.officers.find(acting.officer)
    return known is None or known.may(right, localities=[task.locality], office=task.office)


def _demand_said(what: TaskAct, said: Said, now: datetime) -> None:
    faults = {}
    if what is TaskAct.MOVED:
        faults["due"] = due_fault(said.due, now)
    else:
        faults["text"] = text_fault(said.text)
    if what is TaskAct.DONE:
        document = said.document.strip()
        faults["document"] = "" if 0 < len(document) <= MOST_DOCUMENT else "long" if document else "empty"
    if wrong := {name: fault for name, fault in faults.items() if fault}:
        raise WrongFigureError(wrong)


def days_left(task: Task, today: date) -> int:
    """Days until its day; below 0: since."""
    return (task.due - today).days


def _entry(action: str, subject: str, acting: Acting, detail: Mapping[str, str | None]) -> AuditEntry:
    return AuditEntry(
        at=acting.now, actor=f"officer:{acting.officer}", action=action, subject=subject, detail=dict(detail)
    )
