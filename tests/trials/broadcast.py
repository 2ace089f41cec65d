"""Kills the service while it sends a notice to many over an outside channel, and judges by what the server received.

Everybody who was greeted is put on a list of the ward; each round sends one notice to all of them, and the process is
killed at a random moment of it: while the messages are made, while they are sent, while it recovers. In the end
everybody has the notice, more often only where the ledger says that it was in doubt, and the counts are the ledger's.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy.ext.asyncio import AsyncEngine

from core.campaigns import CampaignState, Notice, read_notice
from core.contacts import URN, Consent, Purpose
from core.delivery import DeliveryStatus
from core.records import LedgerRow, NewContact
from db.engine import close_engine, make_engine
from db.leasing import RESENDS
from db.unit_of_work import SqlStorage
from tests.support.service import Service
from tests.trials import records
from tests.trials.kills import ANSWERED_WITHIN, SECOND_KILL, Kill
from tests.trials.outside import OutsideTrial
from tests.trials.providers import Phone, Provider, on_telegram

PEOPLE = 60  # at 30 a second a notice takes two seconds
HOUSEHOLDS = 10  # of two people each, among them
LATEST = 2.5  # seconds from the approval to the kill
BY_TIME = 0.4  # how often the kill strikes at any moment
DAY = timedelta(days=1)
LEFT_OUT = "left out"  # the state of a ledger's line
DONE = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)


def notice_saying(text: str) -> Notice:
    """To everybody of the list, at any hour, as soon as it is approved."""
    data = {
        "kind": "notice",
        "title": text,
        "source": "thử",
        "text": {"vi": text},
        "audience": {"localities": ["dak-cam"]},
        "sending": {"urgent": True, "hold_back_seconds": 0},
    }
    return read_notice(data)


class BroadcastTrial(OutsideTrial):
    """One database, one service after the other, one notice a kill. `opens` says over whose server."""

    @staticmethod
    def opens() -> AbstractAsyncContextManager[Provider]:
        """The server of the provider, while the context is open."""
        return on_telegram()

    async def _run(self, kills: int) -> None:
        engine = make_engine(self._url)
        try:
            async with self.opens() as self.provider:
                await self.provider.prepare(data_dir=self._data_dir, database_url=self._url)
                service = await self._started()
                people = await self._greeted(engine, PEOPLE)
                await self._enrolled(engine, people)
                rounds = 0
                while len(self.result.kills) < kills and not self.result.faults and rounds < kills * 4:
                    rounds += 1
                    service = await self._notice(engine, service, people, f"Tin thứ {rounds} của đợt này.")
            verdict = await records.audit(engine)
            if verdict.broken_at is not None:
                self.result.faults.append(f"audit log: {verdict.reason}")
        finally:
            await close_engine(engine)

    async def _greeted(self, engine: AsyncEngine, count: int) -> list[Phone]:
        people = [self.provider.phone(f"P{number}") for number in range(count)]
        for one in people:
            one.greets()
        await self.provider.until(lambda: all(one.received() for one in people), within=ANSWERED_WITHIN)
        await self._answered(engine)  # a greeting whose sending is not written down yet might come twice
        return people

    def _urn(self, one: Phone) -> URN:
        return URN(account=self.provider.account, path=one.path)

    async def _enrolled(self, engine: AsyncEngine, people: Sequence[Phone]) -> None:
        now = datetime.now(UTC)
        listed = [
            NewContact(
                urn=self._urn(one),
                name="",
                phone="",
                locality="dak-cam",
                hamlet=None,
                status="poor",
                language="vi",
                household=f"H{number % HOUSEHOLDS}" if number < 2 * HOUSEHOLDS else "",
                topics=(),
            )
            for number, one in enumerate(people)
        ]
        consent = Consent(purpose=Purpose.NOTICES, granted_at=now, expires_at=now + DAY, wording="ward list")
        async with SqlStorage(engine).write() as uow:
            await uow.lists.enrol(listed, consent, now)
            await uow.commit()

    def _notice_saying(self, text: str) -> Notice:
        return notice_saying(text)

    def _judged(self, rows: Sequence[LedgerRow], shown: Mapping[int, int], text: str, *, whole: bool) -> Sequence[str]:
        """What is wrong with the ledger of this notice, by what the phones show of it."""
        return faults_of(rows, shown, whole=whole)

    async def _approved(self, engine: AsyncEngine, text: str) -> int:
        notice, now = self._notice_saying(text), datetime.now(UTC)
        async with SqlStorage(engine).write() as uow:
            number = await uow.campaigns.add(notice, by="Lan", now=now)
            draft, approved = CampaignState.DRAFT, CampaignState.APPROVED
            await uow.campaigns.step(number, draft, approved, approved_hash=notice.hash(), starts_at=now)
            await uow.commit()
        return number

    async def _notice(self, engine: AsyncEngine, service: Service, people: Sequence[Phone], text: str) -> Service:
        number = await self._approved(engine, text)
        await self._some_moment(people, text)
        await asyncio.to_thread(service.kill)
        await self._struck(engine, number, recovering=False)
        began = monotonic()
        service = await self._started()
        if self._chance.random() < SECOND_KILL:
            await self._some_moment(people, text)
            await asyncio.to_thread(service.kill)
            await self._struck(engine, number, recovering=True)
            service = await self._started()
        await self._ended(engine, number)
        self.result.seconds.append(monotonic() - began)
        await self.provider.quiet(within=ANSWERED_WITHIN)
        await self._compared(engine, number, people, text)
        return service

    async def _some_moment(self, people: Sequence[Phone], text: str) -> None:
        """Any moment, or one at which the server has just got so many of the messages: then others are under way."""
        if self._chance.random() < BY_TIME:
            await asyncio.sleep(self._chance.uniform(0, LATEST))
            return
        some = self._chance.randrange(1, PEOPLE - HOUSEHOLDS)
        began = monotonic()
        # A little beyond the longest wait it is any moment again: after a second kill some never come.
        while arrived(people, text) < some and monotonic() < began + 2 * LATEST:  # noqa: ASYNC110 - a server's
            await asyncio.sleep(0.001)

    async def _struck(self, engine: AsyncEngine, number: int, *, recovering: bool) -> None:
        """A kill counts while the notice is on its way."""
        async with SqlStorage(engine).read() as uow:
            one = await uow.campaigns.get(number)
        assert one is not None
        if one.state in (CampaignState.APPROVED, CampaignState.SENDING):
            waiting = one.counts.get("pending", 0)
            self.result.kills.append(Kill(waiting=waiting, acknowledged=PEOPLE, recovering=recovering))
        else:
            self.result.idle += 1

    async def _ended(self, engine: AsyncEngine, number: int) -> None:
        until = monotonic() + ANSWERED_WITHIN
        while monotonic() < until:
            async with SqlStorage(engine).read() as uow:
                one = await uow.campaigns.get(number)
            if one is not None and one.state is CampaignState.FINISHED:
                return
            await asyncio.sleep(0.1)
        self.result.faults.append(f"campaign {number} does not end")

    async def _compared(self, engine: AsyncEngine, number: int, people: Sequence[Phone], text: str) -> None:
        """The ledger line by line against what each phone shows."""
        storage = SqlStorage(engine)
        async with storage.read() as uow:
            rows = [row async for row in uow.campaigns.ledger(number)]
            one = await uow.campaigns.get(number)
            theirs = await uow.people.load([self._urn(phone) for phone in people], datetime.now(UTC))
        assert one is not None
        shown = {
            theirs[self._urn(phone)].contact.id: sum(text in one.text for one in phone.received()) for phone in people
        }
        self.result.answered += len(people)
        self.result.resent += sum(max(0, min(row.doubts, row.attempts - 1)) for row in rows)
        self.result.twice = (self.result.twice or 0) + sum(times > 1 for times in shown.values())
        # What a stop left in doubt was tried once, and is nobody's matter any more.
        self.result.left += sum(row.state == DeliveryStatus.IN_DOUBT and row.attempts > RESENDS for row in rows)
        whole = one.state is CampaignState.FINISHED
        self.result.faults += [f"{text}: {fault}" for fault in self._judged(rows, shown, text, whole=whole)]
        counted = Counter(row.state for row in rows if row.state != LEFT_OUT)
        if counted != Counter({state: n for state, n in one.counts.items() if n}):
            self.result.faults.append(f"the counts {dict(one.counts)} are not those of the ledger {dict(counted)}")


def faults_of(rows: Sequence[LedgerRow], shown: Mapping[int, int], *, whole: bool) -> list[str]:
    """What is wrong with a ledger, by how often each contact's phone shows the notice.

    Not `whole` is one that was stopped: who was not looked at yet stands in no line, and has nothing.
    """
    listed = sorted(row.contact_id or 0 for row in rows)
    if len(set(listed)) < len(listed) or not set(listed) <= set(shown) or (whole and listed != sorted(shown)):
        return [f"the ledger has {len(rows)} rows for {len(shown)} people"]
    out = sum(row.state == LEFT_OUT for row in rows)
    told = f"{out} are left out, one of each of {HOUSEHOLDS} households should be"
    wrong = [told] if out > HOUSEHOLDS or (whole and out != HOUSEHOLDS) else []
    wrong += [f"contact {one} stands in no line and has it" for one in set(shown) - set(listed) if shown[one]]
    for row in rows:
        least, most = _times(row)
        if not least <= shown[row.contact_id or 0] <= most:
            what = f"{row.state}, {row.doubts} doubts, {row.attempts} attempts"
            wrong.append(f"contact {row.contact_id} has it {shown[row.contact_id or 0]} times: {what}")
    return wrong


def _times(row: LedgerRow) -> tuple[int, int]:
    """How often somebody has the notice, at least and at most."""
    # A doubt that nobody may try again is noted as one too many: never more often than it was tried.
    most = min(1 + row.doubts, row.attempts)
    if row.state in DONE:
        return 1, most
    if row.state == DeliveryStatus.IN_DOUBT:
        return 0, most
    # Left out, taken back; anything else is no end.
    return (0, 0) if row.state in (LEFT_OUT, DeliveryStatus.CANCELLED) else (1, 0)


def arrived(people: Sequence[Phone], text: str) -> int:
    """How many messages of a notice the phones show by now."""
    return sum(text in one.text for phone in people for one in phone.received(last=6))
