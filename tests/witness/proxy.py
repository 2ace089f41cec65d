"""Stands where telemelya posts to, and hands on what comes with what telemelya leaves out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientSession, web

from tests.support.desks import SECRET

HEADER = "X-Telegram-Bot-Api-Secret-Token"
# telemelya numbers updates by the clock, in milliseconds: two of them within one would share a number.
APART = 0.002  # seconds


@dataclass
class Proxy:
    """Where it is, whom it hands on to, and when what is said next is said."""

    client: ClientSession
    url: str = ""
    target: str = ""
    moment: datetime | None = None

    async def hand_on(self, request: web.Request) -> web.Response:
        """The same update with the secret, told at the test's own time instead of the machine's."""
        update = await request.json()
        if "message" in update and self.moment is not None:
            update["message"]["date"] = int(self.moment.timestamp())
        await asyncio.sleep(APART)
        async with self.client.post(self.target + request.path, json=update, headers={HEADER: SECRET}) as answer:
            return web.Response(status=answer.status, body=await answer.read())


@asynccontextmanager
async def proxy() -> AsyncIterator[Proxy]:
    """Listening on a port of its own."""
    async with ClientSession() as client:
        between = Proxy(client)
        app = web.Application()
        app.router.add_post("/{path:.*}", between.hand_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            between.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield between
        finally:
            await runner.cleanup()
