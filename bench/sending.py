"""Notices to many over Telegram: how many a second, how a limit is used and kept, and who asks meanwhile.

The stub, the product and the client it is compared with are processes of their own. A rate is taken between the first
and the last sendMessage that the stub saw, and counts only when everybody had exactly one and the notice is finished:
then every one of them is recorded.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from unittest.mock import patch

from bench import audience, limited
from bench.figures import Figure
from bench.machine import processor_seconds
from bench.serving import running, visitor, wait_until_served
from bench.telegram import Stub, stub, wait_for, waits_of
from bench.telegram_traffic import TOKEN, Crowd
from core.delivery import DeliveryStatus
from db.engine import sqlite_url
from scheduler.relay import IN_FLIGHT

GROUP = "Notices"
ROUNDS = 3  # for each side; the median is told
PEOPLE = 3000  # in a round
OF_BARE = 50  # percent, the aim
LIMITS = ((30, 270), (1000, 6000))  # messages a second, people
USED = 98  # percent of a limit, the aim
ANSWERED = 300  # ms, the aim
WITHIN = 120.0  # seconds for a notice; what takes longer has failed
PRODUCT = (sys.executable, "-m", "bench.limited", "run")


@dataclass(frozen=True, kw_only=True)
class Base:
    """A data folder and its database."""

    label: str
    data: Path
    server: str = ""  # URL of a PostgreSQL database; empty: SQLite in the folder

    @property
    def url(self) -> str:
        """The database's."""
        return self.server or sqlite_url(self.data / "chungtay.db")


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What the rounds of one side gave."""

    rates: list[float] = field(default_factory=list)  # messages a second
    costs: list[float] = field(default_factory=list)  # milliseconds of processor time, a message


@contextmanager
def started(server: Stub, base: Base, *, per_second: int, commands: Sequence[Sequence[str]] = ((),)) -> Iterator[int]:
    """The product with the channel on, as one process or several; gives the first one's process id."""
    settings = {
        "CHUNGTAY_TELEGRAM_TOKEN": TOKEN,
        "CHUNGTAY_TELEGRAM_API_BASE": server.address,
        **({"CHUNGTAY_DATABASE_URL": base.server} if base.server else {}),
        limited.VARIABLE: str(per_second),
    }
    if base.server:
        audience.prepare(base.server)
    with ExitStack() as stack, patch.dict(os.environ, settings):
        first, *others = (stack.enter_context(running(base.data, (*PRODUCT, *one))) for one in commands)
        del others
        with visitor(first) as client:
            wait_until_served(client)
        yield first.pid


def moments_of(server: Stub) -> list[float]:
    """When each sendMessage to the audience arrived, in their order."""
    return [moment for chat, moment in server.moments()["sent"] if chat > audience.FIRST]


def notify(server: Stub, base: Base, people: int) -> list[float]:
    """Send a notice to everybody; gives when each arrived. Raises ValueError unless everybody has one."""
    server.load([])
    one = audience.wait_until_finished(base.url, audience.approve(base.url), WITHIN)
    got = Counter(chat for chat, _ in server.moments()["sent"] if chat > audience.FIRST)
    if len(got) != people or set(got.values()) != {1} or one.counts.get(DeliveryStatus.SENT) != people:
        raise ValueError(f"{got.total()} messages to {len(got)} of {people} people, recorded as {one.counts}")
    return moments_of(server)


def rate_of(moments: Sequence[float]) -> float:
    """A second, from the first to the last."""
    return (len(moments) - 1) / (moments[-1] - moments[0])


def measure(folder: Path, label: str, server: str = "") -> list[Figure]:
    """How many a second with everything recorded, beside a client that only posts; `server` is PostgreSQL's URL."""
    base = Base(label=label, data=folder, server=server)
    ours, bare = Rates(), Rates()
    with stub() as there, started(there, base, per_second=0) as pid:
        audience.enrol(base.url, PEOPLE)
        notify(there, base, PEOPLE)  # warm
        sample = there.sample()
        for _ in range(ROUNDS):
            _bare(there, sample, bare)
            _ours(there, base, pid, ours)
    rates, costs = [median(one.rates) for one in (ours, bare)], [median(one.costs) for one in (ours, bare)]
    shares = [100 * rates[0] / rates[1], 100 * costs[1] / costs[0]]
    return [
        Figure(group=GROUP, name=f"sent by a client that only posts, beside {label}", value=rates[1], unit="a second"),
        Figure(group=GROUP, name=f"sent and recorded on {label}", value=rates[0], unit="a second"),
        Figure(group=GROUP, name=f"{label}, of that client", value=shares[0], unit="%", above=OF_BARE),
        Figure(group=GROUP, name=f"processor time on {label}, a notice", value=costs[0], unit="ms"),
        Figure(group=GROUP, name=f"{label}, of that client, by processor time", value=shares[1], unit="%"),
    ]


def _ours(server: Stub, base: Base, pid: int, into: Rates) -> None:
    worked = processor_seconds(pid)
    into.rates.append(rate_of(notify(server, base, PEOPLE)))
    into.costs.append((processor_seconds(pid) - worked) / PEOPLE * 1000)


