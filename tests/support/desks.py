"""The whole product on one bot of an outside channel, in the test's own process: polling, or a webhook on a socket."""

import asyncio
import socket
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from bot.app import App, build
from bot.knowledge import Knowledge
from bot.settings import Settings
from core.delivery import PENDING
from core.ports import Chance, Clock, Condition
from tests.support.telegram.server import FakeTelegram

WAYS = ("polling", "webhook")
SECRET = "a-secret_of-Telegram"


@dataclass
class Running:
    """A running product."""

    app: App
    address: str  # of its own pages; empty where they are not served
    faults: list[tuple[str, BaseException]] = field(default_factory=list)


@dataclass
class Desk(Running, ABC):
    """A running product and the server it talks to."""

    @abstractmethod
    async def acknowledged(self) -> None:
        """Until every update is in. Raises AssertionError."""

    async def settled(self) -> None:
        """Until every update is acknowledged and handled, and nothing is on its way out. Raises TimeoutError."""
        await self.handled()
        await self.until(self._nothing_goes_out)

    async def handled(self) -> None:
        """Until every update is acknowledged and handled. Raises TimeoutError."""
        await self.acknowledged()
        await self.until(self._nothing_waits)

    @staticmethod
    async def until(holds: Callable[[], Awaitable[bool]]) -> None:
        """Until the database says so: it tells nobody by itself. Raises TimeoutError."""
        async with asyncio.timeout(10):
            while not await holds():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    async def _nothing_waits(self) -> bool:
        async with self.app.storage.read() as uow:
            return (await uow.inbox.backlog()).count == 0

    async def _nothing_goes_out(self) -> bool:
        async with self.app.storage.read() as uow:
            counts = await uow.outbox.counts()
        return all(counts[status] == 0 for status in PENDING)


@dataclass
class TelegramDesk(Desk):
    """One that talks to the Telegram server of the tests."""

    telegram: FakeTelegram = field(kw_only=True)

    async def acknowledged(self) -> None:
        """Until the server has no update left."""
        await self.telegram.quiet()

    def condition(self) -> Condition:
        """How the channel is doing."""
        return self.app.channels["telegram.main"].condition()


@asynccontextmanager
async def desk_on(
    telegram: FakeTelegram,
    *,
    knowledge: Knowledge,
    database_url: str,
    data_dir: Path,
    clock: Clock | None = None,
    chance: Chance | None = None,
    way: str = "polling",
    **settings: Any,
) -> AsyncIterator[TelegramDesk]:
    """Start it, and stop it as Ctrl+C does. Faults that are told to an engineer are collected."""

    def given(address: str) -> dict[str, Any]:
        hooked = {"telegram_webhook_url": address, "telegram_webhook_secret": SECRET} if way == "webhook" else {}
        bot = {"telegram_token": telegram.token, "telegram_api_base": telegram.url}
        return {"data_dir": data_dir, "database_url": database_url, **bot, **hooked, **settings}

    async with product(given, knowledge=knowledge, clock=clock, chance=chance) as running:
        yield TelegramDesk(running.app, running.address, running.faults, telegram=telegram)


@asynccontextmanager
async def product(
    given: Callable[[str], dict[str, Any]],
    *,
    knowledge: Knowledge,
    clock: Clock | None = None,
    chance: Chance | None = None,
) -> AsyncIterator[Running]:
    """The product with the settings that are `given` for the address of its pages, as long as it lasts."""
    faults: list[tuple[str, BaseException]] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)  # who comes before it serves waits, as in the product
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with (
            build(
                Settings(**given(address)),
                knowledge=knowledge,
                clock=clock,
                chance=chance,
                on_fault=lambda where, error: faults.append((where, error)),
            ) as app,
            serving(app, listener),
        ):
            yield Running(app, address, faults)


@asynccontextmanager
async def serving(app: App, listener: socket.socket) -> AsyncIterator[None]:
    """Its pages and its hooks, on that socket."""
    server = Server(uvicorn.Config(app.web, log_config=None, access_log=False, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        app.web.state.streams.stop()
        server.leave.set()
        await running


class Server(uvicorn.Server):
    """The product's, without its looking ten times a second whether it should end: that cost more than most tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    async def main_loop(self) -> None:
        """Serve until told."""
        await self.on_tick(0)
        await self.leave.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, and finish what was begun."""
        for one in (*self.servers, *(sockets or [])):
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 -- uvicorn has no event for it
            await asyncio.sleep(0.001)
