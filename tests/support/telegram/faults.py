"""What can go wrong between the bot and the server, when a test says so."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.telegram.calls import Call
from tests.support.telegram.errors import ApiError

_GATEWAY_PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass
class Fault:
    """Strikes the next `times` calls of a method (None: every call; of every method) for which `when` holds.

    `accepted`: the server does what was asked before the fault strikes, so the person sees the message.
    """

    kind: str  # "answer", "hang", "slow", "half" or "cut"
    method: str | None = None
    times: int | None = 1
    accepted: bool = False
    when: Callable[[Call], bool] = lambda _: True
    status: int = 0
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    struck: list[Call] = field(default_factory=list)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def meets(self, call: Call) -> bool:
        """Does it strike this call?"""
        spent = self.times is not None and len(self.struck) >= self.times
        return not spent and self.method in (None, call.method) and self.when(call)

    def release(self) -> None:
        """Let go of what hangs."""
        self._released.set()

    async def over(self, longest: float | None) -> None:
        """Until it was released, or until so many seconds are over."""
        try:
            await asyncio.wait_for(self._released.wait(), longest)
        except TimeoutError:
            return


def error(code: int, description: str, parameters: dict[str, Any] | None = None, **more: Any) -> Fault:
    """The server says no, in its own words."""
    body = json.dumps(ApiError(code, description, parameters).wire()).encode()
    wait = (parameters or {}).get("retry_after")
    return Fault("answer", status=code, body=body, headers={"Retry-After": str(wait)} if wait else {}, **more)


def flood(retry_after: int, **more: Any) -> Fault:
    """Too many requests."""
    return error(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}, **more)


def server_error(**more: Any) -> Fault:
    """Trouble inside Telegram, told as JSON."""
    return error(500, "Internal Server Error", **more)


def too_large(**more: Any) -> Fault:
    """The upload is refused at the door."""
    return error(413, "Request Entity Too Large", **more)


def html_502(**more: Any) -> Fault:
    """A proxy's page where JSON should be."""
    return Fault("answer", status=502, body=_GATEWAY_PAGE, content_type="text/html", **more)


def hang(**more: Any) -> Fault:
    """No answer until released."""
    return Fault("hang", **more)


def slow(seconds: float, **more: Any) -> Fault:
    """The message is taken at once, the answer comes late (as long as the server's hurry makes it)."""
    return Fault("slow", seconds=seconds, accepted=True, **more)


def half_written(**more: Any) -> Fault:
    """The answer breaks off in its middle; what was asked is done."""
    return Fault("half", accepted=True, **more)


def cut(*, accepted: bool, **more: Any) -> Fault:
    """The connection ends without an answer, before or after the message was taken."""
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
