"""Messages in doubt, settled by an officer: the counts and the log move with each, and nothing goes twice unasked."""

import pytest

from core.campaigns import CampaignState, Settlement
from core.contacts import ContactStatus
from core.errors import ChungTayError, SendErrorKind
from db.models import contacts
from handlers import doubts as settling
from handlers.doubts import Settled, settle
from tests.delivery.conftest import Post
from tests.delivery.sending import DAY, approved, enrol, expand, run, state
from tests.support.channels import refusing
from tests.support.rows import everything, make_person


async def doubtful(post: Post, *paths: str, on_doubt: str = "hold") -> int:
    """A finished campaign of which every message is in doubt."""
    await enrol(post.storage, *((one, "") for one in paths))
    number = await approved(post, on_doubt=on_doubt)
    post.channel.refuse = refusing(SendErrorKind.IN_DOUBT, times=99)
    await run(post)
    post.clock.advance(seconds=60)
    await run(post)
    await expand(post)
    post.channel.refuse = lambda _: None
    assert (await state(post, number)).state is CampaignState.FINISHED
    assert dict((await state(post, number)).counts) == {"pending": 0, "in_doubt": len(paths)}
    return number


async def say(post: Post, number: int, what: Settlement, contact: int | None = 1) -> Settled:
    one = await state(post, number)
    return await settle(post.storage, one, what, contact=contact, officer="operator", now=post.clock.now())


async def log(post: Post) -> list[tuple[str, str, object]]:
    rows = (await everything(post.storage))["audit_log"]
    return [(row["action"], row["subject"], row["detail"]) for row in rows]


@pytest.mark.parametrize(
    ("what", "became", "reason"),
    [
        (Settlement.ARRIVED, "sent", "an officer says it arrived"),
        (Settlement.NOT_ARRIVED, "failed", "an officer says it did not arrive"),
    ],
)
async def test_what_an_officer_knows_is_written_down(post: Post, what: Settlement, became: str, reason: str) -> None:
    number = await doubtful(post, "a", "b")
    assert (await say(post, number, what)).done == 1
    after = await state(post, number)
    assert (after.state, dict(after.counts)) == (CampaignState.FINISHED, {"pending": 0, "in_doubt": 1, became: 1})
    row = (await everything(post.storage))["deliveries"][0]
    assert (row["status"], row["last_error"]) == (became, reason)
    detail = {"contact": 1, "delivery": row["id"], "as": what.value}
    assert await log(post) == [("campaign.settled", f"campaign:{number}", detail)]
    assert await run(post) == []


@pytest.mark.parametrize("on_doubt", ["hold", "resend"])
async def test_once_more_and_no_oftener(post: Post, on_doubt: str) -> None:
    number = await doubtful(post, "a", on_doubt=on_doubt)
    tried = len(post.channel.tried)
    await say(post, number, Settlement.AGAIN)
    after = await state(post, number)
    assert (after.state, after.finished_at, dict(after.counts)) == (
        CampaignState.SENDING,
        None,
        {"pending": 1, "in_doubt": 0},
    )
    post.channel.refuse = refusing(SendErrorKind.IN_DOUBT, times=99)
    for _ in range(3):
        await run(post)
        post.clock.advance(seconds=60)
    await expand(post)
    assert len(post.channel.tried) == tried + 1
    after = await state(post, number)
    assert (after.state, dict(after.counts)) == (CampaignState.FINISHED, {"pending": 0, "in_doubt": 1})


async def test_again_arrives_and_the_campaign_ends_again(post: Post) -> None:
    number = await doubtful(post, "a")
    await say(post, number, Settlement.AGAIN)
    post.clock.advance(days=1)  # the doubt counts as a notice of that day
    assert len(await run(post)) == 1
    await expand(post)
    after = await state(post, number)
    assert (after.state, dict(after.counts)) == (CampaignState.FINISHED, {"pending": 0, "in_doubt": 0, "sent": 1})


async def test_nobody_ends_a_campaign_while_something_goes_again(post: Post) -> None:
    number = await doubtful(post, "a")
    await say(post, number, Settlement.AGAIN)
    async with post.storage.write() as uow:
        assert await uow.campaigns.finish([number], post.clock.now()) == 0


