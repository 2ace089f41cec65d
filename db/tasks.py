"""What offices are to do by a day, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.console_storage import Reach
from core.tasks import NewTask, Task, TaskAct, TaskCounts, TaskEntry, TaskShow, TaskState
from db.place_tables import task_history as h
from db.place_tables import tasks as t

OPEN = (TaskState.OPEN, TaskState.HELP)
STATES = {
    TaskShow.OPEN: OPEN,
    TaskShow.HELP: (TaskState.HELP,),
    TaskShow.DONE: (TaskState.DONE,),
    TaskShow.ALL: tuple(TaskState),
}


class SqlTasks:
    """See core.tasks.Tasks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, new: NewTask, by: str, now: datetime) -> int | None:
        """Give a task out; its number. None where this duty of the plan has one for this day already."""
        insert_ = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        made = insert_(t).values(
            locality=new.locality,
            office=new.office,
            helper=new.helper,
            text=new.text,
            section=new.section,
            duty=new.duty or None,
            due=new.due.isoformat(),
            state=TaskState.OPEN,
            made_by=by,
            made_at=now,
            version=0,
        )
        keys = [t.c.locality, t.c.duty, t.c.due]
        row = (await self._db.execute(made.on_conflict_do_nothing(index_elements=keys).returning(t.c.id))).first()
        return int(row.id) if row is not None else None

    async def get(self, number: int) -> Task | None:
        """One task."""
        row = (await self._db.execute(select(t).where(t.c.id == number))).first()
        return task_of(row) if row is not None else None

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
        where = and_(
            within(reach),
            t.c.state.in_(STATES[show]),
            t.c.locality == locality if locality else true(),
        )
        total = (await self._db.execute(select(func.count()).select_from(t).where(where))).scalar_one()
        due = t.c.due.desc() if show is TaskShow.DONE else t.c.due
        rows = await self._db.execute(select(t).where(where).order_by(due, t.c.id).offset(offset).limit(limit))
        return [task_of(row) for row in rows], int(total)

    async def due(self, reach: Reach, until: date, limit: int) -> Sequence[Task]:
        """Open ones of these places and offices, due until a day or with help asked for, the earliest day first."""
        pressing = or_(t.c.due <= until.isoformat(), t.c.state == TaskState.HELP)
        wanted = select(t).where(within(reach), t.c.state.in_(OPEN), pressing).order_by(t.c.due, t.c.id).limit(limit)
        return [task_of(row) for row in await self._db.execute(wanted)]

    async def counts(self, reach: Reach, today: date, soon: date, *, locality: str = "") -> TaskCounts:
        """How many stand where."""
        open_ = t.c.state.in_(OPEN)
        late = func.count().filter(open_, t.c.due < today.isoformat())
        near = func.count().filter(open_, t.c.due >= today.isoformat(), t.c.due <= soon.isoformat())
        done = func.count().filter(t.c.state == TaskState.DONE)
        here = t.c.locality == locality if locality else true()
        row = (
            await self._db.execute(select(late, near, func.count().filter(open_), done).where(within(reach), here))
        ).one()
        return TaskCounts(late=int(row[0]), soon=int(row[1]), open=int(row[2]), done=int(row[3]))

    async def duties(self, locality: str) -> Sequence[tuple[str, date]]:
        """The duties of the plan that were given out, each with the latest day of one of its tasks."""
        given = (t.c.locality == locality) & t.c.duty.is_not(None)
        rows = await self._db.execute(select(t.c.duty, func.max(t.c.due)).where(given).group_by(t.c.duty))
        return [(row[0], date.fromisoformat(row[1])) for row in rows]

    async def step(self, task: Task, to: TaskState, *, due: date | None = None) -> bool:
        """It stands elsewhere now, maybe due another day; False where it is not as it was seen."""
        seen = (t.c.id == task.id) & (t.c.version == task.version)
        values: dict[str, Any] = {"state": to, "version": task.version + 1}
        if due is not None:
            values["due"] = due.isoformat()
        return bool((await self._db.execute(update(t).where(seen).values(values))).rowcount)

    async def note(self, number: int, entry: TaskEntry) -> None:
        """Add to what happened to it."""
        values = {"officer": entry.officer, "at": entry.at, "act": entry.act, "text": entry.text}
        await self._db.execute(insert(h).values(task_id=number, document=entry.document, **values))

    async def history(self, number: int) -> Sequence[TaskEntry]:
        """What happened to it, the oldest first."""
        rows = await self._db.execute(select(h).where(h.c.task_id == number).order_by(h.c.id))
        return [
            TaskEntry(officer=row.officer, at=row.at, act=TaskAct(row.act), text=row.text, document=row.document)
            for row in rows
        ]


def within(reach: Reach, c: Any = t.c) -> ColumnElement[bool]:
    """Whether a task (columns `c`) is of these places, and done or helped by these offices; of none, nothing is."""
    return or_(
        c.id < 0,
        *(
            and_(
                c.locality == locality if locality else true(),
                or_(c.office == office, c.helper == office) if office else true(),
            )
            for locality, office in reach
        ),
    )


def task_of(row: Row[Any]) -> Task:
    """A task as it is read from its row."""
    return Task(
        id=row.id,
        locality=row.locality,
        office=row.office,
        helper=row.helper,
        text=row.text,
        section=row.section,
        duty=row.duty or "",
        due=date.fromisoformat(row.due),
        state=TaskState(row.state),
        made_by=row.made_by,
        made_at=row.made_at,
        version=row.version,
    )
