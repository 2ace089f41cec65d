"""Calls of the Bot Platform: each gives plain data, or raises SendError. The token stands in no error and no log.

The address of a call holds the token, so nothing that a library says about a request is repeated.
"""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiohttp import ClientConnectionError, ClientError, ClientSession, ClientTimeout, TCPConnector

from bot.channels.watch import Watch
from bot.channels.zalobot.refusals import connection_refusal, refusal_of
from bot.channels.zalobot.silence import Silence
from core.errors import SendError, SendErrorKind
from core.ports import Clock

CONNECT_WITHIN = 5.0  # seconds for a free connection: its turn, the name, the handshake
ANSWER_WITHIN = 15.0  # seconds; below the relay's own deadline, so that it hears what went wrong
CONNECTIONS = 50  # as many as the basic plan has people
MOST_BYTES = 1024 * 1024  # of an answer; they are a few hundred


class Api:
    """One bot at one server."""

    def __init__(self, token: str, base: str, clock: Clock) -> None:
        self._address = f"{base}/bot{token}"
        self._client: ClientSession | None = None
        self._closed = False
        self._silence = Silence(clock)

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

    async def call(
        self, method: str, watch: Watch, *, within: float = ANSWER_WITHIN, always: bool = False, **fields: Any
    ) -> Any:
        """The result of a method; {} where it has none. `within` is in seconds. The watch hears how it went.

        After a 429 nothing is asked for a while, but what is `always` needed to receive.
        """
        if not always and (left := self._silence.left()) > 0:
            raise SendError(SendErrorKind.THROTTLED, retry_after=left, code=self._silence.code)
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            status, told = await self._exchange(method, fields, within)
            if status < 400 and told.get("ok") is True:
                watch.answered(loop.time() - began if within <= ANSWER_WITHIN else None)
                if not always:
                    self._silence.over()
                return told.get("result", {})
            refusal = refusal_of(status, told, about_person="chat_id" in fields)
        except (ClientError, TimeoutError) as error:
            refusal = connection_refusal(error)
        except Exception as error:
            # A fault of the library or of ours, perhaps after the request had left.
            refusal = SendError(SendErrorKind.IN_DOUBT, code="fault", detail=type(error).__name__)
        refusal = self._silence.kept(refusal)
        watch.failed(refusal)
        raise refusal from None

    async def _exchange(self, method: str, fields: Mapping[str, Any], within: float) -> tuple[int, dict[str, Any]]:
        limits = ClientTimeout(total=within, connect=CONNECT_WITHIN)
        address = f"{self._address}/{method}"
        # A redirect would carry the token to wherever it leads.
        async with self.client().post(address, json=fields, timeout=limits, allow_redirects=False) as answer:
            content = await answer.content.read(MOST_BYTES)
            while len(content) < MOST_BYTES and (more := await answer.content.read(MOST_BYTES - len(content))):
                content += more
            return answer.status, _read(content)


def _read(content: bytes) -> dict[str, Any]:
    """The answer as data; {} where it is a page or broken: a wrong token may yield one."""
    told: Any = None
    with suppress(ValueError, RecursionError):
        told = json.loads(content)
    return told if isinstance(told, dict) else {}
