"""Who is looking: one browser is one conversation, known by a random cookie and by nothing else."""

import re
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from content.wording import LANGUAGES
from core.contacts import URN

COOKIE = "chungtay"
LOOK_COOKIE = "look"
YEAR_SECONDS = 365 * 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")

THEMES = ("auto", "light", "dark")
SIZES = (90, 100, 120, 150, 200)  # percent of the browser's own letter size
PLAIN_SIZE = 1  # the place of 100 in SIZES


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One browser. `token` is the secret in its cookie; storage only ever sees `urn`."""

    token: str = field(repr=False)
    urn: URN
    known: bool  # the browser sent the cookie itself


def visitor_of(request: Request, account: str, new_token: Callable[[], str]) -> Visitor:
    """The browser that asks; one without a usable cookie gets a new token."""
    sent = request.cookies.get(COOKIE, "")
    known = TOKEN.fullmatch(sent) is not None
    token = sent if known else new_token()
    return Visitor(token=token, urn=URN(account=account, path=path_of(token)), known=known)


def path_of(token: str) -> str:
    """The address under which a browser is stored: it cannot be turned back into the cookie.

    >>> path_of("a" * 22)
    '5r6estpw2kt6untgrvsw424jphrtmqn7'
    """
    return b32encode(sha256(token.encode()).digest()).decode()[:32].lower()


def remember(response: Response, visitor: Visitor, *, secure: bool) -> Response:
    """The response with the visitor's cookie; one that the browser has already is left alone."""
    if not visitor.known:
        response.set_cookie(
            COOKIE, visitor.token, max_age=YEAR_SECONDS, path="/", secure=secure, httponly=True, samesite="lax"
        )
    return response


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a visitor wants the pages to look; kept in the browser only."""

    theme: str = "auto"
    size: int = PLAIN_SIZE
    contrast: bool = False
    language: str | None = None  # as chosen on the page, before the conversation knows it

    @property
    def percent(self) -> int:
        """Letter size in percent."""
        return SIZES[self.size]

    def change(self, what: str) -> "Look":
        """The look after one of the page's controls, such as "theme:dark" or "size:up"; anything else changes nothing.

        >>> Look().change("size:up").change("contrast").cookie()
        'auto.2.1.'
        """
        name, _, value = what.partition(":")
        if name == "theme" and value in THEMES:
            return replace(self, theme=value)
        if name == "size" and value in ("down", "plain", "up"):
            step = {"down": self.size - 1, "plain": PLAIN_SIZE, "up": self.size + 1}[value]
            return replace(self, size=min(max(step, 0), len(SIZES) - 1))
        if name == "contrast":
            return replace(self, contrast=not self.contrast)
        if name == "lang" and value in LANGUAGES:
            return replace(self, language=value)
        return self

    def cookie(self) -> str:
        """The form in which the browser keeps it."""
        return f"{self.theme}.{self.size}.{int(self.contrast)}.{self.language or ''}"


def look_of(request: Request) -> Look:
    """The look a browser asks for; a cookie that makes no sense is the plain look."""
    theme, size, contrast, language = (request.cookies.get(LOOK_COOKIE, "") + "...").split(".")[:4]
    return Look(
        theme=theme if theme in THEMES else "auto",
        size=int(size) if size in tuple("01234") else PLAIN_SIZE,
        contrast=contrast == "1",
        language=language if language in LANGUAGES else None,
    )


def remember_look(response: Response, look: Look, *, secure: bool) -> Response:
    """The response with the look's cookie."""
    response.set_cookie(
        LOOK_COOKIE, look.cookie(), max_age=YEAR_SECONDS, path="/", secure=secure, httponly=True, samesite="lax"
    )
    return response
