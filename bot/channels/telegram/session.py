"""aiogram's way over HTTP, leaner where it matters to us.

A result stays plain data: a message that was sent counts as sent, also where it carries a field or a kind that the
library does not know yet. Requests without files are JSON. Connecting has a deadline of its own, because what was
never connected never left, and is no doubt.
"""

import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientConnectionError, ClientError, ClientSession, ClientTimeout, FormData, TCPConnector

CONNECT_WITHIN = 5.0  # seconds for a free connection: its turn, the name, the handshake
ANSWER_WITHIN = 60.0  # seconds; who calls may wait less
CONNECTIONS = 200  # more than may ever be asked at once


class PlainSession(BaseSession):
    """Requests to one server, over connections that stay open."""

    def __init__(self, base: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base), timeout=ANSWER_WITHIN)
        self._client: ClientSession | None = None
        self._closed = False

    def client(self) -> ClientSession:
        """The connections; opened with the first request, since that needs a running loop."""
        if self._closed:
            raise ClientConnectionError("closed")
        if self._client is None:
            connector = TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)
            self._client = ClientSession(connector=connector)
        return self._client

    async def close(self) -> None:
        """Close the connections, for good."""
        self._closed = True
        if self._client is not None:
            await self._client.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: float | None = None,  # noqa: ASYNC109 - as the library calls it
    ) -> TelegramType:
        """Call a method; gives its result as plain data. Raises what aiogram raises."""
        answered = await self._exchange(
            bot, method.__api_method__, self._body(bot, method), timeout or self.timeout, lambda: method
        )
        return cast(TelegramType, answered)

    async def send_text(self, bot: Bot, fields: Mapping[str, Any], timeout: float) -> Any:  # noqa: ASYNC109 - as above
        """Call sendMessage with plain data. The library's own model is made only where an error must name it."""
        body = {"data": json.dumps(fields).encode(), "headers": _JSON}
        return await self._exchange(bot, "sendMessage", body, timeout, lambda: SendMessage.model_construct(**fields))

    async def _exchange(
        self, bot: Bot, name: str, body: Mapping[str, Any], within: float, method: Callable[[], TelegramMethod[Any]]
    ) -> Any:
        url = self.api.api_url(token=bot.token, method=name)
        try:
            async with self.client().post(url, **body, timeout=_timeout(within)) as answer:
                content = (await answer.read()).decode("utf-8", "replace")
        except TimeoutError as error:
            raise TelegramNetworkError(method=method(), message="no answer in time") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method(), message=type(error).__name__) from error
        if answer.status == HTTPStatus.OK and (told := _succeeded(content)) is not None:
            return told["result"]
        return self.check_response(bot, method(), answer.status, content).result

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """A success as it is; anything else as aiogram reads it."""
        told = _read(content)
        if status_code == HTTPStatus.OK and told.get("ok") is True:
            return Response.model_construct(ok=True, result=told.get("result"))
        if status_code == HTTPStatus.GATEWAY_TIMEOUT or (status_code < HTTPStatus.BAD_REQUEST and "ok" not in told):
            # Telegram may have done it: only its answer was lost on the way.
            raise TelegramNetworkError(method=method, message="the answer was lost")
        if told.get("ok") is False and not isinstance(told.get("description"), str):
            content = json.dumps({**told, "description": ""})
        return super().check_response(bot, method, status_code, content)

    def _body(self, bot: Bot, method: TelegramMethod[Any]) -> dict[str, Any]:
        files: dict[str, InputFile] = {}
        fields: dict[str, Any] = {}
        for name, value in method.model_dump(warnings=False).items():
            ready = self.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            if ready is not None:
                fields[name] = ready
        if not files:
            return {"data": json.dumps(fields).encode(), "headers": _JSON}
        form = FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, file in files.items():
            form.add_field(name, file.read(bot), filename=file.filename or name)
        return {"data": form}

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - as the library calls it
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file in chunks. Raises aiohttp's errors."""
        limits = ClientTimeout(total=timeout, connect=CONNECT_WITHIN)
        async with self.client().get(url, headers=headers, timeout=limits) as answer:
            if raise_for_status:
                answer.raise_for_status()
            async for chunk in answer.content.iter_chunked(chunk_size):
                yield chunk


_JSON = {"Content-Type": "application/json"}


@lru_cache(maxsize=64)
def _timeout(within: float) -> ClientTimeout:
    return ClientTimeout(total=within, connect=CONNECT_WITHIN)


def _read(content: str) -> dict[str, Any]:
    data: Any = None
    with suppress(ValueError, RecursionError):
        data = json.loads(content)
    return data if isinstance(data, dict) else {}


def _succeeded(content: str) -> dict[str, Any] | None:
    told = _read(content)
    return told if told.get("ok") is True and "result" in told else None
