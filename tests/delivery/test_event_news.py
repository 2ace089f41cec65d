"""What who signed up for a job fair is told: the evening before, when it moves, when it is called off; each once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from core.contacts import Consent, ContactStatus, Purpose
from core.errors import NotAllowedError, StaleError
from core.events import Announced, JobEvent, Seat
from core.officers import Grant, Role
from db.models import contacts
from handlers import job_events
from handlers.reported import Acting, WrongFigureError
from scheduler.reminding import Reminding
from tests.delivery.conftest import Post, our_packs
from tests.delivery.sending import DAY
from tests.support.clock import MORNING
from tests.support.rows import an_event, everything, make_person

pytestmark = pytest.mark.either

FAIR = an_event(bring="căn cước")
EVENING = MORNING.replace(hour=10) + 6 * DAY  # 17:00 in Viet Nam on the day before
FIRST, ON_MOVE, ON_END = "Nhắc bà con", "Đổi lịch", "Đã hủy"


@pytest.fixture
def loop(post: Post) -> Reminding:
    return Reminding(
        storage=post.storage,
        content=our_packs(),
        accounts=[post.channel.account],
        clock=post.clock,
        relay=post.relay.work,
        on_fault=lambda where, error: post.faults.append((where, error)),
    )


def by(post: Post, officer: str) -> Acting:
    return Acting(officer=officer, now=post.clock.now())


def it_is(post: Post, moment: datetime) -> None:
    post.clock.advance(seconds=(moment - post.clock.now()).total_seconds())


async def announced(post: Post, event: JobEvent = FAIR) -> Announced:
    """Written by Lan, verified by Minh."""
    async with post.storage.write() as uow:
        for name, role in (("Lan", Role.EDITOR), ("Minh", Role.APPROVER)):
            number = await uow.officers.add(name, MORNING)
            await uow.officers.grant(number, [Grant(role=role, locality="dak-cam")])
        await uow.commit()
    number = await job_events.announce(post.storage, "dak-cam", event, by(post, "Lan"))
    assert number is not None
    one = await job_events.find(post.storage, number)
    await job_events.verify(post.storage, one, by(post, "Minh"), one.version)
    return await job_events.find(post.storage, number)


async def moved(post: Post, one: Announced, **fields: Any) -> Announced:
    """Lan writes it anew, Minh says yes."""
    one = await job_events.find(post.storage, one.id)
    values = {name: getattr(one.event, name) for name in JobEvent.__dataclass_fields__}
    await job_events.change(post.storage, one, JobEvent(**{**values, **fields}), by(post, "Lan"), one.version)
    one = await job_events.find(post.storage, one.id)
    await job_events.verify(post.storage, one, by(post, "Minh"), one.version)
    return await job_events.find(post.storage, one.id)


async def joins(post: Post, one: Announced, path: str) -> Seat:
    """As the chat keeps it."""
    contact = (await make_person(post.storage, path)).contact.id
    until = one.event.ends_at + 365 * DAY
    async with post.storage.write() as uow:
        seat = await uow.events.take(one.id, contact, post.clock.now())
        consent = Consent(purpose=Purpose.EVENTS, granted_at=MORNING, expires_at=until, wording="event.kept")
        await uow.people.consent(contact, consent)
        await uow.reminders.plan(contact, f"event:{one.id}", [EVENING], about=one.event.starts_at, now=MORNING)
        await uow.commit()
    assert seat is not None
    return seat


async def told(post: Post, loop: Reminding) -> list[str]:
    while await loop.step():
        pass
    return await post.deliver()


async def test_the_day_before_at_a_lawful_hour_and_once(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    await joins(post, one, "b")
    it_is(post, EVENING - timedelta(minutes=1))
    assert await told(post, loop) == []
    it_is(post, EVENING)
    said = await told(post, loop)
    assert len(said) == 2 and all(FIRST in text and "ngày mai có Ngày hội việc làm" in text for text in said)
    assert "Lúc: từ 9 giờ 00 đến 12 giờ 00, thứ Sáu, 27/11/2026." in said[0] and "Mang theo: căn cước." in said[0]
    for hours in (1, 4, 14, 30):
        it_is(post, EVENING + timedelta(hours=hours))
        assert await told(post, loop) == [], "once"


async def test_a_moved_place_is_one_correction_and_the_reminder_stays(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    await make_person(post.storage, "did not sign up")
    after = await moved(post, one, place="Sân trường Trần Phú")
    assert (after.sequence, after.uid) == (one.sequence + 1, one.uid)
    (said,) = await told(post, loop)
    assert ON_MOVE in said and "Ở: Sân trường Trần Phú." in said and "thay cho tin trước" in said
    assert await told(post, loop) == []
    it_is(post, EVENING)
    (said,) = await told(post, loop)
    assert FIRST in said and "Sân trường Trần Phú" in said


async def test_two_changes_at_once_are_one_correction_with_the_last_words(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    await moved(post, one, place="Nơi thứ hai")
    post.clock.advance(seconds=5)
    await moved(post, one, place="Nơi thứ ba")
    (said,) = await told(post, loop)
    assert "Nơi thứ ba" in said


async def test_another_day_moves_the_reminder(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    starts = FAIR.starts_at + 2 * DAY
    await moved(post, one, starts_at=starts, ends_at=starts + timedelta(hours=3))
    assert len(await told(post, loop)) == 1
    it_is(post, EVENING)
    assert await told(post, loop) == [], "the day that was"
    it_is(post, EVENING + 2 * DAY)
    (said,) = await told(post, loop)
    assert FIRST in said and "Chủ nhật, 29/11/2026" in said


async def test_what_does_not_move_is_no_correction(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    after = await moved(post, one, employers="Công ty Mới", seats=90)
    assert await told(post, loop) == [] and after.sequence == 1 and after.event.seats == 90


async def test_nothing_is_changed_before_the_second_person(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    await job_events.change(post.storage, one, an_event(place="Nơi khác"), by(post, "Lan"), one.version)
    waiting = await job_events.find(post.storage, one.id)
    assert waiting.event.place == FAIR.place and waiting.proposed is not None
    assert await told(post, loop) == []
    with pytest.raises(NotAllowedError):
        await job_events.verify(post.storage, waiting, by(post, "Lan"), waiting.version)
    await job_events.take_back(post.storage, waiting, by(post, "Lan"), waiting.version)
    assert (await job_events.find(post.storage, one.id)).proposed is None
    refused = [row for row in (await everything(post.storage))["audit_log"] if row["action"] == "refused"]
    assert [row["subject"] for row in refused] == [f"event:{one.id}"]


async def test_it_is_called_off_and_there_is_no_reminder(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    await moved(post, one, place="Nơi khác")
    now = await job_events.find(post.storage, one.id)
    with pytest.raises(WrongFigureError):
        await job_events.cancel(post.storage, now, " ", by(post, "Minh"), now.version)
    await job_events.cancel(post.storage, now, "Mưa bão.", by(post, "Minh"), now.version)
    (said,) = await told(post, loop)
    assert ON_END in said and "Mưa bão" in said and "không phải đến" in said
    it_is(post, EVENING)
    assert await told(post, loop) == []
    off = await job_events.find(post.storage, one.id)
    with pytest.raises(StaleError):
        await job_events.change(post.storage, off, FAIR, by(post, "Lan"), off.version)


async def test_at_night_a_correction_waits_for_seven(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    await joins(post, one, "a")
    it_is(post, MORNING.replace(hour=15))  # 22:00
    await moved(post, one, place="Nơi khác")
    assert await told(post, loop) == []
    it_is(post, MORNING.replace(hour=0) + DAY)  # 07:00
    assert len(await told(post, loop)) == 1


async def test_who_stopped_everything_and_who_left_hear_nothing(post: Post, loop: Reminding) -> None:
    one = await announced(post)
    first, second = await joins(post, one, "a"), await joins(post, one, "b")
    async with post.storage.write() as uow:
        stopped = update(contacts).where(contacts.c.id == first.contact_id).values(status=ContactStatus.STOPPED.value)
        await uow.connection.execute(stopped)
        await uow.events.leave(one.id, second.contact_id)
        await uow.commit()
    await moved(post, one, place="Nơi khác")
    assert await told(post, loop) == []


async def test_a_dead_process_between_two_people_repeats_nobody(post: Post, loop: Reminding) -> None:
    """Each is a transaction of its own: what was queued is not queued again by the next start."""
    one = await announced(post)
    for path in "abc":
        await joins(post, one, path)
    await moved(post, one, place="Nơi khác")
    await loop.step()
    again = Reminding(
        storage=post.storage,
        content=our_packs(),
        accounts=[post.channel.account],
        clock=post.clock,
        relay=post.relay.work,
        on_fault=lambda where, error: post.faults.append((where, error)),
    )
    await again.step()
    assert len(await post.deliver()) == 3
