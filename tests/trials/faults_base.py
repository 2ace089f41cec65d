"""A service that sends notices to some dozens of people over the fake Telegram, and the judgement of what arrived."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from core.campaigns import CampaignState, read_notice
from core.contacts import URN, Consent, Purpose
from core.records import LedgerRow, NewContact
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from tests.support import hasty, steered
from tests.support.service import Service, running
from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram

ACCOUNT = "telegram.main"
PEOPLE = 40
MANY = 75  # more than two seconds' worth: who is to be struck in the middle
HOUSEHOLDS = 5  # of two people each, among them
HURRY = "10"  # deadlines and pauses of the service are so many times shorter
HURRIED = 20.0  # so are the waits of the fake server
WITHIN = 60.0  # seconds for anything: far more than it takes
DAY = timedelta(days=1)
SENT, FAILED, SKIPPED, IN_DOUBT, LEFT_OUT = "sent", "failed", "skipped", "in_doubt", "left out"


@dataclass
class Verdict:
    """What became of one notice."""

    people: int
    states: Counter[str]
    doubts: int  # recorded
    twice: int  # what phones show beyond one each
    rows: Mapping[int, LedgerRow]  # by the person's id at Telegram
    faults: list[str] = field(default_factory=list)

    def expect(self, holds: bool, what: str) -> None:
        """One more thing that must hold."""
        if not holds:
            self.faults.append(what)

    def __str__(self) -> str:
        states = ", ".join(f"{number} {state}" for state, number in sorted(self.states.items()))
        return f"{self.people} people: {states}; {self.doubts} in doubt, {self.twice} shown twice"


class Ward:
    """People on a list of the ward, and the service that writes to them."""

    def __init__(self, telegram: FakeTelegram, storage: SqlStorage, data_dir: Path, settings: dict[str, str]) -> None:
        self.telegram, self.storage = telegram, storage
        self.data_dir, self.settings = data_dir, settings
        self.clock = steered.SteeredClock(Path(settings[steered.CLOCK]))
        self.people: list[Person] = []
        self.contacts: dict[int, int] = {}  # by the person's id at Telegram
        self._stack = ExitStack()
        self.service: Service | None = None

    # The service.

    async def start(self, *, people: int = PEOPLE, **settings: str) -> Service:
        """A new process; the first one meets people. In a thread: the server it talks to lives in this loop."""
        entered = running(self.data_dir, module=steered.__name__, **self.settings, **settings)
        self.service = await asyncio.to_thread(self._stack.enter_context, entered)
        if not self.people:
            await self.enrol(people)
        return self.service

    async def kill(self) -> str:
        """A power cut; gives what it had told operators."""
        assert self.service is not None
        await asyncio.to_thread(self.service.kill)
        assert self.service.process.stderr is not None
        said = await asyncio.to_thread(self.service.process.stderr.read)
        self._stack.close()
        self.service = None
        return said

    # People and notices.

    async def enrol(self, count: int, households: int = HOUSEHOLDS) -> None:
        """Put people on the ward's list; the first ones share households, two in each."""
        self.people = [self.telegram.person(first_name=f"P{number}") for number in range(count)]
        listed = [_listed(one, f"H{n // 2}" if n < 2 * households else "") for n, one in enumerate(self.people)]
        now = self.clock.now()
        consent = Consent(purpose=Purpose.NOTICES, granted_at=now, expires_at=now + 30 * DAY, wording="ward list")
        async with self.storage.write() as uow:
            await uow.lists.enrol(listed, consent, now)
            await uow.commit()
        async with self.storage.read() as uow:
            found = await uow.people.load([_urn(one) for one in self.people], now)
        self.contacts = {one.id: found[_urn(one)].contact.id for one in self.people}

    async def notice(self, text: str, *, hold_back: float = 0, **sending: Any) -> int:
        """An approved one to all of them; gives its number."""
        data = {
            "kind": "notice",
            "title": text,
            "source": "thử",
            "text": {"vi": text},
            "audience": {"localities": ["dak-cam"]},
            "sending": {"urgent": True, "hold_back_seconds": int(hold_back), **sending},
        }
        notice, now = read_notice(data), self.clock.now()
        starts = now + timedelta(seconds=hold_back)
        async with self.storage.write() as uow:
            number = await uow.campaigns.add(notice, by="Lan", now=now)
            draft, approved = CampaignState.DRAFT, CampaignState.APPROVED
            await uow.campaigns.step(number, draft, approved, approved_hash=notice.hash(), starts_at=starts)
            await uow.commit()
        return number

    def arrived(self, text: str) -> int:
        """How many phones show it."""
        return sum(any(text in bubble.text for bubble in one.shown) for one in self.people)

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for it. Raises AssertionError with what was waited for."""
        await until(holds, what)

    async def some_have(self, text: str, count: int) -> None:
        """Wait until so many phones show it."""
        await until(lambda: self.arrived(text) >= count, f"{count} have {text!r}")

    async def state_of(self, number: int) -> CampaignState:
        """Where a notice stands."""
        async with self.storage.read() as uow:
            one = await uow.campaigns.get(number)
        assert one is not None
        return one.state

    @property
    def meant(self) -> set[int]:
        """Who is to get a notice: everybody, but of a household one."""
        return {one.id for n, one in enumerate(self.people) if n >= 2 * HOUSEHOLDS or n % 2 == 0}

    async def expanded(self, number: int) -> None:
        """Wait until a notice has a message for everybody."""
        end = monotonic() + WITHIN
        while not await self._is_expanded(number):
            assert monotonic() < end, f"notice {number} is not expanded"
            await asyncio.sleep(0.05)

    async def _is_expanded(self, number: int) -> bool:
        async with self.storage.read() as uow:
            one = await uow.campaigns.get(number)
        return one is not None and one.expanded_at is not None

    async def finished(self, number: int) -> None:
        """Wait until nothing of a notice is on its way. Raises AssertionError when it does not end."""
        end = monotonic() + WITHIN
        while await self.state_of(number) is not CampaignState.FINISHED:
            assert monotonic() < end, f"notice {number} does not end: {await self._counts(number)}"
            await asyncio.sleep(0.05)

    async def _counts(self, number: int) -> Mapping[str, int]:
        async with self.storage.read() as uow:
            one = await uow.campaigns.get(number)
        return one.counts if one is not None else {}

    # The judgement.

    async def ledger(self, number: int) -> list[LedgerRow]:
        """A notice's ledger, line by line."""
        async with self.storage.read() as uow:
            return [row async for row in uow.campaigns.ledger(number)]

    async def judged(self, number: int, text: str, *, other: Mapping[int, str] | None = None) -> Verdict:
        """The ledger against each phone and against the counts.

        `other`: people (by their id at Telegram) who do not simply have it, and the state they must be in. The second
        of each household is left out unless told otherwise.
        """
        rows, counts = await self.ledger(number), await self._counts(number)
        whose = {contact: person for person, contact in self.contacts.items()}
        shown = {one.id: sum(text in bubble.text for bubble in one.shown) for one in self.people}
        verdict = Verdict(
            people=len(self.people),
            states=Counter(row.state for row in rows),
            doubts=sum(row.doubts for row in rows),
            twice=sum(max(0, times - 1) for times in shown.values()),
            rows={whose.get(row.contact_id or 0, 0): row for row in rows},
        )
        verdict.expect(
            sorted(verdict.rows) == sorted(shown) and len(rows) == len(shown),
            f"the ledger has {len(rows)} rows for {len(shown)} people",
        )
        expected = {one.id: LEFT_OUT for one in self.people if one.id not in self.meant} | dict(other or {})
        for person, row in verdict.rows.items():
            verdict.faults += _wrong(row, shown.get(person, 0), expected.get(person, SENT))
        counted = {state: n for state, n in verdict.states.items() if state != LEFT_OUT}
        told = {state: n for state, n in counts.items() if n}
        verdict.expect(counted == told, f"the counts {told} are not those of the ledger {counted}")
        return verdict


