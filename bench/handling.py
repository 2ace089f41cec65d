"""Statements and milliseconds per update, on one database: alone, and two hundred waiting at once.

Each update goes the whole way: stored, handled, leased, recorded. The channel takes everything at once, so what is
measured is the product and the database, not a provider.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event

from bench.figures import Figure
from bench.questions import texts
from bot.clock import SystemChance, SystemClock
from bot.intake import Intake
from bot.knowledge import Knowledge
from bot.parts import ByHand, Parts, by_hand, raise_fault, sealed_by
from core.contacts import URN
from core.messages import InboundMessage, OutboundMessage
from core.ports import Capabilities, Condition
from core.records import NewUpdate
from db import schema
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from handlers.service import BATCH

ACCOUNT = "bench.main"
ROUNDS = 3  # the median of these is told
ALONE = 100  # updates in a round, one after the other
STEPS = ("stored", "handled", "sent")


class Anybody:
    """A channel that takes everything. Implements core.ports.Channel."""

    account = ACCOUNT
    capabilities = Capabilities(text_length=4000, buttons=5, button_length=40)

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """What was written, or pressed."""
        urn = URN(account=ACCOUNT, path=path)
        return InboundMessage(
            urn=urn, external_id=external_id, received_at=received_at, text=raw["text"], payload=raw["payload"]
        )

    def sequence(self, external_id: str) -> int:  # noqa: ARG002
        """They come in their order."""
        return 0

    def pieces(self, message: OutboundMessage) -> tuple[OutboundMessage, ...]:
        """One piece, however long."""
        return (message,)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:  # noqa: ARG002
        """Taken."""
        return str(message_id)

    def recorded(self, urn: URN) -> None:
        """Nobody looks."""

    def condition(self) -> Condition:
        """Always well."""
        return Condition()


@dataclass
class Counter:
    """Statements that reached the database, transactions' own words left out."""

    statements: int = 0

    def note(self, *arguments: Any) -> None:
        """Called by SQLAlchemy before each; several rows in one call are one statement."""
        self.statements += not str(arguments[2]).startswith("BEGIN")


@dataclass
class Cost:
    """Milliseconds and statements of each step, for one update."""

    milliseconds: dict[str, float] = field(default_factory=dict)
    statements: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Desktop:
    """The parts an update passes, stepped by hand."""

    intake: Intake
    stepped: ByHand
    counter: Counter
    numbers: Any = field(default_factory=count)

    def update(self, path: str, text: str = "", payload: str | None = None) -> NewUpdate:
        """A message or a press that nobody has seen."""
        raw = {"text": text, "payload": payload}
        now = SystemClock().now()
        return NewUpdate(account=ACCOUNT, external_id=str(next(self.numbers)), path=path, raw=raw, received_at=now)


async def measure(url: str, label: str, knowledge: Knowledge, folder: Path) -> list[Figure]:
    """The figures for a database, which is empty or of the current version."""
    async with desktop(url, knowledge, folder) as desk:
        people = [f"person-{number}" for number in range(BATCH)]
        for path in people:
            await desk.intake.receive([desk.update(path, payload="start:dak-cam")])
        await desk.stepped.handle_all()
        await desk.stepped.send_all()
        alone = [await _alone(desk, people[:ALONE]) for _ in range(ROUNDS)]
        together = [await _together(desk, people) for _ in range(ROUNDS)]
    return _figures(label, _middle(alone), _middle(together))


@asynccontextmanager
async def desktop(url: str, knowledge: Knowledge, folder: Path) -> AsyncIterator[Desktop]:
    """The real parts on a real database."""
    engine = make_engine(url)
    await schema.upgrade(engine)
    parts = Parts(
        storage=SqlStorage(engine, sealed_by(b"bench")),
        knowledge=knowledge,
        channels={ACCOUNT: Anybody()},
        clock=SystemClock(),
        chance=SystemChance(),
        data_dir=folder,
        key=b"bench",
        worker="bench",
    )
    counter = Counter()
    event.listen(engine.sync_engine, "before_cursor_execute", counter.note)
    try:
        async with by_hand(parts) as stepped:
            intake = Intake(
                storage=parts.storage, service=stepped.service, relay=stepped.relay.work, on_fault=raise_fault
            )
            yield Desktop(intake=intake, stepped=stepped, counter=counter)
    finally:
        await close_engine(engine)


async def _alone(desk: Desktop, people: list[str]) -> Cost:
    """One update after the other: a quiet day."""
    cost = Cost()
    for path, text in zip(people, texts(len(people)), strict=True):
        await _timed(desk, cost, "stored", desk.intake.receive([desk.update(path, text)]))
        await _timed(desk, cost, "handled", desk.stepped.handle_all())
        await _timed(desk, cost, "sent", desk.stepped.send_all())
    return _each(cost, len(people))


async def _together(desk: Desktop, people: list[str]) -> Cost:
    """All at once: the minute after an announcement. Each is stored by itself, as each has its own request."""
    cost = Cost()
    for path, text in zip(people, texts(len(people)), strict=True):
        await _timed(desk, cost, "stored", desk.intake.receive([desk.update(path, text)]))
    await _timed(desk, cost, "handled", desk.stepped.handle_all())
    await _timed(desk, cost, "sent", desk.stepped.send_all())
    return _each(cost, len(people))


async def _timed(desk: Desktop, cost: Cost, step: str, work: Any) -> None:
    statements, started = desk.counter.statements, perf_counter()
    await work
    cost.milliseconds[step] = cost.milliseconds.get(step, 0.0) + (perf_counter() - started) * 1000
    cost.statements[step] = cost.statements.get(step, 0.0) + desk.counter.statements - statements


def _each(cost: Cost, updates: int) -> Cost:
    return Cost(
        milliseconds={step: value / updates for step, value in cost.milliseconds.items()},
        statements={step: value / updates for step, value in cost.statements.items()},
    )


def _middle(rounds: list[Cost]) -> Cost:
    return Cost(
        milliseconds={step: median(one.milliseconds[step] for one in rounds) for step in STEPS},
        statements={step: median(one.statements[step] for one in rounds) for step in STEPS},
    )


def _figures(label: str, alone: Cost, together: Cost) -> list[Figure]:
    group = f"An update on {label}"
    figures = []
    for name, cost in ((f"alone, mean of {ALONE}", alone), (f"{BATCH} waiting at once, mean", together)):
        for step in STEPS:
            figures.append(Figure(group=group, name=f"{name}: {step}", value=cost.milliseconds[step], unit="ms"))
            figures.append(Figure(group=group, name=f"{name}: {step}", value=cost.statements[step], unit="statements"))
    for step in STEPS[1:]:
        ratio = alone.milliseconds[step] / together.milliseconds[step]
        figures.append(Figure(group=group, name=f"{step} alone, against in company", value=ratio, unit="times as long"))
    return figures
