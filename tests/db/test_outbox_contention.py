"""Sixteen workers at one outbox on PostgreSQL: each row is leased once, each person's messages stay in order."""

import asyncio
from collections import Counter, defaultdict

import pytest

from core.campaigns import CampaignState, read_notice
from core.delivery import DeliveryStatus, Outcome
from db.counting import count
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import everything, lease, new_delivery, queue

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
WORKERS, ROWS, PEOPLE = 16, 2000, 1000


@pytest.mark.thorough
async def test_each_row_is_leased_once_and_in_order(store: SqlStorage) -> None:
    await queue(store, *(new_delivery(str(n), f"p{n % PEOPLE}") for n in range(ROWS)))
    seen: list[tuple[str, int]] = []  # in the order in which they were sent: one event loop makes that exact

    async def work(worker: str) -> None:
        while len(seen) < ROWS:
            taken = await lease(store, worker, limit=50)
            seen.extend((one.urn.path, one.id) for one in taken)
            async with store.write() as uow:
                outcomes = [Outcome(delivery_id=one.id, status=DeliveryStatus.SENT) for one in taken]
                await uow.outbox.record(outcomes, worker=worker, now=MORNING)
                await uow.commit()

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        for number in range(WORKERS):
            group.create_task(work(f"worker-{number}"))
    assert len(seen) == ROWS == len(set(seen))
    by_person: dict[str, list[int]] = defaultdict(list)
    for path, number in seen:
        by_person[path].append(number)
    assert all(numbers == sorted(numbers) for numbers in by_person.values())
    rows = (await everything(store))["deliveries"]
    assert Counter((row["status"], row["attempt"]) for row in rows) == {("sent", 1): ROWS}


async def test_the_first_of_a_state_is_counted_while_a_batch_is_made(store: SqlStorage) -> None:
    text = {"title": "Tin", "source": "thử", "text": {"vi": "Tin"}, "audience": {"localities": ["dak-cam"]}}
    async with store.write() as uow:
        number = await uow.campaigns.add(read_notice({"kind": "notice", **text}), by="Lan", now=MORNING)
        await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SENDING)
        await uow.commit()
    async with store.write() as batch, store.write() as recording:
        assert await batch.campaigns.claim(number, 0)
        await recording.connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        await count(recording.connection, [(number, "pending", -1), (number, "sent", 1)])
        await recording.commit()
        assert await batch.campaigns.went_on(number, cursor=1, queued=1, out=[], before=0)
        await batch.commit()
    async with store.read() as uow:
        one = await uow.campaigns.get(number)
    assert one is not None and one.counts == {"pending": 0, "sent": 1}
