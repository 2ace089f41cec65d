"""What becomes of a lead is asked after a week, a month and three months: once, twice at most, never at night."""

from dataclasses import replace

import pytest

from content.reminding import at
from core.contacts import Consent, ContactStatus, Purpose
from core.leads import MOST_ASKED, Ask, LeadState, asked_on
from core.work import OfferState
from handlers.work import led
from scheduler.reminding import Reminding
from tests.delivery.conftest import Post, our_packs
from tests.delivery.sending import DAY
from tests.support.clock import MORNING
from tests.support.rows import an_offer, make_person

pytestmark = pytest.mark.either


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


async def lead_of(post: Post, path: str = "a", title: str = "Công nhân may") -> int:
    """Somebody of Đăk Cấm who is interested in a vacancy."""
    person = await make_person(post.storage, path)
    contact, now = person.contact.id, post.clock.now()
    yes = Consent(purpose=Purpose.WORK, granted_at=now, expires_at=now + 365 * DAY, wording="work.ask")
    async with post.storage.write() as uow:
        await uow.people.consent(contact, yes)
        (one,) = (await uow.work.add("dak-cam", [an_offer(title=title)], by="Lan", now=now)).new
        await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=now)
        posted = await uow.work.get(one)
        assert posted is not None
        lead = await led.begin(uow, our_packs(), person, posted, now)
        await uow.commit()
    return lead.id


async def months(post: Post, loop: Reminding, days: int) -> list[str]:
    """Everything that arrives in so many days, with the day on which it did."""
    told = []
    for day in range(1, days + 1):
        post.clock.advance(seconds=DAY.total_seconds())
        while await loop.step():
            pass
        told += [f"{day}: {text.partition(':')[2].strip()}" for text in await post.deliver()]
    return told


async def moved(post: Post, lead_id: int, to: LeadState) -> None:
    async with post.storage.write() as uow:
        lead = await uow.leads.get(lead_id)
        assert lead is not None
        now = post.clock.now()
        assert await led.move(uow, lead, to, led.LeadStep(at=now, act=to))
        await uow.commit()


async def test_who_never_answers_is_asked_twice_and_no_more(post: Post, loop: Reminding) -> None:
    lead = await lead_of(post)
    told = await months(post, loop, 100)
    question = "bà con đã nhận việc Công nhân may ở Công ty May Sao Mai chưa?"
    assert told == [f"7: {question}", f"14: {question}"] and MOST_ASKED == 2
    async with post.storage.read() as uow:
        acts = [(one.act, one.by) for one in await uow.leads.history(lead)]
    assert acts == [("interested", ""), ("asked", "scheduler"), ("asked", "scheduler")]


async def test_three_months_of_a_lead(post: Post, loop: Reminding) -> None:
    lead = await lead_of(post)
    assert len(await months(post, loop, 7)) == 1
    await moved(post, lead, LeadState.STARTED)
    still = "bà con còn làm Công nhân may ở Công ty May Sao Mai không?"
    assert await months(post, loop, 31) == [f"30: {still}"]
    await moved(post, lead, LeadState.MONTH)
    assert await months(post, loop, 60) == [f"59: {still}"], "the ninetieth day since they started"
    await moved(post, lead, LeadState.QUARTER)
    assert await months(post, loop, 30) == []
    async with post.storage.read() as uow:
        one = await uow.leads.get(lead)
        assert one is not None and one.state is LeadState.QUARTER and one.started_at is not None
        assert (one.started_at - one.begun_at).days == 7


async def test_who_gave_up_stopped_or_was_erased_is_asked_nothing(post: Post, loop: Reminding) -> None:
    await moved(post, await lead_of(post, "a"), LeadState.GAVE_UP)
    await lead_of(post, "b", "Phụ bếp")
    await lead_of(post, "c", "Phụ hồ")
    silent = await lead_of(post, "d", "Bán hàng")
    stopped, left = [await make_person(post.storage, path) for path in ("b", "c")]
    talk = replace(stopped.conversation, version=stopped.conversation.version + 1)
    contact = replace(stopped.contact, status=ContactStatus.STOPPED)
    async with post.storage.write() as uow:
        await uow.people.withdraw(left.contact.id, Purpose.WORK)
        await uow.people.save([replace(stopped, contact=contact, conversation=talk)])
        await uow.leads.silence(silent)
        await uow.commit()
    assert await months(post, loop, 20) == []


async def test_one_question_a_day_and_none_at_night(post: Post, loop: Reminding) -> None:
    for title in ("Công nhân may", "Phụ bếp", "Phụ hồ"):
        await lead_of(post, "a", title)
    told = await months(post, loop, 30)
    assert [one.partition(":")[0] for one in told] == ["7", "8", "9", "14", "15", "16"], "on one day one of them"
    assert asked_on(Ask.BEGAN, MORNING.date()) == [MORNING.date() + 7 * DAY, MORNING.date() + 14 * DAY]


async def test_at_night_it_waits_for_the_morning(post: Post, loop: Reminding) -> None:
    await lead_of(post)
    post.clock.advance(seconds=(at((MORNING + 6 * DAY).date()) - MORNING).total_seconds() + 13.5 * 3600)
    post.clock.advance(seconds=4 * 3600)
    while await loop.step():
        pass
    assert await post.deliver() == []
    post.clock.advance(seconds=9 * 3600)
    while await loop.step():
        pass
    assert len(await post.deliver()) == 1
