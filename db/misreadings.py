"""What was not understood, for the officers to learn from."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.misreadings import Misreading, MisreadingState, Proposal, Why
from core.records import NewMisreading
from db.models import misreadings as t

OPEN = (MisreadingState.NEW, MisreadingState.PROPOSED)


class SqlMisreadings:
    """See core.storage.Misreadings."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, found: Sequence[NewMisreading]) -> None:
        """Keep them; the same words of the same person once a day."""
        new = {(one.contact_id, one.day.isoformat(), one.folded): one for one in reversed(found)}
        if not new:
            return
        rows = await self._db.execute(
            select(t.c.contact_id, t.c.day, t.c.folded).where(tuple_(t.c.contact_id, t.c.day, t.c.folded).in_(new))
        )
        known = {(row.contact_id, row.day, row.folded) for row in rows}
        if fresh := [_values(one) for key, one in reversed(new.items()) if key not in known]:
            await self._db.execute(insert(t), fresh)

    async def get(self, misreading_id: int) -> Misreading | None:
        """One of them."""
        row = (await self._db.execute(_counted(t.c.id == misreading_id))).first()
        return _misreading(row) if row is not None else None

    async def list(self, *, states: Sequence[MisreadingState], locality: str | None = None) -> list[Misreading]:
        """One of each words, the proposed one or else the first; what came most often on top."""
        where = [t.c.state.in_(states), *([t.c.locality == locality] if locality is not None else [])]
        first: dict[str, Row[Any]] = {}
        for row in await self._db.execute(_counted(*where).order_by(t.c.id)):
            proposed = row.state == MisreadingState.PROPOSED
            if row.folded not in first or (proposed and first[row.folded].state != row.state):
                first[row.folded] = row
        return [_misreading(row) for row in sorted(first.values(), key=lambda row: (-row.times, row.id))]

    async def propose(self, misreading_id: int, proposal: Proposal) -> bool:
        """Say what was meant; a later word takes the place of an earlier one. False where it is settled, or gone."""
        done = await self._db.execute(
            update(t)
            .where(t.c.id == misreading_id, t.c.state.in_(OPEN))
            .values(
                state=MisreadingState.PROPOSED,
                label=proposal.label,
                proposed_text=proposal.text,
                proposed_by=proposal.officer,
            )
        )
        return bool(done.rowcount)

    async def settle(self, misreading_id: int, state: MisreadingState, *, checked: Proposal | None = None) -> bool:
        """Settle it, and whatever waits in the same words.

        False where it is settled or gone, or where it is not proposed any more as it was `checked`.
        """
        one = [t.c.id == misreading_id, t.c.state.in_(OPEN)]
        if checked is not None:
            one += [t.c.label == checked.label, t.c.proposed_text == checked.text, t.c.proposed_by == checked.officer]
        same = select(t.c.folded).where(*one).scalar_subquery()
        done = await self._db.execute(update(t).where(t.c.folded == same, t.c.state.in_(OPEN)).values(state=state))
        return bool(done.rowcount)


def _counted(*where: Any) -> Select[Any]:
    """Rows, each with how often its words came."""
    same = select(func.count()).where(t.alias("same").c.folded == t.c.folded)
    return select(t, same.scalar_subquery().label("times")).where(*where)


def _values(one: NewMisreading) -> dict[str, Any]:
    return {
        "contact_id": one.contact_id,
        "locality": one.locality,
        "at": one.at,
        "day": one.day.isoformat(),
        "why": one.why,
        "text": one.text,
        "folded": one.folded,
        "read_as": one.read_as,
        "state": MisreadingState.NEW,
    }


def _misreading(row: Row[Any]) -> Misreading:
    proposed = row.proposed_by is not None
    return Misreading(
        id=row.id,
        at=row.at,
        why=Why(row.why),
        text=row.text,
        read_as=row.read_as,
        locality=row.locality,
        state=MisreadingState(row.state),
        times=row.times,
        proposal=Proposal(label=row.label, text=row.proposed_text, officer=row.proposed_by) if proposed else None,
    )
