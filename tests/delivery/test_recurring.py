"""From an approved schedule to campaigns: each post once, on its day, in the words that were approved."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from content.catalogue import Catalogue
from core.campaigns import CampaignState
from core.caps import LOCAL
from core.errors import ChungTayError, NotAllowedError
from core.officers import Grant, Role
from core.schedules import OccurrenceState, Schedule, ScheduleState, ScheduleStep, Skipped
from db.audit import SqlAudit
from db.campaigns import SqlCampaigns
from db.schedules import SqlSchedules
from db.unit_of_work import SqlStorage
from handlers import scheduling
from scheduler.recurring import Recurring
from tests.delivery.conftest import our_packs
from tests.support.clock import FixedClock
from tests.support.rows import everything

pytestmark = pytest.mark.either

PLACES = ("dak-cam", "di-su", "hong-linh", "muong-lay", "phan-rang")


class Office:
    """Two officers, and the loop that fires what is due."""

    def __init__(self, storage: SqlStorage, clock: FixedClock, content: Catalogue) -> None:
        self.storage, self.clock, self.content = storage, clock, content
        self.faults: list[str] = []

    def loop(self) -> Recurring:
        return Recurring(
            storage=self.storage,
            content=self.content,
            accounts=[],
            clock=self.clock,
            relay=Nobody(),
            on_fault=lambda where, error: self.faults.append(f"{where}: {error}"),
        )

    async def propose(self, series: str, place: str = "dak-cam", **days: date) -> Schedule:
        first = self.clock.now().astimezone(LOCAL).date()
        span = {"first": first, "last": first + timedelta(days=400), **days}
        asked = scheduling.Asked(series=series, locality=place, **span)
        made, _ = await scheduling.proposed(self.storage, self.content, asked, officer="Lan", now=self.clock.now())
        return made

    async def approved(self, one: Schedule) -> Schedule:
        for step, officer in ((ScheduleStep.SUBMIT, "Lan"), (ScheduleStep.APPROVE, "Minh")):
            one = await scheduling.take(self.storage, one, step, officer=officer, now=self.clock.now())
        return one

    def turn(self, moment: datetime) -> None:
        """Turn the clock to a moment."""
        self.clock.advance(seconds=(moment - self.clock.now()).total_seconds())

    async def fire(self) -> None:
        await self.loop().step()

    async def posts(self, one: Schedule) -> list[tuple[str, str]]:
        """Each with what became of it."""
        found = await scheduling.find(self.storage, str(one.id))
        return [(each.post, str(each.why or each.state)) for each in found.occurrences]

    async def campaigns(self) -> list[str]:
        """Titles of what was fired, in their order."""
        async with self.storage.read() as uow:
            return [one.notice.title for one in reversed(await uow.campaigns.list())]


class Nobody:
    """Waits for no wake."""

    def wake(self) -> None:
        """Nothing to do."""


@pytest.fixture
async def office(storage: SqlStorage, clock: FixedClock) -> Office:
    async with storage.write() as uow:
        for name, role in (("Lan", Role.EDITOR), ("Minh", Role.APPROVER), ("Hoa", Role.ADMINISTRATOR)):
            await uow.officers.grant(await uow.officers.add(name, clock.now()), [Grant(role=role)])
        await uow.commit()
    return Office(storage, clock, our_packs())


def at(office: Office, text: str) -> None:
    """Turn the clock to a moment in Viet Nam."""
    office.turn(datetime.fromisoformat(text).replace(tzinfo=LOCAL).astimezone(UTC))


async def test_each_post_becomes_a_campaign_on_its_day_and_no_other(office: Office) -> None:
    one = await office.approved(await office.propose("peak-month", last=date(2027, 12, 31)))
    at(office, "2027-10-17 16:59")
    await office.fire()
    assert await office.campaigns() == []
    at(office, "2027-10-17 17:01")
    await office.fire()
    await office.fire()
    assert len(await office.campaigns()) == 1
    async with office.storage.read() as uow:
        (campaign,) = await uow.campaigns.list(CampaignState.APPROVED)
    assert campaign.approved and (campaign.created_by, campaign.approved_by) == ("Lan", "Minh")
    assert campaign.starts_at == office.clock.now() and "17/10" in campaign.notice.said("vi")
    assert campaign.notice.not_after is not None and (await office.posts(one))[0] == ("opening", "fired")


async def test_what_nobody_approved_goes_nowhere(office: Office) -> None:
    await office.propose("peak-month")
    submitted = await office.propose("tet")
    await scheduling.take(office.storage, submitted, ScheduleStep.SUBMIT, officer="Lan", now=office.clock.now())
    at(office, "2027-12-31 12:00")
    await office.fire()
    assert await office.campaigns() == []


async def test_an_author_never_approves(office: Office) -> None:
    one = await office.propose("tet")
    one = await scheduling.take(office.storage, one, ScheduleStep.SUBMIT, officer="Hoa", now=office.clock.now())
    for name in ("Lan", "Hoa", "operator"):
        with pytest.raises(NotAllowedError):
            await scheduling.take(office.storage, one, ScheduleStep.APPROVE, officer=name, now=office.clock.now())
    assert (await scheduling.find(office.storage, str(one.id))).state is ScheduleState.SUBMITTED


async def test_a_machine_that_was_off_sends_what_is_not_too_late_and_tells_the_rest(office: Office) -> None:
    one = await office.approved(await office.propose("peak-month", last=date(2027, 12, 31)))
    opening, second = one.occurrences[:2]
    office.turn(opening.due_at + timedelta(hours=opening.late_hours, seconds=1))
    await office.fire()
    assert (await office.posts(one))[0] == ("opening", "late") and await office.campaigns() == []
    assert any("opening was not sent: late" in told for told in office.faults)
    office.turn(second.due_at + timedelta(hours=second.late_hours))
    await office.fire()
    assert (await office.posts(one))[1][1] == "fired"
    log = (await everything(office.storage))["audit_log"]
    assert ("schedule.post-skipped", "late") in [(row["action"], (row["detail"] or {}).get("why")) for row in log]


async def test_what_a_wrong_clock_passed_over_is_still_to_come(office: Office) -> None:
    """The clock was a year ahead for a while: posts that seemed too late are sent on their days after all."""
    one = await office.approved(await office.propose("peak-month", last=date(2027, 12, 31)))
    right = office.clock.now()
    office.turn(right + timedelta(days=400))
    await office.fire()
    assert {why for _, why in await office.posts(one)} == {"late"}
    office.turn(right)
    async with office.storage.write() as uow:
        await uow.upkeep.clock_set_back(timedelta(days=400), right)
        await uow.commit()
    assert {why for _, why in await office.posts(one)} == {"planned"}
    office.turn(one.occurrences[0].due_at)
    await office.fire()
    assert len(await office.campaigns()) == 1


@pytest.mark.parametrize(("kind_", "name"), [(SqlSchedules, "became"), (SqlCampaigns, "step"), (SqlAudit, "append")])
async def test_what_breaks_half_way_leaves_nothing_and_is_done_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, kind_: type, name: str
) -> None:
    one = await office.approved(await office.propose("peak-month", last=date(2027, 12, 31)))
    office.turn(one.occurrences[0].due_at)

    async def broken(*_: object, **__: object) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(kind_, name, broken)
        await office.fire()
    assert await office.campaigns() == [] and (await office.posts(one))[0] == ("opening", "planned")
    await office.fire()
    assert len(await office.campaigns()) == 1 and (await office.posts(one))[0] == ("opening", "fired")


async def test_of_two_schedulers_one_fires(office: Office) -> None:
    one = await office.approved(await office.propose("peak-month", last=date(2027, 12, 31)))
    office.turn(one.occurrences[0].due_at)
    await asyncio.gather(office.loop().step(), office.loop().step(), office.loop().step())
    assert len(await office.campaigns()) == 1 and office.faults == []


async def test_of_two_schedules_of_one_series_one_fires(office: Office) -> None:
    first = await office.approved(await office.propose("tet"))
    second = await office.approved(await office.propose("tet"))
    office.turn(first.occurrences[0].due_at)
    await office.fire()
    assert len(await office.campaigns()) == 1
    assert [(await office.posts(each))[0][1] for each in (first, second)] == ["fired", "twice"]


async def test_what_would_be_told_otherwise_by_now_is_not_sent(office: Office) -> None:
    one = await office.approved(await office.propose("tet"))
    each = one.occurrences[0]
    async with office.storage.write() as uow:  # as though the packs had changed since, and not the schedule
        changed = replace(each.notice, text={"vi": "Lời cũ.", "en": "Old words."})
        await uow.schedules.reword(each.id, changed, "Lan")
        found = await uow.schedules.get(one.id)
        assert found is not None
        await uow.schedules.step(one.id, found.state, found.state, approved_hash=found.hash())
        await uow.connection.exec_driver_sql("UPDATE occurrences SET edited = (1 = 0)")
        await uow.commit()
    office.turn(each.due_at)
    await office.fire()
    assert (await office.posts(one))[0][1] == "changed" and await office.campaigns() == []


async def test_what_was_changed_behind_the_approval_is_a_draft_again(office: Office) -> None:
    one = await office.approved(await office.propose("tet"))
    async with office.storage.write() as uow:
        await uow.schedules.reword(one.occurrences[0].id, replace(one.occurrences[0].notice, source="ai đó"), "Lan")
        await uow.commit()
    office.turn(one.occurrences[0].due_at)
    await office.fire()
    found = await scheduling.find(office.storage, str(one.id))
    assert found.state is ScheduleState.DRAFT and await office.campaigns() == []
    assert "is a draft again" in office.faults[0]


async def test_other_words_need_another_yes_and_are_sent_as_they_are(office: Office) -> None:
    one = await office.approved(await office.propose("tet"))
    post = one.occurrences[0].post
    one = await scheduling.reword(
        office.storage, one, post, {"vi": "Phường phát gạo sáng thứ Hai."}, officer="Lan", now=office.clock.now()
    )
    assert one.state is ScheduleState.DRAFT and one.occurrences[0].edited
    await office.approved(one)
    office.turn(one.occurrences[0].due_at)
    await office.fire()
    async with office.storage.read() as uow:
        (campaign,) = await uow.campaigns.list()
    assert campaign.notice.text == {"vi": "Phường phát gạo sáng thứ Hai."} and campaign.approved


async def test_a_post_can_be_taken_out_without_another_yes(office: Office) -> None:
    one = await office.approved(await office.propose("tet"))
    post = one.occurrences[0].post
    one = await scheduling.skip(office.storage, one, post, officer="Lan", now=office.clock.now())
    assert one.state is ScheduleState.APPROVED and one.approved and one.occurrences[0].why is Skipped.OFFICER
    office.turn(one.occurrences[0].due_at)
    await office.fire()
    assert await office.campaigns() == []
    with pytest.raises(ChungTayError, match="was sent or left out already"):
        await scheduling.skip(office.storage, one, post, officer="Lan", now=office.clock.now())


async def test_a_segment_goes_on_where_the_last_one_ended(office: Office) -> None:
    """Next year's begins with the post whose turn it is, not with the first once more."""
    until = date(2027, 1, 31)
    one = await office.approved(await office.propose("weekly", last=until))
    following = await office.propose("weekly", first=until + timedelta(days=1), last=date(2027, 3, 31))
    assert not {each.post for each in one.occurrences} & {each.post for each in following.occurrences}


