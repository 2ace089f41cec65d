"""Who gets what, and when: topics chosen and stopped, a month without, a rhythm, a channel; small notices together."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from core.audience import Field, Is
from core.campaigns import CampaignState, Notice
from core.caps import LOCAL
from core.contacts import ContactStatus
from core.delivery import DeliveryStatus
from core.digest import LONGEST_TOGETHER, MOST_TOGETHER, bundled, fitting
from core.errors import SendErrorKind
from core.messages import OutboundMessage
from core.records import LeftOut
from core.rhythm import Rhythm, sent_at
from core.wishes import Wishes, turned_down
from db.models import contacts, deliveries, subscriptions
from tests.delivery.conftest import Post
from tests.delivery.sending import DAY, approved, enrol, expand, run, state
from tests.support.channels import refusing
from tests.support.clock import MORNING
from tests.support.rows import make_person, notice_to

pytestmark = pytest.mark.either

MONTH = MORNING + 30 * DAY


async def wishing(post: Post, path: str, *, wanted: str = "", stopped: str = "", **facts: Any) -> int:
    """Somebody of the list with wishes."""
    contact = (await make_person(post.storage, path)).contact.id
    rows = [{"contact_id": contact, "topic": one, "wanted": True} for one in wanted.split()]
    rows += [{"contact_id": contact, "topic": one, "wanted": False} for one in stopped.split()]
    async with post.storage.write() as uow:
        if rows:
            await uow.connection.execute(insert(subscriptions), rows)
        if facts:
            await uow.connection.execute(update(contacts).where(contacts.c.id == contact).values(**facts))
        await uow.commit()
    return contact


PEOPLE: dict[str, dict[str, Any]] = {
    "all": {},
    "only-work": {"wanted": "job-connection"},
    "no-work": {"stopped": "job-connection"},
    "no-work-but-school": {"stopped": "job-connection", "wanted": "tuition"},
    "muted": {"muted_until": MONTH},
    "muted-before": {"muted_until": MORNING},
    "alerts": {"status": ContactStatus.ALERTS.value},
    "stopped": {"status": ContactStatus.STOPPED.value},
}
EXPECTED: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"all", "only-work", "no-work", "no-work-but-school", "muted-before"}),
    ({"topics": ["job-connection"]}, {"all", "only-work", "muted-before"}),
    ({"topics": ["tuition"]}, {"all", "no-work", "no-work-but-school", "muted-before"}),
    ({"topics": ["housing"]}, {"all", "no-work", "muted-before"}),
    ({"topics": ["job-connection", "tuition"]}, {"all", "only-work", "no-work", "no-work-but-school", "muted-before"}),
    ({"topics": ["job-connection"], "urgent": True}, set(PEOPLE) - {"stopped"}),
]


@pytest.mark.parametrize(("notice", "expected"), EXPECTED)
async def test_who_gets_it(post: Post, notice: dict[str, Any], expected: set[str]) -> None:
    await enrol(post.storage, *((name, "") for name in PEOPLE))
    for name, wishes in PEOPLE.items():
        await wishing(post, name, **wishes)
    number = await approved(post, **notice)
    assert len(await run(post)) == len(expected) == len(set(post.channel.told) & expected)
    done = await state(post, number)
    assert sum(done.left_out.values()) == len(PEOPLE) - len(expected)


async def test_why_somebody_is_left_out(post: Post) -> None:
    await enrol(post.storage, *((name, "") for name in PEOPLE))
    for name, wishes in PEOPLE.items():
        await wishing(post, name, **wishes)
    number = await approved(post, topics=["job-connection"])
    await run(post)
    why = {LeftOut.STOPPED.value: 2, LeftOut.THEME.value: 2, LeftOut.MUTED.value: 1}
    assert dict((await state(post, number)).left_out) == why


TOPICS = st.frozensets(st.sampled_from(["a", "b", "c"]))
WISHES = st.builds(
    Wishes,
    status=st.sampled_from(ContactStatus),
    muted_until=st.sampled_from([None, MORNING, MONTH]),
    wanted=TOPICS,
    stopped=TOPICS,
)


@given(wishes=st.lists(WISHES, max_size=3), topics=TOPICS, urgent=st.booleans())
def test_stopped_is_stopped(wishes: list[Wishes], topics: frozenset[str], urgent: bool) -> None:
    """Whatever else is said: nothing to who stopped all, nothing of a topic that was stopped unless it is urgent."""
    audience = Is(Field.LOCALITY, ("dak-cam",))
    notice = Notice(
        title="a", source="b", text={"vi": "c"}, audience=audience, topics=tuple(sorted(topics)), urgent=urgent
    )
    for one in wishes:
        refused = turned_down(notice, one, MORNING)
        if one.status is ContactStatus.STOPPED:
            assert refused is LeftOut.STOPPED
        elif not urgent and topics and topics <= one.stopped:
            assert refused is not None
        elif urgent:
            assert refused is None


async def test_the_database_says_the_same_of_everybody(post: Post) -> None:
    """All wishes beside all kinds of notices, against the rule for one of them."""
    sets = ["", "a", "b", "a b"]
    people = [
        Wishes(status=status, muted_until=muted, wanted=frozenset(w.split()), stopped=frozenset(s.split()))
        for status in ContactStatus
        for muted in (None, MONTH)
        for w in sets
        for s in sets
        if not set(w.split()) & set(s.split())
    ]
    await enrol(post.storage, *((str(n), "") for n in range(len(people))))
    ids = []
    for n, one in enumerate(people):
        chosen = {"wanted": " ".join(one.wanted), "stopped": " ".join(one.stopped)}
        ids.append(await wishing(post, str(n), **chosen, status=one.status.value, muted_until=one.muted_until))
    everybody = Is(Field.LOCALITY, ("dak-cam",))
    for topics in ((), ("a",), ("b",), ("a", "b"), ("c",)):
        for urgent in (False, True):
            notice = Notice(title="a", source="b", text={"vi": "c"}, audience=everybody, topics=topics, urgent=urgent)
            async with post.storage.read() as uow:
                found = await uow.campaigns.people(
                    notice, accounts=[post.channel.account], after=0, limit=999, now=MORNING
                )
            said = {one.contact_id: one.left_out for one in found}
            assert said == {id_: turned_down(notice, one, MORNING) for id_, one in zip(ids, people, strict=True)}


async def test_a_weekly_reader_gets_small_notices_together_on_sunday(post: Post) -> None:
    await enrol(post.storage, ("weekly", ""), ("all", ""))
    await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    first = await approved(post, "Tin một.", not_after=MORNING + 20 * DAY)
    assert len(await run(post)) == 1, "who wants them at once has it"
    second = await approved(post, "Tin hai.")
    sunday = sent_at(Rhythm.WEEKLY, MORNING)
    assert sunday.astimezone(LOCAL).strftime("%A %H:%M") == "Sunday 18:00"
    post.clock.advance(seconds=(sunday - MORNING - timedelta(minutes=1)).total_seconds())
    assert [text.split("\n")[1] for text in await run(post)] == ["Tin hai."]  # to the other one, a day later
    post.clock.advance(seconds=60)
    (text,) = await run(post)
    assert text.splitlines()[0] == "Tin của Phường Đăk Cấm:"
    assert "1. Tin một.\n" in text and "2. Tin hai.\n" in text
    assert "Mã tin: 1" in text and "Mã tin: 2" in text, "each with its own source and code"
    for number in (first, second):
        done = await state(post, number)
        assert (done.state, done.counts["sent"]) == (CampaignState.FINISHED, 2)


async def test_what_would_be_too_late_or_is_urgent_comes_at_once(post: Post) -> None:
    await enrol(post.storage, ("weekly", ""))
    await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    await approved(post, "Để sau.")
    assert await run(post) == []
    await approved(post, "Họp ngày mai.", not_after=MORNING + DAY)
    assert [text.split("\n")[1] for text in await run(post)] == ["Họp ngày mai."]
    post.clock.advance(seconds=2)
    await approved(post, "Bão vào.", urgent=True)
    assert [text.split("\n")[1] for text in await run(post)] == ["Bão vào."]


async def test_what_the_cap_held_back_goes_together(post: Post) -> None:
    """People want few messages: what came in between is one of the two of a week, and none is lost."""
    await enrol(post.storage, ("a", ""))
    for n in range(7):
        await approved(post, f"Tin {n}.")
    got: list[tuple[int, int]] = []
    for hours in range(0, 24 * 16, 6):
        got += [(hours // 24, text.count("Tin ") - text.count("Tin của")) for text in await run(post)]
        post.clock.advance(seconds=6 * 3600)
    assert got == [(0, 1), (1, MOST_TOGETHER), (7, 1)]


async def test_what_goes_together_shares_its_doubt_and_is_sent_again_once(post: Post) -> None:
    await enrol(post.storage, ("weekly", ""))
    await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    numbers = [await approved(post, f"Tin {n}.") for n in range(3)]
    await expand(post)
    post.clock.advance(seconds=(sent_at(Rhythm.WEEKLY, MORNING) - MORNING).total_seconds())
    post.channel.refuse = refusing(SendErrorKind.IN_DOUBT)
    assert await post.relay.step() == 1
    await post.relay.drain()
    assert [dict((await state(post, one)).counts)["in_doubt"] for one in numbers] == [1, 1, 1]
    (again,) = await run(post)
    assert again.count("Mã tin") == 3 and again.count("dừng nhận tin") == 1
    assert post.channel.tried.count(again) <= 2
    assert [(await state(post, one)).state for one in numbers] == [CampaignState.FINISHED] * 3
    async with post.storage.read() as uow:
        rows = (await uow.connection.execute(select(deliveries.c.status, deliveries.c.doubts))).all()
    assert {(row.status, row.doubts) for row in rows} == {(DeliveryStatus.SENT.value, 1)}


async def test_what_a_dead_process_was_sending_together_is_sent_again_together(post: Post) -> None:
    await enrol(post.storage, ("weekly", ""))
    await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    numbers = [await approved(post, f"Tin {n}.") for n in range(3)]
    await expand(post)
    post.clock.advance(seconds=(sent_at(Rhythm.WEEKLY, MORNING) - MORNING).total_seconds())
    now, accounts = post.clock.now(), [post.channel.account]
    async with post.storage.write() as uow:
        (leased,) = await uow.outbox.lease(accounts, worker="dead", now=now, until=now, limit=9)
        assert leased.waited and len(await uow.outbox.gather(leased, worker="dead", now=now, until=now)) == 2
        await uow.commit()
    post.clock.advance(seconds=1)
    async with post.storage.write() as uow:
        assert await uow.outbox.rescue(now=post.clock.now()) == 3
        await uow.commit()
    (text,) = await run(post)
    assert [f"{n + 1}. Tin {n}." in text for n in range(3)] == [True] * 3
    assert [(await state(post, one)).counts["sent"] for one in numbers] == [1, 1, 1]


@pytest.mark.parametrize("half", [0, 1])
async def test_what_somebody_has_half_of_goes_on_by_itself(post: Post, half: int) -> None:
    await enrol(post.storage, ("weekly", ""))
    await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    numbers = [await approved(post, f"Tin {n}.") for n in range(2)]
    await expand(post)
    async with post.storage.write() as uow:
        mine = deliveries.c.campaign_id == numbers[half]
        await uow.connection.execute(update(deliveries).where(mine).values(progress=1))
        await uow.commit()
    post.channel.text_length = 20
    post.clock.advance(seconds=(sent_at(Rhythm.WEEKLY, MORNING) - MORNING).total_seconds())
    said = "".join(await run(post))
    post.clock.advance(seconds=DAY.total_seconds())
    said += "".join(await run(post))
    assert "2. Tin" not in said and said.count("Tin của Phường") == 1, (
        "the first piece of the other one, and never this one's again"
    )
    assert f"Tin {1 - half}." in said and [(await state(post, one)).counts["sent"] for one in numbers] == [1, 1]


async def test_a_paused_campaign_does_not_go_along(post: Post) -> None:
    await enrol(post.storage, ("weekly", ""))
    await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    numbers = [await approved(post, f"Tin {n}.") for n in range(3)]
    await expand(post)
    async with post.storage.write() as uow:
        await uow.campaigns.step(numbers[1], CampaignState.SENDING, CampaignState.PAUSED)
        await uow.commit()
    post.clock.advance(seconds=(sent_at(Rhythm.WEEKLY, MORNING) - MORNING).total_seconds())
    (text,) = await run(post)
    assert "Tin 0." in text and "Tin 2." in text and "Tin 1." not in text


async def test_the_chosen_channel_goes_first(post: Post) -> None:
    """Without a choice the newest address does."""
    async with post.storage.write() as uow:
        await uow.upkeep.ensure_account("zalo.main", MORNING)
        await uow.commit()
    await enrol(post.storage, ("old", ""))
    person = await make_person(post.storage, "old")
    async with post.storage.write() as uow:
        from db.models import addresses

        row = {"account": "zalo.main", "path": "z", "contact_id": person.contact.id, "created_at": MORNING}
        await uow.connection.execute(insert(addresses).values(row))
        await uow.commit()
    accounts = [post.channel.account, "zalo.main"]

    async def chosen() -> str:
        everybody = notice_to(Is(Field.LOCALITY, ("dak-cam",)))
        async with post.storage.read() as uow:
            (one,) = await uow.campaigns.people(everybody, accounts=accounts, after=0, limit=9, now=MORNING)
        assert one.urn is not None
        return one.urn.account

    assert await chosen() == "zalo.main"
    await wishing(post, "old", notice_channel=post.channel.account.partition(".")[0])
    assert await chosen() == post.channel.account


async def test_what_waits_is_taken_back_when_it_is_wanted_no_more(post: Post) -> None:
    await enrol(post.storage, ("weekly", ""))
    contact = await wishing(post, "weekly", rhythm=Rhythm.WEEKLY.value)
    work = await approved(post, "Việc.", topics=["job-connection"])
    school = await approved(post, "Học.", topics=["tuition"])
    await expand(post)
    async with post.storage.write() as uow:
        wishes = Wishes(stopped=frozenset(["job-connection"]))
        assert await uow.campaigns.cancel_unwanted(contact, wishes, post.clock.now()) == 1
        await uow.commit()
    post.clock.advance(seconds=(sent_at(Rhythm.WEEKLY, MORNING) - MORNING).total_seconds())
    assert [text.split("\n")[1] for text in await run(post)] == ["Học."]
    assert (await state(post, work)).counts["cancelled"] == 1
    assert (await state(post, school)).counts["sent"] == 1


MOMENTS = st.integers(0, 10**9).map(lambda seconds: MORNING + timedelta(seconds=seconds))


@given(MOMENTS, st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]))
def test_a_digest_goes_at_six_in_the_evening(now: datetime, rhythm: Rhythm) -> None:
    moment = sent_at(rhythm, now).astimezone(LOCAL)
    assert timedelta(0) < moment - now <= timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)
    assert (moment.hour, moment.minute) == (18, 0)
    assert rhythm is Rhythm.DAILY or moment.strftime("%a") == "Sun"


@given(st.lists(st.text(st.sampled_from("ab \n"), min_size=1, max_size=900), min_size=1, max_size=9))
def test_together_nothing_is_lost_and_it_is_never_too_long(texts: list[str]) -> None:
    messages = [OutboundMessage(text=text, source="Nguồn: x. Mã tin: 1H") for text in texts]
    number = fitting(messages)
    assert 1 <= number <= MOST_TOGETHER
    one = bundled(messages[:number])
    if number > 1:
        assert len(one.text) <= LONGEST_TOGETHER
        assert one.text.count("Mã tin: 1H") == number
        said = one.text.split("\n")
        assert all(any(line in each for each in said) for text in texts[:number] for line in text.split("\n"))