def _wrong(row: LedgerRow, times: int, expected: str) -> list[str]:
    told = f"{row.state} ({row.reason}), {row.doubts} doubts, {row.attempts} attempts"
    wrong = [f"contact {row.contact_id} should be {expected}, is {told}"] if row.state != expected else []
    least = int(row.state == SENT)
    most = 0 if row.state == LEFT_OUT else row.doubts + int(row.state in (SENT, IN_DOUBT))
    return wrong + ([] if least <= times <= most else [f"contact {row.contact_id} has it {times} times: {told}"])


async def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for it. Raises AssertionError with what was waited for."""
    end = monotonic() + WITHIN
    while not holds():
        assert monotonic() < end, f"did not happen: {what}"
        await asyncio.sleep(0.005)


def _urn(person: Person) -> URN:
    return URN(account=ACCOUNT, path=str(person.id))


def _listed(person: Person, household: str) -> NewContact:
    return NewContact(
        urn=_urn(person),
        name="",
        phone="",
        locality="dak-cam",
        hamlet=None,
        status="poor",
        language="vi",
        household=household,
        topics=(),
    )


def _prepared(data_dir: Path, clock: Path | None) -> Path:
    data_dir.mkdir(parents=True, exist_ok=True)
    clock = clock or data_dir.parent / f"{data_dir.name}.clock"
    steered.SteeredClock(clock).wrong_by(seconds=0)
    return clock


@asynccontextmanager
async def ward(
    data_dir: Path, url: str, *, lease: float | None = None, clock: Path | None = None
) -> AsyncIterator[Ward]:
    """A ward without a service yet. The file of its clock lies beside its folder, or where it is told to."""
    clock = _prepared(data_dir, clock)
    engine = make_engine(url)
    try:
        async with FakeTelegram(hurry=HURRIED) as telegram:
            settings = {
                "CHUNGTAY_DATABASE_URL": url,
                "CHUNGTAY_TELEGRAM_TOKEN": telegram.token,
                "CHUNGTAY_TELEGRAM_API_BASE": telegram.url,
                steered.HURRY: HURRY,
                steered.CLOCK: str(clock),
                **({hasty.VARIABLE: str(lease)} if lease else {}),
            }
            made = Ward(telegram, SqlStorage(engine), data_dir, settings)
            with made._stack:
                yield made
    finally:
        await close_engine(engine)


@dataclass
class Line:
    """A line of the page."""

    name: str
    shown: str
    faults: Sequence[str] = ()
    database: str = "SQLite"
    left_out: bool = False  # not tried here; `shown` says why
