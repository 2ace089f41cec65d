"""Answers that a code opens."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError
from core.questions import Author
from core.slips import Slip, slip_ends, without
from db.console_tables import question_slips as s
from db.models import contacts
from db.models import question_entries as e
from db.models import questions as q


class SqlSlips:
    """See core.slips.Slips."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def open(self, code: str, question_id: int, now: datetime, *, numbers: bool = False) -> bool:
        """Let this code open the last answer of a question; False where there is no answer."""
        answers = select(func.max(e.c.id)).where(e.c.question_id == question_id, e.c.author == Author.OFFICER)
        entry = (await self._db.execute(answers)).scalar()
        if entry is None:
            return False
        values = {"code": code, "entry_id": entry, "created_at": now, "expires_at": slip_ends(now), "numbers": numbers}
        try:
            await self._db.execute(insert(s).values(values))
        except IntegrityError as error:
            raise ConflictError("this code is taken") from error
        return True

    async def find(self, code: str, now: datetime) -> Slip | None:
        """What a code opens."""
        return await self._one(_slips(now).where(s.c.code == code))

    async def newest(self, question_id: int, now: datetime) -> Slip | None:
        """The slip of a question that was made last and still opens."""
        mine = _slips(now).where(e.c.question_id == question_id)
        return await self._one(mine.order_by(s.c.created_at.desc(), s.c.code).limit(1))

    async def _one(self, wanted: Select[Any]) -> Slip | None:
        row = (await self._db.execute(wanted)).first()
        if row is None:
            return None
        return Slip(
            code=row.code,
            question_id=row.id,
            locality=row.locality,
            office=row.office,
            topic=row.topic,
            text=without(row.body["text"], row.name, row.phone),
            answered_at=row.at,
            expires_at=row.expires_at,
            numbers=row.numbers,
        )

    async def withdraw(self, question_id: int) -> int:
        """No code opens anything of this question any more; gives how many did."""
        entries = select(e.c.id).where(e.c.question_id == question_id)
        return int((await self._db.execute(delete(s).where(s.c.entry_id.in_(entries)))).rowcount)


def _slips(now: datetime) -> Select[Any]:
    """Those that open something: an erased person's question has nobody any more."""
    found = select(s.c.code, s.c.expires_at, s.c.numbers, q.c.id, q.c.locality, q.c.office, q.c.topic, e.c.body, e.c.at)
    whose = s.join(e, e.c.id == s.c.entry_id).join(q, q.c.id == e.c.question_id)
    whose = whose.join(contacts, contacts.c.id == q.c.contact_id)
    return found.add_columns(contacts.c.name, contacts.c.phone).select_from(whose).where(s.c.expires_at > now)
