"""Leasing, sending, handing on what became of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from core.contacts import URN, Refusal
from core.delivery import DeliveryStatus, Outcome, Priority
from core.errors import SendError, SendErrorKind
from core.ports import Capabilities
from scheduler.completion import Completion
from scheduler.relay import ACCOUNT_PAUSE
from tests.delivery.conftest import Post, make_post
from tests.support.channels import FakeChannel, Refused, refusing
from tests.support.clock import MORNING
from tests.support.rows import everything, lease, make_account, make_person, new_delivery, queue, urn


async def test_what_is_due_is_sent_and_recorded(post: Post) -> None:
    await queue(post.storage, new_delivery("1", text="một"), new_delivery("2", "other", text="hai"))
    assert sorted(await post.deliver()) == ["hai", "một"]
    row = await post.row("1")
    assert (row.status, row.external_id, row.attempt) == ("sent", f"provider-{row.message_id}", 1)
    assert await post.deliver() == [] and post.faults == []


async def test_one_persons_messages_arrive_in_order(post: Post) -> None:
    await queue(post.storage, *(new_delivery(str(n), text=str(n)) for n in range(10)))
    assert await post.deliver() == [str(n) for n in range(10)]


async def test_order_is_kept_when_the_first_is_refused_for_a_while(post: Post) -> None:
    post.channel.refuse = refusing(SendErrorKind.UNREACHABLE)
    await queue(post.storage, new_delivery("1", text="một"), new_delivery("2", text="hai"))
    assert await post.deliver() == []
    row = await post.row("1")
    assert row.status == "retry" and MORNING < row.available_at < MORNING + timedelta(seconds=4)
    post.clock.advance(seconds=4)
    assert await post.deliver() == ["một", "hai"]
    assert (await post.row("1")).attempt == 2


async def test_a_channel_that_says_wait_gets_nothing_until_then(post: Post) -> None:
    """One refusal pauses the account: no other person's message runs into it."""
    post.channel.refuse = refusing(SendErrorKind.THROTTLED, retry_after=30)
    await queue(post.storage, new_delivery("1", "a", text="a"))
    assert await post.deliver() == []
    await queue(post.storage, new_delivery("2", "b", text="b"))
    assert await post.deliver() == []
    post.clock.advance(seconds=29)
    assert await post.deliver() == [] and post.channel.tried == ["a"]
    post.clock.advance(seconds=2)
    assert sorted(await post.deliver()) == ["a", "b"]


async def test_a_paused_account_holds_up_no_other(post: Post) -> None:
    zalo = FakeChannel(account="zalo.main")
    post.relay._channels = {**post.relay._channels, "zalo.main": zalo}
    async with post.storage.write() as uow:
        await uow.upkeep.ensure_account("zalo.main", MORNING)
        await uow.commit()
    post.channel.refuse = refusing(SendErrorKind.MISCONFIGURED, times=99)
    await queue(post.storage, new_delivery("1", text="web"))
    await post.deliver()

    elsewhere = replace(new_delivery("2", text="zalo"), urn=URN(account="zalo.main", path="p"))
    await queue(post.storage, elsewhere, new_delivery("3", "c", text="web"))
    await post.deliver()
    assert zalo.taken == ["zalo"] and post.channel.tried == ["web"]


@pytest.mark.parametrize("kind_of_refusal", [SendErrorKind.REJECTED, SendErrorKind.CONTACT_STOPPED])
async def test_what_will_never_be_taken_is_given_up_and_the_next_goes(
    post: Post, kind_of_refusal: SendErrorKind
) -> None:
    contact = (await make_person(post.storage)).contact.id
    post.channel.refuse = refusing(kind_of_refusal)
    await queue(
        post.storage, new_delivery("1", text="một", contact=contact), new_delivery("2", text="hai", contact=contact)
    )
    assert await post.deliver() == ["hai"]
    row = await post.row("1")
    assert (row.status, row.last_error) == ("failed", str(kind_of_refusal))


