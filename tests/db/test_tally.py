"""Finished self-checks are counted, and nobody is in the count."""

import asyncio

import pytest

from core.records import TallyRow
from db.models import check_tally
from db.unit_of_work import SqlStorage


async def count(storage: SqlStorage, month: str = "2026-11", hamlet: str = "", *lacking: str) -> None:
    async with storage.write() as uow:
        await uow.tally.add(month=month, locality="dak-cam", hamlet=hamlet, dimensions=lacking)
        await uow.commit()


async def totals(
    storage: SqlStorage, *, locality: str | None = None, since: str = "0", until: str = "9"
) -> list[TallyRow]:
    async with storage.read() as uow:
        return list(await uow.tally.totals(locality=locality, since=since, until=until))


def row(month: str, hamlet: str, dimension: str, number: int) -> TallyRow:
    return TallyRow(month=month, locality="dak-cam", hamlet=hamlet, dimension=dimension, count=number)


async def test_a_check_counts_once_and_so_does_each_dimension(storage: SqlStorage) -> None:
    await count(storage, "2026-11", "thôn 3", "health", "housing")
    await count(storage, "2026-11", "thôn 3", "health", "health")
    await count(storage, "2026-12")
    assert await totals(storage) == [
        row("2026-11", "thôn 3", "", 2),
        row("2026-11", "thôn 3", "health", 2),
        row("2026-11", "thôn 3", "housing", 1),
        row("2026-12", "", "", 1),
    ]


async def test_of_some_months_and_one_place(storage: SqlStorage) -> None:
    for month in ("2026-10", "2026-11", "2026-12", "2027-01"):
        await count(storage, month)
    found = await totals(storage, locality="dak-cam", since="2026-11", until="2026-12")
    assert [one.month for one in found] == ["2026-11", "2026-12"]
    assert await totals(storage, locality="di-su") == []


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_two_workers_count_both(storage: SqlStorage) -> None:
    await asyncio.gather(*(count(storage, "2026-11", "", *("abc", "cba")[n % 2]) for n in range(6)))
    assert {one.dimension: one.count for one in await totals(storage)} == {"": 6, "a": 6, "b": 6, "c": 6}


def test_no_column_leads_to_a_person() -> None:
    assert set(check_tally.c.keys()) == {"month", "locality", "hamlet", "dimension", "count"}
    assert not check_tally.foreign_keys
