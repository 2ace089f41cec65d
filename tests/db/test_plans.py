"""What is asked all day long is found by an index, however long the history grows."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from core.audience import Field, Is
from core.campaigns import CampaignState, read_notice
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import ACCOUNT, lease, new_delivery, new_update, notice_to, queue, receive, urn

# None of these holds what is finished. PostgreSQL takes either of two by what it last counted, so either will do.
WAITING = "ix_deliveries_due|ix_deliveries_unfinished"
INDEXES = {
    "lease": (WAITING, "ix_deliveries_unfinished"),
    "confirm": ("ix_deliveries_unconfirmed",),
    "rescue": ("ix_deliveries_leased|ix_deliveries_unfinished",),
    "claim": ("ix_inbound_updates_waiting",),
    "backlog": ("ix_inbound_updates_waiting",),
    "take back": ("ix_deliveries_notices",),
    "doubts": ("ix_deliveries_doubts",),
}


async def ask(storage: SqlStorage, what: str) -> None:
    async with storage.write() as uow:
        match what:
            case "confirm":
                await uow.outbox.confirm(urn(), up_to=5)
            case "rescue":
                await uow.outbox.rescue(now=MORNING)
            case "claim":
                await uow.inbox.claim([ACCOUNT], 200, now=MORNING)
            case "backlog":
                await uow.inbox.backlog()
            case "take back":
                await uow.campaigns.cancel(1, MORNING)
            case "doubts":
                await uow.doubts.list(1, now=MORNING)


async def plan(storage: SqlStorage, statement: str, values: Any, *, many: bool = False) -> str:
    sqlite = storage.engine.dialect.name == "sqlite"
    async with storage.engine.connect() as connection:
        if not sqlite and not many:
            # A few rows are read fastest as a whole: what counts is the plan for many.
            await connection.exec_driver_sql("SET enable_seqscan = off")
        explained = await connection.exec_driver_sql(
            f"{'EXPLAIN QUERY PLAN' if sqlite else 'EXPLAIN'} {statement}", values
        )
        return "\n".join(str(row[-1]) for row in explained)


async def as_new(storage: SqlStorage) -> None:
    """Of two indexes PostgreSQL takes the smaller one, and rows that earlier tests deleted still count."""
    if storage.engine.dialect.name != "sqlite":
        async with storage.engine.begin() as connection:
            await connection.exec_driver_sql("TRUNCATE deliveries, messages, inbound_updates CASCADE")


@pytest.mark.parametrize("what", INDEXES)
async def test_an_index_is_used(store: SqlStorage, what: str) -> None:
    await as_new(store)
    await receive(store, new_update("1"))
    await queue(store, new_delivery("1"))
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, values))

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    await (lease(store) if what == "lease" else ask(store, what))
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    found = await plan(store, *statements[0])
    assert all(any(one in found for one in index.split("|")) for index in INDEXES[what]), found
    assert "SCAN deliveries\n" not in found and "SCAN inbound_updates\n" not in found


async def test_what_a_campaign_may_send_is_found_by_its_own_index(store: SqlStorage) -> None:
    """However much waits for tomorrow, elsewhere, or for another campaign, it is not passed by."""
    await as_new(store)
    notice = {"kind": "notice", "title": "x", "source": "x", "text": {"vi": "x"}, "audience": {"topics": ["x"]}}
    await queue(store, new_delivery("1"))
    async with store.write() as uow:
        campaign = await uow.campaigns.add(read_notice(notice), by="Lan", now=MORNING)
        await uow.campaigns.step(campaign, CampaignState.DRAFT, CampaignState.SENDING)
        await uow.commit()
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        statements.append((statement, values))

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    await lease(store)
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    *_, asked = [one for one in statements if "UPDATE deliveries" in one[0]]  # after that of the replies
    found = await plan(store, *asked)
    assert "ix_deliveries_notices" in found and "SCAN deliveries\n" not in found, found
    # What was ever sent is not joined: whether a chat rests is looked up chat by chat.
    assert "Anti Join" not in found, found


MANY = 3000
# Each in words of both databases; what is empty stays as the tables say it.
CROWD = (
    """INSERT INTO contacts (locality, language, status, created_at)
       WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {many})
       SELECT 'dak-cam', 'vi', 'active', 0 FROM numbers""",
    """INSERT INTO consents (contact_id, purpose, granted_at, expires_at, wording)
       SELECT id, 'notices', 0, 9000000000000000, 'ward list' FROM contacts""",
    """INSERT INTO channel_accounts (id, kind, created_at) VALUES ('telegram.main', 'telegram', 0)""",
    """INSERT INTO addresses (account, path, contact_id, created_at)
       SELECT 'telegram.main', CAST(id AS VARCHAR(20)), id, 0 FROM contacts""",
)


EVERYBODY = replace(notice_to(Is(Field.LOCALITY, ("dak-cam",))), topics=("tuition", "housing"))


async def test_a_batch_of_a_walk_looks_at_its_own_people_only(store: SqlStorage) -> None:
    async with store.engine.begin() as connection:
        for one in CROWD:
            await connection.exec_driver_sql(one.format(many=MANY))
        if store.engine.dialect.name != "sqlite":
            await connection.exec_driver_sql("ANALYZE contacts, consents, addresses")
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        statements.append((statement, values))

    async with store.read() as uow:
        event.listen(store.engine.sync_engine, "before_cursor_execute", note)
        found = await uow.campaigns.people(
            EVERYBODY, accounts=["telegram.main"], after=MANY // 2, limit=50, now=MORNING
        )
        event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    assert len(found) == 50 and all(one.left_out is None for one in found)
    told = await plan(store, *statements[0], many=True)
    assert "pk_contacts" in told or "SEARCH contacts USING INTEGER PRIMARY KEY" in told, told
    assert "Seq Scan" not in told.replace("Seq Scan on deliveries", "") and "SCAN " not in told, told
    assert "(account=?)" not in told, told

    statements.clear()
    async with store.write() as uow:
        event.listen(store.engine.sync_engine, "before_cursor_execute", note)
        await uow.fallbacks.another(1, EVERYBODY, MANY // 2, accounts=["telegram.main"], now=MORNING)
        event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    told = await plan(store, *statements[-1], many=True)
    assert "Seq Scan on contacts" not in told and "Seq Scan on addresses" not in told, told
    assert "SCAN contacts" not in told and "(account=?)" not in told and "(campaign_id=?)" not in told, told
