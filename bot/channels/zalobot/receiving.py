"""What comes from the Bot Platform: stored before anything else, since what was handed out is nowhere else any more."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.channels.zalobot import updates
from bot.channels.zalobot.api import Api
from bot.channels.zalobot.channel import ZaloBot
from bot.channels.zalobot.refusals import EMPTY
from bot.channels.zalobot.updates import MalformedError
from core.errors import SendError, SendErrorKind
from core.ports import Clock
from core.records import NewUpdate

Receive = Callable[[Sequence[NewUpdate]], Awaitable[object]]
Sleep = Callable[[float], Awaitable[object]]

SECRET_HEADER = "x-bot-api-secret-token"  # noqa: S105 - its name, not its value
LONG_POLL = 30  # seconds that the platform holds a question open, its own default
GRACE = 5.0  # seconds more that we wait: who waits for ever hears nobody
LONGEST_WAIT = 60.0  # seconds between tries
AT_ONCE_EMPTY = 0.05  # seconds in which no question held open can end
LOOK_EVERY = 3600.0  # seconds between looks whether somebody has set a webhook
STORED_WITHIN = 10.0  # seconds in which the last update is stored while the process stops


class Reception:
    """Takes updates in, whichever way they come."""

    def __init__(
        self,
        channel: ZaloBot,
        *,
        receive: Receive,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self._channel, self._receive, self._clock, self._on_fault = channel, receive, clock, on_fault
        self.posts = 0  # that reached us, with the secret

    async def take(self, update: Mapping[str, Any]) -> None:
        """Store it. Raises StorageError: then it was not stored."""
        try:
            new = updates.new_update(self._channel.account, update, self._clock.now())
            if new is None:
                return
            await self._receive([new])
        except (MalformedError, ValueError) as error:
            self._on_fault("zalobot", error)  # one that cannot even be written down: it would never come in
            return
        if not updates.in_group(updates.message_of(new.raw)):
            self._channel.typing.expect(new.path)

    def close(self) -> None:
        """What was begun is let go."""
        self._channel.typing.stop_all()


class Poller:
    """Asks for updates, again and again: each answer holds one, and hands it out for ever."""

    def __init__(
        self,
        reception: Reception,
        api: Api,
        channel: ZaloBot,
        *,
        on_fault: Callable[[str, BaseException], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._reception, self._api, self._channel = reception, api, channel
        self._on_fault, self._sleep = on_fault, sleep
        self._failed = 0
        self._looked = float("-inf")

    async def run(self) -> None:
        """Until cancelled. Trouble of any kind is waited out."""
        while True:
            try:
                await self._clear_the_way()
                await self._step()
                self._failed = 0
            except SendError as error:
                self._on_fault("zalobot", error)
                if error.kind is SendErrorKind.MISCONFIGURED:
                    self._looked = float("-inf")  # a webhook may be why
                await self._wait(error.retry_after)
            except Exception as error:
                self._on_fault("zalobot", error)
                await self._wait(None)

    async def _clear_the_way(self) -> None:
        """While a webhook is set nobody who asks is told anything (documented: `getUpdates`): it is taken away."""
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_EVERY:
            return
        try:
            info = await self._api.call("getWebhookInfo", self._channel.aside, always=True)
        except SendError as error:
            # "404" is the answer where none is set, or of a token that is none: asking for updates will tell.
            if error.code != "404":
                self._channel.receiving.failed(error)
                raise
            info = {}
        if isinstance(info, dict) and info.get("url"):
            told = SendError(SendErrorKind.MISCONFIGURED, code="webhook", detail="one was set; it is taken away to ask")
            self._on_fault("zalobot", told)
            await self._api.call("deleteWebhook", self._channel.receiving, always=True)
        self._looked = now

    async def _step(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        found = await self._ask()
        if not found and loop.time() - began < AT_ONCE_EMPTY:
            await self._sleep(1.0)  # it should have waited for us
        for body in found:
            update = updates.unwrapped(body)
            if update is None:
                raise MalformedError("the answer holds no update", where=self._channel.account)
            await self._surely_stored(update)

    async def _ask(self) -> Sequence[Any]:
        """What was handed out: one update, or nothing."""
        try:
            # Documented as a text of seconds; the samples give a number. A server that reads either takes the text.
            result = await self._api.call(
                "getUpdates", self._channel.receiving, within=LONG_POLL + GRACE, always=True, timeout=str(LONG_POLL)
            )
        except SendError as error:
            if error.code != str(EMPTY):
                raise
            self._channel.receiving.answered()  # nobody wrote: all is well
            return ()
        return result if isinstance(result, list) else [result] if result else ()

    async def _surely_stored(self, update: Mapping[str, Any]) -> None:
        """Stored, however long the database is away, and also where the process is asked to stop."""
        storing = asyncio.ensure_future(self._store(update))
        try:
            await asyncio.shield(storing)
        except asyncio.CancelledError:
            await asyncio.wait({storing}, timeout=STORED_WITHIN)
            storing.cancel()
            raise

    async def _store(self, update: Mapping[str, Any]) -> None:
        failed = 0
        while True:
            try:
                return await self._reception.take(update)
            except Exception as error:
                self._on_fault("zalobot", error)
                failed += 1
                await self._sleep(min(LONGEST_WAIT, float(2 ** min(failed - 1, 6))))

    async def _wait(self, asked: float | None) -> None:
        self._failed += 1
        await self._sleep(asked or min(LONGEST_WAIT, float(5 * 2 ** min(self._failed - 1, 4))))


class Webhook:
    """Reads what the platform posts to us. Implements web.site.Hook."""

    def __init__(self, reception: Reception, secret: str) -> None:
        self._reception, self._secret = reception, secret

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether the secret is ours, compared in constant time; or nothing is posted at all.

        Doubt "probe": setWebhook was seen to post an empty body, and whether it carries the secret is not known. Which
        body an address with both lengths has is for nobody to guess: only the one without any is let in.
        """
        empty = headers.get("content-length") == "0" and "transfer-encoding" not in headers
        given = headers.get(SECRET_HEADER)
        if given is None:
            return empty
        return hmac.compare_digest(given.encode(), self._secret.encode())

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer: 200 once it is stored. Raises StorageError, so that it may come again."""
        if not body.strip():
            return 200, b""
        if headers.get(SECRET_HEADER) is None:
            return 401, b""
        try:
            update = updates.unwrapped(json.loads(body))
        except (ValueError, RecursionError):  # no UTF-8 is a ValueError too
            return 400, b"not JSON"
        if update is None:
            return 400, b"an update has an event_name"
        self._reception.posts += 1
        await self._reception.take(update)
        return 200, b""
