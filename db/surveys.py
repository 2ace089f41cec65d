"""Surveys of what people of a place wish to learn, and the answers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.surveys import Answer, Survey, Wish, read_wish
from db.models import contacts
from db.training_tables import survey_answers, surveys

s, a = surveys.c, survey_answers.c


class SqlSurveys:
    """See core.surveys_storage.Surveys."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, locality: str, first: date, last: date, *, by: str, now: datetime) -> int | None:
        """Begin one; None where another of the place has one of these days already."""
        meets = exists().where(s.locality == locality, s.first <= last, s.last >= first)
        if (await self._db.execute(select(meets))).scalar():
            return None
        values = {"locality": locality, "first": first, "last": last, "by": by, "at": now, "version": 0}
        return int((await self._db.execute(insert(surveys).values(values).returning(s.id))).scalar_one())

    async def get(self, survey_id: int) -> Survey | None:
        """One survey."""
        row = (await self._db.execute(select(surveys).where(s.id == survey_id))).first()
        return None if row is None else _survey(row)

    async def list(self, localities: Sequence[str]) -> Sequence[tuple[Survey, int]]:
        """Those of these places with how many answered, the latest first."""
        many = select(func.count()).where(a.survey_id == s.id).scalar_subquery().label("many")
        wanted = select(surveys, many).where(s.locality.in_(localities)).order_by(s.first.desc(), s.id.desc())
        return [(_survey(row), int(row.many)) for row in await self._db.execute(wanted)]

    async def open_in(self, locality: str, on: date) -> Survey | None:
        """The one that people of a place can answer on a day."""
        which = (s.locality == locality, s.first <= on, s.last >= on)
        row = (await self._db.execute(select(surveys).where(*which).order_by(s.id).limit(1))).first()
        return None if row is None else _survey(row)

    async def end(self, one: Survey, last: date) -> bool:
        """Its last day is another; False where it is not as it was seen."""
        seen = (s.id == one.id) & (s.version == one.version)
        values = {"last": last, "version": one.version + 1}
        return bool((await self._db.execute(update(surveys).where(seen).values(values))).rowcount)

    async def keep(self, survey_id: int, contact_id: int, wish: Wish, hamlet: str, now: datetime) -> None:
        """Somebody's answer, in place of an earlier one."""
        mine = (a.survey_id == survey_id) & (a.contact_id == contact_id)
        await self._db.execute(delete(survey_answers).where(mine))
        values = {"survey_id": survey_id, "contact_id": contact_id, "answer": wish.plain(), "hamlet": hamlet, "at": now}
        await self._db.execute(insert(survey_answers).values(values))

    async def answered(self, survey_id: int, contact_id: int) -> bool:
        """Whether somebody answered."""
        mine = exists().where(a.survey_id == survey_id, a.contact_id == contact_id)
        return bool((await self._db.execute(select(mine))).scalar())

    async def answers(self, survey_id: int) -> Sequence[Answer]:
        """All answers, without whose they are."""
        rows = await self._db.execute(select(a.answer, a.hamlet).where(a.survey_id == survey_id))
        return [Answer(wish=read_wish(row.answer), hamlet=row.hamlet) for row in rows]

    async def people(self, locality: str) -> int:
        """How many people of a place there are, for holding the answers against."""
        here = select(func.count()).select_from(contacts).where(contacts.c.locality == locality)
        return int((await self._db.execute(here)).scalar_one())


def _survey(row: Row[Any]) -> Survey:
    return Survey(
        id=row.id,
        locality=row.locality,
        first=row.first,
        last=row.last,
        by=row.by,
        at=row.at,
        version=row.version,
    )