async def test_an_address_that_refuses_us_is_marked_with_the_reason_until_somebody_writes_from_there(
    post: Post,
) -> None:
    contact = (await make_person(post.storage)).contact.id
    post.channel.refuse = refusing(SendError(SendErrorKind.CONTACT_STOPPED, refusal=Refusal.BLOCKED))
    await queue(post.storage, new_delivery("1", contact=contact))
    await post.deliver()
    assert await refusals(post) == [Refusal.BLOCKED]
    await make_person(post.storage)  # loads the person, as a message of theirs does
    assert await refusals(post) == [None]


async def test_a_refusal_that_the_person_has_ended_meanwhile_is_none(post: Post) -> None:
    """They let us in while the server's "blocked" was on its way: what they missed comes all the same."""
    contact = (await make_person(post.storage)).contact.id
    post.channel.refuse = refusing(SendError(SendErrorKind.CONTACT_STOPPED, refusal=Refusal.BLOCKED))
    post.channel.gate = asyncio.Event()
    await queue(post.storage, new_delivery("1", contact=contact, text="một"))
    delivering = asyncio.create_task(post.deliver())
    async with asyncio.timeout(5):
        while not post.channel.tried:  # noqa: ASYNC110
            await asyncio.sleep(0)
    async with post.storage.write() as uow:
        await uow.people.refuse(urn(), None, post.clock.now())
        assert await uow.outbox.try_again(urn(), since=MORNING, now=post.clock.now()) == 0, "it has not failed yet"
        await uow.commit()
    post.channel.gate.set()
    assert await delivering == ["một"]
    assert await refusals(post) == [None] and (await post.row("1")).status == "sent"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_nor_one_that_is_being_ended_in_another_transaction(post: Post) -> None:
    contact = (await make_person(post.storage)).contact.id
    await queue(post.storage, new_delivery("1", contact=contact, text="một"))
    began, later = post.clock.now(), post.clock.now() + timedelta(seconds=1)
    (leased,) = await lease(post.storage)
    refused = Outcome(
        delivery_id=leased.id, status=DeliveryStatus.FAILED, error="blocked", refusal=Refusal.BLOCKED, began=began
    )
    completion = Completion(storage=post.storage, clock=post.clock, worker="one", on_fault=lambda *_: None)
    async with post.storage.write() as uow:
        await uow.people.refuse(urn(), None, later)
        assert await uow.outbox.try_again(urn(), since=MORNING, now=later) == 0
        recording = asyncio.create_task(completion._record([refused]))
        await asyncio.wait([recording], timeout=0.1)
        assert not recording.done(), "it waits for this transaction"
        await uow.commit()
    await recording
    assert await refusals(post) == [None] and (await post.row("1")).status == "queued"


async def refusals(post: Post) -> list[str | None]:
    return [row["refusal"] for row in (await everything(post.storage))["addresses"]]


@pytest.mark.parametrize("kind_of_refusal", [SendErrorKind.THROTTLED, SendErrorKind.MISCONFIGURED])
async def test_what_is_no_fault_of_the_message_is_no_attempt(post: Post, kind_of_refusal: SendErrorKind) -> None:
    post.channel.refuse = refusing(kind_of_refusal, times=99)
    await queue(post.storage, new_delivery("1", text="một"))
    for _ in range(50):
        await post.deliver()
        post.clock.advance(seconds=60)
    assert (await post.row("1")).status == "queued" and len(post.channel.tried) == 50
    post.channel.refuse = lambda _: None
    assert await post.deliver() == ["một"] and (await post.row("1")).attempt == 1


async def test_a_pause_holds_for_the_next_process_too(post: Post) -> None:
    post.channel.refuse = refusing(SendErrorKind.THROTTLED, retry_after=30)
    await queue(post.storage, new_delivery("1", "a", text="a"))
    await post.deliver()
    await queue(post.storage, new_delivery("2", "b", text="b"))
    post.relay._paused.clear()  # what a new process knows
    assert await post.deliver() == []
    post.clock.advance(seconds=31)
    assert sorted(await post.deliver()) == ["a", "b"]


