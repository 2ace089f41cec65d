"""A call the bot makes in its answer to an update, which saves it a request; it never learns the result."""

import json
from typing import Any

import aiohttp

from tests.support.telegram.parameters import Upload

_NEVER_RUN = ("setwebhook", "deletewebhook", "close", "logout")


async def read_reply(response: aiohttp.ClientResponse) -> dict[str, Any] | None:
    """The call an answer carries, if there is one that the server would make."""
    asked = await _read(response)
    method = str(asked.get("method", "")).lower()
    return asked if method and method not in _NEVER_RUN and not method.startswith("get") else None


async def _read(response: aiohttp.ClientResponse) -> dict[str, Any]:
    if response.content_type == "multipart/form-data":
        return await _read_multipart(response)
    body = await response.read()
    if response.content_type != "application/json" or not body:
        return {}
    try:
        asked = json.loads(body)
    except ValueError:
        return {}
    return {name: value for name, value in asked.items() if value is not None} if isinstance(asked, dict) else {}


async def _read_multipart(response: aiohttp.ClientResponse) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    async for part in aiohttp.MultipartReader.from_response(response):
        assert isinstance(part, aiohttp.BodyPartReader), "forms do not nest"
        if part.filename is None:
            asked[part.name or ""] = await part.text()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            asked[part.name or ""] = Upload(part.filename, mime, bytes(await part.read()))
    return asked
