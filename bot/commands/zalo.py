"""`chungtay zalo`: let the service into the ward's Official Account, and see where that account really stands."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import click

from core.errors import ChungTayError, SendError, SettingsError

if TYPE_CHECKING:
    from bot.channels.zalo.doctor import Finding
    from bot.channels.zalo.gateway import ZaloGateway
    from bot.channels.zalo.oauth import Given
    from bot.settings import Settings

NEEDED = {
    "zalo_app_id": "the number of the app at developers.zalo.me",
    "zalo_app_secret": "the secret of that app",
    "zalo_oa_id": "the number of the Official Account",
}
MENDS = {
    "-14002": "set CHUNGTAY_ZALO_APP_ID and CHUNGTAY_ZALO_APP_SECRET, and switch the app on at developers.zalo.me",
    "-14003": "register the same address as callback at developers.zalo.me, or name it with --redirect",
    "-14014": "copy the refresh token once more, or sign in without --refresh-token",
    "-14020": "it was used before: get a new one, or sign in without --refresh-token",
    "refused": "look at CHUNGTAY_ZALO_APP_ID and CHUNGTAY_ZALO_APP_SECRET, and begin again; a code is good"
    " for ten minutes and once",
    "unreachable": "look whether this machine reaches the internet",
    "lost": "the answer was lost on the way: begin again",
}


@click.group()
def zalo() -> None:
    """The ward's Zalo Official Account."""


@zalo.command()
@click.option("--redirect", default="", help="Callback address as registered at developers.zalo.me.")
@click.option("--refresh-token", is_flag=True, help="Type a refresh token in, such as Zalo's API Explorer prints.")
def login(redirect: str, refresh_token: bool) -> None:
    """Let the service in: an administrator of the account agrees, and the tokens are kept sealed.

    Open the address that is printed, agree, and paste the address at which the browser ends, or the code in it; the
    page itself may show an error. The code is good for ten minutes and once.
    """
    asyncio.run(_login(redirect, refresh_token))


@zalo.command()
def status() -> None:
    """Show what is known here: tokens, and what Zalo posted last. Nobody is asked."""
    sys.exit(asyncio.run(_status()))


@zalo.command()
def doctor() -> None:
    """Ask Zalo where the account stands, and look whether its posts can reach us. Exit status 1 if anything is wrong.

    Told are the kind of account, its package and until when, what Zalo refuses and what to apply for, how old the
    tokens are, and which of the secrets matched the last post that was refused.
    """
    sys.exit(asyncio.run(_doctor()))


async def _login(redirect: str, typed: bool) -> None:
    from bot.channels.zalo import oauth
    from bot.channels.zalo.refusals import VIET_NAM
    from bot.channels.zalo.standing import standing

    settings = _settings()
    base, secret = settings.zalo_oauth_base, settings.zalo_app_secret.get_secret_value()
    async with _account(settings) as gateway:
        try:
            if typed:
                token = click.prompt("Refresh token", hide_input=True, err=True).strip()
                given = await asyncio.to_thread(
                    oauth.refresh, base, app_id=settings.zalo_app_id, secret=secret, token=token
                )
            else:
                given = await _consented(settings, redirect or f"{settings.address}/")
        except oauth.OAuthError as error:
            mend = MENDS.get(error.code, "begin again; the code is good for ten minutes and once")
            raise ChungTayError(f"Zalo gives no tokens ({error.code})", where=base, mend=mend) from None
        pair = await gateway.tokens.sign_in(given.access, given.refresh, seconds=given.seconds)
        try:
            found = await standing(gateway.api, gateway.channel.aside)
        except SendError as error:
            mend = "see: chungtay zalo doctor"
            raise ChungTayError(f"the tokens are kept, and the account says no ({error})", mend=mend) from None
    if found.oa_id and found.oa_id != settings.zalo_oa_id:
        mend = "sign in as an administrator of the other one, or set CHUNGTAY_ZALO_OA_ID"
        raise SettingsError("these tokens are of another account", where="CHUNGTAY_ZALO_OA_ID", mend=mend)
    dies = pair.dies_at.astimezone(VIET_NAM)  # the same day as `status` and `doctor` say
    click.echo(f"{found.name}: đã nối. Máy tự gia hạn. Phải nối lại nếu máy tắt đến ngày {dies:%d/%m/%Y}.")
    click.echo(f"{found.name}: signed in; renewed by itself, or by hand until {dies:%Y-%m-%d}", err=True)


