"""The ledger of a notice as it leaves the house: all of it, for whoever may read it, and remembered by the log."""

from collections.abc import Sequence
from datetime import datetime

from core.campaigns import Campaign
from core.officers import Right
from core.records import AuditEntry, LedgerRow
from core.storage import Storage
from handlers.permission import demand


async def filed(storage: Storage, one: Campaign, *, kind: str, officer: str, now: datetime) -> Sequence[LedgerRow]:
    """Everybody who was meant, for a file of this kind ("csv", "xlsx"). Raises NotAllowedError."""
    places, subject = one.notice.localities, f"campaign:{one.id}"
    await demand(storage, officer, Right.READ_LEDGER, localities=places, subject=subject, now=now)
    async with storage.read() as uow:
        rows = [row async for row in uow.campaigns.ledger(one.id)]
    entry = AuditEntry(
        at=now, actor=f"officer:{officer}", action="campaign.ledger-filed", subject=subject, detail={"kind": kind}
    )
    async with storage.write() as uow:
        await uow.audit.append([entry])
        await uow.commit()
    return rows
