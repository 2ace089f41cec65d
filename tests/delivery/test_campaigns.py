"""From an approved campaign to everybody it is for: once each, at the right hour, and every message accounted for."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from core.campaigns import CampaignState
from core.delivery import DeliveryStatus, Outcome
from core.errors import SendErrorKind
from core.messages import Attachment, AttachmentKind, attachment_to_json
from db.models import deliveries
from scheduler import expansion as expanding
from tests.delivery.conftest import Post
from tests.delivery.sending import DAY, approved, enrol, expand, run, state
from tests.support.channels import refusing
from tests.support.clock import MORNING
from tests.support.rows import everything, make_person, new_delivery, queue, urn

pytestmark = pytest.mark.either

EVENING = MORNING.replace(hour=14)  # nine o'clock in the evening in Viet Nam


async def test_everybody_gets_it_once_and_it_ends(post: Post) -> None:
    await enrol(post.storage, *((str(n), "") for n in range(7)))
    number = await approved(post)
    assert len(await run(post)) == 7
    assert await run(post) == []
    done = await state(post, number)
    assert (done.state, dict(done.counts)) == (CampaignState.FINISHED, {"pending": 0, "sent": 7})


async def test_what_somebody_reads(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    await approved(post, "Mở lớp may.")
    assert await run(post) == ["Tin của Phường Đăk Cấm:\nMở lớp may.\nMuốn thôi nhận tin thì gõ: dừng nhận tin."]
    post.clock.advance(days=2)
    await approved(post, "Lớp đã đủ người.")
    assert await run(post) == ["Tin của Phường Đăk Cấm:\nLớp đã đủ người."]  # how to stop was told before
    body = (await everything(post.storage))["messages"][0]["body"]
    assert body["source"] == "Nguồn: Kế hoạch của phường. Mã tin: 1H" and body["quick_replies"] == [
        ["Dừng tin này", "notices-stop"]
    ]


async def test_one_household_one_message(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", "H2"), ("d", ""))
    number = await approved(post)
    assert len(await run(post)) == 3
    assert dict((await state(post, number)).left_out) == {"household": 1}


async def test_who_agreed_no_longer_or_stopped_is_left_out(post: Post) -> None:
    await enrol(post.storage, ("a", ""), until=MORNING)
    await enrol(post.storage, ("b", ""))
    await make_person(post.storage, "c")  # wrote once, and never asked for news; lives nowhere we know
    number = await approved(post)
    assert len(await run(post)) == 1
    assert dict((await state(post, number)).left_out) == {"no consent": 1}


async def test_who_was_joined_with_somebody_who_has_it_gets_no_second_one(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 1)
    await enrol(post.storage, ("a", ""), ("b", ""))
    number = await approved(post)
    assert await post.expansion.step() and await post.expansion.step()  # begun, and the first batch
    async with post.storage.write() as uow:
        await uow.connection.execute(update(deliveries).values(contact_id=2))  # as when the first became the second
        await uow.commit()
    assert len(await run(post)) == 1
    done = await state(post, number)
    assert done.state is CampaignState.FINISHED and dict(done.counts) == {"pending": 0, "sent": 1}


async def test_a_paper_goes_along(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    paper = Attachment(
        kind=AttachmentKind.FILE, name="to-roi.pdf", media_type="application/pdf", size=9, sha256="a" * 64
    )
    one = await approved(post, attachments=[attachment_to_json(paper)])
    assert (await state(post, one)).notice.attachments == (paper,)
    await expand(post)
    async with post.storage.read() as uow:
        assert await uow.upkeep.known_files(["a" * 64]) == {"a" * 64}
        await post.relay.step()
        await post.relay.drain()
    assert [message.attachments for message in post.channel.messages] == [(paper,)]


async def test_nothing_goes_before_the_hold_back_is_over(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    await approved(post, hold_back_seconds=120)
    assert await run(post) == []
    post.clock.advance(seconds=120)
    assert len(await run(post)) == 1


async def test_what_was_changed_after_its_approval_goes_nowhere(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post)
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.APPROVED, CampaignState.APPROVED, approved_hash="0" * 64)
        await uow.commit()
    assert await run(post) == []
    assert (await state(post, number)).state is CampaignState.DRAFT
    assert [(where, str(error).partition(",")[0]) for where, error in post.faults] == [
        ("expansion", f"campaign {number}: was changed after its approval")
    ]
    (entry,) = (await everything(post.storage))["audit_log"]
    assert (entry["actor"], entry["action"], entry["subject"]) == ("scheduler", "campaign.voided", f"campaign:{number}")


async def test_in_quiet_hours_only_what_is_urgent_goes(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    post.clock.advance(seconds=(EVENING - MORNING).total_seconds())
    await approved(post, "Lớp may.")
    await approved(post, "Bão.", urgent=True)
    assert [text.split("\n")[1] for text in await run(post)] == ["Bão."]
    await queue(post.storage, new_delivery("reply", "a", text="trả lời"))
    assert await post.deliver() == ["trả lời"]
    post.clock.advance(days=2)
    post.clock.advance(seconds=(MORNING - EVENING).total_seconds())
    assert [text.split("\n")[1] for text in await run(post)] == ["Lớp may."]


async def test_one_notice_a_day_and_two_a_week(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    for n in range(4):  # each asks for an answer, so that none goes along with another
        await approved(post, f"Tin {n}.", replies=[{"words": ["CÓ"], "answer": {"vi": "Đã ghi."}}])
    got: list[tuple[int, str]] = []
    for hours in range(0, 24 * 16, 6):
        got += [(hours, text.split("\n")[1]) for text in await run(post)]
        post.clock.advance(seconds=6 * 3600)
    assert [text for _, text in got] == ["Tin 0.", "Tin 1.", "Tin 2.", "Tin 3."]
    assert [hour // 24 for hour, _ in got] == [0, 1, 7, 8]


async def test_a_paused_campaign_holds_up_no_other(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    first = await approved(post, "Một.")
    await expand(post)
    async with post.storage.write() as uow:
        await uow.campaigns.step(first, CampaignState.SENDING, CampaignState.PAUSED)
        await uow.commit()
    await approved(post, "Hai.")
    assert [text.split("\n")[1] for text in await run(post)] == ["Hai."]


async def test_replies_overtake_notices(post: Post) -> None:
    await enrol(post.storage, ("a", ""), ("b", ""))
    await approved(post)
    await expand(post)
    await queue(post.storage, new_delivery("reply", "b", text="trả lời"))
    assert (await post.deliver())[0] == "trả lời"


async def test_paused_resumed_stopped(post: Post) -> None:
    await enrol(post.storage, *((str(n), "") for n in range(4)))
    number = await approved(post)
    await expand(post)
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.SENDING, CampaignState.PAUSED)
        await uow.commit()
    assert await post.deliver() == []
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.PAUSED, CampaignState.APPROVED)
        await uow.commit()
    post.channel.refuse = refusing(SendErrorKind.UNREACHABLE, times=99)
    await run(post)
    async with post.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.SENDING, CampaignState.STOPPED)
        assert await uow.campaigns.cancel(number, post.clock.now()) == 4
        await uow.commit()
    post.clock.advance(days=1)
    post.channel.refuse = lambda _: None
    assert await run(post) == []
    assert dict((await state(post, number)).counts) == {"pending": 0, "cancelled": 4}


@pytest.mark.parametrize(("on_doubt", "times"), [("resend", 2), ("hold", 1)])
async def test_a_doubt_is_counted_and_sent_once_more_or_held(post: Post, on_doubt: str, times: int) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post, on_doubt=on_doubt)
    post.channel.refuse = refusing(SendErrorKind.IN_DOUBT, times=9)
    await run(post)
    post.clock.advance(seconds=60)
    await run(post)
    post.clock.advance(seconds=60)
    await run(post)
    assert len(post.channel.tried) == times
    assert (await state(post, number)).state is CampaignState.FINISHED  # what is left is an officer's
    assert (await state(post, number)).state is CampaignState.FINISHED  # what is left is an officer's
    assert dict((await state(post, number)).counts) == {"pending": 0, "in_doubt": 1}


async def test_a_correction_goes_to_exactly_those_who_were_reached(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", ""), ("d", ""))
    first = await approved(post, "Lớp mở ngày 5.")
    post.channel.refuse = refusing(SendErrorKind.REJECTED, times=1)
    assert len(await run(post)) == 2
    await enrol(post.storage, ("e", ""))
    wrong = await state(post, first)
    reached = {row["path"] for row in (await everything(post.storage))["deliveries"] if row["status"] == "sent"}
    number = await approved(post, "Xin đính chính: ngày 6.", audience={"reached": [str(first)]}, urgent=True)
    assert await run(post) == []  # a chat rests a second between two
    post.clock.advance(seconds=1)
    assert len(await run(post)) == 2 == wrong.counts["sent"]
    rows = (await everything(post.storage))["deliveries"]
    assert {row["path"] for row in rows if row["campaign_id"] == number} == reached


async def test_who_wants_none_any_more_gets_none_that_waits(post: Post) -> None:
    await enrol(post.storage, ("a", ""), ("b", ""))
    number = await approved(post)
    await expand(post)
    person = await make_person(post.storage, "a")
    async with post.storage.write() as uow:
        assert await uow.campaigns.cancel_for(person.contact.id, post.clock.now()) == 1
        await uow.commit()
    assert len(await run(post)) == 1
    assert dict((await state(post, number)).counts) == {"pending": 0, "sent": 1, "cancelled": 1}


async def test_what_comes_back_to_a_stopped_campaign_is_taken_back(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post)
    await expand(post)
    async with post.storage.write() as uow:
        now = post.clock.now()
        (leased,) = await uow.outbox.lease([post.channel.account], worker="one", now=now, until=now + DAY, limit=9)
        await uow.campaigns.step(number, CampaignState.SENDING, CampaignState.STOPPED)
        assert await uow.campaigns.cancel(number, now) == 0
        back = Outcome(delivery_id=leased.id, status=DeliveryStatus.RETRY, available_at=now)
        await uow.outbox.record([back], worker="one", now=now)
        await uow.commit()
    await expand(post)
    assert dict((await state(post, number)).counts) == {"pending": 0, "cancelled": 1}


async def test_an_urgent_one_under_way_counts_for_the_cap(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    await approved(post, "Thường.")
    await expand(post)
    await approved(post, "Gấp.", urgent=True)
    assert [text.split("\n")[1] for text in await run(post)] == ["Gấp."]
    post.clock.advance(days=1)
    assert [text.split("\n")[1] for text in await run(post)] == ["Thường."]


async def test_who_looks_a_day_late_gets_the_next_one_when_it_is_due(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    await approved(post, "Một.")
    assert len(await run(post)) == 1
    await approved(post, "Hai.")
    post.clock.advance(days=1)
    async with post.storage.write() as uow:
        await uow.outbox.confirm(urn("a"), up_to=10**6)
        await uow.commit()
    assert [text.split("\n")[1] for text in await run(post)] == ["Hai."]


async def test_one_that_cannot_go_on_holds_up_no_other(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    await enrol(post.storage, ("a", ""))
    await approved(post, "Hỏng.")
    await approved(post, "Lành.")
    whole = expanding.rendered

    def broken(content: Any, one: Any, to: Any, now: Any) -> Any:
        if one.notice.said("vi") == "Hỏng.":
            raise ValueError("a fault of ours")
        return whole(content, one, to, now)

    monkeypatch.setattr(expanding, "rendered", broken)
    assert [text.split("\n")[1] for text in await run(post)] == ["Lành."]
    assert {where for where, _ in post.faults} == {"expansion"}


async def test_too_late_is_not_sent(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post, not_after=(MORNING + timedelta(hours=1)).isoformat())
    await expand(post)
    post.clock.advance(seconds=3601)
    assert await post.deliver() == []
    assert dict((await state(post, number)).counts) == {"pending": 0, "skipped": 1}


async def test_too_late_is_over_also_for_who_has_enough_notices(post: Post) -> None:
    """It does not wait for room until the next day, only to be skipped then."""
    await enrol(post.storage, ("a", ""))
    await approved(post, "Hôm nay.")
    late = await approved(post, "Chỉ sáng nay.", not_after=(MORNING + timedelta(hours=1)).isoformat())
    await expand(post)
    post.clock.advance(seconds=3601)
    assert [text.split("\n")[1] for text in await run(post)] == ["Hôm nay."]
    post.clock.advance(seconds=1)  # a chat rests between two
    assert await run(post) == []
    done = await state(post, late)
    assert dict(done.counts) == {"pending": 0, "skipped": 1} and done.state is CampaignState.FINISHED


async def test_a_batch_that_is_repeated_changes_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a kill between two batches, and with two processes at the same batch."""
    monkeypatch.setattr(expanding, "BATCH", 2)
    await enrol(post.storage, *((str(n), "") for n in range(5)))
    number = await approved(post)
    await post.expansion.step()
    before = await state(post, number)
    assert await post.expansion._further(before)
    assert not await post.expansion._further(before)  # the other process, from where both had begun
    assert len(await run(post)) == 5
    done = await state(post, number)
    assert dict(done.counts) == {"pending": 0, "sent": 5} and done.state is CampaignState.FINISHED


