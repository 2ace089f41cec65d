"""What a request carries, as the server reads it: JSON, a form, several parts, or one parameter `data` of a GET."""

import json
from typing import Any

from aiohttp import web

from core.ports import Clock
from tests.support.zalo.calls import Call, Upload


async def read_call(request: web.Request, clock: Clock) -> Call:
    """A request as a call; what cannot be read is told by `flaw` and refused later."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    call = Call(request.method, request.path, clock.now(), headers, dict(request.query))
    kind = request.content_type
    if request.method == "GET":
        call.sent_as = "query"
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        call.sent_as = "multipart" if kind.startswith("multipart") else "form"
        try:
            call.body = {name: _field(value) for name, value in (await request.post()).items()}
        except ValueError:
            call.flaw = "body"
    elif kind == "application/json":
        call.sent_as = "json"
        _load(call, await request.read(), "body")
    else:
        call.sent_as = "other"
        await request.read()
    return call


def read_data(call: Call) -> None:
    """The object of a GET: `data` holds it as JSON; whatever stands beside is a mistake."""
    call.flaw = next((name for name in call.query if name != "data"), "")
    if "data" in call.query and not call.flaw:
        _load(call, call.query["data"].encode(), "data")


def _load(call: Call, raw: bytes, name: str) -> None:
    try:
        found: Any = json.loads(raw)
    except ValueError:
        call.flaw = name
        return
    if isinstance(found, dict):
        call.body = found
    else:
        call.flaw = name


def _field(value: Any) -> Any:
    if isinstance(value, web.FileField):
        with value.file:
            return Upload(value.filename, value.content_type, value.file.read())
    return value
