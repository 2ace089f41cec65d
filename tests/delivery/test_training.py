"""Courses in the outbox: a seat, another day, the eve and the end are told once; a course reaches whom it suits."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from core.contacts import ContactStatus
from core.training import Call, Changes, Household, Learner
from core.work import OfferKind, OfferState, Profile
from db.models import contacts, subscriptions
from scheduler.calling import Calling
from scheduler.training import Training
from tests.delivery.conftest import Post, our_packs
from tests.delivery.sending import DAY, enrol
from tests.support.clock import MORNING
from tests.support.rows import an_offer, everything, make_person

pytestmark = pytest.mark.either

OPENS = date(2026, 12, 15)
COURSE = an_offer(
    kind=OfferKind.COURSE,
    title="May công nghiệp",
    employer="Trường nghề Ba Sao",
    place="Nhà văn hóa thôn 3",
    opens=OPENS,
    deadline=date(2026, 12, 10),
    seats=2,
)


def made(post: Post, kind: type[Training] | type[Calling]) -> Training | Calling:
    return kind(
        storage=post.storage,
        content=our_packs(),
        accounts=[post.channel.account],
        clock=post.clock,
        relay=post.relay.work,
        on_fault=lambda where, error: post.faults.append((where, error)),
    )


@pytest.fixture
def loop(post: Post) -> Training | Calling:
    return made(post, Training)


@pytest.fixture
def calling(post: Post) -> Training | Calling:
    return made(post, Calling)


async def told(post: Post, loop: Training | Calling) -> list[str]:
    while await loop.step():
        pass
    arrived = await post.deliver()
    assert post.faults == []
    return arrived


async def course(post: Post, **fields: object) -> int:
    async with post.storage.write() as uow:
        offer = replace(COURSE, **fields)  # type: ignore[arg-type]
        (number,) = (await uow.work.add("dak-cam", [offer], by="Lan", now=MORNING)).new
        await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=MORNING)
        await uow.commit()
    return number


async def joins(post: Post, offer_id: int, *paths: str) -> list[int]:
    found = []
    for path in paths:
        contact = (await make_person(post.storage, path)).contact.id
        async with post.storage.write() as uow:
            learner, now = Learner(name=path, household=Household.POOR), post.clock.now()
            one = await uow.training.join(
                offer_id, learner, code=path, by="", now=now, on=now.date(), contact_id=contact
            )
            assert one is not None
            await uow.commit()
        found.append(one.id)
    return found


async def changed(post: Post, offer_id: int, **fields: object) -> None:
    async with post.storage.write() as uow:
        posted = await uow.work.get(offer_id)
        assert posted is not None
        offer = posted.offer
        same = {"opens": offer.opens, "deadline": offer.deadline, "place": offer.place, "seats": offer.seats}
        changes = Changes(**{**same, **fields})  # type: ignore[arg-type]
        assert await uow.training.change(offer_id, changes, offer.mark) is not None
        await uow.commit()


async def leaves(post: Post, one: int) -> None:
    async with post.storage.write() as uow:
        assert await uow.training.leave(one, "") is not None
        await uow.commit()


async def test_a_free_seat_goes_to_who_waits_longest_and_is_told_once(post: Post, loop: Training) -> None:
    number = await course(post)
    first, *_ = await joins(post, number, "a", "b", "c", "d")
    assert await told(post, loop) == [], "everybody knows where they stand"
    await leaves(post, first)
    (text,) = await told(post, loop)
    assert text.startswith("Có chỗ rồi: bà con được học lớp May công nghiệp.") and "15/12/2026" in text
    assert await told(post, loop) == []
    rows = (await everything(post.storage))["enrolments"]
    assert [one["state"] for one in rows] == ["left", "enrolled", "enrolled", "waiting"]


async def test_two_loops_at_once_tell_and_give_once(post: Post, loop: Training) -> None:
    number = await course(post, seats=1)
    first, *_ = await joins(post, number, "a", "b", "c")
    await leaves(post, first)
    await asyncio.gather(loop.step(), made(post, Training).step())
    await asyncio.gather(loop.step(), made(post, Training).step())
    assert len(await post.deliver()) == 1 and post.faults == []


async def test_another_day_or_place_reaches_every_enrolled_person_once(post: Post, loop: Training) -> None:
    number = await course(post)
    await joins(post, number, "a", "b", "c")
    await changed(post, number, opens=date(2026, 12, 20))
    await changed(post, number, place="Trường cấp 2")
    texts = await told(post, loop)
    assert len(texts) == 2, "the two who have a seat, once for both changes; who waits has no day yet"
    assert all("Lớp May công nghiệp có thay đổi." in one for one in texts)
    assert all("20/12/2026" in one and "Trường cấp 2" in one for one in texts)
    assert await told(post, loop) == []
    await changed(post, number, opens=date(2026, 12, 21))
    await changed(post, number, opens=date(2026, 12, 20))
    assert await told(post, loop) == [], "what was put right before anybody heard of it is told to nobody"
    assert "cán bộ phường Đăk Cấm" in (post.channel.messages[-1].source or "")


async def test_the_eve_is_told_once_by_day_and_not_to_who_was_just_told(post: Post, loop: Training) -> None:
    number = await course(post)
    await joins(post, number, "a")
    post.clock.advance(days=23)
    assert await told(post, loop) == []
    post.clock.advance(seconds=12 * 3600 + 5 * 3600)  # the eve, three in the morning
    assert await told(post, loop) == []
    post.clock.advance(seconds=6 * 3600)
    (text,) = await told(post, loop)
    assert text.startswith("Nhắc bà con: sắp đến ngày mở lớp May công nghiệp.")
    post.clock.advance(days=1)
    assert await told(post, loop) == []
    await changed(post, number, opens=OPENS + timedelta(days=2))
    assert len(await told(post, loop)) == 1, "another day, told on its eve: no reminder besides"
    assert await told(post, loop) == []


async def test_a_cancelled_course_is_told_to_all_with_its_reason(post: Post, loop: Training) -> None:
    number = await course(post)
    await joins(post, number, "a", "b", "c")
    async with post.storage.write() as uow:
        after = {"closed_by": "Minh", "why": "không đủ người"}
        assert await uow.work.step(number, OfferState.VERIFIED, OfferState.CLOSED, **after)
        await uow.commit()
    texts = await told(post, loop)
    assert len(texts) == 3 and all("không mở nữa. Lý do: không đủ người." in one for one in texts)
    assert await told(post, loop) == []


async def test_who_cannot_be_reached_stays_untold_and_is_told_later(post: Post, loop: Training) -> None:
    number = await course(post)
    await joins(post, number, "a")
    await changed(post, number, place="Trường cấp 2")
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).values(status=ContactStatus.STOPPED.value))
        await uow.commit()
    assert await told(post, loop) == []
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).values(status=ContactStatus.ACTIVE.value))
        await uow.commit()
    assert len(await told(post, loop)) == 1


async def listed(post: Post, path: str, status: str | None = None, **profile: object) -> int:
    """Somebody of the ward's list, who looks for something where it is said."""
    await enrol(post.storage, (path, ""))
    contact = (await make_person(post.storage, path)).contact.id
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).where(contacts.c.id == contact).values(household_status=status))
        if profile:
            await uow.work.keep_profile(contact, Profile(**profile), MORNING)  # type: ignore[arg-type]
        await uow.commit()
    return contact


