"""A notice sent by four workers and made by two schedulers, each on a host of its own: one dies, one is cut off.

The hosts are network namespaces; PostgreSQL, the fake Telegram server and the pages stay on this machine. While the
notice goes out, one worker is killed, another is cut off for a while and brought back, and so is the scheduler whose
turn it is. Judged by what the server received: everybody has it, nobody more often than its doubts allow, the ledger
says the same, and at no moment more messages arrived within one second than the account may send.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import asyncpg  # type: ignore[import-untyped]

from db.engine import close_engine, make_engine
from tests.support import hasty
from tests.support.databases import Restarted
from tests.support.hosts import HERE, NETWORK, Host, hosts
from tests.support.service import PRODUCT, free_port
from tests.support.telegram import faults
from tests.support.telegram.calls import Call
from tests.support.telegram.server import FakeTelegram
from tests.trials.broadcast import BroadcastTrial
from tests.trials.kills import Kill, Result
from tests.trials.providers import OnTelegram

CROWD = 450
WORKERS, SCHEDULERS = 4, 2
MOST = 30  # messages a second, of the account
LEASE = "4"  # seconds, see tests.support.hasty
CUT_FOR = 6.0  # seconds
HELD = 1.0  # seconds after it is mended, in which a line brings what it held back
WITHIN = 120.0
SERVER = f"postgresql://postgres:none@{HERE}/postgres"  # as every process reaches it; the driver has its socket
HURRY, SLOW = 20.0, 0.2  # how the server hurries, and the seconds in which it answers all the same
TEXT = "Tin của nhiều máy."


class HostsTrial(BroadcastTrial):
    """One notice over one PostgreSQL."""

    telegram: FakeTelegram

    def __init__(self, *, data_dir: Path, server: Restarted, seed: int) -> None:
        super().__init__(data_dir=data_dir, database_url=server.server.url, seed=seed)
        data_dir.mkdir(parents=True, exist_ok=True)
        self._server = server
        self._processes: list[subprocess.Popen[bytes]] = []
        self.busiest = 0  # messages that arrived within one second
        self.held_back = 0  # that a cut line carried when it was mended
        self._cut, self._mended = "", 0.0  # the worker's host, and when its line was mended

    def run(self, kills: int = 1) -> Result:
        """Raises NoHostsError where no hosts can be made."""
        with self._stack as stack:
            machines = stack.enter_context(hosts(WORKERS + SCHEDULERS))
            stack.callback(self._end)
            self._server.listen(HERE, f"{NETWORK}.0/24")
            asyncio.run(self._sent_by(machines))
        return self.result

    def told(self) -> str:
        """What it showed, in a sentence."""
        return (
            f"{WORKERS} workers and {SCHEDULERS} schedulers on hosts of their own; one worker killed, one worker and"
            f" the scheduler at work cut off for {CUT_FOR:g} s: {self.result.answered} people reached in"
            f" {self.result.seconds[-1]:.0f} s, {self.result.resent} messages in doubt sent once more,"
            f" {self.result.left} in doubt twice; within no second more than {self.busiest} of {MOST} messages"
            f" ({self.held_back} that the cut line held back came besides)"
        )

    def _start_on(self, host: Host | None, *duties: str) -> subprocess.Popen[bytes]:
        port = self.telegram.url.rpartition(":")[2]
        command = [sys.executable, "-m", "tests.support.hasty", "run", *duties]
        environment = {
            **os.environ,
            "CHUNGTAY_DATA_DIR": str(self._data_dir),
            "CHUNGTAY_DATABASE_URL": SERVER,
            "CHUNGTAY_PORT": str(free_port()),
            "CHUNGTAY_TELEGRAM_TOKEN": self.telegram.token,
            "CHUNGTAY_TELEGRAM_API_BASE": f"http://{HERE}:{port}",
            hasty.VARIABLE: LEASE,
            "PYTHONUNBUFFERED": "1",
        }
        log = self._data_dir / f"log-{len(self._processes)}"
        with log.open("wb") as out:
            started = subprocess.Popen(
                host.command(*command) if host else command, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
        self._processes.append(started)
        return started

    async def _ready(self) -> None:
        until = monotonic() + WITHIN
        for number in range(len(self._processes)):
            log = self._data_dir / f"log-{number}"
            while b"Ctrl+C" not in log.read_bytes():
                if monotonic() > until or self._processes[number].poll() is not None:
                    raise RuntimeError(log.read_text("utf-8", "replace"))
                await asyncio.sleep(0.05)

    async def _sent_by(self, machines: Sequence[Host]) -> None:
        environment = {**os.environ, "CHUNGTAY_DATA_DIR": str(self._data_dir), "CHUNGTAY_DATABASE_URL": SERVER}
        upgrade = [sys.executable, "-m", PRODUCT, "db", "upgrade"]
        await asyncio.to_thread(subprocess.run, upgrade, env=environment, check=True, capture_output=True)
        engine = make_engine(self._url)
        try:
            async with FakeTelegram(host="0.0.0.0", hurry=HURRY) as self.telegram:
                # So that something is under way at any moment.
                self.telegram.faults.add(faults.slow(SLOW * HURRY, method="sendMessage", times=None))
                self.provider = OnTelegram(self.telegram)
                people = [self.provider.phone(f"P{number}") for number in range(CROWD)]
                self._start_on(None, "--web")
                await self._ready()  # it makes the key that the others share
                workers = [self._start_on(host, "--worker") for host in machines[:WORKERS]]
                for host in machines[WORKERS:]:
                    self._start_on(host, "--scheduler")
                await self._ready()
                await self._enrolled(engine, people)
                began = monotonic()
                number = await self._approved(engine, TEXT)
                await self._disturbed(machines, workers)
                await self._ended(engine, number)
                self.result.seconds.append(monotonic() - began)
                await self._compared(engine, number, people, TEXT)
                self._judge_rate(self.telegram.calls_of("sendMessage"))
        finally:
            await close_engine(engine)

    async def _disturbed(self, machines: Sequence[Host], workers: Sequence[subprocess.Popen[bytes]]) -> None:
        at_work = await asyncio.to_thread(self._at_work)
        await asyncio.sleep(self._chance.uniform(0.2, 1.5))
        machines[at_work].cut()
        await asyncio.sleep(self._chance.uniform(1.0, 2.0))
        await asyncio.to_thread(_killed, workers[0])
        self.result.kills.append(Kill(waiting=CROWD, acknowledged=CROWD, recovering=False))
        self._cut = f"{NETWORK}.11"  # as _at_work counts them
        machines[1].cut()
        await asyncio.sleep(CUT_FOR)
        self._mended = datetime.now(UTC).timestamp()
        machines[1].mend()
        machines[at_work].mend()

    def _at_work(self) -> int:
        """Which host's scheduler has its turn: that of the connection that holds the lock."""
        held = (
            "SELECT host(a.client_addr) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            " WHERE l.locktype = 'advisory' AND a.client_addr <> $1::inet"
        )

        async def asked() -> str:
            connection = await asyncpg.connect(self._url.replace("postgresql+asyncpg:", "postgresql:"))
            try:
                return str(await connection.fetchval(held, HERE))
            finally:
                await connection.close()

        until = monotonic() + WITHIN
        while not re.fullmatch(rf"{re.escape(NETWORK)}\.\d+", found := asyncio.run(asked())):
            if monotonic() > until:
                raise RuntimeError("no scheduler has its turn")
        return int(found.rpartition(".")[2]) - 10

    def _judge_rate(self, calls: Sequence[Call]) -> None:
        # What was on the wire when the line was cut is not the worker's to take back: the line brings it once mended.
        late = [call for call in calls if call.remote == self._cut and 0 <= call.at.timestamp() - self._mended < HELD]
        self.held_back = len(late)
        moments = sorted(call.at.timestamp() for call in calls if call not in late)
        first = 0
        for last, moment in enumerate(moments):
            while moments[first] <= moment - 1.0:
                first += 1
            self.busiest = max(self.busiest, last - first + 1)
        if self.busiest > MOST:
            self.result.faults.append(f"{self.busiest} messages arrived within one second")

    def _end(self) -> None:
        for one in self._processes:
            if one.poll() is None:
                one.send_signal(signal.SIGKILL)
            one.wait()


def _killed(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
