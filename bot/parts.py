"""The parts that every way of running the product is put together from: the service, the terminal chat, the bench."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from bot.files import LocalFiles
from bot.keys import derived, keyed_hash, keyed_text
from bot.knowledge import Knowledge
from bot.papers import TypesetPapers
from bot.passwords import Argon2Passwords
from bot.settings import Settings
from core.ports import Chance, Channel, Clock
from core.tariff import Tariff, Terms
from core.windows import window_of
from db.sealing import OfficerSeal, Seal
from db.unit_of_work import SqlStorage
from handlers import ROUTERS
from handlers.campaigning import Month
from handlers.context import Keeping
from handlers.officer_chats.around import Ground, Months
from handlers.service import Desk, Service
from handlers.signing.gate import Gate
from scheduler.completion import Completion
from scheduler.relay import Relay, RelaySettings
from scheduler.stopping import ended
from scheduler.timekeeping import WatchedClock

Fault = Callable[[str, BaseException], None]


def local_files(data_dir: Path, key: bytes, clock: Clock) -> LocalFiles:
    """The files of an installation."""
    return LocalFiles(data_dir / "files", derived(key, "links"), clock)


def sealed_by(key: bytes) -> Seal:
    """What an installation seals with what people tell in private."""
    return Seal(derived(key, "notes"))


def gate_of(storage: SqlStorage, key: bytes, chance: Chance) -> Gate:
    """What lets officers of an installation in."""
    secret = derived(key, "officers")
    return Gate(
        storage=storage,
        passwords=Argon2Passwords(),
        seal=OfficerSeal(derived(key, "officers' own")),
        keyed_hash=partial(keyed_text, secret),
        chance=chance,
    )


def start_address(settings: Settings, token: str) -> str:
    """What somebody opens to set a password."""
    return f"{settings.address}/console/start/{token}"


def raise_fault(where: str, error: BaseException) -> None:  # noqa: ARG001
    """For whoever steps the parts by hand: a fault is theirs to see at once."""
    raise error


@dataclass(frozen=True, kw_only=True)
class Delivering:
    """What sending takes; the rest follows from it."""

    storage: SqlStorage
    channels: Mapping[str, Channel]
    clock: Clock
    chance: Chance
    worker: str  # who leases deliveries
    on_fault: Fault = raise_fault
    per_second: Mapping[str, int] | None = None  # messages, by kind of channel; None: as they are known to allow
    shared: bool = False  # other processes may send by the same accounts
    tariffs: Mapping[str, Tariff] = field(default_factory=dict)  # what channels charge, by kind

    @cached_property
    def watched(self) -> WatchedClock:
        """The clock for what writes down moments to wait for."""
        return WatchedClock(self.clock)

    @property
    def terms(self) -> Terms:
        """On what terms the accounts may be used."""
        windows = {account: window_of(one.capabilities) for account, one in self.channels.items()}
        return Terms(windows={one: window for one, window in windows.items() if window}, tariffs=self.tariffs)

    def completion(self) -> Completion:
        """What writes down how deliveries ended."""
        return Completion(
            storage=self.storage, clock=self.watched, worker=self.worker, on_fault=self.on_fault, tariffs=self.tariffs
        )

    def relay(self, completion: Completion) -> Relay:
        """What sends."""
        return Relay(
            storage=self.storage,
            channels=self.channels,
            completion=completion,
            clock=self.watched,
            chance=self.chance,
            settings=RelaySettings(
                worker=self.worker, per_second=self.per_second, shared=self.shared, tariffs=self.tariffs
            ),
            on_fault=self.on_fault,
        )

    async def ensure_accounts(self) -> None:
        """Make the channels known to the database. Raises StorageError."""
        async with self.storage.write() as uow:
            for account in self.channels:
                await uow.upkeep.ensure_account(account, self.clock.now())
            await uow.commit()


@dataclass(frozen=True, kw_only=True)
class Parts(Delivering):
    """What conversations take besides."""

    knowledge: Knowledge
    data_dir: Path
    key: bytes  # the installation's own
    keeping: Keeping = field(default_factory=Keeping)
    address: str = ""  # of the pages
    months: Months | None = None  # what a notice is held against; None: the terms alone
    at_night: bool = False  # questions go to officers' chats in quiet hours too

    def ground(self) -> Ground:
        """What officers' own chats need."""
        secret = derived(self.key, "officers")
        months = self.months or self._terms_alone
        return Ground(
            keyed_hash=partial(keyed_text, secret), month=months, address=self.address, at_night=self.at_night
        )

    async def _terms_alone(self, *, ask: bool) -> Month:  # noqa: ARG002 - nobody is there to be asked
        return Month(terms=self.terms)

    def files(self) -> LocalFiles:
        """The files that people sent and were sent."""
        return local_files(self.data_dir, self.key, self.clock)

    def desk(self, files: LocalFiles) -> Desk:
        """What conversations are handled with."""
        return Desk(
            storage=self.storage,
            channels=self.channels,
            routers=ROUTERS,
            content=self.knowledge.content,
            understanding=self.knowledge.understanding,
            clock=self.clock,
            chance=self.chance,
            files=files,
            papers=TypesetPapers(),
            keeping=self.keeping,
            keyed_hash=partial(keyed_hash, derived(self.key, "erasures")),
            chats=self.ground(),
            on_fault=self.on_fault,
        )


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """The parts a message passes, waiting to be stepped."""

    files: LocalFiles
    service: Service
    relay: Relay

    async def handle_all(self) -> None:
        """Answer what waits."""
        while await self.service.handle_waiting():
            pass

    async def send_all(self) -> None:
        """Send what waits."""
        while await self.relay.step():
            await self.relay.drain()


@asynccontextmanager
async def by_hand(parts: Parts) -> AsyncIterator[ByHand]:
    """The parts with nothing running by itself but the writing down of what was sent."""
    await parts.ensure_accounts()
    files, completion = parts.files(), parts.completion()
    writing = asyncio.create_task(completion.run())
    try:
        yield ByHand(files=files, service=Service(parts.desk(files)), relay=parts.relay(completion))
    finally:
        await ended(writing)
