"""What can go wrong between the bot and the server, when a test says so."""

import asyncio
import json
from dataclasses import dataclass, field

from tests.support.zalobot.calls import ApiError, Call

_PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>zalo</body></html>"


@dataclass
class Fault:
    """Strikes the next `times` calls of a method (None: all). `accepted`: what was asked is done all the same."""

    kind: str  # "answer", "hang", "half" or "cut"
    method: str | None = None
    times: int | None = 1
    accepted: bool = False
    status: int = 0
    body: bytes = b""
    content_type: str = "application/json"
    struck: list[Call] = field(default_factory=list)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def meets(self, call: Call) -> bool:
        """Does it strike this call?"""
        spent = self.times is not None and len(self.struck) >= self.times
        return not spent and self.method in (None, call.method)

    def release(self) -> None:
        """Let go of what hangs."""
        self._released.set()

    async def over(self) -> None:
        """Until it was released."""
        await self._released.wait()


def error(code: int, description: str = "", *, status: int = 200, method: str | None = "sendMessage") -> Fault:
    """The server says no, once."""
    body = json.dumps(ApiError(code, description).wire()).encode()
    return Fault("answer", method=method, status=status, body=body)


def errors(code: int, description: str = "", *, method: str | None = "sendMessage") -> Fault:
    """The server says no until the faults are cleared."""
    fault = error(code, description, method=method)
    fault.times = None
    return fault


def page(status: int = 502, *, method: str | None = "sendMessage") -> Fault:
    """A page where JSON should be."""
    return Fault("answer", method=method, status=status, body=_PAGE, content_type="text/html")


def answer(body: bytes, *, status: int = 200, method: str | None = "sendMessage", accepted: bool = False) -> Fault:
    """Any answer."""
    return Fault("answer", method=method, status=status, body=body, accepted=accepted)


def hang(*, method: str | None = "sendMessage", accepted: bool = False) -> Fault:
    """No answer until released."""
    return Fault("hang", method=method, accepted=accepted)


def half(*, method: str | None = "sendMessage") -> Fault:
    """The answer breaks off in its middle; what was asked is done."""
    return Fault("half", method=method, accepted=True)


def cut(*, accepted: bool, method: str | None = "sendMessage") -> Fault:
    """The connection ends without an answer, before or after the message was taken."""
    return Fault("cut", method=method, accepted=accepted)


class Faults:
    """Those that lie in wait, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Lay one; keep it to see what it struck, or to release what hangs."""
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Take all away and let go of what hangs."""
        waiting, self._waiting = self._waiting, []
        for fault in waiting:
            fault.release()

    def for_call(self, call: Call) -> Fault | None:
        """The fault that strikes this call, if one does."""
        found = next((fault for fault in self._waiting if fault.meets(call)), None)
        if found is not None:
            found.struck.append(call)
        return found
