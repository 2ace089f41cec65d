"""What accounts are let in with: kept in place of what was before, asked for by one at a time."""

from datetime import datetime, timedelta

from core.delivery import DeliveryStatus, Outcome
from core.records import SealedTokens
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import ACCOUNT, everything, lease, new_delivery, queue, urn

UNTIL = MORNING + timedelta(minutes=3)


async def keep(store: SqlStorage, sealed: bytes, at: datetime = MORNING) -> None:
    async with store.write() as uow:
        await uow.tokens.keep(ACCOUNT, sealed, access_until=at + timedelta(hours=25), refreshed_at=at)
        await uow.commit()


async def claim(store: SqlStorage, owner: str, now: datetime = MORNING, seen: bytes = b"one") -> bool:
    async with store.write() as uow:
        mine = await uow.tokens.claim(ACCOUNT, owner, seen=seen, now=now, until=now + timedelta(minutes=3))
        await uow.commit()
    return mine


async def test_the_newest_pair_takes_the_place_of_the_one_before(store: SqlStorage) -> None:
    async with store.read() as uow:
        assert await uow.tokens.get(ACCOUNT) is None
    await keep(store, b"one")
    later = MORNING + timedelta(hours=20)
    await keep(store, b"two", later)
    async with store.read() as uow:
        assert await uow.tokens.get(ACCOUNT) == SealedTokens(
            sealed=b"two", access_until=later + timedelta(hours=25), refreshed_at=later
        )


async def test_one_asks_at_a_time(store: SqlStorage) -> None:
    assert not await claim(store, "a"), "there is nothing to ask with"
    await keep(store, b"one")
    assert await claim(store, "a")
    assert await claim(store, "a"), "its next start goes on"
    assert not await claim(store, "b")
    async with store.write() as uow:
        await uow.tokens.release(ACCOUNT, "b")
        await uow.commit()
    assert not await claim(store, "b"), "who has no claim gives none back"
    async with store.write() as uow:
        await uow.tokens.release(ACCOUNT, "a")
        await uow.commit()
    assert await claim(store, "b")


async def test_a_claim_ends_by_itself_with_a_pair_and_with_a_clock_set_back(store: SqlStorage) -> None:
    await keep(store, b"one")
    assert await claim(store, "a")
    assert not await claim(store, "b", UNTIL - timedelta(seconds=1))
    assert await claim(store, "b", UNTIL)
    await keep(store, b"two")
    assert await claim(store, "a", seen=b"two")
    assert await claim(store, "b", MORNING - timedelta(days=1), seen=b"two")


async def test_who_saw_the_pair_before_does_not_ask_with_it_again(store: SqlStorage) -> None:
    """Another installation asked meanwhile, and gave its claim back with the new pair."""
    await keep(store, b"one")
    assert await claim(store, "a")
    await keep(store, b"two")
    assert not await claim(store, "b", seen=b"one")


async def test_a_receipt_marks_what_was_sent_there_and_nothing_else(store: SqlStorage) -> None:
    await queue(store, new_delivery("a"), new_delivery("b", "other"), new_delivery("c", "third"))
    for number, one in enumerate(await lease(store)):
        status = DeliveryStatus.FAILED if number == 2 else DeliveryStatus.SENT
        async with store.write() as uow:
            await uow.outbox.record(
                [Outcome(delivery_id=one.id, status=status, external_id="m1")], worker="one", now=MORNING
            )
            await uow.commit()
    async with store.write() as uow:
        assert await uow.outbox.arrived(urn(), ["m1", "m2"]) == 1
        assert await uow.outbox.arrived(urn(), ["m1"]) == 0
        assert await uow.outbox.arrived(urn("third"), ["m1"]) == 0
        await uow.commit()
    rows = (await everything(store))["deliveries"]
    assert [row["status"] for row in rows] == [DeliveryStatus.DELIVERED, DeliveryStatus.SENT, DeliveryStatus.FAILED]
