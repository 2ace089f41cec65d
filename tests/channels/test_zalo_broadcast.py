"""A notice to people who last wrote moments, days or weeks ago, through the whole product and over the socket."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select, true

from bot.knowledge import Knowledge
from core.campaigns import CampaignState, read_notice
from core.caps import LOCAL
from core.delivery import PENDING, DeliveryStatus
from db.channel_tables import channel_use
from db.models import deliveries
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk
from tests.support.rows import enrol, listed
from tests.support.zalo.oauth import TOKEN_PATH
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo.shown import Shown
from tests.support.zalo_desks import ACCOUNT, ZaloDesk, desk_on_zalo

pytestmark = pytest.mark.thorough

TEXT, TEMPLATE_ID = "Mở lớp may.", "203972"
MORNING = datetime(2026, 11, 23, 7, tzinfo=LOCAL)  # when quiet hours end and the notice goes
EVENING = datetime(2026, 11, 22, 20, 45, tzinfo=LOCAL)  # when it is approved: people sleep since half past eight
# When each wrote last. Of those who change sides between the evening and the morning, the morning's side counts.
WROTE = {
    "silent": datetime(2026, 11, 10, 9, tzinfo=LOCAL),
    "back": datetime(2026, 11, 11, 9, tzinfo=LOCAL),  # and once more, in the night
    "closing": MORNING - timedelta(days=7, minutes=1),  # inside in the evening
    "last minute": MORNING - timedelta(days=7) + timedelta(minutes=1),
    "some days": datetime(2026, 11, 19, 12, tzinfo=LOCAL),
    "no longer free": MORNING - timedelta(hours=48, minutes=1),  # free in the evening
    "just": datetime(2026, 11, 22, 20, tzinfo=LOCAL),
}
FREE, CHARGED, OUTSIDE = {"just", "back"}, {"last minute", "some days", "no longer free"}, {"silent", "closing"}


@pytest.fixture
def clock() -> FixedClock:
    """Before anybody wrote."""
    return FixedClock(WROTE["silent"])


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    """The strict server, on the test's clock."""
    async with FakeZalo(clock=clock, hurry=100) as server:
        server.template(TEMPLATE_ID, parameters={"ten": 30})
        yield server


@pytest.fixture
async def desk(
    zalo: FakeZalo, knowledge: Knowledge, one_database: str, clock: FixedClock, chance: SeededChance, tmp_path: Path
) -> AsyncIterator[ZaloDesk]:
    """The product, running, for Đăk Cấm, with money for some messages."""
    async with desk_on_zalo(
        zalo,
        knowledge=knowledge,
        database_url=one_database,
        data_dir=tmp_path,
        clock=clock,
        chance=chance,
        zalo_locality="dak-cam",
        zalo_month_budget=10_000,
    ) as running:
        yield running


@pytest.fixture
async def people(desk: ZaloDesk, clock: FixedClock) -> Mapping[str, Person]:
    """Each has written at their moment, was answered, and is on the ward's list."""
    found = {}
    for name, moment in sorted(WROTE.items(), key=lambda one: one[1]):
        to(clock, moment)
        found[name] = desk.zalo.person(name)
        await writes(desk, found[name])
    to(clock, EVENING)
    await enrol(desk.app.storage, [listed(one.id, ACCOUNT) for one in found.values()], clock.now())
    return found


def to(clock: FixedClock, moment: datetime) -> None:
    """Set the clock."""
    clock.advance(seconds=(moment - clock.now()).total_seconds())


async def writes(desk: ZaloDesk, person: Person) -> None:
    """They say something, and are answered."""
    before = len(person.shown)
    person.says("xin chào")
    await desk.zalo.until(lambda: len(person.shown) > before)
    await nothing_is(desk, *PENDING, DeliveryStatus.SENT, of=deliveries.c.campaign_id.is_(None))


async def goes(desk: ZaloDesk) -> None:
    """Whatever may go does, and Zalo has said of all of it that it arrived: nothing is noted later any more."""
    desk.app.relay.work.wake()
    await desk.settled()
    await nothing_is(desk, DeliveryStatus.SENT, of=true())


async def nothing_is(desk: ZaloDesk, *states: DeliveryStatus, of: ColumnElement[bool]) -> None:
    """Until none of these messages is in such a state. Raises TimeoutError."""
    await desk.handled()

    async def holds() -> bool:
        async with desk.app.storage.engine.connect() as connection:
            found = await connection.execute(select(deliveries.c.id).where(of, deliveries.c.status.in_(states)))
            return not found.all()

    await TelegramDesk.until(holds)


async def approved(desk: ZaloDesk, *, template: bool) -> int:
    """A notice on its way, with a message made for each."""
    data: dict[str, Any] = {
        "kind": "notice",
        "title": "Lớp may",
        "source": "Kế hoạch của phường",
        "text": {"vi": TEXT},
        "audience": {"localities": ["dak-cam"]},
        "sending": {"hold_back_seconds": 0},
        "replies": [{"words": ["ĐĂNG KÝ"], "answer": {"vi": "Đã giữ chỗ."}}],  # such a notice waits for no others
    }
    if template:
        data["zalo"] = {"template": TEMPLATE_ID, "fields": {"ten": "Lớp may"}}
    notice, now = read_notice(data), desk.app.clock.now()
    async with desk.app.storage.write() as uow:
        number = await uow.campaigns.add(notice, by="Lan", now=now)
        draft, done = CampaignState.DRAFT, CampaignState.APPROVED
        await uow.campaigns.step(number, draft, done, approved_hash=notice.hash(), starts_at=now)
        await uow.commit()

    async def expanded() -> bool:
        async with desk.app.storage.read() as uow:
            one = await uow.campaigns.get(number)
        return one is not None and one.expanded_at is not None

    await TelegramDesk.until(expanded)
    return number


