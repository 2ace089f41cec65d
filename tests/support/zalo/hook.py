"""An app's address in a test's own hands: the bytes that the server sends there, and what it gets for an answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.telegram.changes import Changes
from tests.support.telegram.hook import serving


@dataclass(frozen=True)
class Got:
    """One request."""

    raw: bytes
    headers: dict[str, str]  # names in small letters

    @property
    def body(self) -> dict[str, Any]:
        """What it says."""
        found: dict[str, Any] = json.loads(self.raw)
        return found


@dataclass
class Hook:
    """Takes every event unless told otherwise."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    most: int = 0  # requests at the same time
    gate: asyncio.Event | None = None  # keep all waiting until it is set
    _now: int = 0
    _refuse: list[int] = field(default_factory=list)
    _changes: Changes = field(default_factory=Changes)

    async def called(self, request: web.Request) -> web.StreamResponse:
        """An event comes in."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append(Got(await request.read(), headers))
        self._now += 1
        self.most = max(self.most, self._now)
        self._changes.tell()
        try:
            if self.gate is not None:
                await self.gate.wait()
            return web.Response(status=self._refuse.pop(0) if self._refuse else 200)
        finally:
            self._now -= 1

    def fails(self, times: int, status: int = 500) -> None:
        """Refuse so often, then take all."""
        self._refuse = [status] * times

    async def hears(self, count: int) -> None:
        """Wait until so many requests came in."""
        await self._changes.until(lambda: len(self.got) >= count, within=10, seen=lambda: str(self.names))

    @property
    def names(self) -> list[str]:
        """The kinds of events, in order."""
        return [got.body["event_name"] for got in self.got]

    def of(self, name: str) -> list[dict[str, Any]]:
        """The bodies of one kind."""
        return [got.body for got in self.got if got.body["event_name"] == name]


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    """An address for a while."""
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.called)
    async with serving(app) as origin:
        hook.url = f"{origin}/hook"
        yield hook
