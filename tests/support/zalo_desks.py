"""The whole product on one Official Account, in the test's own process, with its hook on a real socket."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import App, build
from bot.channels.zalo.account import HOOK
from bot.channels.zalo.gateway import ZaloGateway
from bot.clock import SystemClock
from bot.knowledge import Knowledge
from core.delivery import PENDING
from core.ports import Chance, Clock, Condition
from tests.support.desks import TelegramDesk, serving
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_accounts import settings_for, sign_in

ACCOUNT = "zalo.main"


@dataclass
class ZaloDesk:
    """A running product and the server it talks to."""

    zalo: FakeZalo
    app: App
    faults: list[tuple[str, BaseException]] = field(default_factory=list)

    @property
    def gateway(self) -> ZaloGateway:
        """The account."""
        return next(one for one in self.app.outside if isinstance(one, ZaloGateway))

    def condition(self) -> Condition:
        """How the channel is doing."""
        return self.app.channels[ACCOUNT].condition()

    async def settled(self) -> None:
        """Until every event is taken and handled, and nothing is on its way out. Raises TimeoutError."""
        await self.handled()
        await TelegramDesk.until(self._nothing_goes_out)
        await self.zalo.quiet()

    async def handled(self) -> None:
        """Until every event is taken and handled. Raises TimeoutError."""
        await self.zalo.quiet()
        await TelegramDesk.until(self._nothing_waits)

    async def _nothing_waits(self) -> bool:
        async with self.app.storage.read() as uow:
            return (await uow.inbox.backlog()).count == 0

    async def _nothing_goes_out(self) -> bool:
        async with self.app.storage.read() as uow:
            counts = await uow.outbox.counts()
        return all(counts[status] == 0 for status in PENDING)


@asynccontextmanager
async def desk_on_zalo(
    zalo: FakeZalo,
    *,
    knowledge: Knowledge,
    database_url: str,
    data_dir: Path,
    clock: Clock | None = None,
    chance: Chance | None = None,
    signed_in: bool = True,
    **more: Any,
) -> AsyncIterator[ZaloDesk]:
    """Start it, and stop it as Ctrl+C does. Faults that are told to an engineer are collected."""
    faults: list[tuple[str, BaseException]] = []
    settings = settings_for(zalo, database_url=database_url, data_dir=data_dir, **more)
    if signed_in:
        await sign_in(zalo, settings, clock or SystemClock())
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)  # who comes before it serves waits, as in the product
        async with (
            build(
                settings,
                knowledge=knowledge,
                clock=clock,
                chance=chance,
                on_fault=lambda where, error: faults.append((where, error)),
            ) as app,
            serving(app, listener),
        ):
            zalo.hook_url = f"http://127.0.0.1:{listener.getsockname()[1]}{HOOK}"
            yield ZaloDesk(zalo=zalo, app=app, faults=faults)
