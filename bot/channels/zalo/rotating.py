"""Begins the process that asks for the next pair of tokens, and waits for it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[3]  # where the packages lie
COMMAND: tuple[str, ...] = (sys.executable, "-m", "bot.channels.zalo.rotate")
LONGEST = 75.0  # seconds; a little more than the process gives itself
Rotation = Callable[[Mapping[str, Any], int], Awaitable[str]]  # the task, and the lock it holds on to; gives a code


async def asked(task: Mapping[str, Any], lock: int) -> str:
    """Why no pair came, "" where one lies in the folder now.

    In a thread: who is cancelled does not take the process along, whose transport asyncio would close and kill.
    """
    return await asyncio.to_thread(_run, task, lock)


def _run(task: Mapping[str, Any], lock: int) -> str:
    process = subprocess.Popen(
        COMMAND,
        cwd=PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
    )
    with process:
        try:
            told, _ = process.communicate(json.dumps(task).encode(), timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()  # its own alarm should have rung
            told, _ = process.communicate()
    try:
        said = json.loads(told.splitlines()[-1])
    except (ValueError, IndexError):
        return "ended"
    return "" if said.get("ok") else str(said.get("code", "ended"))
