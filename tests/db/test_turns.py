"""One at a time, by an advisory lock of PostgreSQL."""

import pytest

from core.errors import StorageError
from db.engine import close_engine, make_engine
from db.turns import SqlTurn
from db.unit_of_work import SqlStorage


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_turn_is_one_process_s_until_it_is_given_back_or_lost(store: SqlStorage, database_url: str) -> None:
    other = make_engine(database_url)
    first, second = SqlTurn(store.engine, "scheduler"), SqlTurn(other, "scheduler")
    elsewhere = SqlTurn(other, "another thing")
    try:
        assert await first.mine() and await first.mine()
        assert not await second.mine() and await elsewhere.mine()
        await first.give_back()
        assert await second.mine() and not await first.mine()
        # The server ends its connection, as it does with one that was cut off.
        async with store.write() as uow:
            await uow.connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        with pytest.raises(StorageError):
            await second.mine()
        assert await first.mine() and not await second.mine()
    finally:
        for one in (first, second, elsewhere):
            await one.give_back()
        await close_engine(other)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_where_one_process_owns_the_file_it_is_always_its_turn(store: SqlStorage) -> None:
    turn = SqlTurn(store.engine, "scheduler")
    assert await turn.mine() and await turn.mine()
    await turn.give_back()
