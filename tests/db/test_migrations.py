"""From nothing to the newest version, back, and up again; and a database of another version is told apart."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import StorageError
from core.records import AuditEntry
from db import schema
from db.engine import close_engine, make_engine, sqlite_url
from db.models import metadata
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.databases import Databases
from tests.support.rows import make_account

pytestmark = pytest.mark.thorough


@pytest.fixture
def empty(kind: str, databases: Databases) -> str:
    """A database in which nothing is."""
    return databases.new(kind, migrated=False)


async def within(url: str, act: Callable[[AsyncEngine], Any]) -> Any:
    engine = make_engine(url)
    try:
        return await act(engine)
    finally:
        await close_engine(engine)


def names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def tables(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return await connection.run_sync(names)


async def test_up_down_and_up_again(empty: str) -> None:
    async def walk(engine: AsyncEngine) -> None:
        assert await schema.current(engine) is None
        await schema.upgrade(engine)
        assert await schema.current(engine) == schema.HEAD
        assert await tables(engine) == {*metadata.tables, "alembic_version"}
        await schema.downgrade(engine)
        assert await tables(engine) == {"alembic_version"}
        await schema.upgrade(engine)
        await works(engine)

    await within(empty, walk)


async def test_each_step_can_be_taken_back(empty: str) -> None:
    async def walk(engine: AsyncEngine) -> None:
        for revision in reversed(schema.revisions()):
            await schema.upgrade(engine, revision)
            assert await schema.current(engine) == revision
            await schema.downgrade(engine, "-1")
            await schema.upgrade(engine, revision)
        assert await schema.current(engine) == schema.HEAD

    await within(empty, walk)


async def works(engine: AsyncEngine) -> None:
    """The database is one in which the product can live, its guards included."""
    storage = SqlStorage(engine)
    await make_account(storage)
    async with storage.write() as uow:
        await uow.audit.append([AuditEntry(at=MORNING, actor="system", action="a", subject="b")])
        await uow.commit()
    with pytest.raises(Exception, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text("DELETE FROM audit_log"))


async def test_the_migrations_make_what_the_models_say(database_url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async def compare(engine: AsyncEngine) -> list[Any]:
        async with engine.connect() as connection:
            return await connection.run_sync(differences)

    assert await within(database_url, compare) == []


async def test_the_migrations_make_the_same_indexes_and_numbers(kind: str, empty: str, database_url: str) -> None:
    """What autogenerate does not look at: conditions of partial indexes, and numbers that are never given again."""

    async def definitions(engine: AsyncEngine, *, create: bool) -> dict[str, str]:
        async with engine.begin() as connection:
            if create:
                await connection.run_sync(metadata.create_all)
            else:
                await connection.run_sync(lambda _: None)
            query = (
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                if kind == "sqlite"
                else "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            )
            found = {str(name): " ".join(str(sql).split()) for name, sql in await connection.execute(text(query))}
            if kind == "sqlite":
                numbered = "SELECT name, sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE type = 'table'"
                found |= {str(name): str(answer) for name, answer in await connection.execute(text(numbered))}
        return {name: sql for name, sql in found.items() if "alembic" not in name}

    modelled = await within(empty, lambda one: definitions(one, create=True))
    migrated = await within(database_url, lambda one: definitions(one, create=False))
    assert modelled == migrated and len(modelled) > len(metadata.tables)


def test_the_newest_revision_is_the_one_the_program_names() -> None:
    assert schema.revisions()[0] == schema.HEAD


async def set_version(engine: AsyncEngine, version: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


async def test_a_database_of_a_newer_version_is_refused_in_one_line(database_url: str) -> None:
    async def prepare(engine: AsyncEngine) -> None:
        await set_version(engine, "9999")
        for attempt in (schema.prepare, schema.upgrade):
            with pytest.raises(StorageError, match=r"newer version \(9999\) than this program") as caught:
                await attempt(engine)
            assert "\n" not in str(caught.value) and "restore the backup" in caught.value.mend

    await within(database_url, prepare)


async def test_a_database_of_this_version_is_left_as_it_is(database_url: str) -> None:
    await within(database_url, schema.prepare)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_sqlite_file_is_brought_up_to_date_by_itself(empty: str) -> None:
    async def prepare(engine: AsyncEngine) -> str | None:
        await schema.prepare(engine)
        return await schema.current(engine)

    assert await within(empty, prepare) == schema.HEAD


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_postgresql_is_upgraded_by_an_operator_only(empty: str) -> None:
    async def prepare(engine: AsyncEngine) -> None:
        with pytest.raises(StorageError, match="the database is empty") as caught:
            await schema.prepare(engine)
        assert caught.value.mend == "run: chungtay db upgrade"
        assert await tables(engine) == set()

    await within(empty, prepare)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_one_operator_upgrades_at_a_time(empty: str) -> None:
    async def wait_for_the_other(engine: AsyncEngine) -> None:
        async with engine.begin() as other:
            await other.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": schema.LOCK})
            upgrading = asyncio.create_task(schema.upgrade(engine))
            await asyncio.wait([upgrading], timeout=0.2)
            assert not upgrading.done()
        await upgrading
        await schema.upgrade(engine)
        await works(engine)

    await within(empty, wait_for_the_other)


async def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "chungtay.db"
    path.write_text("this is a letter, not a database\n" * 200)
    with pytest.raises(StorageError, match="file is not a database") as caught:
        await within(sqlite_url(path), schema.prepare)
    assert "\n" not in str(caught.value)