async def test_what_is_settled_is_settled(post: Post) -> None:
    number = await doubtful(post, "a")
    await say(post, number, Settlement.NOT_ARRIVED)
    for what in Settlement:
        with pytest.raises(ChungTayError, match="contact 1 of campaign 1: is not in doubt"):
            await say(post, number, what)
    assert dict((await state(post, number)).counts) == {"pending": 0, "in_doubt": 0, "failed": 1}
    assert len(await log(post)) == 1


async def test_what_is_being_sent_once_more_is_in_doubt_no_longer(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post)
    await expand(post)
    now = post.clock.now()
    async with post.storage.write() as uow:
        await uow.outbox.lease([post.channel.account], worker="dead", now=now, until=now, limit=9)
        await uow.outbox.rescue(now=now + DAY)
        taken = await uow.outbox.lease([post.channel.account], worker="two", now=now, until=now + DAY, limit=9)
        await uow.commit()
    assert len(taken) == 1
    with pytest.raises(ChungTayError, match="is not in doubt"):
        await say(post, number, Settlement.ARRIVED)
    assert dict((await state(post, number)).counts) == {"pending": 1, "in_doubt": 0}


async def test_of_a_stopped_campaign_nothing_goes_again(post: Post) -> None:
    number = await doubtful(post, "a", "b")
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.FINISHED, CampaignState.STOPPED)
        await uow.commit()
    with pytest.raises(ChungTayError, match="is stopped: nothing of it is sent any more"):
        await say(post, number, Settlement.AGAIN)
    assert (await say(post, number, Settlement.ARRIVED)).done == 1
    assert (await state(post, number)).state is CampaignState.STOPPED


async def test_a_paused_one_goes_again_when_it_is_resumed(post: Post) -> None:
    number = await doubtful(post, "a")
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.FINISHED, CampaignState.PAUSED)
        await uow.commit()
    await say(post, number, Settlement.AGAIN)
    post.clock.advance(days=1)
    assert (await state(post, number)).state is CampaignState.PAUSED and await run(post) == []


async def test_all_at_once_in_groups_but_for_those_who_want_none(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "GROUP", 2)
    number = await doubtful(post, *"abcde")
    person = await make_person(post.storage, "c")
    async with post.storage.write() as uow:
        here = contacts.c.id == person.contact.id
        await uow.connection.execute(contacts.update().where(here).values(status=ContactStatus.STOPPED))
        await uow.commit()
    done = await say(post, number, Settlement.AGAIN, contact=None)
    assert done.done == 4 and [(one.contact_id, one.barred) for one in done.barred] == [
        (person.contact.id, "wants no notices any more")
    ]
    assert len(await log(post)) == 4
    with pytest.raises(ChungTayError, match="cannot be sent again: wants no notices any more"):
        await say(post, number, Settlement.AGAIN, contact=person.contact.id)
    post.clock.advance(days=1)
    assert len(await run(post)) == 4


async def test_whose_words_are_gone_is_settled_but_not_sent_again(post: Post) -> None:
    number = await doubtful(post, "a")
    now = post.clock.now() + 31 * DAY
    async with post.storage.write() as uow:
        await uow.upkeep.drop_old(
            messages_before=now - 30 * DAY, questions_before=now - 365 * DAY, ledger_before=now - 730 * DAY, now=now
        )
        await uow.commit()
    with pytest.raises(ChungTayError, match="cannot be sent again: its words are not kept any more"):
        await say(post, number, Settlement.AGAIN)
    assert (await say(post, number, Settlement.ARRIVED)).done == 1


async def test_a_correction_goes_to_whom_it_arrived(post: Post) -> None:
    first = await doubtful(post, "a", "b")
    await say(post, first, Settlement.NOT_ARRIVED, contact=1)
    await say(post, first, Settlement.ARRIVED, contact=2)
    await approved(post, "Xin đính chính.", audience={"reached": [str(first)]}, urgent=True)
    await run(post)
    rows = (await everything(post.storage))["deliveries"]
    assert [row["contact_id"] for row in rows if row["campaign_id"] != first] == [2]
