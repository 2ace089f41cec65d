"""A broadcast with mixed windows reaches exactly those whom the rules allow, at the right hours and price."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from core.campaigns import CampaignState, read_notice
from core.contacts import URN, Refusal
from core.errors import SendError, SendErrorKind
from core.tariff import Tariff, Used, affordable, price
from core.windows import Way, way_to
from db.channel_tables import channel_use
from db.models import addresses, contacts
from db.unit_of_work import SqlStorage
from tests.delivery.conftest import Post, make_post
from tests.delivery.sending import approved, expand, state
from tests.support.channels import FakeChannel, refusing
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import everything, new_delivery, queue
from tests.support.zalo_like import ACCOUNT, DAY, HOUR, TEMPLATE, WINDOW, another_address, listed, tariffs, zalo

pytestmark = pytest.mark.either

SILENT = SendError(SendErrorKind.CONTACT_STOPPED, code="-230", refusal=Refusal.SILENT)
BLINK = timedelta(microseconds=1)
ALONE = ({"words": ["ĐĂNG KÝ"], "answer": {"vi": "Đã giữ chỗ."}},)  # a notice with replies waits for no others


@pytest.mark.parametrize(
    ("age", "way", "with_template"),
    [
        (-1 * DAY, Way.FREE, Way.FREE),  # our clock was put back
        (0 * DAY, Way.FREE, Way.FREE),
        (48 * HOUR, Way.FREE, Way.FREE),
        (48 * HOUR + BLINK, Way.CHARGED, Way.CHARGED),
        (7 * DAY, Way.CHARGED, Way.CHARGED),
        (7 * DAY + BLINK, Way.CLOSED, Way.TEMPLATE),
        (None, Way.CLOSED, Way.TEMPLATE),
    ],
)
def test_at_each_boundary(age: timedelta | None, way: Way, with_template: Way) -> None:
    since = None if age is None else MORNING - age
    assert way_to(WINDOW, since, MORNING, template=False) is way
    assert way_to(WINDOW, since, MORNING, template=True) is with_template
    assert way_to(replace(WINDOW, templates=False), since, MORNING, template=True) is way
    assert way_to(None, since, MORNING, template=True) is Way.OPEN


AGES = st.timedeltas(min_value=-9 * DAY, max_value=30 * DAY)
WORSE = (Way.FREE, Way.CHARGED, Way.TEMPLATE, Way.CLOSED)


@given(st.tuples(AGES, AGES), st.booleans(), st.booleans())
def test_silence_never_opens_anything(ages: tuple[timedelta, timedelta], template: bool, takes: bool) -> None:
    """The longer the silence the worse the way; a template is never worse than nothing."""
    window = replace(WINDOW, templates=takes)
    early, late = (WORSE.index(way_to(window, MORNING - age, MORNING, template=template)) for age in sorted(ages))
    assert early <= late
    assert late <= WORSE.index(way_to(window, MORNING - max(ages), MORNING, template=False))


@given(
    st.lists(st.integers(0, 30), max_size=20),
    st.integers(0, 200),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_a_month_costs_the_same_however_it_is_sent(parts: list[int], quota: int, message: int, template: int) -> None:
    """The package goes first, once, and never less than nothing is charged."""
    tariff = Tariff(kind="zalo", message=message, template=template, quota=quota, budget=0, since=date(2026, 10, 1))
    done = dong = 0
    for one in parts:
        dong += price(tariff, Way.CHARGED, one, before=done)
        done += one
    assert dong == price(tariff, Way.CHARGED, sum(parts)) == max(0, sum(parts) - quota) * message
    assert price(tariff, Way.TEMPLATE, len(parts)) == template * len(parts)
    assert price(tariff, Way.FREE, done) == price(tariff, Way.OPEN, done) == 0


def test_what_costs_nothing_is_always_affordable() -> None:
    tariff = Tariff(kind="zalo", message=55, template=200, quota=2, budget=0, since=date(2026, 10, 1))
    assert affordable(tariff, Used(charged=1), Way.CHARGED) and not affordable(tariff, Used(charged=2), Way.CHARGED)
    assert affordable(tariff, Used(charged=9, dong=999), Way.FREE)
    paid = replace(tariff, budget=110)
    assert affordable(paid, Used(charged=2, dong=55), Way.CHARGED)
    assert not affordable(paid, Used(charged=2, dong=56), Way.CHARGED)


@pytest.fixture
def channel() -> FakeChannel:
    """Two days free, five charged."""
    return zalo()


@pytest.fixture
def telegram() -> FakeChannel:
    """A channel without a window."""
    return FakeChannel(account="telegram.main")


@pytest.fixture
async def post(
    storage: SqlStorage, clock: FixedClock, channel: FakeChannel, telegram: FakeChannel
) -> AsyncIterator[Post]:
    async with storage.write() as uow:
        for account in (ACCOUNT, telegram.account):
            await uow.upkeep.ensure_account(account, MORNING)
        await uow.commit()
    made = make_post(storage, clock, channel, telegram, tariffs=tariffs())
    writing = asyncio.create_task(made.completion.run())
    yield made
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


def ages(**hours: float | None) -> dict[str, datetime | None]:
    """When people last did something: so many hours ago."""
    return {path: None if age is None else MORNING - age * HOUR for path, age in hours.items()}


async def by_path(post: Post) -> dict[str, tuple[str, str | None]]:
    rows = (await everything(post.storage))["deliveries"]
    return {row["path"]: (row["status"], row["last_error"]) for row in rows}


async def used(storage: SqlStorage) -> dict[str, tuple[int, int]]:
    async with storage.engine.connect() as connection:
        rows = await connection.execute(select(channel_use).where(channel_use.c.month == "2026-11"))
        return {row.way: (row.messages, row.dong) for row in rows}


async def with_template(post: Post, text: str = "Mở lớp may.", **sending: Any) -> int:
    number = await approved(post, text, **sending)
    async with post.storage.write() as uow:
        one = await uow.campaigns.get(number)
        assert one is not None
        notice = read_notice({"kind": "notice", **one.notice.plain(), "zalo": TEMPLATE})
        await uow.campaigns.step(
            number, CampaignState.APPROVED, CampaignState.APPROVED, notice=notice.plain(), approved_hash=notice.hash()
        )
        await uow.commit()
    return number


async def test_a_broadcast_reaches_exactly_those_whom_the_rules_allow(post: Post) -> None:
    await listed(post.storage, ages(now=0, free=48, charged=49, last=7 * 24, silent=7 * 24 + 1, never=None))
    number = await approved(post, replies=ALONE)
    await expand(post)
    assert len(await post.deliver()) == 4
    skipped = ("skipped", "window closed")
    done = dict.fromkeys(("now", "free", "charged", "last"), ("sent", None))
    assert await by_path(post) == {**done, "silent": skipped, "never": skipped}
    assert await used(post.storage) == {"free": (2, 0), "charged": (2, 110)}
    while await post.fallback.step():
        pass
    await expand(post)
    assert (await state(post, number)).state is CampaignState.FINISHED and post.faults == []


async def test_outside_the_window_a_template_goes_alone_and_inside_it_is_taken_off(post: Post) -> None:
    await listed(post.storage, ages(free=1, charged=100, silent=200))
    await with_template(post, replies=ALONE)
    await expand(post)
    await post.deliver()
    texts = [one for one in post.channel.messages if one.template is None]
    (template,) = [one for one in post.channel.messages if one.template is not None]
    assert len(texts) == 2 and all("Mở lớp may." in one.text for one in texts)
    assert template.template is not None and template.template.plain() == {"id": "203972", "fields": {"ten": "Lớp may"}}
    assert (template.text, template.source, template.quick_replies, template.attachments) == ("", None, (), ())
    assert await used(post.storage) == {"free": (1, 0), "charged": (1, 55), "template": (1, 200)}


async def test_the_window_is_that_of_the_morning_and_not_of_the_evening_before(post: Post) -> None:
    """A notice of the evening waits for seven o'clock: windows close meanwhile, and others open."""
    post.clock.advance(seconds=13 * 3600)  # 22:00
    await listed(post.storage, ages(closes=7 * 24 - 14, stays=0, opens=7 * 24 + 1))
    await approved(post, replies=ALONE)
    await expand(post)
    assert await post.deliver() == []
    async with post.storage.write() as uow:
        urn, moment = URN(account=ACCOUNT, path="opens"), post.clock.now()
        assert await uow.people.interacted({urn: moment}, {ACCOUNT: WINDOW}, moment) == [urn]
        await uow.commit()
    post.clock.advance(seconds=9 * 3600)  # 07:00
    await post.deliver()
    found = await by_path(post)
    assert {path: status for path, (status, _) in found.items()} == {
        "closes": "skipped",
        "stays": "sent",
        "opens": "sent",
    }


