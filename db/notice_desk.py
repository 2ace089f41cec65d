"""Notices as officers work on them: what happened to each, other words for a draft, and the ledger in pages."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.campaigns import EDITABLE, Campaign, CampaignState, Notice, Step, read_notice
from core.notice_desk import Happened, LedgerPage
from core.records import LedgerRow
from db.campaign_tables import campaign_history as t
from db.campaign_tables import campaigns, occurrences
from db.campaigns import campaign_of
from db.ledger import left_out_page, sent_page

LOOKED_AT = 20  # notices of one title
_MARK = re.compile(r"([so])(\d{1,18})")  # behind which row: of what was sent, or of those left out


class SqlNoticeDesk:
    """See core.notice_desk.NoticeDesk."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def note(self, campaign_id: int, one: Happened) -> None:
        """Add to what happened to it."""
        values = {"officer": one.officer, "at": one.at, "act": one.act, "why": one.why}
        kept = one.notice.plain() if one.notice is not None else None
        title = one.notice.title if one.notice is not None else None
        await self._db.execute(insert(t).values(campaign_id=campaign_id, title=title, notice=kept, **values))

    async def history(self, campaign_id: int) -> Sequence[Happened]:
        """What happened to it, the oldest first."""
        rows = await self._db.execute(select(t).where(t.c.campaign_id == campaign_id).order_by(t.c.id))
        return [_happened(row) for row in rows]

    async def returned(self, most: int) -> Sequence[tuple[Campaign, Happened]]:
        """Drafts that were sent back and not touched since, the newest first, with who did it and why; no counts."""
        c = campaigns.c
        any_ = t.alias()
        last = select(func.max(any_.c.id)).where(any_.c.campaign_id == c.id).scalar_subquery()
        told = select(campaigns, t.c.officer, t.c.at, t.c.why).join(t, t.c.campaign_id == c.id)
        rows = await self._db.execute(
            told.where(c.state == CampaignState.DRAFT, t.c.act == Step.RETURN.value, t.c.id == last)
            .order_by(t.c.id.desc())
            .limit(most)
        )
        act = Step.RETURN.value
        return [(campaign_of(row, {}), Happened(officer=row.officer, at=row.at, act=act, why=row.why)) for row in rows]

    async def reword(self, campaign_id: int, notice: Notice) -> bool:
        """Other words: a draft again. False where somebody may have it already."""
        c = campaigns.c
        moved = await self._db.execute(
            update(campaigns)
            .where(c.id == campaign_id, c.state.in_(EDITABLE))
            .values(
                notice=notice.plain(),
                urgent=notice.urgent,
                on_doubt=notice.on_doubt,
                state=CampaignState.DRAFT,
                submitted_by=None,
                approved_by=None,
                approved_hash=None,
                starts_at=None,
            )
            .returning(c.id)
        )
        return moved.first() is not None

    async def begun(self, since: datetime, until: datetime) -> Sequence[Campaign]:
        """What was to begin from a moment until before another, posts of schedules apart; without counts."""
        c = campaigns.c
        posts = select(occurrences.c.campaign_id).where(occurrences.c.campaign_id.is_not(None))
        rows = await self._db.execute(
            select(campaigns)
            .where(c.starts_at >= since, c.starts_at < until, c.id.not_in(posts))
            .order_by(c.starts_at, c.id)
        )
        return [campaign_of(row, {}) for row in rows]

    async def approved(self, title: str, before: int) -> Sequence[Notice]:
        """The last twenty notices of this title with a smaller number, as they were approved, the newest first."""
        which = (t.c.title == title, t.c.act == Step.APPROVE.value, t.c.campaign_id < before)
        rows = await self._db.execute(select(t.c.notice).where(*which).order_by(t.c.id.desc()).limit(LOOKED_AT))
        return [read_notice({"kind": "notice", **row.notice}) for row in rows]

    async def ledger(self, campaign_id: int, *, after: str, limit: int) -> LedgerPage:
        """The next rows of the ledger behind a mark that an earlier page gave; "" for the first."""
        found = _MARK.fullmatch(after)
        part, last = (found[1], int(found[2])) if found else ("s", 0)
        rows: list[tuple[str, LedgerRow]] = []
        if part == "s":
            sent = await sent_page(self._db, campaign_id, after=last, limit=limit + 1)
            rows = [(f"s{number}", row) for number, row in sent]
            last = 0
        if len(rows) <= limit:
            out = await left_out_page(self._db, campaign_id, after=last, limit=limit + 1 - len(rows))
            rows += [(f"o{number}", row) for number, row in out]
        shown = rows[:limit]
        return LedgerPage(rows=tuple(row for _, row in shown), onward=shown[-1][0] if len(rows) > limit else "")


def _happened(row: Row[tuple[object, ...]]) -> Happened:
    kept = read_notice({"kind": "notice", **row.notice}) if row.notice is not None else None
    return Happened(officer=row.officer, at=row.at, act=row.act, why=row.why, notice=kept)
