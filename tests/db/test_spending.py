"""What was charged is counted once, whoever counts at the same time; who can be written to how is counted at once."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from core.audience import Field, Is
from core.campaigns import CampaignState, read_notice
from core.contacts import URN, Refusal
from core.delivery import DeliveryStatus, Outcome
from core.tariff import Spent, Used
from core.windows import Way, Window, way_to
from db.models import addresses
from db.unit_of_work import SqlStorage
from db.windows import Ways, since
from tests.db.test_plans import CROWD, EVERYBODY, MANY, plan
from tests.support.clock import MORNING
from tests.support.rows import everything, lease, make_account, make_person, new_delivery, notice_to, queue
from tests.support.zalo_like import ACCOUNT, DAY, HOUR, TEMPLATE, WINDOW, another_address, listed, tariffs

WINDOWS = {ACCOUNT: WINDOW}
BLINK = timedelta(microseconds=1)
EVERYONE = notice_to(Is(Field.LOCALITY, ("dak-cam",)))
NOVEMBER_ENDS = MORNING.replace(day=30, hour=17)  # midnight in Viet Nam


async def leased(store: SqlStorage, number: int) -> list[int]:
    await make_account(store, ACCOUNT)
    await queue(store, *(new_delivery(f"k{n}", f"p{n}") for n in range(number)))
    return [one.id for one in await lease(store)]


async def add(store: SqlStorage, spent: Mapping[int, Spent], at: Any = MORNING, worker: str = "one") -> None:
    async with store.write() as uow:
        await uow.spending.add(spent, tariffs(quota=3), worker=worker, now=at)
        outcomes = [Outcome(delivery_id=one, status=DeliveryStatus.SENT) for one in spent]
        await uow.outbox.record(outcomes, worker=worker, now=at)
        await uow.commit()


async def used(store: SqlStorage, month: str = "2026-11") -> Used:
    async with store.read() as uow:
        return await uow.spending.used(ACCOUNT, month)


def charged(ids: list[int], messages: int = 1) -> dict[int, Spent]:
    return {one: Spent(account=ACCOUNT, way=Way.CHARGED, messages=messages) for one in ids}


async def test_the_package_goes_first_and_each_month_begins_anew(store: SqlStorage) -> None:
    ids = await leased(store, 5)
    assert await used(store) == Used()
    await add(store, charged(ids[:1], messages=2))
    assert await used(store) == Used(charged=2)
    await add(store, charged(ids[1:2], messages=2))
    assert await used(store) == Used(charged=4, dong=55)
    await add(store, {ids[2]: Spent(account=ACCOUNT, way=Way.TEMPLATE, messages=1)})
    await add(
        store, {ids[3]: Spent(account=ACCOUNT, way=Way.FREE, messages=1)}, at=NOVEMBER_ENDS - timedelta(seconds=1)
    )
    await add(store, charged(ids[4:]), at=NOVEMBER_ENDS)
    assert await used(store) == Used(free=1, charged=4, template=1, dong=255)
    assert await used(store, "2026-12") == Used(charged=1)


async def test_what_was_recorded_already_is_not_counted_again(store: SqlStorage) -> None:
    """The answer to the first commit was lost: the same group is recorded once more. Nor is another worker's."""
    ids = await leased(store, 2)
    await add(store, charged(ids[:1]))
    await add(store, charged(ids[:1]))
    await add(store, charged(ids[1:]), worker="two")
    assert await used(store) == Used(charged=1)


async def test_who_counts_at_the_same_time_tells_the_package_out_once(store: SqlStorage) -> None:
    ids = await leased(store, 20)
    await asyncio.gather(*(add(store, charged([one])) for one in ids))
    assert await used(store) == Used(charged=20, dong=17 * 55)


async def test_people_are_counted_by_the_way_they_would_be_written_to(store: SqlStorage) -> None:
    heard = {
        "free": MORNING - 48 * HOUR,
        "charged": MORNING - 7 * DAY,
        "silent": MORNING - 8 * DAY,
        "refused": MORNING,
        "elsewhere": None,
        "blocked": MORNING,
    }
    await listed(store, heard)
    await make_account(store, "telegram.main")
    await another_address(store, "elsewhere", URN(account="telegram.main", path="t"))
    both = [ACCOUNT, "telegram.main"]
    async with store.write() as uow:
        for path, why in (("refused", Refusal.SILENT), ("blocked", Refusal.BLOCKED)):
            await uow.people.refuse(URN(account=ACCOUNT, path=path), why, MORNING)
        await uow.commit()
    templated = read_notice({"kind": "notice", **EVERYONE.plain(), "zalo": TEMPLATE})
    async with store.read() as uow:
        asked: dict[str, Any] = {"accounts": both, "windows": WINDOWS, "now": MORNING}
        plain = await uow.spending.ways(EVERYONE, **asked)
        with_template = await uow.spending.ways(templated, **asked)
        everybody = await uow.spending.everybody([ACCOUNT], WINDOWS, MORNING)
        reach = await uow.audiences.reach(EVERYONE, **asked)
    assert plain == {
        (ACCOUNT, Way.FREE): 1,
        (ACCOUNT, Way.CHARGED): 1,
        (ACCOUNT, Way.CLOSED): 2,
        ("telegram.main", Way.OPEN): 1,
    }
    # What costs nothing goes before what costs a template.
    assert with_template == {
        **{key: n for key, n in plain.items() if key[1] is not Way.CLOSED},
        (ACCOUNT, Way.TEMPLATE): 2,
    }
    assert everybody == {(ACCOUNT, Way.FREE): 1, (ACCOUNT, Way.CHARGED): 1, (ACCOUNT, Way.TEMPLATE): 3}
    assert (reach.meant, reach.reached, {**reach.left_out}) == (6, 3, {"no address": 1, "window": 2})


