"""A bot without any library: asks the server, and listens where it posts to."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.support.telegram.changes import Changes
from tests.support.zalobot.server import FakeZaloBot


@dataclass
class Told:
    """An answer: its status, its body as data where it is JSON, and as it came."""

    status: int
    content: str
    kind: str

    @property
    def body(self) -> Any:
        """The body as data."""
        return json.loads(self.content)


@dataclass
class Asker:
    """Calls methods in any of the ways that are documented."""

    zalo: FakeZaloBot
    session: aiohttp.ClientSession

    async def __call__(self, method: str, way: str = "json", token: str | None = None, **fields: Any) -> Told:
        url = f"{self.zalo.url}/bot{token or self.zalo.token}/{method}"
        match way:
            case "query":
                asked = self.session.get(url, params=fields)
            case "form":
                asked = self.session.post(url, data=fields)
            case "multipart":
                form = aiohttp.FormData(default_to_multipart=True)
                for name, value in fields.items():
                    form.add_field(name, value)
                asked = self.session.post(url, data=form)
            case _:
                asked = self.session.post(url, json=fields)
        async with asked as answer:
            return Told(answer.status, await answer.text(), answer.content_type)


@asynccontextmanager
async def asking(zalo: FakeZaloBot) -> AsyncIterator[Asker]:
    """For a while."""
    async with aiohttp.ClientSession() as session:
        yield Asker(zalo, session)


@dataclass
class Listener:
    """What was posted to an address: bodies and secrets. It answers with `statuses`, then with 200."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    _changes: Changes = field(default_factory=Changes)

    async def called(self, request: web.Request) -> web.Response:
        """Something is posted."""
        self.bodies.append(await request.read())
        self.secrets.append(request.headers.get("X-Bot-Api-Secret-Token"))
        self._changes.tell()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def hears(self, count: int) -> list[Any]:
        """Wait for so many bodies; gives those that are not empty, as data."""
        await self._changes.until(lambda: len(self.bodies) >= count, within=10, seen=lambda: str(self.bodies))
        return [json.loads(body) for body in self.bodies if body]


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    """An address for a while."""
    listener = Listener()
    app = web.Application()
    app.router.add_post("/hook", listener.called)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield listener
    finally:
        await runner.cleanup()
