"""Kills while officers are told of a task in their own chats, at every named step of it.

Each round gives out a task of everybody's office that is due today. After each death the note of who was told, the
message to them and the entry of the log stand together or not at all; in the end each officer has one message, and a
phone shows it more than once only where it was in doubt.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.caps import LOCAL
from core.delivery import DeliveryStatus
from core.officers import Grant, Role
from core.task_reminders import ABOUT_TASKS
from core.tasks import NewTask
from db.leasing import RESENDS
from db.models import audit_log, deliveries, messages
from db.place_tables import task_reminders
from db.unit_of_work import SqlStorage
from tests.support.killable import OFFICERS_AT_ONCE
from tests.trials.broadcast import DONE
from tests.trials.kills import ANSWERED_WITHIN, Kill
from tests.trials.providers import Phone
from tests.trials.rounds import Round, Strike, task_rounds
from tests.trials.steps import KILLABLE, StepsTrial, TrialError

OFFICERS = 10
OFFICE = "phong-kt-ht-dt"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A look from outside at what came of one task."""

    told: Mapping[int, str]  # officer: the message's key
    logged: Counter[str]  # entries of the log since the task was given out, by officer
    rows: Mapping[str, Row[tuple[object, ...]]]  # of the outbox, by key

    def torn(self) -> list[str]:
        """What does not stand together."""
        faults = []
        if set(self.told.values()) != set(self.rows) or len(set(self.told.values())) != len(self.told):
            faults.append(f"noted are {sorted(self.told.values())}, messages are {sorted(self.rows)}")
        if sum(self.logged.values()) != len(self.told) or any(times > 1 for times in self.logged.values()):
            faults.append(f"noted are {sorted(self.told)}, the log has {dict(self.logged)}")
        return faults

    def fits(self, strike: Strike) -> bool:
        """Whether things stand as they must when the first process died at this step, and not at another."""
        match strike.step:
            case "during-tasks":
                return len(self.told) == min(OFFICERS, (strike.number - 1) * OFFICERS_AT_ONCE)
            case "after-tasks":
                return len(self.told) == min(OFFICERS, strike.number * OFFICERS_AT_ONCE)
            case _:
                return bool(self.told)

    @property
    def over(self) -> bool:
        """Whether everybody was told, and nothing is on its way."""
        return len(self.told) == OFFICERS and all(
            row.status in DONE or (row.status == DeliveryStatus.IN_DOUBT and row.doubts > RESENDS)
            for row in self.rows.values()
        )


def _name(place: int) -> str:
    return f"Cán bộ {place}"


class TasksTrial(StepsTrial):
    """One database, one task after the other."""

    readers = OFFICERS

    def _drawn(self) -> Iterator[Round]:
        return task_rounds(self._chance)

    async def _enrolled(self, engine: AsyncEngine, people: Sequence[Phone]) -> None:
        """Each of them is an officer who bound this chat."""
        now = datetime.now(UTC)
        async with SqlStorage(engine).write() as uow:
            for place, phone in enumerate(people):
                number = await uow.officers.add(_name(place), now)
                await uow.officers.grant(number, [Grant(role=Role.ANSWERER, locality="dak-cam", office=OFFICE)])
                code = place.to_bytes(32, "big")
                await uow.chats.offer(code, number, now=now, expires_at=now + timedelta(minutes=1))
                assert await uow.chats.bind(code, self._urn(phone), now)
            await uow.commit()

    async def _told(self, engine: AsyncEngine, one: Round, name: int) -> None:
        text = f"Nhiệm vụ số {name} của đợt này"
        try:
            await self._duty(engine, one, text)
        except TrialError as error:
            self.result.faults.append(f"{one}: {error}")

    async def _duty(self, engine: AsyncEngine, one: Round, text: str) -> None:
        service = await self._armed(one.strikes[0], text)
        begun = await _newest_entry(engine)
        task = await self._given(engine, text)
        for at, strike in enumerate(one.strikes):
            service = await self._armed(strike, text) if at else service
            await self._died(strike, service)
            made = await _look(engine, task, text, begun)
            if not at and not made.fits(strike):
                raise TrialError(f"nothing looks like {strike}: {len(made.told)} are told")
            self.result.faults += [f"after {strike}: {fault}" for fault in made.torn()]
            self.result.steps[strike.step] += 1
            waiting = OFFICERS - sum(row.status in DONE for row in made.rows.values())
            self.result.kills.append(Kill(waiting=waiting, acknowledged=OFFICERS, recovering=at > 0))
        began = monotonic()
        await self._begun(KILLABLE)
        made = await self._ends(engine, task, text, begun)
        self.result.seconds.append(monotonic() - began)
        await self.provider.quiet(within=ANSWERED_WITHIN)
        self._phones(made, text)
        await asyncio.to_thread(self.service.kill)

    async def _given(self, engine: AsyncEngine, text: str) -> int:
        now = datetime.now(UTC)
        new = NewTask(locality="dak-cam", office=OFFICE, text=text, due=now.astimezone(LOCAL).date())
        async with SqlStorage(engine).write() as uow:
            number = await uow.tasks.add(new, "Lan", now)
            await uow.commit()
        assert number is not None
        return number

    async def _ends(self, engine: AsyncEngine, task: int, text: str, begun: int) -> Made:
        until, made = monotonic() + ANSWERED_WITHIN, await _look(engine, task, text, begun)
        while not made.over and monotonic() < until:
            await asyncio.sleep(0.05)
            made = await _look(engine, task, text, begun)
        if not made.over:
            self.result.faults.append(f"{text}: {len(made.told)} are told, and something is still on its way")
        self.result.faults += [f"{text}: {fault}" for fault in made.torn()]
        return made

    def _phones(self, made: Made, text: str) -> None:
        rows = {row.path: row for row in made.rows.values()}
        for phone in self.people:
            times = sum(text in bubble.text for bubble in phone.received())
            self.result.answered += 1
            self.result.twice = (self.result.twice or 0) + (times > 1)
            if (row := rows.get(phone.path)) is None:
                self.result.faults.append(f"{text}: {phone.path} has no message")
                continue
            self.result.resent += max(0, min(row.doubts, row.attempt - 1))
            least = 1 if row.status in DONE else 0
            if not least <= times <= min(1 + row.doubts, row.attempt):
                what = f"{row.status}, {row.doubts} doubts, {row.attempt} attempts"
                self.result.faults.append(f"{text}: {phone.path} has it {times} times: {what}")


async def _newest_entry(engine: AsyncEngine) -> int:
    async with SqlStorage(engine).read() as uow:
        found = await uow.connection.execute(select(audit_log.c.id).order_by(audit_log.c.id.desc()).limit(1))
        return int(found.scalar() or 0)


async def _look(engine: AsyncEngine, task: int, text: str, begun: int) -> Made:
    async with SqlStorage(engine).read() as uow:
        db, r, a = uow.connection, task_reminders.c, audit_log.c
        told = {
            row.officer_id: row.told_in for row in await db.execute(select(task_reminders).where(r.task_id == task))
        }
        entries = await db.execute(select(a.subject).where(a.action == "task.reminded", a.id > begun))
        found = await db.execute(
            select(deliveries, messages.c.body)
            .join(messages, messages.c.id == deliveries.c.message_id)
            .where(deliveries.c.dedup_key.startswith(ABOUT_TASKS))
        )
        rows = {row.dedup_key: row for row in found if text in row.body["text"]}
        return Made(told=told, logged=Counter(entries.scalars()), rows=rows)
