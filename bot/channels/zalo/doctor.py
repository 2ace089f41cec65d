"""Looks where an account really stands, and says it in words somebody can act on: each finding is good or not."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from bot.channels.watch import Watch
from bot.channels.zalo.account import HOOK
from bot.channels.zalo.api import Api
from bot.channels.zalo.findings import Findings
from bot.channels.zalo.refusals import VIET_NAM
from bot.channels.zalo.standing import GOVERNMENT, KINDS, Standing, quota, standing
from bot.channels.zalo.tokens import ALARM_AFTER, Pair, Tokens
from core.errors import SendError
from core.ports import Clock

REACHED_WITHIN = 10.0  # seconds
NOT_SIGNED = 401  # what our own hook answers to a post that nobody signed
SIGNING = {"app_id+app_secret": "CHUNGTAY_ZALO_APP_SECRET", "app_id+oa_secret_key": "CHUNGTAY_ZALO_OA_SECRET_KEY"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the catalogue, and whether somebody must do something."""

    good: bool
    message: str
    values: dict[str, Any] = field(default_factory=dict)


def of_tokens(pair: Pair | None, now: datetime) -> Finding:
    """How old they are, and until when a new pair can be had without a person."""
    if pair is None:
        return Finding(False, "doctor.tokens.none")
    values = {"at": _moment(pair.refreshed_at), "dies": _day(pair.dies_at)}
    if now >= pair.dies_at:
        return Finding(False, "doctor.tokens.dead", values)
    return Finding(now - pair.refreshed_at < ALARM_AFTER, "doctor.tokens", values)


async def of_account(api: Api, clock: Clock, oa_id: str) -> list[Finding]:
    """What the account is, and whether it may write."""
    watch = Watch(clock)
    try:
        found = await standing(api, watch)
    except SendError as error:
        return [_refused(error)]
    findings = [*_standing(found, oa_id, clock.now().astimezone(VIET_NAM).date())]
    # A question that only accounts may ask that may write: nothing is sent by it.
    try:
        await quota(api, watch)
    except SendError as error:
        return [*findings, _refused(error)]
    return [*findings, Finding(True, "doctor.may_write")]


def _standing(found: Standing, oa_id: str, today: date) -> Iterator[Finding]:
    until = found.package_until
    values = {
        "name": found.name,
        "package": found.package or "-",
        "until": until.strftime("%d/%m/%Y") if until else "-",
    }
    yield Finding(True, f"doctor.account.{KINDS.get(found.kind or 0, 'other')}", values)
    if found.oa_id and found.oa_id != oa_id:
        yield Finding(False, "doctor.account.not_ours", {"setting": "CHUNGTAY_ZALO_OA_ID"})
    if found.kind == GOVERNMENT:
        yield Finding(True, "doctor.government")
    if not found.verified:
        yield Finding(False, "web.health.channel.refused.-221")
    if until is not None and until < today:
        yield Finding(False, "doctor.package.over", values)


def _refused(error: SendError) -> Finding:
    return Finding(False, f"web.health.channel.refused.{error.code}", {"code": str(error)})


async def of_hook(public_url: str, *, kept_at: str = "") -> Finding:
    """Whether our own hook answers at the address that people and Zalo are told.

    Where another house keeps the posts for us (`kept_at`), Zalo posts there, and ours need not be reached by anybody.
    """
    if kept_at:
        return Finding(True, "doctor.hook.kept", {"address": kept_at})
    address = f"{public_url}{HOOK}"
    read = urlsplit(address)
    if not public_url or read.hostname in ("127.0.0.1", "localhost", "::1"):
        return Finding(False, "doctor.hook.none", {"setting": "CHUNGTAY_PUBLIC_URL"})
    status = await asyncio.to_thread(_status_of, address)
    if status != NOT_SIGNED:
        return Finding(False, "doctor.hook.away", {"address": address, "status": status or "-"})
    if read.scheme != "https" or read.port not in (None, 443):
        return Finding(False, "doctor.hook.plain", {"address": address})
    return Finding(True, "doctor.hook", {"address": address})


def _status_of(address: str) -> int | None:
    read = urlsplit(address)
    kind = HTTPSConnection if read.scheme == "https" else HTTPConnection
    connection = kind(read.hostname or "", read.port, timeout=REACHED_WITHIN)
    try:
        connection.request("POST", read.path, b"{}", {"Content-Type": "application/json"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def of_posts(findings: Findings) -> Iterator[Finding]:
    """What came from Zalo last, as the running service saw it."""
    noted = findings.read()
    taken, refused = _noted(noted, "taken"), _noted(noted, "refused")
    if taken is not None:
        yield Finding(True, "doctor.post.taken", {"at": _moment(taken)})
    if refused is not None and (taken is None or refused > taken):
        key = noted["refused"].get("key") or ""
        message = f"doctor.post.refused.{'key' if key in SIGNING else 'first' if key else 'none'}"
        yield Finding(False, message, {"at": _moment(refused), "setting": SIGNING.get(key, key)})
    if taken is None and refused is None:
        yield Finding(False, "doctor.post.never")


def _noted(noted: dict[str, Any], what: str) -> datetime | None:
    try:
        return datetime.fromisoformat(noted[what]["at"])
    except (KeyError, TypeError, ValueError):
        return None


async def examined(api: Api, tokens: Tokens, clock: Clock, *, oa_id: str) -> list[Finding]:
    """Tokens and account."""
    try:
        await tokens.access()
    except SendError as error:
        pair = await tokens.look()
        if pair is None or error.code in ("login", "renew"):
            return [of_tokens(pair, clock.now()), *([] if pair is None else [_refused(error)])]
        return [of_tokens(pair, clock.now()), _refused(error)]
    return [of_tokens(await tokens.look(), clock.now()), *await of_account(api, clock, oa_id)]


def _moment(moment: datetime) -> str:
    return moment.astimezone(VIET_NAM).strftime("%d/%m/%Y %H:%M")


def _day(moment: datetime) -> str:
    return moment.astimezone(VIET_NAM).strftime("%d/%m/%Y")
