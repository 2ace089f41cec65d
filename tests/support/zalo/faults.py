"""What can go wrong between the adapter and the server, when a test says so."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support import faults
from tests.support.zalo.calls import Call
from tests.support.zalo.errors import OaError


@dataclass
class Fault(faults.Fault[Call]):
    """Strikes the calls of a path, or with None of every one."""

    path: str | None = None

    def means(self, call: Call) -> bool:
        """Is it meant for this path?"""
        return self.path in (None, call.path)


def error(code: int, message: str = "", **more: Any) -> Fault:
    """The server says no with this number, and in its own words unless others are given."""
    return Fault("answer", body=json.dumps(OaError(code, message).wire()).encode(), **more)


def html_502(**more: Any) -> Fault:
    """A proxy's page where JSON should be."""
    return Fault("answer", status=502, body=faults.GATEWAY_PAGE, content_type="text/html", **more)


def garbled(body: bytes = b'{"error":0,"mess', **more: Any) -> Fault:
    """HTTP 200 with something that is no JSON object."""
    return Fault("answer", body=body, **more)


def hang(**more: Any) -> Fault:
    """No answer until released."""
    return Fault("hang", **more)


def slow(seconds: float, **more: Any) -> Fault:
    """What was asked is done at once, the answer comes late (as long as the server's hurry makes it)."""
    return Fault("slow", seconds=seconds, accepted=True, **more)


def cut(*, accepted: bool, **more: Any) -> Fault:
    """The connection ends without an answer, before or after the server did what was asked."""
    return Fault("cut", accepted=accepted, **more)
