"""A house of our own on a real socket, without any channel but its pages: one that keeps posts for another."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import App, build
from bot.knowledge import Knowledge
from bot.settings import Settings
from core.held import HeldPost, Room
from core.ports import Clock
from tests.support.desks import serving

KEY = "a-key-of-sixteen-signs"


@dataclass
class Province:
    """A running house that keeps posts."""

    app: App
    address: str
    faults: list[tuple[str, BaseException]] = field(default_factory=list)

    async def held(self, account: str) -> list[HeldPost]:
        """What waits there."""
        async with self.app.storage.read() as uow:
            return await uow.held.waiting(account, after=0, most=Room())

    async def posted(self, account: str, body: bytes, **headers: str) -> int:
        """What a provider is answered."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as client,
            client.post(f"{self.address}/hooks/{account}", data=body, headers=named) as answer,
        ):
            return answer.status


@asynccontextmanager
async def province_on(
    *,
    knowledge: Knowledge,
    database_url: str,
    data_dir: Path,
    keys: str,
    clock: Clock | None = None,
    port: int = 0,
    **settings: Any,
) -> AsyncIterator[Province]:
    """Start it, and stop it as Ctrl+C does. `keys` are those of CHUNGTAY_INBOX_KEYS."""
    faults: list[tuple[str, BaseException]] = []
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
        given = Settings(data_dir=data_dir, database_url=database_url, inbox_keys=keys, **settings)
        async with (
            build(
                given,
                knowledge=knowledge,
                clock=clock,
                on_fault=lambda where, error: faults.append((where, error)),
            ) as app,
            serving(app, listener),
        ):
            yield Province(app=app, address=f"http://127.0.0.1:{listener.getsockname()[1]}", faults=faults)


async def until(holds: Any, *, within: float = 20) -> None:
    """Until it holds, looked at again and again. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while True:
            found = holds()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.005)
