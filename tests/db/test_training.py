"""Seats of courses on both databases: never more than there are, freed and given to whoever waits longest."""

import asyncio
from datetime import date, timedelta

from core.contacts import Consent, Purpose
from core.training import Changes, Enrolment, Household, Learner, Learning
from core.work import OfferKind
from db.unit_of_work import SqlStorage
from tests.db.test_work import put
from tests.support.clock import MORNING
from tests.support.rows import an_offer, everything, make_person

TODAY = date(2026, 11, 20)
OPENS = date(2026, 12, 15)
UNTIL = MORNING + timedelta(days=365)
ONE = Learner(name="Nguyễn Thị Thử", household=Household.POOR)


async def course(store: SqlStorage, seats: int | None = 1, title: str = "May") -> int:
    (made,) = await put(
        store, an_offer(kind=OfferKind.COURSE, title=title, seats=seats, opens=OPENS, deadline=date(2026, 12, 1))
    )
    return made


async def joins(store: SqlStorage, offer_id: int, number: int, contact: int | None = None) -> Enrolment | None:
    async with store.write() as uow:
        one = await uow.training.join(
            offer_id, ONE, code=f"C{number}", by="", now=MORNING, on=TODAY, contact_id=contact
        )
        await uow.commit()
    return one


async def person(store: SqlStorage, name: str) -> int:
    contact = (await make_person(store, name)).contact.id
    agreed = Consent(purpose=Purpose.TRAINING, granted_at=MORNING, expires_at=UNTIL, wording="training.ask")
    async with store.write() as uow:
        await uow.people.consent(contact, agreed)
        await uow.commit()
    return contact


async def stands(store: SqlStorage, offer_id: int) -> tuple[list[str], int]:
    async with store.read() as uow:
        people, posted = await uow.training.people(offer_id), await uow.work.get(offer_id)
    assert posted is not None
    return [one.state.value for one in people], posted.taken


async def test_of_many_at_once_no_more_are_enrolled_than_there_are_seats(store: SqlStorage) -> None:
    made = await course(store, seats=3)
    found = await asyncio.gather(*(joins(store, made, number) for number in range(12)))
    assert sum(one is not None and one.state is Learning.ENROLLED for one in found) == 3
    states, taken = await stands(store, made)
    assert states.count("enrolled") == 3 == taken and states.count("waiting") == 9


async def test_leaving_and_coming_at_once_never_leaves_a_seat_free_while_somebody_waits(store: SqlStorage) -> None:
    made = await course(store, seats=1)
    first = await joins(store, made, 0)
    assert first is not None

    async def leaves() -> None:
        async with store.write() as uow:
            assert await uow.training.leave(first.id, "bận") is not None
            await uow.commit()

    await asyncio.gather(leaves(), *(joins(store, made, number) for number in range(1, 5)))
    async with store.write() as uow:
        for offer_id in await uow.training.with_free_seats(TODAY):
            await uow.training.move_up(offer_id, TODAY)
        await uow.commit()
    states, taken = await stands(store, made)
    assert sorted(states) == ["enrolled", "left", "waiting", "waiting", "waiting"] and taken == 1


async def test_two_who_move_people_up_at_once_give_a_seat_once(store: SqlStorage) -> None:
    made = await course(store, seats=1)
    first = await joins(store, made, 0)
    for number in range(1, 4):
        await joins(store, made, number)
    async with store.write() as uow:
        assert first is not None and await uow.training.leave(first.id, "") is not None
        assert await uow.training.leave(first.id, "") is None, "once"
        await uow.commit()

    async def moves() -> int:
        async with store.write() as uow:
            moved = await uow.training.move_up(made, TODAY)
            await uow.commit()
        return moved

    assert sum(await asyncio.gather(moves(), moves(), moves())) == 1
    assert await stands(store, made) == (["left", "enrolled", "waiting", "waiting"], 1)
    async with store.read() as uow:
        assert await uow.training.with_free_seats(TODAY) == []


async def test_nobody_moves_up_once_the_course_began_and_a_seat_out_of_turn_takes_a_free_one(store: SqlStorage) -> None:
    made = await course(store, seats=1)
    first, second = await joins(store, made, 0), await joins(store, made, 1)
    assert first is not None and second is not None
    async with store.write() as uow:
        assert not await uow.training.seat(second.id), "none is free"
        await uow.training.leave(first.id, "")
        assert await uow.training.move_up(made, OPENS + timedelta(days=1)) == 0
        assert await uow.training.seat(second.id)
        await uow.commit()
    assert await stands(store, made) == (["left", "enrolled"], 1)


async def test_another_day_or_seats_are_taken_once_by_whoever_saw_the_last(store: SqlStorage) -> None:
    made = await course(store, seats=1)
    await joins(store, made, 0)
    await joins(store, made, 1)
    async with store.write() as uow:
        posted = await uow.work.get(made)
        assert posted is not None
        changes = Changes(opens=OPENS, deadline=posted.offer.deadline, place="Nhà văn hóa", seats=2)
        assert await uow.training.change(made, changes, posted.offer.mark) is not None
        assert await uow.training.change(made, changes, posted.offer.mark) is None, "it is another by now"
        assert await uow.training.with_free_seats(TODAY) == [made]
        await uow.commit()
    async with store.read() as uow:
        after = await uow.work.get(made)
        assert after is not None and after.offer.place == "Nhà văn hóa" and after.offer.seats == 2


async def test_erased_withdrawn_or_expired_frees_the_seat(store: SqlStorage) -> None:
    one, two, three = [await person(store, name) for name in ("one", "two", "three")]
    made = await course(store, seats=3)
    for number, contact in enumerate((one, two, three)):
        await joins(store, made, number, contact)
    in_person = await joins(store, made, 9)
    assert in_person is not None and in_person.state is Learning.WAITING
    async with store.write() as uow:
        await uow.people.erase(one, (), MORNING)
        await uow.people.withdraw(two, Purpose.TRAINING)
        await uow.commit()
    assert await stands(store, made) == (["enrolled", "waiting"], 1)
    async with store.write() as uow:
        await uow.upkeep.drop_old(
            messages_before=MORNING, questions_before=MORNING, ledger_before=MORNING, now=UNTIL + timedelta(days=1)
        )
        await uow.commit()
    assert await stands(store, made) == (["waiting"], 0), "who came in person did not agree to a day"
    async with store.write() as uow:
        await uow.upkeep.drop_old(
            messages_before=MORNING,
            questions_before=MORNING + timedelta(days=60),
            ledger_before=MORNING,
            now=UNTIL + timedelta(days=60),
        )
        await uow.commit()
    rows = await everything(store)
    assert rows["enrolments"] == rows["work_offers"] == []
