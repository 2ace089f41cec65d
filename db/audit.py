"""The append-only log: each entry carries the hash of the one before, so that a changed row is found."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage import AuditEntry, AuditVerdict
from db.models import audit_log as t

FIRST = "0" * 64  # what the first entry names as the hash before it
LOCK = 7_201_734  # the advisory lock under which PostgreSQL workers append, one at a time


class SqlAudit:
    """See core.storage.Audit. The database itself refuses to change or delete an entry (triggers)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def append(self, entries: Sequence[AuditEntry]) -> None:
        """Add entries to the chain, in order."""
        if not entries:
            return
        if self._db.dialect.name == "postgresql":
            await self._db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        last = (await self._db.execute(select(t.c.id, t.c.hash).order_by(t.c.id.desc()).limit(1))).first()
        number, previous = (last.id, last.hash) if last else (0, FIRST)
        rows = []
        for number, entry in enumerate(entries, number + 1):  # noqa: B020 - it goes on from the last number
            row = {
                "id": number,
                "at": entry.at,
                "actor": entry.actor,
                "action": entry.action,
                "subject": entry.subject,
                "detail": dict(entry.detail),
                "previous": previous,
            }
            previous = link_hash(row)
            rows.append({**row, "hash": previous})
        await self._db.execute(insert(t), rows)

    async def verify(self) -> AuditVerdict:
        """Walk the chain from its first entry. Memory does not grow with the log."""
        previous, number = FIRST, 0
        async with self._db.stream(select(t).order_by(t.c.id)) as entries:
            async for row in entries:
                number += 1
                reason = _fault(row, number, previous)
                if reason:
                    return AuditVerdict(entries=number, broken_at=row.id, reason=reason)
                previous = row.hash
        return AuditVerdict(entries=number)


def link_hash(row: dict[str, Any]) -> str:
    """SHA-256 over all fields of an entry and the hash before it."""
    at: datetime = row["at"]
    whole = {
        **{key: row[key] for key in ("id", "actor", "action", "subject", "detail", "previous")},
        "at": at.astimezone(UTC).isoformat(),  # as it is read back, whatever zone it was written in
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _fault(row: Row[Any], number: int, previous: str) -> str:
    if row.id != number:
        return f"entry {number} is missing"
    if row.previous != previous:
        return "it does not follow the entry before it"
    if row.hash != link_hash(dict(row._mapping)):
        return "it was changed after it was written"
    return ""
