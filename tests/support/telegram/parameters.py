"""What a request carries, however it is sent: query, form, multipart or JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.telegram.errors import bad_request

_TRUE = ("true", "yes", "1")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the request itself."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass
class Parameters:
    """A call's parameters by name; text where the encoding knows only text."""

    values: Mapping[str, Any]
    caller_left: Callable[[], bool] = lambda: False

    def text(self, name: str) -> str:
        """A string; empty where there is none."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number. Raises ApiError on anything else: the server would take it for nought."""
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def number(self, name: str) -> float:
        """A number. Raises ApiError where there is none."""
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self.values.get(name, False)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def parsed(self, name: str, complaint: str) -> Any:
        """A JSON value, or nothing. Raises ApiError with this complaint when it is no JSON."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(complaint) from None

    def file(self, name: str) -> Upload | str:
        """An upload, in its own field or attached under another name; else the identifier given."""
        value = self.values.get(name, "")
        if isinstance(value, str) and value.startswith("attach://"):
            attached = self.values.get(value.removeprefix("attach://"))
            if not isinstance(attached, Upload):
                raise bad_request("file attachment is missing")
            return attached
        return value if isinstance(value, Upload) else str(value)


async def read_parameters(request: web.Request) -> tuple[str, Parameters]:
    """How the call was sent, and what it carries. Raises ApiError when the body cannot be read."""
    values: dict[str, Any] = dict(request.query)
    sent_as = "query"
    kind = request.content_type
    if kind == "application/json":
        sent_as = "json"
        values |= _from_json(await request.read())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        sent_as = "multipart" if kind.startswith("multipart") else "form"
        values |= {name: _field(value) for name, value in (await request.post()).items()}
    elif request.can_read_body and await request.read():
        raise bad_request(f"content type {kind} is not understood")
    return sent_as, Parameters(values, lambda: request.transport is None or request.transport.is_closing())


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("request JSON must be an object")
    return {name: value for name, value in values.items() if value is not None}


def _field(value: Any) -> Any:
    if isinstance(value, web.FileField):
        with value.file:
            return Upload(value.filename, value.content_type, value.file.read())
    return value
