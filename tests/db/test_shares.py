"""What several processes may send together: never more than the account allows, and soon as much."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from db.columns import EPOCH
from db.models import sending_shares
from db.unit_of_work import SqlStorage
from tests.support.rows import ACCOUNT, make_account

LASTS = timedelta(seconds=30)
MOST = 30


async def renew(store: SqlStorage, worker: str, using: int = 0, most: int = MOST) -> int:
    async with store.write() as uow:
        share = await uow.shares.renew(ACCOUNT, worker, most=most, using=using, lasts=LASTS)
        await uow.commit()
    return share


async def run_out(store: SqlStorage, worker: str) -> None:
    """As if it had not been heard of for long."""
    async with store.write() as uow:
        of = sending_shares.c.worker == worker
        await uow.connection.execute(update(sending_shares).where(of).values(expires_at=EPOCH))
        await uow.commit()


async def test_one_alone_has_all(store: SqlStorage) -> None:
    await make_account(store)
    assert await renew(store, "a") == MOST and await renew(store, "a", using=MOST) == MOST


async def test_a_second_one_waits_until_the_first_uses_less(store: SqlStorage) -> None:
    await make_account(store)
    assert await renew(store, "a") == MOST
    assert await renew(store, "b") == 0
    assert await renew(store, "a", using=MOST) == MOST // 2  # told to use less, and may still be using all
    assert await renew(store, "b") == 0
    assert await renew(store, "a", using=MOST // 2) == MOST // 2
    assert await renew(store, "b") == MOST // 2


async def test_all_of_it_is_given(store: SqlStorage) -> None:
    await make_account(store)
    workers = ("a", "b", "c", "d")
    shares = dict.fromkeys(workers, 0)
    for _ in range(4):
        for one in workers:
            shares[one] = await renew(store, one, using=shares[one])
    assert sorted(shares.values()) == [7, 7, 8, 8]


async def test_what_a_dead_one_had_is_the_others_when_it_ran_out(store: SqlStorage) -> None:
    await make_account(store)
    assert (await renew(store, "a"), await renew(store, "b")) == (MOST, 0)
    await run_out(store, "a")
    assert await renew(store, "b") == MOST


async def test_what_is_given_back_is_free_a_moment_later(store: SqlStorage) -> None:
    await make_account(store)
    await renew(store, "a")
    async with store.write() as uow:
        await uow.shares.give_back(ACCOUNT, "a", after=timedelta(seconds=20))
        await uow.commit()
    assert await renew(store, "b") == 0
    async with store.write() as uow:
        await uow.shares.give_back(ACCOUNT, "a", after=timedelta(seconds=-1))
        await uow.commit()
    assert await renew(store, "b") == MOST


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("abcde"), max_size=25), st.integers(1, 9))
async def test_together_never_more_than_all(store: SqlStorage, turns: list[str], most: int) -> None:
    """Whoever asks, in whatever order, each still using what it was told last."""
    await make_account(store)
    for worker in "abcde":
        await run_out(store, worker)
    shares = dict.fromkeys("abcde", 0)
    for worker in turns:
        before = shares[worker]
        shares[worker] = await renew(store, worker, using=before, most=most)
        assert sum(shares.values()) - shares[worker] + max(before, shares[worker]) <= most
