"""Two ways to ask the server: a bare client that takes nothing for granted, and the library of the product."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.support.telegram.server import FakeTelegram


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        """What was asked for. Raises AssertionError where it was refused."""
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        """Code and text of a refusal. Raises AssertionError where there is none."""
        assert not self.body["ok"] and self.status == self.body["error_code"], self.body
        return self.status, self.body["description"]


class Asker:
    """Calls methods by name; what is no text travels as JSON, bytes as a file."""

    def __init__(self, telegram: FakeTelegram, session: aiohttp.ClientSession) -> None:
        self.telegram, self.session = telegram, session

    async def __call__(self, method: str, /, *, as_token: str | None = None, **parameters: Any) -> Reply:
        form = aiohttp.FormData()
        for name, value in parameters.items():
            if isinstance(value, bytes):
                form.add_field(name, io.BytesIO(value), filename=f"{name}.bin", content_type="application/octet-stream")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        url = f"{self.telegram.url}/bot{as_token or self.telegram.token}/{method}"
        async with self.session.post(url, data=form) as response:
            return Reply(response.status, await response.json())

    async def updates(self, offset: int = 0, **parameters: Any) -> list[dict[str, Any]]:
        """What getUpdates gives."""
        found: list[dict[str, Any]] = (await self("getUpdates", offset=offset, **parameters)).result
        return found


@asynccontextmanager
async def asking(telegram: FakeTelegram) -> AsyncIterator[Asker]:
    """A bare client for a while."""
    async with aiohttp.ClientSession() as session:
        yield Asker(telegram, session)


@asynccontextmanager
async def aiogram_bot(telegram: FakeTelegram, *, patience: float = 60.0) -> AsyncIterator[Bot]:
    """The product's library for a while; it waits so many seconds for an answer."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url), timeout=patience)
    try:
        yield Bot(telegram.token, session=session)
    finally:
        await (await session.create_session()).close()  # its own close waits a quarter of a second for TLS
