"""Kills at every named step of a notice: the process ends itself there, the next one must make it good.

tests.support.killable says where it ends; a round in which it did not die there by its own hand, or in which the
database and the phones do not stand as they must at that step, is a fault of the trial and no kill.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from time import monotonic

from sqlalchemy.ext.asyncio import AsyncEngine

from core.campaigns import Campaign, CampaignState
from core.officers import Grant, Role
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from tests.support import hasty, killable
from tests.support.service import Service, chungtay, running
from tests.trials import records
from tests.trials.broadcast import PEOPLE, BroadcastTrial, arrived
from tests.trials.kills import ANSWERED_WITHIN, Kill
from tests.trials.rounds import APPROVALS, STOPS, Round, Strike, rounds
from tests.trials.seen import Seen, approval_fault, fits, late_fault, look, stop_fault

PLAIN, KILLABLE = "tests.support.hasty", "tests.support.killable"
AUTHOR, OFFICER = "Lan", "Hoa"
DIES_WITHIN = 30.0  # seconds from a start to the death it was started for
SOON = "2"  # seconds of a lease: who is killed is made good soon
PATIENT = "10"  # seconds of a lease where messages hang on purpose
FLOODS = (2, 22)  # after how many messages the provider asks for silence; further apart than is in flight at once


class TrialError(Exception):
    """The trial itself went wrong."""


class StepsTrial(BroadcastTrial):
    """One database, one named step after the other."""

    rounds: Sequence[Round] = ()  # those to be run instead of drawn ones
    readers = PEOPLE
    _module, _settings = PLAIN, {hasty.VARIABLE: SOON}
    _last_words = ""  # of a process that died before it listened

    def _running(self, settings: dict[str, str]) -> AbstractContextManager[Service]:
        return running(self._data_dir, module=self._module, **{**settings, **self._settings})

    async def _run(self, kills: int) -> None:
        engine = make_engine(self._url)
        try:
            async with self.opens() as self.provider:
                await self.provider.prepare(data_dir=self._data_dir, database_url=self._url)
                await self._opened()
                self.people = await self._greeted(engine, self.readers)
                await self._enrolled(engine, self.people)
                await self._appointed(engine)
                for number, one in enumerate(self.rounds or self._drawn()):
                    if self.result.faults or (not self.rounds and len(self.result.kills) >= kills):
                        break
                    await self._told(engine, one, number)
            verdict = await records.audit(engine)
            if verdict.broken_at is not None:
                self.result.faults.append(f"audit log: {verdict.reason}")
        finally:
            await close_engine(engine)

    async def _opened(self) -> None:
        """A service that people can greet."""
        await self._begun()

    def _drawn(self) -> Iterator[Round]:
        return rounds(self._chance)

    async def _appointed(self, engine: AsyncEngine) -> None:
        async with SqlStorage(engine).write() as uow:
            number = await uow.officers.add(OFFICER, datetime.now(UTC))
            await uow.officers.grant(number, [Grant(role=Role.APPROVER)])
            await uow.commit()

    # --- processes ---

    async def _begun(self, module: str = PLAIN, **settings: str) -> Service:
        self._module, self._settings = module, {hasty.VARIABLE: SOON, **settings}
        self.service = await self._started()
        return self.service

    async def _armed(self, strike: Strike, text: str) -> Service | None:
        """A service that ends itself there; None where it did before it listened."""
        self._lay_floods(strike, text)
        try:
            return await self._begun(KILLABLE, **{killable.VARIABLE: str(strike)})
        except RuntimeError as error:  # with all that it said
            self._last_words = str(error)
            return None

    async def _died(self, strike: Strike, service: Service | None) -> None:
        """Wait until it ended itself. Raises TrialError where it did not, or not there."""
        if service is not None:
            until = monotonic() + DIES_WITHIN
            while service.process.poll() is None and monotonic() < until:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
            if service.process.returncode != -signal.SIGKILL:
                raise TrialError(f"the service ended with {service.process.returncode}, not at {strike}")
            assert service.process.stderr is not None
            self._last_words = service.process.stderr.read()
        if killable.last_words(str(strike)) not in self._last_words:
            raise TrialError(f"the service did not end itself at {strike}: {self._last_words[-300:]}")

    async def _command(self, step: str, number: int, *, killed_at: str = "") -> None:
        """`chungtay campaign approve` or `stop`, to its end or to its death. Raises TrialError."""
        settings = {"CHUNGTAY_DATABASE_URL": self._url, **self.account_settings}
        if killed_at:
            settings |= {killable.VARIABLE: f"{killed_at}:1"}
        words = ("campaign", step, str(number), "--as", OFFICER)
        done = await asyncio.to_thread(chungtay, *words, data_dir=self._data_dir, module=KILLABLE, **settings)
        if killed_at:
            fine = done.returncode == -signal.SIGKILL and killable.last_words(f"{killed_at}:1") in done.stderr
        else:
            fine = done.returncode == 0
        if not fine:
            raise TrialError(f"campaign {step}, killed at {killed_at or 'nothing'}: {done.returncode}, {done.stderr}")

    # --- a round ---

    async def _told(self, engine: AsyncEngine, one: Round, name: int) -> None:
        texts = [f"Tin {name}.{number} của đợt này." for number in range(one.notices)]
        try:
            await self._struck_at(engine, one, texts)
        except TrialError as error:
            self.result.faults.append(f"{one}: {error}")

    async def _struck_at(self, engine: AsyncEngine, one: Round, texts: list[str]) -> None:
        before = await look(engine, self.provider.account, [], {})
        service = await self._ready(one, texts[0])
        notices = await self._written(engine, one, texts)
        for at, strike in enumerate(one.strikes):
            service = await self._armed(strike, texts[0]) if at else service
            await self._died(strike, service)
            self.provider.well()
            before = await self._fitting(engine, notices, strike, before)
            self._count(strike.step, before, recovering=at > 0)
        stopped = await self._stopped(engine, one, notices) if one.stop else None
        began = monotonic()
        if one.strikes or one.cut_off:
            await self._begun()
        await self._over(engine, list(notices))
        self.result.seconds.append(monotonic() - began)
        for number, text in notices.items():
            await self._compared(engine, number, self.people, text)
        if stopped is not None:
            self._demand(late_fault(stopped, await self._look(engine, notices)), one.stop)

    async def _ready(self, one: Round, text: str) -> Service | None:
        """The service that the round begins with: armed, where it is to die."""
        if one.strikes:
            return await self._armed(one.strikes[0], text)
        if one.stop:
            return await self._begun(KILLABLE, **{hasty.VARIABLE: PATIENT})
        return self.service if self._module == PLAIN else await self._begun()

    async def _written(self, engine: AsyncEngine, one: Round, texts: Sequence[str]) -> dict[int, str]:
        """Notices on their way, by their numbers; approved by the command where that is to be killed."""
        if not one.approval:
            return {await self._approved(engine, text): text for text in texts}
        async with SqlStorage(engine).write() as uow:
            number = await uow.campaigns.add(self._notice_saying(texts[0]), by=AUTHOR, now=datetime.now(UTC))
            await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SUBMITTED, submitted_by=AUTHOR)
            await uow.commit()
        notices, done = {number: texts[0]}, one.approval == APPROVALS[1]
        await self._command("approve", number, killed_at=one.approval)
        seen = await self._look(engine, notices)
        self._demand(approval_fault(seen, by=OFFICER, done=done), one.approval)
        self._count(one.approval, seen)
        if not done:
            await self._command("approve", number)
            self._demand(
                approval_fault(await self._look(engine, notices), by=OFFICER, done=True), "a repeated approval"
            )
        return notices

    async def _fitting(self, engine: AsyncEngine, notices: dict[int, str], strike: Strike, before: Seen) -> Seen:
        """What is seen after a death. Raises TrialError where it cannot have been at this step."""
        now = await self._look(engine, notices)
        if not fits(strike, before, now):
            states = {one.id: (one.state.value, dict(one.counts)) for one in now.campaigns}
            raise TrialError(f"nothing looks like {strike}: {states}, {now.looked_at} people looked at")
        return now

    def _count(self, step: str, seen: Seen, *, recovering: bool = False) -> None:
        self.result.steps[step] += 1
        self.result.kills.append(Kill(waiting=seen.waiting, acknowledged=self.readers, recovering=recovering))

    def _demand(self, fault: str, where: str) -> None:
        if fault:
            self.result.faults.append(f"after {where}: {fault}")

    async def _look(self, engine: AsyncEngine, notices: dict[int, str]) -> Seen:
        shown = {
            (number, one.path): sum(text in bubble.text for bubble in one.received())
            for number, text in notices.items()
            for one in self.people
        }
        return await look(engine, self.provider.account, list(notices), shown)

    def _lay_floods(self, strike: Strike, text: str) -> None:
        """So often as it is waited for, the provider asks for silence."""
        if not strike.step.endswith("pause-note"):
            return
        already = arrived(self.people, text)

        def behind(number: int) -> Callable[[], bool]:
            return lambda: arrived(self.people, text) >= already + number

        for number in FLOODS[: strike.number]:
            self.provider.asks_for_silence(behind(number))

    async def _stopped(self, engine: AsyncEngine, one: Round, notices: dict[int, str]) -> Seen:
        """It is stopped while messages hang: they may arrive, nothing else may."""
        ((number, text),) = notices.items()
        after = self._chance.randint(1, 25)
        hanging = self.provider.hangs(lambda: arrived(self.people, text) >= after)
        await self.provider.until(lambda: hanging.struck, within=ANSWERED_WITHIN)
        await self._command("stop", number, killed_at=one.stop)
        done = one.stop == STOPS[1]
        seen = await self._look(engine, notices)
        self._demand(stop_fault(seen, done=done), one.stop)
        self._count(one.stop, seen)
        if not done:
            await self._command("stop", number)
            seen = await self._look(engine, notices)
            self._demand(stop_fault(seen, done=True), "a repeated stop")
        if one.cut_off:
            await asyncio.to_thread(self.service.kill)
        self.provider.well()
        return seen

    async def _over(self, engine: AsyncEngine, numbers: Sequence[int]) -> None:
        """Until they are finished, or stopped and nothing of them is under way."""
        until = monotonic() + ANSWERED_WITHIN
        while monotonic() < until:
            async with SqlStorage(engine).read() as uow:
                found = [await uow.campaigns.get(number) for number in numbers]
            if all(one is not None and _is_over(one) for one in found):
                return
            await asyncio.sleep(0.05)
        self.result.faults.append(f"campaigns {numbers} do not end")


def _is_over(one: Campaign) -> bool:
    stopped = one.state is CampaignState.STOPPED and not one.counts.get("pending", 0)
    return stopped or one.state is CampaignState.FINISHED