async def test_a_channel_without_a_window_knows_nothing_of_all_this(post: Post, telegram: FakeChannel) -> None:
    """No template reaches it, and nothing is counted."""
    await listed(post.storage, ages(silent=999))
    await another_address(post.storage, "silent", URN(account="telegram.main", path="t"))
    await with_template(post)
    await expand(post)
    await post.deliver()
    (message,) = telegram.messages
    assert message.template is None and "Mở lớp may." in message.text and post.channel.messages == []
    assert await used(post.storage) == {}


async def test_an_open_way_goes_before_a_closed_one_and_the_chosen_channel_before_both(
    post: Post, telegram: FakeChannel
) -> None:
    await listed(post.storage, ages(silent=999, chosen=1))
    for path in ("silent", "chosen"):
        await another_address(post.storage, path, URN(account="telegram.main", path=f"{path}@telegram"))
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).values(notice_channel="zalo"))
        await uow.commit()
    await approved(post)
    await expand(post)
    await post.deliver()
    assert set(await by_path(post)) == {"silent@telegram", "chosen"} and len(telegram.taken) == 1


async def test_what_the_window_stops_goes_another_way_at_once(post: Post, telegram: FakeChannel) -> None:
    """It was open when the message was made, and closed when its turn came."""
    await listed(post.storage, ages(one=7 * 24 - 1))
    await another_address(post.storage, "one", URN(account="telegram.main", path="t"))
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).values(notice_channel="zalo"))
        await uow.commit()
    number = await approved(post, replies=ALONE)
    await expand(post)
    post.clock.advance(seconds=2 * 3600)
    await post.deliver()
    while await post.fallback.step():
        pass
    await post.deliver()
    assert await by_path(post) == {"one": ("skipped", "window closed"), "t": ("sent", None)}
    assert len(telegram.taken) == 1
    await expand(post)
    done = await state(post, number)
    assert done.state is CampaignState.FINISHED and {k: n for k, n in done.counts.items() if n} == {
        "skipped": 1,
        "sent": 1,
    }