def _bare(server: Stub, sample: str, into: Rates) -> None:
    server.load([])
    url = f"{server.address}/bot{TOKEN}/sendMessage"
    command = [sys.executable, "-m", "bench.bare", url, str(PEOPLE), str(IN_FLIGHT)]
    told = subprocess.run(command, input=sample.encode(), stdout=subprocess.PIPE, check=True).stdout
    into.rates.append(rate_of(moments_of(server)))
    into.costs.append(float(told) / PEOPLE * 1000)


def limits(folder: Path) -> list[Figure]:
    """How much of a limit is used, and how often it is passed: on SQLite, whose one process sends everything."""
    figures = []
    for most, people in LIMITS:
        base = Base(label="SQLite", data=folder / str(most))
        with stub() as server, started(server, base, per_second=most):
            audience.enrol(base.url, people)
            moments = notify(server, base, people)
        used, over = 100 * rate_between(moments, most) / most, beyond(moments, most)
        name = f"a limit of {most:,} a second"
        figures += [
            Figure(group=GROUP, name=f"{name}: used", value=used, unit="%", above=USED),
            Figure(group=GROUP, name=f"{name}: messages beyond it within any second", value=over, unit="", below=1),
        ]
    return figures


def rate_between(moments: Sequence[float], limit: int) -> float:
    """A second in the middle of a run: over whole multiples of the limit, since they may come in bursts.

    >>> rate_between([number // 2 for number in range(24)], 2)
    2.0
    """
    first = max(1, len(moments) // 4 // limit) * limit
    last = first + max(1, (len(moments) - 1 - 2 * first) // limit) * limit
    return (last - first) / (moments[last] - moments[first])


def beyond(moments: Sequence[float], limit: int) -> int:
    """How many arrived when as many as the limit had arrived within the second before.

    >>> beyond([0.0, 0.5, 1.0, 1.4], 2)
    1
    """
    return sum(late - early < 1.0 for early, late in zip(moments, moments[limit:], strict=False))


def replies(folder: Path, rate: float) -> list[Figure]:
    """How long who asks waits while a notice goes out: with Telegram's own limit, and with none at this rate."""
    figures = []
    # Seconds that people ask, how many a second; the notice takes longer.
    for most, name, seconds, asking in ((30, "30 notices", 15, 10), (0, "all it can", 6, 20)):
        base, people = Base(label="SQLite", data=folder / f"asked-{most}"), int((most or rate) * (seconds + 2))
        with stub() as server, started(server, base, per_second=most):
            audience.enrol(base.url, people)
            waits = _asked_meanwhile(server, base, seconds, asking)
        told = sorted(waits)
        shown = f"an answer while {name} a second go out"
        slowest = told[int(len(told) * 0.99)] * 1000
        figures += [
            Figure(group=GROUP, name=f"{shown}, median of {len(told)}", value=median(told) * 1000, unit="ms"),
            Figure(group=GROUP, name=f"{shown}, p99", value=slowest, unit="ms", below=ANSWERED),
        ]
    return figures


def _asked_meanwhile(server: Stub, base: Base, seconds: int, asking: int) -> list[float]:
    """Seconds that each waited, of those who asked while the notice went out."""
    crowd = Crowd(seconds * asking)  # each asks once
    server.load(crowd.greetings())
    wait_for(lambda: server.stats()["sent"] >= seconds * asking)
    server.load(crowd.traffic(seconds * asking), asking)
    audience.wait_until_finished(base.url, audience.approve(base.url), WITHIN)
    wait_for(lambda: server.stats()["unconfirmed"] == 0 and _all_answered(server))
    found = server.moments()
    notices = moments_of(server)
    found["handed"] = [one for one in found["handed"] if notices[0] < one[1] < notices[-1]]
    return waits_of(found)


def _all_answered(server: Stub) -> bool:
    found = server.moments()
    return {chat for chat, _, _ in found["handed"]} <= {chat for chat, _ in found["sent"]}


def workers(folder: Path, urls: Sequence[tuple[int, str]]) -> list[Figure]:
    """One, two, four processes that send, beside one that does the rest: each number on a PostgreSQL of its own."""
    told = subprocess.run([*PRODUCT, "--help"], capture_output=True, text=True, check=True).stdout
    if not all(flag in told for flag in ("--worker", "--web", "--scheduler")):
        print("left out: `chungtay run` knows no --worker", file=sys.stderr)
        return []
    figures = []
    for number, url in urls:
        base = Base(label="PostgreSQL", data=folder / f"workers-{number}", server=url)
        commands = [("--web", "--scheduler"), *[("--worker",)] * number]
        with stub() as server, started(server, base, per_second=0, commands=commands):
            audience.enrol(base.url, PEOPLE)
            notify(server, base, PEOPLE)  # all are there and warm
            rate = median(rate_of(notify(server, base, PEOPLE)) for _ in range(ROUNDS))
        name = f"sent and recorded on PostgreSQL by {number} worker{'s' * (number > 1)}"
        figures.append(Figure(group=GROUP, name=name, value=rate, unit="a second"))
    return figures
