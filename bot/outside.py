"""Channels outside this house: which are switched on, and the loops that each of them needs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from bot.keys import derived
from bot.parts import Fault
from bot.settings import Settings
from core.ports import Channel, Clock, Fetching, FileStore
from core.records import NewUpdate
from core.storage import Storage
from scheduler.limits import PER_SECOND
from scheduler.stopping import ended
from scheduler.worker import Loop
from web.site import Hook

if TYPE_CHECKING:
    from bot.channels.zalo.gateway import ZaloGateway

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


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What gateways stand on."""

    settings: Settings
    key: bytes  # the installation's own
    storage: Storage
    files: FileStore
    clock: Clock
    on_fault: Fault


def gateways(ground: Ground) -> list[Gateway]:
    """Those that the settings switch on. Raises SettingsError."""
    settings = ground.settings
    made = []
    if settings.telegram_token.get_secret_value():
        made.append(_telegram(ground))
    if settings.zalo_app_id and settings.zalo_oa_id:
        made.append(zalo(ground))
    if settings.zalo_bot_token.get_secret_value():
        made.append(_zalobot(ground))
    return made


def _telegram(ground: Ground) -> Gateway:
    from bot.channels.telegram.account import Account, TelegramGateway

    settings = ground.settings
    secret = settings.telegram_webhook_secret.get_secret_value() or derived(ground.key, "telegram webhook").hex()
    account = Account(
        name=TELEGRAM,
        token=settings.telegram_token.get_secret_value(),
        api_base=settings.telegram_api_base,
        webhook_url=_hook_url(settings.telegram_webhook_url, TELEGRAM),
        webhook_secret=secret,
        paid=settings.telegram_per_second > PER_SECOND["telegram"],
    )
    return TelegramGateway(account, files=ground.files, clock=ground.clock, on_fault=ground.on_fault)


def zalo(ground: Ground) -> "ZaloGateway":
    """The Official Account."""
    from bot.channels.zalo.account import Account
    from bot.channels.zalo.gateway import ZaloGateway

    settings = ground.settings
    account = Account(
        app_id=settings.zalo_app_id,
        app_secret=settings.zalo_app_secret,
        oa_id=settings.zalo_oa_id,
        oa_secret_key=settings.zalo_oa_secret_key,
        api_base=settings.zalo_api_base,
        oauth_base=settings.zalo_oauth_base,
        business_base=settings.zalo_business_base,
        proof=settings.zalo_appsecret_proof,
        locality=settings.zalo_locality or None,
        public_url=settings.address,
    )
    return ZaloGateway(
        account,
        storage=ground.storage,
        key=derived(ground.key, f"tokens {account.name}"),
        data_dir=settings.data_dir,
        files=ground.files,
        clock=ground.clock,
        on_fault=ground.on_fault,
    )


def _zalobot(ground: Ground) -> Gateway:
    from bot.channels.zalobot.account import Account, ZaloBotGateway

    settings = ground.settings
    made = derived(ground.key, "zalo bot webhook").hex()
    account = Account(
        name=ZALO_BOT,
        token=settings.zalo_bot_token.get_secret_value(),
        api_base=settings.zalo_bot_api_base,
        pages=settings.public_url,
        webhook_url=_hook_url(settings.zalo_bot_webhook_url, ZALO_BOT),
        webhook_secret=settings.zalo_bot_webhook_secret.get_secret_value() or made,
    )
    return ZaloBotGateway(account, files=ground.files, clock=ground.clock, on_fault=ground.on_fault)


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