async def call(post: Post, number: int, *households: str) -> bool:
    async with post.storage.write() as uow:
        new = await uow.calls.add(Call(offer_id=number, households=households, by="Minh", at=MORNING))
        await uow.commit()
    return new


async def test_a_course_reaches_whom_it_suits_once_and_nobody_else(post: Post, calling: Calling) -> None:
    number = await course(post)
    await listed(post, "sews", "poor", wants=("sewing",))
    await listed(post, "cooks", "poor", wants=("kitchen",))
    await listed(post, "poor", "poor")
    await listed(post, "rich", "other", wants=("sewing",))
    await listed(post, "nobody-knows")
    stopped = await listed(post, "stopped", "poor")
    no_courses = await listed(post, "no-courses", "poor")
    asked = await listed(post, "asked")
    async with post.storage.write() as uow:
        status = update(contacts).where(contacts.c.id == stopped).values(status=ContactStatus.STOPPED.value)
        await uow.connection.execute(status)
        topics = [
            {"contact_id": no_courses, "topic": "vocational-training", "wanted": False},
            {"contact_id": asked, "topic": "vocational-training", "wanted": True},
        ]
        await uow.connection.execute(subscriptions.insert(), topics)
        await uow.commit()
    await listed(post, "there", "poor")
    await joins(post, number, "there")
    assert await call(post, number, "poor", "near-poor") and not await call(post, number, "poor")
    texts = await told(post, calling)
    assert sorted(post.channel.told) == ["asked", "poor", "sews"]
    assert all("Có lớp nghề hợp với nhà mình: May công nghiệp." in one for one in texts)
    labels = [one.label for one in post.channel.messages[-1].quick_replies]
    assert labels == ["Đăng ký học", "Gặp cán bộ", "Tin tôi nhận"]
    assert await told(post, calling) == []


async def test_of_a_course_that_is_over_nobody_hears_and_not_at_night(post: Post, calling: Calling) -> None:
    number = await course(post)
    await listed(post, "poor", "poor")
    await call(post, number, "poor")
    post.clock.advance(seconds=13 * 3600)
    assert await told(post, calling) == []
    post.clock.advance(seconds=30 * DAY.total_seconds() - 13 * 3600)
    assert await told(post, calling) == []
    async with post.storage.read() as uow:
        assert await uow.calls.open() == []


async def test_of_several_courses_nobody_gets_more_than_notices_are_promised(post: Post, calling: Calling) -> None:
    for title in ("May", "Nấu ăn", "Thêu"):
        number = await course(post, title=title)
        await call(post, number, "poor")
    await listed(post, "poor", "poor")
    arrived = []
    for _ in range(10):
        arrived.append(len(await told(post, calling)))
        post.clock.advance(days=1)
    assert arrived[:2] == [1, 1] and sum(arrived[:7]) == 2 and sum(arrived) == 3