async def test_an_address_that_has_moved_gets_it_at_the_new_one(post: Post) -> None:
    contact = (await make_person(post.storage, "-5")).contact.id
    post.channel.refuse = refusing(SendError(SendErrorKind.MOVED, moved_to="-1005"))
    await queue(post.storage, new_delivery("1", "-5", text="một", contact=contact), new_delivery("2", "-5", text="hai"))
    assert await post.deliver() == ["một", "hai"] and post.channel.told[1:] == ["-1005", "-1005"]
    assert [row["path"] for row in (await everything(post.storage))["addresses"]] == ["-1005"]


async def test_of_a_message_in_pieces_none_is_sent_twice(post: Post) -> None:
    post.channel.text_length = 4
    post.channel.refuse = refusing(SendErrorKind.THROTTLED, text="ghi ", retry_after=5)
    await queue(post.storage, new_delivery("1", text="abc def ghi "))
    assert await post.deliver() == ["abc ", "def "]
    post.clock.advance(seconds=6)
    assert await post.deliver() == ["ghi "]
    assert (await post.row("1")).status == "sent"


async def test_no_answer_in_time_is_a_doubt_and_goes_once_more_only(post: Post) -> None:
    post.channel.gate = asyncio.Event()  # never opens
    await queue(post.storage, new_delivery("1", text="một"))
    assert await post.deliver() == [] and post.channel.tried == ["một", "một"]
    row = await post.row("1")
    assert (row.status, row.doubts, row.last_error) == ("in_doubt", 2, "in_doubt: no answer in time")


@pytest.mark.parametrize("fault", [RuntimeError("ours"), SendError(SendErrorKind.IN_DOUBT)])
async def test_a_fault_that_may_have_struck_after_the_request_left_is_a_doubt(post: Post, fault: Exception) -> None:
    faults: list[Refused] = [fault]
    post.channel.refuse = lambda _: faults.pop() if faults else None
    await queue(post.storage, new_delivery("1", text="một"))
    assert await post.deliver() == ["một"]
    row = await post.row("1")
    assert (row.status, row.doubts, row.attempt) == ("sent", 1, 2)
    assert [where for where, _ in post.faults] == (["send"] if isinstance(fault, RuntimeError) else [])


async def test_what_came_too_late_is_skipped(post: Post) -> None:
    soon = MORNING + timedelta(minutes=5)
    await queue(post.storage, new_delivery("1", text="một", expires_at=soon), new_delivery("2", text="hai"))
    post.clock.advance(seconds=300)
    assert await post.deliver() == ["hai"]
    row = await post.row("1")
    assert (row.status, row.last_error) == ("skipped", "too late to send")


async def test_what_may_have_arrived_is_not_told_as_skipped(post: Post) -> None:
    """It was in doubt when its last moment passed: nobody gets it too late, and nobody is told that it never went."""
    await queue(post.storage, new_delivery("1", text="một", expires_at=MORNING + timedelta(minutes=5)))
    await lease(post.storage, "dead", seconds=60)
    post.clock.advance(seconds=300)
    assert await post.rescue.sweep() == 1
    assert await post.deliver() == [] and post.channel.tried == []
    row = await post.row("1")
    assert (row.status, row.last_error) == ("in_doubt", "too late to send")
    assert await post.relay.step() == 0


async def test_what_is_on_its_way_here_is_no_dead_process(post: Post) -> None:
    """The clock jumps, or its record waits for the database: it is neither in doubt nor sent twice."""
    post.channel.gate = asyncio.Event()
    await queue(post.storage, new_delivery("1", text="một"))
    await post.relay.step()
    await asyncio.sleep(0)
    post.clock.advance(seconds=3600)
    post.rescue._sending = post.relay.in_flight
    assert await post.rescue.sweep() == 0
    post.channel.gate.set()
    await post.relay.drain()
    row = await post.row("1")
    assert (row.status, row.doubts, post.relay.in_flight()) == ("sent", 0, [])


