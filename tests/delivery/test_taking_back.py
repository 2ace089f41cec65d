"""A stopped campaign takes back in batches what it has not sent, and is then looked at no more."""

from datetime import timedelta

import pytest

from core.campaigns import CampaignState
from core.delivery import DeliveryStatus, Outcome
from db.leasing import RESENDS
from scheduler import expansion as expanding
from tests.delivery.conftest import Post
from tests.delivery.sending import DAY, approved, enrol, expand, state
from tests.support.rows import everything


async def stopped(post: Post, *paths: str, keep: int = 0) -> int:
    """A campaign that was stopped while all its messages waited, but for so many that were being sent."""
    await enrol(post.storage, *((one, "") for one in paths))
    number = await approved(post)
    await expand(post)
    async with post.storage.write() as uow:
        if keep:
            now = post.clock.now()
            await uow.outbox.lease([post.channel.account], worker="w", now=now, until=now + DAY, limit=keep)
        await uow.campaigns.step(number, CampaignState.SENDING, CampaignState.STOPPED)
        await uow.commit()
    return number


async def looked_at(post: Post) -> list[int]:
    async with post.storage.read() as uow:
        return [one.id for one in await uow.campaigns.going()]


async def test_in_batches_and_then_it_is_over(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "TAKEN_BACK", 2)
    number = await stopped(post, *"abcde")
    left = []
    while await post.expansion.step():
        left.append((await state(post, number)).counts["pending"])
    assert left == [3, 1, 0]
    done = await state(post, number)
    assert dict(done.counts) == {"pending": 0, "cancelled": 5} and done.finished_at is not None
    assert await looked_at(post) == []


async def test_a_draft_that_was_stopped_is_over_at_once(post: Post) -> None:
    number = await approved(post)
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.APPROVED, CampaignState.STOPPED)
        await uow.commit()
    assert await looked_at(post) == [number]
    await expand(post)
    assert await looked_at(post) == []


async def test_nothing_of_it_is_sent_before_it_is_taken_back(post: Post) -> None:
    await stopped(post, *"abc")
    assert await post.deliver() == []


@pytest.mark.parametrize("became", [DeliveryStatus.SENT, DeliveryStatus.RETRY, DeliveryStatus.IN_DOUBT])
async def test_it_is_over_when_what_was_being_sent_is(post: Post, became: DeliveryStatus) -> None:
    number = await stopped(post, *"abc", keep=1)
    await expand(post)
    assert dict((await state(post, number)).counts) == {"pending": 1, "cancelled": 2}
    assert await looked_at(post) == [number]
    now = post.clock.now()
    (leased,) = [row for row in (await everything(post.storage))["deliveries"] if row["status"] == "leased"]
    async with post.storage.write() as uow:
        back = Outcome(delivery_id=leased["id"], status=became, available_at=now + timedelta(hours=1))
        await uow.outbox.record([back], worker="w", now=now)
        await uow.commit()
    await expand(post)
    await expand(post)
    assert await looked_at(post) == [] and (await state(post, number)).counts["pending"] == 0
    row = next(row for row in (await everything(post.storage))["deliveries"] if row["id"] == leased["id"])
    assert row["status"] == ("cancelled" if became is DeliveryStatus.RETRY else became)
    if became is DeliveryStatus.IN_DOUBT:
        assert row["doubts"] > RESENDS  # it is kept as it is, and not sent once more
    post.clock.advance(days=1)
    assert await post.deliver() == []


async def test_another_campaign_keeps_what_waits(post: Post) -> None:
    other = await approved(post, "Khác.")
    number = await stopped(post, *"ab")
    await expand(post)
    assert dict((await state(post, number)).counts) == {"pending": 0, "cancelled": 2}
    assert (await state(post, other)).counts["pending"] == 2
