"""The figures of a campaign: of one moment, in as many statements for a crowd as for a few, every reason known."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from core.campaigns import CampaignState
from core.delivery import DeliveryStatus, NewDelivery, Priority
from core.messages import OutboundMessage
from core.records import LeftOut
from core.report import FATES, WHYS, Fate, Home, Reported, Why
from core.schedules import ScheduleState
from db import campaigns as campaigns_module
from db import fallbacks
from db.campaign_tables import occurrences, schedules
from db.counting import count
from db.models import contacts, deliveries
from db.report import one_moment, reported
from db.unit_of_work import SqlStorage
from tests.db.test_ledger import NOTICE
from tests.db.test_statements import counting
from tests.support.clock import MORNING
from tests.support.rows import make_person, urn


async def send(store: SqlStorage, number: int, paths: list[str], hamlet: str | None = None) -> None:
    """Queue a campaign's message to each of these, and leave somebody else out."""
    ids = [(await make_person(store, path)).contact.id for path in paths]
    other = (await make_person(store, f"{paths[0]} left out")).contact.id
    async with store.write() as uow:
        here = contacts.update().where(contacts.c.id.in_([*ids, other])).values(locality="dak-cam", hamlet=hamlet)
        await uow.connection.execute(here)
        await uow.outbox.add(
            [
                NewDelivery(
                    dedup_key=f"{number}:{path}",
                    urn=urn(path),
                    contact_id=id_,
                    message=OutboundMessage(text="Mở lớp may."),
                    priority=Priority.NOTICE,
                    available_at=MORNING,
                    campaign_id=number,
                )
                for path, id_ in zip(paths, ids, strict=True)
            ]
        )
        found = await uow.campaigns.get(number)
        assert found is not None
        out = [(other, LeftOut.STOPPED)]
        assert await uow.campaigns.went_on(number, cursor=other, queued=len(ids), out=out, before=found.cursor)
        await uow.commit()


async def begun(store: SqlStorage) -> int:
    async with store.write() as uow:
        number = await uow.campaigns.add(NOTICE, by="Lan", now=MORNING)
        await uow.campaigns.step(
            number, CampaignState.DRAFT, CampaignState.SENDING, approved_by="Minh", starts_at=MORNING
        )
        await uow.commit()
    return number


async def report(store: SqlStorage, number: int) -> Reported:
    async with store.read() as uow:
        found = await uow.campaigns.report(number)
    assert found is not None
    return found


async def test_a_crowd_costs_as_many_statements_as_a_few(store: SqlStorage) -> None:
    number = await begun(store)
    await send(store, number, ["a"], "Thôn 1")
    with counting(store) as counter:
        few = await report(store, number)
        cost = counter.take()
        await send(store, number, [f"b{n}" for n in range(40)], "Thôn 2")
        counter.take()
        many = await report(store, number)
        assert counter.take() == cost <= 9
    assert (sum(few.rows.values()), sum(many.rows.values())) == (2, 43)
    assert many.rows[Home("dak-cam", "Thôn 2"), Fate.TO_GO, None] == 40


async def test_all_figures_are_of_one_moment(store: SqlStorage) -> None:
    number = await begun(store)
    await send(store, number, ["a"])
    async with store.read() as uow:
        await one_moment(uow.connection)
        one = await uow.campaigns.get(number)
        assert one is not None
        await send(store, number, ["b", "c"])  # by somebody else, in between
        then = await reported(uow.connection, one)
    assert sum(then.rows.values()) == sum(one.counts.values()) + sum(one.left_out.values()) == 2
    assert sum((await report(store, number)).rows.values()) == 5


async def test_another_campaign_is_not_among_them(store: SqlStorage) -> None:
    first, second = await begun(store), await begun(store)
    await send(store, first, ["a", "b"])
    await send(store, second, ["a", "c", "d"])
    assert [sum((await report(store, one)).rows.values()) for one in (first, second)] == [3, 4]
    async with store.read() as uow:
        assert await uow.campaigns.report(99) is None


