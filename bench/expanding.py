"""From an approved notice to a message for each person: people a second, and the memory it takes.

Nothing is sent. `python -m bench.expanding URL NUMBER PEOPLE…` is the process that is measured, which does nothing
else; it tells the seconds and its memory at each of these numbers of people.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import audience
from bench.figures import Figure
from bench.machine import resident_mb
from bot.clock import SystemClock
from bot.parts import raise_fault
from content.loader import PACKS_DIR, load_catalogue
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from scheduler.expansion import Expansion
from scheduler.wake import Wakeable

GROUP = "Notices"
SOME, MANY = 100_000, 1_000_000
ABOVE_IDLE = 60  # MB, the aim
LOOK = 10  # batches between looks at how many there are


def measure(url: str, label: str, *, million: bool) -> list[Figure]:
    """The figures for a database of the current version without people."""
    audience.enrol(url, MANY if million else SOME)
    marks = [SOME, MANY] if million else [SOME]
    command = [sys.executable, "-m", "bench.expanding", url, str(audience.approve(url)), *map(str, marks)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    figures = []
    for mark, (people, seconds, above) in zip(marks, told, strict=True):
        name = f"messages made for {mark:,} people on {label}"
        figures += [
            Figure(group=GROUP, name=name, value=people / seconds, unit="a second"),
            Figure(group=GROUP, name=f"{name}: memory above idle", value=above, unit="MB", below=ABOVE_IDLE),
        ]
    return figures


async def _expand(url: str, number: int, marks: Sequence[int]) -> list[tuple[int, float, float]]:
    """People, seconds from the beginning, and MB above idle at their highest so far, at each mark."""
    engine = make_engine(url)
    storage = SqlStorage(engine)
    expansion = Expansion(
        storage=storage,
        content=load_catalogue(PACKS_DIR),
        accounts=[audience.ACCOUNT],
        clock=SystemClock(),
        relay=Wakeable(),
        on_fault=raise_fault,
    )
    told: list[tuple[int, float, float]] = []
    try:
        await audience.look(storage, number)
        idle, began = resident_mb(os.getpid()), time.perf_counter()
        _forget_the_peak()
        more = True
        while more:
            for _ in range(LOOK):
                more = more and await expansion.step()
            people = (await audience.look(storage, number)).counts.get("pending", 0)
            if len(told) < len(marks) and people >= marks[len(told)]:
                told.append((people, time.perf_counter() - began, resident_mb(os.getpid(), highest=True) - idle))
    finally:
        await close_engine(engine)
    if len(told) < len(marks):
        raise ValueError(f"{people} messages for {marks[-1]} people")
    return told


def _forget_the_peak() -> None:
    """From now on the highest resident memory is that of the work, not of the start (Linux)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_expand(sys.argv[1], int(sys.argv[2]), [int(one) for one in sys.argv[3:]]))))
