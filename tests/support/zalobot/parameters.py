"""What a request carries, however it is sent: query, form, multipart or JSON."""

import json
from typing import Any

from aiohttp import web

from tests.support.zalobot.calls import ApiError


async def read_parameters(request: web.Request) -> tuple[str, dict[str, Any]]:
    """How the call was sent, and what it carries. Raises ApiError when the body cannot be read."""
    values: dict[str, Any] = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        return "json", values | _from_json(await request.read())
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return "multipart" if kind.startswith("multipart") else "form", values | dict(await request.post())
    if request.can_read_body and await request.read():
        raise ApiError(400, f"Bad Request: content type {kind}")
    return "query", values


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body.decode() or "{}")
    except ValueError:
        raise ApiError(400, "Bad Request: no JSON") from None
    if not isinstance(values, dict):
        raise ApiError(400, "Bad Request: no object")
    return values


def text_of(values: dict[str, Any], name: str) -> str:
    """A text; empty where there is none. Raises ApiError on anything else, as the documents name texts."""
    value = values.get(name, "")
    if not isinstance(value, str):
        raise ApiError(400, f"Bad Request: {name} must be a string")
    return value
