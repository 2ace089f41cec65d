"""A process that asks Zalo for its next pair of tokens and is killed at a named step, for trials of what is left.

    python -m tests.support.zalo_killable renew REFUSED     asks as the service does, prints "renewed" at its end
    python -m tests.support.zalo_killable rotate            the small process that it begins

CHUNGTAY_TEST_KILL names the step at which the first of the two dies. Steps of the second one kill the first, and the
second lives on, as it does when somebody kills the service. Settings come from CHUNGTAY_* as always.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from bot.channels.zalo import rotate, rotating
from bot.channels.zalo.oauth import Given
from bot.channels.zalo.spool import Spool
from bot.channels.zalo.tokens import Tokens
from bot.clock import SystemClock
from bot.settings import load_settings
from core.errors import SendError
from tests.support.zalo_accounts import signed_out

VARIABLE = "CHUNGTAY_TEST_KILL"
OF_THE_SECOND = ("request sent", "answer received", "spool written")
STEPS = ("before the request", *OF_THE_SECOND, "before the commit", "committed", "spool removed")
COMMAND = (sys.executable, "-m", "tests.support.zalo_killable", "rotate")


def reach(step: str) -> None:
    """Here the service dies, where the variable says so."""
    if os.environ.get(VARIABLE) == step:
        os.kill(os.getppid() if step in OF_THE_SECOND else os.getpid(), signal.SIGKILL)


async def begun(task: Mapping[str, Any], lock: int) -> str:
    """As `rotating.asked`, with a second process that may kill us."""
    reach("before the request")
    return await rotating.asked(task, lock)


async def renew(refused: str) -> None:
    """Until there is another access token than this one."""
    settings = load_settings()
    async with signed_out(settings, SystemClock()) as gateway:
        gateway.tokens._rotate = begun
        while True:
            try:
                await gateway.tokens.renew(refused)
                break
            except SendError as error:
                if error.code != "refreshing":
                    raise
                await asyncio.sleep(0.05)
    print("renewed", flush=True)


def lie_in_wait() -> None:
    """Kill between the steps that the service takes by itself."""
    keep, remove = Tokens._keep_spooled, Spool.remove

    async def kept(self: Tokens, data: Any) -> None:
        reach("before the commit")
        await keep(self, data)
        reach("committed")

    def removed(self: Spool, path: Any) -> None:
        remove(self, path)
        reach("spool removed")

    Tokens._keep_spooled = kept  # type: ignore[method-assign]
    Spool.remove = removed  # type: ignore[method-assign]
    rotating.COMMAND = COMMAND


def rotate_and_kill() -> None:
    """The second process: what it does is the product's own, with the first one's death in between."""
    keep = rotate.keep
    from http.client import HTTPConnection

    respond = HTTPConnection.getresponse

    def responded(self: HTTPConnection) -> Any:
        reach("request sent")
        return respond(self)

    def kept(task: dict[str, Any], given: Given) -> None:
        reach("answer received")
        keep(task, given)
        reach("spool written")

    HTTPConnection.getresponse = responded  # type: ignore[assignment, method-assign]
    rotate.keep = kept
    rotate.main()


if __name__ == "__main__":
    if sys.argv[1] == "rotate":
        rotate_and_kill()
    else:
        lie_in_wait()
        asyncio.run(renew(sys.argv[2]))
