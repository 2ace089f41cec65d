"""How an account lets an app in: the page of consent, and what the server of tokens is asked.

Of plain requests, with the standard library: the process that asks for the next pair is to be small and to live alone.
"""

import base64
import hashlib
import json
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.channels.zalo.numbers import whole

PERMISSION, ACCESS = "/v4/oa/permission", "/v4/oa/access_token"
CONNECT_WITHIN = 10.0  # seconds
ANSWER_WITHIN = 30.0  # seconds
ACCESS_LASTS = 90_000  # seconds, where the answer does not say: 25 h (docs.zaloplatforms.com/docs/OA)
LONGEST = 30 * 86_400  # seconds; a pair that says more is taken at that
MOST_ANSWER = 65_536  # bytes
UNREACHABLE, LOST = "unreachable", "lost"


@dataclass(frozen=True, slots=True)
class Given:
    """A new pair."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int  # for which the access token is good

    def plain(self) -> dict[str, Any]:
        """As data."""
        return {"access": self.access, "refresh": self.refresh, "seconds": self.seconds}


@dataclass(frozen=True, slots=True)
class OAuthError(Exception):
    """No pair came. `code` is Zalo's number, "refused" where it gives none, or why nothing was heard."""

    code: str

    def __str__(self) -> str:
        return self.code


def verifier() -> str:
    """What only we know until the code is exchanged: 32 random bytes as 43 signs."""
    return secrets.token_urlsafe(32)


def challenge(of: str) -> str:
    """What is told of it before.

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(of.encode()).digest()).decode().rstrip("=")


def consent_address(base: str, *, app_id: str, redirect: str, verifier: str, state: str) -> str:
    """The page on which an administrator of the account agrees."""
    asked = {"app_id": app_id, "redirect_uri": redirect, "code_challenge": challenge(verifier), "state": state}
    return f"{base}{PERMISSION}?{urlencode(asked)}"


def code_in(pasted: str) -> tuple[str, str, str]:
    """(code, oa_id, state) of the address at which the browser ended, or the code alone.

    >>> code_in("https://ward.example.vn/?code=abc&oa_id=1&state=s"), code_in(" abc ")
    (('abc', '1', 's'), ('abc', '', ''))
    """
    pasted = pasted.strip()
    if "code=" not in pasted:
        return pasted, "", ""
    try:
        found = parse_qs(urlsplit(pasted).query or pasted.partition("?")[2] or pasted)
    except ValueError:
        return "", "", ""
    code, oa_id, state = (found.get(one, [""])[0] for one in ("code", "oa_id", "state"))
    return code, oa_id, state


def exchange(base: str, *, app_id: str, secret: str, code: str, verifier: str) -> Given:
    """The first pair, for the code of a consent. Raises OAuthError."""
    fields = {"app_id": app_id, "grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    return _pair(_asked(base, secret, fields))


def refresh(base: str, *, app_id: str, secret: str, token: str) -> Given:
    """The next pair, for a refresh token, which is good once. Raises OAuthError."""
    return _pair(_asked(base, secret, {"app_id": app_id, "grant_type": "refresh_token", "refresh_token": token}))


def _asked(base: str, secret: str, fields: Mapping[str, str]) -> bytes:
    address = urlsplit(base)
    host, port = address.hostname or "", address.port
    connection: HTTPConnection
    if address.scheme == "https":
        connection = HTTPSConnection(host, port, timeout=CONNECT_WITHIN, context=ssl.create_default_context())
    else:
        connection = HTTPConnection(host, port, timeout=CONNECT_WITHIN)
    try:
        try:
            connection.connect()
        except OSError:
            raise OAuthError(UNREACHABLE) from None
        connection.sock.settimeout(ANSWER_WITHIN)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": secret}
        try:
            connection.request("POST", f"{address.path}{ACCESS}", urlencode(fields), headers)
            return connection.getresponse().read(MOST_ANSWER)
        except (OSError, HTTPException):
            raise OAuthError(LOST) from None
    finally:
        connection.close()


def _pair(answer: bytes) -> Given:
    """Both tokens, or why not: errors come with status 200, in a shape of their own, perhaps without a number."""
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        raise OAuthError(LOST) from None
    if not isinstance(told, dict):
        raise OAuthError(LOST)
    access, following = told.get("access_token"), told.get("refresh_token")
    if isinstance(access, str) and access and isinstance(following, str) and following:
        seconds = whole(told.get("expires_in"))
        return Given(access, following, min(seconds if seconds and seconds > 0 else ACCESS_LASTS, LONGEST))
    number = whole(told.get("error"))
    raise OAuthError(str(number) if number else "refused")
