"""Offers of places, what people look for and what they said of offers, on both databases."""

from datetime import date, timedelta

from core.contacts import Consent, Purpose
from core.leads import LeadState, LeadStep, NewLead, Why
from core.work import Answer, Answered, Hindrance, OfferState, Profile, Reach, Standing, Times, Unfit
from db.unit_of_work import SqlStorage
from handlers.work import led
from tests.support.clock import MORNING
from tests.support.rows import an_offer, everything, make_person

TODAY = date(2026, 11, 20)
PROFILE = Profile(can=("sewing",), wants=("kitchen",), reach=Reach.HERE, times=Times.PARTLY, held=(Hindrance.CHILDREN,))


async def put(store: SqlStorage, *offers: object, locality: str = "dak-cam", verified: bool = True) -> tuple[int, ...]:
    async with store.write() as uow:
        added = await uow.work.add(locality, offers, by="Lan", now=MORNING)  # type: ignore[arg-type]
        for one in added.new if verified else ():
            await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=MORNING)
        await uow.commit()
    return added.new


async def shown(store: SqlStorage, on: date = TODAY, locality: str = "dak-cam") -> list[int]:
    async with store.read() as uow:
        return [one.id for one in await uow.work.open_in(locality, on)]


async def test_the_same_offer_is_kept_once_in_a_place(store: SqlStorage) -> None:
    async with store.write() as uow:
        first = await uow.work.add("dak-cam", [an_offer(), an_offer(title="CÔNG NHÂN  MAY")], by="Lan", now=MORNING)
        again = await uow.work.add("dak-cam", [an_offer(), an_offer(title="Phụ bếp")], by="Hoa", now=MORNING)
        elsewhere = await uow.work.add("di-su", [an_offer()], by="Lan", now=MORNING)
        await uow.commit()
    assert (len(first.new), first.known) == (1, 1) and (len(again.new), again.known) == (1, 1)
    assert len(elsewhere.new) == 1


async def test_only_what_is_verified_not_over_and_not_full_is_open(store: SqlStorage) -> None:
    (draft,) = await put(store, an_offer(title="a"), verified=False)
    (plain,) = await put(store, an_offer(title="b", deadline=TODAY))
    (few,) = await put(store, an_offer(title="c", seats=2, deadline=date(2026, 12, 1)))
    await put(store, an_offer(title="d"), locality="di-su")
    assert await shown(store) == [plain, few]
    assert await shown(store, TODAY + timedelta(days=1)) == [few], "the last day itself counts"
    async with store.write() as uow:
        assert await uow.work.take_seats(few, 2) and not await uow.work.take_seats(draft, 1)
        await uow.commit()
    assert await shown(store) == [plain]
    async with store.read() as uow:
        assert [*await uow.work.versions("dak-cam", TODAY)] == [plain]
        assert [one.id for one in await uow.work.some([draft, few, 999])] == [draft, few]
        stands = {one.id: one.standing(TODAY) for one in await uow.work.list(["dak-cam"])}
    assert stands == {draft: Standing.DRAFT, plain: Standing.OPEN, few: Standing.FULL}


async def test_whoever_starts_takes_a_seat_and_the_last_one_fills_the_vacancy(store: SqlStorage) -> None:
    (few,) = await put(store, an_offer(seats=2))
    people = [(await make_person(store, f"p{number}")).contact.id for number in range(3)]

    async def moved(contact: int, to: LeadState) -> tuple[int, int]:
        """Seats taken, and vacancies that are open, after this person stands there."""
        step = LeadStep(at=MORNING, act=to, by="Lan")
        async with store.write() as uow:
            lead, _ = await uow.leads.begin(NewLead(locality="dak-cam", offer_id=few, contact_id=contact), MORNING)
            assert await led.move(uow, lead, to, step)
            (one,) = await uow.work.some([few])
            await uow.commit()
        return one.taken, len(await shown(store))

    assert await moved(people[0], LeadState.CONTACTED) == (0, 1)
    assert await moved(people[0], LeadState.STARTED) == (1, 1)
    assert await moved(people[1], LeadState.STARTED) == (2, 0)
    assert await moved(people[0], LeadState.GAVE_UP) == (2, 0), "an officer asks whether the seat is free again"
    async with store.write() as uow:
        assert await uow.work.take_seats(few, 1)
        await uow.commit()
    assert await moved(people[2], LeadState.STARTED) == (2, 0)


async def test_what_was_given_up_counts_as_refused_and_stays_an_interest_of_its_month(store: SqlStorage) -> None:
    (one,) = await put(store, an_offer())
    who = (await make_person(store, "somebody")).contact.id
    interest = Answered(offer_id=one, answer=Answer.INTERESTED)

    async def stands(to: LeadState, why: Why | None = None) -> tuple[Answer, Unfit | None, bool]:
        """What they say of it now, why, and whether they are left out where it is offered."""
        async with store.write() as uow:
            lead, _ = await uow.leads.begin(NewLead(locality="dak-cam", offer_id=one, contact_id=who), MORNING)
            if to is not lead.state:
                assert await led.move(uow, lead, to, LeadStep(at=MORNING, act=to), why)
            ((answered, _),) = await uow.work.answers(who)
            refused = await uow.work.refused(one)
            await uow.commit()
        return answered.answer, answered.why, who in refused

    async with store.write() as uow:
        await uow.work.keep_profile(who, Profile(), MORNING)
        await uow.work.answer(who, interest, MORNING)
        await uow.commit()
    assert await stands(LeadState.INTERESTED) == (Answer.INTERESTED, None, False)
    for why, unfit in ((None, None), (Why.WAGE, Unfit.WAGE), (Why.HARD, Unfit.OTHER)):
        assert await stands(LeadState.GAVE_UP, why) == (Answer.NOT_FIT, unfit, True)
        assert await stands(LeadState.INTERESTED) == (Answer.INTERESTED, None, False)
    await stands(LeadState.GAVE_UP, Why.FAR)
    async with store.read() as uow:
        assert (await uow.job_news.reached([one]))[one].interested == 1