async def test_of_a_household_who_can_be_written_to_goes_first(post: Post) -> None:
    await listed(post.storage, ages(a=999, b=1, c=999, d=None), households={"a": "H1", "b": "H1", "c": "H2", "d": "H2"})
    number = await approved(post)
    async with post.storage.read() as uow:
        one = await uow.campaigns.get(number)
        assert one is not None
        reach = await uow.audiences.reach(one.notice, accounts=[ACCOUNT], now=MORNING, windows={ACCOUNT: WINDOW})
        without = await uow.audiences.reach(one.notice, accounts=[ACCOUNT], now=MORNING)
    assert (reach.meant, reach.reached, {**reach.left_out}) == (4, 1, {"household": 2, "window": 1})
    assert (without.reached, {**without.left_out}) == (2, {"household": 2})
    await expand(post)
    await post.deliver()
    assert await by_path(post) == {"b": ("sent", None), "c": ("skipped", "window closed")}
    async with post.storage.read() as uow:
        told = await uow.campaigns.report(number)
    assert told is not None
    whys = sorted((str(fate), str(why), n) for (_, fate, why), n in told.rows.items() if why)
    assert whys == [("skipped", "household", 2), ("skipped", "window", 1)]


async def answer(post: Post, path: str = "one", **along: Any) -> str:
    urn = URN(account=ACCOUNT, path=path)
    async with post.storage.read() as uow:
        person = (await uow.people.load([urn], post.clock.now()))[urn]
    await queue(post.storage, replace(new_delivery("answer", contact=person.contact.id, **along), urn=urn))
    return "answer"