AGES = (-DAY, 0 * DAY, 48 * HOUR, 48 * HOUR + BLINK, 7 * DAY, 7 * DAY + BLINK, None)


@pytest.mark.parametrize("template", [False, True])
@pytest.mark.parametrize("window", [WINDOW, replace(WINDOW, templates=False), replace(WINDOW, free=None)])
async def test_the_database_judges_as_the_relay_does(store: SqlStorage, window: Window, template: bool) -> None:
    """One rule in two places, at every boundary, whatever the provider said."""
    await listed(store, {str(n): None if age is None else MORNING - age for n, age in enumerate(AGES * 2)})
    async with store.write() as uow:
        for number in range(len(AGES), 2 * len(AGES)):
            await uow.people.refuse(URN(account=ACCOUNT, path=str(number)), Refusal.SILENT, MORNING)
        await uow.commit()
    ways = Ways(accounts=[ACCOUNT], windows={ACCOUNT: window}, now=MORNING, template=template)
    async with store.engine.connect() as connection:
        asked = select(addresses.c.path, ways.way(addresses.c).label("way"), since().label("since"))
        rows = (await connection.execute(asked)).all()
    assert len(rows) == 2 * len(AGES)
    assert all(row.way == way_to(window, row.since, MORNING, template=template) for row in rows)


async def test_what_a_campaign_still_has_to_send_is_counted(store: SqlStorage) -> None:
    await listed(store, {"a": MORNING, "b": None})
    async with store.write() as uow:
        number = await uow.campaigns.add(EVERYONE, by="Lan", now=MORNING)
        await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SENDING)
        await uow.commit()
    for path in ("a", "b"):
        person = await make_person(store, path, ACCOUNT)
        one = new_delivery(path, path, contact=person.contact.id)
        await queue(store, replace(one, urn=URN(account=ACCOUNT, path=path), campaign_id=number))
    async with store.read() as uow:
        assert await uow.spending.waiting(number, WINDOWS, MORNING) == {
            (ACCOUNT, Way.FREE): 1,
            (ACCOUNT, Way.TEMPLATE): 1,
        }
        assert await uow.spending.waiting(number + 1, WINDOWS, MORNING) == {}


async def test_a_sign_of_life_never_goes_back(store: SqlStorage) -> None:
    urn = URN(account=ACCOUNT, path="a")
    await listed(store, {"a": None})
    told = (
        (9 * DAY, 9 * DAY, []),  # said while we were away: the window has closed since
        (1 * DAY, 1 * DAY, [urn]),
        (2 * DAY, 1 * DAY, []),
        (0 * DAY, 0 * DAY, []),
    )
    for minute, (age, known, opened) in enumerate(told):
        now = MORNING + timedelta(minutes=minute)
        async with store.write() as uow:
            assert await uow.people.interacted({urn: MORNING - age}, WINDOWS, now) == opened
            await uow.commit()
        assert [row["interacted_at"] for row in (await everything(store))["addresses"]] == [MORNING - known]


async def test_a_sign_of_life_of_a_day_to_come_ends_with_the_clock(store: SqlStorage) -> None:
    await listed(store, {"a": MORNING + 300 * DAY, "b": MORNING - DAY})
    async with store.write() as uow:
        await uow.upkeep.clock_set_back(300 * DAY, MORNING)
        await uow.commit()
    rows = (await everything(store))["addresses"]
    assert [row["interacted_at"] for row in rows] == [MORNING, MORNING - DAY]


@pytest.mark.thorough
@pytest.mark.parametrize("what", ["people", "another"])
async def test_a_batch_with_windows_looks_at_its_own_people_only(store: SqlStorage, what: str) -> None:
    """The same as without them (tests/db/test_plans.py)."""
    async with store.engine.begin() as connection:
        for one in CROWD:
            await connection.exec_driver_sql(one.format(many=MANY).replace("telegram", "zalo"))
        if store.engine.dialect.name != "sqlite":
            await connection.exec_driver_sql("ANALYZE contacts, consents, addresses")
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        statements.append((statement, values))

    async with store.write() as uow:
        event.listen(store.engine.sync_engine, "before_cursor_execute", note)
        asked: dict[str, Any] = {"accounts": [ACCOUNT], "now": MORNING, "windows": WINDOWS}
        if what == "people":
            found = await uow.campaigns.people(EVERYBODY, after=MANY // 2, limit=50, **asked)
            assert len(found) == 50 and all(each.left_out is None and each.way is Way.CLOSED for each in found)
        else:
            assert await uow.fallbacks.another(1, EVERYBODY, MANY // 2, **asked) is None
        event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    told = await plan(store, *statements[-1], many=True)
    told = told.replace("Seq Scan on deliveries", "")
    assert "SCAN contacts" not in told and "Seq Scan on contacts" not in told, told
    assert "Seq Scan on addresses" not in told and "(account=?)" not in told, told


@pytest.mark.thorough
async def test_a_whole_ward_is_counted_by_few_statements(store: SqlStorage) -> None:
    async with store.engine.begin() as connection:
        for one in CROWD:
            await connection.exec_driver_sql(one.format(many=MANY).replace("telegram", "zalo"))
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    async with store.read() as uow:
        event.listen(store.engine.sync_engine, "before_cursor_execute", note)
        ways = await uow.spending.ways(EVERYBODY, accounts=[ACCOUNT], windows=WINDOWS, now=MORNING)
        everybody = await uow.spending.everybody([ACCOUNT], WINDOWS, MORNING)
        event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    assert ways == {(ACCOUNT, Way.CLOSED): MANY} and everybody == {(ACCOUNT, Way.TEMPLATE): MANY}
    assert len([one for one in statements if one.startswith("SELECT")]) == 2
