"""Where updates are posted to, and how that goes: a few tries, which is a guess."""

import asyncio
import ipaddress
import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from tests.support.zalobot.calls import ApiError
from tests.support.zalobot.parameters import text_of

if TYPE_CHECKING:
    from tests.support.zalobot.state import State

SECRET = "X-Bot-Api-Secret-Token"


@dataclass
class Webhook:
    """The address the bot gave, if it gave one."""

    url: str = ""
    secret: str = ""
    updated_at: int = 0
    answers: list[tuple[int, str]] = field(default_factory=list)  # statuses with which posts were taken; 0: not at all
    flying: int = 0  # updates on their way
    _lanes: dict[str, asyncio.Lock] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def set(self, state: "State", values: dict[str, Any]) -> dict[str, Any]:
        """Take an address, and look whether anybody is there. Raises ApiError when it cannot be one."""
        url, secret = text_of(values, "url"), text_of(values, "secret_token")
        _check(url, allow_http=state.switches.allow_http)
        if not 8 <= len(secret) <= 256:
            raise ApiError(400, "Bad Request: secret_token must have 8 to 256 characters")
        self.url, self.secret, self.updated_at = url, secret, state.milliseconds()
        state.changes.tell()
        headers = {SECRET: secret} if state.switches.probe_with_secret else {}
        status, _ = await self.post(state, b"", headers)
        told: dict[str, Any] = {"url": url, "updated_at": self.updated_at}
        if state.switches.verification == "absent":
            return told
        found = status == 200 and state.switches.verification == "found"
        return told | {"verification": {"ok": found, "hint": "" if found else f"your server answered {status}"}}

    def delete(self, state: "State") -> dict[str, Any]:
        """From now on the bot asks."""
        self.url = self.secret = ""
        self.updated_at = state.milliseconds()
        return {"url": "", "updated_at": self.updated_at}

    def info(self, state: "State") -> dict[str, Any]:
        """What getWebhookInfo tells. Raises ApiError by switch where there is none."""
        if not self.url and state.switches.no_webhook == "404":
            raise ApiError(404, "Not Found")
        return {"url": self.url, "updated_at": self.updated_at}

    def send(self, state: "State", update: dict[str, Any], lane: str) -> None:
        """Post an update, in the background."""
        body = json.dumps(state.body(update)).encode()
        self.flying += 1
        task = asyncio.get_running_loop().create_task(self._try(state, update, body, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, state: "State", update: dict[str, Any], body: bytes, lane: str) -> None:
        try:
            if not state.switches.in_order:
                await self._insist(state, update, body)
                return
            async with self._lanes.setdefault(lane, asyncio.Lock()):
                await self._insist(state, update, body)
        finally:
            self.flying -= 1
            state.changes.tell()

    async def _insist(self, state: "State", update: dict[str, Any], body: bytes) -> None:
        for number in range(state.switches.tries):
            if number:
                await asyncio.sleep(state.switches.pause / state.hurry)
            status, _ = await self.post(state, body, {SECRET: self.secret})
            if status == 200:
                return
        state.lost.append(update)

    async def post(self, state: "State", body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Post anything; gives the status and the body of the answer, 0 where there was none."""
        within = aiohttp.ClientTimeout(total=state.switches.patience)
        sent = {"Content-Type": "application/json", **headers}
        data = BytesIO(body) if body else b""
        try:
            async with (
                aiohttp.ClientSession(timeout=within) as session,
                session.post(self.url, data=data, headers=sent, allow_redirects=False) as answer,
            ):
                told = answer.status, (await answer.read()).decode("utf-8", "replace")
        except (aiohttp.ClientError, TimeoutError, OSError):
            told = 0, ""
        self.answers.append(told)
        state.changes.tell()
        return told

    async def stop(self) -> None:
        """End what is on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _check(url: str, *, allow_http: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ApiError(400, "Bad Request: url")
    if allow_http:
        return
    if parts.scheme != "https" or parts.hostname == "localhost" or _is_private(parts.hostname):
        raise ApiError(400, "Bad Request: a public https address is needed")


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
