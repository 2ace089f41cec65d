"""A full disk, a locked file, a server that went away: one clear error, and everything goes on afterwards."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import ConflictError, StorageError
from db import engine as engine_module
from db.engine import close_engine, make_engine, sqlite_url
from db.unit_of_work import SqlStorage
from tests.support.databases import Server, migrate
from tests.support.rows import everything, make_account, make_person, new_update, receive
from tests.support.small_disk import NoDiskError
from tests.support.small_disk import small_disk as mounted

BIG = "x" * 200_000
MEGABYTES = 4
FULL = "database: the disk is full -- free some space; nothing that was said is lost"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, in memory; left out aloud where it cannot be mounted."""
    try:
        with mounted(tmp_path / "disk", MEGABYTES) as folder:
            yield folder
    except NoDiskError as missing:
        pytest.skip(str(missing))


@pytest.fixture
async def small_store(small_disk: Path) -> AsyncIterator[SqlStorage]:
    """Storage on that disk."""
    url = sqlite_url(small_disk / "chungtay.db")
    await migrate(url)
    engine = make_engine(url)
    store = SqlStorage(engine)
    await make_account(store)
    yield store
    await close_engine(engine)


async def fill_up(store: SqlStorage) -> int:
    """Store updates until there is no room; gives how many were acknowledged."""
    for number in range(100):
        try:
            await receive(store, new_update(str(number), text=BIG))
        except StorageError as full:
            return number if str(full) == FULL else -1
    raise AssertionError("the disk never became full")


async def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(small_disk: Path, small_store: SqlStorage) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 1024 * 1024)
    acknowledged = await fill_up(small_store)
    assert acknowledged > 2
    with pytest.raises(StorageError, match="the disk is full"):  # still full, still kind
        await receive(small_store, new_update("again", text=BIG))
    assert len((await everything(small_store))["inbound_updates"]) == acknowledged
    ballast.unlink()
    assert await receive(small_store, new_update("again", text=BIG)) == 1
    assert len((await everything(small_store))["inbound_updates"]) == acknowledged + 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_file_that_another_program_holds_is_waited_for(
    store: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(str(store.engine.url.database), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(receive(store, new_update("1")))
    await asyncio.wait([writing], timeout=0.1)
    assert not writing.done()
    holder.execute("COMMIT")
    holder.close()
    assert await writing == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_file_that_another_program_never_gives_back_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.05)
    engine = make_engine(database_url)
    store = SqlStorage(engine)
    await make_account(store)
    holder = sqlite3.connect(str(engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="another program holds the database"):
        await receive(store, new_update("1"))
    async with store.read() as uow:  # who only looks is not disturbed
        assert (await uow.inbox.backlog()).count == 0
    holder.execute("ROLLBACK")
    holder.close()
    assert await receive(store, new_update("1")) == 1
    await close_engine(engine)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_server_that_drops_us_is_told_and_the_next_transaction_works(store: SqlStorage) -> None:
    async def dropped() -> None:
        async with store.write() as uow:
            mine = (await uow.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with store.engine.connect() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
            await uow.inbox.add([new_update("1")])

    with pytest.raises(StorageError, match="the database does not answer"):
        await dropped()
    assert await receive(store, new_update("1")) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"database": "no_such_database"}, "does not exist"),
        ({"username": "nobody_here"}, "refuses this user"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "does not answer"),
    ],
    ids=["no database", "no user", "no server"],
)
async def test_a_database_that_cannot_be_reached_is_one_line(
    postgresql: Server, change: dict[str, object], said: str
) -> None:
    from sqlalchemy import make_url

    from db import schema

    engine = make_engine(make_url(postgresql.url).set(**change).render_as_string(hide_password=False))  # type: ignore[arg-type]
    for attempt in (lambda: SqlStorage(engine).read().__aenter__(), lambda: schema.current(engine)):
        with pytest.raises(StorageError, match=said) as caught:
            await attempt()
        assert "\n" not in str(caught.value) and "class" not in str(caught.value)
    await close_engine(engine)


async def test_a_folder_that_cannot_be_written_is_told() -> None:
    # Where not even root can make a file.
    engine = make_engine(sqlite_url(Path("/proc/chungtay.db")))
    with pytest.raises(StorageError, match="unable to open database file"):
        await receive(SqlStorage(engine), new_update("1"))
    await close_engine(engine)


async def test_a_transaction_that_is_cancelled_leaves_no_lock_and_no_row(store: SqlStorage) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with store.write() as uow:
            await uow.inbox.add([new_update("1")])
            begun.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await begun.wait()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    async with asyncio.timeout(5):
        assert await receive(store, new_update("1")) == 1
    assert store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_what_somebody_else_made_first_is_a_conflict_not_a_crash(store: SqlStorage) -> None:
    await make_person(store)
    into = "INSERT INTO addresses (account, path, contact_id, created_at)"
    with pytest.raises(ConflictError):
        async with store.write() as uow:
            # As when two workers greet the same new person at the same moment.
            await uow.connection.execute(text(f"{into} SELECT account, path, 1, 0 FROM addresses"))


async def test_a_mistake_of_ours_stays_one(store: SqlStorage) -> None:
    """It is not told as trouble of the database, which an operator would look for in vain."""
    with pytest.raises(Exception, match="no_such_table") as caught:
        async with store.write() as uow:
            await uow.connection.execute(text("SELECT * FROM no_such_table"))
    if store.engine.dialect.name == "postgresql":
        assert not isinstance(caught.value, StorageError)


SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000000) SELECT count(*) FROM n"


async def test_a_closed_database_has_nothing_more_to_say_however_rudely_it_was_interrupted(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    engine = make_engine(sqlite_url(tmp_path / "one.db"))

    async def count() -> None:
        async with engine.connect() as connection:
            begun.set()
            await connection.exec_driver_sql(SLOW)

    begun = asyncio.Event()
    counting = asyncio.create_task(count())
    await begun.wait()
    await asyncio.sleep(0)
    counting.cancel()
    opening = asyncio.create_task(count())  # and one that was about to connect
    await asyncio.sleep(0)
    opening.cancel()
    await asyncio.gather(counting, opening, return_exceptions=True)
    await close_engine(engine)
    left = set(threading.enumerate()) - before
    assert not [one for one in left if "connection_worker" in one.name]


def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path) -> None:
    """As the product opens SQLite: the tests' own connections do not wait for the disk."""
    connection = sqlite3.connect(tmp_path / "chungtay.db")
    engine_module._prepare_sqlite.__wrapped__(connection, None)  # type: ignore[attr-defined]
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")}
    connection.close()
    assert found == {"synchronous": 2, "journal_mode": "wal"}  # 2 is FULL
