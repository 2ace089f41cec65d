"""Channels outside this house: which are switched on, and the loops that each of them needs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from bot.keys import derived
from bot.parts import Fault
from bot.settings import Settings
from core.ports import Channel, Clock, Fetching, FileStore
from core.records import NewUpdate
from scheduler.limits import PER_SECOND
from scheduler.stopping import ended
from scheduler.worker import Loop
from web.site import Hook

TELEGRAM = "telegram.main"
ZALO_BOT = "zalobot.main"
AGAIN_AFTER = 5.0  # seconds until a loop that ended is begun again

Receive = Callable[[Sequence[NewUpdate]], Awaitable[object]]


class OutsideChannel(Channel, Fetching, Protocol):
    """A channel whose files are fetched."""


class Gateway(Protocol):
    """One account at one provider."""

    @property
    def channel(self) -> OutsideChannel:
        """What sends and reads."""

    @property
    def hook(self) -> Hook | None:
        """Where its provider posts to; None where we ask."""

    def open(self, receive: Receive) -> None:
        """From now on what comes in is stored there."""

    async def run(self) -> None:
        """Receive, until cancelled."""

    async def close(self) -> None:
        """Let go of connections, after the last message was sent."""


def gateways(settings: Settings, *, key: bytes, files: FileStore, clock: Clock, on_fault: Fault) -> list[Gateway]:
    """Those that the settings switch on. Raises SettingsError."""
    switched = ((settings.telegram_token, _telegram), (settings.zalo_bot_token, _zalobot))
    return [make(settings, key, files, clock, on_fault) for token, make in switched if token.get_secret_value()]


def _telegram(settings: Settings, key: bytes, files: FileStore, clock: Clock, on_fault: Fault) -> Gateway:
    from bot.channels.telegram.account import Account, TelegramGateway

    secret = settings.telegram_webhook_secret.get_secret_value() or derived(key, "telegram webhook").hex()
    account = Account(
        name=TELEGRAM,
        token=settings.telegram_token.get_secret_value(),
        api_base=settings.telegram_api_base,
        webhook_url=_hook_url(settings.telegram_webhook_url, TELEGRAM),
        webhook_secret=secret,
        paid=settings.telegram_per_second > PER_SECOND["telegram"],
    )
    return TelegramGateway(account, files=files, clock=clock, on_fault=on_fault)


def _zalobot(settings: Settings, key: bytes, files: FileStore, clock: Clock, on_fault: Fault) -> Gateway:
    from bot.channels.zalobot.account import Account, ZaloBotGateway

    account = Account(
        name=ZALO_BOT,
        token=settings.zalo_bot_token.get_secret_value(),
        api_base=settings.zalo_bot_api_base,
        pages=settings.public_url,
        webhook_url=_hook_url(settings.zalo_bot_webhook_url, ZALO_BOT),
        webhook_secret=settings.zalo_bot_webhook_secret.get_secret_value() or derived(key, "zalo bot webhook").hex(),
    )
    return ZaloBotGateway(account, files=files, clock=clock, on_fault=on_fault)


def _hook_url(url: str, account: str) -> str:
    """The address with its path.

    >>> _hook_url("https://ward.example.vn", TELEGRAM), _hook_url("https://example.vn/ward7/tg", TELEGRAM)
    ('https://ward.example.vn/hooks/telegram.main', 'https://example.vn/ward7/tg')
    """
    return f"{url}/hooks/{account}" if url and urlsplit(url).path in ("", "/") else url


@asynccontextmanager
async def receiving(
    opened: Sequence[Gateway],
    on_fault: Fault,
    once: Callable[[str, Loop], Loop],
    fetching: Mapping[str, Loop] | None = None,
) -> AsyncIterator[None]:
    """Their loops run while the context is open; one that asks its provider asks from one process at a time.

    So does what fetches from a house that keeps posts for us: account -> loop. `once` makes such a loop of any.
    """
    running: dict[str, Loop] = {one.channel.account: partial(_kept_running, one.run, on_fault) for one in opened}
    for one in opened:
        if one.hook is None:  # two that ask would take each other's answers
            account = one.channel.account
            running[account] = once(f"receiving {account}", running[account])
    for account, loop in (fetching or {}).items():
        running[f"fetching {account}"] = once(f"fetching {account}", partial(_kept_running, loop, on_fault))
    loops = [asyncio.create_task(loop()) for loop in running.values()]
    try:
        yield
    finally:
        await ended(*loops)


async def _kept_running(run: Loop, on_fault: Fault) -> None:
    """A loop that ends by a fault of ours is told and begun again: nobody is deaf without a word."""
    while True:
        try:
            await run()
        except Exception as error:
            on_fault("receiving", error)
        await asyncio.sleep(AGAIN_AFTER)
