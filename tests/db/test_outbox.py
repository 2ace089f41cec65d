"""The outbox: who gets what when, and what is written about it."""

from datetime import timedelta

import pytest

from core.delivery import PENDING, DeliveryStatus, Outcome, Priority
from db.leasing import RESENDS
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import ACCOUNT, FILE, delivery_row, everything, lease, new_delivery, queue, urn

LATER = MORNING + timedelta(seconds=61)


async def record(storage: SqlStorage, *outcomes: Outcome, worker: str = "one") -> None:
    async with storage.write() as uow:
        await uow.outbox.record(outcomes, worker=worker, now=MORNING)
        await uow.commit()


async def finish(storage: SqlStorage, number: int, status: DeliveryStatus = DeliveryStatus.SENT) -> None:
    await record(storage, Outcome(delivery_id=number, status=status, external_id="x"))


async def rescue(storage: SqlStorage, *, alone_as: str | None = None) -> int:
    async with storage.write() as uow:
        found = await uow.outbox.rescue(now=LATER, dead_worker_only=alone_as)
        await uow.commit()
    return found


async def taken(storage: SqlStorage, **options: object) -> list[str]:
    return [one.message.text for one in await lease(storage, **options)]  # type: ignore[arg-type]


async def test_a_key_is_queued_once(store: SqlStorage) -> None:
    await queue(store, new_delivery("a", text="một"))
    await queue(store, new_delivery("a", text="hai"), new_delivery("b", "other", text="ba"))
    assert await taken(store) == ["một", "ba"]
    assert len((await everything(store))["messages"]) == 2


async def test_a_leased_row_tells_all_a_channel_needs(store: SqlStorage) -> None:
    expires = MORNING + timedelta(hours=1)
    await queue(store, new_delivery("a", "p", expires_at=expires, attachments=(FILE,), forget=True))
    (one,) = await lease(store)
    assert (one.urn, one.attempt, one.doubts, one.forget) == (urn("p"), 1, 0, True)
    assert one.message.expires_at == expires and one.message.attachments == (FILE,)
    row = await delivery_row(store, "a")
    assert (row.status, row.leased_by, row.leased_until) == ("leased", "one", MORNING + timedelta(seconds=60))
    assert row.message_id == one.message_id


async def test_of_one_person_only_the_first_goes_and_the_next_when_it_is_over(store: SqlStorage) -> None:
    await queue(store, new_delivery("a1", "a", text="a1"), new_delivery("a2", "a", text="a2"))
    await queue(store, new_delivery("b1", "b", text="b1"))
    assert await taken(store) == ["a1", "b1"]
    assert await taken(store, worker="two") == []
    await finish(store, 1)
    assert await taken(store) == ["a2"]


@pytest.mark.parametrize(
    ("status", "goes_on"),
    [
        (DeliveryStatus.SENT, True),
        (DeliveryStatus.FAILED, True),
        (DeliveryStatus.SKIPPED, True),
        (DeliveryStatus.RETRY, False),
    ],
)
async def test_what_stands_before_a_message(store: SqlStorage, status: DeliveryStatus, *, goes_on: bool) -> None:
    await queue(store, new_delivery("1", text="1"), new_delivery("2", text="2"))
    await lease(store)
    await record(store, Outcome(delivery_id=1, status=status, available_at=LATER))
    assert await taken(store) == (["2"] if goes_on else [])
    if not goes_on:
        assert await taken(store, now=LATER) == ["1"]


async def test_a_reply_overtakes_a_notice_and_no_notice_overtakes_a_reply(store: SqlStorage) -> None:
    await queue(store, new_delivery("n1", text="notice", priority=Priority.NOTICE), new_delivery("r", text="reply"))
    await queue(store, new_delivery("n2", text="notice 2", priority=Priority.NOTICE))
    assert await taken(store, limit=1) == ["reply"]
    # The first notice was said before the reply was asked for: it stands in nobody's way and nobody stands in its.
    assert await taken(store) == ["notice"]
    await finish(store, 2)
    assert await taken(store) == []
    await finish(store, 1)
    assert await taken(store) == ["notice 2"]


async def test_what_is_urgent_goes_first_among_people(store: SqlStorage) -> None:
    await queue(store, *(new_delivery(f"n{n}", f"n{n}", text="notice", priority=Priority.NOTICE) for n in range(3)))
    await queue(store, new_delivery("r", "r", text="reply"))
    assert await taken(store) == ["reply", "notice", "notice", "notice"]


