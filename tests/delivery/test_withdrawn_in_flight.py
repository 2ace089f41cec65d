"""A notice is in flight when its person wants none any more, and then it does not simply arrive."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.contacts import Purpose
from core.errors import SendErrorKind
from db.unit_of_work import SqlStorage
from tests.delivery.conftest import Post, make_post
from tests.delivery.sending import approved, enrol, expand, run, state
from tests.support.channels import FakeChannel, refusing
from tests.support.clock import FixedClock
from tests.support.rows import make_account, make_person, new_delivery, queue


@pytest.fixture
async def patient(storage: SqlStorage, clock: FixedClock, channel: FakeChannel) -> AsyncIterator[Post]:
    """A post office that waits for an answer as long as the product does."""
    await make_account(storage)
    made = make_post(storage, clock, channel)
    writing = asyncio.create_task(made.completion.run())
    yield made
    writing.cancel()


async def withdraw(post: Post) -> None:
    """As `dừng nhận tin` does, while nothing waits."""
    person = await make_person(post.storage, "a")
    async with post.storage.write() as uow:
        await uow.people.withdraw(person.contact.id, Purpose.NOTICES)
        assert await uow.campaigns.cancel_for(person.contact.id, post.clock.now()) == 0
        await uow.commit()


@pytest.mark.parametrize(
    ("came", "became"),
    [
        (SendErrorKind.THROTTLED, "cancelled"),
        (SendErrorKind.UNREACHABLE, "cancelled"),
        (SendErrorKind.IN_DOUBT, "in_doubt"),
    ],
)
async def test_what_comes_back_is_not_sent_again(patient: Post, came: SendErrorKind, became: str) -> None:
    await enrol(patient.storage, ("a", ""))
    number = await approved(patient)
    await expand(patient)
    patient.channel.gate, patient.channel.refuse = asyncio.Event(), refusing(came)
    assert await patient.relay.step() == 1
    await withdraw(patient)
    patient.channel.gate.set()
    await patient.relay.drain()
    patient.clock.advance(days=1)
    assert await run(patient) == []
    assert dict((await state(patient, number)).counts) == {"pending": 0, became: 1}


async def test_what_a_dead_process_was_sending_is_not_sent_again(post: Post) -> None:
    await enrol(post.storage, ("a", ""))
    number = await approved(post)
    await expand(post)
    async with post.storage.write() as uow:
        now = post.clock.now()
        assert await uow.outbox.lease([post.channel.account], worker="dead", now=now, until=now, limit=9)
        await uow.commit()
    await withdraw(post)
    post.clock.advance(seconds=1)
    assert await post.rescue.sweep() == 1
    assert await run(post) == []
    assert dict((await state(post, number)).counts) == {"pending": 0, "in_doubt": 1}


async def test_a_reply_that_comes_back_is_sent_again_whoever_wants_no_notices(post: Post) -> None:
    person = await make_person(post.storage, "a")
    await queue(post.storage, new_delivery("reply", path="a", contact=person.contact.id))
    post.channel.refuse = refusing(SendErrorKind.UNREACHABLE)
    assert await post.deliver() == []
    post.clock.advance(seconds=60)
    assert len(await post.deliver()) == 1
