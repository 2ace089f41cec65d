"""What can go wrong between the bot and the server, when a test says so."""

import json
from dataclasses import dataclass

from tests.support import faults
from tests.support.zalobot.calls import ApiError, Call


@dataclass
class Fault(faults.Fault[Call]):
    """Strikes the calls of a method, or with None of every one."""

    method: str | None = None

    def means(self, call: Call) -> bool:
        """Is it meant for this method?"""
        return self.method in (None, call.method)


def error(code: int, description: str = "", *, status: int = 200, method: str | None = "sendMessage") -> Fault:
    """The server says no, once."""
    body = json.dumps(ApiError(code, description).wire()).encode()
    return Fault("answer", method=method, status=status, body=body)


def errors(code: int, description: str = "", *, method: str | None = "sendMessage") -> Fault:
    """The server says no until the faults are cleared."""
    fault = error(code, description, method=method)
    fault.times = None
    return fault


def page(status: int = 502, *, method: str | None = "sendMessage") -> Fault:
    """A page where JSON should be."""
    return Fault("answer", method=method, status=status, body=faults.GATEWAY_PAGE, content_type="text/html")


def answer(body: bytes, *, status: int = 200, method: str | None = "sendMessage", accepted: bool = False) -> Fault:
    """Any answer."""
    return Fault("answer", method=method, status=status, body=body, accepted=accepted)


def hang(*, method: str | None = "sendMessage", accepted: bool = False) -> Fault:
    """No answer until released."""
    return Fault("hang", method=method, accepted=accepted)


def half(*, method: str | None = "sendMessage") -> Fault:
    """The answer breaks off in its middle; what was asked is done."""
    return Fault("half", method=method, accepted=True)


def cut(*, accepted: bool, method: str | None = "sendMessage") -> Fault:
    """The connection ends without an answer, before or after the message was taken."""
    return Fault("cut", method=method, accepted=accepted)
