"""Kills the service while people write to it on Telegram, and judges by what the server received.

The strict fake stands for Telegram: it repeats what was not acknowledged, and shows a message as often as it was sent.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.contacts import URN
from core.delivery import NewDelivery
from core.messages import OutboundMessage
from db.engine import close_engine, make_engine
from db.leasing import RESENDS
from db.models import deliveries, inbound_updates
from db.unit_of_work import SqlStorage
from tests.support.golden import PICTURE
from tests.support.service import Service
from tests.support.telegram import faults
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram
from tests.trials import records
from tests.trials.kills import ANSWERED_WITHIN, LATEST, MOST, SECOND_KILL, Kill
from tests.trials.outside import OutsideTrial, waiting
from tests.trials.providers import on_telegram

LONG, PHOTO, BLOCKS = "(an officer writes a long answer)", "(a photo)", "(blocks us)"
STORY = " ".join(f"Câu thứ {number} của câu trả lời dài." for number in range(330))  # three pieces
# What people do once they were greeted, all at once; "[...]" is a press on that button of the greeting. A press stands
# alone: Telegram does not promise its order among texts. Who blocks us lets us in again after the restart.
SCRIPTS: tuple[tuple[str, ...], ...] = (
    ("menu",),
    ("[Hỏi về hỗ trợ]",),
    ("🌾",),
    ("tien dien ho ngheo", "thế thủ tục thì sao?"),
    ("[Gặp cán bộ]",),
    ("trợ giúp pháp lý miễn phí", "việc đã gửi", "xin chào"),
    ("gặp cán bộ", "Mái nhà tôi dột, xin giúp.", "Chuyển cho cán bộ", "menu"),
    (PHOTO, "Chuyển cho cán bộ"),
    ("xem dữ liệu của tôi", "Tải về"),
    ("menu", BLOCKS),
    (LONG,),
)
FLOODED = 0.3  # how often Telegram asks for silence in a round
GREETING = "/start dak-cam"


@dataclass
class Citizen:
    """Somebody with a script, and the numbers of the updates it led to."""

    person: Person
    script: int
    updates: list[int] = field(default_factory=list)

    def act(self) -> None:
        """All of it at once."""
        for line in SCRIPTS[self.script]:
            if line != LONG:
                number = self._do(line)
                assert number is not None
                self.updates.append(number)

    def _do(self, line: str) -> int | None:
        if line == PHOTO:
            return self.person.sends_photo(PICTURE)
        if line == BLOCKS:
            return self.person.blocks()
        return self.person.presses(line[1:-1]) if line.startswith("[") else self.person.says(line)

    @property
    def waits_for_officer(self) -> bool:
        """Whether a long answer is to come."""
        return LONG in SCRIPTS[self.script]

    def heard(self) -> list[str]:
        """What came after the greeting, the codes of questions masked, and which files."""
        return [
            records.CODE.sub("### ###", " ".join(filter(None, (one.text or one.caption, one.file_name))))
            for one in self.person.shown[1:]
        ]


class TelegramTrial(OutsideTrial):
    """One database, one service after the other, each over polling or a webhook."""

    telegram: FakeTelegram

    async def _run(self, kills: int) -> None:
        engine = make_engine(self._url)
        try:
            async with on_telegram() as provider:
                self.provider, self.telegram = provider, provider.server
                service = await self._started()
                expected = await self._rehearsed(engine)
                while len(self.result.kills) < kills and not self.result.faults and self.began < kills * 6:
                    service = await self._killed(engine, service, expected)
            verdict = await records.audit(engine)
            if verdict.broken_at is not None:
                self.result.faults.append(f"audit log: {verdict.reason}")
        finally:
            await close_engine(engine)

    async def _greeted(self, engine: AsyncEngine, scripts: Sequence[int]) -> list[Citizen]:
        people = [Citizen(self.telegram.person(first_name=f"P{n}"), script) for n, script in enumerate(scripts)]
        for one in people:
            one.person.says(GREETING)
        await self.telegram.until(lambda: all(one.person.shown for one in people), within=ANSWERED_WITHIN)
        await self._answered(engine)  # a greeting whose sending is not written down yet might come twice
        return people

    async def _rehearsed(self, engine: AsyncEngine) -> dict[int, list[str]]:
        """What is said to each script when nobody is killed."""
        people = await self._greeted(engine, range(len(SCRIPTS)))
        await self._act(engine, people)
        await self._answered(engine)
        await self._let_in_again(engine, people)
        heard = {one.script: one.heard() for one in people}
        self.result.faults += [f"{SCRIPTS[script]} is not answered" for script, texts in heard.items() if not texts]
        return heard

    async def _act(self, engine: AsyncEngine, people: Sequence[Citizen]) -> None:
        for one in people:
            one.act()
        answers = [
            NewDelivery(
                dedup_key=f"trial:{one.person.id}",
                urn=URN(account="telegram.main", path=str(one.person.id)),
                contact_id=None,
                message=OutboundMessage(text=STORY),
                available_at=datetime.now(UTC),
            )
            for one in people
            if one.waits_for_officer
        ]
        async with SqlStorage(engine).write() as uow:
            await uow.outbox.add(answers)
            await uow.commit()

    async def _let_in_again(self, engine: AsyncEngine, people: Sequence[Citizen]) -> None:
        for one in people:
            if one.person.blocking:
                number = one.person.unblocks()
                assert number is not None
                one.updates.append(number)
        await self._answered(engine)

    async def _killed(self, engine: AsyncEngine, service: Service, expected: dict[int, list[str]]) -> Service:
        people = await self._greeted(engine, list(self._scripts()))
        seen = len(self.telegram.confirmed)
        if self._chance.random() < FLOODED:
            self.telegram.faults.add(faults.flood(1, method="sendMessage"))
        await self._act(engine, people)
        if any(one.updates for one in people):
            await self.telegram.until(lambda: len(self.telegram.confirmed) > seen, within=ANSWERED_WITHIN)
        await asyncio.sleep(self._chance.uniform(0, LATEST))
        await asyncio.to_thread(service.kill)
        await self._note(engine, people, seen, recovering=False)
        began, strikes = monotonic(), 1
        service = await self._started()
        if self._chance.random() < SECOND_KILL:
            await asyncio.sleep(self._chance.uniform(0, 0.5))
            await asyncio.to_thread(service.kill)
            await self._note(engine, people, seen, recovering=True)
            strikes += 1
            service = await self._started()
        await self._answered(engine)
        self.result.seconds.append(monotonic() - began)
        await self._let_in_again(engine, people)
        await self._judge(engine, people, expected, strikes)
        return service

    def _scripts(self) -> Sequence[int]:
        """People with at most MOST lines in all."""
        left, chosen = self._chance.randint(1, MOST), []
        while left > 0:
            script = self._chance.randrange(len(SCRIPTS))
            left -= len(SCRIPTS[script])
            chosen.append(script)
        return chosen

    async def _note(self, engine: AsyncEngine, people: Sequence[Citizen], seen: int, *, recovering: bool) -> None:
        unanswered = await waiting(engine)
        if unanswered:
            acknowledged = len(self.telegram.confirmed) - seen
            self.result.kills.append(Kill(waiting=unanswered, acknowledged=acknowledged, recovering=recovering))
        else:
            self.result.idle += 1

    async def _judge(
        self, engine: AsyncEngine, people: Sequence[Citizen], expected: dict[int, list[str]], strikes: int
    ) -> None:
        rows = await _rows(engine, [number for one in people for number in one.updates])
        self.result.answered += sum(len(one.updates) for one in people)
        for one in people:
            mine = [rows.get(str(number)) for number in one.updates]
            if missing := [
                n for n, row in zip(one.updates, mine, strict=True) if row is None or row.handled_at is None
            ]:
                self.result.faults.append(f"{SCRIPTS[one.script]}: updates {missing} are not handled")
                continue
            repeats, fault = compared(one.heard(), expected[one.script])
            doubts, left = await _doubts(engine, str(one.person.id))
            if LONG in SCRIPTS[one.script]:
                doubts = max(doubts, min(strikes, repeats))  # a doubt is forgotten with the next piece
            self.result.resent += doubts
            self.result.left += left
            if fault and left:
                continue  # it struck twice while the same message was being sent: an officer is told
            if fault:
                self.result.faults.append(f"{SCRIPTS[one.script]}: {fault}")
            elif repeats > doubts:
                self.result.faults.append(f"{SCRIPTS[one.script]}: {repeats} repeats for {doubts} doubts")


def compared(heard: Sequence[str], expected: Sequence[str]) -> tuple[int, str]:
    """How often a message came a second time, and what is wrong, if anything."""
    at = repeats = 0
    for text in heard:
        if at < len(expected) and text == expected[at]:
            at += 1
        elif at and text == expected[at - 1]:
            repeats += 1
        else:
            return repeats, f"heard {text!r} instead of message {at + 1}"
    return repeats, "" if at == len(expected) else f"heard {at} of {len(expected)} messages"


async def _rows(engine: AsyncEngine, numbers: Sequence[int]) -> dict[str, Any]:
    async with engine.connect() as connection:
        found = await connection.execute(
            select(inbound_updates).where(inbound_updates.c.external_id.in_([str(one) for one in numbers]))
        )
        return {row.external_id: row for row in found}


async def _doubts(engine: AsyncEngine, path: str) -> tuple[int, int]:
    """How often a sending to somebody was in doubt, and how many messages stayed so."""
    given_up = (deliveries.c.status == "in_doubt") & (deliveries.c.doubts > RESENDS)
    async with engine.connect() as connection:
        found = await connection.execute(
            select(func.sum(deliveries.c.doubts), func.count().filter(given_up)).where(deliveries.c.path == path)
        )
        doubts, left = found.one()
        return int(doubts or 0), int(left)
