"""Requests over HTTP, with answers as plain data.

Failure is HTTP 200 with a number in `error` (docs.zaloplatforms.com/docs/OA). Connecting has a deadline of its own:
what was never connected never left, and is no doubt.
"""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import (
    ClientConnectionError,
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)

from bot.channels.zalo.refusals import http_refusal
from core.errors import SendError, SendErrorKind

CONNECT_WITHIN = 5.0  # seconds for a free connection: its turn, the name, the handshake
CONNECTIONS = 200  # more than may ever be asked at once
MOST_ANSWER = 1024 * 1024  # bytes of an answer that are read


class Wire:
    """Connections to one server; they stay open."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._client: ClientSession | None = None
        self._closed = False

    async def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str], within: float) -> Any:
        """POST plain data. Raises SendError."""
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        return await self._ask("POST", path, within, data=data, headers={**headers, "Content-Type": "application/json"})

    async def get(self, path: str, data: Mapping[str, Any] | None, headers: Mapping[str, str], within: float) -> Any:
        """GET with the one parameter that Zalo reads. Raises SendError."""
        question = {} if data is None else {"params": {"data": json.dumps(data, separators=(",", ":"))}}
        return await self._ask("GET", path, within, headers=dict(headers), **question)

    async def upload(self, path: str, form: FormData, headers: Mapping[str, str], within: float) -> Any:
        """POST a file. Raises SendError."""
        return await self._ask("POST", path, within, data=form, headers=dict(headers))

    async def _ask(self, method: str, path: str, within: float, **given: Any) -> Any:
        limits = ClientTimeout(total=within, connect=CONNECT_WITHIN)
        try:
            async with self.client().request(
                method, f"{self._base}{path}", timeout=limits, allow_redirects=False, **given
            ) as answer:
                status, content = answer.status, await answer.content.read(MOST_ANSWER)
                while len(content) < MOST_ANSWER and (more := await answer.content.read(MOST_ANSWER - len(content))):
                    content += more
        except (ClientConnectorError, ConnectionTimeoutError):
            raise SendError(SendErrorKind.UNREACHABLE, code="network", detail="no connection") from None
        except (ClientError, TimeoutError) as error:
            # It may have left: whether the person has the message, nobody can know. The address is in no message.
            raise SendError(SendErrorKind.IN_DOUBT, code="network", detail=type(error).__name__) from None
        return _told(status, content)

    async def download(self, url: str, *, at_most: int, within: float) -> bytes | None:
        """A file of at most so many bytes, None where it is larger. Raises SendError: REJECTED where it is gone.

        Who sends elsewhere is not followed: the address was looked at, the next one would not be.
        """
        limits = ClientTimeout(total=within, connect=CONNECT_WITHIN)
        content = bytearray()
        try:
            async with self.client().get(url, timeout=limits, allow_redirects=False) as answer:
                if answer.status >= 500:
                    raise SendError(SendErrorKind.UNREACHABLE, code=str(answer.status))
                if answer.status != 200:
                    raise SendError(SendErrorKind.REJECTED, code=str(answer.status))
                async for chunk in answer.content.iter_chunked(65536):
                    content += chunk
                    if len(content) > at_most:
                        return None
        except (ClientError, TimeoutError, ValueError) as error:
            raise SendError(SendErrorKind.UNREACHABLE, code="network", detail=type(error).__name__) from None
        return bytes(content)

    def client(self) -> ClientSession:
        """The connections; opened with the first request, since that needs a running loop."""
        if self._closed:
            raise ClientConnectionError("closed")
        if self._client is None:
            self._client = ClientSession(connector=TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300))
        return self._client

    async def close(self) -> None:
        """Close the connections, for good."""
        self._closed = True
        if self._client is not None:
            await self._client.close()


def _told(status: int, content: bytes) -> Any:
    """The answer's object. Raises SendError where it is none that Zalo gives."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not ("error" in told or "data" in told):
        raise http_refusal(status)
    return told