async def _consented(settings: "Settings", redirect: str) -> "Given":
    from bot.channels.zalo import oauth

    verifier = settings.zalo_code_verifier.get_secret_value() or oauth.verifier()
    state = secrets.token_urlsafe(12)
    base, app_id = settings.zalo_oauth_base, settings.zalo_app_id
    address = oauth.consent_address(base, app_id=app_id, redirect=redirect, verifier=verifier, state=state)
    click.echo(f"Địa chỉ quay về, ghi sẵn ở trang ứng dụng / Callback, as registered there: {redirect}", err=True)
    click.echo("Quản trị viên của OA mở địa chỉ này, bấm đồng ý / An administrator opens this and agrees:", err=True)
    click.echo(address)
    pasted = click.prompt("Dán địa chỉ cuối cùng của trình duyệt / Paste where the browser ended", err=True)
    code, oa_id, told = oauth.code_in(pasted)
    if not code:
        raise ChungTayError("there is no code in it", mend="paste the whole address, with code=")
    if told and told != state:
        raise ChungTayError("that is the address of another try", mend="open the address printed just now")
    if oa_id and oa_id != settings.zalo_oa_id:
        mend = "choose the account of CHUNGTAY_ZALO_OA_ID on Zalo's page"
        raise ChungTayError("another account agreed", mend=mend)
    secret = settings.zalo_app_secret.get_secret_value()
    return await asyncio.to_thread(oauth.exchange, base, app_id=app_id, secret=secret, code=code, verifier=verifier)


async def _status() -> int:
    from bot.channels.zalo import doctor

    settings = _settings()
    async with _account(settings) as gateway:
        pair = await gateway.tokens.look()
        return _told([doctor.of_tokens(pair, gateway.clock.now()), *doctor.of_posts(gateway.findings)])


async def _doctor() -> int:
    from bot.channels.zalo import doctor

    settings = _settings()
    async with _account(settings) as gateway:
        findings = await doctor.examined(gateway.api, gateway.tokens, gateway.clock, oa_id=settings.zalo_oa_id)
        if not settings.zalo_oa_secret_key.get_secret_value():
            findings.append(doctor.Finding(False, "doctor.setting", {"setting": "CHUNGTAY_ZALO_OA_SECRET_KEY"}))
        findings += _of_place(settings)
        findings.append(await doctor.of_hook(settings.public_url, kept_at=_kept_at(settings)))
        return _told([*findings, *doctor.of_posts(gateway.findings)])


def _kept_at(settings: "Settings") -> str:
    """The house that keeps this account's posts; empty where it keeps none, or those of other channels alone."""
    named = settings.inbox_account.split()
    return settings.inbox_url if not named or any(one.startswith("zalo.") for one in named) else ""


def _of_place(settings: "Settings") -> "list[Finding]":
    """Whether the place of the settings is one: a name typed wrongly would be noticed by nobody else."""
    from bot.channels.zalo.doctor import Finding
    from content.loader import load_catalogue

    places = load_catalogue(*settings.pack_folders).localities if settings.zalo_locality else {}
    if not settings.zalo_locality or settings.zalo_locality in places:
        return []
    values = {
        "setting": "CHUNGTAY_ZALO_LOCALITY",
        "written": settings.zalo_locality,
        "places": ", ".join(sorted(places)),
    }
    return [Finding(False, "doctor.place", values)]


def _told(findings: "Iterable[Finding]") -> int:
    """Each in Vietnamese, and in English below; 1 where somebody must do something."""
    from content.wording import wording

    bad = 0
    for one in findings:
        bad += not one.good
        for language, mark in (("vi", "OK   " if one.good else "SAI  "), ("en", "     ")):
            words = wording(language)
            click.echo(f"{mark}{words.text(one.message if words.has(one.message) else 'doctor.refused', **one.values)}")
    return 1 if bad else 0


def _settings() -> "Settings":
    """The settings, with all that an account needs. Raises SettingsError naming what is missing."""
    from bot.settings import load_settings

    settings = load_settings()
    missing = [name for name in NEEDED if not _plain(getattr(settings, name))]
    if missing:
        names = ", ".join(f"CHUNGTAY_{name.upper()}" for name in missing)
        raise SettingsError(
            f"not set: {NEEDED[missing[0]]}", where=names, mend="see docs/vi/zalo.md (bước 3), or docs/settings.md"
        )
    return settings


def _plain(value: object) -> str:
    return str(getattr(value, "get_secret_value", lambda: value)())


@asynccontextmanager
async def _account(settings: "Settings") -> AsyncIterator["ZaloGateway"]:
    """The account over the installation's database; nothing of it runs."""
    from bot.clock import SystemClock
    from bot.logs import report_fault
    from bot.opening import opened
    from bot.outside import Ground, zalo
    from bot.parts import local_files

    clock = SystemClock()
    async with opened(settings, create=True) as (storage, key):
        files = local_files(settings.data_dir, key, clock)
        ground = Ground(settings=settings, key=key, storage=storage, files=files, clock=clock, on_fault=report_fault)
        gateway = zalo(ground)
        try:
            yield gateway
        finally:
            await gateway.close()