@pytest.mark.parametrize("running", [True, False], ids=["while it runs", "before it started"])
async def test_a_clock_that_was_set_back_holds_up_nothing(post: Post, running: bool) -> None:
    """What was due at once goes at once; what waits for a reason of its own waits for as long as it was meant to."""
    await queue(post.storage, new_delivery("0", "c", text="không"))
    post.channel.refuse = refusing(SendErrorKind.UNREACHABLE, text="không")
    await post.deliver()
    wait = (await post.row("0")).available_at - post.clock.now()
    if running:
        await post.timekeeping.step()
    await queue(post.storage, new_delivery("1", "a", text="một"))
    post.clock.advance(days=-1)
    await post.timekeeping.step()
    assert await post.deliver() == ["một"]
    assert (await post.row("0")).available_at - post.clock.now() == wait
    post.clock.advance(seconds=3)
    assert await post.deliver() == ["không"]


async def test_a_clock_that_runs_ahead_and_is_set_back_at_once_holds_up_nothing(post: Post) -> None:
    """Between two looks at it: what was to wait for half a minute waits for that, not for the hour besides."""
    await post.timekeeping.step()
    post.clock.advance(seconds=3600)
    post.channel.refuse = refusing(SendErrorKind.THROTTLED, retry_after=30)
    await queue(post.storage, new_delivery("1"))
    await post.deliver()
    post.clock.advance(days=-1, seconds=-3600)
    await post.timekeeping.step()
    assert await post.deliver() == []
    post.clock.advance(seconds=31)
    assert await post.deliver() == ["chào bà con"]


async def test_an_account_that_keeps_silent_does_so_no_longer_than_it_was_asked_to(post: Post) -> None:
    post.channel.refuse = refusing(SendErrorKind.THROTTLED, retry_after=30)
    await queue(post.storage, new_delivery("1"))
    await post.deliver()
    await post.timekeeping.step()
    post.clock.advance(days=-1)
    await post.timekeeping.step()
    assert await post.deliver() == []
    post.clock.advance(seconds=31)
    assert await post.deliver() == ["chào bà con"]


async def test_one_moment_of_trouble_is_one_however_many_were_on_their_way(post: Post) -> None:
    """A dozen fail at once: the account is left alone for the first pause, not for the longest."""
    post.channel.refuse = refusing(SendErrorKind.UNREACHABLE, times=12)
    await queue(post.storage, *(new_delivery(str(n), str(n), text=str(n)) for n in range(12)))
    assert await post.deliver() == []
    post.clock.advance(seconds=ACCOUNT_PAUSE + 1)
    assert len(await post.deliver()) == 12


async def test_a_farewell_is_gone_once_it_was_taken(post: Post) -> None:
    await queue(post.storage, new_delivery("1", text="chào", forget=True))
    assert await post.deliver() == ["chào"]
    assert (await everything(post.storage))["messages"] == []


async def test_a_farewell_stays_where_a_page_has_yet_to_show_it(post: Post) -> None:
    post.channel.capabilities = Capabilities(text_length=9, buttons=1, button_length=9, confirms_delivery=True)
    await queue(post.storage, new_delivery("1", forget=True))
    await post.deliver()
    assert (await post.row("1")).status == "sent"


async def test_replies_go_first_and_only_so_many_at_once(storage: object, post: Post) -> None:
    few = make_post(post.storage, post.clock, post.channel, in_flight=2)
    few.relay._completion = post.completion
    post.channel.gate = asyncio.Event()
    await queue(
        post.storage,
        *(new_delivery(f"n{n}", f"n{n}", text="notice", priority=Priority.NOTICE) for n in range(3)),
        new_delivery("r", "r", text="reply"),
    )
    assert await few.relay.step() == 2
    waiting = asyncio.create_task(few.relay.step())  # no room: it waits until one is through
    for _ in range(20):
        await asyncio.sleep(0)
    assert not waiting.done() and post.channel.tried == ["reply", "notice"]
    post.channel.gate.set()
    await waiting
    assert await few.deliver() and len(post.channel.taken) == 4


class Turnstile(asyncio.Event):
    """Lets so many through."""

    def __init__(self) -> None:
        super().__init__()
        self.places = asyncio.Semaphore(0)

    async def wait(self) -> Literal[True]:
        """Until there is a place."""
        await self.places.acquire()
        return True