async def states(desk: ZaloDesk, number: int, people: Mapping[str, Person]) -> dict[str, tuple[str, str | None]]:
    """What became of each one's message, and why."""
    d, names = deliveries.c, {one.id: name for name, one in people.items()}
    async with desk.app.storage.engine.connect() as connection:
        rows = await connection.execute(select(d.path, d.status, d.last_error).where(d.campaign_id == number))
        return {names[row.path]: (row.status, row.last_error) for row in rows}


async def used(desk: ZaloDesk) -> dict[str, tuple[int, int]]:
    """Messages and đồng of November, by the terms they went on."""
    async with desk.app.storage.engine.connect() as connection:
        rows = await connection.execute(select(channel_use).where(channel_use.c.month == "2026-11"))
        return {row.way: (row.messages, row.dong) for row in rows}


def of_the_notice(person: Person) -> list[Shown]:
    """What somebody has of it."""
    return [one for one in person.shown if TEXT in one.text or one.template_id]


@pytest.mark.parametrize("template", [False, True])
async def test_a_notice_reaches_whom_the_rules_allow_in_the_morning(
    desk: ZaloDesk, clock: FixedClock, people: Mapping[str, Person], template: bool
) -> None:
    zalo = desk.zalo
    number = await approved(desk, template=template)
    to(clock, EVENING + timedelta(hours=2))
    await writes(desk, people["back"])  # is answered in the night, and is inside again
    for hour in (0, 3, 6):
        to(clock, MORNING.replace(hour=hour, minute=59))
        assert await desk.app.relay.step() == 0
    assert {name: state for name, (state, _) in (await states(desk, number, people)).items()} == dict.fromkeys(
        WROTE, "queued"
    )
    before, package = await used(desk), zalo.quota.sub_remain

    to(clock, MORNING)
    await goes(desk)

    got = {name: of_the_notice(one) for name, one in people.items()}
    assert {name: len(shown) for name, shown in got.items()} == {
        name: int(template or name not in OUTSIDE) for name in WROTE
    }
    assert {name for name, shown in got.items() if any(one.template_id for one in shown)} == (
        OUTSIDE if template else set()
    )
    assert {one.at for shown in got.values() for one in shown} == {clock.now()}, "at seven, and never before"
    assert {one.quota for name in FREE for one in got[name]} == {"reply"}
    assert {one.quota for name in CHARGED for one in got[name]} == {"sub_quota"}

    arrived, silent = ("delivered", None), ("skipped", "window closed")
    assert await states(desk, number, people) == {
        name: arrived if template or name not in OUTSIDE else silent for name in WROTE
    }
    after = await used(desk)
    spent = {way: tuple(a - b for a, b in zip(after[way], before.get(way, (0, 0)), strict=True)) for way in after}
    assert spent == {"free": (2, 0), "charged": (3, 165)} | ({"template": (2, 400)} if template else {})
    assert package - zalo.quota.sub_remain == 3, "as Zalo counts"
    assert zalo.ignored == [] and desk.faults == []


async def test_who_writes_meanwhile_is_written_to_in_our_words_again(
    desk: ZaloDesk, clock: FixedClock, people: Mapping[str, Person]
) -> None:
    """Skipped the first time, and inside for the next notice: a day later, when nobody has had their share."""
    first = await approved(desk, template=False)
    to(clock, MORNING)
    await goes(desk)
    assert (await states(desk, first, people))["silent"] == ("skipped", "window closed")
    to(clock, MORNING + timedelta(days=1, hours=2))
    await writes(desk, people["silent"])
    assert of_the_notice(people["silent"]) == []
    await approved(desk, template=False)
    await goes(desk)
    assert len(of_the_notice(people["silent"])) == 1 and of_the_notice(people["closing"]) == []
    assert {one.quota for one in of_the_notice(people["silent"])} == {"reply"}


async def test_an_access_token_that_is_refused_to_all_costs_nobody_a_message_and_nobody_a_second_one(
    desk: ZaloDesk, clock: FixedClock, people: Mapping[str, Person]
) -> None:
    """One asks for a new pair, the others wait for it; what was refused never left, and is in no doubt."""
    zalo = desk.zalo
    number = await approved(desk, template=True)
    asked = len(zalo.calls_of(TOKEN_PATH))
    zalo.oauth.expire_access()
    to(clock, MORNING)
    await goes(desk)
    assert {name: len(of_the_notice(one)) for name, one in people.items()} == dict.fromkeys(WROTE, 1)
    assert len(zalo.calls_of(TOKEN_PATH)) == asked + 1
    assert sum(call.error == -216 for call in zalo.calls) > 1
    async with desk.app.storage.read() as uow:
        rows = [row async for row in uow.campaigns.ledger(number)]
    assert {(row.attempts, row.doubts) for row in rows} == {(1, 0)}
    assert desk.faults == []
