"""Kills while the posts of an approved schedule are fired, at every named step of it.

Each round has a schedule of five posts: one that is too late already, one that is about to be (whether it is sent
depends on how long the machine is down), one that is overdue, and two that fall due one after the other. In the end
each is one campaign or skipped, the log and the process said so, and each campaign is judged as notices are.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.schedules import NewOccurrence, Occurrence, OccurrenceState, Schedule, ScheduleState, Skipped
from db.models import audit_log
from db.unit_of_work import SqlStorage
from tests.support.killable import CLAIMS
from tests.support.service import Service
from tests.trials.broadcast import notice_saying
from tests.trials.kills import ANSWERED_WITHIN
from tests.trials.rounds import Round, Strike, post_rounds
from tests.trials.seen import Seen, fits
from tests.trials.steps import AUTHOR, KILLABLE, OFFICER, StepsTrial, TrialError

READERS = 24  # two batches; most of the ten households have two of them
LATE_HOURS = 1
ALLOWED = timedelta(hours=LATE_HOURS)
EDGE = 5.0  # seconds at most until one of the posts is too late: a restart takes half of it
NEVER, MAYBE = "never", "maybe"  # the post that is too late, and the one that is about to be
# Seconds from the beginning of a round until each of the others is due.
ON_TIME = {"overdue": -600.0, "soon": 1.5, "later": 3.0}
FIRED, SKIPPED = "schedule.post-fired", "schedule.post-skipped"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the log about a post."""

    post: str
    action: str
    at: datetime
    campaign: int | None


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A look from outside at a schedule and all that came of it."""

    schedule: Schedule
    campaigns: Mapping[str, Sequence[int]]  # by post: those that say its words
    made_at: Mapping[int, datetime]  # when each of them was made
    entries: Sequence[Entry]
    seen: Seen
    at: datetime

    @property
    def fired(self) -> int:
        """How many posts are campaigns."""
        return sum(one.state is OccurrenceState.FIRED for one in self.schedule.occurrences)

    @property
    def planned(self) -> int:
        """How many are still to come."""
        return sum(one.state is OccurrenceState.PLANNED for one in self.schedule.occurrences)

    @property
    def due(self) -> bool:
        """Whether one of them should be no campaign yet, and is none."""
        return any(one.state is OccurrenceState.PLANNED and one.due_at <= self.at for one in self.schedule.occurrences)


def post_fits(strike: Strike, before: Posted, now: Posted) -> bool:
    """Whether things stand as they must when a process died at this step, and not at another."""
    fired = now.fired - before.fired
    if strike.step in CLAIMS:
        return now.due and fired < strike.number  # what was claimed before in the same transaction is none either
    if strike.step == "firing":
        return now.due and (fired >= strike.number - 1 if strike.number > 1 else fired == 0)
    if strike.step == "after-firing":
        return fired >= strike.number
    return fits(strike, before.seen, now.seen)


def torn(now: Posted) -> list[str]:
    """Posts that are neither wholly fired nor wholly not: post, campaign and entry of the log stand together."""
    return [fault for one in now.schedule.occurrences if (fault := _torn(one, now))]


def _torn(one: Occurrence, now: Posted) -> str:
    entries = [(each.action, each.campaign) for each in now.entries if each.post == one.post]
    made = list(now.campaigns.get(one.post, ()))
    whole = {
        OccurrenceState.PLANNED: ([], [], None),
        OccurrenceState.SKIPPED: ([], [(SKIPPED, None)], None),
        OccurrenceState.FIRED: ([one.campaign_id], [(FIRED, one.campaign_id)], one.campaign_id),
    }[one.state]
    found = (made, entries, one.campaign_id)
    return "" if found == whole else f"{one.post} is {one.state}: {found} instead of {whole}"


def end_faults(now: Posted, said: str) -> list[str]:
    """What is wrong when nothing is to come any more; `said` is all that the processes told."""
    wrong = torn(now)
    for one in now.schedule.occurrences:
        if one.state is OccurrenceState.PLANNED:
            wrong.append(f"{one.post} is still to come")
        elif one.state is OccurrenceState.SKIPPED:
            wrong += _skip_faults(one, now, said)
        elif one.post == NEVER or any(now.made_at[number] - one.due_at > ALLOWED for number in now.campaigns[one.post]):
            wrong.append(f"{one.post} was fired, and it was too late for it")
    return wrong


def _skip_faults(one: Occurrence, now: Posted, said: str) -> Iterator[str]:
    if one.post in ON_TIME or one.why is not Skipped.LATE:
        yield f"{one.post} was skipped: {one.why}"
    if any(each.at - one.due_at <= ALLOWED for each in now.entries if each.post == one.post):
        yield f"{one.post} was skipped before it was too late"
    if f"the post {one.post} was not sent: late" not in said:
        yield f"{one.post} was skipped, and nobody was told"


class PostsTrial(StepsTrial):
    """One database, one schedule after the other."""

    readers = READERS
    on_time: Mapping[str, float] = ON_TIME
    _said = ""  # by all the processes of a round
    _lying: Service | None = None  # in wait already, for the first round

    async def _opened(self) -> None:
        """People greet the service that the first round kills: no post is due yet, and a start is saved."""
        if not self.rounds:
            await super()._opened()
            return
        self._lying = await self._armed(self.rounds[0].strikes[0], "")

    def _drawn(self) -> Iterator[Round]:
        return post_rounds(self._chance)

    async def _told(self, engine: AsyncEngine, one: Round, name: int) -> None:
        try:
            await self._fired(engine, one, f"Bài {name}")
        except TrialError as error:
            self.result.faults.append(f"{one}: {error}")

    async def _fired(self, engine: AsyncEngine, one: Round, name: str) -> None:
        self._said = ""
        service, self._lying = self._lying or await self._armed(one.strikes[0], name), None
        number = await self._scheduled(engine, name)
        before = await self._posted(engine, number, name)
        for at, strike in enumerate(one.strikes):
            service = await self._armed(strike, name) if at else service
            await self._died(strike, service)
            self._said += self._last_words
            now = await self._posted(engine, number, name)
            if not post_fits(strike, before, now):
                posts = [(each.post, each.state.value) for each in now.schedule.occurrences]
                raise TrialError(f"nothing looks like {strike}: {posts}, {now.seen.looked_at} people looked at")
            self.result.faults += [f"after {strike}: {fault}" for fault in torn(now)]
            self._count(strike.step, now.seen, recovering=at > 0)
            self.result.kills[-1].waiting += now.planned
            before = now
        began = monotonic()
        await self._begun(KILLABLE)
        await self._through(engine, number)
        self.result.seconds.append(monotonic() - began)
        await asyncio.to_thread(self.service.kill)
        assert self.service.process.stderr is not None
        self._said += self.service.process.stderr.read()
        await self._schedule_judged(engine, number, name)

    async def _schedule_judged(self, engine: AsyncEngine, number: int, name: str) -> None:
        now = await self._posted(engine, number, name)
        self.result.faults += [f"{name}: {fault}" for fault in end_faults(now, self._said)]
        self.result.posts += Counter(one.state.value for one in now.schedule.occurrences)
        for post, made in now.campaigns.items():
            for campaign in made:
                await self._compared(engine, campaign, self.people, words(name, post))

    async def _scheduled(self, engine: AsyncEngine, name: str) -> int:
        """An approved schedule, in words of its officers' own: what the packs say on the day is no matter of kills."""
        now = datetime.now(UTC)
        due = {post: now + timedelta(seconds=seconds) for post, seconds in self.on_time.items()}
        due[NEVER] = now - 2 * ALLOWED
        due[MAYBE] = now - ALLOWED + timedelta(seconds=self._chance.uniform(0.1, EDGE))
        posts = [
            NewOccurrence(post=post, due_at=at, late_hours=LATE_HOURS, notice=notice_saying(text), edited=True)
            for post, at in due.items()
            for text in [words(name, post)]
        ]
        draft, approved, submitted_at = ScheduleState.DRAFT, ScheduleState.APPROVED, now - timedelta(days=1)
        async with SqlStorage(engine).write() as uow:
            number = await uow.schedules.add("trial", "dak-cam", posts, by=AUTHOR, now=submitted_at)
            one = await uow.schedules.get(number)
            assert one is not None
            yes = {"approved_by": OFFICER, "approved_at": submitted_at, "approved_hash": one.hash()}
            await uow.schedules.step(number, draft, approved, submitted_by=AUTHOR, **yes)
            await uow.commit()
        return number

    async def _posted(self, engine: AsyncEngine, number: int, name: str) -> Posted:
        a = audit_log.c
        async with SqlStorage(engine).read() as uow:
            schedule = await uow.schedules.get(number)
            assert schedule is not None
            posts = {words(name, one.post): one.post for one in schedule.occurrences}
            campaigns = [one for one in await uow.campaigns.list() if one.notice.title in posts]
            found = await uow.connection.execute(
                select(a.action, a.at, a.detail).where(a.subject == f"schedule:{number}")
            )
            entries = [
                Entry(
                    post=row.detail["post"], action=row.action, at=row.at, campaign=_number(row.detail.get("campaign"))
                )
                for row in found
            ]
        made: dict[str, list[int]] = {}
        for one in campaigns:
            made.setdefault(posts[one.notice.title], []).append(one.id)
        seen = await self._look(engine, {one.id: one.notice.title for one in campaigns})
        return Posted(
            schedule=schedule,
            campaigns=made,
            made_at={one.id: one.created_at for one in campaigns},
            entries=entries,
            seen=seen,
            at=datetime.now(UTC),
        )

    async def _through(self, engine: AsyncEngine, number: int) -> None:
        """Until no post is to come, and what they became is finished."""
        until = monotonic() + ANSWERED_WITHIN
        while monotonic() < until:
            async with SqlStorage(engine).read() as uow:
                one = await uow.schedules.get(number)
            assert one is not None
            if all(each.state is not OccurrenceState.PLANNED for each in one.occurrences):
                await self._over(engine, [each.campaign_id for each in one.occurrences if each.campaign_id is not None])
                return
            await asyncio.sleep(0.05)
        self.result.faults.append(f"the posts of schedule {number} do not come")


def words(name: str, post: str) -> str:
    """What a post says, as no other does."""
    return f"{name}, {post}, của lịch này."


def _number(told: str | None) -> int | None:
    return int(told) if told is not None else None
