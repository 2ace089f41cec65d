"""One bot, put together: its channel, and the loop that receives for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiogram.methods import DeleteWebhook, GetMe, GetWebhookInfo, SetWebhook

from bot.channels.telegram import profile, updates
from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.receiving import Poller, Receive, Reception, Sleep, Webhook
from bot.channels.telegram.updates import Bot
from bot.channels.watch import Watch
from core.errors import SendError, SendErrorKind
from core.ports import Clock, FileStore

WEBHOOK = "webhook"  # the code shown where Telegram does not accept our address
PARALLEL = 40  # webhook connections at once, Telegram's own default
LOOK_EVERY = 300.0  # seconds between looks at how Telegram reaches us
PROFILE_TRIES = 5  # commands and descriptions are an ornament: after these the next start tries again


@dataclass(frozen=True, kw_only=True)
class Account:
    """Settings of one bot, as `bot.settings` has checked them."""

    name: str  # "telegram.main"
    token: str
    api_base: str
    webhook_url: str = ""  # empty: we ask
    webhook_secret: str = ""
    paid: bool = False  # more messages a second than are free


class TelegramGateway:
    """Implements bot.outside.Gateway."""

    def __init__(
        self,
        account: Account,
        *,
        files: FileStore,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._account, self._clock, self._on_fault, self._sleep = account, clock, on_fault, sleep
        self._api = Api(account.token, account.api_base, clock)
        self.channel = Telegram(account.name, self._api, files=files, clock=clock, on_fault=on_fault, paid=account.paid)
        self.hook: Webhook | None = None
        self._reception: Reception | None = None

    def open(self, receive: Receive) -> None:
        """From now on what comes in goes there."""
        self._reception = Reception(
            self.channel, self._api, receive=receive, clock=self._clock, on_fault=self._on_fault
        )
        if self._account.webhook_url:
            self.hook = Webhook(self._reception, self._account.webhook_secret)

    async def run(self) -> None:
        """Until cancelled."""
        reception = self._reception
        assert reception is not None, "opened first"  # noqa: S101
        introducing = asyncio.create_task(self._introduce(reception))
        try:
            if self._account.webhook_url:
                await self._be_reached()
            else:
                await self._insist(DeleteWebhook(), self.channel.receiving)
                poller = Poller(reception, self._api, self.channel, sleep=self._sleep)
                await poller.run(self._on_fault)
        finally:
            introducing.cancel()
            await asyncio.gather(introducing, return_exceptions=True)

    async def close(self) -> None:
        """After the last message was sent."""
        if self._reception is not None:
            await self._reception.close()
        await self._api.close()

    async def _introduce(self, reception: Reception) -> None:
        """Who are we, and what do people see of us?"""
        me = await self._insist(GetMe(), self.channel.aside)
        if isinstance(me, dict):
            reception.bot = Bot(id=me.get("id") or 0, username=me.get("username") or "")
        for one in profile.settings():
            if await self._insist(one.read, self.channel.aside, tries=PROFILE_TRIES) != one.wanted:
                await self._insist(one.write, self.channel.aside, tries=PROFILE_TRIES)

    async def _be_reached(self) -> None:
        """Tell Telegram where we are; then look now and then how it fares in reaching us."""
        while True:
            await self._insist(
                SetWebhook(
                    url=self._account.webhook_url,
                    secret_token=self._account.webhook_secret,
                    allowed_updates=list(updates.KINDS),
                    max_connections=PARALLEL,
                ),
                self.channel.receiving,
            )
            while await self._is_set():
                await self._sleep(LOOK_EVERY)

    async def _is_set(self) -> bool:
        try:
            info = await self._api.call(GetWebhookInfo(), self.channel.receiving, always=True)
        except SendError:
            return True  # the watch knows; it is looked at again
        if not isinstance(info, dict):
            return True
        since = self._clock.now().timestamp() - LOOK_EVERY
        if info.get("pending_update_count") and (info.get("last_error_date") or 0) > since:
            self._on_fault("telegram", SendError(SendErrorKind.UNREACHABLE, code="webhook", detail="not reached"))
            self.channel.receiving.unreached()
        return bool(info.get("url") == self._account.webhook_url)

    async def _insist(self, method: Any, watch: Watch, *, tries: int | None = None) -> Any:
        """Call until it is accepted, or so many times; gives the result, {} without one."""
        failed = 0
        while tries is None or failed < tries:
            try:
                return await self._api.call(method, watch, always=tries is None)
            except SendError as error:
                failed += 1
                self._on_fault("telegram", error)
                if error.kind is SendErrorKind.REJECTED:
                    if tries is not None:
                        break
                    watch.refused(WEBHOOK)  # without it nothing comes in
                await self._sleep(error.retry_after or min(60.0, float(2 ** min(failed, 6))))
        return {}
