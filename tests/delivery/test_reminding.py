"""Reminders: once, on their day, and never of what is over."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from content.reminding import LATE, Rule, at
from core.campaigns import CampaignState
from core.contacts import Consent, ContactStatus, Purpose, Refusal
from core.records import NewContact
from core.reminders import Gone
from db.campaign_tables import reminders
from db.models import contacts
from scheduler.reminding import Reminding
from tests.delivery.conftest import Post, our_packs
from tests.delivery.sending import DAY, approved, enrol, run
from tests.support.clock import MORNING
from tests.support.rows import everything, make_person, urn

pytestmark = pytest.mark.either

LEFT = date(2023, 12, 25)
TOMORROW = MORNING + DAY


@pytest.fixture
def loop(post: Post) -> Reminding:
    """The loop beside the others."""
    return Reminding(
        storage=post.storage,
        content=our_packs(),
        accounts=[post.channel.account],
        clock=post.clock,
        relay=post.relay.work,
        on_fault=lambda where, error: post.faults.append((where, error)),
    )


async def asked(
    post: Post,
    path: str = "a",
    *,
    rule: str = Rule.ESCAPED,
    due: datetime = TOMORROW,
    about: datetime | None = None,
    campaign: int | None = None,
) -> int:
    """Somebody who wants to be reminded."""
    contact = (await make_person(post.storage, path)).contact.id
    consent = Consent(purpose=Purpose.REMINDERS, granted_at=MORNING, expires_at=due + 60 * DAY, wording="reminder.kept")
    async with post.storage.write() as uow:
        await uow.people.consent(contact, consent)
        await uow.connection.execute(update(contacts).where(contacts.c.id == contact).values(locality="dak-cam"))
        await uow.reminders.plan(contact, rule, [due], about=about or at(LEFT), now=MORNING, campaign_id=campaign)
        await uow.commit()
    return contact


async def told(post: Post, loop: Reminding) -> list[str]:
    """What arrives now."""
    while await loop.step():
        pass
    return await post.deliver()


async def whys(post: Post) -> list[tuple[str, str | None]]:
    async with post.storage.read() as uow:
        rows = await uow.connection.execute(select(reminders.c.state, reminders.c.why).order_by(reminders.c.id))
        return [(row.state, row.why) for row in rows]


async def test_once_on_its_day_with_its_document(post: Post, loop: Reminding) -> None:
    await asked(post)
    assert await told(post, loop) == []
    post.clock.advance(seconds=DAY.total_seconds())
    (text,) = await told(post, loop)
    assert text.startswith("Nhắc bà con: nhà mình ra khỏi danh sách hộ nghèo từ ngày 25/12/2023.")
    assert "còn được xét đến hết ngày 25/12/2026" in text
    assert "28/2015/QĐ-TTg" in (post.channel.messages[-1].source or "")
    post.clock.advance(seconds=DAY.total_seconds())
    assert await told(post, loop) == [] and await whys(post) == [("sent", None)]


async def test_not_at_night_and_whatever_notices_came(post: Post, loop: Reminding) -> None:
    """The cap is for what nobody asked for."""
    await enrol(post.storage, ("a", ""))
    await asked(post, rule=Rule.CERTIFICATE, due=MORNING + timedelta(hours=1), about=MORNING + 40 * DAY)
    await approved(post)
    assert len(await run(post)) == 1
    post.clock.advance(seconds=(MORNING.replace(hour=15) - MORNING).total_seconds())  # ten in the evening
    assert await told(post, loop) == []
    post.clock.advance(seconds=10 * 3600)
    got = await told(post, loop)
    assert len(got) == 1, (await whys(post), post.faults)


async def gone_by(post: Post, contact: int, how: str) -> None:
    """What ends a reminder."""
    async with post.storage.write() as uow:
        if how == "stopped":
            await uow.connection.execute(update(contacts).values(status=ContactStatus.STOPPED.value))
        elif how == "withdrawn":
            await uow.people.withdraw(contact, Purpose.REMINDERS)
        elif how == "asked":
            await uow.reminders.call_off(contact, Gone.ASKED, Rule.ESCAPED)
        elif how == "counted as poor again":
            await uow.connection.execute(update(contacts).values(household_status="poor"))
        elif how == "erased":
            await uow.people.erase(contact, [], MORNING)
        await uow.commit()


@pytest.mark.parametrize("how", ["stopped", "withdrawn", "asked", "counted as poor again", "erased"])
async def test_it_stops_at_once_when_its_reason_is_gone(post: Post, loop: Reminding, how: str) -> None:
    contact = await asked(post)
    await gone_by(post, contact, how)
    post.clock.advance(seconds=DAY.total_seconds())
    assert await told(post, loop) == []
    assert [state for state, _ in await whys(post)] in (["cancelled"], [])


async def test_another_day_takes_the_place_of_the_first(post: Post, loop: Reminding) -> None:
    contact = await asked(post)
    later = LEFT + timedelta(days=60)
    async with post.storage.write() as uow:
        await uow.reminders.plan(contact, Rule.ESCAPED, [TOMORROW + 50 * DAY], about=at(later), now=MORNING)
        await uow.commit()
    post.clock.advance(seconds=DAY.total_seconds())
    assert await told(post, loop) == []
    post.clock.advance(seconds=50 * DAY.total_seconds())
    got = await told(post, loop)
    assert len(got) == 1, (await whys(post), post.faults)
    assert await whys(post) == [("cancelled", "changed"), ("sent", None)]


async def test_who_was_off_too_long_skips_it_and_says_so(post: Post, loop: Reminding) -> None:
    await asked(post, rule=Rule.CERTIFICATE, about=MORNING + 40 * DAY)
    post.clock.advance(seconds=(DAY + LATE).total_seconds() - 60)
    assert len(await told(post, loop)) == 1, "a little late is still of use"
    await asked(post, "b", rule=Rule.CERTIFICATE, about=MORNING + 40 * DAY)
    post.clock.advance(seconds=120)
    assert await told(post, loop) == []
    assert await whys(post) == [("sent", None), ("cancelled", "late")]
    assert "not sent" in str(post.faults[-1][1])


async def test_what_a_wrong_clock_passed_over_is_still_to_come(post: Post, loop: Reminding) -> None:
    await asked(post, rule=Rule.CERTIFICATE, about=MORNING + 40 * DAY)
    post.clock.advance(seconds=30 * DAY.total_seconds())
    assert await told(post, loop) == [] and await whys(post) == [("cancelled", "late")]
    post.clock.advance(seconds=-30 * DAY.total_seconds())
    async with post.storage.write() as uow:
        await uow.upkeep.clock_set_back(30 * DAY, post.clock.now())
        await uow.commit()
    post.clock.advance(seconds=DAY.total_seconds())
    assert len(await told(post, loop)) == 1


async def test_who_cannot_be_reached_may_come_back(post: Post, loop: Reminding) -> None:
    await asked(post, rule=Rule.CERTIFICATE, about=MORNING + 40 * DAY)
    async with post.storage.write() as uow:
        await uow.people.refuse(urn("a"), Refusal.BLOCKED, MORNING)
        await uow.commit()
    post.clock.advance(seconds=DAY.total_seconds())
    assert await told(post, loop) == []
    async with post.storage.write() as uow:
        await uow.people.refuse(urn("a"), None, post.clock.now())
        await uow.commit()
    post.clock.advance(seconds=3600)
    got = await told(post, loop)
    assert len(got) == 1, (await whys(post), post.faults)


async def listed(post: Post, path: str, since: date | None, status: str = "newly-escaped") -> None:
    one = NewContact(
        urn=urn(path),
        name="",
        phone="",
        locality="dak-cam",
        hamlet=None,
        status=status,
        language="vi",
        household=None,
        topics=(),
        status_since=since,
    )
    consent = Consent(
        purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=MORNING + 900 * DAY, wording="ward list of 20/11"
    )
    async with post.storage.write() as uow:
        await uow.lists.enrol([one], consent, post.clock.now())
        await uow.commit()


async def test_a_household_of_the_list_hears_once_in_its_thirty_fifth_month(post: Post, loop: Reminding) -> None:
    """It escaped 25/12/2023: thirty days before the end of its 36 months, and never after them."""
    await listed(post, "a", LEFT)
    await listed(post, "long ago", date(2020, 1, 1))
    await listed(post, "unknown day", None)
    heard: list[tuple[int, str]] = []
    for day in range(60):
        heard += [(day, text) for text in await told(post, loop)]
        post.clock.advance(seconds=DAY.total_seconds())
    assert [day for day, _ in heard] == [5]  # 25/11/2026
    assert "25/12/2026" in heard[0][1]
    assert await whys(post) == [("sent", None), ("cancelled", "over")] and post.faults == []


async def test_another_day_in_the_list_is_another_reminder(post: Post, loop: Reminding) -> None:
    await listed(post, "a", LEFT)
    await told(post, loop)
    await listed(post, "a", LEFT - timedelta(days=2))
    post.clock.advance(seconds=DAY.total_seconds())
    assert await told(post, loop) == []
    post.clock.advance(seconds=2 * DAY.total_seconds())
    (text,) = await told(post, loop)
    assert "23/12/2026" in text and await whys(post) == [("sent", None)]


async def test_a_new_list_ends_it_at_once(post: Post, loop: Reminding) -> None:
    await listed(post, "a", LEFT)
    await told(post, loop)
    await listed(post, "a", LEFT, status="poor")
    assert await whys(post) == [("cancelled", "over")]


async def test_what_somebody_signed_up_for_is_called_off_with_its_notice(post: Post, loop: Reminding) -> None:
    await enrol(post.storage, ("a", ""), ("b", ""))
    number = await approved(post, replies=[{"words": ["ĐĂNG KÝ"], "answer": {"vi": "Đã ghi."}}])
    await run(post)
    begins = MORNING + 2 * DAY
    for path in ("a", "b"):
        await asked(post, path, rule=f"{Rule.COURSE}:{number}", about=begins, campaign=number)
    post.clock.advance(seconds=DAY.total_seconds())
    first, second = await told(post, loop)
    assert "“Mở lớp may.”" in first and "Không đi được" in second
    assert [one.payload for one in post.channel.messages[-1].quick_replies] == [
        f"course-yes:{number}",
        f"course-no:{number}",
    ]
    contact = (await everything(post.storage))["reminders"][0]["contact_id"]
    async with post.storage.write() as uow:
        await uow.reminders.plan(
            contact, f"{Rule.COURSE}:{number}", [begins + DAY], about=begins + 2 * DAY, now=MORNING, campaign_id=number
        )
        await uow.campaigns.step(number, CampaignState.FINISHED, CampaignState.STOPPED)
        await uow.commit()
    post.clock.advance(seconds=2 * DAY.total_seconds())
    assert await told(post, loop) == []
    assert (await whys(post))[-1] == ("cancelled", "called off")
