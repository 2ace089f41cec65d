"""`chungtay audit verify`."""

import re

import pytest
from sqlalchemy import text

from core.records import AuditEntry
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING

pytestmark = pytest.mark.either


async def append(storage: SqlStorage) -> None:
    async with storage.write() as uow:
        await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c")] * 3)
        await uow.commit()


async def tamper(storage: SqlStorage) -> None:
    async with storage.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
        else:
            await connection.execute(text("DROP TRIGGER audit_log_no_update"))
        await connection.execute(text("UPDATE audit_log SET actor = 'x' WHERE id = 2"))


def test_a_log_that_nobody_touched_is_whole(command: Command, url: str) -> None:
    assert command("audit", "verify").out == "audit log: 0 entries, unbroken\nlast hash: -\n"
    in_storage(url, append)
    said = command("audit", "verify")
    assert said.status == 0
    assert re.fullmatch(r"audit log: 3 entries, unbroken\nlast hash: [0-9a-f]{64}\n", said.out)


def test_a_changed_entry_is_named(command: Command, url: str) -> None:
    in_storage(url, append)
    in_storage(url, tamper)
    said = command("audit", "verify")
    assert (said.status, said.out) == (1, "")
    assert "audit log: BROKEN at entry 2: it was changed after it was written\n" in said.err


async def unreadable(storage: SqlStorage) -> None:
    async with storage.engine.begin() as connection:
        await connection.execute(text("DROP TRIGGER audit_log_no_update"))
        await connection.execute(text("UPDATE audit_log SET detail = '{' WHERE id = 2"))


def test_the_log_is_told_to_those_who_may_read_it(command: Command, url: str) -> None:
    in_storage(url, append)
    said = command("audit", "list")
    assert said.out.splitlines() == [f"{number}\t2026-11-20T09:00:00+07:00\ta\tb\tc\t" for number in (1, 2, 3)]
    command("officer", "add", "Hoa", "--role", "supervisor")
    command("officer", "add", "Lan", "--role", "supervisor", "--locality", "dak-cam")
    told = command("audit", "list", "--csv", "--as", "Hoa").out.splitlines()
    assert told[0] == "number,at,who,did,what,detail" and len(told) == 1 + 3 + 2
    assert told[-1].endswith(',officer:operator,officer.granted,officer:2,"locality=dak-cam, role=supervisor"')
    assert "may not do this (log.read) in all places" in command("audit", "list", "--as", "Lan").fault
    assert "\tofficer:Lan\trefused\tlog\tright=log.read\n" in command("audit", "list").out


def test_an_entry_that_cannot_be_read_is_told(command: Command, started: str) -> None:
    in_storage(started, append)
    in_storage(started, unreadable)
    assert "an entry cannot be read -- see: chungtay audit verify" in command("audit", "list").fault
