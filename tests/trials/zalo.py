"""Kills while notices go over a Zalo Official Account, whose people are silent for moments, days or too long.

The strict fake stands for Zalo: it lets nobody be written to outside their window, shows a message as often as it was
sent, and refuses every access token when a trial says so. Before each notice everybody is given another silence, in the
fake and in our database alike. The judge is that of all notices; besides, who is inside has the words and no template,
who is outside has the template alone, or nothing where the notice has none, and what was counted is what was taken.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from core.campaigns import Notice, read_notice
from core.delivery import DeliveryStatus
from core.records import LedgerRow
from db.channel_tables import channel_tokens, channel_use
from db.models import addresses, deliveries
from tests.support.service import Service
from tests.trials.broadcast import LATEST, BroadcastTrial, arrived, faults_of, notice_saying
from tests.trials.on_zalo import ACCOUNT, ROTATING, TEMPLATE_ID, OnZalo, ZaloPhone, on_zalo
from tests.trials.providers import HURRY, Phone, Provider
from tests.trials.rounds import Round, rounds
from tests.trials.steps import StepsTrial

DAY = timedelta(days=1)
SILENCES = (timedelta(minutes=1), 3 * DAY, 10 * DAY)  # free, charged, outside
OUTSIDE = SILENCES[2]
ROTATED = 0.5  # how often the tokens must be changed in the middle of a notice
AFTER = 15  # messages at most before they must: a notice without a template reaches about thirty people
PAUSES = "pause-note"  # Zalo never says how long to be silent, and we take a minute: too long for a trial


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What somebody's phone shows of a notice."""

    inside: bool  # the window was open when it was approved
    texts: int
    templates: int


def faults_by_window(
    rows: Sequence[LedgerRow], heard: Mapping[int, Heard], *, template: bool, whole: bool
) -> list[str]:
    """What is wrong with a ledger, by what each contact's phone shows. `template`: the notice has one.

    Who is outside and gets nothing is as if it had been taken back: told so, or in doubt after a kill, and not there.
    """
    closed = {contact for contact, one in heard.items() if not one.inside and not template}
    nothing = (DeliveryStatus.SKIPPED, DeliveryStatus.IN_DOUBT)
    told = [
        replace(row, state=DeliveryStatus.CANCELLED.value) if row.contact_id in closed and row.state in nothing else row
        for row in rows
    ]
    wrong = faults_of(told, {contact: one.texts + one.templates for contact, one in heard.items()}, whole=whole)
    for contact, one in heard.items():
        if one.inside and one.templates:
            wrong.append(f"contact {contact} is inside and has a template")
        if not one.inside and one.texts:
            wrong.append(f"contact {contact} is outside and has the words")
    return wrong


