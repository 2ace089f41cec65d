"""Kills the service while people write to it, starts it again, and looks whether everything was answered once."""

import asyncio
import random
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from sqlalchemy.ext.asyncio import AsyncEngine

from content.wording import wording
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from tests.support import hasty
from tests.support.service import Service, running
from tests.trials import records
from tests.trials.crowd import SCRIPTS, Speaker, crowd, speak

MOST = 200  # messages waiting at a kill
LATEST = 0.3  # seconds from the first acknowledgement to the kill
ANSWERED_WITHIN = 90.0  # seconds after a restart
LEASE = "3"  # seconds, see tests.support.hasty
BACKLOG = 1 / 3  # how often a round's messages are all there at once
SEEN_WITHIN = 1.0  # seconds until the service sees what another process stored
FAULT = wording("vi").text("machine_fault", you="", You="").partition("\n")[0].partition(".")[0]
SECOND_KILL = 0.25  # how often the service is killed again while it recovers


@dataclass(kw_only=True)
class Kill:
    """One kill."""

    waiting: int  # acknowledged and unanswered when it struck
    acknowledged: int
    recovering: bool  # it struck a service that had just come back


@dataclass
class Result:
    """What the kills on one database led to."""

    kills: list[Kill] = field(default_factory=list)  # those that struck while something waited
    idle: int = 0  # kills that struck when nothing waited: checked as well, not counted
    seconds: list[float] = field(default_factory=list)  # from each restart until all was answered
    answered: int = 0  # acknowledged messages answered
    left: int = 0  # in doubt a second time: never sent a third time, and shown to an officer
    resent: int = 0  # replies whose sending was in doubt: sent a second time
    twice: int | None = None  # notices that a phone shows more than once for it, where that is counted
    steps: Counter[str] = field(default_factory=Counter)  # kills at each named step
    rotations: int | None = None  # kills while the next tokens of the provider were asked for, where it changes them
    posts: Counter[str] = field(default_factory=Counter)  # what became of the posts of schedules
    faults: list[str] = field(default_factory=list)


class Trial:
    """One database, one service after the other."""

    def __init__(self, *, data_dir: Path, database_url: str, seed: int) -> None:
        self._chance = random.Random(seed)
        self._data_dir, self._url = data_dir, database_url
        self._stack = ExitStack()
        self.result = Result()
        self.expected: dict[int, list[list[str]]] = {}

    def start(self) -> Service:
        """A new process on the same data; the old one is waited for."""
        self._stack.close()
        settings = {"CHUNGTAY_DATABASE_URL": self._url, hasty.VARIABLE: LEASE}
        return self._stack.enter_context(self._running(settings))

    def _running(self, settings: dict[str, str]) -> AbstractContextManager[Service]:
        return running(self._data_dir, module="tests.support.hasty", **settings)

    def run(self, kills: int) -> Result:
        """As many kills as asked for, each while something waited."""
        with self._stack:
            asyncio.run(self._run(kills))
        return self.result

    async def _run(self, kills: int) -> None:
        engine = make_engine(self._url)
        try:
            service = self.start()
            await self._rehearse(engine, service)
            for number in range(kills * 3):
                if len(self.result.kills) >= kills or self.result.faults:
                    break
                service = await self._round(engine, service, f"r{number}")
            verdict = await records.audit(engine)
            if verdict.broken_at is not None:
                self.result.faults.append(f"audit log: {verdict.reason}")
        finally:
            await close_engine(engine)

    async def _rehearse(self, engine: AsyncEngine, service: Service) -> None:
        """What is said to each script when nobody is killed."""
        people = [Speaker(name=f"rehearsal{number}", script=number) for number in range(len(SCRIPTS))]
        await speak(service.address, people, lambda: None)
        await self._quiet(engine)
        found = await records.read(engine, people)
        for one in people:
            record = found[one.name]
            bodies = dict(zip((row.dedup_key for row in record.said), record.bodies(), strict=True))
            self.expected[one.script] = [
                [bodies[row.dedup_key] for row in record.replies_to(update.id)] for update in record.updates.values()
            ]
            if any(not replies for replies in self.expected[one.script]):
                self.result.faults.append(f"{SCRIPTS[one.script]} has a message without an answer")
            if any(FAULT in body for body in bodies.values()):
                self.result.faults.append(f"{SCRIPTS[one.script]} meets a fault of ours")

    async def _round(self, engine: AsyncEngine, service: Service, name: str) -> Service:
        people = crowd(self._chance, name, self._chance.randint(1, MOST))
        if self._chance.random() < BACKLOG:
            await self._store_and_kill(engine, service, people)
        else:
            await self._speak_and_kill(service, people)
        await self._count(engine, people, recovering=False)
        began = monotonic()
        service = self.start()
        if self._chance.random() < SECOND_KILL:
            await asyncio.sleep(self._chance.uniform(0, 0.05))
            service.kill()
            await self._count(engine, people, recovering=True)
            service = self.start()
        await self._quiet(engine)
        self.result.seconds.append(monotonic() - began)
        found = await records.read(engine, people)
        self.result.faults += records.faults(people, found, self.expected)
        self.result.answered += sum(one.acknowledged for one in people)
        self.result.resent += sum(row.doubts for record in found.values() for row in record.said)
        return service

    async def _speak_and_kill(self, service: Service, people: list[Speaker]) -> None:
        first = asyncio.Event()
        speaking = asyncio.create_task(speak(service.address, people, first.set))
        await first.wait()
        await asyncio.sleep(self._chance.uniform(0, LATEST))
        service.kill()
        await speaking

    async def _store_and_kill(self, engine: AsyncEngine, service: Service, people: list[Speaker]) -> None:
        """Everything is there at once, as after a standstill; the kill strikes while it is worked off."""
        async with SqlStorage(engine).write() as uow:
            await uow.inbox.add([update for one in people for update in one.updates()])
            await uow.commit()
        for one in people:
            one.acknowledged = len(one.lines)
        await asyncio.sleep(self._chance.uniform(0, SEEN_WITHIN + LATEST))
        service.kill()

    async def _count(self, engine: AsyncEngine, people: list[Speaker], *, recovering: bool) -> None:
        waiting = records.unanswered(people, await records.read(engine, people))
        acknowledged = sum(one.acknowledged for one in people)
        if waiting:
            self.result.kills.append(Kill(waiting=waiting, acknowledged=acknowledged, recovering=recovering))
        else:
            self.result.idle += 1

    async def _quiet(self, engine: AsyncEngine) -> None:
        """Until everything is handled and sent. Gives up after ANSWERED_WITHIN, and what is missing is found."""
        until = monotonic() + ANSWERED_WITHIN
        # Another process owns the database: it can be asked, and tells nothing by itself.
        while not await records.is_quiet(engine) and monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
