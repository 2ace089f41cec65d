"""Telegram: the whole way from a plain stub of its server through the product, beside a bot that only repeats.

Stubs, bots and this driver are processes of their own. Both bots run at the same time and take turns at work, so that
whatever else the machine does slows the one as much as the other. A rate is taken from the first hand-out to the last
bubble. An update may be answered with two bubbles, so bubbles alone are no count: a round is over when the stub has
seen every update confirmed, the product says that nothing waits in its inbox and its outbox, and every chat has at
least as many bubbles as it had updates. The repeating bot answers each update once: there the bubbles are the count.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import httpx

from bench.figures import Figure
from bench.machine import processor_seconds, resident_mb
from bench.serving import Running, running, visitor, wait_until_served
from bench.telegram_traffic import TOKEN, Crowd, Update, chat_of

GROUP = "Telegram, from a plain stub of its server"
PEOPLE = 1000  # so many that each comes seldom: an answer is told from the one before
ROUNDS = 3  # for each bot; the median is told
ROUND = 4.0  # seconds that a round takes about
BACKLOG = (400, 6000)  # updates in it, at least and at most
STEADY = 200  # updates a second
SLOWER = (150, 100, 50)  # tried in turn where that is not held
SECONDS, SECONDS_SLOWER = 10, 6  # of a steady rate
HELD = 0.5  # seconds: where the last fifth waits longer than this on its median, a queue is growing
STARTS = 3  # the median is told
WITHIN = 40.0  # seconds; what takes longer has failed
LOOK = 0.05  # seconds between looks


class Stub:
    """The server in its own process."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._port = port

    def load(self, updates: Sequence[Update], rate: float | None = None) -> None:
        """Let these come in: all at once, or so many a second."""
        self._ask("load", {"updates": [(chat_of(one), one) for one in updates], "rate": rate})

    def stats(self) -> dict[str, Any]:
        """What happened since they were loaded."""
        return self._ask("stats")

    def moments(self) -> dict[str, Any]:
        """The same, each with its moment."""
        return self._ask("moments")

    def sample(self) -> str:
        """The last sendMessage, as it was posted."""
        return str(self._ask("sample")["body"])

    def _ask(self, what: str, body: Any = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("POST", f"/control/{what}", json.dumps(body).encode())
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
            return answer
        finally:
            connection.close()


@dataclass(frozen=True, kw_only=True)
class Bot:
    """A running bot with a stub and people of its own, and what its rounds gave."""

    stub: Stub
    pid: int
    idle: Callable[[], bool]  # whether it has nothing left to do
    crowd: Crowd = field(default_factory=lambda: Crowd(PEOPLE))
    rates: list[float] = field(default_factory=list)  # updates a second
    costs: list[float] = field(default_factory=list)  # milliseconds of processor time, an update

    def work(self, updates: Sequence[Update]) -> float:
        """Let it answer a backlog; gives updates a second. Raises ValueError when some were not answered."""
        worked = processor_seconds(self.pid)
        self.stub.load(updates)
        wait_for(lambda: self._done(len(updates)))
        self.costs.append((processor_seconds(self.pid) - worked) / len(updates) * 1000)
        _demand_answers(self.stub.moments())
        stats = self.stub.stats()
        self.rates.append(len(updates) / (stats["last"] - stats["first"]))
        return self.rates[-1]

    def pass_steadily(self, rate: int, seconds: int) -> list[float]:
        """Seconds that each answer took while so many updates came in a second."""
        self.stub.load(self.crowd.traffic(rate * seconds), rate)
        wait_for(lambda: self._done(rate * seconds))
        return waits_of(self.stub.moments())

    def _done(self, updates: int) -> bool:
        # The bot itself is asked last: a look at its health costs it several milliseconds.
        stats = self.stub.stats()
        return stats["sent"] >= updates and stats["unconfirmed"] == 0 and self.idle()


@contextmanager
def stub() -> Iterator[Stub]:
    """A stub that answers."""
    with _process("bench.stub") as process:
        assert process.stdout is not None
        yield Stub(int(process.stdout.readline()))


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()  # started behind a shell it would not hear an interrupt
            process.wait(timeout=30)


@contextmanager
def repeating() -> Iterator[Bot]:
    """The bot that only repeats, warm."""
    with stub() as server, _process("bench.echo", server.address) as process:
        bot = Bot(stub=server, pid=process.pid, idle=lambda: True)
        bot.work(bot.crowd.greetings())
        yield bot


@contextmanager
def product(data: Path) -> Iterator[Bot]:
    """The product, warm: everybody has opened the chat."""
    with stub() as server, started(server, data) as service, visitor(service) as client:
        wait_until_served(client)
        bot = Bot(stub=server, pid=service.pid, idle=lambda: _idle(client))
        bot.work(bot.crowd.greetings())
        yield bot


@contextmanager
def started(server: Stub, data: Path) -> Iterator[Running]:
    """`chungtay run` with the channel on."""
    settings = {
        "CHUNGTAY_TELEGRAM_TOKEN": TOKEN,
        "CHUNGTAY_TELEGRAM_API_BASE": server.address,
        "CHUNGTAY_TELEGRAM_PER_SECOND": "1000",  # the product is measured, and not the limit that is free
    }
    with patch.dict(os.environ, settings), running(data) as service:
        yield service


def _idle(client: httpx.Client) -> bool:
    health = client.get("/health?format=json").json()
    return bool(health["waiting_updates"] == 0 and health["outbox_pending"] == 0)


def wait_for(happened: Callable[[], bool], within: float = WITHIN) -> None:
    """Look until it has happened. Raises TimeoutError when it does not."""
    deadline = time.monotonic() + within
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for did not happen")
        time.sleep(LOOK)


def measure(folder: Path) -> list[Figure]:
    """All figures of this file; `folder` gets data folders of their own."""
    with product(folder / "telegram") as ours:
        with repeating() as theirs:
            figures = _beside_each_other(ours, theirs)
        figures += _steadily(ours)
        memory = resident_mb(ours.pid)
    figures.append(Figure(group=GROUP, name="resident memory after all that", value=memory, unit="MB", below=280))
    return figures + _starts(folder / "telegram-starts")


def _beside_each_other(ours: Bot, theirs: Bot) -> list[Figure]:
    for _ in range(ROUNDS):
        for bot in (theirs, ours):
            bot.work(bot.crowd.traffic(_backlog(bot)))
    rates, costs = (
        [median(one[1:]) for one in both] for both in ((theirs.rates, ours.rates), (theirs.costs, ours.costs))
    )
    return [
        Figure(group=GROUP, name="updates through a bot that only repeats", value=rates[0], unit="a second"),
        Figure(group=GROUP, name="updates through the product", value=rates[1], unit="a second"),
        Figure(group=GROUP, name="the product, of that bot", value=100 * rates[1] / rates[0], unit="%", above=50),
        Figure(group=GROUP, name="processor time of that bot, an update", value=costs[0], unit="ms"),
        Figure(group=GROUP, name="processor time of the product, an update", value=costs[1], unit="ms"),
        Figure(
            group=GROUP, name="the product, of that bot, by processor time", value=100 * costs[0] / costs[1], unit="%"
        ),
    ]


def _backlog(bot: Bot) -> int:
    """As many updates as take it one round, by what it did before."""
    least, most = BACKLOG
    return min(most, max(least, int(bot.rates[-1] * ROUND)))


def _demand_answers(moments: dict[str, Any]) -> None:
    owed = Counter(chat for chat, _, _ in moments["handed"])
    owed.subtract(Counter(chat for chat, _ in moments["sent"]))
    if any(left > 0 for left in owed.values()):
        raise ValueError("somebody was not answered")


def _steadily(bot: Bot) -> list[Figure]:
    """How long an answer takes while updates come in evenly; and what rate is held, where it is not that one."""
    waits = bot.pass_steadily(STEADY, SECONDS)
    figures = _answer_figures(STEADY, waits)
    if _is_held(waits):
        return figures
    for rate in SLOWER:
        waits = bot.pass_steadily(rate, SECONDS_SLOWER)
        if _is_held(waits):
            highest = Figure(group=GROUP, name="the highest rate that is held steadily", value=rate, unit="a second")
            return [*figures, highest, *_answer_figures(rate, waits)]
    return [*figures, Figure(group=GROUP, name="a rate that is held steadily", value=0, unit="a second")]


def _is_held(waits: list[float]) -> bool:
    return median(waits[-len(waits) // 5 :]) < HELD


def _answer_figures(rate: int, waits: list[float]) -> list[Figure]:
    name = f"an answer while {rate} updates a second come in"
    slowest = sorted(waits)[int(len(waits) * 0.99)]
    return [
        Figure(group=GROUP, name=f"{name}, median", value=median(waits) * 1000, unit="ms"),
        Figure(group=GROUP, name=f"{name}, p99", value=slowest * 1000, unit="ms"),
    ]


def waits_of(moments: dict[str, Any]) -> list[float]:
    """Seconds from when each update was there to be asked for until the first bubble after it, in their order.

    Not from its hand-out: a bot that is late in asking keeps people waiting just so. People take turns, some seconds
    apart, so the first bubble that a chat gets afterwards is the answer.
    """
    sent: dict[int, list[float]] = {}
    for chat, moment in moments["sent"]:
        sent.setdefault(chat, []).append(moment)
    return [next(moment for moment in sent[chat] if moment > there) - there for chat, there, _ in moments["handed"]]


def _starts(data: Path) -> list[Figure]:
    with stub() as server:
        with started(server, data) as service, visitor(service) as client:
            wait_until_served(client)  # from now on the folder and its database are there
        starts = [_start(server, data, greeting) for greeting in Crowd(STARTS).greetings()]
    answers, pages, worked = zip(*starts, strict=True)
    return [
        Figure(
            group=GROUP, name=f"start to first answer, median of {STARTS}", value=median(answers), unit="s", below=4
        ),
        Figure(group=GROUP, name="processor time of that, whatever else runs", value=median(worked), unit="s"),
        Figure(group=GROUP, name=f"start to first page, median of {STARTS}", value=median(pages), unit="s"),
    ]


def _start(server: Stub, data: Path, greeting: Update) -> tuple[float, float, float]:
    """Seconds from making the process to the answer to somebody who waited, to the first page, of processor time."""
    server.load([greeting])
    began = time.monotonic()
    with started(server, data) as service, visitor(service) as client:
        wait_until_served(client)
        page = time.monotonic() - began
        wait_for(lambda: server.stats()["sent"] > 0)
        return server.stats()["last"] - began, page, processor_seconds(service.pid)