async def test_what_is_not_due_and_what_is_another_accounts_is_left(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", at=LATER))
    assert await taken(store) == []
    async with store.write() as uow:
        nothing = await uow.outbox.lease(["zalo.main"], worker="one", now=LATER, until=LATER, limit=9)
    assert nothing == []
    assert await taken(store, now=LATER) == ["chào bà con"]


async def test_two_workers_never_get_the_same_row(store: SqlStorage) -> None:
    await queue(store, *(new_delivery(str(n), f"p{n}") for n in range(10)))
    first, second = await lease(store, "one", limit=6), await lease(store, "two", limit=6)
    assert (len(first), len(second)) == (6, 4)
    assert {one.id for one in first}.isdisjoint(one.id for one in second)


async def test_an_outcome_is_written(store: SqlStorage) -> None:
    await queue(store, *(new_delivery(str(n), f"p{n}") for n in range(1, 4)))
    await lease(store)
    await record(
        store,
        Outcome(delivery_id=1, status=DeliveryStatus.SENT, external_id="tg-7"),
        Outcome(delivery_id=2, status=DeliveryStatus.RETRY, available_at=LATER, error="throttled"),
        Outcome(delivery_id=3, status=DeliveryStatus.IN_DOUBT, error="in_doubt"),
    )
    sent, again, doubt = [await delivery_row(store, str(n)) for n in range(1, 4)]
    assert (sent.status, sent.external_id, sent.settled_at, sent.leased_by) == ("sent", "tg-7", MORNING, None)
    assert (again.status, again.available_at, again.last_error, again.settled_at) == ("retry", LATER, "throttled", None)
    assert (doubt.status, doubt.doubts, doubt.leased_until) == ("in_doubt", 1, None)


async def test_a_row_that_another_worker_has_is_left_alone(store: SqlStorage) -> None:
    """A worker that hung until its lease ran out comes back with what it thinks it knows."""
    await queue(store, new_delivery("1", forget=True))
    await lease(store, "slow")
    assert await rescue(store) == 1
    await lease(store, "quick", now=LATER)
    sent = DeliveryStatus.SENT
    await record(store, Outcome(delivery_id=1, status=sent), worker="slow")
    await record(store, Outcome(delivery_id=1, status=sent, forget=True), worker="slow")
    row = await delivery_row(store, "1")
    assert (row.status, row.leased_by, row.attempt) == ("leased", "quick", 2)
    await record(store, Outcome(delivery_id=1, status=sent), worker="quick")
    await record(store, Outcome(delivery_id=1, status=DeliveryStatus.FAILED), worker="quick")  # it is over: no more
    assert (await delivery_row(store, "1")).status == "sent"


async def test_what_is_to_be_forgotten_goes_with_its_message(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", forget=True))
    await lease(store)
    await record(store, Outcome(delivery_id=1, status=DeliveryStatus.SENT, forget=True))
    rows = await everything(store)
    assert rows["deliveries"] == rows["messages"] == []


async def test_a_confirmation_reaches_up_to_its_position_and_forgets(store: SqlStorage) -> None:
    await queue(store, new_delivery("1"), new_delivery("2", forget=True), new_delivery("3"), new_delivery("x", "x"))
    for number in (1, 2, 3):
        await lease(store)
        await finish(store, number)
    went = (await delivery_row(store, "1")).settled_at
    async with store.write() as uow:
        await uow.outbox.confirm(urn(), up_to=2)
        await uow.commit()
    left = {row["dedup_key"]: row["status"] for row in (await everything(store))["deliveries"]}
    assert left == {"1": "delivered", "3": "sent", "x": "leased"}
    assert (await delivery_row(store, "1")).settled_at == went is not None


async def test_only_what_was_sent_can_be_confirmed(store: SqlStorage) -> None:
    await queue(store, new_delivery("1"))
    async with store.write() as uow:
        await uow.outbox.confirm(urn(), up_to=9)
        await uow.commit()
    assert (await delivery_row(store, "1")).status == "queued"


async def test_an_expired_lease_is_in_doubt_and_goes_once_more_and_never_again(store: SqlStorage) -> None:
    assert RESENDS == 1
    await queue(store, new_delivery("1", text="1"), new_delivery("2", text="2"))
    assert await taken(store) == ["1"]
    assert await rescue(store) == 1 and await rescue(store) == 0
    assert await taken(store, now=LATER, seconds=-1) == ["1"]  # once more, before what came after it
    assert await rescue(store) == 1
    assert await taken(store) == ["2"]  # what stays in doubt stands in nobody's way
    row = await delivery_row(store, "1")
    assert (row.status, row.doubts, row.attempt) == ("in_doubt", 2, 2)


async def test_a_lease_that_still_runs_is_left_unless_its_worker_must_be_dead(store: SqlStorage) -> None:
    await queue(store, new_delivery("1", "a"), new_delivery("2", "b"))
    await lease(store, "dead", limit=1, seconds=3600)
    await lease(store, "me", seconds=3600)
    assert await rescue(store) == 0
    assert await rescue(store, alone_as="me") == 1
    assert (await delivery_row(store, "1")).status == "in_doubt"
    assert (await delivery_row(store, "2")).status == "leased"


async def test_the_states_somebody_must_care_about_are_counted(store: SqlStorage) -> None:
    async with store.read() as uow:
        assert set((await uow.outbox.counts()).values()) == {0}
    await queue(store, *(new_delivery(str(n), f"p{n}") for n in range(1, 6)))
    await lease(store, limit=4)
    await finish(store, 1)
    await finish(store, 2, DeliveryStatus.FAILED)
    await finish(store, 3, DeliveryStatus.IN_DOUBT)
    async with store.read() as uow:
        counts = await uow.outbox.counts()
    expected = {"queued": 1, "leased": 1, "retry": 0, "in_doubt": 1, "failed": 1}
    assert {status.value: number for status, number in counts.items()} == expected
    assert set(PENDING) < set(counts)


async def test_no_row_is_left_for_an_account_that_is_not_asked(store: SqlStorage) -> None:
    async with store.write() as uow:
        assert await uow.outbox.lease([ACCOUNT], worker="one", now=MORNING, until=LATER, limit=5) == []


async def test_a_doubt_about_one_piece_is_over_when_the_next_begins(store: SqlStorage) -> None:
    """Killed during the first piece and again during the second, a message still arrives whole."""
    await queue(store, new_delivery("1"))
    await lease(store)
    async with store.write() as uow:
        assert await uow.outbox.rescue(now=MORNING, dead_worker_only="another") == 1
        await uow.commit()
    (again,) = await lease(store)
    assert again.doubts == 1
    async with store.write() as uow:
        assert await uow.outbox.progress(again.id, 1, worker="one", until=MORNING)
        assert await uow.outbox.rescue(now=MORNING, dead_worker_only="another") == 1
        await uow.commit()
    (last,) = await lease(store)
    assert (last.progress, last.doubts) == (1, 1)
