"""What can go wrong between a channel and a provider's server, when a test says so: what all fakes have in common."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

C = TypeVar("C")  # a provider's call
F = TypeVar("F", bound="Fault[Any]")

GATEWAY_PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass
class Fault(ABC, Generic[C]):
    """Strikes the next `times` calls (None: every call) that it is meant for and for which `when` holds.

    `accepted`: the server does what was asked before the fault strikes, so the person sees the message. There is no
    key that would keep a repetition from being a second message.
    """

    kind: str  # "answer", "hang", "slow", "half" or "cut"
    times: int | None = 1
    accepted: bool = False
    when: Callable[[C], bool] = lambda _: True
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    struck: list[C] = field(default_factory=list)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @abstractmethod
    def means(self, call: C) -> bool:
        """Is it meant for this kind of call?"""

    def meets(self, call: C) -> bool:
        """Does it strike this call?"""
        spent = self.times is not None and len(self.struck) >= self.times
        return not spent and self.means(call) and self.when(call)

    def release(self) -> None:
        """Let go of what hangs."""
        self._released.set()

    async def over(self, longest: float | None = None) -> None:
        """Until it was released, or until so many seconds are over."""
        released = asyncio.ensure_future(self._released.wait())
        try:
            await asyncio.wait({released}, timeout=longest)
        finally:
            released.cancel()


class Faults(Generic[F]):
    """Those that lie in wait, oldest first; `hurry` is how much faster than the world the server is."""

    def __init__(self, hurry: float = 1.0) -> None:
        self._hurry = hurry
        self._waiting: list[F] = []

    def add(self, fault: F) -> F:
        """Lay one; keep the answer to see what it struck, or to release what hangs."""
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Take all away and let go of what hangs."""
        waiting, self._waiting = self._waiting, []
        for fault in waiting:
            fault.release()

    def for_call(self, call: Any) -> F | None:
        """The fault that strikes this call, if one does."""
        found = next((fault for fault in self._waiting if fault.meets(call)), None)
        if found is not None:
            found.struck.append(call)
        return found

    async def delay(self, fault: F) -> None:
        """The wait a fault means."""
        if fault.kind in ("hang", "slow"):
            await fault.over(fault.seconds / self._hurry if fault.kind == "slow" else None)
