"""The append-only log: each entry carries the hash of the one before, so that a changed row is found.

A second table notes where the log ends, so that entries taken off its end are found too. What this cannot show: who may
write the database file can write a whole new chain with its end. The number and hash that `verify` gives, written down
elsewhere, show that as well.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import StorageError
from core.records import AuditEntry, AuditLine, AuditVerdict
from db.models import audit_head as h
from db.models import audit_log as t
from db.plain_json import readable

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
        last = await self._last()
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
        if number == len(rows):
            await self._db.execute(insert(h).values(one=1, last_id=number, last_hash=previous))
        else:
            # Where the note was taken away this writes nothing: what is missing must stay to be seen.
            await self._db.execute(update(h).values(last_id=number, last_hash=previous))

    async def _last(self) -> Row[Any, Any] | None:
        # From the noted end, where entries before it were taken away: the gap must stay to be seen. From the last
        # entry, where the note is behind it: people's questions must not fail because somebody tampered with the note.
        entry = select(t.c.id, t.c.hash, literal(1).label("written")).order_by(t.c.id.desc()).limit(1).subquery()
        ends = select(entry).union_all(select(h.c.last_id, h.c.last_hash, literal(0)))
        rows = (await self._db.execute(ends)).all()
        return max(rows, key=lambda row: (row.id, row.written), default=None)

    async def verify(self) -> AuditVerdict:
        """Walk the chain from its first entry to its noted end. Memory does not grow with the log."""
        verdict = await self._walk()
        if verdict.broken_at is not None:
            return verdict
        noted = (await self._db.execute(select(h.c.last_id, h.c.last_hash))).first()
        return _compared(verdict, noted)

    async def lines(self, *, after: int, limit: int) -> Sequence[AuditLine]:
        """The next entries behind a number, the oldest first. Raises StorageError on one that cannot be read."""
        try:
            rows = (await self._db.execute(select(t).where(t.c.id > after).order_by(t.c.id).limit(limit))).all()
            return [AuditLine(id=row.id, entry=_entry(row)) for row in rows]
        except (ValueError, TypeError, OverflowError) as error:
            mend = "see: chungtay audit verify"
            raise StorageError("an entry cannot be read", where="the log", mend=mend) from error

    async def _walk(self) -> AuditVerdict:
        previous, number = FIRST, 0
        try:
            async with self._db.stream(select(t).order_by(t.c.id)) as entries:
                async for row in entries:
                    number += 1
                    reason = _fault(row, number, previous)
                    if reason:
                        return AuditVerdict(entries=number, broken_at=row.id, reason=reason)
                    previous = row.hash
        except (ValueError, TypeError, OverflowError):
            # No JSON in its detail, no number as its moment: nothing of ours writes such a row.
            return AuditVerdict(entries=number, broken_at=number + 1, reason="it cannot be read")
        return AuditVerdict(entries=number, last_hash=previous if number else "")


def link_hash(row: dict[str, Any]) -> str:
    """SHA-256 over all fields of an entry and the hash before it."""
    at: datetime = row["at"]
    whole = {
        **{key: row[key] for key in ("id", "actor", "action", "subject", "detail", "previous")},
        "at": at.astimezone(UTC).isoformat(),  # as it is read back, whatever zone it was written in
    }
    return hashlib.sha256(json.dumps(readable(whole), sort_keys=True).encode()).hexdigest()


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(at=row.at, actor=row.actor, action=row.action, subject=row.subject, detail=dict(row.detail))


def _fault(row: Row[Any], number: int, previous: str) -> str:
    if row.id != number:
        return f"entry {number} is missing"
    if row.previous != previous:
        return "it does not follow the entry before it"
    try:
        right = link_hash(dict(row._mapping))
    except TypeError:  # bytes where a text should be
        right = ""
    return "" if row.hash == right else "it was changed after it was written"


def _compared(walked: AuditVerdict, noted: Row[Any, Any] | None) -> AuditVerdict:
    """The verdict on a chain that is whole in itself, by what was noted of its end."""
    if noted is None:
        reason = "the note of where the log ends is gone" if walked.entries else ""
        return replace(walked, broken_at=walked.entries, reason=reason) if reason else walked
    if walked.entries < noted.last_id:
        reason = _missing(walked.entries + 1, noted.last_id)
        return replace(walked, broken_at=walked.entries + 1, reason=reason)
    if walked.entries > noted.last_id:
        return replace(walked, broken_at=noted.last_id + 1, reason="it was not added by this program")
    if walked.last_hash != noted.last_hash:
        return replace(walked, broken_at=walked.entries, reason="it is another one than was written last")
    return walked


def _missing(first: int, last: int) -> str:
    return f"entry {last} is missing" if first == last else f"entries {first} to {last} are missing"
