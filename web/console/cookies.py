"""The console's two cookies: of a session, and of a browser in which nobody signed in yet."""

import re

from starlette.requests import Request
from starlette.responses import Response

from core.signing import LONGEST
from handlers.signing.gate import TOKEN_LENGTH

SESSION, DOOR = "officer", "door"
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")


def cookie_name(name: str, *, secure: bool) -> str:
    """Over https a browser takes "__Host-" only from this very host, for all of it."""
    return f"__Host-{name}" if secure else name


def read_cookie(request: Request, name: str, *, secure: bool) -> str:
    """The token in it; empty where there is none that could be one."""
    sent = request.cookies.get(cookie_name(name, secure=secure), "")
    return sent if _TOKEN.fullmatch(sent) else ""


def set_cookie(response: Response, name: str, token: str, *, secure: bool) -> None:
    """Give it to the browser: no script reads it, no other site's post brings it along."""
    seconds = int(LONGEST.total_seconds()) if name == SESSION else None
    response.set_cookie(
        cookie_name(name, secure=secure), token, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax"
    )


def drop_cookie(response: Response, name: str, *, secure: bool) -> None:
    """Take it away."""
    response.delete_cookie(cookie_name(name, secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
