"""Calls of the Bot API: each gives plain data, or raises SendError."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from aiohttp import ClientError, ClientResponseError

from bot.channels.telegram.refusals import refusal_of
from bot.channels.telegram.session import PlainSession
from bot.channels.watch import Watch
from core.errors import SendError, SendErrorKind
from core.ports import Clock

ANSWER_WITHIN = 15.0  # seconds; below the relay's own deadline, so that it hears what went wrong


class Api:
    """One bot at one server."""

    def __init__(self, token: str, base: str, clock: Clock) -> None:
        self._session = PlainSession(base)
        self._bot = Bot(token, session=self._session)
        self._clock = clock
        self._silent: tuple[datetime, float] | None = None  # until when, and for how long Telegram asked for it

    async def call(
        self, method: TelegramMethod[Any], watch: Watch, *, within: float = ANSWER_WITHIN, always: bool = False
    ) -> Any:
        """The result of a method. `within` is in seconds. The watch hears how it went.

        While Telegram wants silence nothing is asked, but what is `always` needed to receive.
        """
        return await self._heard_by(
            watch,
            lambda: self._session.make_request(self._bot, method, timeout=within),
            timed=within <= ANSWER_WITHIN,
            always=always,
        )

    async def send_text(self, fields: Mapping[str, Any], watch: Watch) -> Any:
        """The message that sendMessage made of these fields."""
        return await self._heard_by(watch, lambda: self._session.send_text(self._bot, fields, timeout=ANSWER_WITHIN))

    async def _heard_by(
        self, watch: Watch, ask: Callable[[], Awaitable[Any]], *, timed: bool = True, always: bool = False
    ) -> Any:
        if not always and (left := self._silence()) > 0:
            raise SendError(SendErrorKind.THROTTLED, retry_after=left, code="429")
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            result: Any = await ask()
        except AiogramError as error:
            raise self._heard(refusal_of(error), watch) from error
        except Exception as error:
            # A fault of the library or of ours, perhaps after the request had left.
            doubt = SendError(SendErrorKind.IN_DOUBT, code="fault", detail=type(error).__name__)
            raise self._heard(doubt, watch) from error
        watch.answered(loop.time() - began if timed else None)
        return result

    def _silence(self) -> float:
        if self._silent is None:
            return 0.0
        until, asked = self._silent
        left = (until - self._clock.now()).total_seconds()
        return left if left <= asked else 0.0  # more than was asked for: the clock was set back

    def _heard(self, refusal: SendError, watch: Watch) -> SendError:
        watch.failed(refusal)
        if refusal.kind is SendErrorKind.THROTTLED and refusal.retry_after:
            self._silent = self._clock.now() + timedelta(seconds=refusal.retry_after), refusal.retry_after
        return refusal

    async def download(self, path: str, watch: Watch, *, at_most: int) -> bytes:
        """A file of at most so many bytes. Raises SendError: REJECTED where it is larger or gone."""
        content = bytearray()
        try:
            async for chunk in self._session.stream_content(self._session.api.file_url(self._bot.token, path)):
                content += chunk
                if len(content) > at_most:
                    raise SendError(SendErrorKind.REJECTED, code="size", detail="the file is too large")
        except ClientResponseError as error:
            kind = SendErrorKind.REJECTED if error.status in (400, 404) else SendErrorKind.UNREACHABLE
            raise SendError(kind, code=str(error.status)) from None  # the address holds the token
        except (ClientError, TimeoutError) as error:
            refusal = SendError(SendErrorKind.UNREACHABLE, code="network", detail=type(error).__name__)
            watch.failed(refusal)
            raise refusal from None
        return bytes(content)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()
