"""The house that keeps our posts, asked over HTTP. Its key goes into a header and into no word that is told."""

import binascii
import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
)

from bot.held.condition import Trouble
from core.errors import ChungTayError
from core.held import HeldPost

CONNECT_WITHIN = 5.0  # seconds
WAIT = 20  # seconds for which it may keep us waiting for a post
ANSWER_WITHIN = WAIT + 15.0  # seconds
# A page holds 1 MB of bodies, or a single one of up to 1 MB, in letters a third more; the rest is headers.
LARGEST_ANSWER = 4 * 1024 * 1024


_MEND = {
    Trouble.UNREACHED: "look at the network of this machine, and whether CHUNGTAY_INBOX_URL is right",
    Trouble.KEY: "CHUNGTAY_INBOX_KEY must be what stands there in CHUNGTAY_INBOX_KEYS",
    Trouble.ACCOUNT: "CHUNGTAY_INBOX_ACCOUNT must be a name that stands there in CHUNGTAY_INBOX_KEYS",
    Trouble.FAILED: "it is asked again; whoever runs it should look at its health page",
    Trouble.ODD: "look whether CHUNGTAY_INBOX_URL is right",
}
_BY_STATUS: dict[int, tuple[Trouble, str]] = {
    HTTPStatus.UNAUTHORIZED: (Trouble.KEY, "does not accept our key"),
    HTTPStatus.NOT_FOUND: (Trouble.ACCOUNT, "keeps nothing for an account of this name"),
}


class AskingError(ChungTayError):
    """The house that keeps our posts gives none."""

    def __init__(self, trouble: Trouble, what: str, *, where: str) -> None:
        self.trouble = trouble
        super().__init__(what, where=where, mend=_MEND.get(trouble, ""))


class House:
    """The house that keeps our posts."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self._key = url, key
        self._client: ClientSession | None = None

    async def posts(self, account: str, *, after: int) -> list[HeldPost]:
        """What waits for an account, or comes within a while. Raises AskingError."""
        asked = {"after": str(after), "wait": str(WAIT)}
        told = await self._ask("GET", self._address(account), params=asked)
        posts = told.get("posts")
        try:
            if not isinstance(posts, list):
                raise TypeError
            return [_read(one) for one in posts]
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
            raise self._odd(account) from None

    async def taken(self, account: str, up_to: int) -> None:
        """We have stored them. Raises AskingError."""
        await self._ask("POST", f"{self._address(account)}/taken", json={"up_to": up_to})

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    def _address(self, account: str) -> str:
        return f"{self.url}/inbox/{quote(account, safe='')}"

    def _connections(self) -> ClientSession:
        if self._client is None:  # opened with the first question, since that needs a running loop
            timeout = ClientTimeout(total=ANSWER_WITHIN, sock_connect=CONNECT_WITHIN)
            self._client = ClientSession(timeout=timeout, headers={"Authorization": f"Bearer {self._key}"})
        return self._client

    async def _ask(self, method: str, address: str, **more: Any) -> Mapping[str, Any]:
        try:
            # Not led elsewhere: whoever answers there would be shown the key.
            async with self._connections().request(method, address, allow_redirects=False, **more) as answer:
                return await self._read_answer(answer, address)
        except (TimeoutError, ConnectionTimeoutError):
            raise AskingError(Trouble.UNREACHED, "does not answer in time", where=address) from None
        except ClientConnectorError:
            raise AskingError(Trouble.UNREACHED, "no connection", where=address) from None
        except ClientError as error:
            # Without its own words: they may repeat what was sent.
            raise AskingError(Trouble.UNREACHED, f"was cut off ({type(error).__name__})", where=address) from None

    async def _read_answer(self, answer: ClientResponse, address: str) -> Mapping[str, Any]:
        if answer.status in _BY_STATUS:
            trouble, what = _BY_STATUS[answer.status]
            raise AskingError(trouble, what, where=address)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise AskingError(Trouble.FAILED, f"answers {answer.status}", where=address)
        if answer.status != HTTPStatus.OK:
            raise AskingError(Trouble.ODD, f"answers {answer.status}, which no such house does", where=address)
        content = b""
        async for part in answer.content.iter_chunked(64 * 1024):
            content += part
            if len(content) > LARGEST_ANSWER:
                raise AskingError(Trouble.ODD, "answers with more than a page of posts", where=address)
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise AskingError(Trouble.ODD, "answers with something else than posts", where=address)
        return told

    def _odd(self, account: str) -> AskingError:
        return AskingError(Trouble.ODD, "answers with something else than posts", where=self._address(account))


def _read(told: Mapping[str, Any]) -> HeldPost:
    """One post. Raises what reading odd content raises."""
    headers = {str(name).lower(): str(value) for name, value in told["headers"].items()}
    received_at = datetime.fromisoformat(told["received_at"])
    if received_at.tzinfo is None or not isinstance(told["id"], int):
        raise ValueError("no moment, or no number")
    try:
        body = b64decode(told["body"], validate=True)
    except binascii.Error as error:
        raise ValueError("no body") from error
    return HeldPost(id=told["id"], headers=headers, body=body, received_at=received_at)
