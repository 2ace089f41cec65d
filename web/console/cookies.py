"""The console's cookies: of a session, of a browser in which nobody signed in yet, and of one that is known."""

import re

from starlette.requests import Request
from starlette.responses import Response

from core.signing import KNOWN_FOR, LONGEST
from handlers.signing.gate import TOKEN_LENGTH
from handlers.signing.known import MOST_MARKS, WORD_LENGTH

SESSION, DOOR, KNOWN = "officer", "door", "known"
LASTS = {SESSION: LONGEST, KNOWN: KNOWN_FOR}  # any other one: until the browser is closed
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
_MARKS = re.compile(rf"[A-Za-z0-9_-]{{{WORD_LENGTH}}}(?:\.[A-Za-z0-9_-]{{{WORD_LENGTH}}}){{1,{MOST_MARKS}}}")


def cookie_name(name: str, *, secure: bool) -> str:
    """Over https a browser takes "__Host-" only from this very host, for all of it."""
    return f"__Host-{name}" if secure else name


def read_cookie(request: Request, name: str, *, secure: bool) -> str:
    """The token in it; empty where there is none that could be one."""
    sent = request.cookies.get(cookie_name(name, secure=secure), "")
    return sent if (_MARKS if name == KNOWN else _TOKEN).fullmatch(sent) else ""


def set_cookie(response: Response, name: str, token: str, *, secure: bool) -> None:
    """Give it to the browser: no script reads it, no other site's post brings it along."""
    seconds = int(LASTS[name].total_seconds()) if name in LASTS else None
    response.set_cookie(
        cookie_name(name, secure=secure), token, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax"
    )


def drop_cookie(response: Response, name: str, *, secure: bool) -> None:
    """Take it away."""
    response.delete_cookie(cookie_name(name, secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
