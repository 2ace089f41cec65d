"""Needs and the labour force of households on both databases: counted, forgotten, put back as they stood."""

from datetime import timedelta

import pytest

from core.contacts import Consent, Purpose
from core.errors import ConflictError
from core.labour import By, HomeShow, Workers
from core.needs import NeedFilter, NeedKind, NeedState, Settled
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import a_home, a_need, enrol, everything, listed, make_person

LATER = MORNING + timedelta(days=1)
TOLD = Workers(adults=2, stable=2, unstable=0, seeking=0)


async def agree(store: SqlStorage, contact: int, purpose: Purpose) -> None:
    consent = Consent(purpose=purpose, granted_at=MORNING, expires_at=LATER, wording="stated.ask")
    async with store.write() as uow:
        await uow.people.consent(contact, consent)
        await uow.commit()


async def test_what_was_taken_back_is_counted_nowhere(store: SqlStorage) -> None:
    async with store.write() as uow:
        numbers = [await uow.stated.add(a_need(code=f"H7M4P{one}"), MORNING) for one in range(3)]
        found = [await uow.stated.get(one) for one in numbers]
        for one, to in zip(found, (NeedState.MET, NeedState.WITHDRAWN), strict=False):
            assert one is not None and await uow.stated.step(one, Settled(to=to, by="Lan"), MORNING)
        assert found[0] is not None and not await uow.stated.step(found[0], Settled(to=NeedState.OPEN, by=""), MORNING)
        (count,) = await uow.stated.counts("dak-cam")
        shown, total = await uow.stated.page("dak-cam", NeedFilter(kind=NeedKind.JOB), limit=9)
        assert (count.met, count.stated, total) == (1, 2, 2) and shown[0].state is NeedState.OPEN
        assert await uow.stated.counts("di-su") == []
        await uow.commit()


async def test_a_code_is_given_once(store: SqlStorage) -> None:
    async with store.write() as uow:
        await uow.stated.add(a_need(), MORNING)
        with pytest.raises(ConflictError):
            await uow.stated.add(a_need(), MORNING)


async def test_who_is_erased_leaves_a_number_and_no_word(store: SqlStorage) -> None:
    contact = (await make_person(store, "somebody")).contact.id
    async with store.write() as uow:
        met = await uow.stated.get(await uow.stated.add(a_need(code="A2", contact_id=contact, words="bò"), MORNING))
        await uow.stated.add(a_need(code="B2", contact_id=contact, words="nhà"), MORNING)
        assert met is not None
        await uow.stated.step(met, Settled(to=NeedState.MET, by="Lan", told="đã vay"), MORNING)
        await uow.people.erase(contact, [b"x" * 32], MORNING)
        (count,) = await uow.stated.counts("dak-cam")
        await uow.commit()
    assert (count.met, count.stated) == (1, 1)
    rows = (await everything(store))["stated_needs"]
    assert [(row["state"], row["contact_id"], row["words"], row["told"]) for row in rows] == [
        ("met", None, "", ""),
        ("withdrawn", None, "", ""),
    ]


async def test_a_household_stands_again_as_it_did_without_what_was_told(store: SqlStorage) -> None:
    contact = (await make_person(store, "somebody")).contact.id
    await enrol(store, [listed("somebody", household="DC-001")], MORNING)
    async with store.write() as uow:
        await uow.labour.write("dak-cam", [a_home()], By(name="Lan"), MORNING)
        assert await uow.labour.tell(contact, TOLD, LATER, locality="dak-cam", hamlet="thôn 3")
        home = await uow.labour.find("dak-cam", "DC-001")
        assert home is not None and home.workers == TOLD
        await uow.people.withdraw(contact, Purpose.LABOUR)
        home = await uow.labour.find("dak-cam", "DC-001")
        assert home is not None and home.workers == a_home().workers and home.as_of == a_home().as_of
        assert [one.by for one in await uow.labour.history(home.id)] == ["Lan"]
        await uow.commit()
    assert (await everything(store))["labour_told"] == []


async def test_both_go_when_their_time_is_over(store: SqlStorage) -> None:
    contact = (await make_person(store, "somebody")).contact.id
    await agree(store, contact, Purpose.STATED)
    await agree(store, contact, Purpose.LABOUR)
    async with store.write() as uow:
        await uow.stated.add(a_need(contact_id=contact, words="bò"), MORNING)
        await uow.labour.tell(contact, TOLD, MORNING, locality="dak-cam", hamlet="thôn 3")
        await uow.commit()
    for days, left in ((0, 1), (2, 0)):
        async with store.write() as uow:
            now = MORNING + timedelta(days=days)
            before = now - timedelta(days=365)
            await uow.upkeep.drop_old(messages_before=before, questions_before=before, ledger_before=before, now=now)
            await uow.commit()
        rows = await everything(store)
        assert len(rows["labour_told"]) == left
        assert sum(row["contact_id"] is not None for row in rows["stated_needs"]) == left


async def test_each_household_is_in_one_list(store: SqlStorage) -> None:
    homes = [
        a_home("a", (2, 0, 0, 1)),
        a_home("b", (0, 0, 0, 0)),
        a_home("c", (3, 0, 2, 0)),
        a_home("d", (3, 1, 0, 0)),
        a_home("e", None),
    ]
    async with store.write() as uow:
        done = await uow.labour.write("dak-cam", homes, By(name="Lan"), MORNING)
        again = await uow.labour.write("dak-cam", [*homes[:4], a_home("e", (1, 0, 0, 0))], By(name="Lan"), LATER)
        shown = {show: [one.code for one in (await uow.labour.page("dak-cam", show, limit=9))[0]] for show in HomeShow}
        counts = (await uow.labour.counts("dak-cam"))["thôn 3"]
        await uow.commit()
    assert (done.new, again.new, again.changed, again.same) == (5, 0, 1, 4)
    assert shown == {
        HomeShow.IDLE: ["a", "b", "e"],
        HomeShow.UNSTEADY: ["c"],
        HomeShow.STEADY: ["d"],
        HomeShow.UNKNOWN: [],
        HomeShow.ALL: ["a", "b", "c", "d", "e"],
    }
    assert (counts.idle, counts.without, counts.meant, counts.steady) == (3, 1, 4, 1)
