"""Officers as they are read from their rows."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.officers import Grant, Officer, Role
from db.models import officers, roles


async def load_officers(db: AsyncConnection, *which: ColumnElement[bool]) -> list[Officer]:
    """Those for whom all of this is true, by name."""
    rows = (await db.execute(select(officers).where(*which).order_by(officers.c.name))).all()
    given = await db.execute(select(roles).where(roles.c.officer_id.in_([row.id for row in rows])))
    grants: dict[int, list[Grant]] = {row.id: [] for row in rows}
    for one in given:
        grants[one.officer_id].append(Grant(role=Role(one.role), locality=one.locality, office=one.office))
    return [
        Officer(id=row.id, name=row.name, grants=tuple(sorted(grants[row.id])), retired_at=row.retired_at)
        for row in rows
    ]
