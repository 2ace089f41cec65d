"""Consent and tokens: a code once and for ten minutes, pairs that rotate, refresh tokens that work once."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from core.ports import Clock
from tests.support.zalo.calls import Call
from tests.support.zalo.errors import OaError, OauthError

CODE_LIVES = timedelta(minutes=10)
ACCESS_LIVES = timedelta(hours=25)
REFRESH_LIVES = timedelta(days=90)  # "3 months": the shortest reading
TOKEN_PATH = "/v4/oa/access_token"
CONSENT_PATH = "/v4/oa/permission"
_FIELDS = {
    "authorization_code": {"app_id", "grant_type", "code", "code_verifier"},
    "refresh_token": {"app_id", "grant_type", "refresh_token"},
}
_CONSENT_FIELDS = {"app_id", "redirect_uri", "code_challenge", "state"}


@dataclass(frozen=True)
class Pair:
    """What an adapter must keep."""

    access_token: str
    refresh_token: str
    issued_at: datetime

    def wire(self) -> dict[str, str]:
        """As it travels: the seconds are a string, and nothing says whose it is."""
        seconds = str(int(ACCESS_LIVES.total_seconds()))
        return {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": seconds}


@dataclass
class _Code:
    challenge: str
    issued_at: datetime


def challenge_of(verifier: str) -> str:
    """What a consent must show of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass
class OAuth:
    """One app and one OA. The switches may be turned while it runs.

    `numbered`: refusals carry their number. `redirect_uris`: those the console knows; empty means any.
    `fixed_challenge`: the one the console keeps, where it keeps one (doubt: fixed or dynamic PKCE pair).
    `active`: the app is activated in the console. `expired_code`: how an access token older than 25 hours is refused.
    """

    app_id: str
    app_secret: str
    oa_id: str
    clock: Clock
    numbered: bool = True
    redirect_uris: set[str] = field(default_factory=set)
    fixed_challenge: str = ""
    active: bool = True
    expired_code: int = -220
    ignored: list[tuple[str, str]] = field(default_factory=list)
    current: Pair | None = None
    pairs: list[Pair] = field(default_factory=list)  # every one ever given, oldest first
    _codes: dict[str, _Code] = field(default_factory=dict)

    @property
    def granted(self) -> bool:
        """Has the OA ever let the app in?"""
        return bool(self.pairs)

    def consent(self, asked: dict[str, str]) -> str:
        """Where the browser of a consenting admin is sent. Raises OauthError when the link is wrong."""
        self.ignored += [(CONSENT_PATH, name) for name in asked if name not in _CONSENT_FIELDS]
        if asked.get("app_id") != self.app_id:
            raise OauthError("Invalid app id", "App id is invalid", -14002)
        if not self.active:
            raise OauthError("Invalid app id", "App is not active but user is not admin", -14002)
        uri = asked.get("redirect_uri", "")
        if not uri.startswith(("https://", "http://")) or (self.redirect_uris and uri not in self.redirect_uris):
            raise OauthError("Invalid redirect uri", "Redirect uri is invalid", -14003)
        challenge = asked.get("code_challenge", "")
        if self.fixed_challenge and challenge not in ("", self.fixed_challenge):
            raise OauthError("Invalid code challenge", "Code challenge is not the one of the console")
        code = secrets.token_urlsafe(48)
        self._codes[code] = _Code(challenge or self.fixed_challenge, self.clock.now())
        back = {"code": code, "oa_id": self.oa_id} | ({"state": asked["state"]} if "state" in asked else {})
        return f"{uri}{'&' if '?' in uri else '?'}{urlencode(back)}"

    def give(self, call: Call) -> dict[str, str]:
        """A pair for a code or a refresh token. Raises OauthError; most of its texts are guesses."""
        if call.sent_as != "form":
            raise OauthError("Invalid request", "Body must be application/x-www-form-urlencoded")
        if call.headers.get("secret_key") != self.app_secret:
            raise OauthError("Invalid secret key", "Header secret_key is missing or wrong")
        if call.body.get("app_id") != self.app_id or not self.active:
            raise OauthError("Invalid app id", "App id is invalid", -14002)
        kind = str(call.body.get("grant_type", ""))
        if kind not in _FIELDS:
            raise OauthError("Invalid grant type", "grant_type is invalid")
        self.ignored += [(TOKEN_PATH, name) for name in call.body if name not in _FIELDS[kind]]
        if kind == "refresh_token":
            self._check_refresh(str(call.body.get("refresh_token", "")))
        else:
            self._check_code(call.body)
        return self.issue().wire()

    def issue(self) -> Pair:
        """A new pair; the one before is worth nothing from now on."""
        self.current = Pair(f"AT-{secrets.token_urlsafe(90)}", f"RT-{secrets.token_urlsafe(90)}", self.clock.now())
        self.pairs.append(self.current)
        return self.current

    def revoke(self) -> None:
        """The OA takes its consent back: neither token is good for anything."""
        self.current = None

    def expire_access(self) -> None:
        """As if 25 hours were over; the refresh token stays good."""
        assert self.current, "there is no pair"
        self.current = Pair("", self.current.refresh_token, self.current.issued_at)

    def check_access(self, token: str) -> None:
        """Raises OaError unless it is the newest access token, and younger than 25 hours."""
        if self.current is None or not token or token != self.current.access_token:
            raise OaError(-216)
        if self.clock.now() - self.current.issued_at >= ACCESS_LIVES:
            raise OaError(self.expired_code)

    def _check_code(self, body: dict[str, Any]) -> None:
        code = self._codes.pop(str(body.get("code", "")), None)
        if code is None or self.clock.now() - code.issued_at > CODE_LIVES:
            raise OauthError("Invalid code", "Authorization code is expired or used")
        if code.challenge and challenge_of(str(body.get("code_verifier", ""))) != code.challenge:
            raise OauthError("Invalid code verifier", "Code verifier is invalid")

    def _check_refresh(self, token: str) -> None:
        if token not in {pair.refresh_token for pair in self.pairs}:
            raise OauthError("Invalid refresh token", "Refresh token is invalid", -14014)
        now = self.current
        if now is None or token != now.refresh_token or self.clock.now() - now.issued_at >= REFRESH_LIVES:
            raise OauthError("Invalid refresh token", "Refresh token is expired or was used", -14020)
