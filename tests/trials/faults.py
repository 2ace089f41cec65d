"""`python -m tests.trials --only faults`: trouble on the wire, on the disk and with the time while a notice goes out.

Each trial sends notices to some dozens of people with `chungtay run` as a process of its own, and judges by the ledger
and by what each phone shows: everybody who can be reached has it, nobody more often than its recorded doubts allow.
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.support import small_disk, steered
from tests.support.databases import Databases, NoServerError, Restarted, migrate, own_server
from tests.support.hosts import NoHostsError
from tests.trials import faults_storage as storage
from tests.trials import faults_time as times
from tests.trials import faults_wire as wire
from tests.trials.faults_base import HURRY, MANY, Line, ward
from tests.trials.gate import Gate
from tests.trials.hosts import HostsTrial

NAME = "faults"
INTRODUCTION = f"""## Faults

Notices go to some dozens of people over the fake Telegram while something is wrong around the service; ten of them live
two in a household, which gets one message. Judged as the kills are: the ledger line by line against each phone, the
counts against the ledger. Nothing in the program knows of it; its deadlines and its own pauses after trouble are
{HURRY} times shorter, what Telegram asks for is obeyed in full, and the clock is steered from outside. "in doubt" is
how often the ledger says that a message may have arrived, "shown twice" how often a phone shows more than one.
"""

Trial = Callable[[Path], list[Line]]


def run(folder: Path, databases: Databases) -> list[Line]:
    """All of them, on both databases where it matters."""
    trials: dict[str, Trial] = {
        "disk": lambda at: [on_the_disk(at, databases)],
        "held": lambda at: [held(at, databases.new("sqlite"))],
        "dying": lambda at: [dying(at)],
        "hosts": lambda at: [hosts(at)],
    }
    for kind in ("sqlite", "postgresql"):
        trials[f"wire-{kind}"] = partial(_on, kind, on_the_wire, databases)
        trials[f"jumps-{kind}"] = partial(_on, kind, jumping, databases)
        trials[f"off-{kind}"] = partial(_on, kind, switched_off, databases)
    lines: list[Line] = []
    for name, trial in trials.items():
        at = folder / f"faults-{name}"
        at.mkdir()
        try:
            made = trial(at)
        except AssertionError as error:
            made = [Line(name, "did not come to its end", [str(error)])]
        for line in made:
            print(f"{line.name} ({line.database}): {line.shown}")
        lines += made
    return lines


def _on(kind: str, trial: Callable[[Path, str], list[Line] | Line], databases: Databases, folder: Path) -> list[Line]:
    made = trial(folder, databases.new(kind))
    lines = made if isinstance(made, list) else [made]
    for line in lines:
        line.database = "SQLite" if kind == "sqlite" else "PostgreSQL"
    return lines


def section(lines: Sequence[Line]) -> str:
    """The part of the page; empty where nothing was tried."""
    if not lines:
        return ""
    rows = [f"| {one.name} | {one.database} | {one.shown} |" for one in lines]
    return "\n".join([INTRODUCTION, "| trouble | database | what was shown |", "|---|---|---|", *rows]) + "\n"


def found(lines: Sequence[Line]) -> list[str]:
    """What went wrong."""
    return [f"{one.name} ({one.database}): {fault}" for one in lines for fault in one.faults]


def on_the_wire(folder: Path, url: str, only: Sequence[str] = ()) -> list[Line]:
    """One service, one notice after the other, each with a trouble of its own; all of them if none is named."""

    async def run() -> list[Line]:
        async with ward(folder / "data", url) as made:
            gate = Gate(made.telegram.url)
            await gate.open()
            made.settings["CHUNGTAY_TELEGRAM_API_BASE"] = gate.url
            await made.start()
            lines = [await trial(made, gate) for name, trial in wire.TRIALS.items() if not only or name in only]
            await made.kill()
            await gate.close()
            return lines

    return asyncio.run(run())


def on_the_disk(folder: Path, databases: Databases) -> Line:
    """A disk of four megabytes that becomes full. Left out with the reason where none can be mounted."""

    async def run(disk: Path, url: str) -> Line:
        async with ward(disk, url, clock=folder / "clock") as made:
            await made.start(**{steered.BATCH: str(storage.BATCH)})
            return await storage.full(made, disk)

    try:
        with small_disk.small_disk(folder / "disk", storage.MEGABYTES) as disk:
            return asyncio.run(run(disk, databases.put(disk / "chungtay.db")))
    except small_disk.NoDiskError as missing:
        return Line("disk full, then room", f"left out: {missing}", left_out=True)


def held(folder: Path, url: str) -> Line:
    """SQLite's file, held by another program."""

    async def run() -> Line:
        async with ward(folder / "data", url) as made:
            await made.start(people=MANY)
            return await storage.locked(made)

    return asyncio.run(run())


def dying(folder: Path) -> Line:
    """PostgreSQL, a server of its own. Left out with the reason where none can be started."""

    async def run(server: Restarted, url: str) -> Line:
        async with ward(folder / "data", url, lease=storage.LEASE) as made:
            await made.start(people=MANY)
            return await storage.restarted(made, server)

    try:
        with own_server() as server:
            asyncio.run(migrate(server.server.url))
            return asyncio.run(run(server, server.server.url))
    except NoServerError as missing:
        return Line("PostgreSQL dies and comes back", f"left out: {missing}", database="PostgreSQL", left_out=True)


def hosts(folder: Path) -> Line:
    """Workers and schedulers on hosts of their own. Left out with the reason where none can be made."""
    seed = secrets.randbits(32)
    try:
        with own_server() as server:
            trial = HostsTrial(data_dir=folder / "data", server=server, seed=seed)
            result = trial.run()
    except (NoServerError, NoHostsError) as missing:
        return Line("hosts that die and are cut off", f"left out: {missing}", database="PostgreSQL", left_out=True)
    faults = [f"seed {seed}: {one}" for one in result.faults]
    return Line("hosts that die and are cut off", trial.told(), faults, database="PostgreSQL")


def jumping(folder: Path, url: str) -> Line:
    """A clock that jumps; leases are short, so that a jump meets the search for dead ones."""

    async def run() -> Line:
        async with ward(folder / "data", url, lease=times.LEASE) as made:
            noted = folder / "sent"
            await made.start(people=MANY, **{steered.SENT: str(noted)})
            return await times.jumps(made, noted)

    return asyncio.run(run())


def switched_off(folder: Path, url: str) -> Line:
    """A machine that was off when something was due."""

    async def run() -> Line:
        async with ward(folder / "data", url, lease=times.LEASE) as made:
            await made.start()
            return await times.off(made)

    return asyncio.run(run())
