"""Counts of finished self-checks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.records import TallyRow
from db.models import check_tally as t

CHECKS = ""  # the dimension under which the checks themselves are counted


class SqlTally:
    """See core.storage.Tally."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, *, month: str, locality: str, hamlet: str, dimensions: Sequence[str]) -> None:
        """Count one more check, in which these dimensions were lacking."""
        # In one order, so that no two workers wait for each other.
        rows = [
            {"month": month, "locality": locality, "hamlet": hamlet, "dimension": one, "count": 1}
            for one in sorted({CHECKS, *dimensions})
        ]
        insert = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        await self._db.execute(
            insert(t)
            .values(rows)
            .on_conflict_do_update(index_elements=list(t.primary_key.columns), set_={"count": t.c.count + 1})
        )

    async def totals(self, *, locality: str | None, since: str, until: str) -> Sequence[TallyRow]:
        """The counts from one month to another, both included."""
        here = [t.c.locality == locality] if locality is not None else []
        rows = await self._db.execute(
            select(t).where(t.c.month >= since, t.c.month <= until, *here).order_by(*t.primary_key.columns)
        )
        return [
            TallyRow(month=month, locality=place, hamlet=hamlet, dimension=dimension, count=count)
            for month, place, hamlet, dimension, count in rows
        ]
