"""Officers and their roles."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.officers import Grant, Officer
from db.models import officers, roles
from db.officer_chats import leave, recall
from db.officer_rows import load_officers


class SqlOfficers:
    """See core.storage.Officers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, name: str, now: datetime) -> int:
        """Make an officer; gives the internal id."""
        made = await self._db.execute(insert(officers).values(name=name, created_at=now).returning(officers.c.id))
        return int(made.scalar_one())

    async def find(self, name: str) -> Officer | None:
        """An officer by name."""
        return next(iter(await self._load(officers.c.name == name)), None)

    async def get(self, officer_id: int) -> Officer | None:
        """An officer by internal id."""
        return next(iter(await self._load(officers.c.id == officer_id)), None)

    async def list(self) -> Sequence[Officer]:
        """All of them, those who left too, by name."""
        return await self._load()

    async def any(self) -> bool:
        """Whether there is one at all."""
        return bool((await self._db.execute(select(exists().where(officers.c.id > 0)))).scalar_one())

    async def _load(self, *which: ColumnElement[bool]) -> Sequence[Officer]:
        return await load_officers(self._db, *which)

    async def grant(self, officer_id: int, grants: Iterable[Grant]) -> None:
        """Give roles; one that is there already stays."""
        for one in grants:
            where = {"officer_id": officer_id, "role": one.role, "locality": one.locality, "office": one.office}
            known = exists().where(*(roles.c[name] == value for name, value in where.items()))
            if not (await self._db.execute(select(known))).scalar_one():
                await self._db.execute(insert(roles).values(**where))

    async def revoke(self, officer_id: int, grants: Iterable[Grant]) -> None:
        """Take roles away, and what waits to be told because of them."""
        await self._hold(officer_id)
        for one in grants:
            mine = (roles.c.officer_id == officer_id) & (roles.c.role == one.role)
            place = (roles.c.locality == one.locality) & (roles.c.office == one.office)
            await self._db.execute(delete(roles).where(mine & place))
        await recall(self._db)

    async def _hold(self, officer_id: int) -> None:
        """Wait for whoever just tells them something: it is taken back then."""
        await self._db.execute(select(officers.c.id).where(officers.c.id == officer_id).with_for_update())

    async def retire(self, officer_id: int, moment: datetime | None) -> None:
        """From this moment they may do nothing; None takes them back."""
        await self._hold(officer_id)
        await self._db.execute(update(officers).where(officers.c.id == officer_id).values(retired_at=moment))
        if moment is not None:
            await leave(self._db, officer_id)
