"""Questions as officers work on them: in pages, in somebody's hands, with notes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.console_storage import Asked, DayCount, MonthCount, News, Note, QuestionLine, Reach, Show, Totals
from core.questions import Author, Question, QuestionState
from db.columns import EPOCH, MICROSECOND
from db.console_tables import question_holders as h
from db.console_tables import question_notes as n
from db.models import officers, question_entries
from db.models import questions as q
from db.questions import question_from_row

STATES = {
    Show.OPEN: (QuestionState.OPEN,),
    Show.ANSWERED: (QuestionState.ANSWERED,),
    Show.CLOSED: (QuestionState.CLOSED,),
    Show.ALL: (QuestionState.OPEN, QuestionState.ANSWERED, QuestionState.CLOSED),
}
# Viet Nam has had one time, without summer time, since 1975: a day has as many microseconds as any other.
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1) // MICROSECOND


class SqlQuestionDesk:
    """See core.console_storage.QuestionDesk."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def page(self, asked: Asked, *, offset: int, limit: int) -> tuple[Sequence[QuestionLine], int]:
        """Urgent ones on top, then those due first; with how many there are in all."""
        where = and_(
            _within(asked.reach),
            q.c.state.in_(STATES[asked.show]),
            q.c.locality == asked.locality if asked.locality else true(),
            h.c.officer_id == asked.holder if asked.holder is not None else true(),
            q.c.office == asked.office if asked.office else true(),
            q.c.kind == asked.kind if asked.kind else true(),
        )
        held = q.outerjoin(h, h.c.question_id == q.c.id).outerjoin(officers, officers.c.id == h.c.officer_id)
        total = (await self._db.execute(select(func.count()).select_from(held).where(where))).scalar_one()
        due = q.c.due_at if asked.show is Show.OPEN else q.c.due_at.desc()
        order = (q.c.urgent.desc(), due, q.c.id) if asked.show is Show.OPEN else (due, q.c.id.desc())
        wanted = select(q, officers.c.name.label("holder")).select_from(held).where(where).order_by(*order)
        rows = (await self._db.execute(wanted.offset(offset).limit(limit))).all()
        words = await self._first_words([row.id for row in rows])
        lines = [
            QuestionLine(question=question_from_row(row), words=words.get(row.id, ""), holder=row.holder)
            for row in rows
        ]
        return lines, int(total)

    async def _first_words(self, ids: Sequence[int]) -> dict[int, str]:
        e = question_entries.c
        first = select(func.min(e.id)).where(e.question_id.in_(ids)).group_by(e.question_id)
        rows = await self._db.execute(select(e.question_id, e.body).where(e.id.in_(first)))
        return {row.question_id: row.body["text"] for row in rows}

    async def beside(self, question: Question, reach: Reach, *, since: datetime, limit: int) -> Sequence[Question]:
        """What the same person asked besides since then, without threads: the newest first."""
        theirs = and_(q.c.contact_id == question.contact_id, q.c.id != question.id, q.c.created_at >= since)
        kept = and_(theirs, _within(reach), q.c.state != QuestionState.WITHDRAWN)
        rows = await self._db.execute(select(q).where(kept).order_by(q.c.id.desc()).limit(limit))
        return [question_from_row(row) for row in rows]

    async def codes(self, ids: Collection[int]) -> Mapping[int, str]:
        """The codes of these questions."""
        rows = await self._db.execute(select(q.c.id, q.c.code).where(q.c.id.in_(ids)))
        return {row.id: row.code for row in rows}

    async def totals(self, reach: Reach, now: datetime) -> Totals:
        """What waits for an answer."""
        urgent, late = func.count().filter(q.c.urgent), func.count().filter(q.c.due_at < now)
        counted = select(func.count(), urgent, late).where(_within(reach), q.c.state == QuestionState.OPEN)
        everything, pressing, overdue = (await self._db.execute(counted)).one()
        return Totals(open=int(everything), urgent=int(pressing), overdue=int(overdue))

    async def week(self, reach: Reach, days: Sequence[date]) -> Sequence[DayCount]:
        """What came and was answered on each of these days, which follow each other."""
        start = datetime.combine(days[0], time(), LOCAL)
        end = start + timedelta(days=len(days))
        asked = await self._by_day(q.c.created_at, start, end, _within(reach))
        e = question_entries.c
        here = and_(e.question_id == q.c.id, e.author == Author.OFFICER, _within(reach))
        answered = await self._by_day(e.at, start, end, here)
        return [
            DayCount(day=day, asked=asked.get(number, 0), answered=answered.get(number, 0))
            for number, day in enumerate(days)
        ]

    async def _by_day(self, moment: Any, start: datetime, end: datetime, where: ColumnElement[bool]) -> dict[int, int]:
        day = (type_coerce(moment, BigInteger) - (start - EPOCH) // MICROSECOND) // DAY
        counted = select(day.label("day"), func.count().label("number")).where(moment >= start, moment < end, where)
        return {int(row.day): int(row.number) for row in await self._db.execute(counted.group_by("day"))}

    async def months(self, reach: Reach, begins: Sequence[date], now: datetime) -> Sequence[MonthCount]:
        """By month and office; `begins` are the first days of the months, and of the one after them."""
        moments = [datetime.combine(day, time(), LOCAL) for day in begins]
        month = case(*((q.c.created_at < end, number) for number, end in enumerate(moments[1:]))).label("month")
        answered, waits = q.c.answered_at.is_not(None), q.c.state == QuestionState.OPEN
        # What is asked again waits, whatever was in time before: the same that the lists count as waiting.
        told = and_(answered, ~waits)
        counted = (
            select(
                month,
                q.c.locality,
                q.c.office,
                func.count().label("came"),
                func.count().filter(told, ~q.c.late).label("in_time"),
                func.count().filter(told, q.c.late).label("late"),
                func.count().filter(waits).label("open"),
                func.count().filter(waits, q.c.due_at < now).label("overdue"),
            )
            .where(_within(reach), q.c.created_at >= moments[0], q.c.created_at < moments[-1])
            .group_by("month", q.c.locality, q.c.office)
        )
        return [MonthCount(**row._mapping) for row in await self._db.execute(counted)]

    async def news(self, reach: Reach) -> News:
        """What waits, in one statement."""
        newest, urgent = func.max(q.c.id), func.max(q.c.id).filter(q.c.urgent)
        counted = select(func.count(), newest, urgent, func.sum(q.c.version))
        row = (await self._db.execute(counted.where(_within(reach), q.c.state == QuestionState.OPEN))).one()
        number, last, pressing, mark = (int(one or 0) for one in row)
        return News(open=number, newest=last, urgent=pressing, mark=mark)

    async def holder(self, question_id: int) -> tuple[int, str] | None:
        """Whose hands it is in: number and name."""
        found = select(officers.c.id, officers.c.name).join(h, h.c.officer_id == officers.c.id)
        row = (await self._db.execute(found.where(h.c.question_id == question_id))).first()
        return (row.id, row.name) if row is not None else None

    async def hold(self, question_id: int, officer_id: int | None, now: datetime) -> None:
        """Give it into somebody's hands, or back."""
        await self._db.execute(delete(h).where(h.c.question_id == question_id))
        if officer_id is not None:
            await self._db.execute(insert(h).values(question_id=question_id, officer_id=officer_id, at=now))

    async def place_at(self, question_id: int, office: str) -> None:
        """Another office answers for it."""
        await self._db.execute(update(q).where(q.c.id == question_id).values(office=office, upper=None))

    async def pass_up(self, question_id: int, upper: str, due_at: datetime) -> None:
        """Somebody above was asked, and there is an answer by then."""
        await self._db.execute(update(q).where(q.c.id == question_id).values(upper=upper, due_at=due_at))

    async def talk(self, question_id: int, until: datetime | None) -> None:
        """An officer talks to the person until then; None: not any more. What was seen of it stays true."""
        await self._db.execute(update(q).where(q.c.id == question_id).values(talk_until=until))

    async def touch(self, question_id: int, version: int) -> bool:
        """Take the next version; False where it is not at this one any more."""
        there = (q.c.id == question_id) & (q.c.version == version)
        return bool((await self._db.execute(update(q).where(there).values(version=q.c.version + 1))).rowcount)

    async def note(self, question_id: int, note: Note) -> None:
        """Add a note."""
        values = {"question_id": question_id, "officer": note.officer, "at": note.at, "text": note.text}
        await self._db.execute(insert(n).values(values))

    async def notes(self, question_id: int) -> Sequence[Note]:
        """Its notes, the oldest first."""
        rows = await self._db.execute(select(n).where(n.c.question_id == question_id).order_by(n.c.id))
        return [Note(officer=row.officer, at=row.at, text=row.text) for row in rows]


def _within(reach: Reach) -> ColumnElement[bool]:
    """Of these places and offices; of none, nothing."""
    return or_(
        q.c.id < 0,
        *(
            and_(
                q.c.locality == locality if locality else true(),
                q.c.office == office if office else true(),
            )
            for locality, office in reach
        ),
    )
