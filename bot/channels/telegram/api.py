"""Calls of the Bot API: each gives plain data, or raises SendError."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod

from bot.channels.telegram.refusals import refusal_of
from bot.channels.telegram.session import PlainSession
from bot.channels.telegram.watch import Watch
from core.errors import SendError

ANSWER_WITHIN = 15.0  # seconds; below the relay's own deadline, so that it hears what went wrong


class Api:
    """One bot at one server."""

    def __init__(self, token: str, base: str) -> None:
        self._session = PlainSession(base)
        self._bot = Bot(token, session=self._session)

    async def call(self, method: TelegramMethod[Any], watch: Watch, *, within: float = ANSWER_WITHIN) -> Any:
        """The result of a method. `within` is in seconds. The watch hears how it went."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            result: Any = await self._session.make_request(self._bot, method, timeout=within)
        except AiogramError as error:
            refusal = refusal_of(error)
            watch.failed(refusal)
            raise refusal from error
        watch.answered(loop.time() - began if within <= ANSWER_WITHIN else None)
        return result

    async def download(self, path: str, watch: Watch, *, at_most: int) -> bytes:
        """A file of at most so many bytes. Raises SendError: REJECTED where it is larger or gone."""
        from aiohttp import ClientError, ClientResponseError

        from core.errors import SendErrorKind

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