async def writes(post: Post, path: str = "one") -> None:
    """What the service does when somebody writes."""
    urn, now = URN(account=ACCOUNT, path=path), post.clock.now()
    async with post.storage.write() as uow:
        await uow.people.load([urn], now)
        for each in await uow.people.interacted({urn: now}, {ACCOUNT: WINDOW}, now):
            await uow.outbox.try_again(each, since=now - 7 * DAY, now=now)
        await uow.commit()


async def test_a_late_answer_says_why_it_failed_and_goes_when_they_write_again(post: Post) -> None:
    await listed(post.storage, ages(one=200))
    key = await answer(post, text="Ông bà đến thứ hai.")
    assert await post.deliver() == [] and post.channel.tried == []
    row = await post.row(key)
    assert (row.status, row.last_error) == ("failed", "contact_stopped window: silent for too long")
    async with post.storage.read() as uow:
        assert await uow.people.unreachable([row.contact_id]) == {row.contact_id: Refusal.SILENT}
    post.clock.advance(days=2)
    await writes(post)
    assert await post.deliver() == ["Ông bà đến thứ hai."]
    async with post.storage.read() as uow:
        assert await uow.people.unreachable([row.contact_id]) == {}


async def test_who_writes_while_an_answer_is_being_refused_gets_it(post: Post) -> None:
    """Their words came between the look at the window and the record of the refusal."""
    await listed(post.storage, ages(one=200))
    await answer(post, text="a")
    await post.relay.step()  # looked up, and the refusal is on its way to the writer
    await writes(post)
    await post.relay.drain()
    assert await post.deliver() == ["a"]


async def test_windows_of_those_who_are_erased_are_not_asked_for(post: Post) -> None:
    """The farewell goes to an address of which nothing is known any more."""
    farewell = replace(new_delivery("bye", text="Đã xóa.", forget=True), urn=URN(account=ACCOUNT, path="nobody"))
    await queue(post.storage, farewell)
    assert await post.deliver() == ["Đã xóa."] and await used(post.storage) == {"free": (1, 0)}


async def test_a_no_of_the_provider_counts_as_a_closed_window(post: Post) -> None:
    """Whatever we believed: the template goes, what has none is skipped, and the next asks no more."""
    await listed(post.storage, ages(one=1))
    post.channel.refuse = refusing(SILENT)
    await with_template(post)
    await expand(post)
    assert await post.deliver() == [""]
    assert len(post.channel.tried) == 2 and post.channel.messages[0].template is not None
    assert await used(post.storage) == {"template": (1, 200)}
    post.clock.advance(days=1)
    await approved(post, "Tin khác.")
    await expand(post)
    assert await post.deliver() == [] and len(post.channel.tried) == 2
    assert (await everything(post.storage))["deliveries"][-1]["last_error"] == "window closed"


async def test_a_no_without_a_template_is_skipped_and_noted(post: Post) -> None:
    await listed(post.storage, ages(one=1))
    post.channel.refuse = refusing(SILENT)
    await approved(post)
    await expand(post)
    assert await post.deliver() == []
    assert await by_path(post) == {"one": ("skipped", "window closed")}
    assert [row["refusal"] for row in (await everything(post.storage))["addresses"]] == ["silent"]


async def test_a_template_that_is_refused_is_not_tried_for_ever(post: Post) -> None:
    await listed(post.storage, ages(one=999))
    post.channel.refuse = refusing(SILENT, times=99)
    await with_template(post)
    await expand(post)
    assert await post.deliver() == [] and len(post.channel.tried) == 1
    assert (await by_path(post))["one"][0] == "failed"


async def test_what_may_have_arrived_is_not_told_as_skipped(post: Post) -> None:
    await listed(post.storage, ages(one=7 * 24 - 1))
    post.channel.refuse = refusing(SendErrorKind.IN_DOUBT)
    await approved(post, replies=ALONE)
    await expand(post)
    await post.relay.step()
    await post.relay.drain()
    post.clock.advance(seconds=2 * 3600)
    await post.deliver()
    assert (await by_path(post))["one"] == ("in_doubt", "window closed") and len(post.channel.tried) == 1


