"""When somebody last did something is kept where their channel counts from it, and nothing is asked elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.knowledge import Knowledge
from bot.parts import Parts
from core.contacts import URN, Refusal
from core.delivery import DeliveryStatus, Outcome
from core.messages import InboundMessage
from core.records import NewUpdate
from db.unit_of_work import SqlStorage
from handlers.service import Service
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import ACCOUNT as WEB
from tests.support.rows import everything, make_account, make_person, new_delivery, queue, receive
from tests.support.zalo_like import ACCOUNT, CAN, DAY


@dataclass
class Reading(FakeChannel):
    """Reads when a thing was done, and whether it was a receipt, from the raw update."""

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        message = super().parse(external_id, path, raw, received_at)
        ago = raw.get("ago")
        sent_at = received_at - timedelta(seconds=ago) if ago is not None else None
        return replace(message, sent_at=sent_at, interaction=not raw.get("receipt"))


@pytest.fixture
def parts(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> Parts:
    return Parts(
        storage=storage,
        knowledge=knowledge,
        channels={ACCOUNT: Reading(account=ACCOUNT, capabilities=CAN), WEB: FakeChannel()},
        clock=clock,
        chance=SeededChance(),
        data_dir=tmp_path,
        key=b"k" * 32,
        worker="one",
    )


@pytest.fixture
async def service(parts: Parts) -> Service:
    await make_account(parts.storage, ACCOUNT)
    await make_account(parts.storage)
    return Service(parts.desk(parts.files()))


async def hear(
    service: Service, parts: Parts, number: int, path: str = "a", account: str = ACCOUNT, **raw: Any
) -> None:
    update = NewUpdate(
        account=account,
        external_id=str(number),
        path=path,
        raw={"text": "menu", **raw},
        received_at=parts.clock.now(),
    )
    await receive(parts.storage, update)
    assert await service.handle_waiting() == 1


async def heard(parts: Parts) -> dict[str, datetime | None]:
    return {row["path"]: row["interacted_at"] for row in (await everything(parts.storage))["addresses"]}


async def test_what_counts_is_when_it_was_done_and_never_goes_back(
    service: Service, parts: Parts, clock: FixedClock
) -> None:
    await hear(service, parts, 1)
    assert await heard(parts) == {"a": MORNING}, "where the channel does not say, when it came"
    clock.advance(days=3)
    await hear(service, parts, 2, ago=3600)
    assert await heard(parts) == {"a": MORNING + 3 * DAY - timedelta(hours=1)}
    await hear(service, parts, 3, ago=7200)
    assert await heard(parts) == {"a": MORNING + 3 * DAY - timedelta(hours=1)}
    await hear(service, parts, 4, ago=-9 * 86400)
    assert await heard(parts) == {"a": MORNING + 3 * DAY}, "a provider's clock that is ahead opens nothing for longer"


async def test_a_receipt_and_a_farewell_are_no_signs_of_life(service: Service, parts: Parts, clock: FixedClock) -> None:
    await hear(service, parts, 1)
    clock.advance(days=3)
    await hear(service, parts, 2, receipt=True)
    await hear(service, parts, 3, text="", payload="reach:blocked")
    assert await heard(parts) == {"a": MORNING}
    await hear(service, parts, 4, text="", payload="reach:open")
    assert await heard(parts) == {"a": MORNING + 3 * DAY}, "who follows again may be written to"


async def test_where_there_is_no_window_nothing_is_kept_nor_asked(service: Service, parts: Parts) -> None:
    await hear(service, parts, 1, account=WEB, path="w")
    await hear(service, parts, 1)
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(parts.storage.engine.sync_engine, "before_cursor_execute", note)
    counted = []
    for account, path in ((WEB, "w"), (ACCOUNT, "a")):
        statements.clear()
        await hear(service, parts, 2, account=account, path=path)
        counted.append(sum("interacted_at" in one for one in statements))
    event.remove(parts.storage.engine.sync_engine, "before_cursor_execute", note)
    assert counted[0] == 0 and 1 <= counted[1] <= 2
    assert (await heard(parts))["w"] is None


@pytest.mark.thorough
async def test_two_hundred_signs_of_life_cost_as_many_statements_as_one(service: Service, parts: Parts) -> None:
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(parts.storage.engine.sync_engine, "before_cursor_execute", note)
    costs = []
    for begin, people in ((0, 1), (1, 200)):
        updates = [
            NewUpdate(account=ACCOUNT, external_id=f"u{n}", path=f"p{n}", raw={"text": "menu"}, received_at=MORNING)
            for n in range(begin, begin + people)
        ]
        await receive(parts.storage, *updates)
        statements.clear()
        assert await service.handle_waiting() == people
        costs.append(len(statements))
    event.remove(parts.storage.engine.sync_engine, "before_cursor_execute", note)
    assert costs[1] <= costs[0] + 2 and None not in (await heard(parts)).values()


async def test_an_answer_that_came_too_late_is_owed_and_goes_when_they_write(
    service: Service, parts: Parts, clock: FixedClock
) -> None:
    urn = URN(account=ACCOUNT, path="a")
    contact = (await make_person(parts.storage, "a", ACCOUNT)).contact.id
    clock.advance(days=10)
    await queue(parts.storage, replace(new_delivery("late", contact=contact, at=clock.now()), urn=urn))
    async with parts.storage.write() as uow:
        taken = await uow.outbox.lease([ACCOUNT], worker="one", now=clock.now(), until=clock.now() + DAY, limit=9)
        (late,) = taken
        gone = Outcome(delivery_id=late.id, status=DeliveryStatus.FAILED, error="contact_stopped window: silent")
        await uow.outbox.record([gone], worker="one", now=clock.now())
        await uow.people.refused({late.id: Refusal.SILENT})
        await uow.commit()
    clock.advance(days=1)
    await hear(service, parts, 2)
    rows = (await everything(parts.storage))["deliveries"]
    assert next(row["status"] for row in rows if row["dedup_key"] == "late") == "queued"
    assert [row["refusal"] for row in (await everything(parts.storage))["addresses"]] == [None]


async def test_their_own_copy_says_when_and_an_erasure_forgets_it(service: Service, parts: Parts) -> None:
    await hear(service, parts, 1)
    contact = (await make_person(parts.storage, "a", ACCOUNT)).contact.id
    async with parts.storage.write() as uow:
        copy = await uow.people.export(contact)
        assert copy["addresses"][0]["interacted_at"] == MORNING.isoformat()
        await uow.people.erase(contact, [], MORNING)
        await uow.commit()
    assert await heard(parts) == {}
