"""What did not arrive goes another way: nobody of a household is missed, and no household has it twice."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from core.campaigns import CampaignState
from core.contacts import ContactStatus, Refusal
from core.errors import SendError, SendErrorKind
from core.ports import Capabilities
from db.models import addresses, contacts
from tests.delivery.conftest import Post
from tests.delivery.sending import approved, enrol, expand, state
from tests.support.channels import refusing
from tests.support.rows import everything, make_person, urn

pytestmark = pytest.mark.either

GONE = SendError(SendErrorKind.CONTACT_STOPPED, refusal=Refusal.BLOCKED)
CONFIRMS = Capabilities(text_length=1000, buttons=3, button_length=20, confirms_delivery=True)


async def fell_back(post: Post) -> list[str]:
    """To whom another way led."""
    while await post.fallback.step():
        pass
    before = len((await everything(post.storage))["deliveries"])
    await post.deliver()
    await expand(post)
    rows = (await everything(post.storage))["deliveries"]
    assert len(rows) == before
    return [row["path"] for row in rows if row["dedup_key"].endswith("+") and row["status"] in ("sent", "delivered")]


async def second_address(post: Post, path: str, of: str) -> None:
    contact = (await make_person(post.storage, of)).contact.id
    async with post.storage.write() as uow:
        row = {"account": post.channel.account, "path": path, "contact_id": contact, "created_at": post.clock.now()}
        await uow.connection.execute(insert(addresses).values(row))
        await uow.commit()


async def test_another_of_the_household_gets_it_where_the_first_refuses(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", ""))
    number = await approved(post)
    await expand(post)
    first = next(row for row in (await everything(post.storage))["deliveries"] if "h" in row["dedup_key"])
    post.channel.refuse = refusing(GONE, times=1)
    await post.deliver()
    assert first["path"] == "a" and (await state(post, number)).state is CampaignState.SENDING
    assert await fell_back(post) == ["b"]
    done = await state(post, number)
    assert done.state is CampaignState.FINISHED and dict(done.left_out) == {"household": 0}
    assert {name: n for name, n in done.counts.items() if n} == {"failed": 1, "sent": 2}
    async with post.storage.read() as uow:
        rows = [row async for row in uow.campaigns.ledger(number)]
    assert sorted((row.state, row.contact_id) for row in rows) == [("failed", 1), ("sent", 2), ("sent", 3)]


async def test_the_person_s_other_address_goes_before_the_household(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"))
    await second_address(post, "a2", of="a")
    await approved(post)
    await expand(post)
    post.channel.refuse = refusing(GONE, times=2)
    await post.deliver()
    assert (await everything(post.storage))["deliveries"][0]["path"] == "a2"  # the newest
    while await post.fallback.step():
        pass
    await post.deliver()
    assert await fell_back(post) == ["b"]


async def test_nothing_goes_twice_after_it_arrived_or_may_have(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", "H2"), ("d", "H2"))
    number = await approved(post)
    await expand(post)
    post.channel.refuse = refusing(SendErrorKind.IN_DOUBT, times=1)
    await post.deliver()
    post.clock.advance(days=3)
    assert await fell_back(post) == []
    rows = (await everything(post.storage))["deliveries"]
    assert {row["path"] for row in rows} == {"a", "c"} and all(row["fall_back_at"] is None for row in rows)
    assert (await state(post, number)).state is CampaignState.FINISHED


async def test_what_waits_for_hours_goes_another_way_and_is_taken_back(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"))
    number = await approved(post, fall_back_hours=6)
    await expand(post)
    post.channel.refuse = refusing(SendErrorKind.UNREACHABLE, times=1)
    await post.deliver()
    async with post.storage.write() as uow:
        await uow.connection.execute(update(addresses).where(addresses.c.path == "a").values(refusal="gone"))
        await uow.commit()
    assert await fell_back(post) == []
    post.clock.advance(seconds=6 * 3600 - 1)
    assert not await post.fallback.step() and (await state(post, number)).counts["pending"] == 1
    post.clock.advance(seconds=1)
    assert await fell_back(post) == ["b"]
    counts = (await state(post, number)).counts
    assert {name: n for name, n in counts.items() if n} == {"cancelled": 1, "sent": 1}


async def test_what_was_not_shown_goes_another_way_and_what_was_shown_does_not(post: Post) -> None:
    post.channel.capabilities = CONFIRMS
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", "H2"), ("d", "H2"))
    number = await approved(post)
    await expand(post)
    await post.deliver()
    async with post.storage.write() as uow:
        await uow.outbox.confirm(urn("a"), up_to=10**6)
        await uow.commit()
    await expand(post)
    assert (await state(post, number)).state is CampaignState.SENDING
    post.clock.advance(seconds=24 * 3600)
    assert await fell_back(post) == ["d"]
    async with post.storage.write() as uow:
        await uow.outbox.confirm(urn("d"), up_to=10**6)
        await uow.commit()
    await expand(post)
    done = await state(post, number)
    assert done.state is CampaignState.FINISHED
    assert {name: n for name, n in done.counts.items() if n} == {"cancelled": 1, "delivered": 2}


async def test_who_wants_nothing_or_was_not_meant_is_no_other_way(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", "H1"))
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).where(contacts.c.id == 2).values(status=ContactStatus.STOPPED))
        await uow.connection.execute(update(contacts).where(contacts.c.id == 3).values(household_status="near-poor"))
        await uow.commit()
    number = await approved(post, audience={"localities": ["dak-cam"], "household_status": ["poor"]})
    await expand(post)
    post.channel.refuse = refusing(GONE, times=1)
    await post.deliver()
    assert await fell_back(post) == []
    assert (await state(post, number)).state is CampaignState.FINISHED


async def test_what_is_too_late_or_not_wanted_goes_no_other_way(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"))
    late = await approved(post, not_after=(post.clock.now() + timedelta(hours=1)).isoformat())
    never = await approved(post, fall_back_hours=0, urgent=True)
    await expand(post)
    post.channel.refuse = refusing(GONE, times=2)
    await post.deliver()
    post.clock.advance(seconds=3600)
    await post.deliver()
    assert await fell_back(post) == []
    assert {(await state(post, one)).state for one in (late, never)} == {CampaignState.FINISHED}


async def test_a_stopped_campaign_goes_no_other_way(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"))
    number = await approved(post)
    await expand(post)
    post.channel.refuse = refusing(GONE, times=1)
    await post.deliver()
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.SENDING, CampaignState.STOPPED)
        await uow.campaigns.cancel(number, post.clock.now())
        await uow.commit()
    assert await fell_back(post) == []