async def test_each_piece_is_charged(post: Post) -> None:
    await listed(post.storage, ages(one=72))
    post.channel.text_length = 40
    await queue(post.storage, replace(new_delivery("1", text="a" * 100), urn=URN(account=ACCOUNT, path="one")))
    assert len(await post.deliver()) == 3
    assert await used(post.storage) == {"charged": (3, 165)}


async def test_beyond_the_months_budget_nothing_charged_is_sent(
    storage: SqlStorage, clock: FixedClock, channel: FakeChannel
) -> None:
    """Whatever was planned: a budget of nothing costs nothing. What is free goes, and replies do."""
    post = make_post(storage, clock, channel, tariffs=tariffs(budget=0, quota=1), in_flight=1)
    writing = asyncio.create_task(post.completion.run())
    await listed(storage, ages(free=1, package=50, beyond=50, silent=999))
    await with_template(post, replies=ALONE)
    await expand(post)
    await post.deliver()
    over = ("skipped", "the month's budget is used up")
    assert await by_path(post) == {"free": ("sent", None), "package": ("sent", None), "beyond": over, "silent": over}
    await queue(storage, replace(new_delivery("reply", text="Vâng."), urn=URN(account=ACCOUNT, path="beyond")))
    assert await post.deliver() == ["Vâng."]
    assert await used(storage) == {"free": (1, 0), "charged": (2, 55)}
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def test_several_go_together_inside_the_window_only(post: Post) -> None:
    """A template says its own words: outside each notice goes by itself, or not at all."""
    await listed(post.storage, ages(inside=1, outside=999))
    async with post.storage.write() as uow:
        await uow.connection.execute(update(contacts).values(rhythm="daily"))
        await uow.commit()
    await with_template(post, "Tin một.")
    await approved(post, "Tin hai.")
    await expand(post)
    post.clock.advance(seconds=9 * 3600)  # 18:00
    await post.deliver()
    texts = [one for one in post.channel.messages if one.template is None]
    assert len(texts) == 1 and "Tin một." in texts[0].text and "Tin hai." in texts[0].text
    assert len(post.channel.messages) == 2, "and one template"
    # The bundle counts once.
    assert await used(post.storage) == {"free": (1, 0), "template": (1, 200)}


@pytest.mark.thorough
async def test_where_the_package_allows_few_small_notices_wait_for_the_evening(
    storage: SqlStorage, clock: FixedClock, channel: FakeChannel
) -> None:
    post = make_post(storage, clock, channel, tariffs=tariffs(quota=3))
    writing = asyncio.create_task(post.completion.run())
    await listed(storage, ages(a=50, b=50, free=1))
    await approved(post, "Tin một.")
    await approved(post, "Tin hai.")
    await expand(post)
    assert len(await post.deliver()) == 1, "who costs nothing waits for nothing but the day's cap"
    clock.advance(seconds=9 * 3600)
    assert len(await post.deliver()) == 2
    assert await used(storage) == {"free": (1, 0), "charged": (2, 0)}
    clock.advance(days=3)
    await approved(post, "Gấp.", urgent=True)
    await expand(post)
    assert sum("Gấp." in one for one in await post.deliver()) == 3, "what is urgent waits for nothing"
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def test_a_reminder_goes_where_a_window_is_open(post: Post) -> None:
    await listed(post.storage, ages(silent=999, heard=1))
    await another_address(post.storage, "silent", URN(account="telegram.main", path="t"))
    async with post.storage.read() as uow:
        ids = dict((await uow.connection.execute(select(addresses.c.path, addresses.c.contact_id))).all())  # type: ignore[arg-type]
        asked = {"now": MORNING, "windows": {ACCOUNT: WINDOW}}
        both = [ACCOUNT, "telegram.main"]
        assert await uow.reminders.address(ids["silent"], both, **asked) == URN(account="telegram.main", path="t")
        assert await uow.reminders.address(ids["silent"], [ACCOUNT], **asked) is None
        heard = await uow.reminders.address(ids["heard"], both, **asked)
    assert heard == URN(account=ACCOUNT, path="heard")
