"""What was sent to people, as they may ask about it: to them, and at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.audience import Field
from core.campaigns import CampaignState, read_notice
from core.delivery import DeliveryStatus
from core.records import Published
from db.campaign_tables import campaign_counts, campaigns
from db.leasing import has_status
from db.models import deliveries

CAME = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.IN_DOUBT)
# What was stopped before it went to anybody was never sent.
WENT_OUT = exists().where(
    campaign_counts.c.campaign_id == campaigns.c.id,
    campaign_counts.c.status.in_(CAME),
    campaign_counts.c.count > 0,
)
_COLUMNS = (campaigns.c.id, campaigns.c.notice, campaigns.c.approved_by)


class SqlPublications:
    """See core.storage.Publications."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def to(self, contact_id: int, limit: int) -> Sequence[Published]:
        """The last notices that somebody got, the newest first."""
        rows = await self._db.execute(
            select(*_COLUMNS, deliveries.c.settled_at.label("at"))
            .join_from(deliveries, campaigns, campaigns.c.id == deliveries.c.campaign_id)
            .where(deliveries.c.contact_id == contact_id, has_status(deliveries.c, *CAME))
            .where(deliveries.c.settled_at.is_not(None))
            .order_by(deliveries.c.settled_at.desc(), deliveries.c.id.desc())
            .limit(limit)
        )
        return [_published(row) for row in rows]

    async def lately(self, since: datetime, limit: int) -> Sequence[Published]:
        """The last notices that went to anybody, the newest first."""
        rows = await self._db.execute(
            select(*_COLUMNS, campaigns.c.starts_at.label("at"))
            .where(WENT_OUT, campaigns.c.starts_at > since)
            .order_by(campaigns.c.id.desc())
            .limit(limit)
        )
        return [_published(row) for row in rows]

    async def naming(self, locality: str, limit: int) -> Sequence[Published]:
        """The last ones that name a place, or correct others; neither stopped nor paused. The newest first."""
        # A rough choice among the conditions as they are stored; who asks looks at their meaning.
        written = cast(campaigns.c.notice, Text)
        rows = await self._db.execute(
            select(*_COLUMNS, campaigns.c.starts_at.label("at"))
            .where(campaigns.c.state.in_((CampaignState.SENDING, CampaignState.FINISHED)), WENT_OUT)
            .where(campaigns.c.approved_hash.is_not(None), campaigns.c.starts_at.is_not(None))
            .where(or_(written.contains(f'"{locality}"', autoescape=True), written.contains(f'"{Field.REACHED}"')))
            .order_by(campaigns.c.id.desc())
            .limit(limit)
        )
        return [_published(row) for row in rows]

    async def find(self, number: int) -> Published | None:
        """One of them by its number."""
        rows = await self._db.execute(
            select(*_COLUMNS, campaigns.c.starts_at.label("at")).where(
                campaigns.c.id == number, WENT_OUT, campaigns.c.starts_at.is_not(None)
            )
        )
        return next((_published(row) for row in rows), None)


def _published(row: Any) -> Published:
    return Published(
        id=row.id,
        notice=read_notice({"kind": "notice", **row.notice}),
        at=row.at,
        approved_by=row.approved_by or "",
    )