async def test_the_stamp_moves_with_every_change(store: SqlStorage) -> None:
    async def stamp() -> tuple[int, int]:
        async with store.read() as uow:
            return await uow.work.stamp("dak-cam")

    stamps = [await stamp()]
    (one,) = await put(store, an_offer(seats=2), verified=False)
    stamps.append(await stamp())
    for step in ("verify", "fill", "close"):
        async with store.write() as uow:
            match step:
                case "verify":
                    await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED)
                case "fill":
                    await uow.work.take_seats(one, 1)
                case "close":
                    await uow.work.step(one, OfferState.VERIFIED, OfferState.CLOSED)
            await uow.commit()
        stamps.append(await stamp())
    assert len(set(stamps)) == 5


async def test_who_comes_second_is_told(store: SqlStorage) -> None:
    (one,) = await put(store, an_offer())
    async with store.write() as uow:
        assert not await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED)
        assert await uow.work.step(one, OfferState.VERIFIED, OfferState.CLOSED, why="x")


async def test_what_somebody_looks_for_and_said(store: SqlStorage) -> None:
    contact = (await make_person(store)).contact.id
    first, second = await put(store, an_offer(), an_offer(title="Phụ bếp"))
    async with store.write() as uow:
        assert await uow.work.profile(contact) is None
        for profile in (Profile(), PROFILE):
            await uow.work.keep_profile(contact, profile, MORNING)
        await uow.work.answer(contact, Answered(offer_id=first, answer=Answer.INTERESTED), MORNING)
        unfit = Answered(offer_id=second, answer=Answer.NOT_FIT, why=Unfit.WAGE)
        await uow.work.answer(contact, Answered(offer_id=second, answer=Answer.INTERESTED), MORNING)
        await uow.work.answer(contact, unfit, MORNING + timedelta(minutes=1))
        await uow.commit()
    async with store.read() as uow:
        assert await uow.work.profile(contact) == PROFILE
        told = await uow.work.answers(contact)
        assert [one for one, _ in told] == [Answered(offer_id=first, answer=Answer.INTERESTED), unfit]
        assert [posted.offer.title for _, posted in told] == ["Công nhân may", "Phụ bếp"]
        assert await uow.work.interest([first, second]) == {first: 1}
        copy = await uow.people.export(contact)
    assert copy["work_profile"][0]["profile"]["held"] == ["children"]
    assert [(one["title"], one["answer"]) for one in copy["work_answers"]][1] == ("Phụ bếp", "not_fit")


async def kept(store: SqlStorage) -> tuple[int, int]:
    rows = await everything(store)
    return len(rows["work_profiles"]), len(rows["work_answers"])


async def told_something(store: SqlStorage, path: str = "somebody") -> int:
    contact = (await make_person(store, path)).contact.id
    (one,) = await put(store, an_offer(title=path))
    until = MORNING + timedelta(days=365)
    agreed = Consent(purpose=Purpose.WORK, granted_at=MORNING, expires_at=until, wording="work.ask")
    async with store.write() as uow:
        await uow.people.consent(contact, agreed)
        await uow.work.keep_profile(contact, PROFILE, MORNING)
        await uow.work.answer(contact, Answered(offer_id=one, answer=Answer.INTERESTED), MORNING)
        await uow.commit()
    return contact


async def test_it_goes_with_the_consent_and_with_the_person(store: SqlStorage) -> None:
    one, other = await told_something(store, "one"), await told_something(store, "other")
    assert await kept(store) == (2, 2)
    async with store.write() as uow:
        await uow.people.withdraw(one, Purpose.WORK)
        await uow.commit()
    assert await kept(store) == (1, 1)
    async with store.write() as uow:
        await uow.people.erase(other, [b"x" * 32], MORNING)
        await uow.commit()
    assert await kept(store) == (0, 0)


async def tidied(store: SqlStorage, days: int) -> None:
    now = MORNING + timedelta(days=days)
    year = now - timedelta(days=365)
    async with store.write() as uow:
        await uow.upkeep.drop_old(messages_before=year, questions_before=year, ledger_before=year, now=now)
        await uow.commit()


async def test_it_is_kept_no_longer_than_was_agreed(store: SqlStorage) -> None:
    await told_something(store)
    await tidied(store, 365)
    assert await kept(store) == (1, 1)
    await tidied(store, 366)
    assert await kept(store) == (0, 0)


async def test_an_offer_goes_a_year_after_its_last_day(store: SqlStorage) -> None:
    await told_something(store)
    await put(store, an_offer(deadline=TODAY))
    await tidied(store, 365)
    assert len((await everything(store))["work_offers"]) == 2
    await tidied(store, 366)
    assert len((await everything(store))["work_offers"]) == 1
