"""What an office of a place is to do by a day: a duty of the local plan, or something somebody asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from core.console_storage import Reach

SOON = 7  # days before its day that a task is shown to whoever does it, and that they are told of it


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    HELP = "help"  # open, and the office asked for help
    DONE = "done"


class TaskAct(StrEnum):
    """What somebody did to a task."""

    MADE = "made"
    DONE = "done"
    HELP = "help"
    MOVED = "moved"  # to another day
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task as it is given out. Offices are ids of the locality's file."""

    locality: str
    office: str  # who does it
    helper: str = ""  # who helps; empty: nobody is named
    text: str = field(repr=False)
    section: str = ""  # of the local plan, "mục VI.1"; empty: no plan asks for it
    duty: str = ""  # which duty of the plan it is, by a name that stays; empty: none
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(NewTask):
    """A task somebody gave out."""

    id: int
    state: TaskState
    made_by: str
    made_at: datetime
    version: int = 0  # moves with whatever an officer should have seen


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEntry:
    """Somebody did something to it."""

    officer: str
    at: datetime
    act: TaskAct
    text: str = field(default="", repr=False)
    document: str = ""


class TaskShow(StrEnum):
    """Which tasks of a list."""

    OPEN = "open"  # those with help asked for are open too
    HELP = "help"
    DONE = "done"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCounts:
    """How many tasks stand where on a day."""

    late: int = 0
    soon: int = 0
    open: int = 0  # late and soon among them
    done: int = 0


class Tasks(Protocol):
    """Tasks of offices. A bounded number of statements."""

    async def add(self, new: NewTask, by: str, now: datetime) -> int | None:
        """Give a task out; its number. None where this duty of the plan has one for this day already."""

    async def get(self, number: int) -> Task | None:
        """One task."""

    async def page(
        self,
        reach: Reach,
        show: TaskShow,
        *,
        locality: str = "",
        limit: int,
        offset: int = 0,
    ) -> tuple[Sequence[Task], int]:
        """Those of these places and offices ("" is any), the earliest day first; and how many there are in all."""

    async def due(self, reach: Reach, until: date, limit: int) -> Sequence[Task]:
        """Open ones of these places and offices, due until a day or with help asked for, the earliest day first."""

    async def counts(self, reach: Reach, today: date, soon: date, *, locality: str = "") -> TaskCounts:
        """How many stand where."""

    async def duties(self, locality: str) -> Sequence[tuple[str, date]]:
        """The duties of the plan that were given out, each with the latest day of one of its tasks."""

    async def step(self, task: Task, to: TaskState, *, due: date | None = None) -> bool:
        """It stands elsewhere now, maybe due another day; False where it is not as it was seen."""

    async def note(self, number: int, entry: TaskEntry) -> None:
        """Add to what happened to it."""

    async def history(self, number: int) -> Sequence[TaskEntry]:
        """What happened to it, the oldest first."""
