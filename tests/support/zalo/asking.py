"""A bare client of the fake: it takes nothing for granted, and shares no code with the product."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.support.zalo.server import FakeZalo

CS = "/v3.0/oa/message/cs"
TOKENS = "/v4/oa/access_token"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def data(self) -> Any:
        """What was asked for. Raises AssertionError where it was refused."""
        assert self.body["error"] == 0 and self.body["message"] == "Success", self.body
        return self.body["data"]

    @property
    def refusal(self) -> tuple[int, str]:
        """Number and text of a refusal. Raises AssertionError where there is none, or it does not travel as one."""
        assert self.status == 200 and self.body["error"] != 0 and "data" not in self.body, self.body
        return self.body["error"], self.body["message"]

    @property
    def code(self) -> int:
        """The number alone."""
        return self.refusal[0]


class Asker:
    """Carries the newest access token unless `headers` say otherwise."""

    def __init__(self, zalo: FakeZalo, session: aiohttp.ClientSession) -> None:
        self.zalo, self.session = zalo, session

    async def post(self, path: str, body: Any, *, headers: dict[str, str] | None = None) -> Reply:
        """A call with a JSON body."""
        return await self._send("POST", path, headers, json=body)

    async def get(self, path: str, data: Any = None, /, **query: str) -> Reply:
        """A call whose object stands in `data=`; other parameters as they are."""
        parameters = query | ({"data": json.dumps(data)} if data is not None else {})
        return await self._send("GET", path, None, params=parameters)

    async def form(self, path: str, fields: dict[str, str], **headers: str) -> Reply:
        """A call with a form, and no token."""
        return await self._send("POST", path, headers, data=fields)

    async def upload(self, kind: str, name: str, data: bytes, *, field: str = "file") -> Reply:
        """A file."""
        form = aiohttp.FormData()
        form.add_field(field, io.BytesIO(data), filename=name, content_type="application/octet-stream")
        return await self._send("POST", f"/v2.0/oa/upload/{kind}", None, data=form)

    async def text(self, user_id: str, text: str = "Xin chào") -> Reply:
        """A consultation message of words alone."""
        return await self.says(user_id, {"text": text})

    async def says(self, user_id: str, message: Any) -> Reply:
        """A consultation message of any content."""
        return await self.post(CS, {"recipient": {"user_id": user_id}, "message": message})

    async def refresh(self, refresh_token: str) -> Reply:
        """Tokens for a refresh token."""
        fields = {"app_id": self.zalo.app_id, "grant_type": "refresh_token", "refresh_token": refresh_token}
        return await self.form(TOKENS, fields, secret_key=self.zalo.app_secret)

    async def _send(self, method: str, path: str, headers: dict[str, str] | None, **what: Any) -> Reply:
        if headers is None:
            pair = self.zalo.oauth.current
            headers = {"access_token": pair.access_token} if pair else {}
        url = self.zalo.base + path
        async with self.session.request(method, url, headers=headers, allow_redirects=False, **what) as response:
            location = response.headers.get("Location", "")
            body = {"location": location} if location else json.loads(await response.read())
            return Reply(response.status, body, dict(response.headers))


@asynccontextmanager
async def asking(zalo: FakeZalo) -> AsyncIterator[Asker]:
    """A bare client for a while."""
    async with aiohttp.ClientSession() as session:
        yield Asker(zalo, session)


def buttons(text: str, *given: dict[str, Any]) -> dict[str, Any]:
    """A message with these buttons."""
    return {"text": text, "attachment": {"type": "template", "payload": {"buttons": list(given)}}}


def media(**element: Any) -> dict[str, Any]:
    """The attachment of a picture."""
    return {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