async def test_what_a_dead_process_was_sending_is_in_doubt_and_goes_once_more(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post)
    await expand(post)
    async with post.storage.write() as uow:
        now = post.clock.now()
        leased = await uow.outbox.lease([post.channel.account], worker="dead", now=now, until=now, limit=9)
        assert len(leased) == 1
        await uow.commit()
    post.clock.advance(seconds=1)
    await post.rescue.sweep()
    assert dict((await state(post, number)).counts) == {"pending": 0, "in_doubt": 1}
    assert len(await run(post)) == 1
    assert dict((await state(post, number)).counts) == {"pending": 0, "in_doubt": 0, "sent": 1}


async def test_who_is_erased_meanwhile_gets_nothing_and_holds_up_no_end(post: Post) -> None:
    await enrol(post.storage, ("a", ""), ("b", ""))
    number = await approved(post)
    await expand(post)
    person = await make_person(post.storage, "a")
    async with post.storage.write() as uow:
        await uow.people.erase(person.contact.id, [b"x" * 32], post.clock.now())
        await uow.commit()
    assert len(await run(post)) == 1
    done = await state(post, number)
    assert (done.state, dict(done.counts)) == (CampaignState.FINISHED, {"pending": 0, "sent": 1, "erased": 1})


async def test_the_ledger_has_everybody_with_what_became_of_it(post: Post) -> None:
    await enrol(post.storage, ("a", "H1"), ("b", "H1"), ("c", ""))
    number = await approved(post)
    post.channel.refuse = refusing(SendErrorKind.REJECTED)
    await run(post)
    async with post.storage.read() as uow:
        rows = [row async for row in uow.campaigns.ledger(number)]
    assert sorted((row.state, row.reason.split(":")[0]) for row in rows) == [
        ("failed", "rejected"),
        ("left out", "household"),
        ("sent", ""),
    ]
