"""What can go wrong between the bot and the server, when a test says so."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support import faults
from tests.support.telegram.calls import Call
from tests.support.telegram.errors import ApiError


@dataclass
class Fault(faults.Fault[Call]):
    """Strikes the calls of a method, or with None of every one."""

    method: str | None = None

    def means(self, call: Call) -> bool:
        """Is it meant for this method?"""
        return self.method in (None, call.method)


def error(code: int, description: str, parameters: dict[str, Any] | None = None, **more: Any) -> Fault:
    """The server says no, in its own words."""
    body = json.dumps(ApiError(code, description, parameters).wire()).encode()
    wait = (parameters or {}).get("retry_after")
    return Fault("answer", status=code, body=body, headers={"Retry-After": str(wait)} if wait else {}, **more)


def flood(retry_after: int, **more: Any) -> Fault:
    """Too many requests."""
    return error(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}, **more)


def server_error(**more: Any) -> Fault:
    """Trouble inside Telegram, told as JSON."""
    return error(500, "Internal Server Error", **more)


def too_large(**more: Any) -> Fault:
    """The upload is refused at the door."""
    return error(413, "Request Entity Too Large", **more)


def html_502(**more: Any) -> Fault:
    """A proxy's page where JSON should be."""
    return Fault("answer", status=502, body=faults.GATEWAY_PAGE, content_type="text/html", **more)


def hang(**more: Any) -> Fault:
    """No answer until released."""
    return Fault("hang", **more)


def slow(seconds: float, **more: Any) -> Fault:
    """The message is taken at once, the answer comes late (as long as the server's hurry makes it)."""
    return Fault("slow", seconds=seconds, accepted=True, **more)


def half_written(**more: Any) -> Fault:
    """The answer breaks off in its middle; what was asked is done."""
    return Fault("half", accepted=True, **more)


def cut(*, accepted: bool, **more: Any) -> Fault:
    """The connection ends without an answer, before or after the message was taken."""
    return Fault("cut", accepted=accepted, **more)