async def test_a_post_waits_no_longer_than_it_is_good_for(office: Office) -> None:
    one = await office.propose("peak-month", last=date(2027, 12, 31))
    good = {each.notice.not_after - each.due_at for each in one.occurrences if each.notice.not_after is not None}
    assert good == {timedelta(days=4)} and all(each.late_hours == 36 for each in one.occurrences)


async def test_a_stopped_one_sends_no_more(office: Office) -> None:
    one = await office.approved(await office.propose("tet"))
    await scheduling.take(office.storage, one, ScheduleStep.STOP, officer="Minh", now=office.clock.now())
    office.turn(one.occurrences[0].due_at)
    await office.fire()
    assert await office.campaigns() == [] and {why for _, why in await office.posts(one)} == {"planned"}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # what each database does is shown by the others
@pytest.mark.parametrize("places", [PLACES[:1], pytest.param(PLACES, marks=pytest.mark.thorough)], ids=len)
async def test_a_year_of_posts(office: Office, places: Sequence[str]) -> None:
    """From 21/11/2026: every post on its day, each once; the machine is off for three days in October."""
    made: list[Schedule] = []
    for place in places:
        for series in ("tet", "review-season", "peak-month", "weekly"):  # the segment sees the others
            made.append(await office.approved(await office.propose(series, place, last=date(2027, 12, 31))))
    planned = [each for one in made for each in one.occurrences]
    off = (datetime(2027, 10, 16, 12, tzinfo=LOCAL), datetime(2027, 10, 19, 12, tzinfo=LOCAL))
    moment = datetime(2026, 11, 21, 19, tzinfo=LOCAL)  # after the posts of each day
    while moment < datetime(2028, 1, 2, tzinfo=LOCAL):
        if not off[0] <= moment < off[1]:
            office.turn(moment.astimezone(UTC))
            await office.fire()
        moment += timedelta(days=1)
    found = [each for one in made for each in (await scheduling.find(office.storage, str(one.id))).occurrences]
    late = [each for each in found if each.state is not OccurrenceState.FIRED]
    assert len(found) == len(planned) and {each.why for each in late} == {Skipped.LATE}
    assert all(off[0] <= each.due_at < off[1] - timedelta(hours=each.late_hours) for each in late)
    assert {each.post for each in late} == {"opening"} and len(late) == len(places)
    assert len(await office.campaigns()) == len(found) - len(late)
    days = {each.due_at.astimezone(LOCAL).date() for each in found}
    assert not days & {date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)}  # the first days of Tết
    for place in places:
        posts = [each for one in made if one.locality == place for each in one.occurrences]
        weeks = Counter(each.due_at.astimezone(LOCAL).isocalendar()[:2] for each in posts)
        assert max(weeks.values()) <= 2, (place, weeks.most_common(3))
    assert sorted(one.splitlines()[0] for one in office.faults) == sorted(
        f"recurring: schedule {one.id}: the post opening was not sent: late"
        for one in made
        if one.series == "peak-month"
    )