async def test_who_lives_nowhere_known_is_counted_there(store: SqlStorage) -> None:
    number = await begun(store)
    await send(store, number, ["a"], None)
    found = await report(store, number)
    assert found.rows == Counter(
        {(Home("dak-cam", ""), Fate.TO_GO, None): 1, (Home("dak-cam", ""), Fate.SKIPPED, Why.STOPPED): 1}
    )
    assert (found.gone, found.expired, found.approved_at) == (0, False, MORNING - timedelta(seconds=120))


async def test_a_message_without_its_person_is_counted_too(store: SqlStorage) -> None:
    number = await begun(store)
    await send(store, number, ["a", "b"], "Thôn 1")
    async with store.write() as uow:
        of_one = deliveries.c.dedup_key == f"{number}:a"
        await uow.connection.execute(deliveries.update().where(of_one).values(contact_id=None))
        await uow.commit()
    found = await report(store, number)
    assert found.rows[Home(), Fate.TO_GO, None] == 1 and sum(found.rows.values()) == 3


async def test_who_is_erased_is_counted_as_that(store: SqlStorage) -> None:
    number = await begun(store)
    await send(store, number, ["a", "b"], "Thôn 1")
    async with store.write() as uow:
        for path in ("a", "a left out"):
            await uow.people.erase((await uow.people.load([urn(path)], MORNING))[urn(path)].contact.id, [], MORNING)
        await uow.commit()
    found = await report(store, number)
    assert (found.rows, found.gone, found.expired) == ({(Home("dak-cam", "Thôn 1"), Fate.TO_GO, None): 1}, 2, False)


async def test_a_post_was_approved_when_its_schedule_was(store: SqlStorage) -> None:
    number = await begun(store)
    async with store.write() as uow:
        approved = MORNING - timedelta(days=3)
        values = {"series": "a", "locality": "dak-cam", "state": ScheduleState.APPROVED, "created_by": "Lan"}
        made = await uow.connection.execute(
            insert(schedules).values(**values, created_at=MORNING, approved_at=approved).returning(schedules.c.id)
        )
        post = {"post": "a", "due_at": MORNING, "late_hours": 1, "notice": {}, "edited": False, "state": "fired"}
        of = {"schedule_id": made.scalar_one(), "campaign_id": number}
        await uow.connection.execute(insert(occurrences).values(**post, **of))
        await uow.commit()
    assert (await report(store, number)).approved_at == approved


def test_every_state_and_every_reason_has_its_place() -> None:
    assert {*DeliveryStatus, "pending", "left out"} == {*FATES}
    said = {*LeftOut, campaigns_module._WANTS_NONE, fallbacks.WENT_ANOTHER_WAY}
    assert said <= {*WHYS} and {*WHYS.values()} == {*Why} - {Why.OTHER}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("scheduler/relay.py", "too late to send"),
        ("scheduler/relay.py", "enough notices until it is too late"),
        ("db/campaigns.py", "the campaign was stopped"),
        ("db/campaigns.py", "the same person has it at another address"),
        ("core/windows.py", "window closed"),
        ("core/windows.py", "the month's budget is used up"),
    ],
)
def test_reasons_are_still_written_so(file: str, reason: str) -> None:
    assert f'"{reason}"' in Path(file).read_text("utf-8") and reason in WHYS


async def test_what_the_counts_know_alone_is_told_as_that(store: SqlStorage) -> None:
    number = await begun(store)
    async with store.write() as uow:
        await count(uow.connection, [(number, "sent", 7), (number, "erased", 2), (number, "out:household", 3)])
        await uow.commit()
    found = await report(store, number)
    assert found.expired and found.gone == 2
    assert found.rows == {(Home(), Fate.REACHED, None): 7, (Home(), Fate.SKIPPED, Why.HOUSEHOLD): 3}
