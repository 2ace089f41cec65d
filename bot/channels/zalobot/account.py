"""One bot, put together: its channel, and the loop that receives for it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.zalobot.api import Api
from bot.channels.zalobot.channel import ZaloBot
from bot.channels.zalobot.receiving import Poller, Receive, Reception, Sleep, Webhook
from core.errors import SendError, SendErrorKind, SettingsError
from core.ports import Clock, FileStore

WEBHOOK = "zalobot-webhook"  # the code shown where the platform does not accept our address
LOOK_EVERY = 600.0  # seconds between looks at where the platform posts to
MOST_HINT = 200  # characters of what the platform says about an address


@dataclass(frozen=True, kw_only=True)
class Account:
    """Settings of one bot, as `bot.settings` has checked them."""

    name: str  # "zalobot.main"
    token: str = field(repr=False)
    api_base: str
    pages: str = ""  # the address at which people reach our own pages: files go out as links to them; empty: by name
    webhook_url: str = ""  # empty: we ask
    webhook_secret: str = field(default="", repr=False)


class ZaloBotGateway:
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
        self.channel = ZaloBot(
            account.name,
            self._api,
            files=files,
            clock=clock,
            on_fault=on_fault,
            api_base=account.api_base,
            pages=account.pages,
        )
        self.hook: Webhook | None = None
        self._reception: Reception | None = None

    def open(self, receive: Receive) -> None:
        """From now on what comes in goes there."""
        self._reception = Reception(self.channel, receive=receive, clock=self._clock, on_fault=self._on_fault)
        if self._account.webhook_url:
            self.hook = Webhook(self._reception, self._account.webhook_secret)

    async def run(self) -> None:
        """Until cancelled."""
        reception = self._reception
        assert reception is not None, "opened first"  # noqa: S101
        if not self._account.pages:
            what, mend = "files and pictures go out by their names only", "set it to the address of the web chat"
            self._on_fault("zalobot", SettingsError(what, where="CHUNGTAY_PUBLIC_URL", mend=mend))
        if self._account.webhook_url:
            await self._be_reached(reception)
        poller = Poller(reception, self._api, self.channel, on_fault=self._on_fault, sleep=self._sleep)
        await poller.run()

    async def close(self) -> None:
        """After the last message was sent."""
        if self._reception is not None:
            self._reception.close()
        await self._api.close()

    async def _be_reached(self, reception: Reception) -> None:
        """Tell the platform where we are; then look now and then whether it still knows."""
        while True:
            before = reception.posts
            unseen = self._unseen(await self._insist())
            while True:
                if unseen and reception.posts == before:
                    self.channel.receiving.unreached()
                await self._sleep(LOOK_EVERY)
                if not await self._is_set() or (unseen and reception.posts == before):
                    break

    def _unseen(self, told: Mapping[str, Any]) -> bool:
        """Whether the platform says that it did not find us there. It keeps the address all the same (live reports)."""
        found = told.get("verification")
        if not isinstance(found, dict) or found.get("ok") is not False:
            return False
        hint = "".join(sign if sign.isprintable() else " " for sign in str(found.get("hint") or ""))
        # The platform's own words about our address, which is no secret; the token is not in them, and cut out if so.
        said = hint.replace(self._account.token, "…").replace(self._account.webhook_secret or "\0", "…")[:MOST_HINT]
        detail = f"Zalo does not reach the webhook's address: {said or 'it does not say why'}"
        self._on_fault("zalobot", SendError(SendErrorKind.UNREACHABLE, code=WEBHOOK, detail=detail))
        return True

    async def _insist(self) -> Mapping[str, Any]:
        """Set the webhook until it is accepted; gives what was said about it."""
        failed = 0
        while True:
            try:
                told = await self._api.call(
                    "setWebhook",
                    self.channel.receiving,
                    always=True,
                    url=self._account.webhook_url,
                    secret_token=self._account.webhook_secret,
                )
                return told if isinstance(told, dict) else {}
            except SendError as error:
                self._on_fault("zalobot", error)
                if error.kind is SendErrorKind.REJECTED:
                    self.channel.receiving.refused(WEBHOOK)  # without it nothing comes in
                failed += 1
                await self._sleep(error.retry_after or min(60.0, float(2 ** min(failed, 6))))

    async def _is_set(self) -> bool:
        """Whether the platform still posts to us: another program may have taken the bot."""
        try:
            info = await self._api.call("getWebhookInfo", self.channel.receiving, always=True)
        except SendError as error:
            # Doubt: "404" is the answer where none is set, or of a wrong token; setting it again tells which.
            return error.code != "404"
        if not isinstance(info, dict) or info.get("url") == self._account.webhook_url:
            return True
        told = SendError(SendErrorKind.MISCONFIGURED, code=WEBHOOK, detail="another address was set; it is set again")
        self._on_fault("zalobot", told)
        return False
