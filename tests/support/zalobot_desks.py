"""The whole product on one bot of Zalo's Bot Platform, in the test's own process: polling, or a webhook on a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge
from core.ports import Chance, Clock, Condition
from scheduler import limits
from tests.support.desks import Desk, product
from tests.support.zalobot.people import Person
from tests.support.zalobot.server import FakeZaloBot

SECRET = "a secret of the Bot Platform"
FAST = 1000  # messages a second: time is real there, and a conversation is judged by its words


@dataclass
class ZaloBotDesk(Desk):
    """A running product and the server it talks to."""

    zalo: FakeZaloBot = field(kw_only=True)

    async def acknowledged(self) -> None:
        """Until the server has no update left."""
        await self.zalo.quiet()

    def condition(self) -> Condition:
        """How the channel is doing."""
        return self.app.channels["zalobot.main"].condition()

    async def hears(self, person: Person, count: int = 1) -> list[str]:
        """Wait for the next so many messages to somebody; gives their texts."""
        seen = len(person.shown)
        await self.zalo.until(lambda: len(person.shown) >= seen + count)
        return person.texts[seen:]

    async def greeted(self, place: str = "phường Đăk Cấm") -> Person:
        """Somebody who has said where they live."""
        person = self.zalo.person()
        for text in ("xin chào", place, "Bỏ qua"):
            person.says(text)
            await self.settled()
        return person


@asynccontextmanager
async def zalobot_desk_on(
    zalo: FakeZaloBot,
    *,
    knowledge: Knowledge,
    database_url: str,
    data_dir: Path,
    clock: Clock | None = None,
    chance: Chance | None = None,
    way: str = "polling",
    **settings: Any,
) -> AsyncIterator[ZaloBotDesk]:
    """Start it, until the bot hears what is said. Faults that are told to an engineer are collected."""

    def given(address: str) -> dict[str, Any]:
        hooked = {"zalo_bot_webhook_url": address, "zalo_bot_webhook_secret": SECRET} if way == "webhook" else {}
        bot = {"zalo_bot_token": zalo.token, "zalo_bot_api_base": zalo.url, "public_url": address}
        return {"data_dir": data_dir, "database_url": database_url, **bot, **hooked, **settings}

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(limits.PER_SECOND, "zalobot", FAST)  # type: ignore[arg-type]
        async with product(given, knowledge=knowledge, clock=clock, chance=chance) as running:
            desk = ZaloBotDesk(running.app, running.address, running.faults, zalo=zalo)
            await zalo.until(lambda: zalo.listening)
            yield desk
