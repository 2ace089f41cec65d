"""Calls of the Official Account's API: each gives the answer's `data`, or raises SendError."""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aiohttp import FormData

from bot.channels.watch import Watch
from bot.channels.zalo.account import Account
from bot.channels.zalo.numbers import whole
from bot.channels.zalo.refusals import EXPIRED, refusal_of
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.wire import Wire
from core.errors import SendError, SendErrorKind
from core.ports import Clock

ANSWER_WITHIN = 15.0  # seconds; below the relay's own deadline, so that it hears what went wrong
UPLOAD_WITHIN = 45.0  # seconds for a file of at most 5 MB: a megabit a second
DOWNLOAD_WITHIN = 30.0  # seconds
MESSAGE, TEMPLATE = "/v3.0/oa/message/cs", "/v3.0/oa/message/template"
BY_PHONE = "/message/template"  # of the business host
OA, QUOTA = "/v2.0/oa/getoa", "/v3.0/oa/quota/message"

Ask = Callable[[Mapping[str, str]], Awaitable[Any]]


class Api:
    """One account at one server."""

    def __init__(self, account: Account, tokens: Tokens, clock: Clock) -> None:
        self._account, self._tokens, self._clock = account, tokens, clock
        self._wire, self._business = Wire(account.api_base), Wire(account.business_base)
        self._silent: tuple[datetime, float] | None = None  # until when, and for how long that was meant

    async def hand_over(self, path: str, body: Mapping[str, Any], watch: Watch) -> Mapping[str, Any]:
        """Send a message. IN_DOUBT where it left and no answer came that can be read: a second one would be doubled."""
        wire = self._business if path == BY_PHONE else self._wire
        data = await self._heard_by(
            watch,
            lambda headers: wire.post(path, body, headers, ANSWER_WITHIN),
            template=path in (TEMPLATE, BY_PHONE),
        )
        return data if isinstance(data, dict) else {}

    async def ask(self, path: str, body: Mapping[str, Any], watch: Watch) -> Any:
        """A question by POST; asking twice does no harm, so an answer that is lost leaves no doubt."""
        return await self._harmless(watch, lambda headers: self._wire.post(path, body, headers, ANSWER_WITHIN))

    async def look(self, path: str, data: Mapping[str, Any] | None, watch: Watch) -> Any:
        """A question by GET, with the same."""
        return await self._harmless(watch, lambda headers: self._wire.get(path, data, headers, ANSWER_WITHIN))

    async def upload(self, kind: str, name: str, media_type: str, content: bytes, watch: Watch) -> str:
        """Hand a file over as "image" or "file"; gives the id by which it can be sent for seven days."""

        def ask(headers: Mapping[str, str]) -> Awaitable[Any]:
            form = FormData(quote_fields=False)  # made anew: a form can be sent once only
            form.add_field("file", content, filename=name, content_type=media_type)
            return self._wire.upload(f"/v2.0/oa/upload/{kind}", form, headers, UPLOAD_WITHIN)

        data = await self._harmless(watch, ask, timed=False)
        told = data.get("attachment_id") or data.get("token") if isinstance(data, dict) else None
        if not isinstance(told, str) or not told:
            raise SendError(SendErrorKind.REJECTED, code="upload", detail="no id came for the file")
        return told

    async def download(self, url: str, *, at_most: int) -> bytes | None:
        """A file that somebody sent, None where it is larger. No token goes along. Raises SendError."""
        if not self._account.trusts(url):
            raise SendError(SendErrorKind.REJECTED, code="host", detail="not one of Zalo's hosts")
        return await self._wire.download(url, at_most=at_most, within=DOWNLOAD_WITHIN)

    async def _harmless(self, watch: Watch, ask: Ask, *, timed: bool = True) -> Any:
        try:
            return await self._heard_by(watch, ask, timed=timed)
        except SendError as error:
            if error.kind is not SendErrorKind.IN_DOUBT:
                raise
            raise SendError(SendErrorKind.UNREACHABLE, code=error.code, detail=error.detail) from None

    async def _heard_by(self, watch: Watch, ask: Ask, *, timed: bool = True, template: bool = False) -> Any:
        if (left := self._silence()) > 0:
            raise SendError(SendErrorKind.THROTTLED, retry_after=left, code="-32")
        loop = asyncio.get_running_loop()
        try:
            token = await self._tokens.access()
            began = loop.time()
            told = await self._asked(ask, token)
            if _code(told) in EXPIRED:
                # Once: where the new one is not accepted either, somebody must look.
                told = await self._asked(ask, await self._tokens.renew(token))
            if code := _code(told):
                raise refusal_of(code, str(told.get("message") or ""), self._clock.now(), template=template)
        except SendError as error:
            raise self._heard(error, watch) from None
        watch.answered(loop.time() - began if timed else None)
        return told.get("data") or {}  # missing on errors, and null or a list elsewhere

    async def _asked(self, ask: Ask, token: str) -> Any:
        headers = {"access_token": token}
        if self._account.proof:
            headers["appsecret_proof"] = proof_of(self._account.app_secret.get_secret_value(), token)
        try:
            return await ask(headers)
        except SendError:
            raise
        except Exception as error:
            # A fault of the library or of ours, perhaps after the request had left.
            raise SendError(SendErrorKind.IN_DOUBT, code="fault", detail=type(error).__name__) from error

    def _silence(self) -> float:
        if self._silent is None:
            return 0.0
        until, asked = self._silent
        left = (until - self._clock.now()).total_seconds()
        return left if left <= asked else 0.0  # more than was asked for: the clock was set back

    def _heard(self, refusal: SendError, watch: Watch) -> SendError:
        watch.failed(refusal)
        if refusal.kind is SendErrorKind.THROTTLED and refusal.retry_after and self._silence() <= 0:
            self._silent = self._clock.now() + timedelta(seconds=refusal.retry_after), refusal.retry_after
        return refusal

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()
        await self._business.close()


def proof_of(secret: str, token: str) -> str:
    """What shows that a call comes from the app itself.

    >>> proof_of("app-secret-for-tests", "access-token-for-tests")[:16]
    '7196be12396e82d4'
    """
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _code(told: Any) -> int:
    """The number in `error`, as a number or in quotes; what is no number is told as -1."""
    error = told.get("error", 0)
    return 0 if error in (None, "", 0, "0") else whole(error) or -1
