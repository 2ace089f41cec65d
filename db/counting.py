"""How many deliveries of a campaign are in which state: kept with each transition, never counted anew."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.delivery import PENDING
from db.campaign_tables import campaign_counts as c

PENDING_NOW = "pending"  # queued, leased, or to be tried again
LEFT_OUT = "out:"  # begins the name of a count of people who were left out; their reason follows


def counted_as(status: str) -> str:
    """Under which state a delivery is counted."""
    return PENDING_NOW if status in PENDING else status


def left_out_as(reason: str) -> str:
    """Under which state somebody who was left out is counted."""
    return LEFT_OUT + reason


async def count(db: AsyncConnection, changes: Sequence[tuple[int, str, int]]) -> None:
    """Add to the counts: (campaign, state, by how many)."""
    sums: Counter[tuple[int, str]] = Counter()
    for campaign, status, by in changes:
        sums[campaign, status] += by
    # In one order, so that no two workers wait for each other.
    rows = [{"campaign_id": key[0], "status": key[1], "count": by} for key, by in sorted(sums.items()) if by]
    if not rows:
        return
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    added = insert(c).values(rows)
    await db.execute(
        added.on_conflict_do_update(
            index_elements=list(c.primary_key.columns), set_={"count": c.c.count + added.excluded.count}
        )
    )
