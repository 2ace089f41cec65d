"""What `chungtay audit verify` notices, and what the database refuses by itself."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.records import AuditEntry
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING

pytestmark = pytest.mark.either


async def append(storage: SqlStorage) -> None:
    async with storage.write() as uow:
        await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c")] * 3)
        await uow.commit()


async def unguard(storage: SqlStorage) -> None:
    """What an intruder who may write the database would do first."""
    async with storage.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            for table in ("audit_log", "audit_head"):
                await connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        else:
            for trigger in ("log_no_update", "log_no_delete", "head_no_delete", "head_only_up"):
                await connection.execute(text(f"DROP TRIGGER audit_{trigger}"))


async def guard(storage: SqlStorage) -> None:
    """A PostgreSQL database is used by the next test too."""
    if storage.engine.dialect.name == "postgresql":
        async with storage.engine.begin() as connection:
            for table in ("audit_log", "audit_head"):
                await connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def changing(*statements: str, guarded: bool = False) -> Callable[[SqlStorage], Awaitable[None]]:
    async def change(storage: SqlStorage) -> None:
        if not guarded:
            await unguard(storage)
        async with storage.engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))

    return change


@pytest.fixture
def log(command: Command, url: str) -> Iterator[str]:
    """Three entries; gives the database's URL."""
    command("db", "upgrade")
    in_storage(url, append)
    yield url
    in_storage(url, guard)


def test_number_and_hash_are_given_to_be_written_down(command: Command, log: str) -> None:
    first = command("audit", "verify").out
    assert first.startswith("audit log: 3 entries, unbroken\nlast hash: ") and len(first.split()[-1]) == 64
    in_storage(log, append)
    second = command("audit", "verify").out
    assert second.startswith("audit log: 6 entries, unbroken\n") and second.split()[-1] != first.split()[-1]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        (["DELETE FROM audit_log WHERE id = 3"], "BROKEN at entry 3: entry 3 is missing"),
        (["DELETE FROM audit_log WHERE id > 1"], "BROKEN at entry 2: entries 2 to 3 are missing"),
        (["DELETE FROM audit_log"], "BROKEN at entry 1: entries 1 to 3 are missing"),
        (["DELETE FROM audit_head"], "BROKEN at entry 3: the note of where the log ends is gone"),
        (["UPDATE audit_head SET last_id = 2"], "BROKEN at entry 3: it was not added by this program"),
        (["UPDATE audit_head SET last_hash = previous_of"], "BROKEN at entry 3: it is another one"),
        (["UPDATE audit_log SET at = 999999999999999999 WHERE id = 2"], "BROKEN at entry 2: "),
    ],
)
def test_what_was_taken_away_is_missed(command: Command, log: str, tampering: list[str], told: str) -> None:
    previous = "(SELECT previous FROM audit_log WHERE id = 3)"
    in_storage(log, changing(*(one.replace("previous_of", previous) for one in tampering)))
    said = command("audit", "verify")
    assert (said.status, said.out) == (1, "") and told in said.err
    in_storage(log, append)  # it goes on, and entries that are missing stay missing
    if "missing" in told:
        assert "is missing" in command("audit", "verify").err


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["detail = 'no JSON'", "detail = x'ff'", "at = 'yesterday'", "actor = x'ff'"])
def test_an_entry_that_cannot_be_read_is_broken(command: Command, log: str, column: str) -> None:
    in_storage(log, changing(f"UPDATE audit_log SET {column} WHERE id = 2"))
    said = command("audit", "verify")
    assert said.status == 1 and "audit log: BROKEN at entry 2: " in said.err and said.err.count("\n") == 2


@pytest.mark.parametrize("statement", ["DELETE FROM audit_head", "UPDATE audit_head SET last_id = 2"])
def test_the_database_itself_keeps_the_end(command: Command, log: str, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        in_storage(log, changing(statement, guarded=True))
    assert command("audit", "verify").status == 0
