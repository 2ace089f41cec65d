"""News of work: what is new and suits, in one message, at one's own rhythm, once; in turn where seats are few."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from core.contacts import ContactStatus, Purpose
from core.job_news import How
from core.rhythm import Rhythm
from core.work import Answer, Answered, OfferKind, Paid
from db.job_news import SqlJobNews
from db.models import contacts, deliveries
from scheduler.job_news import JobNews
from tests.delivery.conftest import Post
from tests.delivery.sending import DAY, approved, enrol, run
from tests.support.clock import MORNING
from tests.support.rows import an_offer, everything
from tests.support.seeking import looks_for, offered, the_loop, told

pytestmark = pytest.mark.either

HOUR = timedelta(hours=1)


@pytest.fixture
def loop(post: Post) -> JobNews:
    return the_loop(post)


async def arrived(post: Post, loop: JobNews) -> list[str]:
    await loop.step()
    got = await post.deliver()
    assert post.faults == []
    return got


def turn_to(post: Post, moment: datetime) -> None:
    post.clock.advance(seconds=(moment - post.clock.now()).total_seconds())


async def test_all_that_is_new_comes_in_one_message_and_never_again(post: Post, loop: JobNews) -> None:
    contact = await looks_for(post.storage, "a")
    course = an_offer(kind=OfferKind.COURSE, title="Lớp may", employer="Trường Ba Sao", place="thôn 3")
    numbers = await offered(
        post.storage,
        an_offer(title="May xa", place="tỉnh khác"),
        an_offer(wage_from=7_000_000, wage_to=9_000_000, paid=Paid.MONTH),
        course,
        an_offer(title="May khác", place="xã bên"),
        an_offer(title="Phụ bếp", occupation="kitchen-help"),
    )
    (text,) = await arrived(post, loop)
    assert text.startswith("Phường Đăk Cấm: có 3 tin mới hợp với nhà mình.\n1. Việc: Công nhân may.")
    for said in (
        "Làm ở: phường Đăk Cấm.",
        "Lương: từ 7.000.000 đến 9.000.000 đồng một tháng (bảy triệu đến chín triệu)",
        "Nhận đến hết ngày 31/12/2026.",
        "Hợp vì: đúng nghề nhà mình muốn; ở ngay trong xã, phường.",
        "dừng tin việc làm",
    ):
        assert said in text
    message = post.channel.messages[-1]
    assert "Cán bộ phường Đăk Cấm đã kiểm tra" in (message.source or "")
    labels = [(one.label, one.payload) for one in message.quick_replies]
    assert labels[0] == ("Chọn tin 1", f"work-yes:{numbers[1]}")
    assert labels[3:] == [("Xem thêm", "work-list:vacancy:0"), ("Dừng tin việc làm", "theme-stop:jobs")]
    assert len(await told(post.storage)) == 3
    post.clock.advance(seconds=DAY.total_seconds())
    (rest,) = await arrived(post, loop)
    assert "có 1 tin mới" in rest and "Phụ bếp" not in rest
    post.clock.advance(seconds=8 * DAY.total_seconds())
    assert await arrived(post, loop) == []
    assert await told(post.storage) == {(contact, one) for one in numbers[:4]}


@pytest.mark.parametrize(
    ("rhythm", "hours"),  # from Friday, nine in the morning
    [(Rhythm.AT_ONCE, [0]), (Rhythm.DAILY, [9]), (Rhythm.WEEKLY, [57])],
)
async def test_at_ones_own_rhythm(post: Post, loop: JobNews, rhythm: Rhythm, hours: list[int]) -> None:
    await looks_for(post.storage, "a", rhythm=rhythm)
    await offered(post.storage, an_offer())
    got = []
    for hour in range(0, 60, 3):
        turn_to(post, MORNING + hour * HOUR)
        got += [hour] * len(await arrived(post, loop))
    assert got == hours


async def test_another_rhythm_holds_from_the_next_evening_on(post: Post, loop: JobNews) -> None:
    contact = await looks_for(post.storage, "a", rhythm=Rhythm.WEEKLY)
    assert await arrived(post, loop) == []
    async with post.storage.write() as uow:
        change = update(contacts).where(contacts.c.id == contact).values(rhythm=Rhythm.DAILY)
        await uow.connection.execute(change)
        await uow.commit()
    await offered(post.storage, an_offer())
    turn_to(post, MORNING + 9 * HOUR)
    assert len(await arrived(post, loop)) == 1


async def test_nothing_at_night_nor_on_the_first_days_of_tet(post: Post, loop: JobNews) -> None:
    await looks_for(post.storage, "a")
    await offered(post.storage, an_offer(deadline=date(2027, 3, 31)))
    turn_to(post, MORNING + 13 * HOUR)  # ten in the evening
    assert await arrived(post, loop) == []
    turn_to(post, MORNING + (date(2027, 2, 6) - date(2026, 11, 20)))
    assert await arrived(post, loop) == []
    turn_to(post, post.clock.now() + 3 * DAY)
    assert len(await arrived(post, loop)) == 1


async def test_with_other_notices_one_a_day_and_two_a_week(post: Post, loop: JobNews) -> None:
    await looks_for(post.storage, "a")
    await enrol(post.storage, ("a", ""))
    await approved(post)
    assert len(await run(post)) == 1
    got = []
    for day in range(6):
        await offered(post.storage, an_offer(title=f"May {day}"), now=post.clock.now())
        for _ in range(3):
            got += [day] * len(await arrived(post, loop))
            post.clock.advance(seconds=3 * 3600)
        turn_to(post, MORNING + (day + 1) * DAY)
    assert got == [1], "a notice on the first day, news on the second"
    await approved(post, "Tin khác.")
    assert await run(post) == [], "a notice waits behind the news as behind another notice"


async def stops(post: Post, contact: int, how: str) -> None:
    async with post.storage.write() as uow:
        match how:
            case "all":
                await uow.connection.execute(update(contacts).values(status=ContactStatus.STOPPED))
            case "theme":
                await uow.people.wish(contact, frozenset(), frozenset({"job-connection", "overseas-work", "job-loan"}))
            case "another theme":
                await uow.people.wish(contact, frozenset({"housing"}), frozenset())
            case "rest":
                await uow.connection.execute(update(contacts).values(muted_until=MORNING + 30 * DAY))
            case "work":
                await uow.people.withdraw(contact, Purpose.WORK)
            case "notices":
                await uow.people.withdraw(contact, Purpose.NOTICES)
            case "erased":
                await uow.people.erase(contact, [], MORNING)
        await uow.commit()


@pytest.mark.parametrize("how", ["all", "theme", "another theme", "rest", "work", "notices", "erased"])
async def test_nobody_is_told_who_wants_none(post: Post, loop: JobNews, how: str) -> None:
    contact = await looks_for(post.storage, "a")
    await offered(post.storage, an_offer())
    await stops(post, contact, how)
    assert await arrived(post, loop) == [] and await told(post.storage) == set()


async def test_what_waits_is_taken_back(post: Post, loop: JobNews) -> None:
    contact = await looks_for(post.storage, "a")
    await offered(post.storage, an_offer())
    await loop.step()
    async with post.storage.write() as uow:
        assert await uow.job_news.take_back(contact, post.clock.now()) == 1
        await uow.commit()
    assert await post.deliver() == []


async def test_what_they_saw_answered_or_what_is_over_is_not_told(post: Post, loop: JobNews) -> None:
    contact = await looks_for(post.storage, "a")
    seen, answered, full, _ = await offered(post.storage, *(an_offer(title=one, seats=5) for one in "abcd"))
    await offered(post.storage, an_offer(title="e", deadline=date(2026, 11, 20)))
    async with post.storage.write() as uow:
        await uow.job_news.tell(contact, [seen], How.SEEN, MORNING)
        await uow.work.answer(contact, Answered(offer_id=answered, answer=Answer.INTERESTED), MORNING)
        await uow.work.take_seats(full, 5)
        await uow.commit()
    turn_to(post, MORNING + DAY)
    (text,) = await arrived(post, loop)
    assert "1. Việc: d." in text and "có 1 tin mới" in text


async def test_news_that_wait_are_not_sent_when_an_offer_is_over(post: Post, loop: JobNews) -> None:
    await looks_for(post.storage, "a")
    await offered(post.storage, an_offer(deadline=date(2026, 11, 20)))
    await loop.step()
    turn_to(post, MORNING + DAY)
    assert await post.deliver() == []
    async with post.storage.read() as uow:
        rows = await uow.connection.execute(select(deliveries.c.status))
        assert [row.status for row in rows] == ["skipped"]


async def test_where_seats_are_few_poor_households_come_first(post: Post, loop: JobNews) -> None:
    status = ["newly-escaped", None, "near-poor", "poor", None, "poor", "near-poor", None]
    people = [await looks_for(post.storage, f"p{number}", status=one) for number, one in enumerate(status)]
    await offered(post.storage, an_offer(seats=1))
    order = [people[number] for number in (3, 5, 2, 6, 0, 1, 4, 7)]
    waves = []
    for day in range(4):
        before = await told(post.storage)
        await arrived(post, loop)
        waves.append({who for who, _ in await told(post.storage) - before})
        turn_to(post, MORNING + (day + 1) * (DAY + timedelta(minutes=10)))
    assert waves == [set(order[:3]), set(order[3:6]), set(order[6:]), set()]


async def test_who_cannot_be_told_keeps_nobody_elses_place(post: Post, loop: JobNews) -> None:
    poor = [await looks_for(post.storage, f"p{number}", status="poor") for number in range(3)]
    other = await looks_for(post.storage, "other")
    await stops(post, poor[0], "notices")
    await offered(post.storage, an_offer(seats=1))
    await arrived(post, loop)
    assert {who for who, _ in await told(post.storage)} == {*poor[1:], other}


async def test_a_place_kept_for_somebodys_sunday_is_everybodys_after_a_week(post: Post, loop: JobNews) -> None:
    await looks_for(post.storage, "slow", status="poor", rhythm=Rhythm.WEEKLY)
    later = [await looks_for(post.storage, f"p{number}") for number in range(3)]
    await offered(post.storage, an_offer(seats=1))
    await arrived(post, loop)
    assert {who for who, _ in await told(post.storage)} == set(later[:2])
    turn_to(post, MORNING + 7 * DAY)
    await arrived(post, loop)
    assert {who for who, _ in await told(post.storage)} >= set(later)


async def test_all_of_it_or_nothing(post: Post, loop: JobNews, monkeypatch: pytest.MonkeyPatch) -> None:
    await looks_for(post.storage, "a")
    await offered(post.storage, an_offer())

    async def falls(*_: object) -> None:
        raise RuntimeError("the machine fell")

    with monkeypatch.context() as patched:
        patched.setattr(SqlJobNews, "look_again", falls)
        await loop.step()
    assert [str(error) for _, error in post.faults] == ["the machine fell"]
    post.faults.clear()
    async with post.storage.read() as uow:
        assert (await uow.connection.execute(select(func.count()).select_from(deliveries))).scalar() == 0
    assert await told(post.storage) == set()
    assert len(await arrived(post, loop)) == 1


async def test_it_is_exported_and_forgotten_with_what_they_look_for(post: Post, loop: JobNews) -> None:
    contact = await looks_for(post.storage, "a")
    await offered(post.storage, an_offer())
    await arrived(post, loop)
    async with post.storage.read() as uow:
        copy = await uow.people.export(contact)
    assert [(one["title"], one["how"]) for one in copy["work_told"]] == [("Công nhân may", "sent")]
    async with post.storage.write() as uow:
        await uow.people.withdraw(contact, Purpose.WORK)
        await uow.commit()
    assert await told(post.storage) == set()
    log = [row["action"] for row in (await everything(post.storage))["audit_log"]]
    assert log.count("work.news-sent") == 1