async def test_where_much_waits_it_is_taken_by_the_handful(post: Post) -> None:
    """Each lease is a transaction: one that frees a single place asks for none."""
    post.relay._settings = replace(post.relay._settings, in_flight=10, send_within=60)
    turnstile = post.channel.gate = Turnstile()
    await queue(post.storage, *(new_delivery(str(n), str(n), text=str(n)) for n in range(40)))
    assert await post.relay.step() == 10
    taken = []
    while len(post.channel.taken) < 30:
        turnstile.places.release()
        arrived = len(post.channel.taken)
        while len(post.channel.told) <= arrived:  # noqa: ASYNC110 - the fake has no event of its own
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        if more := await post.relay.step():
            taken.append(more)
    assert taken == [5, 5, 5, 5, 5, 5]
    for _ in range(10):
        turnstile.places.release()
    await post.relay.drain()


async def test_each_piece_of_a_message_waits_for_its_own_place(post: Post) -> None:
    telegram = FakeChannel(account="telegram.main", text_length=1)
    await make_account(post.storage, telegram.account)
    relay, now = make_post(post.storage, post.clock, telegram, per_second={"telegram": 2}).relay, [0.0]
    relay._completion, relay.rates.now = post.completion, lambda: now[0]
    await queue(post.storage, replace(new_delivery("1", text="abc"), urn=URN(account=telegram.account, path="1")))
    assert await relay.step() == 1
    while len(telegram.taken) < 2:  # noqa: ASYNC110 - the fake has no event of its own
        await asyncio.sleep(0)
    await asyncio.wait(relay._sending, timeout=0.1)
    assert telegram.taken == ["a", "b"]
    now[0] = 1.1
    await relay.drain()
    assert telegram.taken == ["a", "b", "c"]


async def test_trouble_with_the_database_is_told_and_waited_out(quiet_post: Post) -> None:
    """The loop lives on: what could not be leased goes when the database is back."""
    post = quiet_post
    real, broken = post.relay._storage, asyncio.Event()

    class Away:
        def write(self) -> object:
            broken.set()
            raise ConnectionError("away")

    post.relay._storage = Away()  # type: ignore[assignment]
    worker = post.worker()
    await worker.start(alone=False)
    await asyncio.wait_for(broken.wait(), 5)
    post.relay._storage = real
    await queue(post.storage, new_delivery("1", text="một"))
    post.relay.work.wake()
    async with asyncio.timeout(5):
        while not post.channel.taken:  # noqa: ASYNC110 - the fake has no event of its own
            await asyncio.sleep(0.001)
    await worker.stop()
    assert post.channel.taken == ["một"] and post.faults[0][0] == "relay"
    assert (await post.row("1")).status == "sent"


async def test_much_that_hangs_at_one_account_holds_up_no_other(post: Post) -> None:
    """However much more waits there: a lease that took all it was allowed to makes nobody else wait."""
    zalo = FakeChannel(account="zalo.main")
    post.relay._channels = {**post.relay._channels, "zalo.main": zalo}
    post.relay._settings = replace(post.relay._settings, in_flight=10, send_within=60)
    async with post.storage.write() as uow:
        await uow.upkeep.ensure_account("zalo.main", MORNING)
        await uow.commit()
    post.channel.gate = asyncio.Event()
    await queue(post.storage, *(new_delivery(str(n), str(n), text=str(n)) for n in range(40)))
    while await post.relay.step():  # noqa: ASYNC110 - what was leased begins
        await asyncio.sleep(0)
    assert len(post.channel.tried) == 8  # its share
    await queue(post.storage, replace(new_delivery("z", text="zalo"), urn=URN(account="zalo.main", path="p")))
    assert await post.relay.step() == 1
    for _ in range(5):
        await asyncio.sleep(0)
    assert zalo.taken == ["zalo"]
    post.channel.gate.set()
    await post.relay.drain()
    await post.deliver()
    assert len(post.channel.taken) == 40
