"""What can go wrong between the adapter and the server, when a test says so."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.zalo.calls import Call
from tests.support.zalo.errors import OaError

_GATEWAY_PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass
class Fault:
    """Strikes the next `times` calls of a path (None: every call; of every path) for which `when` holds.

    `accepted`: the server does what was asked before the fault strikes, so the person sees the message. There is no
    key that would keep a repetition from being a second message.
    """

    kind: str  # "answer", "hang", "slow" or "cut"
    path: str | None = None
    times: int | None = 1
    accepted: bool = False
    when: Callable[[Call], bool] = lambda _: True
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    seconds: float = 0.0
    struck: list[Call] = field(default_factory=list)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def meets(self, call: Call) -> bool:
        """Does it strike this call?"""
        spent = self.times is not None and len(self.struck) >= self.times
        return not spent and self.path in (None, call.path) and self.when(call)

    def release(self) -> None:
        """Let go of what hangs."""
        self._released.set()

    async def over(self, longest: float | None) -> None:
        """Until it was released, or until so many seconds are over."""
        try:
            await asyncio.wait_for(self._released.wait(), longest)
        except TimeoutError:
            return


def error(code: int, message: str = "", **more: Any) -> Fault:
    """The server says no with this number, and in its own words unless others are given."""
    return Fault("answer", body=json.dumps(OaError(code, message).wire()).encode(), **more)


def html_502(**more: Any) -> Fault:
    """A proxy's page where JSON should be."""
    return Fault("answer", status=502, body=_GATEWAY_PAGE, content_type="text/html", **more)


def garbled(body: bytes = b'{"error":0,"mess', **more: Any) -> Fault:
    """HTTP 200 with something that is no JSON object."""
    return Fault("answer", body=body, **more)


def hang(**more: Any) -> Fault:
    """No answer until released."""
    return Fault("hang", **more)


def slow(seconds: float, **more: Any) -> Fault:
    """What was asked is done at once, the answer comes late (as long as the server's hurry makes it)."""
    return Fault("slow", seconds=seconds, accepted=True, **more)


def cut(*, accepted: bool, **more: Any) -> Fault:
    """The connection ends without an answer, before or after the server did what was asked."""
    return Fault("cut", accepted=accepted, **more)


class Faults:
    """Those that lie in wait, oldest first."""

    def __init__(self, hurry: float) -> None:
        self._hurry = hurry
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Lay one; keep the answer to see what it struck, or to release what hangs."""
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Take all away and let go of what hangs."""
        waiting, self._waiting = self._waiting, []
        for fault in waiting:
            fault.release()

    def for_call(self, call: Call) -> Fault | None:
        """The fault that strikes this call, if one does."""
        for fault in self._waiting:
            if fault.meets(call):
                fault.struck.append(call)
                return fault
        return None

    async def delay(self, fault: Fault) -> None:
        """The wait a fault means."""
        if fault.kind in ("hang", "slow"):
            await fault.over(fault.seconds / self._hurry if fault.kind == "slow" else None)