class _ByWindow(BroadcastTrial):
    """What trials over this account share: silences, a notice with a template or without, the judge."""

    provider: OnZalo  # type: ignore[assignment] # this one and no other
    template = True  # whether the notice has one
    rounds_begun = 0
    _engine: AsyncEngine

    @staticmethod
    def opens() -> AbstractAsyncContextManager[Provider]:
        """This server."""
        return on_zalo()

    async def _silenced(self, engine: AsyncEngine, people: Sequence[Phone]) -> None:
        """Everybody has been silent for as long as chance says: in the fake, and in our database."""
        self._engine, now = engine, datetime.now(UTC)
        self.rounds_begun += 1
        self.silences = {one.path: self._chance.choice(SILENCES) for one in people}
        for one in people:
            assert isinstance(one, ZaloPhone)
            one.silent_for(self.silences[one.path], now)
        a = addresses.c
        async with engine.begin() as connection:
            for silence in SILENCES:
                paths = [path for path, theirs in self.silences.items() if theirs == silence]
                theirs = update(addresses).where(a.account == ACCOUNT, a.path.in_(paths))
                await connection.execute(theirs.values(interacted_at=now - silence))
            found = await connection.execute(select(a.path, a.contact_id).where(a.account == ACCOUNT))
            self.contacts = {row.path: row.contact_id for row in found}

    def _notice_saying(self, text: str) -> Notice:
        notice = notice_saying(text)
        if not self.template:
            return notice
        return read_notice(
            {"kind": "notice", **notice.plain(), "zalo": {"template": TEMPLATE_ID, "fields": {"ten": text}}}
        )

    def _judged(self, rows: Sequence[LedgerRow], shown: Mapping[int, int], text: str, *, whole: bool) -> Sequence[str]:
        people = self.provider.server.state.people
        heard = {
            self.contacts[path]: Heard(
                inside=silence != OUTSIDE,
                texts=sum(text in one.text for one in people[path].shown),
                templates=sum(text in one.template_data.values() for one in people[path].shown),
            )
            for path, silence in self.silences.items()
        }
        assert set(heard) == set(shown)
        return faults_by_window(rows, heard, template=self.template, whole=whole)

    async def _compared(self, engine: AsyncEngine, number: int, people: Sequence[Phone], text: str) -> None:
        await super()._compared(engine, number, people, text)
        async with engine.connect() as connection:
            rows = await connection.execute(select(channel_use.c.way, channel_use.c.messages))
            counted: Counter[str] = Counter()
            for row in rows:
                counted[row.way] += row.messages
            doubts = int((await connection.execute(select(func.sum(deliveries.c.doubts)))).scalar_one() or 0)
        taken = self.provider.taken()
        # What a kill kept from being written down is a doubt, and is counted when it was sent once more.
        if counted - taken or (taken - counted).total() > doubts:
            self.result.faults.append(f"{text}: counted {counted}, taken {taken}, {doubts} doubts")


class ZaloTrial(_ByWindow):
    """One notice a kill, at a moment of chance; now and then while the tokens are being changed."""

    _rotate = False

    async def _notice(self, engine: AsyncEngine, service: Service, people: Sequence[Phone], text: str) -> Service:
        await self._silenced(engine, people)
        # The first two rounds have both, whatever chance says: a slice has no more.
        chances = self._chance.random() < ROTATED, self._chance.random() < 0.5
        self._rotate, self.template = {1: (True, False), 2: (False, True)}.get(self.rounds_begun, chances)
        service = await super()._notice(engine, service, people, text)
        self.provider.well()
        return service

    async def _some_moment(self, people: Sequence[Phone], text: str) -> None:
        if not self._rotate:
            await super()._some_moment(people, text)
            return
        self._rotate = False  # once a notice: a pair that is a minute old is not taken for an old one
        some, until = self._chance.randrange(1, AFTER), monotonic() + 2 * LATEST
        while arrived(people, text) < some and monotonic() < until:  # noqa: ASYNC110 - a server's
            await asyncio.sleep(0.001)
        async with self._engine.begin() as connection:
            mine = update(channel_tokens).where(channel_tokens.c.account == ACCOUNT)
            await connection.execute(mine.values(refreshed_at=datetime.now(UTC) - timedelta(hours=2)))
        before = self.provider.rotations()
        self.provider.refuse_tokens()
        while self.provider.rotations() == before and monotonic() < until:  # noqa: ASYNC110 - a server's
            await asyncio.sleep(0.001)
        self.result.rotations = (self.result.rotations or 0) + (self.provider.rotations() > before)
        # While the answer is on its way, or when it has just come.
        await asyncio.sleep(self._chance.uniform(0, 1.5 * ROTATING / HURRY))


class ZaloStepsTrial(_ByWindow, StepsTrial):
    """Every named step of a notice with a template, but for the pauses."""

    async def _told(self, engine: AsyncEngine, one: Round, name: int) -> None:
        await self._silenced(engine, self.people)
        await super()._told(engine, one, name)

    def _drawn(self) -> Iterator[Round]:
        return (one for one in rounds(self._chance) if not any(strike.step.endswith(PAUSES) for strike in one.strikes))
