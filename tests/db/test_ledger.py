"""Who got which notice is kept for longer than its words, and goes with the person."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.audience import Field, Is
from core.campaigns import CampaignState, read_notice
from core.delivery import DeliveryStatus, NewDelivery, Outcome, Priority
from core.messages import OutboundMessage
from core.records import LedgerRow, LeftOut
from db import schema
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.databases import Databases
from tests.support.rows import ACCOUNT, everything, lease, make_person, new_delivery, notice_to, queue, urn

DAY = timedelta(days=1)
NOTICE = read_notice(
    {
        "kind": "notice",
        "title": "Lớp may",
        "source": "Kế hoạch",
        "text": {"vi": "Mở lớp may."},
        "audience": {"localities": ["dak-cam"]},
    }
)


@pytest.fixture
def empty(kind: str, databases: Databases) -> str:
    """A database in which nothing is."""
    return databases.new(kind, migrated=False)


async def sent(store: SqlStorage, *, outcome: DeliveryStatus | None = DeliveryStatus.SENT) -> tuple[int, int]:
    """A finished campaign: one person got it, another was left out. Gives their numbers."""
    first = (await make_person(store, "first")).contact.id
    second = (await make_person(store, "second")).contact.id
    async with store.write() as uow:
        number = await uow.campaigns.add(NOTICE, by="Lan", now=MORNING)
        await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SENDING)
        message = NewDelivery(
            dedup_key="campaign:1:1",
            urn=urn("first"),
            contact_id=first,
            message=OutboundMessage(text="Mở lớp may."),
            priority=Priority.NOTICE,
            available_at=MORNING,
            campaign_id=number,
        )
        await uow.outbox.add([message])
        out = [(second, LeftOut.NO_CONSENT)]
        await uow.campaigns.went_on(number, cursor=second, queued=1, out=out, before=0)
        await uow.campaigns.expanded(number, MORNING)
        await uow.commit()
    if outcome is not None:
        (leased,) = await lease(store)
        async with store.write() as uow:
            done = Outcome(delivery_id=leased.id, status=outcome, external_id="tg-5")
            await uow.outbox.record([done], worker="one", now=MORNING)
            await uow.campaigns.finish([number], MORNING)
            await uow.commit()
    return first, second


async def drop_old(store: SqlStorage, now: datetime, *, messages: int = 30, ledger: int = 730) -> dict[str, int]:
    async with store.write() as uow:
        dropped = await uow.upkeep.drop_old(
            messages_before=now - messages * DAY,
            questions_before=MORNING - DAY,
            ledger_before=now - ledger * DAY,
            now=now,
        )
        await uow.commit()
    return dropped


async def ledger(store: SqlStorage) -> list[LedgerRow]:
    async with store.read() as uow:
        return [row async for row in uow.campaigns.ledger(1)]


async def test_the_words_go_and_who_got_them_stays(store: SqlStorage) -> None:
    await sent(store)
    await queue(store, new_delivery("reply"))
    (other,) = await lease(store)
    async with store.write() as uow:
        await uow.outbox.record([Outcome(delivery_id=other.id, status=DeliveryStatus.SENT)], worker="one", now=MORNING)
        await uow.commit()
    before = await ledger(store)
    assert (await drop_old(store, MORNING + 31 * DAY))["messages"] == 2
    rows = await everything(store)
    assert rows["messages"] == [] and await ledger(store) == before and len(before) == 2
    (kept,) = rows["deliveries"]  # a reply goes with its words
    assert (kept["message_id"], kept["path"], kept["external_id"], kept["account"]) == (None, "", None, ACCOUNT)
    assert (await drop_old(store, MORNING + 32 * DAY))["messages"] == 0


async def test_a_correction_finds_whom_it_reached_long_afterwards(store: SqlStorage) -> None:
    first, _ = await sent(store)
    await drop_old(store, MORNING + 31 * DAY)
    async with store.read() as uow:
        notice = notice_to(Is(Field.REACHED, ("1",)))
        found = await uow.campaigns.people(notice, accounts=[ACCOUNT], after=0, limit=9, now=MORNING)
    assert [one.contact_id for one in found] == [first] and not found[0].first


async def test_what_still_waits_keeps_its_words(store: SqlStorage) -> None:
    await sent(store, outcome=None)
    await drop_old(store, MORNING + 900 * DAY)
    rows = await everything(store)
    assert len(rows["messages"]) == 1 and rows["deliveries"][0]["path"] == "first"
    assert len(await lease(store, now=MORNING + 900 * DAY)) == 1


async def test_it_goes_after_its_own_time_and_the_totals_stay(store: SqlStorage) -> None:
    await sent(store)
    await drop_old(store, MORNING + 730 * DAY)
    assert len(await ledger(store)) == 2
    assert (await drop_old(store, MORNING + 731 * DAY))["ledger"] == 2
    assert await ledger(store) == []
    async with store.read() as uow:
        one = await uow.campaigns.get(1)
    assert one is not None and (dict(one.counts), dict(one.left_out)) == ({"pending": 0, "sent": 1}, {"no consent": 1})


async def test_a_ledger_kept_for_a_shorter_time_than_the_words_waits_for_them(store: SqlStorage) -> None:
    await sent(store)
    await drop_old(store, MORNING + 20 * DAY, ledger=10)
    assert [row.state for row in await ledger(store)] == ["sent"]
    await drop_old(store, MORNING + 31 * DAY, ledger=10)
    assert await ledger(store) == []


async def test_who_is_erased_later_is_in_no_ledger(store: SqlStorage) -> None:
    first, second = await sent(store)
    await drop_old(store, MORNING + 31 * DAY)
    async with store.write() as uow:
        for number in (first, second):
            await uow.people.erase(number, [], MORNING)
        await uow.commit()
    rows = await everything(store)
    assert rows["deliveries"] == rows["left_out"] == []
    assert {row["status"]: row["count"] for row in rows["campaign_counts"]}["erased"] == 1


async def test_people_see_which_notices_were_for_them(store: SqlStorage) -> None:
    first, second = await sent(store)
    await drop_old(store, MORNING + 31 * DAY)
    async with store.read() as uow:
        told = [(await uow.people.export(one))["notices"] for one in (first, second)]
    assert told[0] == [{"campaign_id": 1, "account": ACCOUNT, "status": "sent", "settled_at": MORNING.isoformat()}]
    assert told[1] == [{"campaign_id": 1, "left_out": "no consent"}]


async def test_how_far_one_is_reads_its_counts_and_no_message(store: SqlStorage) -> None:
    await sent(store)
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    async with store.read() as uow:
        await uow.campaigns.get(1)
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    assert asked and not [one for one in asked if "deliveries" in one or "left_out" in one]


@pytest.mark.thorough
async def test_the_step_to_the_ledger_and_back_keeps_rows_and_numbers(empty: str) -> None:
    engine = make_engine(empty)
    try:
        await schema.upgrade(engine)
        store = SqlStorage(engine)
        async with store.write() as uow:
            await uow.upkeep.ensure_account(ACCOUNT, MORNING)
            await uow.commit()
        await sent(store)
        await queue(store, new_delivery("last"))
        async with engine.begin() as connection:
            await connection.execute(text("DELETE FROM deliveries WHERE dedup_key = 'last'"))
        before = (await everything(store))["deliveries"]
        await schema.downgrade(engine, "0014")
        await schema.upgrade(engine)
        assert (await everything(store))["deliveries"] == before
        await queue(store, new_delivery("next"))
        assert await _numbers(engine) == [1, 3]  # what was somebody's number is nobody's
    finally:
        await close_engine(engine)


async def _numbers(engine: AsyncEngine) -> list[int]:
    async with engine.connect() as connection:
        return list((await connection.execute(text("SELECT id FROM deliveries ORDER BY id"))).scalars())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_an_empty_table_remembers_its_numbers_too(empty: str) -> None:
    engine = make_engine(empty)
    try:
        await schema.upgrade(engine)
        async with engine.begin() as connection:
            await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = 'deliveries'"))
            await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES ('deliveries', 41)"))
        await schema.downgrade(engine, "0014")
        await schema.upgrade(engine)
        store = SqlStorage(engine)
        async with store.write() as uow:
            await uow.upkeep.ensure_account(ACCOUNT, MORNING)
            await uow.commit()
        await queue(store, new_delivery("next"))
        assert await _numbers(engine) == [42]
    finally:
        await close_engine(engine)
