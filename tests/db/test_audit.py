"""The log that cannot be changed, and shows it where somebody did."""

from datetime import timedelta, timezone

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from core.records import AuditEntry, AuditVerdict
from db.models import audit_log
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING


def entry(number: int, **detail: str | int | None) -> AuditEntry:
    return AuditEntry(
        at=MORNING, actor="officer:lan", action="question.answered", subject=f"question:{number}", detail=detail
    )


async def append(storage: SqlStorage, *entries: AuditEntry) -> None:
    async with storage.write() as uow:
        await uow.audit.append(entries)
        await uow.commit()


async def verify(storage: SqlStorage) -> AuditVerdict:
    async with storage.read() as uow:
        return await uow.audit.verify()


@pytest.fixture
async def log(store: SqlStorage) -> SqlStorage:
    """Five entries in three transactions."""
    await append(store, entry(1), entry(2, topic="nhà ở", nothing=None, days=3))
    await append(store, entry(3))
    await append(store, entry(4), entry(5))
    return store


async def unguard(storage: SqlStorage) -> None:
    """What an intruder with the database's password would do first."""
    async with storage.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
        else:
            for event in ("update", "delete"):
                await connection.execute(text(f"DROP TRIGGER audit_log_no_{event}"))


async def test_an_empty_log_is_whole(store: SqlStorage) -> None:
    await append(store)
    assert await verify(store) == AuditVerdict(entries=0)


async def test_a_log_that_nobody_touched_is_whole(log: SqlStorage) -> None:
    assert await verify(log) == AuditVerdict(entries=5)


async def test_the_zone_in_which_a_moment_was_written_does_not_matter(store: SqlStorage) -> None:
    local = MORNING.astimezone(timezone(timedelta(hours=7)))
    await append(store, AuditEntry(at=local, actor="system", action="started", subject="process:1"))
    assert await verify(store) == AuditVerdict(entries=1)


@pytest.mark.parametrize(
    "statement",
    [
        update(audit_log).values(actor="officer:somebody-else"),
        delete(audit_log).where(audit_log.c.id == 5),
        delete(audit_log),
    ],
    ids=["change", "delete the last", "delete all"],
)
async def test_the_database_itself_refuses(log: SqlStorage, statement: object) -> None:
    with pytest.raises(DBAPIError, match="the audit log is append-only"):
        async with log.engine.begin() as connection:
            await connection.execute(statement)  # type: ignore[call-overload]
    assert await verify(log) == AuditVerdict(entries=5)


@pytest.mark.parametrize("table", ["audit_log", "audit_head"])
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_the_database_itself_refuses_to_be_emptied(log: SqlStorage, table: str) -> None:
    with pytest.raises(DBAPIError, match="the audit log is append-only"):
        async with log.engine.begin() as connection:
            await connection.execute(text(f"TRUNCATE {table}"))
    assert await verify(log) == AuditVerdict(entries=5)


@pytest.mark.parametrize(
    ("tampering", "broken_at", "reason"),
    [
        ("UPDATE audit_log SET actor = 'officer:hoa' WHERE id = 3", 3, "changed"),
        ("UPDATE audit_log SET detail = '{}' WHERE id = 2", 2, "changed"),
        ("UPDATE audit_log SET at = at + 1 WHERE id = 1", 1, "changed"),
        ("DELETE FROM audit_log WHERE id = 3", 4, "entry 3 is missing"),
        ("DELETE FROM audit_log WHERE id = 1", 2, "entry 1 is missing"),
        ("UPDATE audit_log SET hash = (SELECT hash FROM audit_log WHERE id = 1) WHERE id = 4", 4, "changed"),
    ],
)
async def test_tampering_is_found(log: SqlStorage, tampering: str, broken_at: int, reason: str) -> None:
    await unguard(log)
    async with log.engine.begin() as connection:
        await connection.execute(text(tampering))
    verdict = await verify(log)
    assert verdict.broken_at == broken_at and reason in verdict.reason


async def test_an_entry_with_a_hash_of_its_own_does_not_fit_the_next(log: SqlStorage) -> None:
    """Even who can compute hashes must rewrite everything that follows."""
    from db.audit import link_hash

    await unguard(log)
    async with log.engine.begin() as connection:
        row = dict((await connection.execute(audit_log.select().where(audit_log.c.id == 3))).one()._mapping)
        row["actor"] = "officer:hoa"
        new = {"actor": row["actor"], "hash": link_hash(row)}
        await connection.execute(update(audit_log).where(audit_log.c.id == 3).values(new))
    assert await verify(log) == AuditVerdict(entries=4, broken_at=4, reason="it does not follow the entry before it")


async def test_what_was_not_committed_is_no_link(log: SqlStorage) -> None:
    async with log.write() as uow:
        await uow.audit.append([entry(6)])
    await append(log, entry(7))
    assert await verify(log) == AuditVerdict(entries=6)


async def test_several_writers_make_one_chain(store: SqlStorage) -> None:
    import asyncio

    await asyncio.gather(*(append(store, entry(number), entry(number)) for number in range(8)))
    assert await verify(store) == AuditVerdict(entries=16)
