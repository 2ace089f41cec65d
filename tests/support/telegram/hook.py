"""A bot's address in a test's own hands: what the server sends there, and what it gets for an answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.telegram.changes import Changes

Answer = Callable[[dict[str, Any]], Awaitable[web.StreamResponse]]


async def take(_: dict[str, Any]) -> web.StreamResponse:
    """Yes to everything."""
    return web.Response()


@dataclass
class Hook:
    """Takes every update unless told otherwise."""

    url: str = ""
    answer: Answer = take
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    most: int = 0  # requests at the same time
    _now: int = 0
    _changes: Changes = field(default_factory=Changes)

    async def called(self, request: web.Request) -> web.StreamResponse:
        """An update comes in."""
        update = await request.json()
        self.at.append(asyncio.get_running_loop().time())
        self.got.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self._now += 1
        self.most = max(self.most, self._now)
        self._changes.tell()
        try:
            return await self.answer(update)
        finally:
            self._now -= 1

    async def hears(self, count: int) -> None:
        """Wait until so many requests came in."""
        await self._changes.until(lambda: len(self.got) >= count, within=10, seen=lambda: str(self.texts))

    @property
    def texts(self) -> list[str]:
        """What came, in order: the text of a message, the kind of anything else."""
        return [update["message"]["text"] if "message" in update else next(reversed(update)) for update in self.got]

    def fails(self, times: int, status: int = 500, **headers: str) -> None:
        """Refuse so often, then take all."""
        left = [times]

        async def answer(_: dict[str, Any]) -> web.StreamResponse:
            left[0] -= 1
            return web.Response(status=status, headers=headers) if left[0] >= 0 else web.Response()

        self.answer = answer

    def holds(self, *texts: str) -> asyncio.Event:
        """Keep these waiting until the event is set; take the rest."""
        gate = asyncio.Event()

        async def answer(update: dict[str, Any]) -> web.StreamResponse:
            if update.get("message", {}).get("text") in texts:
                await gate.wait()
            return web.Response()

        self.answer = answer
        return gate

    def says(self, body: Any) -> None:
        """Answer with this JSON."""

        async def answer(_: dict[str, Any]) -> web.StreamResponse:
            return web.json_response(body)

        self.answer = answer


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    """An address for a while."""
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.called)
    async with serving(app) as origin:
        hook.url = f"{origin}/hook"
        yield hook


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """An application on a free port for a while."""
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
